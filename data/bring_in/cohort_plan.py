"""What bringing a workbook in would do: every row with its record, what changes, what is asked and what is refused.

Made by `data.bring_in.cohort_understanding` before anything is stored, and again in the transaction that stores it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from data.bring_in.cohort_workbook import SHEETS, Problem, Question, Sheet, place_in_words

Key = tuple[str, str, str]
"""(partnership, sheet, reference)."""

Answers = Mapping[str, str]
"""The key of a question → the key of the option that was chosen."""

NEW, CHANGED, UNCHANGED, ASKED, REFUSED = "new", "changed", "unchanged", "asked", "refused"
STATES = (NEW, CHANGED, UNCHANGED, ASKED, REFUSED)


@dataclass(eq=False)
class Placed:
    """A row that knows which record it is about. Ids are empty while that is not decided, or where it leads nowhere."""

    sheet: Sheet
    number: int
    values: dict[str, Any]
    key: Key
    record_id: str = ""
    child_id: str = ""
    parent_ids: dict[str, str] = field(default_factory=dict)
    state: str = NEW
    standing: dict[str, Any] | None = None
    """The record as it is stored; None for a new one."""
    changes: dict[str, Any] = field(default_factory=dict)
    """Of a stored record: column of the sheet → the value that it gets."""
    besides: dict[str, Any] = field(default_factory=dict)
    """What the store keeps and the sheet does not say."""
    said: dict[str, Any] = field(default_factory=dict)
    """What is kept of this row, to compare the next file with."""
    is_known: bool = False
    """The row was brought in before by this key."""
    keeps_said: bool = False
    """What is kept of the row differs from what was kept of it."""

    @property
    def child(self) -> str:
        return self.child_id or str(self.parent_ids.get("child_id", ""))


@dataclass(frozen=True)
class Change:
    """One cell that would change a record. Says what record and file hold: for those who may open the record."""

    sheet: str
    row: int
    column: str
    before: str
    after: str
    about: str
    """The child's id."""

    def __str__(self) -> str:
        where = place_in_words(self.sheet, self.row, self.column)
        return f"{where}: {self.before or 'not known'} → {self.after}"


@dataclass(frozen=True)
class Plan:
    rows: tuple[Placed, ...]
    problems: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    """Those that are not answered."""
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    """What is left out of the file, or left as the record has it, with why."""
    told_of: tuple[str, ...] = ()
    """Children of whom the plan says that they are known, to who may not open them."""
    asked_about: tuple[str, ...] = ()
    """Those of them who were found by a number or a name: such questions are counted (`data.access.name_questions`)."""

    @property
    def can_be_stored(self) -> bool:
        return not self.problems and not self.questions

    def counts(self, state: str) -> dict[str, int]:
        """Sheet → how many of its rows are in this state."""
        return {
            sheet.name: sum(row.sheet is sheet and row.state == state for row in self.rows)
            for sheet in SHEETS
        }

    @property
    def fingerprint(self) -> str:
        """The same for plans that store the same on top of the same records."""
        return hashlib.sha256(json.dumps(list(self._facts()), default=str).encode()).hexdigest()

    def _facts(self) -> Iterator[Any]:
        for row in self.rows:
            standing = row.standing or {}
            yield row.sheet.name, row.number, row.state, sorted(row.changes.items()), row.said
            yield standing.get(next(iter(standing), "")), standing.get("revision")
        yield [str(problem) for problem in self.problems]
        yield [question.key for question in self.questions]

    def of_children(self) -> set[str]:
        """The children of whose records the plan says something."""
        return {change.about for change in self.changes} | {q.about for q in self.questions if q.about}
