"""From what was typed to what may be stored: reads every answer, drops what was not asked, and words the problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from forms.form import Form, RepeatedRows, Section
from forms.question import Question, Typed, Wrong

TypedAnswers = Mapping[str, Typed]
"""By question key; a set of rows holds a list of dicts by question key, each with its `row_id`."""


@dataclass(frozen=True)
class Problem:
    key: str
    sentence: str
    row_id: str | None = None
    rows_key: str | None = None
    """For a question inside repeated rows: the key of the rows."""


@dataclass(frozen=True)
class Checked:
    """A form's answers, read. `answers` leaves out what was not asked; `not_asked` lists it."""

    answers: dict[str, Any]
    not_asked: tuple[str, ...]
    problems: tuple[Problem, ...]

    def in_section(self, section: Section) -> tuple[Problem, ...]:
        keys = {q.key for q in section.questions}
        return tuple(p for p in self.problems if (p.rows_key or p.key) in keys)


@dataclass
class _Reading:
    answers: dict[str, Any] = field(default_factory=dict)
    not_asked: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def check(form: Form, typed: TypedAnswers, about: Mapping[str, Any] | None = None) -> Checked:
    """Read the whole form as it would be submitted. `about`: see `forms.form.Rule`."""
    found = _Reading()
    for item in form.items():
        if not item.is_current(form.version):
            continue
        if not is_asked(item, found.answers):
            found.not_asked.append(item.key)
        elif isinstance(item, RepeatedRows):
            _read_rows(item, typed.get(item.key) or [], form.version, found)
        else:
            _read_question(item, typed.get(item.key), found.answers, found)
    for rule in form.rules:
        sentence = rule.problem(found.answers, about or {})
        if sentence and not any(p.key == rule.question.key for p in found.problems):
            found.problems.append(Problem(rule.question.key, sentence))
    return Checked(found.answers, tuple(found.not_asked), tuple(found.problems))


def is_asked(item: Question | RepeatedRows, answers: Mapping[str, Any]) -> bool:
    return item.asked_if is None or item.asked_if.holds(answers)


def _read_question(
    question: Question,
    typed: Typed,
    into: dict[str, Any],
    found: _Reading,
    rows_key: str | None = None,
    row_id: str | None = None,
) -> None:
    try:
        answer = question.read(typed)
    except Wrong as wrong:
        found.problems.append(Problem(question.key, str(wrong), row_id, rows_key))
        return
    if answer is None and question.required:
        found.problems.append(Problem(question.key, question.if_missing(), row_id, rows_key))
    into[question.key] = answer


def _read_rows(rows: RepeatedRows, typed_rows: list[TypedAnswers], version: int, found: _Reading) -> None:
    kept: list[dict[str, Any]] = []
    for typed_row in typed_rows:
        if not any(typed_row.get(q.key) for q in rows.questions):
            continue  # a row that was opened and never filled in is no row
        row_id = typed_row.get("row_id")
        row: dict[str, Any] = {"row_id": row_id}
        for question in rows.questions:
            if question.is_current(version) and is_asked(question, {**found.answers, **row}):
                _read_question(question, typed_row.get(question.key), row, found, rows.key, row_id)
        kept.append(row)
    if len(kept) < rows.at_least:
        found.problems.append(Problem(rows.key, rows.if_missing()))
    found.answers[rows.key] = kept


def section_state(section: Section, typed: TypedAnswers, checked: Checked) -> str:
    """One of "Not started", "In progress", "Completed", "There is a problem".

    A missing required answer is work still to do, not a problem; a problem is something typed that cannot stand.
    """
    problems = checked.in_section(section)
    started = any(typed.get(q.key) for q in section.questions)
    missing = {q.if_missing() for q in _all_questions(section)}
    if any(p.sentence not in missing and (p.rows_key or typed.get(p.key)) for p in problems):
        return "There is a problem"
    if not started:
        return "Not started"
    return "In progress" if problems else "Completed"


def _all_questions(section: Section) -> list[Question | RepeatedRows]:
    found: list[Question | RepeatedRows] = []
    for item in section.questions:
        found.append(item)
        if isinstance(item, RepeatedRows):
            found.extend(item.questions)
    return found
