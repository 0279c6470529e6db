"""Signing in and staying signed in: tickets and the sessions behind cookies. No screen, no cookie here; tries and the lock-out
are `data.sign_in.tries`.

Tokens and tickets are kept as hashes only: who reads the database cannot sign in with what they find.
"""

import os
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from data import clock
from data.accounts import Account, account_now
from data.actor import Actor, Writing
from data.database.audit import Event
from data.database.engine import Connection, Row
from data.database.records import ACCOUNT
from data.database.store import Store, Transaction
from data.sign_in import configured, passwords, tries
from data.sign_in.tries import NOWHERE, Source, digest

IDLE = timedelta(minutes=float(os.environ.get("MACE_IDLE_MINUTES", "30")))
LONGEST = timedelta(hours=float(os.environ.get("MACE_LONGEST_HOURS", "10")))
TICKET_LASTS = timedelta(seconds=60)
FIRST_PASSWORD_LASTS = timedelta(days=1)
SEEN_EVERY = timedelta(seconds=60)
ENDS_SESSIONS = (
    "role, agency, area, partnership, password_hash, password_changed_at, must_change_password, is_suspended"
)
"""Columns of `account`: a change of any of them ends its sessions."""
REFUSED = (
    "The user name or password is not right, or the account cannot be used. "
    "After five wrong tries, wait 15 minutes before the next."
)

ENDED = (
    "Your first password was given to you more than a day ago and no longer works. "
    "Ask your administrator for a new one."
)
"""Said only to who has the password."""

NOT_THE_OLD_ONE = (
    "Enter the password that you signed in with. After five wrong tries, wait 15 minutes before the next."
)

Check = Callable[[str, str], bool]
"""Whether a password is the one behind a hash; comes from the sign-in page."""


class SignInRefused(Exception):
    """One sentence for every reason, so that nobody learns which user names exist."""


class PasswordRefused(Exception):
    """Why the password was not changed, as a sentence for the person."""


def sign_in(
    store: Store, username: str, password: str, check_password: Check, source: Source = NOWHERE
) -> str:
    """A ticket for `redeem`, good once and for a minute. Raises `SignInRefused`, in the same time for every reason."""
    if not configured.passwords_open() or not passwords.can_be_hashed(password):
        raise SignInRefused(REFUSED)
    is_locked = tries.begin(store, username, source)
    with store.reading() as connection:
        row = connection.row("SELECT * FROM account WHERE lower(username) = $1", [username.strip().lower()])
    standing = row["password_hash"] if row else None
    is_right = check_password(password, standing or passwords.NOBODYS_HASH) and bool(standing)
    with store.writing() as transaction:
        account = account_now(transaction.connection, row["account_id"]) if row else None
        is_let_in = account and is_right and not is_locked
        is_over = bool(is_let_in and row and _has_ended(row))
        if account and is_let_in:
            tries.forget_from(transaction.connection, username, source)
            if not is_over:
                return new_ticket(transaction, account)
            ended = Event(
                "sign-in refused", detail="first password ended" + tries.said_from(source.address, ", ")
            )
            transaction.note(account.account_id, account.role, ended)
        else:
            why = "locked" if is_locked else "wrong password" if account else "no such account"
            who = (account.account_id, account.role) if account else ("nobody", "none")
            event = Event("sign-in refused", detail=why + tries.said_from(source.address, ", "))
            tries.note_failure(transaction, username, who, event, is_locked, source)
    raise SignInRefused(ENDED if is_over else REFUSED)


def _has_ended(account: Row) -> bool:
    """Whether this is a first password, which somebody else knows too, and was given too long ago."""
    given_at = account["password_changed_at"]
    return bool(
        account["must_change_password"] and given_at and clock.now() - given_at > FIRST_PASSWORD_LASTS
    )


def redeem(store: Store, ticket: str, token: str, known_browser: str = "", address: str = "") -> str:
    """Open the session that `token` (a new cookie) stands for. Gives the cookie by which the browser is known from now on
    (`known_browser`: the one it has); "" when the ticket is used, old or unknown. The audit keeps from which network
    `address`."""
    at = clock.now()
    with store.writing() as transaction:
        connection = transaction.connection
        row = connection.row("SELECT * FROM ticket WHERE ticket_hash = $1", [digest(ticket)])
        if row is None or row["used_at"] or at - row["made_at"] > TICKET_LASTS:
            return ""
        account = account_now(connection, row["account_id"])
        if account is None or _changed_since(connection, account, row["made_at"]):
            return ""
        connection.run("UPDATE ticket SET used_at = $1 WHERE ticket_hash = $2", [at, row["ticket_hash"]])
        connection.insert(
            "session",
            {"token_hash": digest(token), "account_id": account.account_id, "opened_at": at, "seen_at": at},
        )
        transaction.note(
            account.account_id, account.role, Event("signed in", detail=tries.said_from(address) or None)
        )
        return tries.remember_browser(transaction, account, known_browser)


def account_behind(store: Store, token: str) -> Account | None:
    """Who is signed in with this cookie, as their account stands now; None when nobody is, or no longer.

    A session belongs to the account as it was when the session opened: a later password, role, agency, area or
    suspension ends it, as sign-out, idle time and its longest time do.
    """
    if not token:
        return None
    at = clock.now()
    with store.reading() as connection:
        session = connection.row(
            "SELECT * FROM session WHERE token_hash = $1 AND ended_at IS NULL", [digest(token)]
        )
        if session is None:
            return None
        account = account_now(connection, session["account_id"])
        why = _why_over(connection, session, account, at)
    if why:
        _end(store, [session["token_hash"]], session["account_id"], why, at)
        return None
    if at - session["seen_at"] > SEEN_EVERY:
        with store.writing() as transaction:
            transaction.connection.run(
                "UPDATE session SET seen_at = $1 WHERE token_hash = $2", [at, session["token_hash"]]
            )
    return account


def are_of_one_person(store: Store, before: str, after: str) -> bool:
    """Whether the same account was or is signed in with both cookies, and did not sign out with the first."""
    with store.reading() as connection:
        return bool(
            connection.value(
                "SELECT count(*) FROM session AS one JOIN session AS other ON other.account_id = one.account_id"
                " WHERE one.token_hash = $1 AND other.token_hash = $2"
                " AND coalesce(one.ended_why, '') NOT IN ('signed out', 'signed out everywhere')",
                [digest(before), digest(after)],
            )
        )


def why_ended(store: Store, token: str) -> str:
    """Why the session of this cookie ended, in the words of the audit; "" when it has not, or never was."""
    with store.reading() as connection:
        why = connection.value("SELECT ended_why FROM session WHERE token_hash = $1", [digest(token)])
    return why or ""


def longest_until(store: Store, token: str) -> datetime | None:
    """When the session of this cookie ends, however busy; None when there is none."""
    with store.reading() as connection:
        opened_at = connection.value(
            "SELECT opened_at FROM session WHERE token_hash = $1 AND ended_at IS NULL", [digest(token)]
        )
    return opened_at + LONGEST if opened_at else None


def sign_out(store: Store, token: str, everywhere: bool = False) -> None:
    """End the session of this cookie, or with `everywhere` all sessions of its account."""
    account = account_behind(store, token)
    if account is None:
        return
    ended = [digest(token)]
    if everywhere:
        with store.reading() as connection:
            ended = connection.values(
                "SELECT token_hash FROM session WHERE account_id = $1 AND ended_at IS NULL",
                [account.account_id],
            )
    _end(
        store, ended, account.account_id, "signed out everywhere" if everywhere else "signed out", clock.now()
    )


def change_password(
    store: Store, token: str, old: str, new: str, check_password: Check, source: Source = NOWHERE
) -> str:
    """A ticket for the session that follows: the change ends every session of the account, this one too. Wrong tries wait
    as at the door, by the same `source`: a stranger's guesses at the name keep nobody from changing their password.

    Raises `PasswordRefused` with the sentence to show.
    """
    account = account_behind(store, token)
    if account is None:
        raise PasswordRefused("You have been signed out. Sign in again.")
    problem = passwords.problem_with(new, account.username)
    if problem:
        raise PasswordRefused(problem)
    with store.reading() as connection:
        standing = connection.value(
            "SELECT password_hash FROM account WHERE account_id = $1", [account.account_id]
        )
    # Whoever finds the screen unattended tries no more passwords here than at the door.
    is_locked = tries.begin(store, account.username, source)
    is_right = bool(standing) and passwords.can_be_hashed(old) and check_password(old, standing)
    with store.writing() as transaction:
        if is_right and not is_locked:
            tries.forget_from(transaction.connection, account.username, source)
        else:
            why = "locked" if is_locked else "wrong password"
            who = (account.account_id, account.role)
            event = Event("password not changed", detail=why)
            tries.note_failure(transaction, account.username, who, event, is_locked, source)
    if is_locked or not is_right:
        raise PasswordRefused(NOT_THE_OLD_ONE)
    if new == old:
        raise PasswordRefused("Enter a new password that differs from the old one.")
    changes: Row = {
        "account_id": account.account_id,
        "password_hash": passwords.hashed(new),
        "must_change_password": False,
    }
    with Actor(store, account.account_id).writing() as writing:
        changes["password_changed_at"] = writing.at
        writing.save(ACCOUNT, changes, Event("password changed", record_id=account.account_id))
    with store.writing() as transaction:
        return new_ticket(transaction, account)


def end_all(work: Writing, account_id: str, why: str) -> None:
    """End every session of an account and the tickets for new ones, within a write that says who did."""
    work.connection.run(
        "UPDATE session SET ended_at = $1, ended_why = $2 WHERE account_id = $3 AND ended_at IS NULL",
        [work.at, why, account_id],
    )
    work.connection.run(
        "UPDATE ticket SET used_at = $1 WHERE account_id = $2 AND used_at IS NULL", [work.at, account_id]
    )
    tries.forget_browsers(work.connection, account_id)


def end_everybody(connection: Connection, at: datetime, why: str) -> None:
    """End every session and every ticket: those a restored backup brings back were perhaps ended since."""
    connection.run("UPDATE session SET ended_at = $1, ended_why = $2 WHERE ended_at IS NULL", [at, why])
    connection.run("UPDATE ticket SET used_at = $1 WHERE used_at IS NULL", [at])


def new_ticket(transaction: Transaction, account: Account) -> str:
    ticket = secrets.token_urlsafe(32)
    at = clock.now()
    transaction.connection.run("DELETE FROM ticket WHERE made_at < $1", [at - timedelta(days=1)])
    transaction.connection.insert(
        "ticket", {"ticket_hash": digest(ticket), "account_id": account.account_id, "made_at": at}
    )
    return ticket


def _why_over(connection: Connection, session: Row, account: Account | None, at: datetime) -> str | None:
    if account is None:
        return "suspended"
    if _changed_since(connection, account, session["opened_at"]):
        return "account changed"
    if at - session["seen_at"] > IDLE:
        return "idle"
    if at - session["opened_at"] > LONGEST:
        return "longest time"
    return None


def _changed_since(connection: Connection, account: Account, instant: datetime) -> bool:
    """Whether what the account may do or its password changed since, if only for a moment; a telephone number may."""
    return bool(
        account.recorded_at
        and account.recorded_at > instant
        and connection.value(
            f"SELECT count(*) > 1 FROM (SELECT DISTINCT {ENDS_SESSIONS} FROM account_history WHERE account_id = $2"
            " AND revision >= (SELECT coalesce(max(revision), 0) FROM account_history WHERE account_id = $2"
            " AND recorded_at <= $1)) AS differing",
            [instant, account.account_id],
        )
    )


def _end(store: Store, token_hashes: list[str], account_id: str, why: str, at: datetime) -> None:
    with store.writing() as transaction:
        account = account_now(transaction.connection, account_id)
        for token_hash in token_hashes:
            transaction.connection.run(
                "UPDATE session SET ended_at = $1, ended_why = $2 WHERE token_hash = $3 AND ended_at IS NULL",
                [at, why, token_hash],
            )
        transaction.note(account_id, account.role if account else "none", Event("sign-in ended", detail=why))
