"""Referrals: sent with a form, decided by the area's coordinator. Accepting one opens the child's episode.

Source: pathway.md 2 and 8.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from data import clock
from data.access.restricted import left_out
from data.access.rule import (
    check_can_coordinate,
    check_can_see_child,
    check_has_role,
    child_of,
)
from data.accounts import OPERATOR_ID
from data.actor import Actor, Reading, Writing
from data.answers.draft_reading import Draft
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import EPISODE, REFERRAL
from data.refusal import Problems, Refused
from data.settings import value
from data.trail.views import note_view
from data.waiting_list import is_left_or_late
from data.ways.pathway import EPISODE_WAY, REFERRAL_WAY
from forms.pathway_dates import wrong_days
from forms.places import partnership_of

NEEDS_SCREENING = (
    "Complete and send a screening of this child first: a referral to the meeting needs one. "
    "Start it from the child's page."
)


def take_effect(work: Writing, draft: Draft, record: Row, answers: Mapping[str, Any]) -> None:
    """A referral form was submitted: the referral goes to the area in which the child lives.

    Corrected while it is returned, it is sent again; corrected otherwise, it stays where it is.
    """
    child_id, area = record["child_id"], record["child_area"]
    told = {"kind": answers["kind"], "route": answers["route"]}
    standing = work.row("SELECT * FROM referral WHERE form_id = $1", [record["record_id"]])
    if standing is not None and standing["state"] != "returned":
        event = Event("referral corrected", child_id, standing["referral_id"])
        work.save(REFERRAL, {"referral_id": standing["referral_id"], **told}, event)
        return
    screening = latest_screening(work, child_id)
    if screening is None and value(work, area, "screening") == "required":
        raise Problems(NEEDS_SCREENING)
    told |= {"area": area, "screening_id": screening and screening["record_id"]}
    if standing is not None:
        _move(work, standing, _sending(work, area, standing["referring_agency"]), told)
        return
    received_on, agency = clock.today(), work.account.agency
    move = REFERRAL_WAY.move(_sending(work, area, agency), None, work.account.role)
    referral_id = clock.new_id()
    work.save(
        REFERRAL,
        {
            "referral_id": referral_id, "child_id": child_id, "received_on": received_on, "state": move.end,
            "form_id": record["record_id"], "is_imported": False,
            "is_repeat": is_repeat(work, child_id, area, received_on),
            "referred_by": work.account.account_id, "referring_agency": agency, **told,
        },
        Event(move.audit, child_id, referral_id),
    )  # fmt: skip


def _sending(work: Reading, area: str, agency: str | None) -> str:
    """The name of the move: some agencies' managers sign off before the coordinator sees it (a setting)."""
    return "send for sign-off" if agency in (value(work, area, "sign_off") or ()) else "send"


def problem_before_starting(actor: Actor, child_id: str) -> str | None:
    """Why a referral of this child cannot begin yet, in a sentence; None when it can."""
    with actor.reading() as work:
        check_can_see_child(work, child_id)
        area = work.value("SELECT area FROM child WHERE child_id = $1", [child_id])
        needed = value(work, area, "screening") == "required"
        return NEEDS_SCREENING if needed and latest_screening(work, child_id) is None else None


def latest_screening(work: Reading, child_id: str) -> Row | None:
    return work.row(
        "SELECT record_id, submitted_on FROM screening_form WHERE child_id = $1 ORDER BY recorded_at DESC LIMIT 1",
        [child_id],
    )


def is_repeat(work: Reading, child_id: str, area: str, received_on: datetime.date) -> bool:
    """A new concern about a child who left the meeting, other than by moving, at most 12 months ago (returns.md, 8)."""
    episodes = work.rows(
        "SELECT opened_on, closed_on, closure_reason, area FROM episode WHERE child_id = $1 AND opened_on <= $2",
        [child_id, received_on],
    )
    return is_repeat_after(episodes, area, received_on)


def is_repeat_after(episodes: Iterable[Mapping[str, Any]], area: str, received_on: datetime.date) -> bool:
    """The same for a child whose episodes are at hand, in any order."""
    before = sorted(
        (e for e in episodes if e["opened_on"] <= received_on),
        key=lambda e: (e["opened_on"], e["closed_on"] or datetime.date.max),
    )
    if any(e["closed_on"] is None or e["closed_on"] > received_on for e in before):
        return False
    here = [e for e in before if e["area"] in partnership_of(area).areas]
    return (
        bool(here)
        and here[-1]["closure_reason"] != "moved"
        and received_on <= a_year_after(here[-1]["closed_on"])
    )


def a_year_after(date: datetime.date) -> datetime.date:
    """The same day a year on; from 29 February to 28."""
    last = calendar.monthrange(date.year + 1, date.month)[1]
    return date.replace(year=date.year + 1, day=min(date.day, last))


def accept(actor: Actor, referral_id: str, decided_on: datetime.date, reason: str | None = None) -> str:
    """Accept onto the meeting's agenda: the child's episode opens that day. Gives the episode's id."""
    with actor.writing() as work:
        referral = _to_decide(work, referral_id, "accept", decided_on)
        if work.value(
            "SELECT count(*) FROM episode WHERE child_id = $1 AND (closed_on IS NULL OR closed_on > $2)",
            [referral["child_id"], decided_on],
        ):
            raise Problems(
                "The child is in the meeting's oversight on that day already. Decline this referral with that "
                "reason, and bring the new information to the next meeting."
            )
        _move(work, referral, "accept", {"decided_on": decided_on}, reason)
        episode_id = clock.new_id()
        opening = EPISODE_WAY.move("open", None, work.account.role)
        work.save(
            EPISODE,
            {
                "episode_id": episode_id, "child_id": referral["child_id"], "referral_id": referral_id,
                "area": referral["area"], "opened_on": decided_on, "is_imported": False,
            },
            Event(opening.audit, referral["child_id"], episode_id),
        )  # fmt: skip
        return episode_id


def return_for_more(actor: Actor, referral_id: str, decided_on: datetime.date, reason: str) -> None:
    """Send it back to the referrer, saying what is missing: the coordinator, or the manager who was to sign it off."""
    with actor.writing() as work:
        referral = _to_decide(work, referral_id, "return", decided_on)
        _move(work, referral, "return", {"decided_on": decided_on}, reason)


def decline(actor: Actor, referral_id: str, decided_on: datetime.date, reason: str) -> None:
    with actor.writing() as work:
        referral = _to_decide(work, referral_id, "decline", decided_on)
        _move(work, referral, "decline", {"decided_on": decided_on}, reason)


def sign_off(actor: Actor, referral_id: str) -> None:
    """The manager of the referring agency lets it go to the coordinator."""
    with actor.writing() as work:
        referral = _found(work, referral_id)
        _check_can_sign_off(work, referral)
        _move(work, referral, "sign off", {})


def go_on(actor: Actor, referral_id: str, reason: str) -> None:
    """The coordinator takes a referral that waits for sign-off too long, or for a manager whom there is not."""
    with actor.writing() as work:
        referral = _found(work, referral_id)
        check_can_coordinate(work, referral["area"], "referral: go on", referral["child_id"])
        REFERRAL_WAY.move("go on", referral["state"], work.account.role, reason)
        if not is_left_or_late(work, "sign_off", referral_id):
            raise Problems(
                "The agency's manager has three days to sign it off. Ask them, or wait until then."
            )
        _move(work, referral, "go on", {}, reason)


def free_from_sign_off(work: Writing, area: str) -> None:
    """The area's setting changed: what waits for a sign-off that is no longer asked for goes on to the coordinator."""
    asked: Any = value(work, area, "sign_off")
    waiting = "SELECT * FROM referral WHERE area = $1 AND state = 'awaiting_sign_off' ORDER BY referral_id"
    for referral in work.rows(waiting, [area]):
        if referral["referring_agency"] not in (asked or ()):
            _move(work, referral, "free", {}, role=OPERATOR_ID)


def _found(work: Reading, referral_id: str) -> Row:
    referral = work.current(REFERRAL, referral_id)
    check_can_see_child(work, child_of(referral))
    if referral is None:
        raise Problems("This referral cannot be found. Go back to the list of referrals.")
    return referral


def _check_can_sign_off(work: Reading, referral: Row) -> None:
    action, child_id = "referral signed off", referral["child_id"]
    check_has_role(work, action, "manager", child_id=child_id)
    if (work.account.area, work.account.agency) != (referral["area"], referral["referring_agency"]):
        raise Refused("This referral is for the manager of the agency that made it.", action, child_id)


def _to_decide(work: Reading, referral_id: str, name: str, decided_on: datetime.date) -> Row:
    """The referral, if its state is this account's to decide on that day."""
    referral = _found(work, referral_id)
    if name == "return" and referral["state"] == "awaiting_sign_off":
        _check_can_sign_off(work, referral)
    else:
        check_can_coordinate(work, referral["area"], f"referral: {name}", referral["child_id"])
    for _, _, sentence in wrong_days({"received_on": referral["received_on"], "decided_on": decided_on}):
        raise Problems(sentence)
    return referral


def _move(
    work: Writing, referral: Row, name: str, changes: Row, reason: str | None = None, role: str | None = None
) -> None:
    """`role`: whose move it is, where it is not made by whoever acts."""
    move = REFERRAL_WAY.move(name, referral["state"], role or work.account.role, reason)
    is_decided = move.end not in ("submitted", "awaiting_sign_off")
    work.save(
        REFERRAL,
        {
            "referral_id": referral["referral_id"], "state": move.end, "decision_reason": reason,
            "decided_on": None, "decided_by": work.account.account_id if is_decided else None, **changes,
        },
        Event(move.audit, referral["child_id"], referral["referral_id"]),
        why=reason,
    )  # fmt: skip


def waiting(actor: Actor, area: str, page: int = 0, size: int = 50) -> list[Row]:
    """Referrals of an area that nobody has decided, oldest first, with the child's name. For the coordinator."""
    with actor.writing() as work:
        check_can_coordinate(work, area, "referrals listed")
        note_view(work, "referrals listed", None)
        rows = work.rows(
            "SELECT r.*, c.name, c.date_of_birth, a.name AS referrer FROM referral r"
            " JOIN child c ON c.child_id = r.child_id LEFT JOIN account a ON a.account_id = r.referred_by"
            " WHERE r.area = $1 AND r.state IN ('submitted', 'awaiting_sign_off', 'returned')"
            " ORDER BY r.state DESC, r.received_on, r.referral_id LIMIT $2 OFFSET $3",
            [area, size, page * size],
        )
        return left_out(work, rows)


def read_referral(actor: Actor, referral_id: str) -> Row:
    """One referral's state, with the child's name and the referrer's. The view is audited."""
    with actor.writing() as work:
        referral = _found(work, referral_id)
        note_view(work, "referral viewed", referral["child_id"], referral_id)
        names = work.row(
            "SELECT c.name, c.date_of_birth, a.name AS referrer FROM child c LEFT JOIN account a ON a.account_id = $2"
            " WHERE c.child_id = $1",
            [referral["child_id"], referral["referred_by"]],
        )
        return {**referral, **(names or {})}
