"""Nominating a person, group, place or issue to MARTHR (multi-agency response to threat, harm, risk), and what came of it.

Who or what is nominated, why, and which children are linked stand in its record (`forms.concern`), asked once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.codes import AGENCIES
from forms.form import Form, Rule, Section
from forms.kinds import AnyOf, Date, LongText, OneOf, Text
from forms.kinds.one_of import Options

IN_FULL = "multi-agency response to threat, harm, risk (MARTHR)"
SOURCE = "forms.md, “MARTHR nomination”; Pan-Merseyside protocol, MARTHR terms of reference"

THRESHOLDS: Options = (
    ("investigated", "Under investigation, and wider disruption and partnership oversight would help meanwhile"),
    ("linked", "Linked to a named child at risk of exploitation, whom the relationship may expose to harm"),
    ("information", "Information suggests a risk of harm: multi-agency work is needed to understand it, or to disrupt"),
    ("place_or_issue", "A place or issue that is a potential risk: to explore, mitigate or disrupt"),
)  # fmt: skip

ACTIVITY: Options = (
    ("enforcement", "Enforcement"),
    ("prevention", "Prevention"),
    ("diversion", "Diversion"),
)

RESPONSES: Options = (
    ("act_alone", "One agency acts alone"),
    ("act_with_partners", "Agencies act together"),
    ("gather_information", "More information is gathered"),
)

thresholds = AnyOf(
    "thresholds",
    "Which thresholds does it meet?",
    options=THRESHOLDS,
    required=True,
    missing="Select at least one threshold",
)


def _fits(answers: Mapping[str, Any], about: Mapping[str, Any]) -> str | None:
    """`about`: `kind` of what is nominated, and `children`, how many are linked to it."""
    met = answers.get("thresholds") or ()
    if "linked" in met and not about.get("children", 1):
        return "Link the child to the record first: this threshold is about a named child"
    if "place_or_issue" in met and about.get("kind", "place") not in ("place", "issue"):
        return "Take out the threshold about a place or issue, as this record is neither"
    return None


NOMINATION = Form(
    "nomination",
    "Nomination to MARTHR",
    version=1,
    is_record=True,
    source=SOURCE,
    purpose="About a person, group, place or issue of concern. The children linked to it go with it.",
    final_button="Send nomination",
    sections=(
        Section(
            "nomination",
            "The nomination",
            questions=(
                thresholds,
                LongText("investigations", "Known investigations", sensitive=True),
                AnyOf(
                    "activity", "Which activity is sought?", options=ACTIVITY, required=True,
                    missing="Select the activity that is sought",
                ),
                Text("nominated_by", "Nominated by", required=True, missing="Enter who nominates", filled_from="name"),
                OneOf(
                    "nominated_agency", "Agency", options=AGENCIES, required=True, missing="Select the agency",
                    filled_from="agency",
                ),
                Date(
                    "nominated_on", "Date of the nomination", may_be_future=False, required=True,
                    missing="Enter the date of the nomination",
                ),
            ),
        ),
    ),
    rules=(Rule(thresholds, _fits),),
)  # fmt: skip

ACCEPTANCE = Form(
    "marthr_acceptance",
    "How MARTHR responds",
    version=1,
    is_record=True,
    source=SOURCE,
    final_button="Record as accepted",
    sections=(
        Section(
            "acceptance",
            "The response",
            questions=(
                OneOf(
                    "response", "Response", options=RESPONSES, required=True, missing="Select the response"
                ),
                LongText("actions_agreed", "Actions agreed", sensitive=True),
            ),
        ),
    ),
)

FEEDBACK = Form(
    "marthr_feedback",
    "Feedback to the meeting",
    version=1,
    is_record=True,
    source=SOURCE,
    final_button="Record the feedback",
    sections=(
        Section(
            "feedback",
            "Outcome and feedback",
            questions=(
                LongText("outcome", "Outcome", required=True, missing="Enter the outcome", sensitive=True),
                LongText(
                    "feedback", "Feedback to the meeting", required=True,
                    missing="Enter what the meeting is told", sensitive=True,
                ),
            ),
        ),
    ),
)  # fmt: skip
