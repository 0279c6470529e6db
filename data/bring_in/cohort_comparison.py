"""Comparing one row of a file with the stored record and with what the last file said of it. Nothing is stored here.

A cell changes a record only when the file says something new and the record still holds what the last file said. What people
decided since is never written over without being asked, and some of it never at all.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from data.bring_in.cohort_plan import Answers, Change, Placed
from data.bring_in.cohort_workbook import Problem, Question, as_cell
from data.database.engine import Row
from data.names import are_alike, plain
from data.redaction import MARK

OUTCOMES = {
    "accepted": "accepted", "returned": "returned", "declined": "declined", "pending": "submitted",
}  # fmt: skip
"""The sheet's outcome → the referral's state (`data.ways.pathway`)."""

_OUTCOME_OF = {state: outcome for outcome, state in OUTCOMES.items()} | {"awaiting_sign_off": "pending"}

WHO_THE_CHILD_IS = frozenset(("name", "date_of_birth", "nhs_number", "lcs_number", "sex", "gender"))
"""What a file never puts back once it was corrected: a former name can put a child in danger."""

OPEN_AGAIN = {"actions": ("state", "ongoing"), "referrals": ("outcome", "pending")}
"""Sheet → the column and value that would open again what was closed or decided."""

KEEP, TAKE = "keep", "take"


@dataclass
class Compared:
    """What came of one row: see the fields of `Plan`."""

    changes: dict[str, Any]
    problems: list[Problem]
    questions: list[Question]
    notes: list[str]
    shown: list[Change]
    blank: int = 0


def stored_value(column: str, record: Mapping[str, Any]) -> Any:
    """What a record holds of a sheet's column, in the sheet's words."""
    if column == "outcome":
        return _OUTCOME_OF.get(record["state"])
    value = record[column]
    return None if value == [] else value


def as_said(value: Any) -> Any:
    """A value as it is kept in JSON and compared: the order of several values says nothing."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return sorted(value) if isinstance(value, list) else value


def said_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a row says. A blank cell says nothing."""
    return {name: as_said(value) for name, value in values.items() if value is not None}


def as_json(said: Mapping[str, Any]) -> str:
    """What a row says, as it is kept beside its reference."""
    return json.dumps(said, sort_keys=True)


def content_hash(values: Mapping[str, Any]) -> str:
    """Of what a row says. A column that is blank does not count, so that a new column changes no old row."""
    said = {name: value for name, value in values.items() if value is not None}
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def compare(
    row: Placed, said: Mapping[str, Any] | None, former: Callable[[], list[Row]], held: str, answers: Answers
) -> Compared:
    """Compares a row with `row.standing`. `said`: what the last file said of each column; None where that is not known, so that
    every difference is a question. `former`: every revision of the record. `held`: why the record is changed elsewhere only.
    """
    standing = row.standing or {}
    found = Compared({}, [], [], [], [])
    if _is_somebody_else(row, said, standing):
        sentence = (
            "Give this row another reference: this one belongs to a child of another name and date of birth"
        )
        found.problems.append(Problem(row.sheet.name, row.number, row.sheet.own_reference, sentence))
        return found
    for column, value in row.values.items():
        if column in row.sheet.references:
            continue
        if value is None:
            found.blank += bool(
                said and said.get(column) is not None and stored_value(column, standing) is not None
            )
            continue
        _compare_cell(row, column, value, said, former, held, answers, found)
    return found


def _compare_cell(
    row: Placed,
    column: str,
    value: Any,
    said: Mapping[str, Any] | None,
    former: Callable[[], list[Row]],
    held: str,
    answers: Answers,
    found: Compared,
) -> None:
    now = stored_value(column, row.standing or {})
    if MARK in str(now):
        return found.notes.append(
            f"{column} is left as the record has it: it is protected, and not shown to you"
        )
    new, before = as_said(value), as_said(now)
    if new == before or (said is not None and new == said.get(column)):
        return None  # the record holds it, or the file says what it said before
    if held:
        return found.notes.append(f"{column} is left as the record has it: {held}")
    if (row.sheet.name, column) in (("referrals", "area"), ("episodes", "area")):
        sentence = "Enter the area that the record has: a referral and an episode stay with their area"
        return found.problems.append(Problem(row.sheet.name, row.number, column, sentence))
    if OPEN_AGAIN.get(row.sheet.name) == (column, value) and now is not None:
        return found.notes.append(
            f"{column} is left as the record has it: what is closed or decided is not opened again by a file"
        )
    past = [as_said(stored_value(column, revision)) for revision in former()]
    was_so, is_cleared = new in past, now is None and any(value not in (None, []) for value in past)
    if was_so and row.sheet.name == "children" and column in WHO_THE_CHILD_IS:
        return found.notes.append(
            f"{column} is left as the record has it: the file says what was corrected since"
        )
    is_untouched = said is not None and before == as_said(said.get(column))
    why = CLEARED if is_cleared else _why_asked(row, column, value, now, was_so, is_untouched)
    if why:
        question = Question(
            row.sheet.name,
            row.number,
            column,
            f"{why} The record says “{as_cell(column, now) or 'not known'}”, the file “{as_cell(column, value)}”.",
            ((KEEP, "Keep what the record says"), (TAKE, "Take what the file says")),
            row.child_id,
        )
        chosen = answers.get(question.key)
        if chosen is None:
            return found.questions.append(question)
        if chosen != TAKE:
            return None
    found.changes[column] = value
    found.shown.append(
        Change(row.sheet.name, row.number, column, as_cell(column, now), as_cell(column, value), row.child_id)
    )
    return None


CLEARED = "Somebody took out what the record said here."
"""It was a person: a file never takes anything out."""


def _why_asked(row: Placed, column: str, value: Any, now: Any, was_so: bool, is_untouched: bool) -> str:
    """Why a person decides; empty when the file may simply change the record."""
    if not is_untouched and now is not None:
        return "The record has something else than the last file said."
    if was_so and now is not None:
        return "The record was changed from what the file says now."
    if row.sheet.name == "children" and column == "name" and not are_alike(plain(now), plain(value)):
        return "The names are not alike: is it still the same child?"
    if row.sheet.name == "children" and column == "area":
        return "A move gives the record to another area."
    return ""


def _is_somebody_else(row: Placed, said: Mapping[str, Any] | None, standing: Mapping[str, Any]) -> bool:
    """Name and date of birth both differ from the record, and from what this reference was brought in with."""
    if row.sheet.name != "children" or not row.is_known:
        return False
    named, born = row.values.get("name"), row.values.get("date_of_birth")
    if named is None or born is None:
        return False
    for name, day in (
        (standing["name"], as_said(standing["date_of_birth"])),
        ((said or {}).get("name"), (said or {}).get("date_of_birth")),
    ):
        if name is not None and (plain(name) == plain(named) or day == as_said(born)):
            return False
    return True
