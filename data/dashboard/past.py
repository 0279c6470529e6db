"""The records as they stood at the end of a day, in place of the tables that a view's SQL names: every view's SQL passes here.

One rule for every record, so that what is typed today leaves an earlier day's figures as they were:

- what was decided or happened counts from its own day, whenever it was first typed: a first revision, and a day that is
  filled in for the first time (`FILLED_IN`);
- a form counts from the day on which it was first sent;
- a change counts from the day on which it was recorded.

Of a child who is restricted to others than the reader nothing is read, where the reader may open lists: otherwise the figure
less its list would tell of the child.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence

from data import clock
from data.access.restricted import CLOSED_TO
from data.dashboard.asked import Asked
from data.database.records import RECORDS
from data.database.schema import form_table
from data.database.table import RecordTable
from data.measures.as_recorded import moment
from forms.registry import FORMS

AS_IT_STOOD = (
    "A day is read as it was. What was decided or happened counts from its own day, whenever it was first typed; a form from the "
    "day on which it was first sent; a change to either from the day on which it was recorded. The quarterly return counts "
    "records as they stand when it is drafted, with every correction made by then, so it can differ. Targets, quorums and other "
    "settings, and what places are called, are those of today."
)
WITHOUT_RESTRICTED = (
    "Without restricted records: figures of the area may be higher. The quarterly return counts every child."
)

FORM_TABLES = {form_table(form).name: form_table(form) for form in FORMS}
TABLES: dict[str, RecordTable] = {
    **{table.name: table for table in RECORDS if table.name not in ("account", "restriction", "setting")},
    **FORM_TABLES,
}
"""Who may read, and what a partnership has set, are matters of today: they are read as they stand."""

FILLED_IN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "episode": {"closed_on": ("closure_reason",)},
    "action": {"closed_on": ("state",)},
    "nrm": {
        "submitted_on": ("multi_agency",),
        "reasonable_grounds_on": ("reasonable_grounds",),
        "conclusive_grounds_on": ("conclusive_grounds",),
    },
    "missing_episode": {"until_on": (), "interview_on": ("interview_held", "interview_offered")},
    "disruption": {"began_on": (), "ended_on": ()},
}
"""Table → the day of what happens after the record is begun → what is said of it together with the day."""

OF_TODAY: Mapping[str, tuple[str, ...]] = {"concern": ("name", "label_for_return", "label_approved_on")}
"""What is read as it stands: a label that was withdrawn since is not shown for an earlier day either."""


def recorded_by(asked: Asked, alias: str) -> str:
    """SQL: a row was recorded before the day had ended in the United Kingdom."""
    next_day = asked.on + datetime.timedelta(days=1)
    return f"{alias}.recorded_at < {moment(datetime.datetime.combine(next_day, datetime.time(), tzinfo=clock.UK))}"


def as_it_stood(asked: Asked, sql: str) -> str:
    """`sql` with each record table that it names replaced by the table as it stood on the day, for this reader."""
    words = frozenset(re.findall(r"\w+", sql))
    named = dict.fromkeys(name for name in re.findall(r"\b(?:FROM|JOIN)\s+(\w+)", sql) if name in TABLES)
    stood = ", ".join(filter(None, (_then(asked, TABLES[name], words) for name in named)))
    if not stood:
        return sql
    rest = sql.lstrip()
    return (
        f"WITH {stood}, {rest.removeprefix('WITH ')}" if rest.startswith("WITH ") else f"WITH {stood} {rest}"
    )


def stood_then(asked: Asked, name: str) -> str:
    """The rows of a table as they stood on the day, for a query that is asked of a later one."""
    return _as_of(asked, TABLES[name], list(TABLES[name].columns))


def _then(asked: Asked, table: RecordTable, words: frozenset[str]) -> str:
    """`table AS (…)`, with the columns among `words`; empty where the table itself is as good."""
    is_past, closed = asked.on < clock.today(), _not_closed(asked, table)
    if not is_past and not closed:
        return ""
    columns = [
        c
        for c in table.columns
        if c in words or c in (table.id_column, "child_id", "revision", "recorded_at")
    ]
    rows = _as_of(asked, table, columns) if is_past else f"SELECT {', '.join(columns)} FROM {table.name}"
    return f"{table.name} AS NOT MATERIALIZED (SELECT * FROM ({rows}) AS stood{closed})"


def _not_closed(asked: Asked, table: RecordTable) -> str:
    if "child_id" not in table.columns or asked.reader is None:
        return ""
    reader = "'" + asked.reader.replace("'", "''") + "'"
    closed = CLOSED_TO.replace("${}", reader)
    return f" WHERE child_id IS NULL OR child_id NOT IN ({closed})"


def _as_of(asked: Asked, table: RecordTable, columns: Sequence[str]) -> str:
    """A revision that stood by then is taken from the table; only what was changed since is looked for in the history."""
    name, key = table.name, table.id_column
    stood = {alias: f"({alias}.revision = 1 OR {recorded_by(asked, alias)})" for alias in "nh"}
    changed = f"SELECT n.{key} FROM {name} n WHERE NOT {stood['n']}"
    place = (
        f"(SELECT h.{key}, max(h.revision) AS revision FROM {name}_history h"
        f" WHERE {stood['h']} AND h.{key} IN ({changed}) GROUP BY h.{key}) AS place"
    )
    filled, joins = _filled_in(asked, table, columns, changed)
    if today := [column for column in OF_TODAY.get(name, ()) if column in columns]:
        filled |= {column: f"today.{column}" for column in today}
        joins += f" JOIN {name} today ON today.{key} = h.{key}"
    unchanged, sent_now = _sent(table, columns, "n")
    before, sent_then = _sent(table, columns, "h")
    return (
        f"SELECT {_named(unchanged)} FROM {name} n{sent_now} WHERE {stood['n']} UNION ALL"
        f" SELECT {_named(before | filled)} FROM {place}"
        f" JOIN {name}_history h ON h.{key} = place.{key} AND h.revision = place.revision{sent_then}{joins}"
    )


def _named(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{sql} AS {column}" for column, sql in columns.items())


def _sent(table: RecordTable, columns: Sequence[str], alias: str) -> tuple[dict[str, str], str]:
    """The columns of a row, and a join: a form that is sent again keeps the day on which it was first sent."""
    shown = {column: f"{alias}.{column}" for column in columns}
    if table.name not in FORM_TABLES or "submitted_on" not in columns:
        return shown, ""
    shown["submitted_on"] = f"coalesce(sent.submitted_on, {alias}.submitted_on)"
    key = table.id_column
    return shown, (
        f" LEFT JOIN {table.name}_history sent"
        f" ON sent.{key} = {alias}.{key} AND sent.revision = 1 AND {alias}.revision > 1"
    )


def _filled_in(
    asked: Asked, table: RecordTable, columns: Sequence[str], changed: str
) -> tuple[dict[str, str], str]:
    """Of what was empty on the day and was filled in since, with a day that is not after it: the columns, and the joins for them."""
    name, key = table.name, table.id_column
    filled: dict[str, str] = {}
    joins = ""
    for at, (day, also) in enumerate(FILLED_IN.get(name, {}).items()):
        wanted = [column for column in (day, *also) if column in columns]
        if not wanted:
            continue
        first, said = f"first_{at}", f"said_{at}"
        joins += (
            f" LEFT JOIN (SELECT l.{key}, min(l.revision) AS revision FROM {name}_history l WHERE l.revision > 1"
            f" AND NOT {recorded_by(asked, 'l')} AND l.{day} IS NOT NULL AND l.{key} IN ({changed}) GROUP BY l.{key}) AS {first}"
            f" ON {first}.{key} = h.{key} AND h.{day} IS NULL"
            f" LEFT JOIN {name}_history {said} ON {said}.{key} = {first}.{key} AND {said}.revision = {first}.revision"
            f" AND {said}.{day} <= {asked.last}"
        )
        filled |= {
            column: f"CASE WHEN {said}.{key} IS NULL THEN h.{column} ELSE {said}.{column} END"
            for column in wanted
        }
    return filled, joins
