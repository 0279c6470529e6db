"""Which stored record a row without a known reference is: a person says so, or it is the same beyond doubt.

Children are compared by every identifier, former names and likely matches (`data.child.child_search`), their records by what
they are (`data.bring_in.cohort_likeness`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from data.bring_in.cohort_comparison import as_said, said_of
from data.bring_in.cohort_findings import OUT, Findings
from data.bring_in.cohort_likeness import DAY, alike_reference, is_likely, is_the_same
from data.bring_in.cohort_plan import NEW, Placed
from data.bring_in.cohort_stored import TABLES, Stored
from data.bring_in.cohort_workbook import Sheet
from data.child.child_search import likely_matches
from data.database.engine import Row
from data.names import are_alike, plain
from forms.kinds.date import in_words
from forms.places import area_name

ONE = {
    "children": "child", "referrals": "referral", "episodes": "episode", "discussions": "discussion",
    "nrm": "NRM referral", "actions": "action",
}  # fmt: skip
SEVERAL = {name: f"{one}s" for name, one in ONE.items()} | {"children": "children"}

SAME, OTHER, TWO = "same", "other", "two"


class Matching:
    """Finds the records of the rows of one sheet."""

    def __init__(self, sheet: Sheet, rows: Sequence[Placed], stored: Stored, findings: Findings) -> None:
        self.sheet, self.stored, self.findings = sheet, stored, findings
        self.one = ONE[sheet.name]
        self.taken = {row.record_id for row in rows if row.record_id}
        """Records that rows of the file are known as."""
        self.of_child: dict[str, list[Row]] = defaultdict(list)
        for record in stored.records[sheet.name].values():
            self.of_child[record["child_id"]].append(record)
        self.alike: dict[tuple[str, Any], list[Placed]] = defaultdict(list)
        """What two rows of one child or record have in common → the rows that say it."""
        for row in rows:
            for mark in self._marks(row):
                self.alike[mark].append(row)

    def _marks(self, row: Placed) -> Iterator[tuple[str, Any]]:
        if self.sheet.own_reference and row.key[2]:
            yield "reference", alike_reference(row.key[2])
        if self.sheet.name != "children":
            yield "of", tuple(sorted(row.parent_ids.items()))
            return
        for column in ("nhs_number", "lcs_number", "date_of_birth"):
            if row.values.get(column):
                yield column, row.values[column]

    def _above(self, row: Placed, *kinds: str) -> list[Placed]:
        """The rows above that have one of these in common with a row."""
        found = [other for mark in self._marks(row) if mark[0] in kinds for other in self.alike[mark]]
        return [other for other in dict.fromkeys(found) if other.number < row.number]

    def find(self, row: Placed) -> None:
        """Give the row the record that it is, when there is one."""
        for other in self._above(row, "reference"):
            if other.key[2] != row.key[2]:
                self._ask_whether_one_reference(row, other)
        if self.sheet.own_reference and self._find_alike_reference(row):
            return
        if self.sheet.name == "children":
            self._find_child(row)
        else:
            self._find_record(row)

    def _find_alike_reference(self, row: Placed) -> bool:
        """Gives whether it was found, or is asked."""
        for other, record_id in self.stored.alike(row.key):
            if self.sheet.name != "children" and self.stored.owners[record_id][1] != row.child:
                continue
            chosen = self.findings.asked(
                row,
                self.sheet.own_reference,
                f"Is this {self.one} {other}, which lost its zeros or was typed otherwise?",
                ((SAME, f"It is {other}"), (OTHER, f"It is another {self.one}")),
                self.stored.owners[record_id][1],
            )
            if chosen == SAME:
                self._becomes(row, record_id)
            if chosen != OTHER:
                return True
        return False

    def _find_child(self, row: Placed) -> None:
        if not self.stored.may_know(row.values):
            self._ask_of_rows_above(row)
            return
        found, hidden = likely_matches(self.stored.work, row.values)
        mine = [child for child in found.children if child["child_id"] in self.stored.reach]
        others = [*hidden, *(child["child_id"] for child in found.children if child not in mine)]
        if others:
            self._ask_of_hidden(row, others)
        if mine and row.state == NEW:
            self._ask_of_mine(row, mine)
        if row.state == NEW and not row.record_id:
            self._ask_of_rows_above(row)

    def _ask_of_mine(self, row: Placed, mine: Sequence[Row]) -> None:
        options = [(f"{SAME} {child['child_id']}", f"It is {_who(child)}") for child in mine]
        if not self.stored.with_nhs_number(row.values.get("nhs_number")):
            options.append((OTHER, "It is another child"))
        about = mine[0]["child_id"]
        chosen = self.findings.asked(
            row, "child_ref", "This child may be here already.", (*options, OUT), about
        )
        if chosen and chosen.startswith(SAME):
            self._becomes(row, chosen.removeprefix(SAME).strip())

    def _ask_of_hidden(self, row: Placed, children: Sequence[str]) -> None:
        """A child of the same number is refused; of one with a like name a person says that it is another."""
        areas = self.stored.areas_of(children)
        self.findings.asked_about += children
        if set(children) & self.stored.with_nhs_number(row.values.get("nhs_number")):
            self.findings.known_elsewhere(row, "nhs_number", areas, "or correct the number")
            return
        self.findings.told_of += children
        where = " and ".join(sorted(map(area_name, set(areas.values()))))
        sentence = f"A child who may be the same is known in {where}. Ask the coordinator of that area."
        self.findings.asked(
            row, "child_ref", sentence, (OUT, (OTHER, "It is another child: bring it in")), ""
        )

    def _ask_of_rows_above(self, row: Placed) -> None:
        """Rows that may be the same child under another reference."""
        for other in self._above(row, "nhs_number", "lcs_number", "date_of_birth"):
            if other.values.get("nhs_number") and other.values["nhs_number"] == row.values.get("nhs_number"):
                self.findings.refuse_a_number_for_two(row, other)
            elif _may_be_one_child(row.values, other.values):
                self._ask_whether_two(row, "child_ref", other)

    def _ask_whether_one_reference(self, row: Placed, other: Placed) -> None:
        sentence = (
            f"Row {other.number} has this reference with other zeros, case or dashes. If it is one {self.one}, "
            "correct the reference."
        )
        both = ((TWO, f"They are two {SEVERAL[self.sheet.name]}: bring in both"),)
        self.findings.asked(row, self.sheet.own_reference, sentence, both, "")

    def _ask_whether_two(self, row: Placed, column: str | None, other: Placed) -> None:
        sentence = (
            f"Row {other.number} may be the same {self.one}. If it is, take one of the rows out of the file."
        )
        both = ((TWO, f"They are two {SEVERAL[self.sheet.name]}: bring in both"),)
        self.findings.asked(row, column, sentence, both, "")

    def _find_record(self, row: Placed) -> None:
        """A referral, episode, discussion, NRM referral or action of a child who is stored."""
        day, id_column = DAY[self.sheet.name], TABLES[self.sheet.name].id_column
        if row.values.get(day) is None:
            return
        candidates = self._candidates(row)
        for record in candidates:
            if is_the_same(self.sheet, row.values, record):
                self._becomes(row, record[id_column])
                return
        likely = [record for record in candidates if is_likely(self.sheet, row.values, record)]
        if likely:
            options = [
                (f"{SAME} {r[id_column]}", f"It is the {self.one} {_what(self.sheet, r)}") for r in likely
            ]
            another = (OTHER, f"It is another {self.one}")
            sentence = f"This {self.one} may be here already."
            chosen = self.findings.asked(row, day, sentence, (*options, another), row.child)
            if chosen and chosen.startswith(SAME):
                self._becomes(row, chosen.removeprefix(SAME).strip())
                return
        for other in self._above(row, "of"):
            if _may_be_one_record(row, other):
                self._ask_whether_two(row, day, other)

    def _candidates(self, row: Placed) -> list[Row]:
        """Records of the same child, and episode, that no row of the file is known as; this account's own."""
        return [
            record
            for record in self.of_child[row.child]
            if record[(id_column := TABLES[self.sheet.name].id_column)] not in self.taken
            and all(record.get(name) in (None, of) for name, of in row.parent_ids.items())
            and (record[id_column] not in self.stored.owners or self.stored.is_own(record[id_column]))
        ]

    def _becomes(self, row: Placed, record_id: str) -> None:
        row.standing = self.stored.record(self.sheet, record_id)
        row.record_id = record_id if row.standing else ""
        self.taken.add(row.record_id)


def _may_be_one_child(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if one.get("lcs_number") and one["lcs_number"] == other.get("lcs_number"):
        return True
    if one.get("date_of_birth") is None or one["date_of_birth"] != other.get("date_of_birth"):
        return False
    return are_alike(plain(one.get("name") or ""), plain(other.get("name") or ""))


def _may_be_one_record(row: Placed, other: Placed) -> bool:
    """Two rows of one file. A file lists each once, so that only what is alike to the day is asked about."""
    day = DAY[row.sheet.name]
    if row.sheet.name == "discussions" or other.values.get(day) is None:
        return False
    if row.sheet.name == "actions":
        return said_of(row.values) == said_of(other.values)
    if row.sheet.name == "nrm":
        return is_likely(row.sheet, row.values, {**dict.fromkeys(TABLES["nrm"].columns), **other.values})
    return as_said(row.values[day]) == as_said(other.values[day])


def _who(child: Row) -> str:
    return f"{child['name']}, born {in_words(child['date_of_birth'])}, {area_name(child['area'])}"


def _what(sheet: Sheet, record: Row) -> str:
    """A stored record of the child in words: its day, and an action's words."""
    day = record[DAY[sheet.name]]
    when = f"of {in_words(day)}" if day else "that is not submitted yet"
    return f"{when}: {record['action']}" if sheet.name == "actions" else when
