"""Signing in by the organisation's sign-in service: from its word to an account, and to the same ticket as a password's.

No account is ever made here. An administrator enters who a person is at the service; from then on everything is as with
a password: the ticket, the session, its end, the audit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from data import clock
from data.accounts import Account, account_now
from data.actor import Actor
from data.database.audit import Event
from data.database.engine import Clash, Row
from data.database.records import ACCOUNT
from data.database.store import Store
from data.refusal import Refused
from data.sign_in import provider, sessions
from data.sign_in.configured import Service, passwords_open, the_service
from data.sign_in.provider import NotProven, Proven
from data.sign_in.tries import digest

ANSWERED_WITHIN = timedelta(minutes=10)
SENTENCES = {
    "again": "Signing in did not work. Try again. If it still does not, tell your administrator.",
    "refused": "You cannot use this tool with that account. Ask your administrator.",
    "often": "Many people are signing in from where you are. Wait a minute, then try again.",
}
"""One for whatever went wrong on the way, one for every reason that lies in the account, one for `data.sign_in.pace`."""


class NotSignedIn(Exception):
    """`which` is a key of `SENTENCES`. Why is in the audit trail only."""

    def __init__(self, which: str) -> None:
        super().__init__(SENTENCES[which])
        self.which = which


@dataclass(frozen=True)
class SignedIn:
    ticket: str
    going_to: str
    """Where in this tool they were going."""


def begin(store: Store, browser: str, going_to: str) -> str:
    """The address of the service's page. `browser` is the cookie of whoever asks; only it may bring the answer.
    Raises `NotSignedIn`."""
    if not browser:
        raise NotSignedIn("again")
    try:
        address, asked = provider.ask(_service())
    except NotProven as why:
        raise _refusal(store, "again", str(why)) from None
    at = clock.now()
    with store.writing() as transaction:
        connection = transaction.connection
        connection.run("DELETE FROM sign_in_question WHERE asked_at < $1", [at - ANSWERED_WITHIN])
        connection.insert(
            "sign_in_question",
            {
                "state_hash": digest(asked.state), "browser_hash": digest(browser),
                "nonce": asked.nonce, "verifier": asked.verifier, "going_to": within(going_to), "asked_at": at,
            },
        )  # fmt: skip
    return address


def finish(store: Store, browser: str, state: str, code: str) -> SignedIn:
    """A ticket for `sessions.redeem`. A question is answered once, in the browser that asked. Raises `NotSignedIn`."""
    service = _service()
    question = _taken(store, browser, state)
    if question is None or not code:
        raise _refusal(store, "again", "no code" if question else "not asked in this browser")
    try:
        proven = provider.prove(service, code, question["nonce"], question["verifier"])
    except NotProven as why:
        raise _refusal(store, "again", str(why)) from None
    account = _account_of(store, proven)
    with store.writing() as transaction:
        transaction.note(
            account.account_id,
            account.role,
            Event("identity proven", detail=f"sign-in service: {proven.subject}"),
        )
        return SignedIn(sessions.new_ticket(transaction, account), question["going_to"])


def is_left_too(account: Account) -> bool:
    """Whether who signs out here goes on to the service, to sign out there: where that is set, and the account came by it."""
    service = the_service()
    return bool(service and service.signs_out and not (account.has_password and passwords_open()))


def leave() -> str:
    """Where to sign out of the service as well; the first page of this tool where it has no such address or does not answer."""
    try:
        return provider.leave(_service()) or "/"
    except (NotProven, NotSignedIn):
        return "/"


def within(address: str) -> str:
    """An address of this tool's own, or its first page: nobody is sent elsewhere by a link they followed here, nor back to
    sign in again and again."""
    return address if re.fullmatch(r"/(?!/|oidc/)[A-Za-z0-9_\-./?=&%]*", address) else "/"


def _service() -> Service:
    service = the_service()
    if service is None:
        raise NotSignedIn("again")
    return service


def _taken(store: Store, browser: str, state: str) -> Row | None:
    mine = [digest(state), digest(browser)]
    with store.writing() as transaction:
        question = transaction.connection.row(
            "SELECT * FROM sign_in_question WHERE state_hash = $1 AND browser_hash = $2", mine
        )
        transaction.connection.run(
            "DELETE FROM sign_in_question WHERE state_hash = $1 AND browser_hash = $2", mine
        )
    return question if question and clock.now() - question["asked_at"] <= ANSWERED_WITHIN else None


def _account_of(store: Store, proven: Proven) -> Account:
    """By the identifier; by a verified email address only while the account has no identifier yet."""
    with store.reading() as connection:
        found = connection.rows(
            "SELECT * FROM account WHERE identity_issuer = $1 AND identity_subject = $2",
            [proven.issuer, proven.subject],
        )
        if not found and proven.email:
            found = connection.rows(
                "SELECT * FROM account WHERE lower(identity_email) = $1 AND identity_subject IS NULL",
                [proven.email],
            )
        account = account_now(connection, found[0]["account_id"]) if len(found) == 1 else None
    if account is None:
        who = (found[0]["account_id"], found[0]["role"]) if len(found) == 1 else ("nobody", "none")
        raise _refusal(store, "refused", "suspended" if len(found) == 1 else "no such identity", *who)
    try:
        _settle(store, found[0], proven)
    except (Clash, Refused):
        raise _refusal(store, "again", "account changed", account.account_id, account.role) from None
    return account


def _settle(store: Store, account: Row, proven: Proven) -> None:
    """At the first sign-in the account is bound to the identifier; and a first password, which somebody else knows and
    its owner no longer needs, opens nothing any more."""
    changes: Row = {}
    if account["identity_subject"] is None:
        changes |= {"identity_issuer": proven.issuer, "identity_subject": proven.subject}
    if account["must_change_password"]:
        changes |= {"password_hash": None, "must_change_password": False}
    if changes:
        happened = "identity bound" if "identity_subject" in changes else "first password withdrawn"
        with Actor(store, account["account_id"]).writing() as work:
            work.save(
                ACCOUNT,
                {"account_id": account["account_id"], **changes},
                Event(happened, record_id=account["account_id"], detail=",".join(changes)),
                seen_revision=account["revision"],
            )


def _refusal(
    store: Store, which: str, why: str, account_id: str = "nobody", role: str = "none"
) -> NotSignedIn:
    with store.writing() as transaction:
        transaction.note(account_id, role, Event("sign-in refused", detail=f"sign-in service: {why}"))
    return NotSignedIn(which)
