"""Actions a page at a time: one's own and one's agency's, or the area's; what is overdue and what is due soon."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from data import clock
from data.access.actions import actions_listed
from data.access.reach import CHILDREN_OF_AREA
from data.access.restricted import CLOSED_TO, left_out
from data.access.rule import check_has_role
from data.actor import Actor, Reading
from data.database.engine import Row
from data.names import has_words
from data.trail.views import note_view

PAGE = 50
SOON = datetime.timedelta(weeks=2)

STATES = {
    "overdue": "Overdue",
    "soon": "Due within two weeks",
    "ongoing": "All ongoing",
    "nobody": "Ongoing, held by nobody",
    "ended": "Ended",
}
_WHERE = {
    "overdue": "a.state = 'ongoing' AND a.due_on < $1",
    "soon": "a.state = 'ongoing' AND a.due_on >= $1 AND a.due_on <= $2",
    "ongoing": "a.state = 'ongoing'",
    "nobody": "a.state = 'ongoing' AND (a.owner_account_id IS NULL OR o.is_suspended)",
    "ended": "a.state <> 'ongoing'",
}


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for; empty for all."""

    state: str = "ongoing"
    """A key of `STATES`."""
    agency: str | None = None
    owner: str = ""
    """Part of the owner's name."""
    child: str = ""
    """Part of the child's name."""


@dataclass(frozen=True)
class Listed:
    actions: tuple[Row, ...]
    """action_id, child_id, action, agency, owner, is_mine, due_on, state, closed_on, name (of the child), is_overdue,
    of_all (how many there are with those not shown, without children restricted to others)."""
    more: bool


def list_actions(actor: Actor, wanted: Wanted, page: int = 0) -> Listed:
    """The earliest due first, what ended last first. The view is audited."""
    with actor.writing() as work:
        check_has_role(work, "actions listed", "practitioner", "meeting_member", "coordinator", "manager")
        note_view(work, "actions listed", None)
        rows = _rows(work, wanted, PAGE + 1, page * PAGE)
        return Listed(tuple(rows[:PAGE]), len(rows) > PAGE)


def waiting(work: Reading, limit: int) -> list[Row]:
    """For a person's own page: all of their own that is ongoing; for coordinator and manager what is overdue."""
    if work.account.role in ("coordinator", "manager"):
        return _rows(work, Wanted("overdue"), limit, 0)
    return _rows(work, Wanted("ongoing"), limit, 0, only_own=True)


def _rows(work: Reading, wanted: Wanted, limit: int, offset: int, *, only_own: bool = False) -> list[Row]:
    today = clock.today()
    parameters: list[Any] = [today, today + SOON, work.account.account_id]
    listed, more = actions_listed(work, len(parameters) + 1)
    parameters += more
    conditions = [listed, _WHERE[wanted.state], "$2::date >= $1::date"]
    if only_own:
        conditions.append("a.owner_account_id = $3")
    if wanted.agency:
        parameters.append(wanted.agency)
        conditions.append(f"a.agency = ${len(parameters)}")
    for column, words in (("coalesce(o.name_key, a.owner_key)", wanted.owner), ("c.name_key", wanted.child)):
        if words:
            named, its_words = has_words(column, words, len(parameters) + 1)
            conditions.append(named)
            parameters += its_words
    if wanted.child or wanted.owner:  # whoever may not read a name is not told that a guess was right
        conditions.append(f"c.child_id NOT IN ({CLOSED_TO.format(3)})")
        if work.account.role in ("coordinator", "manager"):
            parameters.append(work.account.area)
            conditions.append(f"c.child_id IN ({CHILDREN_OF_AREA.format(f'${len(parameters)}')})")
    order = "a.closed_on DESC" if wanted.state == "ended" else "a.due_on"
    found = work.rows(
        "SELECT a.action_id, a.child_id, a.action, a.agency, coalesce(o.name, a.owner) AS owner, a.due_on, a.state, a.closed_on,"
        " c.name, coalesce(a.owner_account_id = $3, false) AS is_mine,"
        " a.state = 'ongoing' AND coalesce(a.due_on < $1, false) AS is_overdue,"
        f" count(*) FILTER (WHERE a.child_id NOT IN ({CLOSED_TO.format(3)})) OVER () AS of_all"
        " FROM action a JOIN child c ON c.child_id = a.child_id"
        " LEFT JOIN episode e ON e.episode_id = a.episode_id"
        " LEFT JOIN account o ON o.account_id = a.owner_account_id"
        f" WHERE {' AND '.join(conditions)} ORDER BY {order}, a.action_id LIMIT {limit} OFFSET {offset}",
        parameters,
    )
    return left_out(work, found)
