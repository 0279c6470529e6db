"""A form that contradicts itself is refused when it is imported, with a sentence that says what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from forms.conditions import Condition, Either
from forms.kinds.any_of import AnyOf
from forms.kinds.one_of import OneOf
from forms.question import Question

if TYPE_CHECKING:
    from forms.form import Form, RepeatedRows

# Columns that every stored form has besides its questions (see data/database/schema.py).
RESERVED = {
    "record_id", "revision", "child_id", "child_area", "by_agency", "form_version", "submitted_on", "not_asked",
    "recorded_at", "recorded_by", "change_reason", "row_id", "position",
}  # fmt: skip
RESERVED_BY_RECORDS = {"revision", "recorded_at", "recorded_by", "change_reason"}


class FormContradiction(Exception):
    """The form's definition cannot be right."""


def check_form(form: Form) -> None:
    seen: set[str] = set()
    section_keys = [section.key for section in form.sections]
    for section in form.sections:
        if section_keys.count(section.key) > 1:
            raise FormContradiction(
                f"{form.key}, section {section.key}: this key is used twice: give one section another key"
            )
        for item in section.questions:
            place = f"{form.key}, section {section.key}, {item.key}"
            _check_key(item.key, place, seen, RESERVED_BY_RECORDS if form.is_record else RESERVED)
            if isinstance(item, Question):
                _check_question(form, item, place, seen)
            else:
                _check_rows(form, item, place, seen)
    for rule in form.rules:
        if rule.question.key not in seen:
            raise FormContradiction(
                f"{form.key}: a rule shows its sentence at {rule.question.key}, which is not in the form: add it"
            )


def _check_key(key: str, place: str, seen: set[str], reserved: set[str] = RESERVED) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,58}", key):
        raise FormContradiction(f"{place}: a key is lower-case letters, digits and _, at most 59: rename it")
    if key in reserved:
        raise FormContradiction(f"{place}: every stored form has a column of this name: choose another key")
    if key in seen:
        raise FormContradiction(f"{place}: this key is used twice: give one question another key")
    seen.add(key)


def _check_question(form: Form, question: Question, place: str, seen: set[str]) -> None:
    if not question.label.strip():
        raise FormContradiction(f"{place}: a question needs a label: write one")
    if isinstance(question, OneOf):
        keys = [key for key, _ in question.choices()]
        if len(keys) < 2 or len(set(keys)) != len(keys):
            raise FormContradiction(f"{place}: a choice needs two or more different options: list them")
    for earlier in question.asked_if.questions() if question.asked_if else ():
        if earlier.key not in seen or earlier is question:
            raise FormContradiction(
                f"{place}: it depends on {earlier.key}, which is not asked before it: move one of them"
            )
    _check_condition(question.asked_if, place)
    if question.beside is not None and question.beside.key not in seen:
        raise FormContradiction(
            f"{place}: it stands beside {question.beside.key}, which is not asked before it"
        )
    if question.since > form.version or (question.until is not None and question.until <= question.since):
        raise FormContradiction(f"{place}: since and until do not fit version {form.version}: put them right")


def _check_condition(condition: Condition | None, place: str) -> None:
    if isinstance(condition, Either):
        _check_condition(condition.first, place)
        _check_condition(condition.second, place)
    elif condition is not None and isinstance(condition.question, OneOf):
        asked = condition.question
        takes_several = isinstance(asked, AnyOf)
        keys = [key for key, _ in asked.choices()]
        possible = keys if takes_several else [asked.read(key) for key in keys]
        if takes_several != (condition.verb == "includes") or not set(condition.answers) <= set(possible):
            raise FormContradiction(
                f"{place}: it waits for an answer that {asked.key} cannot have: use its own options"
            )


def _check_rows(form: Form, rows: RepeatedRows, place: str, seen: set[str]) -> None:
    if not rows.questions:
        raise FormContradiction(f"{place}: rows need at least one question: add it")
    inside = set(seen)
    own: set[str] = set()
    for question in rows.questions:
        _check_key(question.key, f"{place}, {question.key}", own)
        inside.add(question.key)
        _check_question(form, question, f"{place}, {question.key}", inside)
