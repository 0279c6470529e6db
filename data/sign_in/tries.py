"""Tries of a password, and what slows wrong ones down: at the door, and where a password is changed.

A browser in which the account signed in before is counted by itself, so that nobody's guesses keep its owner out; see
docs/decisions/guessing-slows-down.md. A user name is kept as its hash only: among the names that are tried, somebody's
password may be one.
"""

from __future__ import annotations

import hashlib
import ipaddress
import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from data import clock
from data.accounts import Account
from data.database.audit import Event
from data.database.engine import Connection, Row
from data.database.store import Store, Transaction
from data.sign_in.pace import network_of

LOCKED_FOR = timedelta(minutes=float(os.environ.get("MACE_LOCKED_MINUTES", "15")))
TRIES = 5
"""Wrong ones after which the next from the same place must wait for `LOCKED_FOR`."""
SLOWED_NAME, SLOWED_NETWORK = 10, 50
"""Wrong ones within `LOCKED_FOR`, for one name from everywhere and for all names from one network, after which each further
one has to wait: one second, then two, four …"""
LONGEST_WAIT = timedelta(minutes=1)
BROWSER_REMEMBERED = timedelta(days=90)


@dataclass(frozen=True)
class Source:
    """Where a try comes from: the network address, and the cookie of a browser in which somebody signed in before."""

    address: str = ""
    known_browser: str = ""


NOWHERE = Source()


def said_from(address: str, before: str = "") -> str:
    """For the audit: the network address, where it is known. What is no address is not repeated."""
    try:
        return f"{before}from {ipaddress.ip_address(address)}"
    except ValueError:
        return ""


def begin(store: Store, username: str, source: Source = NOWHERE) -> bool:
    """Whether this try has to wait. If not, it counts as a failure until it has succeeded, so that many at once get no
    further than one by one."""
    with store.writing() as transaction:
        waits = must_wait(transaction.connection, username, source)
        if not waits:
            _count_failure(transaction.connection, username, source)
    return waits


def note_failure(
    transaction: Transaction,
    username: str,
    who: tuple[str, str],
    event: Event,
    had_to_wait: bool,
    source: Source = NOWHERE,
) -> None:
    """`who`: account id and role. That the next one has to wait is an entry of its own."""
    transaction.note(*who, event)
    if not had_to_wait and must_wait(transaction.connection, username, source):
        transaction.note(*who, Event("sign-in locked"))


def must_wait(connection: Connection, username: str, source: Source = NOWHERE) -> bool:
    """Tries that had to wait do not count, so nobody can keep somebody else out for ever."""
    at = clock.now()
    browser = _browser_of(connection, username, source)
    of_name = _failures(connection, "username_hash", _name(username), at)
    if browser:
        return _is_locked([row for row in of_name if row["browser_hash"] == browser], at)
    of_strangers = [row for row in of_name if not row["browser_hash"]]
    network = network_of(source.address)
    of_network = _failures(connection, "network", network, at) if network else []
    return (
        _is_locked([row for row in of_strangers if (row["network"] or "") == network], at)
        or _is_slowed(of_strangers, SLOWED_NAME, at)
        or _is_slowed([row for row in of_network if not row["browser_hash"]], SLOWED_NETWORK, at)
    )


def is_locked(connection: Connection, username: str) -> bool:
    """Whether somebody who tries this name has to wait, from whichever place the wrong tries came."""
    at = clock.now()
    failures = _failures(connection, "username_hash", _name(username), at)
    places = {(row["browser_hash"], row["network"]) for row in failures}
    return any(
        _is_locked([row for row in failures if (row["browser_hash"], row["network"]) == place], at)
        for place in places
    ) or _is_slowed([row for row in failures if not row["browser_hash"]], SLOWED_NAME, at)


def forget(connection: Connection, username: str) -> None:
    """All wrong tries of a name, within a write that says who let them be forgotten."""
    connection.run("DELETE FROM sign_in_failure WHERE username_hash = $1", [_name(username)])


def forget_from(connection: Connection, username: str, source: Source = NOWHERE) -> None:
    """After a right password: those from where it came. Somebody else's guesses go on counting."""
    browser = _browser_of(connection, username, source)
    connection.run(
        "DELETE FROM sign_in_failure WHERE username_hash = $1 AND coalesce(browser_hash, '') = $2"
        " AND ($2 <> '' OR coalesce(network, '') = $3)",
        [_name(username), browser, network_of(source.address)],
    )


def remember_browser(transaction: Transaction, account: Account, known_browser: str) -> str:
    """The cookie by which this browser is known from now on: the one it has, if it is one of ours, else a new one."""
    connection, at = transaction.connection, clock.now()
    connection.run("DELETE FROM known_browser WHERE signed_in_at < $1", [at - BROWSER_REMEMBERED])
    is_ours = connection.value(
        "SELECT count(*) FROM known_browser WHERE browser_hash = $1", [digest(known_browser)]
    )
    kept = known_browser if is_ours else secrets.token_urlsafe(32)
    mine = [digest(kept), account.account_id]
    connection.run("DELETE FROM known_browser WHERE browser_hash = $1 AND account_id = $2", mine)
    connection.insert("known_browser", {"browser_hash": mine[0], "account_id": mine[1], "signed_in_at": at})
    return kept


def forget_browsers(connection: Connection, account_id: str) -> None:
    connection.run("DELETE FROM known_browser WHERE account_id = $1", [account_id])


def _browser_of(connection: Connection, username: str, source: Source) -> str:
    """The hash of the browser's cookie if the account of this name signed in there before; else empty."""
    browser = digest(source.known_browser)
    is_known = source.known_browser and connection.value(
        "SELECT count(*) FROM known_browser AS known JOIN account ON account.account_id = known.account_id"
        " WHERE known.browser_hash = $1 AND lower(account.username) = $2 AND known.signed_in_at >= $3",
        [browser, username.strip().lower(), clock.now() - BROWSER_REMEMBERED],
    )
    return browser if is_known else ""


def _failures(connection: Connection, column: str, value: str, at: datetime) -> list[Row]:
    """Those that may still count, the latest first."""
    return connection.rows(
        f"SELECT failed_at, browser_hash, network FROM sign_in_failure WHERE {column} = $1 AND failed_at > $2"
        " ORDER BY failed_at DESC",
        [value, at - 2 * LOCKED_FOR],
    )


def _is_locked(failures: list[Row], at: datetime) -> bool:
    """The last tries all failed, close together, and the last of them lately."""
    last = [row["failed_at"] for row in failures[:TRIES]]
    return len(last) == TRIES and last[0] - last[-1] <= LOCKED_FOR and at - last[0] < LOCKED_FOR


def _is_slowed(failures: list[Row], free: int, at: datetime) -> bool:
    lately = [row["failed_at"] for row in failures if at - row["failed_at"] < LOCKED_FOR]
    over = len(lately) - free
    wait = min(timedelta(seconds=2 ** min(over, 10)), LONGEST_WAIT)
    return over >= 0 and at - lately[0] < wait


def _count_failure(connection: Connection, username: str, source: Source) -> None:
    at = clock.now()
    connection.run("DELETE FROM sign_in_failure WHERE failed_at < $1", [at - timedelta(days=1)])
    connection.insert(
        "sign_in_failure",
        {
            "failure_id": clock.new_id(), "username_hash": _name(username), "failed_at": at,
            "browser_hash": _browser_of(connection, username, source) or None,
            "network": network_of(source.address) or None,
        },
    )  # fmt: skip


def _name(username: str) -> str:
    return digest(username.strip().lower())


def digest(word: str) -> str:
    """What is kept of a random word that opens something."""
    return hashlib.sha256(word.encode("utf-8", "surrogatepass")).hexdigest()
