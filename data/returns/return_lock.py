"""Locking a return and correcting it (returns.md). What is locked is one document with a hash, and stays as it is.

The hash stands in the audit trail too, whose chain would show if both were changed.
"""

from __future__ import annotations

from dataclasses import replace

from data import clock
from data.access.figures import check_can_lock_return
from data.actor import Actor, Writing
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import QUARTERLY_RETURN
from data.database.schema import RETURN_VERSION
from data.measures.measure import Scope
from data.naming import check_names_nobody
from data.quarters import Quarter
from data.refusal import Problems
from data.returns import locked_returns
from data.returns.return_document import as_document, fingerprint, hashed
from data.returns.return_shape import Locked, Return
from data.returns.returns import draft_in
from data.ways.way import Move
from data.ways.ways_beside import RETURN_WAY

CHANGED = "The records changed since you opened the page. Look at the return as it is now, then lock it."
NOT_WHOLE = "Some figures are not whole. Look at the checks and what is missing; then say that you lock it all the same."


def lock(actor: Actor, quarter: Quarter, seen: str, *, although_not_whole: bool = False) -> Return:
    """Freeze the return of the lead's whole partnership as drafted now: as its first version, or as a correction.

    `seen`: the fingerprint of the draft that the lead looked at; another one is not locked. Raises `Refused` for anybody
    else, `Problems` when the quarter is not over, the return is locked, or some figures are not whole and the lead has not
    said `although_not_whole`. Source: figures.md 7.
    """
    with actor.writing() as work:
        partnership = work.account.partnership
        move, standing = _move(work, quarter, "lock")
        if quarter.last >= clock.today():
            raise Problems("This quarter is not over. Lock its return when it is.")
        drafted = draft_in(work, Scope(quarter, partnership.areas, partnership))
        if fingerprint(drafted) != seen:
            raise Problems(CHANGED)
        if not drafted.is_whole and not although_not_whole:
            raise Problems(NOT_WHOLE)
        version, reason = (standing["version"] + 1, standing["reason"]) if standing else (1, None)
        kept = replace(
            drafted, drafted_at=work.at, locked=Locked(version, work.account.name, work.at, reason)
        )
        document = as_document(kept)
        return_id = locked_returns.record_id(partnership.key, quarter)
        work.add(
            RETURN_VERSION,
            {
                "return_id": return_id, "version": version, "document": document, "content_hash": hashed(document),
                "locked_by": work.account.account_id, "locked_at": work.at, "reason": reason,
            },
            Event("return kept", None, return_id, f"version {version} sha256 {hashed(document)}"),
        )  # fmt: skip
        _save(work, quarter, move, {"version": version, "reason": None})
        return kept


def begin_correction(actor: Actor, quarter: Quarter, reason: str, *, names_nobody: bool = False) -> None:
    """From now on the coordinators can write beside the figures again; the locked version stays readable. The reason goes
    into every file, so it names nobody."""
    with actor.writing() as work:
        move, _ = _move(work, quarter, "correct", reason)
        check_names_nobody(work, work.account.partnership, reason, is_confirmed=names_nobody)
        _save(work, quarter, move, {"reason": reason.strip()})


def drop_correction(actor: Actor, quarter: Quarter) -> None:
    """The locked version stands, and no other is made."""
    with actor.writing() as work:
        move, _ = _move(work, quarter, "drop")
        _save(work, quarter, move, {"reason": None})


def _move(work: Writing, quarter: Quarter, name: str, reason: str | None = None) -> tuple[Move, Row | None]:
    partnership = work.account.partnership_key
    check_can_lock_return(work, partnership, f"return: {name}")
    standing = locked_returns.standing(work, partnership, quarter)
    state = standing["state"] if standing else None
    return RETURN_WAY.move(name, state, work.account.role, reason), standing


def _save(work: Writing, quarter: Quarter, move: Move, changes: Row) -> None:
    partnership = work.account.partnership_key
    return_id = locked_returns.record_id(partnership, quarter)
    kept = {"return_id": return_id, "partnership": partnership, "quarter": str(quarter), "state": move.end}
    work.save(QUARTERLY_RETURN, {**kept, **changes}, Event(move.audit, None, return_id))
