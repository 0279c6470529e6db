"""The records as they were known at an earlier instant: SQL that takes the place of the tables which the measures read.

Every revision is kept with when it was recorded, so that what was counted then can be counted again.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import replace

from data.database.records import DISCUSSION, EPISODE, NRM, REFERRAL
from data.database.schema import form_table
from data.database.table import RecordTable
from data.measures.measure import Scope
from forms.child import CHILD

COUNTED: tuple[RecordTable, ...] = (form_table(CHILD), REFERRAL, EPISODE, DISCUSSION, NRM)
"""The records that figures are counted from; every one is about one child, and no figure about a child hangs on another's."""

Ids = Mapping[str, Collection[str]]
"""Name of a table → ids of its records."""


def at(scope: Scope, instant: datetime.datetime, but: Ids | None = None) -> Scope:
    """The scope over the records as they stood at `instant`; those of `but` as they stand now."""
    return replace(scope, records=_tables(instant, but or {}, then=True))


def now_without(scope: Scope, instant: datetime.datetime, late: Ids) -> Scope:
    """The scope over the records as they stand now; those of `late` as they stood at `instant`, or not at all."""
    return replace(scope, records=_tables(instant, late, then=False))


def known_at(table: RecordTable, instant: datetime.datetime) -> str:
    """SQL: the latest revision of each record at that instant."""
    key = table.id_column
    return (
        f"SELECT DISTINCT ON ({key}) {', '.join(table.columns)} FROM {table.name}_history"
        f" WHERE recorded_at <= {moment(instant)} ORDER BY {key}, revision DESC"
    )


def moment(instant: datetime.datetime) -> str:
    return f"TIMESTAMPTZ '{instant.astimezone(datetime.UTC).isoformat()}'"


def _tables(instant: datetime.datetime, apart: Ids, *, then: bool) -> str:
    found = []
    for table in COUNTED:
        key, names = table.id_column, ", ".join(table.columns)
        was, stands = known_at(table, instant), f"SELECT {names} FROM {table.name}"
        most, few = (was, stands) if then else (stands, was)
        ids = _among(apart.get(table.name, ()))
        found.append(
            f"{table.name} AS MATERIALIZED (SELECT * FROM ({most}) AS most WHERE {key} NOT IN {ids}"
            f" UNION ALL SELECT * FROM ({few}) AS few WHERE {key} IN {ids})"
        )
    # Measure 10 reads where a child lived from the history itself.
    children = COUNTED[0]
    ids = _among(apart.get(children.name, ()))
    in_full = f"{children.id_column} {'' if then else 'NOT '}IN {ids}"
    found.append(
        f"{children.name}_history AS MATERIALIZED (SELECT * FROM {children.name}_history"
        f" WHERE recorded_at <= {moment(instant)} OR {in_full})"
    )
    return ", ".join(found) + ", "


def _among(ids: Collection[str]) -> str:
    quoted = ["'" + one.replace("'", "''") + "'" for one in sorted(ids)]
    return "(" + (", ".join(quoted) or "''") + ")"
