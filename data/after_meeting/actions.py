"""What becomes of the actions the meeting set: given to a person, completed, not achieved, or carried over.

Lists of them are `data.after_meeting.action_list`; who may is `data.access.actions`. Source: pathway.md 6.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from data import clock
from data.access.actions import (
    TAKES_ACTIONS,
    area_of,
    can_update_action,
    check_can_see_action,
    check_can_update_action,
)
from data.access.restricted import check_may_be_asked, left_out
from data.access.rule import can_coordinate, can_see_child, check_can_coordinate
from data.account_line import with_people_lines
from data.actor import Actor, Reading, Writing
from data.answers.short_forms import read
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import ACTION
from data.refusal import NotFilledIn, Problems
from data.trail.views import note_view
from data.ways.pathway import ACTION_WAY
from forms.action import CARRIED_OVER, DONE, NOT_ACHIEVED
from forms.answers import Problem
from forms.kinds.date import in_words
from forms.question import Typed


@dataclass(frozen=True)
class ActionPage:
    """One action as this account may see it: what it says, and of the child the name."""

    action: Row
    """The action's own columns, and `owner_name`, the account that it was given to."""
    child_name: str
    sees_child: bool
    may_update: bool
    may_assign: bool
    earlier: tuple[Row, ...]
    """recorded_at, name, state, due_on, change_reason of every revision, oldest first."""


def read_action(actor: Actor, action_id: str) -> ActionPage:
    """One action. The view is audited."""
    with actor.writing() as work:
        action = _found(work, action_id, check_can_see_action)
        note_view(work, "action viewed", action["child_id"], action_id)
        owner = work.value("SELECT name FROM account WHERE account_id = $1", [action["owner_account_id"]])
        earlier = work.rows(
            "SELECT h.recorded_at, o.name, h.state, h.due_on, h.change_reason FROM action_history h"
            " LEFT JOIN account o ON o.account_id = h.recorded_by WHERE h.action_id = $1 ORDER BY h.revision",
            [action_id],
        )
        child = work.rows("SELECT child_id, name FROM child WHERE child_id = $1", [action["child_id"]])
        is_open = ACTION_WAY.state(action["state"]).owner is not None
        return ActionPage(
            {**action, "owner_name": owner},
            left_out(work, child)[0]["name"] if child else "",
            sees_child=can_see_child(work, action["child_id"]),
            may_update=is_open and can_update_action(work, action),
            may_assign=is_open and can_coordinate(work, area_of(work, action)),
            earlier=tuple(earlier),
        )


def complete(actor: Actor, action_id: str, typed: Mapping[str, Typed]) -> None:
    """Say that an action is done, with what shows it and what it changed: answers to `forms.action.DONE`."""
    with actor.writing() as work:
        action = _to_update(work, action_id)
        answers = read(DONE, typed)
        _move(work, action, "complete", None, {"closed_on": clock.today(), **answers})


def give_up(actor: Actor, action_id: str, typed: Mapping[str, Typed]) -> None:
    """Say that an action could not be achieved, and why: answers to `forms.action.NOT_ACHIEVED`."""
    with actor.writing() as work:
        action = _to_update(work, action_id)
        answers = read(NOT_ACHIEVED, typed)
        _move(
            work, action, "give up", answers["not_achieved_reason"], {"closed_on": clock.today(), **answers}
        )


def carry_over(actor: Actor, action_id: str, typed: Mapping[str, Typed]) -> None:
    """Give an action until a later date, and say why: answers to `forms.action.CARRIED_OVER`."""
    with actor.writing() as work:
        action = _to_update(work, action_id)
        answers = read(CARRIED_OVER, typed)
        standing = action["due_on"]
        if standing and answers["due_on"] <= standing:
            raise NotFilledIn(Problem("due_on", f"The new date must be after {in_words(standing)}"))
        _move(work, action, "carry over", answers["carried_over_reason"], answers)


def assign(actor: Actor, action_id: str, account_id: str) -> None:
    """Give an action to a person of its agency. The coordinator does, having asked them: a practitioner can then open
    the child."""
    with actor.writing() as work:
        action = _to_assign(work, action_id)
        person = next((p for p in _people(work, action) if p["account_id"] == account_id), None)
        if person is None:
            raise Problems("Select a person of the action's agency who works in the area")
        check_may_be_asked(work, action["child_id"], account_id)
        _move(work, action, "assign", None, {"owner_account_id": account_id, "owner": person["name"]})


def people_to_ask(actor: Actor, action_id: str) -> list[Row]:
    """Whom the action can be given to: account_id, name, job_title."""
    with actor.reading() as work:
        return with_people_lines(work, _people(work, _to_assign(work, action_id)))


def _people(work: Reading, action: Row) -> list[Row]:
    return work.rows(
        "SELECT account_id, name, job_title FROM account WHERE agency = $1 AND area = $2 AND role = ANY($3)"
        " AND NOT is_suspended AND account_id IS DISTINCT FROM $4 ORDER BY name LIMIT 500",
        [action["agency"], area_of(work, action), list(TAKES_ACTIONS), action["owner_account_id"]],
    )


def _found(work: Reading, action_id: str, check: Callable[[Reading, Row], None]) -> Row:
    """One that is not there is nobody's, and is refused in the same words as somebody else's."""
    action = work.current(ACTION, action_id) or {**dict.fromkeys(ACTION.columns), "child_id": ""}
    check(work, action)
    if action["action_id"] is None:
        raise Problems("This action cannot be found. Go back to the list of actions.")
    return action


def _to_update(work: Reading, action_id: str) -> Row:
    return _found(work, action_id, check_can_update_action)


def _to_assign(work: Reading, action_id: str) -> Row:
    return _found(work, action_id, _check_can_assign)


def _check_can_assign(work: Reading, action: Row) -> None:
    check_can_coordinate(work, area_of(work, action), "action given to a person", action["child_id"])


def _move(work: Writing, action: Row, name: str, reason: str | None, changes: Row) -> None:
    move = ACTION_WAY.move(name, action["state"], work.account.role, reason)
    work.save(
        ACTION,
        {"action_id": action["action_id"], "state": move.end, **changes},
        Event(move.audit, action["child_id"], action["action_id"]),
        why=reason,
    )
