"""Finding the record behind each row of a workbook: in the file, known from an earlier one, or matched. Stores nothing.

References are the partnership's own; a discussion is known by episode and date, NRM and actions by what they belong to, their
date and their words. Whatever is matched, by reference, number or name, is the importer's own, or is refused in the words of a
child that is known elsewhere.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from data import clock
from data.bring_in.cohort_findings import Findings
from data.bring_in.cohort_likeness import DAY
from data.bring_in.cohort_matches import ONE, SAME, Matching
from data.bring_in.cohort_plan import ASKED, NEW, REFUSED, Placed
from data.bring_in.cohort_reading import LEFT_OUT
from data.bring_in.cohort_stored import Stored
from data.bring_in.cohort_workbook import SHEETS, CheckedRow, Problem, Sheet, Workbook
from forms.places import PARTNERSHIPS, partnership_of

ID_OF = {"children": "child_id", "referrals": "referral_id", "episodes": "episode_id"}


def place(workbook: Workbook, stored: Stored, findings: Findings, partnership: str | None) -> list[Placed]:
    """Every row that is not left out, with its record where that is decided. `partnership`: whose references these are;
    None where the children's areas say it."""
    placing = _Placing(workbook, stored, findings, partnership)
    return [row for sheet in SHEETS for row in placing.rows_of(sheet)]


class _Placing:
    def __init__(
        self, workbook: Workbook, stored: Stored, findings: Findings, partnership: str | None
    ) -> None:
        self.workbook, self.stored, self.findings, self.partnership = workbook, stored, findings, partnership
        self.only_area = stored.only_area
        self.in_file: dict[tuple[str, str], Placed] = {}
        self.left_out: set[tuple[str, str]] = set()
        """Sheet and reference of rows that a person left out before anything was looked for: what belongs to them goes too."""
        self.claimed: dict[tuple[str, str], Placed] = {}

    def rows_of(self, sheet: Sheet) -> list[Placed]:
        times: Counter[str] = Counter()
        rows = [
            placed
            for row in self.workbook.rows.get(sheet.name, ())
            if (placed := self._begun(row, times)) is not None
        ]
        self.stored.load(sheet, rows)
        for row in rows:
            if row.key in self.stored.known and row.state == NEW:
                self._find_known(row)
        matching = Matching(sheet, rows, self.stored, self.findings)
        for row in rows:
            if row.state == NEW and not row.record_id:
                matching.find(row)
        for row in rows:
            if row.state == NEW and row.record_id:
                self._claim(row)
            elif row.state == NEW:
                row.record_id = clock.new_id()
            if row.state == NEW and sheet.name == "children":
                row.child_id = row.record_id
        return [row for row in rows if row.state != LEFT_OUT]

    def _begun(self, row: CheckedRow, times: Counter[str]) -> Placed | None:
        """The row with its parents; None when a person left it out."""
        if any(self.findings.answers.get(key) == LEFT_OUT for key in row.asked_by):
            self._leave_out(row.sheet, _reference(row.sheet, row.values))
            return None
        values = {
            column: value
            for column, value in row.values.items()
            if self.findings.answers.get(self.workbook.hidden_columns.get((row.sheet.name, column), ""))
            != LEFT_OUT
        }
        self.findings.problems += [problem for problem in row.problems if problem.column in values]
        reference = _reference(row.sheet, values)
        if row.sheet.name in ("nrm", "actions") and reference:
            # The same words at the same meeting may be two actions: they are told apart by their order.
            times[reference] += 1
            reference = json.dumps([reference, times[reference]])
        partnership = self._partnership(row.sheet, row.number, values)
        placed = Placed(row.sheet, row.number, values, (partnership, row.sheet.name, reference))
        if self._is_left_out(placed):
            self._leave_out(row.sheet, reference)
            return None
        self._find_parents(placed)
        area = values.get("area")
        if self.only_area and area and area != self.only_area:
            self.findings.refuse(
                placed, "area", "Take this row out: you can bring in rows of your own area only"
            )
        if not reference:
            placed.state = REFUSED
        first = self.in_file.setdefault((row.sheet.name, reference), placed) if reference else placed
        if first is not placed:
            what = "this reference" if row.sheet.own_reference else "this episode and meeting date"
            sentence = f"Take this row out, or correct it: row {first.number} has {what} too"
            self.findings.refuse(placed, row.sheet.own_reference or "meeting_date", sentence)
        return placed

    def _leave_out(self, sheet: Sheet, reference: str) -> None:
        self.findings.left_out[sheet.name] += 1
        if reference:
            self.left_out.add((sheet.name, reference))

    def _is_left_out(self, row: Placed) -> bool:
        """It belongs to a row that a person left out, at whatever remove."""
        for column, sheet in row.sheet.parents:
            key = sheet, row.values.get(column) or ""
            parent = self.in_file.get(key)
            if parent.state == LEFT_OUT if parent else key in self.left_out:
                return True
        return False

    def _partnership(self, sheet: Sheet, number: int, values: Mapping[str, Any]) -> str:
        """Given for the whole file; else the child's area says it, however the row leads to the child."""
        if self.partnership:
            return self.partnership
        parents = [(column, parent, values.get(column) or "") for column, parent in sheet.parents]
        for _, parent, reference in parents:
            if in_file := self.in_file.get((parent, reference)):
                return in_file.key[0]
        if values.get("area"):
            return partnership_of(values["area"]).key
        for column, parent, reference in parents:
            where = [p.key for p in PARTNERSHIPS if (p.key, parent, reference) in self.stored.known]
            if len(where) > 1:
                sentence = "Name the partnership with --partnership: this reference is known in two"
                self.findings.problems.append(Problem(sheet.name, number, column, sentence))
            if where:
                return where[0]
        return PARTNERSHIPS[0].key

    def _find_parents(self, row: Placed) -> None:
        for column, sheet in row.sheet.parents:
            reference = row.values.get(column)
            if reference is None:
                row.state = REFUSED
                continue
            parent = self.in_file.get((sheet, reference))
            if parent is not None:
                if parent.state in (ASKED, REFUSED):
                    row.state = parent.state
                ids = {ID_OF[sheet]: parent.record_id, "child_id": parent.child}
            else:
                record_id = self._stored_parent(row, column, sheet, reference)
                if not record_id:
                    continue
                ids = {ID_OF[sheet]: record_id, "child_id": self.stored.owners[record_id][1]}
            row.parent_ids = {**ids, **row.parent_ids}

    def _stored_parent(self, row: Placed, column: str, sheet: str, reference: str) -> str:
        """The record of an earlier file; empty when there is none of this account's own."""
        key = row.key[0], sheet, reference
        record_id = self.stored.id_of(key)
        if record_id and self.stored.is_own(record_id):
            return record_id
        for other, record_id in self.stored.alike(key):
            sentence = (
                f"This reference is not there. Is it {other}, which lost its zeros or was typed otherwise?"
            )
            about = self.stored.owners[record_id][1]
            is_it = self.findings.asked(row, column, sentence, ((SAME, f"It is {other}"),), about) == SAME
            return record_id if is_it else ""
        self.findings.refuse(
            row, column, f"Add this reference to the sheet {sheet}, or correct it: it is not there"
        )
        return ""

    def _find_known(self, row: Placed) -> None:
        """The record that the row was brought in as, when it is this account's own and of the same child."""
        record_id = self.stored.id_of(row.key)
        standing = self.stored.record(row.sheet, record_id)
        child_id = standing["child_id"] if standing else ""
        owner = (
            record_id if record_id in self.stored.owners else (standing or {}).get("episode_id") or child_id
        )
        column = row.sheet.own_reference or row.sheet.columns[0].name
        if standing is None:
            self.findings.refuse(row, column, "Give this row another reference: its record is no longer kept")
        elif not self.stored.is_own(owner):
            self.findings.known_elsewhere(
                row, column, self.stored.areas_of([child_id]), "or give this row a reference of its own"
            )
        elif row.sheet.name != "children" and row.child not in ("", child_id):
            self.findings.refuse(
                row, column, "Correct the references: this row was brought in for another child"
            )
        elif any(standing.get(name) not in (None, of) for name, of in row.parent_ids.items()):
            self.findings.refuse(row, column, "Correct the references: this row was brought in with others")
        else:
            row.record_id, row.standing, row.is_known = record_id, standing, True

    def _claim(self, row: Placed) -> None:
        first = self.claimed.setdefault((row.sheet.name, row.record_id), row)
        if first is not row:
            column = row.sheet.own_reference or DAY[row.sheet.name]
            sentence = f"Take this row out, or row {first.number}: both are the same {ONE[row.sheet.name]}"
            self.findings.refuse(row, column, sentence)


def _reference(sheet: Sheet, values: Mapping[str, Any]) -> str:
    """What the row is known by within its sheet; empty where that cannot be read."""
    if sheet.own_reference:
        return values.get(sheet.own_reference) or ""
    names = [c.name for c in sheet.columns if c.required and c.name not in ("kind", "state")]
    said = [values.get(name) for name in names]
    return json.dumps(said, default=str) if all(said) else ""
