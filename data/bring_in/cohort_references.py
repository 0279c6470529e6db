"""Finding the record behind each reference of a workbook: in the file, or known from an earlier one. Stores nothing.

References are the partnership's own; a discussion is known by episode and date, NRM and actions by what they belong to,
their date and their words.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from data import clock
from data.bring_in.cohort_workbook import SHEETS, CheckedRow, Problem, Sheet, Workbook
from forms.places import PARTNERSHIPS, partnership_of

Key = tuple[str, str, str]
"""(partnership, sheet, reference)."""

Known = Mapping[Key, tuple[str, str]]
"""Key → (record id, hash of what the row said)."""


@dataclass(eq=False)
class Placed:
    """A row that knows which record it is about. Ids are empty where a reference leads nowhere."""

    sheet: Sheet
    number: int
    values: dict[str, Any]
    key: Key
    record_id: str
    child_id: str
    parent_ids: dict[str, str]
    state: str = "new"
    besides: dict[str, Any] = field(default_factory=dict)
    """What the store keeps and the sheet does not say."""


ID_OF = {"children": "child_id", "referrals": "referral_id", "episodes": "episode_id"}

Stored = Mapping[str, tuple[str, str]]
"""Record id → (area, child id) of the children, referrals and episodes in the store."""


def place(
    workbook: Workbook, known: Known, stored: Stored, *, partnership: str | None, only_area: str | None
) -> tuple[list[Placed], list[Problem]]:
    """Every row with its record. `only_area`: the area that rows must be of, and what they refer to in the store."""
    placing = _Placing(known, stored, partnership, only_area)
    placed = [row for sheet in SHEETS for row in placing.rows_of(sheet, workbook.rows.get(sheet.name, ()))]
    return placed, placing.problems


class _Placing:
    def __init__(self, known: Known, stored: Stored, partnership: str | None, only_area: str | None) -> None:
        self.known, self.stored, self.partnership, self.only_area = known, stored, partnership, only_area
        self.in_file: dict[tuple[str, str], Placed] = {}
        self.problems: list[Problem] = []

    def rows_of(self, sheet: Sheet, rows: Iterable[CheckedRow]) -> Iterator[Placed]:
        times: Counter[str] = Counter()
        for row in rows:
            area = row.values.get("area")
            if self.only_area and area and area != self.only_area:
                self._say(row, "area", "Take this row out: you can bring in rows of your own area only")
            reference = _reference(row)
            if sheet.name in ("nrm", "actions"):
                # The same words at the same meeting may be two actions: they are told apart by their order.
                times[reference] += 1
                reference = json.dumps([reference, times[reference]])
            yield self._placed(row, reference)

    def _placed(self, row: CheckedRow, reference: str) -> Placed:
        sheet = row.sheet
        partnership = self._partnership(row)
        parents = dict(self._parents(row, partnership))
        key = (partnership, sheet.name, reference)
        record_id = self.known[key][0] if key in self.known else clock.new_id()
        ids = {ID_OF[name]: record for name, (record, _) in parents.items()}
        child_id = (
            record_id if sheet.name == "children" else next((child for _, child in parents.values()), "")
        )
        found = Placed(sheet, row.number, row.values, key, record_id, child_id, {**ids, "child_id": child_id})
        if reference:
            first = self.in_file.setdefault((sheet.name, reference), found)
            if first is not found:
                what = "this reference" if sheet.own_reference else "this episode and meeting date"
                sentence = f"Take this row out, or correct it: row {first.number} has {what} too"
                self._say(row, sheet.own_reference or "meeting_date", sentence)
        return found

    def _partnership(self, row: CheckedRow) -> str:
        """Given for the whole file; else the child's area says it, however the row leads to the child."""
        if self.partnership:
            return self.partnership
        for column, sheet in row.sheet.parents:
            parent = self.in_file.get((sheet, row.values[column]))
            if parent:
                return parent.key[0]
        if row.values.get("area"):
            return partnership_of(row.values["area"]).key
        for column, sheet in row.sheet.parents:
            where = [p.key for p in PARTNERSHIPS if (p.key, sheet, row.values[column]) in self.known]
            if len(where) > 1:
                self._say(
                    row, column, "Name the partnership with --partnership: this reference is known in two"
                )
            if where:
                return where[0]
        return PARTNERSHIPS[0].key

    def _parents(self, row: CheckedRow, partnership: str) -> Iterator[tuple[str, tuple[str, str]]]:
        """(sheet, (record id, child id)) of each record that the row refers to."""
        for column, sheet in row.sheet.parents:
            reference = row.values[column]
            if reference is None:
                continue
            in_file = self.in_file.get((sheet, reference))
            record_id = self.known.get((partnership, sheet, reference), ("", ""))[0]
            if in_file:
                yield sheet, (in_file.record_id, in_file.child_id)
            elif record_id in self.stored and self.only_area in (None, self.stored[record_id][0]):
                yield sheet, (record_id, self.stored[record_id][1])
            else:
                self._say(
                    row, column, f"Add this reference to the sheet {sheet}, or correct it: it is not there"
                )

    def _say(self, row: CheckedRow, column: str, sentence: str) -> None:
        self.problems.append(Problem(row.sheet.name, row.number, column, sentence))


def _reference(row: CheckedRow) -> str:
    """What the row is known by within its sheet; empty where that cannot be read."""
    if row.sheet.own_reference:
        return row.values[row.sheet.own_reference] or ""
    names = [c.name for c in row.sheet.columns if c.required and c.name not in ("kind", "state")]
    values = [row.values[name] for name in names]
    return json.dumps(values, default=str) if all(values) else ""
