"""How long a child's record is kept: until nothing has happened in it for the partnership's period, nothing in it is still
open, and nobody holds it. Source: standing_firm.md 16; access.md, retention.

Without a period every record is kept. Holding a record is `data.rights.retention`, deleting it `data.rights.deletion`:
both, and every page, ask the one rule here.
"""

from __future__ import annotations

import datetime
import functools
from dataclasses import dataclass
from typing import Any

from dateutil.relativedelta import relativedelta

from data import clock
from data.actor import Reading
from data.child.own_tables import own_tables
from data.database.engine import Row
from data.database.table import HISTORY, Table
from data.settings import value
from data.ways.pathway import ACTION_WAY, FLAG_WAY, REFERRAL_WAY
from data.ways.way import Way
from data.ways.ways_beside import DISPUTE_WAY, OPENING_WAY, OWN_COPY_WAY
from forms.kinds.date import in_words

NOTHING_HAPPENED = {"legal_hold", "child_link"}
"""Tables about the record itself: who may open it and whether it is held. A change there is nothing that happened."""

NO_HAPPENING = {
    "date_of_birth", "due_on", "ends_at", "expires_on", "leds_review_on", "review_before", "review_by", "review_on",
}  # fmt: skip
"""Dates that say when something is due, or who somebody is. Every other date in a child's tables says when something
happened: a column that is added counts until it is named here."""

LEARNED = ("recorded_at", "submitted_on")
"""When the tool learned of it. Of a record that was made of a file's row, that is the day of the import and no happening; it counts
only for a child of whom nothing else has a day."""


@dataclass(frozen=True)
class Retention:
    still_open: tuple[str, ...]
    """What has not ended yet, in words: as long as there is any, nothing is due."""
    last_day: datetime.date | None
    """The latest day on which anything happened in the record; it may be left unasked while something is open."""
    period_years: int | None
    """The partnership's; None when it is not set."""
    hold: Row | None
    """The legal hold in force."""

    @property
    def due_on(self) -> datetime.date | None:
        """The day on which the record is due for review or deletion."""
        if self.still_open or self.period_years is None or self.last_day is None:
            return None
        return self.last_day + relativedelta(years=self.period_years)

    @property
    def why_kept(self) -> str | None:
        """The sentence that says why the record cannot be deleted now; None when it may be."""
        if self.hold:
            return "The record is held, so it cannot be deleted. Lift the hold first."
        if self.due_on is None or self.due_on > clock.today():
            return f"The record cannot be deleted now. {self.as_text()}"
        return None

    @property
    def may_be_deleted(self) -> bool:
        return self.why_kept is None

    def as_text(self) -> str:
        if self.still_open:
            return f"Still open: {', '.join(self.still_open)}. Until it has ended, the record is kept."
        if self.period_years is None:
            return "Kept: the partnership has not set how long records are kept."
        assert self.due_on  # a child has a day: at the latest the one on which the tool learned of them
        when = "was due" if self.due_on <= clock.today() else "is due"
        return f"The record {when} for review or deletion on {in_words(self.due_on)}."


def retention_now(work: Reading, child_id: str) -> Retention:
    return retention_of_each(work, "= $1", [child_id]).get(child_id) or Retention((), None, None, None)


def retention_of_each(work: Reading, which: str, parameters: list[Any]) -> dict[str, Retention]:
    """By child id, of the children whose id fits the condition `which`, such as `= $1`."""
    happened, unfinished = _statements()
    learned = "CAST(recorded_at AT TIME ZONE 'Europe/London' AS date) AS learned_on"
    areas = work.rows(f"SELECT child_id, area, {learned} FROM child WHERE child_id {which}", parameters)
    still_open: dict[str, list[str]] = {}
    for row in work.rows(unfinished.replace("{which}", which), parameters):
        still_open.setdefault(row["child_id"], []).append(row["words"])
    days: dict[str, datetime.date] = {}
    if any(row["child_id"] not in still_open for row in areas):  # the dearest question of a child's page
        days = {
            row["child_id"]: row["day"] for row in work.rows(happened.replace("{which}", which), parameters)
        }
    holds = work.rows(f"SELECT * FROM legal_hold WHERE lifted_on IS NULL AND child_id {which}", parameters)
    held = {hold["child_id"]: hold for hold in holds}
    periods = {area: value(work, area, "retention_years") for area in {row["area"] for row in areas}}
    return {
        row["child_id"]: Retention(
            tuple(still_open.get(row["child_id"], ())),
            days.get(row["child_id"]) or (None if row["child_id"] in still_open else row["learned_on"]),
            periods[row["area"]],
            held.get(row["child_id"]),
        )
        for row in areas
    }


@functools.cache
def _statements() -> tuple[str, str]:
    """The last day of each child, and what is still open: made of the schema once, so that no table is forgotten."""
    happened = " UNION ALL ".join(filter(None, (_happened(*one) for one in own_tables())))
    return (
        f"SELECT child_id, max(day) AS day FROM ({happened}) AS happened GROUP BY child_id",
        " UNION ALL ".join(_STILL_OPEN),
    )


def _happened(table: Table, column: str) -> str | None:
    """The days of a table's rows. Repeated rows are dated by the submission that they belong to, histories by the latest
    revision."""
    days = [
        _day(table, name)
        for name, kind in table.columns.items()
        if kind in ("date", "timestamptz") and name not in NO_HAPPENING
    ]
    is_dated_elsewhere = (column == "record_id" and "child_id" not in table.columns) or table.name.endswith(
        HISTORY
    )
    if not days or is_dated_elsewhere or table.name in NOTHING_HAPPENED:
        return None
    whose = f"t.{column}" if column != "draft_id" else "d.child_id"
    source = f"{table.name} t" + (" JOIN draft d ON d.draft_id = t.draft_id" if column == "draft_id" else "")
    latest = f"greatest({', '.join(days)})" if len(days) > 1 else days[0]
    return f"SELECT {whose} AS child_id, max({latest}) AS day FROM {source} WHERE {whose} {{which}} GROUP BY {whose}"


def _day(table: Table, column: str) -> str:
    day = f"t.{column}"
    if table.columns[column] == "timestamptz":
        day = f"CAST({day} AT TIME ZONE 'Europe/London' AS date)"
    if column not in LEARNED:
        return day
    made = "SELECT record_id FROM external_reference WHERE made_record"
    was_brought_in = f"t.revision = 1 AND t.{table.key[0]} IN ({made})"
    return f"CASE WHEN {was_brought_in} THEN NULL ELSE {day} END"


def _open_states(way: Way, column: str, words: str) -> str:
    """Rows in a state that somebody must act on."""
    states = ", ".join(f"'{state.key}'" for state in way.states if state.owner)
    return (
        f"SELECT DISTINCT {column} AS child_id, '{words}' AS words FROM {way.of}"
        f" WHERE state IN ({states}) AND {column} {{which}}"
    )


def _open_where(table: str, condition: str, words: str) -> str:
    return (
        f"SELECT DISTINCT child_id, '{words}' AS words FROM {table} WHERE {condition} AND child_id {{which}}"
    )


_STILL_OPEN = (
    _open_where("episode", "closed_on IS NULL", "the meeting’s oversight"),
    _open_states(REFERRAL_WAY, "child_id", "a referral"),
    _open_states(ACTION_WAY, "child_id", "an action"),
    _open_states(FLAG_WAY, "about_id", "a flag"),
    _open_states(DISPUTE_WAY, "child_id", "a note of what is disputed"),
    _open_states(OPENING_WAY, "child_id", "the review of an emergency opening"),
    _open_states(OWN_COPY_WAY, "child_id", "a request for the child’s own copy"),
    _open_where(
        "nrm",
        "submitted_on IS NOT NULL AND conclusive_grounds IS NULL AND coalesce(reasonable_grounds, '') <> 'negative'",
        "a decision of the national referral mechanism",
    ),
    _open_where("missing_episode", "from_on IS NOT NULL AND until_on IS NULL", "an episode of being missing"),
)
