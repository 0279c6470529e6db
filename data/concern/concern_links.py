"""What links a person, group, place or issue of concern to children and to other such records, and on what basis."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from data import clock
from data.access.concern import (
    can_coordinate_concern,
    can_write_concern,
    check_can_see_concern,
    check_can_write_concern,
    visible_concerns,
)
from data.access.restricted import check_is_named, closed_to_me
from data.access.rule import check_is_their_work, visible_children
from data.actor import Actor, Reading, Writing
from data.after_meeting.flags import flags_on
from data.answers.short_forms import read
from data.child_line import with_lines
from data.concern.concern_matches import overlaps
from data.concern.concerns import concern_seen
from data.concern.disruption import measures_of
from data.concern.nominations import nominates, nominations_of
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import CONCERN, CONCERN_LINK
from data.refusal import Problems
from data.trail.record_history import Change, changes
from data.trail.views import note_view
from data.ways.ways_beside import CONCERN_WAY
from forms.concern import CONCERN as CONCERN_FORM
from forms.concern import CONCERN_LINK as LINK_FORM
from forms.question import Typed


@dataclass(frozen=True)
class Linked:
    link_id: str
    child_id: str | None
    concern_id: str | None
    """The record at the other end, when it is not a child."""
    name: str
    kind: str
    """"child", or a key of `forms.concern.KINDS`."""
    nature: str
    source: str
    basis: str
    linked_on: datetime.date
    who: tuple[str, ...] = ()
    """What stands beside a child's name: see `data.child_line`."""


@dataclass(frozen=True)
class ConcernPage:
    """Everything the page of one record shows: one read, one view noted."""

    record: Row
    children: tuple[Linked, ...]
    others: tuple[Linked, ...]
    ask: tuple[str, ...]
    """Areas to ask about children and records at the other end that this account may not open."""
    overlap: tuple[str, ...]
    """Areas that hold a record about the same person or place."""
    flags: tuple[Row, ...]
    """Standing ones first: see `data.after_meeting.flags`."""
    measures: tuple[Row, ...]
    nominations: tuple[Row, ...]
    may_nominate: bool
    history: tuple[Change, ...]
    may_write: bool
    may_coordinate: bool


def read_concern_page(actor: Actor, concern_id: str) -> ConcernPage:
    with actor.writing() as work:
        record = concern_seen(work, concern_id)
        linked, ask = _linked(work, concern_id)
        overlap = overlaps(work, work.current(CONCERN, concern_id) or {})
        if overlap:
            note_view(work, "overlap viewed", None, concern_id)
        may_write = can_write_concern(work, concern_id)
        return ConcernPage(
            record,
            tuple(one for one in linked if one.child_id),
            tuple(one for one in linked if one.concern_id),
            ask,
            overlap,
            tuple(flags_on(work, concern_id)),
            tuple(measures_of(work, concern_id)),
            tuple(nominations_of(work, concern_id)),
            may_write and record["state"] == "open" and nominates(work, record["area"]),
            changes(
                work,
                CONCERN,
                CONCERN_FORM,
                concern_id,
                state=lambda row: CONCERN_WAY.state(row["state"]).words,
            ),
            may_write,
            can_coordinate_concern(work, concern_id),
        )


def _linked(work: Reading, concern_id: str) -> tuple[list[Linked], tuple[str, ...]]:
    """The links whose other end this account may open, the latest first, and the areas to ask about the others. Of a child
    restricted to others nothing is said: figures count the link, and no more is to be read from this."""
    seen_concerns, concerns = visible_concerns(work, 2)
    seen_children, children = visible_children(work, 2 + len(concerns))
    rows = work.rows(
        "SELECT l.*, coalesce(ch.name, o.name) AS name, coalesce(ch.area, o.area) AS far_area, o.concern_id AS far_id,"
        " o.kind AS far_kind, CASE WHEN l.child_id IS NULL"
        f" THEN o.concern_id IN (SELECT c.concern_id FROM concern c WHERE {seen_concerns})"
        f" ELSE l.child_id IN (SELECT c.child_id FROM child c WHERE {seen_children}) END AS may_open"
        " FROM concern_link l LEFT JOIN child ch ON ch.child_id = l.child_id"
        " LEFT JOIN concern o ON o.concern_id = CASE WHEN l.child_id IS NOT NULL THEN NULL"
        " WHEN l.concern_id = $1 THEN l.other_id ELSE l.concern_id END"
        " WHERE l.removed_reason IS NULL AND (l.concern_id = $1 OR l.other_id = $1)"
        " ORDER BY l.linked_on DESC, l.link_id DESC LIMIT 200",
        [concern_id, *concerns, *children],
    )
    found = [
        Linked(
            row["link_id"], row["child_id"], row["far_id"], row["name"], row["far_kind"] or "child", row["nature"],
            row["source"], row["basis"], row["linked_on"], row["who"],
        )
        for row in with_lines(work, [row for row in rows if row["may_open"]])
    ]  # fmt: skip
    hidden = [row for row in rows if not row["may_open"]]
    closed = closed_to_me(work, [row["child_id"] for row in hidden if row["child_id"]])
    return found, tuple(sorted({row["far_area"] for row in hidden if row["child_id"] not in closed}))


def link_child(actor: Actor, concern_id: str, child_id: str, typed: Mapping[str, Typed]) -> str:
    """Link a child, who is this account's work, to a record it may write in. Gives the link's id."""
    with actor.writing() as work:
        check_can_write_concern(work, concern_id)
        check_is_their_work(work, child_id, "concern linked")
        lives_in = work.value("SELECT area FROM child WHERE child_id = $1", [child_id])
        return _link(work, concern_id, {"child_id": child_id, "child_area": lives_in}, typed)


def link_other(actor: Actor, concern_id: str, other_id: str, typed: Mapping[str, Typed]) -> str:
    """Link two records, both of which this account may see."""
    with actor.writing() as work:
        check_can_write_concern(work, concern_id)
        check_can_see_concern(work, other_id)
        if other_id == concern_id:
            raise Problems("Choose another record: a record is not linked to itself")
        return _link(work, concern_id, {"other_id": other_id}, typed)


def _link(work: Writing, concern_id: str, end: Row, typed: Mapping[str, Typed]) -> str:
    answers = read(LINK_FORM, typed)
    link_id = clock.new_id()
    work.save(
        CONCERN_LINK,
        {"link_id": link_id, "concern_id": concern_id, "linked_on": clock.today(), **end, **answers},
        Event("concern linked", end.get("child_id"), link_id),
    )
    return link_id


def remove_link(actor: Actor, link_id: str, reason: str) -> None:
    """Take out a link that does not hold; it stays in the history with the reason."""
    with actor.writing() as work:
        link = work.current(CONCERN_LINK, link_id)
        check_can_write_concern(work, link["concern_id"] if link else "")
        if link is None or link["removed_reason"] is not None:
            raise Problems("This link is no longer there. Open the record again to see its links.")
        if link["child_id"]:
            check_is_named(work, link["child_id"], "concern link removed")
        if not reason.strip():
            raise Problems("Enter why the link is taken out")
        work.save(
            CONCERN_LINK,
            {"link_id": link_id, "removed_reason": reason.strip()},
            Event("concern link removed", link["child_id"], link_id),
        )


def concerns_of_child(work: Reading, child_id: str) -> list[Row]:
    """For the child's page, which notes its view: the records linked to the child that this account may open, and not a
    word or number of any other. concern_id, kind, name, state, nature, basis."""
    visible, parameters = visible_concerns(work, 2)
    return work.rows(
        "SELECT c.concern_id, c.kind, c.name, c.state, l.nature, l.basis FROM concern_link l"
        " JOIN concern c ON c.concern_id = l.concern_id"
        f" WHERE l.child_id = $1 AND l.removed_reason IS NULL AND {visible}"
        " ORDER BY c.state DESC, lower(c.name), l.link_id LIMIT 100",
        [child_id, *parameters],
    )
