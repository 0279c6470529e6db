"""Who may see and do what (pathway.md, access.md). `check_can_x` raises `Refused` with the reason; `can_x` asks it.

Every check takes the account as it stands now, in the transaction of what it guards.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from data import clock
from data.access.emergency import MAY_OPEN, OPENED, READ_ONLY, has_broken_glass
from data.access.reach import (
    AREAS_NOW,
    CHILDREN_OF_AREA,
    answered_until,
    counts_from,
    invited_children,
    is_linked_but_for_the_move,
    linked_children,
)
from data.access.restricted import CLOSED_TO, NOT_YOURS, check_is_named
from data.actor import Reading
from data.database.engine import Row
from data.refusal import Refused

IS_A_WORD = "question_key <> 'row_is_there' AND typed NOT IN ('null', '\"\"', '[]')"
"""Of `draft_answer`: something was said. Opening a row, or emptying an answer, is no contribution."""


def is_allowed(check: Callable[[], None]) -> bool:
    try:
        check()
    except Refused:
        return False
    return True


def check_has_role(work: Reading, action: str, *roles: str, child_id: str | None = None) -> None:
    if work.account.role not in roles:
        raise Refused("Your role does not allow this.", action, known(work, child_id))


def known(work: Reading, child_id: str | None) -> str | None:
    """The id when there is such a child. What was only typed in an address never reaches the audit."""
    return child_id and work.value("SELECT child_id FROM child WHERE child_id = $1", [child_id])


def has_role(work: Reading, *roles: str) -> bool:
    return work.account.role in roles


def child_of(record: Row | None) -> str:
    """Whose record it is. One that is not there is nobody's, and is refused in the same words as somebody else's: who may
    not open a record does not learn that there is one."""
    return str(record["child_id"]) if record else ""


def areas_of_child(work: Reading, child_id: str) -> set[str]:
    """Where the child lives, and every area in which a referral of theirs is undecided or an episode open."""
    return set(work.values(AREAS_NOW.format("$1"), [child_id]))


def is_invited_about(work: Reading, child_id: str) -> bool:
    """Is the child on the agenda of a meeting this account is invited to, and are its papers out?"""
    return _is_among(work, child_id, invited_children(work, 1))


def is_linked(work: Reading, child_id: str) -> bool:
    """Does a link of this account to the child hold, or has it an ongoing action about the child?"""
    return _is_among(work, child_id, linked_children(work, 1))


def _is_among(work: Reading, child_id: str, children: str) -> bool:
    found = f"SELECT count(*) FROM ({children}) AS reached WHERE child_id = $2"
    return bool(work.value(found, [work.account.account_id, child_id]))


def is_in_their_work(work: Reading, child_id: str) -> bool:
    """Coordinator and manager: children of their area. Practitioner: children they are linked to. Practitioner and
    meeting member: children on the agenda of a meeting they are invited to. Nobody else."""
    account = work.account
    if account.role == "operator":
        return True
    if account.role in ("coordinator", "manager"):
        return account.area in areas_of_child(work, child_id)
    if account.role == "practitioner" and is_linked(work, child_id):
        return True
    return account.role in ("practitioner", "meeting_member") and is_invited_about(work, child_id)


def check_can_see_child(work: Reading, child_id: str) -> None:
    """Whose work the child is, and for an hour who opened the record in an emergency; of a restricted child, only those
    of them who are named."""
    if not (is_in_their_work(work, child_id) or has_broken_glass(work, child_id)):
        raise Refused(NOT_YOURS, "child viewed", known(work, child_id))
    check_is_named(work, child_id)


def check_can_read_child(work: Reading, child_id: str) -> datetime.datetime | None:
    """As `check_can_see_child`, and more: people of an area that answered for the child before go on reading the record as it
    stood when that ended, and nothing since. Gives that moment; None for who reads the record as it stands."""
    if is_in_their_work(work, child_id) or has_broken_glass(work, child_id):
        check_is_named(work, child_id)
        return None
    until = _reads_until(work, child_id)
    if until is None:
        raise Refused(NOT_YOURS, "child viewed", known(work, child_id))
    check_is_named(work, child_id)
    return until


def _reads_until(work: Reading, child_id: str) -> datetime.datetime | None:
    """Coordinator and manager of a former area, and its practitioners whose link ended by the move alone."""
    role = work.account.role
    if role in ("coordinator", "manager") or (
        role == "practitioner" and is_linked_but_for_the_move(work, child_id)
    ):
        return answered_until(work, child_id)
    return None


def visible_children(work: Reading, first: int) -> tuple[str, list[Any]]:
    """The rule of `check_can_see_child` for lists: a condition on `child c`, its parameters numbered from `first`."""
    if work.account.role == "operator":
        return "true", []
    reached, parameters = in_their_work(work, first)
    me = first + len(parameters)
    parameters.append(work.account.account_id)
    if work.account.role in MAY_OPEN:
        reached += f" OR c.child_id IN ({OPENED.format(me, me + 1, me + 2)})"
        parameters += [clock.now(), work.in_post_since]
    return f"(({reached}) AND c.child_id NOT IN ({CLOSED_TO.format(me)}))", parameters


def in_their_work(work: Reading, first: int) -> tuple[str, list[Any]]:
    """The rule of `is_in_their_work` as a condition on `child c`; who is restricted is left in."""
    account = work.account
    if account.role == "operator":
        return "true", []
    if account.role == "practitioner":
        reached = f"{linked_children(work, first)} UNION ALL {invited_children(work, first)}"
        return f"c.child_id IN ({reached})", [account.account_id]
    if account.role == "meeting_member":
        return f"c.child_id IN ({invited_children(work, first)})", [account.account_id]
    if account.role in ("coordinator", "manager"):
        return f"c.child_id IN ({CHILDREN_OF_AREA.format(f'${first}')})", [account.area]
    return "false", []


def check_is_their_work(work: Reading, child_id: str, action: str) -> None:
    """More than seeing: whose work the child is, and who is named. An emergency opens a record for reading only."""
    check_can_see_child(work, child_id)
    if not is_in_their_work(work, child_id):
        raise Refused(READ_ONLY, action, known(work, child_id))


def check_can_take_away(work: Reading, child_id: str, action: str) -> None:
    """A copy on paper: a record opened in an emergency is read on the screen."""
    if check_can_read_child(work, child_id) is None:
        check_is_their_work(work, child_id, action)


def can_take_away(work: Reading, child_id: str) -> bool:
    return is_allowed(lambda: check_can_take_away(work, child_id, "asked"))


def can_see_child(work: Reading, child_id: str) -> bool:
    return is_allowed(lambda: check_can_see_child(work, child_id))


def check_can_write_child(work: Reading, child_id: str) -> None:
    """As for seeing, but a manager only reads, and so does whoever is invited to a meeting about the child or opened the
    record in an emergency."""
    check_has_role(work, "child written", "practitioner", "coordinator", "operator", child_id=child_id)
    check_can_see_child(work, child_id)
    if not is_in_their_work(work, child_id):
        raise Refused(READ_ONLY, "child written", known(work, child_id))
    if work.account.role == "practitioner" and not is_linked(work, child_id):
        raise Refused(
            "You can read this record for the meeting, and not write in it.",
            "child written",
            known(work, child_id),
        )


def can_write_child(work: Reading, child_id: str) -> bool:
    return is_allowed(lambda: check_can_write_child(work, child_id))


def check_can_add_child(work: Reading) -> None:
    check_has_role(work, "child added", "practitioner", "coordinator", "operator")


def check_can_coordinate(work: Reading, area: str, action: str, child_id: str | None = None) -> None:
    """What the area's coordinator decides: referrals, meetings, episodes."""
    check_has_role(work, action, "coordinator", "operator", child_id=child_id)
    if work.account.role == "coordinator" and work.account.area != area:
        raise Refused("Only the coordinator of that area can do this.", action, known(work, child_id))
    if child_id:
        check_is_named(work, child_id, action)


def can_coordinate(work: Reading, area: str) -> bool:
    return is_allowed(lambda: check_can_coordinate(work, area, "asked"))


def check_can_see_names(work: Reading, action: str) -> None:
    """Lists of children by name: never for a partnership lead or an administrator."""
    check_has_role(work, action, "practitioner", "coordinator", "manager", "operator")


def answers_for_sensitive(work: Reading, child_id: str | None) -> bool:
    """The coordinators and managers whose work the child is, or was: a former area reads its own as it stood. An emergency
    opens the record to another area's without it: it is there to keep a child safe now, and intelligence is asked for from
    who holds it."""
    if not has_role(work, "coordinator", "manager", "operator"):
        return False
    if child_id is None or is_in_their_work(work, child_id):
        return True
    return answered_until(work, child_id) is not None and not has_broken_glass(work, child_id)


def check_can_see_sensitive(
    work: Reading, child_id: str | None, record_id: str | None, draft_id: str | None = None
) -> None:
    """Adults of concern and intelligence: coordinators, managers and the contributors of that record (access.md).

    Whoever has written a word of the record is a contributor; of a draft, whoever has written in it so far too. Words
    written in another post, or before a coordinator ended the person's access to the child, no longer count.
    """
    if answers_for_sensitive(work, child_id):
        return
    contributed = work.value(
        "SELECT count(*) FROM (SELECT last_saved_at AS written_at FROM contribution WHERE record_id = $1 AND account_id = $3"
        " UNION ALL SELECT saved_at AS written_at FROM draft_answer"
        f" WHERE draft_id = $2 AND saved_by = $3 AND {IS_A_WORD}) AS written WHERE written_at > $4",
        [record_id, draft_id, work.account.account_id, counts_from(work, child_id)],
    )
    if not contributed:
        raise Refused(NOT_YOURS, "intelligence viewed", record_id=record_id)


def can_see_sensitive(
    work: Reading, child_id: str | None, record_id: str | None, draft_id: str | None = None
) -> bool:
    return is_allowed(lambda: check_can_see_sensitive(work, child_id, record_id, draft_id))
