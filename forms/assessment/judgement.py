"""How the assessment ends: disruption and intelligence, the judgement with its reasons, and the 1–10 scale."""

from __future__ import annotations

from forms import codes
from forms.assessment.about import SOURCE
from forms.form import Section
from forms.kinds import LongText, OneOf, Scale, YesNo

intelligence_to_submit = YesNo(
    "intelligence_to_submit",
    "Is there intelligence to submit to the police portal?",
    help="Submit it at www.merseyside.police.uk/tua/tell-us-about/soh/seen-or-heard, or as your force asks.",
    sensitive=True,
    in_minutes=True,
)
disruption_needed = YesNo("disruption_needed", "Is any disruption needed now?", in_minutes=True)

DISRUPTION = Section(
    "disruption",
    "Disruption and intelligence",
    source=SOURCE,
    questions=(
        intelligence_to_submit,
        LongText(
            "intelligence",
            "Intelligence to submit",
            asked_if=intelligence_to_submit.is_(True),
            sensitive=True,
            in_minutes=True,
        ),
        disruption_needed,
        LongText(
            "disruption",
            "Disruption needed",
            asked_if=disruption_needed.is_(True),
            sensitive=True,
            in_minutes=True,
        ),
        YesNo(
            "marthr_needed",
            "Is a MARTHR nomination needed?",
            help="MARTHR is the Multi-Agency Response to Threat, Harm, Risk: it pursues those who exploit children.",
            in_minutes=True,
        ),
    ),
)

JUDGEMENT = Section(
    "judgement",
    "Judgement and scale",
    source=SOURCE,
    intro="Based on the warning signs from research and professional knowledge of the risk of harm from exploitation.",
    questions=(
        OneOf(
            "judgement",
            "What do we believe?",
            required=True,
            missing="Select a judgement",
            options=codes.JUDGEMENTS,
        ),
        LongText(
            "judgement_reasons",
            "Reasons for the judgement",
            required=True,
            missing="Enter the reasons for the judgement",
        ),
        Scale(
            "scale",
            "Scale to show progress, from 1 to 10",
            required=True,
            missing="Select a number from 1 to 10",
            lowest_means="Believed to be at risk of harm from exploitation",
            highest_means="Not being exploited, or no longer believed to be at risk of harm from exploitation",
        ),
    ),
)
