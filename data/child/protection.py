"""Protecting where a child or a carer lives: given to people who are named, and to nobody else; changed and lifted with a reason.

What that takes out, and where, is `data.redaction`. It opens and closes no record: that is `data.child.restriction`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.access.restricted import ANY_COORDINATOR, AT_WORK
from data.access.rule import areas_of_child, check_can_see_child, check_has_role, is_allowed, known
from data.account_line import with_people_lines
from data.actor import Actor, Reading, Writing
from data.child.restriction import people_to_name
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import PROTECTION
from data.refusal import Problems, Refused
from data.trail.views import note_view

ACTION = "address protected"

WHOSE = {
    "child": "The child",
    "carer": "A parent or carer",
    "both": "The child, and a parent or carer",
}
"""Who is at risk if their address were known. What is kept back is the same: one leads to the other."""


@dataclass(frozen=True)
class Protected:
    """How one child's address stands, for the coordinator who may change it."""

    is_protected: bool
    revision: int
    """0 when it was never protected."""
    whose: str
    """A key of `WHOSE`."""
    named: tuple[str, ...]
    """Account ids; the last ones when it was lifted."""
    people: tuple[Row, ...]
    """Whom to choose from: account_id, name, role, agency, `who`."""
    history: tuple[Row, ...]
    """Newest first: recorded_at, name of who did it, is_lifted, reason, names."""


def check_can_protect(work: Reading, child_id: str) -> None:
    """The coordinators of the child's areas who may open the record; once it is protected, those who are named, and any once
    none of those is at work."""
    check_has_role(work, ACTION, "coordinator", child_id=child_id)
    check_can_see_child(work, child_id)
    if work.account.area not in areas_of_child(work, child_id):
        raise Refused("Only the coordinator of that area can do this.", ACTION, known(work, child_id))
    if work.redaction.is_protected(child_id) and whom_to_ask(work, child_id) != ANY_COORDINATOR:
        raise Refused(
            "Where this child lives is protected: only a coordinator who is named can change who is.",
            ACTION,
            known(work, child_id),
        )


def can_protect(work: Reading, child_id: str) -> bool:
    return is_allowed(lambda: check_can_protect(work, child_id))


def whom_to_ask(work: Reading, child_id: str) -> str:
    """Returns the name of a coordinator at work who is named, or the words for any of the area."""
    asked = work.value(f"SELECT {AT_WORK} FROM protection r WHERE r.child_id = $1", [child_id])
    return asked or ANY_COORDINATOR


def said_of(work: Reading, child_id: str) -> str:
    """Returns the sentence that stands at the head of a protected child's pages; empty for every other child."""
    standing = work.value("SELECT is_lifted FROM protection WHERE child_id = $1", [child_id])
    if standing is not False:
        return ""
    if work.redaction.is_protected(child_id):
        return (
            "Where this child lives is protected. Address, telephone, school and what would lead there are given to the people "
            f"named only. If you need it for your work, ask {whom_to_ask(work, child_id)}."
        )
    return (
        "Where this child lives is protected, and you are one of the people it is given to. Pass it on to nobody, and write it "
        "nowhere else."
    )


def read_protection(actor: Actor, child_id: str) -> Protected:
    """The view is audited."""
    with actor.writing() as work:
        check_can_protect(work, child_id)
        note_view(work, "address protection viewed", child_id)
        standing = work.current(PROTECTION, child_id)
        return Protected(
            bool(standing and not standing["is_lifted"]),
            standing["revision"] if standing else 0,
            standing["whose"] if standing else "child",
            tuple(standing["account_ids"]) if standing else (),
            tuple(with_people_lines(work, people_to_name(work, child_id))),
            tuple(_history(work, child_id)),
        )


def protect(
    actor: Actor,
    child_id: str,
    whose: str,
    account_ids: Sequence[str],
    reason: str,
    seen_revision: int | None = None,
) -> None:
    """Give the address to these people and to whoever protects it only; also to change who is named.

    Raises `Problems`, and `data.database.engine.Clash` when somebody changed it since `seen_revision`.
    """
    with actor.writing() as work:
        check_can_protect(work, child_id)
        if whose not in WHOSE:
            raise Problems("Select whose address is protected")
        if not reason.strip():
            raise Problems("Enter why the address is protected")
        if not set(account_ids) <= {person["account_id"] for person in people_to_name(work, child_id)}:
            raise Problems("Select people who work with children of this area")
        named = sorted({*account_ids, work.account.account_id})
        _save(
            work, child_id, {"whose": whose, "account_ids": named, "is_lifted": False}, reason, seen_revision
        )


def lift(actor: Actor, child_id: str, reason: str, seen_revision: int | None = None) -> None:
    """Give the address again to everybody who may open the record."""
    with actor.writing() as work:
        check_can_protect(work, child_id)
        standing = work.current(PROTECTION, child_id)
        if standing is None or standing["is_lifted"]:
            raise Problems("This address is not protected. Open the page again to see it.")
        if not reason.strip():
            raise Problems("Enter why the protection is lifted")
        _save(work, child_id, {"is_lifted": True}, reason, seen_revision)


def _save(work: Writing, child_id: str, changes: Row, reason: str, seen: int | None) -> None:
    work.save(
        PROTECTION,
        {"child_id": child_id, "reason": reason.strip(), **changes},
        Event("address protection lifted" if changes["is_lifted"] else ACTION, child_id),
        seen_revision=seen,
    )


def _history(work: Reading, child_id: str) -> list[Row]:
    return work.rows(
        "SELECT h.revision, h.recorded_at, h.is_lifted, h.whose, h.reason, a.name,"
        " (SELECT string_agg(n.name, ', ' ORDER BY n.name) FROM account n WHERE n.account_id = ANY(h.account_ids))"
        " AS names FROM protection_history h LEFT JOIN account a ON a.account_id = h.recorded_by"
        " WHERE h.child_id = $1 ORDER BY h.revision DESC LIMIT 100",
        [child_id],
    )
