"""Short forms that are no draft: all answers come at once, are read by the form's own rules, and stand or are refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data.refusal import NotFilledIn
from forms.answers import check
from forms.form import Form
from forms.question import Typed


def read(form: Form, typed: Mapping[str, Typed], about: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Every question's answer by its key; None for what was not answered or not asked. Raises `NotFilledIn`."""
    checked = check(form, typed, about)
    if checked.problems:
        raise NotFilledIn(*checked.problems)
    return {question.key: checked.answers.get(question.key) for question in form.questions()}
