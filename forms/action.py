"""What becomes of an action the meeting set: done, not achieved, or carried over. Short forms, no drafts."""

from __future__ import annotations

from forms.form import Form, Section
from forms.kinds import Date, LongText

SOURCE = "pathway.md 6; Pan-Merseyside protocol, MACCSE minutes"

DONE = Form(
    "action_done",
    "The action is completed",
    version=1,
    source=SOURCE,
    final_button="Record as completed",
    sections=(
        Section(
            "done",
            "Completed",
            questions=(
                LongText(
                    "evidence",
                    "What was done, and how do you know?",
                    required=True,
                    missing="Enter what was done, and how you know",
                ),
                LongText(
                    "impact",
                    "What did it change for the child?",
                    help="If nothing changed yet, say so.",
                    required=True,
                    missing="Enter what it changed for the child",
                ),
            ),
        ),
    ),
)

NOT_ACHIEVED = Form(
    "action_not_achieved",
    "The action was not achieved",
    version=1,
    source=SOURCE,
    final_button="Record as not achieved",
    sections=(
        Section(
            "not_achieved",
            "Not achieved",
            questions=(
                LongText(
                    "not_achieved_reason",
                    "Why could it not be achieved?",
                    required=True,
                    missing="Enter why it could not be achieved",
                ),
            ),
        ),
    ),
)

CARRIED_OVER = Form(
    "action_carried_over",
    "The action needs longer",
    version=1,
    source=SOURCE,
    final_button="Carry over",
    sections=(
        Section(
            "carried_over",
            "Carried over",
            questions=(
                Date(
                    "due_on",
                    "New date",
                    may_be_past=False,
                    required=True,
                    missing="Enter the new date by which it is to be done",
                ),
                LongText(
                    "carried_over_reason",
                    "Why does it need longer?",
                    required=True,
                    missing="Enter why it needs longer",
                ),
            ),
        ),
    ),
)
