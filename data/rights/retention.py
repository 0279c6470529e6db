"""A child's record that must be kept whatever its period says, and who may see until when one is kept.

How long that is, is `data.child.kept`. Deleting is `data.rights.deletion`. Source: access.md, retention.
"""

from __future__ import annotations

from data import clock
from data.access.rights import check_can_answer_for
from data.actor import Actor
from data.child.kept import Retention, retention_now
from data.database.audit import Event
from data.database.records import LEGAL_HOLD
from data.refusal import Problems
from data.trail.views import note_view


def retention_of(actor: Actor, child_id: str) -> Retention:
    with actor.writing() as work:
        check_can_answer_for(work, child_id)
        note_view(work, "retention viewed", child_id)
        return retention_now(work, child_id)


def hold(actor: Actor, child_id: str, reason: str) -> str:
    """Keep the record whatever its period says. Gives the hold's id."""
    with actor.writing() as work:
        check_can_answer_for(work, child_id)
        if not reason.strip():
            raise Problems("Enter why the record must be kept")
        if retention_now(work, child_id).hold:
            raise Problems("The record is held already.")
        hold_id = clock.new_id()
        work.save(
            LEGAL_HOLD,
            {"hold_id": hold_id, "child_id": child_id, "reason": reason.strip(), "placed_on": clock.today()},
            Event("record held", child_id, hold_id),
        )
        return hold_id


def lift_hold(actor: Actor, child_id: str, reason: str) -> None:
    with actor.writing() as work:
        check_can_answer_for(work, child_id)
        standing = retention_now(work, child_id).hold
        if standing is None:
            raise Problems("The record is not held.")
        if not reason.strip():
            raise Problems("Enter why the record need not be held any longer")
        work.save(
            LEGAL_HOLD,
            {"hold_id": standing["hold_id"], "lifted_on": clock.today(), "lifted_reason": reason.strip()},
            Event("hold lifted", child_id, standing["hold_id"]),
        )
