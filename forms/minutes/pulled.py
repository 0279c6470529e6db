"""What the minutes take over from the assessment: the same question, asked anew of the meeting, begun with its answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from forms.assessment import ASSESSMENT
from forms.form import RepeatedRows
from forms.question import Question


def pulled(key: str, *, as_key: str = "", **changed: Any) -> Question:
    """The assessment's question for these minutes: open to correction, never required, and asked in any case, as what
    hid it there may be known to the meeting."""
    question = ASSESSMENT.by_key[key]
    if not isinstance(question, Question):
        raise TypeError(f"{key} is a set of rows: see pulled_rows")
    return replace(
        question, key=as_key or key, pulled_from=(key,), in_minutes=False, required=False, asked_if=None,
        prompts=(), **changed,
    )  # fmt: skip


def pulled_rows(key: str) -> RepeatedRows:
    """The same for repeated rows."""
    rows = ASSESSMENT.by_key[key]
    if not isinstance(rows, RepeatedRows):
        raise TypeError(f"{key} is a question: see pulled")
    return replace(rows, pulled_from=(key,), in_minutes=False, at_least=0, asked_if=None, prompts=())
