"""What is stored, for understanding a workbook: which record each reference leads to, and which are the importer's own."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from data.access.rule import in_their_work
from data.actor import Reading
from data.bring_in.cohort_likeness import alike_reference
from data.bring_in.cohort_plan import Key, Placed
from data.bring_in.cohort_workbook import Sheet
from data.database.engine import Row
from data.database.records import ACTION, DISCUSSION, EPISODE, NRM, REFERRAL
from data.database.schema import form_table
from data.database.table import RecordTable
from forms.child import CHILD

MARGIN = datetime.timedelta(days=2 * 366)
"""How far two estimated dates of birth of one child may be apart, at most."""

TABLES: dict[str, RecordTable] = {
    "children": form_table(CHILD), "referrals": REFERRAL, "episodes": EPISODE, "discussions": DISCUSSION,
    "nrm": NRM, "actions": ACTION,
}  # fmt: skip


class Stored:
    """Records and references as they stand in one transaction. `only_area`: the area of a coordinator."""

    def __init__(self, work: Reading, only_area: str | None) -> None:
        self.work, self.only_area = work, only_area
        self.known: dict[Key, Row] = {}
        self.of_record: dict[str, list[Row]] = defaultdict(list)
        """Record id → the references that lead to it."""
        self._alike: dict[Key, list[str]] = defaultdict(list)
        for row in work.rows("SELECT * FROM external_reference ORDER BY reference"):
            key = row["partnership"], row["sheet"], row["reference"]
            self.known[key] = row
            self.of_record[row["record_id"]].append(row)
            self._alike[(*key[:2], alike_reference(key[2]))].append(key[2])
        self.owners: dict[str, tuple[str, str]] = {
            row["id"]: (row["area"], row["child_id"])
            for row in work.rows(
                "SELECT child_id AS id, area, child_id FROM child UNION ALL SELECT referral_id, area, child_id FROM referral"
                " UNION ALL SELECT episode_id, area, child_id FROM episode"
            )
        }
        """Record id → (area, child id) of the children, referrals and episodes."""
        condition, parameters = in_their_work(work, 1)
        self.reach: set[str] = set(
            work.values(f"SELECT c.child_id FROM child c WHERE {condition}", parameters)
        )
        """The children whose records are this account's work."""
        children = work.rows(
            "SELECT DISTINCT nhs_number, lcs_number, date_of_birth, date_of_birth_is_estimate FROM child_history"
        )
        self._nhs_numbers = {row["nhs_number"] for row in children} - {None}
        self._lcs_numbers = {alike_reference(row["lcs_number"] or "") for row in children} - {""}
        self._born = {row["date_of_birth"] for row in children}
        self._estimates = {row["date_of_birth"] for row in children if row["date_of_birth_is_estimate"]}
        self.records: dict[str, dict[str, Row]] = {}
        """Sheet → record id → the record, of the rows that are understood so far."""

    def is_own(self, record_id: str) -> bool:
        """Is the child, referral or episode this account's to change by a file?"""
        area, child_id = self.owners.get(record_id, ("", ""))
        return child_id in self.reach and (record_id == child_id or self.only_area in (None, area))

    def id_of(self, key: Key) -> str:
        return str(self.known[key]["record_id"]) if key in self.known else ""

    def alike(self, key: Key) -> list[tuple[str, str]]:
        """(reference, record id) of this account's own records with a reference that differs in zeros, case or dashes."""
        partnership, sheet, reference = key
        found = [
            (other, self.id_of((partnership, sheet, other)))
            for other in self._alike[partnership, sheet, alike_reference(reference)]
            if other != reference
        ]
        return [(other, record_id) for other, record_id in found if self.is_own(record_id)]

    def areas_of(self, child_ids: Sequence[str]) -> dict[str, str]:
        return {child_id: self.owners[child_id][0] for child_id in child_ids if child_id in self.owners}

    def load(self, sheet: Sheet, rows: Sequence[Placed]) -> None:
        """Load the records that these rows are known as, and all others of their children."""
        table = TABLES[sheet.name]
        ids = [self.id_of(row.key) for row in rows if row.key in self.known]
        children = sorted({row.child for row in rows} & self.reach)
        found = self.work.rows(
            f"SELECT * FROM {table.name} WHERE {table.id_column} = ANY($1) OR child_id = ANY($2)"
            f" ORDER BY {table.id_column}",
            [ids, children],
        )
        self.records[sheet.name] = {row[table.id_column]: row for row in found}

    def record(self, sheet: Sheet, record_id: str) -> Row | None:
        """One record, whether its child was among the rows' or not."""
        records = self.records[sheet.name]
        if record_id not in records:
            found = self.work.current(TABLES[sheet.name], record_id)
            if found is None:
                return None
            records[record_id] = found
        return records[record_id]

    def may_know(self, values: Mapping[str, Any]) -> bool:
        """May a child of this number or date of birth be stored? Spares most rows of a large file the search of all children."""
        born, number = values.get("date_of_birth"), alike_reference(values.get("lcs_number") or "")
        return bool(
            values.get("date_of_birth_is_estimate")
            or born in self._born
            or (born and any(abs(born - estimate) <= MARGIN for estimate in self._estimates))
            or values.get("nhs_number") in self._nhs_numbers
            or (number and number in self._lcs_numbers)
        )

    def with_nhs_number(self, number: str | None) -> set[str]:
        """The children who have this number now."""
        return (
            set(self.work.values("SELECT child_id FROM child WHERE nhs_number = $1", [number]))
            if number
            else set()
        )
