"""The plan for the child as it stands, what the meeting recommends besides, and the actions it sets."""

from __future__ import annotations

from forms.action import DONE
from forms.codes import AGENCIES, FOUR_PS, PROGRESS
from forms.form import RepeatedRows, Section
from forms.kinds import Date, LongText, OneOf, Text
from forms.minutes.background import SOURCE
from forms.minutes.pulled import pulled
from forms.transitions import transitions_plan_missing_reason

_RECOMMENDS = "Further actions the meeting recommends"

transitions_plan = pulled("transitions_plan")

PLAN = Section(
    "plan",
    "Plan of intervention",
    source=SOURCE,
    questions=(
        pulled("still_assessed_by"),
        pulled("under_plan"),
        pulled("main_support"),
        pulled("already_done"),
        pulled("safety_plan"),
        transitions_plan,
        transitions_plan_missing_reason,
        LongText("recommend_child", f"{_RECOMMENDS} for the child"),
        LongText("recommend_family", f"{_RECOMMENDS} for the family"),
        LongText("recommend_place", f"{_RECOMMENDS} where the risk outside the home comes from"),
    ),
)

progress = OneOf("progress", "Ongoing or completed", options=PROGRESS)
done = {question.key: question for question in DONE.questions()}
"""An action is completed by the same answers whether the meeting says so or its owner does."""

ACTIONS = Section(
    "actions",
    "Actions",
    source=SOURCE,
    questions=(
        RepeatedRows(
            "new_actions",
            "Actions the meeting set",
            help="Begun with the next steps of the assessment that are not completed, when it is new to the meeting.",
            row_name="action",
            questions=(
                LongText("action", "What is to be done?", required=True, missing="Enter what is to be done"),
                OneOf("action_agency", "Which agency?", options=AGENCIES, required=True),
                Text("owner", "Who?"),
                Date("due_on", "By when?"),
                OneOf("four_p", "Under which of the four Ps?", options=FOUR_PS),
                LongText("impact", "Impact of this action"),
                progress,
                LongText(
                    "evidence",
                    done["evidence"].label,
                    required=True,
                    missing=done["evidence"].missing,
                    asked_if=progress.is_("completed"),
                ),
                LongText(
                    "what_changed",
                    done["impact"].label,
                    help=done["impact"].help,
                    required=True,
                    missing=done["impact"].missing,
                    asked_if=progress.is_("completed"),
                ),
            ),
        ),
    ),
)
