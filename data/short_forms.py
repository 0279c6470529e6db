"""Short forms that are no drafts: what was typed, read at once, or each problem at its question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data.engine import Row
from data.refusal import Problems
from forms.answers import Problem, check
from forms.form import Form
from forms.question import Typed


class NotAnswered(Problems):
    """What was typed cannot stand. Nothing was stored."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*(problem.sentence for problem in problems))
        self.problems = problems


def read_answers(form: Form, typed: Mapping[str, Typed], about: Mapping[str, Any] | None = None) -> Row:
    """Every question's answer; None for what was not answered or not asked. Raises `NotAnswered`."""
    checked = check(form, typed, about)
    if checked.problems:
        raise NotAnswered(*checked.problems)
    return {question.key: checked.answers.get(question.key) for question in form.questions()}
