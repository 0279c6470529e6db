"""A short form that is no draft: all its questions at once, checked when its one button is pressed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from forms.answers import Problem
from forms.form import Form
from forms.question import Typed
from pages.parts.controls import Field, control


def ask(
    form: Form, key: str, standing: Mapping[str, Any], problems: Sequence[Problem] = ()
) -> dict[str, Typed]:
    """Draw every question, begun with the answers that stand; gives what is typed, by question key."""
    sentences = {problem.key: problem.sentence for problem in problems}
    typed: dict[str, Typed] = {}
    for question in form.questions():
        answer = standing.get(question.key)
        begun = None if answer is None else question.typed(answer)
        field = Field(f"{key}-{question.key}", begun, sentences.get(question.key), _nothing, ())
        typed[question.key] = control(question, field)
    return typed


def _nothing() -> None:
    """The answers are read when the button is pressed, not one by one."""
