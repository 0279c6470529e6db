"""Nominations to MARTHR (multi-agency response to threat, harm, risk): made of a record of concern, decided, and fed back
to the meeting. Source: pathway.md 10. Whoever may see the record may see its nominations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.access.concern import (
    can_coordinate_concern,
    can_write_concern,
    check_can_coordinate_concern,
    check_can_list_concerns,
    check_can_see_concern,
    check_can_write_concern,
    visible_concerns,
)
from data.actor import Actor, Reading
from data.answers.short_forms import read
from data.database.audit import Event
from data.database.engine import Clash, Row
from data.database.records import NOMINATION
from data.refusal import Problems
from data.settings import value
from data.trail.views import note_view
from data.ways.ways_beside import NOMINATION_WAY
from forms.form import Form
from forms.marthr import ACCEPTANCE, FEEDBACK
from forms.marthr import NOMINATION as NOMINATION_FORM
from forms.question import Typed

PAGE = 25
NOBODYS: Row = {"concern_id": ""}
"""One that is not there: refused in the same words as another area's."""


def nominates(work: Reading, area: str) -> bool:
    """Is there a MARTHR for this area? Sheffield has another meeting, told by a disclosure."""
    return bool(value(work, area, "marthr"))


@dataclass(frozen=True)
class Nomination:
    concern: Row
    """concern_id, kind, name, area, children (how many are linked)."""
    record: Row
    """As it stands; for one that is being begun what the account fills in."""
    has_marthr: bool
    """Is there a MARTHR for the area of the record?"""
    may_write: bool
    may_coordinate: bool


_CONCERN = (
    "SELECT c.concern_id, c.kind, c.name, c.area, c.state, (SELECT count(DISTINCT l.child_id) FROM concern_link l"
    " WHERE l.concern_id = c.concern_id AND l.removed_reason IS NULL) AS children FROM concern c WHERE c.concern_id = $1"
)


def read_nomination(
    actor: Actor, concern_id: str | None = None, nomination_id: str | None = None
) -> Nomination:
    """One nomination, or a new one of the record. The view is audited."""
    with actor.writing() as work:
        standing = work.current(NOMINATION, nomination_id) if nomination_id else None
        if nomination_id:
            concern_id = standing["concern_id"] if standing else ""
        concern_id = concern_id or ""
        check_can_see_concern(work, concern_id)
        note_view(work, "nomination viewed", None, nomination_id or concern_id)
        me = work.account
        concern = work.row(_CONCERN, [concern_id]) or {}
        return Nomination(
            concern,
            standing or {"nominated_by": me.name, "nominated_agency": me.agency},
            nominates(work, concern["area"]),
            can_write_concern(work, concern_id),
            can_coordinate_concern(work, concern_id),
        )


def nominate(actor: Actor, concern_id: str, nomination_id: str, typed: Mapping[str, Typed]) -> None:
    """Raises `NotFilledIn`, and `Clash` when it was sent already."""
    with actor.writing() as work:
        check_can_write_concern(work, concern_id)
        concern = work.row(_CONCERN, [concern_id]) or {}
        if not nominates(work, concern["area"]):
            raise Problems(
                "There is no MARTHR for this area. Share this with your own tactical meeting, and record it."
            )
        if concern["state"] != "open":
            raise Problems("This record is closed. Open it again before you nominate it.")
        if work.current(NOMINATION, nomination_id):
            raise Clash
        answers = read(NOMINATION_FORM, typed, concern)
        move = NOMINATION_WAY.move("nominate", None, work.account.role)
        record = {"nomination_id": nomination_id, "concern_id": concern_id, "state": move.end, **answers}
        work.save(NOMINATION, record, Event(move.audit, None, nomination_id), seen_revision=0)


def accept(actor: Actor, nomination_id: str, typed: Mapping[str, Typed]) -> None:
    _move(actor, nomination_id, "accept", ACCEPTANCE, typed)


def decline(actor: Actor, nomination_id: str, reason: str) -> None:
    _move(actor, nomination_id, "decline", reason=reason)


def feed_back(actor: Actor, nomination_id: str, typed: Mapping[str, Typed]) -> None:
    """The outcome, and what the meeting is told: it proposes the linked children for the next agenda."""
    _move(actor, nomination_id, "feed back", FEEDBACK, typed)


def _move(
    actor: Actor,
    nomination_id: str,
    name: str,
    form: Form | None = None,
    typed: Mapping[str, Typed] | None = None,
    reason: str | None = None,
) -> None:
    with actor.writing() as work:
        standing = work.current(NOMINATION, nomination_id) or NOBODYS
        check_can_coordinate_concern(work, standing["concern_id"], "nomination decided")
        move = NOMINATION_WAY.move(name, standing["state"], work.account.role, reason)
        answers = read(form, typed or {}) if form else {}
        if move.end == "fed_back":
            answers["fed_back_at"] = work.at
        work.save(
            NOMINATION,
            {"nomination_id": nomination_id, "state": move.end, **answers},
            Event(move.audit, None, nomination_id),
            why=(reason or "").strip() or None,
        )


@dataclass(frozen=True)
class Listed:
    rows: tuple[Row, ...]
    """nomination_id, concern_id, kind, name, nominated_on, nominated_agency, state, response, children."""
    more: bool


def nominations(actor: Actor, state: str | None = None, page: int = 0) -> Listed:
    """Those of the records this account may open, the latest first. The view is audited."""
    with actor.writing() as work:
        check_can_list_concerns(work)
        note_view(work, "nominations listed", None)
        visible, parameters = visible_concerns(work, 3)
        rows = work.rows(
            "SELECT n.nomination_id, n.concern_id, n.nominated_on, n.nominated_agency, n.state, n.response, c.kind, c.name,"
            " (SELECT count(DISTINCT l.child_id) FROM concern_link l WHERE l.concern_id = c.concern_id"
            " AND l.removed_reason IS NULL) AS children"
            " FROM nomination n JOIN concern c ON c.concern_id = n.concern_id"
            f" WHERE ($1::text IS NULL OR n.state = $1::text) AND {visible}"
            f" ORDER BY n.nominated_on DESC, n.nomination_id DESC LIMIT {PAGE + 1} OFFSET $2",
            [state, page * PAGE, *parameters],
        )
        return Listed(tuple(rows[:PAGE]), len(rows) > PAGE)


def nominations_of(work: Reading, concern_id: str) -> list[Row]:
    """For the page of the record, which notes its view."""
    check_can_see_concern(work, concern_id)
    return work.rows(
        "SELECT * FROM nomination WHERE concern_id = $1 ORDER BY nominated_on DESC, nomination_id DESC LIMIT 50",
        [concern_id],
    )


def marthr_feedback(work: Reading, area: str) -> dict[str, str]:
    """For the agenda, which checks who asks: open episode of the area → "arrived" when feedback about somebody or
    something linked to the child came since the last discussion, else "waited" when it is still to come. Of records that the
    area holds: its coordinator can read the feedback."""
    rows = work.rows(
        "SELECT e.episode_id, n.state, n.fed_back_at, (SELECT max(d.recorded_at) FROM discussion d"
        " WHERE d.episode_id = e.episode_id) AS discussed_at"
        " FROM nomination n JOIN concern c ON c.concern_id = n.concern_id AND c.area = $1 JOIN concern_link l ON l.concern_id = n.concern_id AND l.removed_reason IS NULL"
        " JOIN episode e ON e.child_id = l.child_id AND e.closed_on IS NULL WHERE e.area = $1",
        [area],
    )
    found: dict[str, str] = {}
    for row in rows:
        if row["state"] != "fed_back":
            found.setdefault(row["episode_id"], "waited")
        elif row["discussed_at"] is None or row["fed_back_at"] > row["discussed_at"]:
            found[row["episode_id"]] = "arrived"
    return found
