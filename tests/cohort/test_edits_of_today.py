"""What is typed today leaves every figure of an earlier day as it was: every view, every kind of record, on both engines.

Views and tables are taken from the code, so that a new one is tried without being named here.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from data.actor import Actor
from data.cohort import read_view
from data.dashboard.past import AS_IT_STOOD, OF_TODAY
from data.dashboard.section import Section
from data.dashboard.views import VIEWS
from data.database.engine import Row
from data.database.records import EPISODE, RECORDS
from data.database.schema import form_table
from data.database.store import Store
from data.database.table import EVERY_RECORD, RecordTable
from forms.registry import FORMS
from tests.cohort.cohorts import BEFORE, ON, a_population, an_approved_weight_set, on_that_day
from tests.cohort.test_every_view import a_rich_cohort
from tests.factories import MADE, the_operator

TODAY = date(2026, 11, 30)
EARLIER = (ON, TODAY - timedelta(1))
BOTH = ("liverpool", "sefton")
TABLES = (*RECORDS, *map(form_table, FORMS))
OF_TODAY_ON_PURPOSE = {
    "account": "who may read is a matter of today",
    "restriction": "whom a reader may know of is a matter of today",
    "setting": "targets and quorums are those of today, as the views say",
}
NEVER_EDITED = {"points", "answers"}
"""Files that are read: nothing edits them."""


def sections(actor: Actor, day: date) -> dict[str, tuple[Section, ...]]:
    return {
        view.key: read_view(actor, view.key, BOTH if view.needs_areas else BOTH[:1], day).sections
        for view in VIEWS
    }


def other(kind: str, value: Any) -> Any:
    """Another value of a column; what was empty is filled in with today."""
    if value is None:
        return {"text": "changed", "date": TODAY, "integer": 1, "boolean": True, "text[]": ["changed"]}.get(
            kind
        )
    if kind == "date":
        return value - timedelta(400)
    if kind == "boolean":
        return not value
    if kind == "integer":
        return value + 1
    return {"text": "changed", "text[]": ["changed"]}.get(kind, value)


def edited(table: RecordTable, row: Row) -> Row:
    """Every column but those that say which record it is, and about which child."""
    kept = {
        column for column in table.columns
        if column.endswith("_id") or column in EVERY_RECORD or column in NEVER_EDITED or column in OF_TODAY.get(table.name, ())
    }  # fmt: skip
    changes = {c: other(kind, row[c]) for c, kind in table.columns.items() if c not in kept}
    return {table.id_column: row[table.id_column], **changes}


def a_record(table: RecordTable, name: str, child_id: str, episode_id: str, day: date) -> Row:
    """Something of this kind about the child on that day, whatever it says."""
    about = {
        "child_id": child_id,
        "episode_id": episode_id,
        table.id_column: child_id if table.name == "restriction" else name,
    }
    said = {"date": day, "integer": 1, "boolean": True, "text": "liverpool", "text[]": ["liverpool"]}
    return {
        column: about[column] if column in about else None if column.endswith("_id") else said.get(kind)
        for column, kind in table.columns.items()
        if column not in EVERY_RECORD and column not in NEVER_EDITED
    }


def rows_of(actor: Actor, table: RecordTable) -> list[Row]:
    with actor.reading() as work:
        return work.rows(f"SELECT * FROM {table.name}")


def save(actor: Actor, table: RecordTable, rows: list[Row]) -> None:
    with actor.writing() as work:
        for row in rows:
            work.save(table, row, MADE)


def test_edits_of_today_leave_every_figure_of_an_earlier_day_as_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator = the_operator(store)
    on_that_day(monkeypatch, BEFORE)
    a_rich_cohort(store)
    a_population(store, "sefton")
    an_approved_weight_set(store)
    of_one = rows_of(operator, EPISODE)[0]
    about = of_one["child_id"], of_one["episode_id"]
    tried = [table for table in TABLES if table.name not in OF_TODAY_ON_PURPOSE]
    for table in tried:
        if not rows_of(operator, table):
            save(operator, table, [a_record(table, "before", *about, BEFORE)])
    on_that_day(monkeypatch, TODAY)
    before = {day: sections(operator, day) for day in EARLIER}
    today = sections(operator, TODAY)

    for table in tried:
        save(operator, table, [edited(table, row) for row in rows_of(operator, table)])
        if table.name != "child":  # whose id is the child's
            save(operator, table, [a_record(table, "new", *about, TODAY)])

    for day, were in before.items():
        now = sections(operator, day)
        for view, these in were.items():
            for was, reads in zip(these, now[view], strict=True):
                assert reads == was, (view, day, was.title)
    now = sections(operator, TODAY)
    unseen = [view for view, were in today.items() if now[view] == were]
    assert not unseen, "the edits must be of what the views read"


def test_what_is_read_as_it_stands_today_is_said() -> None:
    for words in ("settings", "what places are called", "first sent", "return"):
        assert words in AS_IT_STOOD
