"""The screening: signs, protective factors and what the practitioner makes of them. It supports a judgement and gives no score."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.child import children_only
from forms.form import Form, Rule, Section
from forms.kinds import FourState, LongText, OneOf, Text
from forms.kinds.one_of import Options
from forms.question import Question
from forms.screening import counts
from forms.screening.signs import MODERATE, PROTECTIVE, STRONG

SOURCE = "Sheffield MACE guidance, appendix 1"

BASIS: Options = (("evidence", "Evidence"), ("professional_judgement", "Professional judgement"))

WHAT_SHOULD_HAPPEN: Options = (
    ("no_further_action", "No further action"),
    ("early_intervention", "Early intervention or prevention service"),
    ("discuss", "Discuss with the safeguarding hub or allocated social worker"),
    ("refer_to_meeting", "Refer to the meeting"),
)

# Acronyms that the published labels use without saying them in full.
SPELT_OUT = {
    "strong_05": "SIM: the card that gives a phone its number",
    "strong_16": "STI: sexually transmitted infection",
}


def _signs(strength: str, signs: tuple[tuple[str, str], ...]) -> tuple[FourState, ...]:
    return tuple(
        FourState(
            f"{strength}_{n:02}",
            label,
            help=SPELT_OUT.get(f"{strength}_{n:02}", ""),
            required=True,
            missing=f"Select an answer to {strength} sign {n}: {short}",
        )
        for n, (label, short) in enumerate(signs, 1)
    )


def _with_notes(signs: tuple[FourState, ...]) -> tuple[Question, ...]:
    """Each sign followed by its optional note, what that rests on and its source, asked once the sign was or is seen."""
    questions: list[Question] = []
    for sign in signs:
        name = sign.key.replace("_0", " sign ").replace("_", " sign ")
        seen = sign.is_one_of("yes", "historical")
        questions += [
            sign,
            LongText(f"{sign.key}_note", f"What is known about {name}", asked_if=seen, beside=sign),
            OneOf(
                f"{sign.key}_basis",
                f"What this rests on, for {name}",
                options=BASIS,
                asked_if=seen,
                beside=sign,
            ),
            Text(f"{sign.key}_source", f"Source for {name}", asked_if=seen, beside=sign),
        ]
    return tuple(questions)


STRONG_SIGNS = _signs("strong", STRONG)
MODERATE_SIGNS = _signs("moderate", MODERATE)
PROTECTIVE_FACTORS: dict[str, tuple[FourState, ...]] = {
    domain: tuple(
        FourState(
            f"protective_{domain}_{n}",
            label,
            required=True,
            missing=f"Select an answer to {title.lower()}, factor {n}: {short}",
        )
        for n, (label, short) in enumerate(factors, 1)
    )
    for domain, (title, factors) in PROTECTIVE.items()
}


def _sign_section(strength: str, signs: tuple[FourState, ...], first: int, last: int) -> Section:
    return Section(
        f"{strength}_{first}_to_{last}",
        f"{strength.capitalize()} signs {first} to {last}",
        source=SOURCE,
        intro="“Historical” means it was so in the past and is not so now. “Unknown” is an answer.",
        questions=_with_notes(signs[first - 1 : last]),
    )


WHAT_YOU_KNOW = Section(
    "what_you_know",
    "What you know and what you think",
    source=SOURCE,
    guidance=(
        "Use your professional judgement: a child's age, any extra vulnerability and their history may make them "
        "more vulnerable to exploitation.",
        "Keep concerns you have evidence for apart from concerns based on “gut feeling”, and explain both.",
        "Your observations of behaviour and of significant changes matter, because children often deny or do not "
        "know that they are being exploited.",
        "Include the child's strengths and existing safety, so that they can be part of the child's safety from "
        "now on.",
    ),
    questions=(
        LongText("changes_observed", "Changes observed in behaviour"),
        LongText("concerns_with_evidence", "Concerns you have evidence for"),
        LongText("concerns_from_judgement", "Concerns from professional judgement (“gut feeling”) and why"),
        LongText("strengths_and_safety", "The child's strengths and existing safety"),
        LongText("age_vulnerability_history", "How do age, extra vulnerability or history bear on this?"),
    ),
)

what_should_happen = OneOf(
    "what_should_happen",
    "What do you think should happen?",
    options=WHAT_SHOULD_HAPPEN,
    required=True,
    missing="Select what you think should happen",
)

DECISION = Section(
    "decision",
    "What you think should happen",
    source=SOURCE,
    intro=(
        "The safeguarding hub is the front door of children's services. This screening should be the basis of "
        "what you discuss with it or with the allocated social worker."
    ),
    questions=(
        what_should_happen,
        LongText(
            "explanation",
            "Explain why",
            required=True,
            missing="Explain why you think this should happen",
        ),
    ),
)


def _counts(answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    return counts.summary(
        answers,
        [sign.key for sign in STRONG_SIGNS],
        [sign.key for sign in MODERATE_SIGNS],
        {PROTECTIVE[domain][0]: [f.key for f in factors] for domain, factors in PROTECTIVE_FACTORS.items()},
    )


SCREENING = Form(
    "screening",
    "Child exploitation screening",
    version=1,
    source=SOURCE,
    purpose="Helps a professional decide whether a child may be at risk of exploitation, and what should happen.",
    opening_words=(
        "If the child is in immediate danger, call 999.",
        "If you are concerned that the child is suffering significant harm, or is likely to, tell the front door of "
        "the area where the child lives now, and not through this tool.",
        "If you believe a parent or carer is involved, follow the child protection procedure.",
        "This screening helps your judgement. It is neither an assessment nor a referral, and it gives no risk score.",
    ),
    final_button="Submit screening",
    sections=(
        _sign_section("strong", STRONG_SIGNS, 1, 9),
        _sign_section("strong", STRONG_SIGNS, 10, 18),
        _sign_section("moderate", MODERATE_SIGNS, 1, 10),
        _sign_section("moderate", MODERATE_SIGNS, 11, 20),
        _sign_section("moderate", MODERATE_SIGNS, 21, 30),
        *(
            Section(
                f"protective_{domain}",
                f"Protective factors: {PROTECTIVE[domain][0].lower()}",
                source=SOURCE,
                questions=factors,
            )
            for domain, factors in PROTECTIVE_FACTORS.items()
        ),
        WHAT_YOU_KNOW,
        DECISION,
    ),
    rules=(Rule(what_should_happen, children_only),),
    summary=_counts,
)
