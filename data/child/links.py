"""Who is linked to a child, and so may reach them: by writing about the child, or by being asked to contribute. Who reaches
a child at all, and how a coordinator ends it. When a link ends by itself is `data.access.reach`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from data import clock
from data.access.reach import (
    BY_ACTION,
    BY_INVITATION,
    EVERY_ACCOUNT,
    cutoffs,
    everybody_who_reaches,
    link_holds,
    link_is_fresh,
)
from data.access.restricted import check_may_be_asked, left_out
from data.access.rule import (
    areas_of_child,
    check_can_see_child,
    check_can_write_child,
    check_has_role,
    check_is_their_work,
    is_allowed,
)
from data.account_line import person, with_people_lines
from data.actor import Actor, Reading, Writing
from data.child_line import line
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import ACTION, CHILD_LINK
from data.refusal import Problems
from data.trail.views import note_view
from data.ways.pathway import ACTION_WAY

PAGE = 50


@dataclass(frozen=True)
class Reaches:
    """One reason why one person reaches one child."""

    child_id: str
    child_name: str
    account_id: str
    name: str
    person: str
    """Name, agency, job and what else tells the person apart, in one line."""
    why: str
    """What the link says ("wrote screening", "asked to contribute"), or `BY_ACTION`, `BY_INVITATION`."""
    about: str
    """The id of the link, action or meeting."""
    since: datetime.datetime
    closed_on: datetime.date | None
    """The child's last closing, where no episode is open."""


def link(work: Writing, child_id: str, account_id: str, why: str) -> None:
    """Link a person to a child, anew where the link they have has ended or is about to."""
    link_id = _link_id(child_id, account_id)
    if not _is_linked_by(work, link_id, link_is_fresh(EVERY_ACCOUNT)):
        _save(work, child_id, account_id, why)


def link_first(work: Writing, child_id: str, account_id: str, why: str) -> None:
    """The same for somebody else than who acts, who never was linked: nobody renews another person's access unasked."""
    if work.current(CHILD_LINK, _link_id(child_id, account_id)) is None:
        _save(work, child_id, account_id, why)


def _save(work: Writing, child_id: str, account_id: str, why: str) -> None:
    link_id = _link_id(child_id, account_id)
    record = {
        "link_id": link_id,
        "child_id": child_id,
        "account_id": account_id,
        "why": why,
        "ended_on": None,
    }
    work.save(CHILD_LINK, record, Event("child linked", child_id, link_id))


def _link_id(child_id: str, account_id: str) -> str:
    return f"{child_id}:{account_id}"


def _is_linked_by(work: Reading, link_id: str, condition: str) -> bool:
    found = (
        "SELECT count(*) FROM child_link l JOIN account a ON a.account_id = l.account_id WHERE l.link_id = $1"
    )
    return bool(work.value(f"{found} AND {condition}", [link_id]))


def ask_to_contribute(actor: Actor, child_id: str, account_id: str) -> None:
    """Ask a practitioner of another agency to write their part of the child's assessment and tracker."""
    with actor.writing() as work:
        check_can_write_child(work, child_id)
        if account_id not in {colleague["account_id"] for colleague in _practitioners(work, child_id)}:
            raise Problems("Select a practitioner of the child's area")
        check_may_be_asked(work, child_id, account_id)
        link(work, child_id, account_id, "asked to contribute")


def practitioners_to_ask(actor: Actor, child_id: str) -> list[Row]:
    """Practitioners of the child's area: account_id, name, agency, job_title, is_linked."""
    with actor.reading() as work:
        check_can_see_child(work, child_id)
        return with_people_lines(work, _practitioners(work, child_id))


def _practitioners(work: Reading, child_id: str) -> list[Row]:
    return work.rows(
        "SELECT a.account_id, a.name, a.agency, a.job_title,"
        " EXISTS (SELECT 1 FROM child_link l WHERE l.account_id = a.account_id AND l.child_id = $1"
        f" AND {link_holds(EVERY_ACCOUNT, cutoffs(work))}) AS is_linked"
        " FROM account a WHERE a.role = 'practitioner' AND NOT a.is_suspended AND a.area = ANY($2)"
        " ORDER BY a.agency, a.name LIMIT 200",
        [child_id, sorted(areas_of_child(work, child_id))],
    )


def linked_to(work: Reading, child_id: str) -> list[Row]:
    """People whose link to the child holds: name, agency, job_title, why."""
    return work.rows(
        "SELECT a.name, a.agency, a.job_title, l.why FROM child_link l JOIN account a ON a.account_id = l.account_id"
        f" WHERE l.child_id = $1 AND NOT a.is_suspended AND {link_holds(EVERY_ACCOUNT, cutoffs(work))}"
        " ORDER BY a.agency, a.name",
        [child_id],
    )


def check_can_end_access(work: Reading, child_id: str) -> None:
    """The coordinators whose work the child is end a person's access to the child."""
    check_has_role(work, "access ended", "coordinator", "operator", child_id=child_id)
    check_is_their_work(work, child_id, "access ended")


def can_end_access(work: Reading, child_id: str) -> bool:
    return is_allowed(lambda: check_can_end_access(work, child_id))


def who_reaches(actor: Actor, child_id: str) -> list[Reaches]:
    """Who reaches the child, and why, besides those who answer for the area; by name. The view is audited."""
    with actor.writing() as work:
        check_can_end_access(work, child_id)
        note_view(work, "access viewed", child_id)
        return _rows(work, "r.child_id = $1", [child_id], 200, 0)


def who_reaches_whom(actor: Actor, name: str = "", page: int = 0) -> tuple[list[Reaches], bool]:
    """The same for all children of the coordinator's area, those first whose episode closed longest ago; with `name` the
    people whose name holds it. And whether there are more. The view is audited."""
    with actor.writing() as work:
        check_has_role(work, "access listed", "coordinator")
        note_view(work, "access listed", None)
        where = "c.area = $1 AND position(lower($2) in lower(a.name)) > 0"
        rows = _rows(work, where, [work.account.area, " ".join(name.split())], PAGE + 1, max(page, 0) * PAGE)
        return rows[:PAGE], len(rows) > PAGE


def _rows(work: Reading, where: str, parameters: list[str | None], limit: int, offset: int) -> list[Reaches]:
    rows = work.rows(
        "SELECT r.child_id, c.name, r.account_id, a.name AS person, r.why, r.about, r.since,"
        " (SELECT CASE WHEN bool_or(e.closed_on IS NULL) THEN NULL ELSE max(e.closed_on) END FROM episode e"
        " WHERE e.child_id = r.child_id) AS closed_on"
        f" FROM ({everybody_who_reaches(work)}) AS r JOIN child c ON c.child_id = r.child_id"
        f" JOIN account a ON a.account_id = r.account_id WHERE {where}"
        f" ORDER BY closed_on NULLS LAST, a.name, r.account_id, r.child_id, r.since LIMIT {limit} OFFSET {offset}",
        parameters,
    )
    people = with_people_lines(
        work, [{"account_id": row["account_id"], "name": row["person"]} for row in rows]
    )
    return [
        Reaches(
            row["child_id"], line(row), row["account_id"], row["person"], person(who), row["why"], row["about"], row["since"],
            row["closed_on"],
        )
        for row, who in zip(left_out(work, rows), people, strict=True)
    ]  # fmt: skip


def end_access(actor: Actor, child_id: str, account_id: str, reason: str) -> None:
    """End a person's link to a child, take back their ongoing actions about the child, and stop counting what they wrote as
    a contribution. An invitation is withdrawn where it was given, on the meeting's page."""
    with actor.writing() as work:
        check_can_end_access(work, child_id)
        reached = _rows(work, "r.child_id = $1 AND r.account_id = $2", [child_id, account_id], 200, 0)
        if not reached:
            raise Problems(
                "This person does not reach the child any more. Open the child's page again to see who does."
            )
        if not reason.strip():
            raise Problems("Enter why this person's access ends")
        if all(one.why == BY_INVITATION for one in reached):
            raise Problems(
                "This person is invited to a meeting about the child. Withdraw the invitation on the meeting's page."
            )
        link_id = _link_id(child_id, account_id)
        ended = {
            "link_id": link_id,
            "child_id": child_id,
            "account_id": account_id,
            "ended_on": clock.today(),
        }
        work.save(CHILD_LINK, ended, Event("access ended", child_id, link_id), why=reason.strip())
        for one in reached:
            if one.why == BY_ACTION:
                move = ACTION_WAY.move("take back", "ongoing", work.account.role, reason)
                changes = {"action_id": one.about, "owner_account_id": None, "owner": None}
                work.save(ACTION, changes, Event(move.audit, child_id, one.about), why=reason.strip())


def note_endings(work: Writing, account_id: str) -> None:
    """An account gets another role, agency or area: note whom it reaches until now, in the transaction that ends it."""
    for row in work.rows(
        f"SELECT child_id, about FROM ({everybody_who_reaches(work)}) AS r WHERE account_id = $1",
        [account_id],
    ):
        work.note(Event("access ended by another post", row["child_id"], row["about"]))
