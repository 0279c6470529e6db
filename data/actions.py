"""What becomes of the actions the meeting set: completed, or not achieved with a reason (pathway.md 6)."""

from __future__ import annotations

from data import clock
from data.access import check_can_coordinate, check_can_write_child
from data.actor import Actor, Writing
from data.audit import Event
from data.engine import Row
from data.pathway import ACTION_WAY
from data.refusal import Problems, Refused
from data.schema import ACTION, EPISODE


def complete(actor: Actor, action_id: str, impact: str | None = None) -> None:
    """Say that an action is done, and what it changed."""
    with actor.writing() as work:
        _move(work, _own(work, action_id), "complete", None, {"impact": impact})


def give_up(actor: Actor, action_id: str, reason: str) -> None:
    """Say that an action could not be achieved, and why."""
    with actor.writing() as work:
        _move(work, _own(work, action_id), "give up", reason, {"not_achieved_reason": reason})


def _own(work: Writing, action_id: str) -> Row:
    """The action, if this account may say what became of it: its owner, its agency, or the area's coordinator."""
    action = work.current(ACTION, action_id)
    if action is None:
        raise Problems("This action cannot be found. Go back to the child's page.")
    check_can_write_child(work, action["child_id"])
    if work.account.role != "practitioner":
        episode = work.current(EPISODE, action["episode_id"])
        check_can_coordinate(work, episode["area"] if episode else "", "action updated", action["child_id"])
    elif work.account.account_id != action["owner_account_id"] and work.account.agency != action["agency"]:
        raise Refused("This action is for another agency.", "action updated", action["child_id"], action_id)
    return action


def _move(work: Writing, action: Row, name: str, reason: str | None, changes: Row) -> None:
    move = ACTION_WAY.move(name, action["state"], work.account.role, reason)
    work.save(
        ACTION,
        {"action_id": action["action_id"], "state": move.end, "closed_on": clock.today(), **changes},
        Event(move.audit, action["child_id"], action["action_id"]),
    )
