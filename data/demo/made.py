"""The records of the demo as they are made, and their writing in bulk. Each carries the day it would have been typed."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from data.actor import Writing
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import CHILD_LINK
from data.database.schema import CONTRIBUTION, form_table, rows_table
from data.database.table import RecordTable, Table
from data.demo.chance import Chance
from data.demo.people import Person
from forms.answers import is_asked
from forms.form import Form
from forms.registry import FORMS

FORM_TABLES = {form.key: form_table(form) for form in FORMS}
ROWS_TABLES = {(form.key, rows.key): rows_table(form, rows) for form in FORMS for rows in form.rows()}


class Made:
    """What has been made and not yet written."""

    def __init__(self, as_of: datetime.date) -> None:
        self.as_of = as_of
        self.records: dict[str, list[Row]] = defaultdict(list)
        self.tables: dict[str, Table] = {}
        self.linked: set[str] = set()
        self.revisions: Counter[tuple[str, str]] = Counter()

    def add(self, table: Table, row: Row) -> None:
        self.tables[table.name] = table
        self.records[table.name].append(row)

    def record(self, chance: Chance, table: RecordTable, row: Row, day: datetime.date, by: Person) -> str:
        """A record as it was on that day, or its next revision where it is there already; gives its id."""
        record_id = str(row.setdefault(table.id_column, chance.new_id(day)))
        self.revisions[table.name, record_id] += 1
        self.add(
            table,
            {
                **row,
                "revision": self.revisions[table.name, record_id],
                "recorded_at": self.instant(chance, day),
                "recorded_by": by.account_id,
            },
        )
        return record_id

    def instant(self, chance: Chance, day: datetime.date) -> datetime.datetime:
        """A moment of that day; early on the last day, so that nothing lies in the future."""
        if day < self.as_of:
            return chance.instant(day)
        return datetime.datetime.combine(day, datetime.time(0, 0, chance.randint(0, 59)), datetime.UTC)

    def form(
        self,
        chance: Chance,
        form: Form,
        child_id: str,
        area: str,
        day: datetime.date,
        by: Person,
        answers: Mapping[str, Any],
        also_by: Mapping[Person, tuple[str, ...]] | None = None,
        record_id: str | None = None,
    ) -> str:
        """A submitted form: what was not asked dropped, rows apart, and who wrote which section. Gives its record id.

        `also_by`: other people and the sections they wrote; the rest is by `by`, who sends it. `record_id`: of the form
        that this revises.
        """
        not_asked = [item.key for item in form.items() if not is_asked(item, answers)]
        kept = {key: value for key, value in answers.items() if key not in not_asked}
        record_id = record_id or (child_id if form.key == "child" else chance.new_id(day))
        rows_keys = {rows.key for rows in form.rows()}
        self.record(
            chance,
            FORM_TABLES[form.key],
            {
                "record_id": record_id, "child_id": child_id, "child_area": area, "by_agency": by.agency,
                "form_version": form.version, "submitted_on": day, "not_asked": not_asked,
                **{key: value for key, value in kept.items() if key not in rows_keys},
            },
            day,
            by,
        )  # fmt: skip
        revision = self.revisions[FORM_TABLES[form.key].name, record_id]
        for rows_key in [key for key in kept if key in rows_keys]:
            for position, row in enumerate(kept[rows_key]):
                place = {"record_id": record_id, "revision": revision, "position": position}
                self.add(ROWS_TABLES[form.key, rows_key], {**place, "row_id": chance.new_id(day), **row})
        others = {section: person for person, sections in (also_by or {}).items() for section in sections}
        for section in form.sections:
            if any(kept.get(item.key) for item in section.questions):
                self._wrote(others.get(section.key, by), section.key, record_id, revision, child_id, day)
        for person in (by, *(also_by or {})):
            self.link(chance, child_id, person, f"wrote {form.key}", day)
        return record_id

    def _wrote(
        self, person: Person, section: str, record_id: str, revision: int, child_id: str, day: datetime.date
    ) -> None:
        row = {
            "record_id": record_id, "revision": revision, "section_key": section, "account_id": person.account_id,
            "child_id": child_id, "name": person.name, "agency": person.agency,
            "last_saved_at": datetime.datetime.combine(day, datetime.time(0), datetime.UTC),
        }  # fmt: skip
        self.add(CONTRIBUTION, row)

    def link(self, chance: Chance, child_id: str, person: Person, why: str, day: datetime.date) -> None:
        """Let a practitioner reach the child; others reach children by their area."""
        link_id = f"{child_id}:{person.account_id}"
        if person.record["role"] == "practitioner" and link_id not in self.linked:
            self.linked.add(link_id)
            row = {"link_id": link_id, "child_id": child_id, "account_id": person.account_id, "why": why}
            self.record(chance, CHILD_LINK, row, day, person)

    def write(self, work: Writing) -> None:
        """Store what has been made so far. The audit names each child once and not each of their records."""
        for name, rows in self.records.items():
            table = self.tables[name]
            if isinstance(table, RecordTable):
                rows = [table.with_derived(row) for row in rows]
                work.add_many(table.history, rows, MADE)
                rows = list({row[table.id_column]: row for row in rows}.values())  # the latest of each
            if name == "child":
                for row in rows:
                    work.note(Event(MADE.action, row["child_id"], row["record_id"]))
            work.add_many(table, rows, MADE)
        self.records.clear()


MADE = Event("made for the demo")
