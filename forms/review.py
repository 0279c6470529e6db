"""What changes the date of a review between meetings: the chairs vary it, or new information brings it forward."""

from __future__ import annotations

from forms.form import Form, Section
from forms.kinds import Date, LongText, Text

SOURCE = "pathway.md 7; Pan-Merseyside protocol, assessments and reviews"

VARIED = Form(
    "review_varied",
    "Another date for the review",
    version=1,
    source=SOURCE,
    final_button="Change the review date",
    sections=(
        Section(
            "varied",
            "Another date",
            questions=(
                Date(
                    "review_by",
                    "Review by",
                    help="At most six calendar months after the last discussion. For example, 13 11 2026",
                    may_be_past=False,
                    required=True,
                    missing="Enter the date to review by",
                ),
                LongText(
                    "reason",
                    "Why do the chairs set another date?",
                    help="Such as a child in custody. Beyond 12 weeks there must be such a reason.",
                    required=True,
                    missing="Enter why the chairs set another date",
                ),
                Text(
                    "decided_by",
                    "Which chair decided this?",
                    required=True,
                    missing="Enter the name of the chair who decided this",
                ),
            ),
        ),
    ),
)

NEW_INFORMATION = Form(
    "new_information",
    "New significant information",
    version=1,
    source=SOURCE,
    final_button="Bring the review forward",
    sections=(
        Section(
            "information",
            "New information",
            questions=(
                LongText(
                    "reason",
                    "What is new, and why can it not wait?",
                    required=True,
                    missing="Enter what is new, and why it cannot wait",
                ),
                Date(
                    "review_by",
                    "By when should the meeting discuss it?",
                    may_be_past=False,
                    required=True,
                    missing="Enter by when the meeting should discuss it",
                ),
                Date(
                    "strategy_meeting_on",
                    "Date of the strategy meeting",
                    help="Significant harm, or information about it, needs one: social care, police and partners. "
                    "For example, 13 11 2026",
                ),
            ),
        ),
    ),
)
