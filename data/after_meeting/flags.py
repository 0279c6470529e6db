"""Exploitation flags on the systems of police and social care: placed, kept at a review, removed, and expired.

A flag is on a child, or on a person, group or place of concern (`about`). Source: forms.md, "Flag".
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data import clock
from data.access.concern import can_coordinate_concern, check_can_coordinate_concern, check_can_see_concern
from data.access.restricted import check_is_named, left_out
from data.access.rule import (
    areas_of_child,
    check_can_read_child,
    check_has_role,
    check_is_their_work,
)
from data.actor import Actor, Reading, Writing
from data.answers.short_forms import read
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import CONCERN as CONCERN_TABLE
from data.database.records import FLAG
from data.refusal import NotFilledIn, Problems
from data.trail.views import note_view
from data.ways.pathway import FLAG_WAY
from forms.answers import Problem
from forms.concern import IS_FLAGGED
from forms.flag import KEPT, PLACED, REMOVED, expires_on
from forms.question import Typed

PAGE = 50
CHILD, CONCERN = "child", "concern"
LEDS, KEEPS_LEDS = "leds", "remove_keep_leds"
REMOVES_FLAGS = ("remove", KEEPS_LEDS)
"""Decisions of the meeting."""
CLOSED = "This record is closed. Open it again before you record a flag on it."


@dataclass(frozen=True)
class ConcernFlags:
    kind: str
    """Of `forms.concern.KINDS`."""
    name: str
    flags: tuple[Row, ...]
    may_keep: bool
    is_open: bool
    """A flag that stands on a closed record is kept or removed all the same; none is added."""


def place(actor: Actor, child_id: str, typed: Mapping[str, Typed]) -> str:
    """Record a flag that a meeting or strategy meeting placed: answers to `forms.flag.PLACED`. Gives its id."""
    with actor.writing() as work:
        _check_can_keep_flags(work, CHILD, child_id, "flag placed")
        return _place(work, CHILD, child_id, _read_new(work, child_id, typed))


def place_on_concern(actor: Actor, concern_id: str, typed: Mapping[str, Typed]) -> str:
    """The same on a person, group or place of concern."""
    with actor.writing() as work:
        _check_can_keep_flags(work, CONCERN, concern_id, "flag placed")
        if not _is_flagged(work, concern_id):
            raise Problems("A flag is on a person, a group or a place. An issue of concern has none.")
        if (work.current(CONCERN_TABLE, concern_id) or {})["state"] != "open":
            raise Problems(CLOSED)
        return _place(work, CONCERN, concern_id, _read_new(work, concern_id, typed))


def _read_new(work: Reading, about_id: str, typed: Mapping[str, Typed]) -> Row:
    answers = read(PLACED, typed)
    if _standing(work, about_id, answers["system"]):
        raise NotFilledIn(
            Problem("system", "A flag on this system is recorded already: keep or remove that one")
        )
    return answers


def keep(actor: Actor, flag_id: str, typed: Mapping[str, Typed]) -> None:
    """It was reviewed and stays until another date: answers to `forms.flag.KEPT`."""
    with actor.writing() as work:
        flag = _found(work, flag_id, "flag kept")
        answers = read(KEPT, typed)
        _move(work, flag, "keep", answers["reason"], {"review_on": answers["review_on"]})


def remove(actor: Actor, flag_id: str, typed: Mapping[str, Typed]) -> None:
    """It was removed: answers to `forms.flag.REMOVED`. On the police's systems it stays six months more."""
    with actor.writing() as work:
        flag = _found(work, flag_id, "flag removed")
        answers = read(REMOVED, typed)
        if flag["placed_on"] and answers["removed_on"] < flag["placed_on"]:
            raise NotFilledIn(Problem("removed_on", "The flag was removed on or after the day it was placed"))
        _remove(work, flag, answers["removed_on"], answers["removed_by"], answers["reason"])


def expire(actor: Actor, flag_id: str) -> None:
    """Record that a removed flag is gone from the police's systems; from the day it expires on."""
    with actor.writing() as work:
        flag = _found(work, flag_id, "flag expired")
        if flag["expires_on"] and flag["expires_on"] > clock.today():
            raise Problems("The flag has not expired yet.")
        _move(work, flag, "expire", None, {})


def read_flags(actor: Actor, child_id: str) -> list[Row]:
    """The child's flags, standing ones first: the flag's columns. A former area reads its own: they stand until it decides
    on them. The view is audited."""
    with actor.writing() as work:
        is_former = check_can_read_child(work, child_id) is not None
        note_view(work, "flags viewed", child_id)
        return [
            flag for flag in flags_on(work, child_id) if not is_former or flag["area"] == work.account.area
        ]


def read_concern_flags(actor: Actor, concern_id: str) -> ConcernFlags:
    """Those on a person, group or place of concern, for whoever may see the record. The view is audited."""
    with actor.writing() as work:
        check_can_see_concern(work, concern_id)
        note_view(work, "flags viewed", None, concern_id)
        concern = work.current(CONCERN_TABLE, concern_id) or {}
        return ConcernFlags(
            concern["kind"],
            concern["name"],
            tuple(flags_on(work, concern_id)),
            may_keep=can_coordinate_concern(work, concern_id) and _is_flagged(work, concern_id),
            is_open=concern["state"] == "open",
        )


def flags_on(work: Reading, about_id: str) -> list[Row]:
    """Of a child, or of a record of concern, standing ones first. Who asks has checked that they may be seen."""
    return work.rows(
        "SELECT * FROM flag WHERE about_id = $1"
        " ORDER BY CASE state WHEN 'placed' THEN 0 WHEN 'removed' THEN 1 ELSE 2 END, placed_on DESC, flag_id LIMIT 100",
        [about_id],
    )


def due(actor: Actor, page: int = 0) -> tuple[list[Row], bool]:
    """What asks for a decision in the account's area, the flag's or the one where the child lives now, earliest first, and
    whether more follow: flags to be reviewed within four weeks, of a child who has left or on a record of concern that is
    closed, and removed ones that have expired. Each with `name`, `kind` (of a record of concern), `due_on`, `why`."""
    today = clock.today()
    with actor.writing() as work:
        check_has_role(work, "flags listed", "coordinator", "manager")
        note_view(work, "flags listed", None)
        rows = work.rows(
            _DUE.format(limit=PAGE + 1, offset=page * PAGE),
            [work.account.area, today, today + clock.FOUR_WEEKS],
        )
        found = [
            {**row, "child_id": row["about_id"] if row["about"] == CHILD else None} for row in rows[:PAGE]
        ]
        named = left_out(work, found)
        return [{**row, "why": why["why"]} for row, why in zip(named, rows, strict=False)], len(rows) > PAGE


_DUE = """
SELECT * FROM (
    SELECT f.*, coalesce(c.name, o.name) AS name, o.kind,
        CASE WHEN f.state = 'removed' THEN f.expires_on ELSE f.review_on END AS due_on,
        CASE WHEN f.state = 'removed' THEN 'expired' WHEN f.review_on <= $3 THEN 'review'
            WHEN o.state = 'closed' THEN 'closed'
            WHEN c.child_id IS NOT NULL AND NOT EXISTS
                (SELECT 1 FROM episode e WHERE e.child_id = c.child_id AND e.closed_on IS NULL) THEN 'left'
            WHEN f.review_on IS NULL THEN 'review' END AS why
    FROM flag f LEFT JOIN child c ON f.about = 'child' AND c.child_id = f.about_id
    LEFT JOIN concern o ON f.about = 'concern' AND o.concern_id = f.about_id
    WHERE (o.area = $1 OR c.area = $1 OR c.child_id IS NOT NULL AND f.area = $1)
        AND (f.state = 'placed' OR (f.state = 'removed' AND f.expires_on <= $2))
) AS standing WHERE why IS NOT NULL ORDER BY due_on, flag_id LIMIT {limit} OFFSET {offset}
"""


def keep_flag_of_leds(work: Writing, child_id: str, discussion_id: str, answers: Mapping[str, Any]) -> None:
    """The LEDS flag that the meeting keeps, until its review. It is recorded when nobody has yet: it was placed before the
    tool."""
    if answers["decision"] != KEEPS_LEDS:
        return
    review = {"review_on": answers["leds_review_on"], "discussion_id": discussion_id}
    standing = _standing(work, child_id, LEDS)
    if standing:
        _move(work, standing, "keep", "Kept by the meeting's decision", review)
    else:
        _place(work, CHILD, child_id, {"system": LEDS, "placed_by": "meeting", **review})


def remove_all(work: Writing, child_id: str, day: datetime.date, by: str, but: str | None = None) -> None:
    """Remove the child's standing flags, save that on the system `but`."""
    for flag in flags_on(work, child_id):
        if flag["state"] == "placed" and flag["system"] != but:
            _remove(work, flag, day, by, "Removed with the meeting's oversight")


def _standing(work: Reading, about_id: str, system: str) -> Row | None:
    return next(
        (f for f in flags_on(work, about_id) if f["state"] == "placed" and f["system"] == system), None
    )


def _check_can_keep_flags(work: Reading, about: str, about_id: str, action: str) -> None:
    if about == CONCERN:
        check_can_coordinate_concern(work, about_id, action)
        return
    check_has_role(work, action, "coordinator", "operator", child_id=about_id)
    check_is_their_work(work, about_id, action)


def _is_flagged(work: Reading, concern_id: str) -> bool:
    kind = work.value("SELECT kind FROM concern WHERE concern_id = $1", [concern_id])
    return kind in IS_FLAGGED


def _found(work: Reading, flag_id: str, action: str) -> Row:
    """The flag to decide on: by its own area, though the child has moved, or by who answers for the child now."""
    flag = work.current(FLAG, flag_id)
    if flag and flag["about"] == CHILD and flag["area"] == work.account.area:
        check_has_role(work, action, "coordinator", "operator", child_id=flag["about_id"])
        check_is_named(work, flag["about_id"], action)
        return flag
    about, about_id = (flag["about"], flag["about_id"]) if flag else (CHILD, "")
    _check_can_keep_flags(work, about, about_id, action)
    if flag is None:
        raise Problems("This flag cannot be found. Go back to the page it was on.")
    return flag


def _place(work: Writing, about: str, about_id: str, answers: Mapping[str, Any]) -> str:
    move = FLAG_WAY.move("place", None, work.account.role)
    flag_id = clock.new_id()
    record = {
        "flag_id": flag_id, "about": about, "about_id": about_id, "area": _area(work, about, about_id),
        "state": move.end, **answers,
    }  # fmt: skip
    work.save(FLAG, record, Event(move.audit, _child(record), flag_id, answers["system"]))
    return flag_id


def _area(work: Reading, about: str, about_id: str) -> str:
    if about == CONCERN:
        area: str = work.value("SELECT area FROM concern WHERE concern_id = $1", [about_id])
        return area
    areas = areas_of_child(work, about_id)
    return work.account.area if work.account.area in areas else min(areas)


def _child(flag: Row) -> str | None:
    """The child that the audit's entry is about."""
    return flag["about_id"] if flag["about"] == CHILD else None


def _remove(work: Writing, flag: Row, day: datetime.date, by: str, reason: str) -> None:
    gone = expires_on(flag["system"], day)
    changes = {"removed_on": day, "removed_by": by, "expires_on": gone}
    _move(work, flag, "remove" if gone else "take off", reason, changes)


def _move(work: Writing, flag: Row, name: str, reason: str | None, changes: Row) -> None:
    move = FLAG_WAY.move(name, flag["state"], work.account.role, reason)
    work.save(
        FLAG,
        {"flag_id": flag["flag_id"], "state": move.end, **changes},
        Event(move.audit, _child(flag), flag["flag_id"], flag["system"]),
        why=reason,
    )
