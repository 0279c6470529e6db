"""Measures of disruption, logged against a record of concern (pathway.md 10). Whoever may see the record sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data import clock
from data.access.concern import (
    can_write_concern,
    check_can_list_concerns,
    check_can_see_concern,
    check_can_write_concern,
    visible_concerns,
)
from data.actor import Actor, Reading
from data.answers.short_forms import read
from data.database.audit import Event
from data.database.engine import Clash, Row
from data.database.records import DISRUPTION
from data.refusal import Problems
from data.trail.record_history import Change, changes
from data.trail.views import note_view
from forms.disruption import DISRUPTION as DISRUPTION_FORM
from forms.disruption import ENDING_SOON
from forms.question import Typed

PAGE = 25
NOT_HERE = "This measure cannot be found. Open it from the list of measures."


@dataclass(frozen=True)
class Measure:
    concern: Row
    """concern_id, kind, name, date_of_birth."""
    record: Row
    """As it stands; empty for one that is being begun."""
    may_write: bool
    history: tuple[Change, ...]


_CONCERN = "SELECT concern_id, kind, name, date_of_birth FROM concern WHERE concern_id = $1"


def read_measure(actor: Actor, concern_id: str | None = None, disruption_id: str | None = None) -> Measure:
    """One measure, or a new one against the record. The view is audited."""
    with actor.writing() as work:
        standing = work.current(DISRUPTION, disruption_id) if disruption_id else None
        if disruption_id:
            concern_id = standing["concern_id"] if standing else ""
        concern_id = concern_id or ""
        check_can_see_concern(work, concern_id)
        note_view(work, "measure viewed", None, disruption_id or concern_id)
        concern = work.row(_CONCERN, [concern_id]) or {}
        history = changes(work, DISRUPTION, DISRUPTION_FORM, disruption_id) if disruption_id else ()
        return Measure(concern, standing or {}, can_write_concern(work, concern_id), history)


def save_measure(
    actor: Actor, concern_id: str, disruption_id: str, typed: Mapping[str, Typed], seen_revision: int
) -> None:
    """A new measure (`seen_revision` 0) or a change to one. Raises `NotFilledIn`, `Clash`."""
    with actor.writing() as work:
        check_can_write_concern(work, concern_id)
        standing = work.current(DISRUPTION, disruption_id)
        if seen_revision != (standing["revision"] if standing else 0):
            raise Clash
        if standing and standing["concern_id"] != concern_id:
            raise Problems(NOT_HERE)
        concern = work.row(_CONCERN, [concern_id]) or {}
        answers = read(DISRUPTION_FORM, typed, {**concern, "today": clock.today()})
        work.save(
            DISRUPTION,
            {"disruption_id": disruption_id, "concern_id": concern_id, **answers},
            Event("measure changed" if standing else "measure added", None, disruption_id),
            seen_revision=seen_revision,
        )


_IS_OVER = "(d.ended_on IS NOT NULL OR coalesce(d.ends_on < $1, false))"
_STATE = (
    f"CASE WHEN {_IS_OVER} THEN 'ended' WHEN d.began_on IS NULL THEN 'asked_for'"
    " WHEN d.ends_on <= $2 THEN 'ending_soon' ELSE 'in_force' END"
)
"""`forms.disruption.state` in SQL, for lists: $1 is today, $2 the end of what is soon."""


@dataclass(frozen=True)
class Listed:
    rows: tuple[Row, ...]
    """disruption_id, concern_id, kind, name, state, and the measure's own answers; what ends first comes first."""
    more: bool
    counts: dict[str, int]
    """State → how many, over all pages."""


def measures(actor: Actor, wanted: str | None = None, page: int = 0) -> Listed:
    """Those against the records this account may open. The view is audited."""
    today = clock.today()
    with actor.writing() as work:
        check_can_list_concerns(work)
        note_view(work, "measures listed", None)
        visible, parameters = visible_concerns(work, 3)
        seen = (
            f"SELECT d.*, c.kind, c.name, {_STATE} AS state FROM disruption d"
            f" JOIN concern c ON c.concern_id = d.concern_id WHERE {visible}"
        )
        given = [today, today + ENDING_SOON, *parameters]
        counted = work.rows(f"SELECT state, count(*) AS many FROM ({seen}) AS seen GROUP BY state", given)
        at = len(given)
        rows = work.rows(
            f"SELECT * FROM ({seen}) AS seen WHERE ${at + 1}::text IS NULL OR state = ${at + 1}::text"
            " ORDER BY state = 'ended', ends_on NULLS LAST, began_on DESC NULLS FIRST, disruption_id"
            f" LIMIT {PAGE + 1} OFFSET ${at + 2}",
            [*given, wanted, page * PAGE],
        )
        return Listed(tuple(rows[:PAGE]), len(rows) > PAGE, {row["state"]: row["many"] for row in counted})


def measures_of(work: Reading, concern_id: str) -> list[Row]:
    """For the page of the record, which notes its view."""
    check_can_see_concern(work, concern_id)
    return work.rows(
        "SELECT * FROM disruption WHERE concern_id = $1 ORDER BY began_on DESC NULLS FIRST, disruption_id DESC LIMIT 50",
        [concern_id],
    )
