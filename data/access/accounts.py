"""Who may keep accounts and settings, and read the audit trail. `check_can_x` raises `Refused` with the reason."""

from __future__ import annotations

from typing import Any

from data.access.rule import (
    READ_ONLY,
    check_can_see_child,
    check_has_role,
    is_allowed,
    is_in_their_work,
    known,
)
from data.actor import Reading
from data.database.engine import Row
from data.refusal import Problems, Refused
from forms.places import partnership_of

NO_SUCH_ACCOUNT = "There is no such account. Go back to the accounts and open it from there."


def check_can_keep_accounts(work: Reading) -> None:
    """Accounts and settings: the administrator, who in return sees no child's record."""
    check_has_role(work, "accounts kept", "administrator", "operator")


def check_keeps(work: Reading, account: Row | None) -> None:
    """An administrator keeps the accounts of their own partnership. Another partnership's is refused in the words of one
    that is not there."""
    if account is None or work.account.role == "operator":
        return
    partnership = account["partnership"] or partnership_of(account["area"]).key
    if partnership != work.account.partnership_key:
        raise Problems(NO_SUCH_ACCOUNT)


def accounts_kept(work: Reading, first: int) -> tuple[str, list[Any]]:
    """The rule of `check_keeps` for lists: a condition on `account a`, its parameters numbered from `first`."""
    if work.account.role == "operator":
        return "true", []
    own = f"coalesce(a.partnership = ${first}, a.area = ANY(${first + 1}), false)"
    return own, [work.account.partnership_key, list(work.account.partnership.areas)]


def check_keeps_area(work: Reading, area: str) -> None:
    """What is kept for an area by the administrator of its partnership."""
    if work.account.role != "operator" and area not in work.account.partnership.areas:
        raise Problems("Select an area of your own partnership.")


def check_can_change_settings(work: Reading, partnership_key: str) -> None:
    """What a partnership and its areas set for themselves: the administrator of that partnership."""
    check_has_role(work, "settings changed", "administrator", "operator")
    if work.account.role == "administrator" and work.account.partnership_key != partnership_key:
        raise Refused("These are the settings of another partnership.", "settings changed")


def check_can_bring_in_population(work: Reading) -> None:
    """How many children live in the areas of their own partnership: its administrator and its lead. It is about nobody."""
    check_has_role(work, "population brought in", "administrator", "partnership_lead", "operator")


def check_can_read_audit(work: Reading) -> None:
    """The audit trail as a whole, without what the records say: the administrator."""
    check_has_role(work, "audit read", "administrator", "operator")


def check_can_see_who_has_seen(work: Reading, child_id: str) -> None:
    """Who looked at one child's record: coordinators and managers who may see the child."""
    check_has_role(work, "audit of child viewed", "coordinator", "manager", child_id=child_id)
    check_can_see_child(work, child_id)
    if not is_in_their_work(work, child_id):
        raise Refused(READ_ONLY, "audit of child viewed", known(work, child_id))


def can_see_who_has_seen(work: Reading, child_id: str) -> bool:
    return is_allowed(lambda: check_can_see_who_has_seen(work, child_id))
