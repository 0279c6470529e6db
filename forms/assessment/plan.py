"""What is done and will be done for the child: the plan, next steps, resilience, and the move to adult life."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms import codes, days
from forms.age import age_on
from forms.assessment.about import SOURCE
from forms.form import RepeatedRows, Rule, Section
from forms.kinds import AnyOf, LongText, OneOf, Text, YesNo

APPROACHING_ADULTHOOD_AT = 17

referrals_elsewhere = AnyOf(
    "referrals_elsewhere",
    "Referrals made elsewhere",
    help="Select all that apply.",
    options=(
        ("marac", "Multi-Agency Risk Assessment Conference (MARAC)"),
        ("mappa", "Multi-Agency Public Protection Arrangements (MAPPA)"),
        ("radicalisation", "Radicalisation"),
        ("trafficking", "Trafficking"),
        ("none", "None"),
    ),
)

NEXT_STEPS = RepeatedRows(
    "next_steps",
    "Next steps to address the concerns raised in this assessment",
    help="Offered as the opening actions of the meeting's minutes.",
    row_name="next step",
    prompts=(
        "What intervention is still required to address the risk outside the home? Consider locations, associations "
        "and social media.",
    ),
    questions=(
        LongText("step", "Next step", required=True, missing="Enter the next step"),
        Text("by_whom", "By whom"),
        OneOf("step_agency", "Agency", options=codes.AGENCIES),
        LongText("impact", "Impact of this action"),
        OneOf("progress", "Ongoing or completed", options=codes.PROGRESS),
    ),
)

PLAN = Section(
    "plan",
    "Plan of intervention",
    source=SOURCE,
    questions=(
        AnyOf(
            "still_assessed_by",
            "Still being assessed by",
            help="Select all that apply.",
            options=(
                ("early_help", "Early help assessment"),
                ("child_and_family", "Child and family assessment"),
                ("asset_plus", "Youth justice assessment (AssetPlus)"),
            ),
            in_minutes=True,
        ),
        AnyOf(
            "under_plan",
            "Plan under which the child receives support",
            help="Select all that apply.",
            options=(
                ("early_help", "Early help"),
                ("youth_justice", "Youth justice service"),
                ("child_in_need", "Child in need"),
                ("child_protection", "Child protection"),
                ("child_in_care", "Child in care"),
            ),
            in_minutes=True,
        ),
        LongText("main_support", "Main areas of support in the plan", in_minutes=True),
        LongText(
            "already_done",
            "What has already been done to address the exploitation concerns, and its impact?",
            in_minutes=True,
        ),
        LongText("safety_plan", "What is the child and family safety plan?", in_minutes=True),
        NEXT_STEPS,
        LongText(
            "resilience",
            "How does the plan strengthen the child's resilience and protective factors?",
            help="A plan must always include ways to pull the child away from the risk of exploitation.",
            required=True,
            missing="Enter how the plan strengthens the child's resilience and protective factors",
        ),
        referrals_elsewhere,
        YesNo("child_took_part", "Did the child take part in the meeting that made this assessment?"),
        YesNo("family_took_part", "Did the family take part in the meeting that made this assessment?"),
    ),
)

transitions_plan = LongText(
    "transitions_plan",
    "What is the transitions plan?",
    help="From the 17th birthday: how support carries on into adult services.",
    in_minutes=True,
)
transitions_plan_missing_reason = LongText(
    "transitions_plan_missing_reason",
    "Reason there is no transitions plan",
    help="From the 17th birthday, only when there is no plan.",
)

APPROACHING_18 = Section(
    "approaching_18",
    "Approaching 18",
    source=SOURCE,
    intro="Whether the child is approaching 18 follows from their date of birth: it begins on the 17th birthday.",
    questions=(transitions_plan, transitions_plan_missing_reason),
)


def _plan_or_reason_from_17(answers: Mapping[str, Any], about: Mapping[str, Any]) -> str | None:
    born, today = about.get("date_of_birth"), about.get("today") or days.today()
    if not born or age_on(born, today) < APPROACHING_ADULTHOOD_AT:
        return None
    if answers.get(transitions_plan.key) or answers.get(transitions_plan_missing_reason.key):
        return None
    return "Enter the transitions plan, or the reason there is none: the child is approaching 18"


def _none_stands_alone(answers: Mapping[str, Any], _about: Mapping[str, Any]) -> str | None:
    chosen = answers.get(referrals_elsewhere.key) or []
    if "none" in chosen and len(chosen) > 1:
        return "Select the referrals made elsewhere, or select “None”"
    return None


plan_or_reason_from_17 = Rule(transitions_plan, _plan_or_reason_from_17)
none_stands_alone = Rule(referrals_elsewhere, _none_stands_alone)
