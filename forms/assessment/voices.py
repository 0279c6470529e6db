"""What the child and the parents or carers say, and why a voice is missing where it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.assessment.about import SOURCE
from forms.form import Rule, Section
from forms.kinds import LongText

child_voice = LongText(
    "child_voice",
    "Child's voice",
    help="What the child says, what they do not say, and what their behaviour and presentation communicate.",
    prompts=(
        "How do they feel about their life right now?",
        "What is important to them?",
        "Who is important to them?",
        "Who do they trust?",
        "What are their short- and long-term goals?",
        "What emotions are being communicated?",
    ),
)
child_voice_missing_reason = LongText(
    "child_voice_missing_reason", "Reason the child's voice is missing", help="Only when it is missing."
)
parent_voice = LongText(
    "parent_voice",
    "Parent's or carer's voice",
    help="What the parents or carers say, what they do not say, and what their behaviour communicates.",
    about_others=True,
)
parent_voice_missing_reason = LongText(
    "parent_voice_missing_reason",
    "Reason the parent's or carer's voice is missing",
    help="Only when it is missing.",
)

VOICES = Section(
    "voices",
    "Voices of the child and of parents and carers",
    source=SOURCE,
    questions=(child_voice, child_voice_missing_reason, parent_voice, parent_voice_missing_reason),
)


def _is_heard(voice: LongText, reason: LongText, whose: str) -> Rule:
    """Pathway, step 3: an assessment carries this voice, or says why it is missing."""

    def problem(answers: Mapping[str, Any], _about: Mapping[str, Any]) -> str | None:
        if answers.get(voice.key) or answers.get(reason.key):
            return None
        return f"Enter the {whose} voice, or the reason it is missing"

    return Rule(voice, problem)


child_is_heard = _is_heard(child_voice, child_voice_missing_reason, "child's")
parent_is_heard = _is_heard(parent_voice, parent_voice_missing_reason, "parent's or carer's")
