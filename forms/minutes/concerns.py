"""What the police say, who else is of concern, what the child may do to other children, and whether the work is good."""

from __future__ import annotations

from forms.form import Section
from forms.kinds import LongText, OneOf, YesNo
from forms.minutes.background import SOURCE
from forms.minutes.pulled import pulled

POLICE = Section(
    "police",
    "Police, disruption and intelligence",
    source=SOURCE,
    questions=(
        YesNo(
            "evidential_threshold",
            "Is the evidential threshold met from a police perspective of exploitation?",
            agency="police",
        ),
        LongText("intelligence_opportunities", "Opportunities to develop intelligence", sensitive=True),
        LongText("disruption_opportunities", "Opportunities for disruption", sensitive=True),
        LongText("intelligence_gaps", "What are the gaps?", sensitive=True),
        LongText(
            "intelligence_to_report",
            "Intelligence that needs to be reported",
            help="Report it at www.merseyside.police.uk/tua/tell-us-about/soh/seen-or-heard, or as your force asks.",
            sensitive=True,
        ),
        pulled("intelligence_to_submit", help=""),
        pulled("intelligence"),
        pulled("disruption_needed"),
        pulled("disruption"),
        pulled("marthr_needed"),
    ),
)

OTHERS = Section(
    "others",
    "Adults and children of concern",
    source=SOURCE,
    questions=(
        pulled("adults_of_concern"),
        pulled("adults_referred_to"),
        pulled("children_of_concern"),
        LongText("other_adults", "Other adults the meeting is concerned about", sensitive=True),
        LongText("other_children", "Other children the meeting is concerned about"),
        LongText("actions_taken", "Actions already taken"),
        LongText(
            "actions_required",
            "Other actions required",
            help="Consider the four Ps: prepare, prevent, pursue, protect.",
        ),
    ),
)

presents_risk = YesNo(
    "presents_risk",
    "Does the child present a risk of harm towards other children?",
    help="Consider the influence on younger siblings too.",
)

RISK = Section(
    "risk_to_others",
    "Risk of harm to other children",
    source=SOURCE,
    questions=(
        presents_risk,
        OneOf(
            "risk_basis",
            "What is that based on?",
            options=(
                ("evidence", "Evidence of exploitation of others"),
                ("judgement", "Multi-agency professional judgement"),
            ),
            asked_if=presents_risk.is_(True),
        ),
        LongText("risk_explained", "What is known of that risk?", asked_if=presents_risk.is_(True)),
        LongText(
            "risk_plan",
            "What needs adding to the action plan to manage the risk?",
            asked_if=presents_risk.is_(True),
        ),
    ),
)

level_is_right = YesNo("level_is_right", "Is the level of the judgement right?")
is_of_standard = YesNo("is_of_standard", "Are the assessment and the plan of the standard they should be?")

QUALITY = Section(
    "quality",
    "Quality check",
    source="Pan-Merseyside protocol, MACCSE terms of reference, role of members",
    questions=(
        LongText("missing_information", "What information is missing?"),
        level_is_right,
        LongText("level_note", "What should the level be, and why?", asked_if=level_is_right.is_(False)),
        is_of_standard,
        LongText("standard_note", "What needs to be better?", asked_if=is_of_standard.is_(False)),
    ),
)
