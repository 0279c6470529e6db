"""Two people for power: an account that may open children, or an administrator's, is confirmed by a second administrator of
the partnership; where there is none at work, the managers of its area are told at once.

Until it is confirmed nobody signs in with it (`data.accounts.account_now`). Accounts from before this rule, and those made by
the command of whoever runs the machine, stand as they are.
"""

from __future__ import annotations

from data.access.accounts import accounts_kept, check_can_keep_accounts, check_keeps
from data.access.rule import check_has_role
from data.accounts import WAITING, account_now
from data.actor import Actor, Reading
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import ACCOUNT
from data.refusal import Problems, Refused
from data.trail.views import note_view
from forms.places import partnership_of

TOLD, CONFIRMED, SEEN = "told", "confirmed", "seen"
"""What `account.confirmation` says besides `WAITING`; empty where the rule asks for nothing."""

HOLDS_POWER = ("practitioner", "coordinator", "manager", "meeting_member", "administrator")
POWER = {"role", "area", "agency", "partnership", "identity_email", "identity_subject", "is_suspended"}
"""Columns of which a change gives somebody power, or gives it to somebody else."""

WHY = {
    "invited": "A new account",
    "changed": "Another role, area, agency or identity",
    "brought back": "Brought back after it was suspended",
    "first password": "A new first password was given",
}
"""By `account.confirmation_why`."""


def asked_for(work: Reading, account: Row, why: str) -> Row:
    """The columns to save with an account that gets power, in the same write. `account`: as it will stand."""
    if work.account.role == "operator" or account["role"] not in HOLDS_POWER:
        return {"confirmation": None, "confirmation_why": None, "confirmation_asked_by": None}
    second = _other_administrators(work, account) and why != "first password"
    return {
        "confirmation": WAITING if second else TOLD,
        "confirmation_why": why,
        "confirmation_asked_by": work.account.account_id,
    }


def _other_administrators(work: Reading, account: Row) -> list[str]:
    """Who could confirm it: administrators of the partnership at work, besides who asks and the account itself."""
    partnership = account["partnership"] or partnership_of(account["area"]).key
    found: list[str] = work.values(
        "SELECT account_id FROM account WHERE role = 'administrator' AND partnership = $1"
        " AND account_id <> $2 AND account_id <> $3",
        [partnership, work.account.account_id, account["account_id"]],
    )
    return [one for one in found if account_now(work.connection, one)]


def confirm(actor: Actor, account_id: str) -> None:
    """A second administrator lets the account in. Where no other is left to do so, who asked may, and managers are told."""
    with actor.writing() as work:
        check_can_keep_accounts(work)
        account = work.current(ACCOUNT, account_id)
        check_keeps(work, account)
        if account is None or account["confirmation"] != WAITING:
            raise Problems("This account does not wait for confirmation. Open it again to see how it stands.")
        is_own = account_id == work.account.account_id
        asked = account["confirmation_asked_by"] == work.account.account_id
        if is_own or (asked and _other_administrators(work, account)):
            raise Refused(
                "Another administrator must confirm: whoever made the account or changed it cannot.",
                "account confirmed",
                record_id=account_id,
            )
        changes = {"confirmation": TOLD if asked else CONFIRMED, "confirmed_by": work.account.account_id}
        event = Event("account confirmed", record_id=account_id, detail=account["role"])
        work.save(ACCOUNT, {"account_id": account_id, **changes}, event)


def accounts_told(actor: Actor) -> list[Row]:
    """For a manager: accounts that got power in their area, or an administrator's in their partnership, without a second
    administrator: account_id, name, role, agency, area, confirmation_why, by, recorded_at. The latest first. Audited."""
    with actor.writing() as work:
        check_has_role(work, "accounts told of", "manager")
        note_view(work, "accounts told of", None)
        return told_to(work)


def told_to(work: Reading) -> list[Row]:
    """The same for the home page: empty for everybody but managers."""
    if work.account.role != "manager":
        return []
    return work.rows(
        "SELECT a.account_id, a.name, a.role, a.agency, a.area, a.confirmation_why, b.name AS by, a.recorded_at"
        " FROM account a LEFT JOIN account b ON b.account_id = a.confirmation_asked_by WHERE a.confirmation = $1"
        " AND (a.area = $2 OR a.role = 'administrator' AND a.partnership = $3) AND a.account_id <> $4"
        " ORDER BY a.recorded_at DESC, a.account_id LIMIT 100",
        [TOLD, work.account.area, work.account.partnership_key, work.account.account_id],
    )


def to_confirm(work: Reading) -> list[Row]:
    """Accounts of the partnership that wait for this administrator, the longest first: account_id, name, role, by,
    recorded_at. Empty for everybody else."""
    if work.account.role != "administrator":
        return []
    own, parameters = accounts_kept(work, 2)
    rows = work.rows(
        "SELECT a.*, b.name AS by FROM account a LEFT JOIN account b ON b.account_id = a.confirmation_asked_by"
        f" WHERE a.confirmation = $1 AND {own} ORDER BY a.recorded_at, a.account_id LIMIT 100",
        [WAITING, *parameters],
    )
    me = work.account.account_id
    return [
        row
        for row in rows
        if me not in (row["account_id"], row["confirmation_asked_by"]) or not _other_administrators(work, row)
    ]


def say_seen(actor: Actor, account_id: str) -> None:
    """A manager has looked at it, and knows whom to ask if it is not right."""
    with actor.writing() as work:
        check_has_role(work, "account seen", "manager")
        if account_id not in {row["account_id"] for row in told_to(work)}:
            raise Problems("This account no longer waits to be looked at.")
        changes = {"account_id": account_id, "confirmation": SEEN, "confirmed_by": work.account.account_id}
        work.save(ACCOUNT, changes, Event("account seen by manager", record_id=account_id))
