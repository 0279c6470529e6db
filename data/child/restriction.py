"""Restricting a child's record to people who are named, such as a colleague's child; changed and lifted with a reason.

What it closes is decided in `data.access.restricted`. Naming somebody opens nothing that was not open to them before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.access.reach import everybody_who_reaches
from data.access.restricted import ANY_COORDINATOR, AT_WORK, closed_to_me
from data.access.rule import areas_of_child, check_can_see_child, check_has_role, is_allowed, known
from data.account_line import with_people_lines
from data.actor import Actor, Reading, Writing
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import RESTRICTION
from data.refusal import Problems, Refused
from data.trail.views import note_view


@dataclass(frozen=True)
class Restricted:
    """How one child's record stands, for the coordinator who may change it."""

    is_restricted: bool
    is_named: bool
    """May this coordinator open the record itself? One who is about to take it over may not yet."""
    revision: int
    """0 when the record was never restricted."""
    reason: str | None
    """Of the last change."""
    named: tuple[str, ...]
    """Account ids; the last ones when it was lifted."""
    people: tuple[Row, ...]
    """Whom to choose from: account_id, name, role, agency."""
    history: tuple[Row, ...]
    """Newest first: recorded_at, name of who did it, is_lifted, reason, names."""


def check_can_restrict(work: Reading, child_id: str) -> None:
    """The coordinators of the child's areas who are named in the restriction there is; any, once none of those is left."""
    check_has_role(work, "child restricted", "coordinator", child_id=child_id)
    if closed_to_me(work, [child_id]).get(child_id) != ANY_COORDINATOR:
        check_can_see_child(work, child_id)
    if work.account.area not in areas_of_child(work, child_id):
        raise Refused(
            "Only the coordinator of that area can do this.", "child restricted", known(work, child_id)
        )


def can_restrict(work: Reading, child_id: str) -> bool:
    return is_allowed(lambda: check_can_restrict(work, child_id))


def read_restriction(actor: Actor, child_id: str) -> Restricted:
    """The view is audited."""
    with actor.writing() as work:
        check_can_restrict(work, child_id)
        note_view(work, "restriction viewed", child_id)
        standing = work.current(RESTRICTION, child_id)
        people = people_to_name(work, child_id)
        return Restricted(
            bool(standing and not standing["is_lifted"]),
            not closed_to_me(work, [child_id]),
            standing["revision"] if standing else 0,
            standing["reason"] if standing else None,
            tuple(standing["account_ids"]) if standing else (),
            tuple(with_people_lines(work, people)),
            tuple(_history(work, child_id)),
        )


def restrict(
    actor: Actor, child_id: str, account_ids: Sequence[str], reason: str, seen_revision: int | None = None
) -> None:
    """Keep the record to these people and to whoever restricts it; also to change who is named.

    Raises `Problems`, and `data.database.engine.Clash` when somebody changed it since `seen_revision`.
    """
    with actor.writing() as work:
        check_can_restrict(work, child_id)
        if not reason.strip():
            raise Problems("Enter why the record is restricted to these people")
        if not set(account_ids) <= {person["account_id"] for person in people_to_name(work, child_id)}:
            raise Problems("Select people who work with children of this area")
        _save(work, child_id, sorted({*account_ids, work.account.account_id}), reason, False, seen_revision)


def lift(actor: Actor, child_id: str, reason: str, seen_revision: int | None = None) -> None:
    """Open the record again to everybody whose work it is."""
    with actor.writing() as work:
        check_can_restrict(work, child_id)
        standing = work.current(RESTRICTION, child_id)
        if standing is None or standing["is_lifted"]:
            raise Problems("This record is not restricted. Open it again to see it.")
        if not reason.strip():
            raise Problems("Enter why the restriction is lifted")
        _save(work, child_id, standing["account_ids"], reason, True, seen_revision)


def _save(
    work: Writing, child_id: str, people: list[str], reason: str, is_lifted: bool, seen: int | None
) -> None:
    work.save(
        RESTRICTION,
        {"child_id": child_id, "account_ids": people, "reason": reason.strip(), "is_lifted": is_lifted},
        Event("restriction lifted" if is_lifted else "child restricted", child_id),
        seen_revision=seen,
    )


def without_coordinator(work: Reading, most: int) -> list[Row]:
    """Restricted records of the area of which no coordinator who is named is left: child_id, recorded_at (of the last
    change). For its coordinators, of whom one takes it over, and its managers, who ask one to; empty for everybody else.
    """
    if work.account.role not in ("coordinator", "manager"):
        return []
    return work.rows(
        "SELECT r.child_id, r.recorded_at FROM restriction r JOIN child c ON c.child_id = r.child_id"
        f" WHERE NOT r.is_lifted AND c.area = $1 AND {AT_WORK} IS NULL ORDER BY r.recorded_at LIMIT {most}",
        [work.account.area],
    )


def names_of(work: Reading, child_id: str) -> tuple[str, ...]:
    """Those to whom the record is restricted now; empty when it is not."""
    return tuple(
        work.values(
            "SELECT a.name FROM account a JOIN restriction r ON a.account_id = ANY(r.account_ids)"
            " WHERE r.child_id = $1 AND NOT r.is_lifted ORDER BY a.name",
            [child_id],
        )
    )


def people_to_name(work: Reading, child_id: str) -> list[Row]:
    """Of the child's areas: coordinators, managers and members. Of anywhere: who reaches the child by a link, an action
    or an invitation."""
    return work.rows(
        "SELECT a.account_id, a.name, a.role, a.agency FROM account a WHERE NOT a.is_suspended"
        " AND (a.role IN ('coordinator', 'manager', 'meeting_member') AND a.area = ANY($2)"
        f" OR a.account_id IN (SELECT account_id FROM ({everybody_who_reaches(work)}) AS r WHERE child_id = $1))"
        " ORDER BY a.name, a.account_id LIMIT 500",
        [child_id, sorted(areas_of_child(work, child_id))],
    )


def _history(work: Reading, child_id: str) -> list[Row]:
    return work.rows(
        "SELECT h.revision, h.recorded_at, h.is_lifted, h.reason, a.name,"
        " (SELECT string_agg(n.name, ', ' ORDER BY n.name) FROM account n WHERE n.account_id = ANY(h.account_ids))"
        " AS names FROM restriction_history h LEFT JOIN account a ON a.account_id = h.recorded_by"
        " WHERE h.child_id = $1 ORDER BY h.revision DESC LIMIT 100",
        [child_id],
    )
