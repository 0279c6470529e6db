"""Who may see an action and say what became of it. Its owner needs no more of the record than the action itself.

The rules about the child's record are in `data.access.rule`. Source: pathway.md 6.
"""

from __future__ import annotations

from typing import Any

from data.access.reach import action_is_given, mine
from data.access.restricted import check_is_named
from data.access.rule import (
    can_see_child,
    can_write_child,
    check_can_coordinate,
    is_allowed,
    visible_children,
)
from data.actor import Reading
from data.database.engine import Row
from data.refusal import Refused

NOT_YOURS = "You cannot open this action. If you need it for your work, ask the area's coordinator."

TAKES_ACTIONS = ("practitioner", "meeting_member")
"""Roles that an action can be given to."""


def is_owner(work: Reading, action: Row) -> bool:
    """Was it given to this account, in the post that the person has now? Of an action that has ended, its owner goes on
    reading the action, and nothing else of the record."""
    account = work.account
    if account.role not in TAKES_ACTIONS or account.account_id != action["owner_account_id"]:
        return False
    given = f"SELECT count(*) FROM action t WHERE t.action_id = $2 AND {action_is_given(mine(work, 1))}"
    return bool(work.value(given, [account.account_id, action["action_id"]]))


def check_can_see_action(work: Reading, action: Row) -> None:
    """Its owner, whoever may see the child, and the area in whose episode it was set, wherever the child lives now."""
    account = work.account
    is_areas = account.role in ("coordinator", "manager") and account.area == area_of(work, action)
    if is_owner(work, action) or is_areas:
        check_is_named(work, action["child_id"], "action viewed")
    elif not can_see_child(work, action["child_id"]):
        raise Refused(NOT_YOURS, "action viewed", action["child_id"], action["action_id"])


def check_can_update_action(work: Reading, action: Row) -> None:
    """Its owner, a practitioner of its agency who works with the child, or the area's coordinator."""
    account = work.account
    if is_owner(work, action):
        check_is_named(work, action["child_id"], "action updated")
        return
    if account.role in ("coordinator", "operator"):
        check_can_coordinate(work, area_of(work, action), "action updated", action["child_id"])
        return
    if account.role != "practitioner" or not can_write_child(work, action["child_id"]):
        raise Refused(NOT_YOURS, "action updated", action["child_id"], action["action_id"])
    if account.agency != action["agency"]:
        raise Refused(
            "This action is for another agency.", "action updated", action["child_id"], action["action_id"]
        )


def can_update_action(work: Reading, action: Row) -> bool:
    return is_allowed(lambda: check_can_update_action(work, action))


def area_of(work: Reading, action: Row) -> str:
    """Of the episode in which it was set; where that is not known, the child's."""
    found = work.value("SELECT area FROM episode WHERE episode_id = $1", [action["episode_id"]])
    return found or work.value("SELECT area FROM child WHERE child_id = $1", [action["child_id"]]) or ""


def actions_listed(work: Reading, first: int) -> tuple[str, list[Any]]:
    """Whose actions a list shows: a condition on `action a`, `child c` and `episode e`, its parameters numbered from
    `first`. Coordinator and manager: their area's. Others: their own, and their agency's about children they may see."""
    account = work.account
    if account.role in ("coordinator", "manager"):
        return f"coalesce(e.area, c.area) = ${first}", [account.area]
    if account.role in TAKES_ACTIONS:
        visible, parameters = visible_children(work, first + 2)
        given = f"SELECT t.action_id FROM action t WHERE {action_is_given(mine(work, first))}"
        return (
            f"(a.action_id IN ({given}) OR (a.agency = ${first + 1} AND {visible}))",
            [account.account_id, account.agency, *parameters],
        )
    return "false", []
