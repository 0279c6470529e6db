"""Tries of a password, and the lock after five wrong ones: at the door, and where a password is changed.

A user name is kept as its hash only: among the names that are tried, somebody's password may be one.
"""

from __future__ import annotations

import hashlib
import os
from datetime import timedelta

from data import clock
from data.database.audit import Event
from data.database.engine import Connection
from data.database.store import Store, Transaction

LOCKED_FOR = timedelta(minutes=float(os.environ.get("MACE_LOCKED_MINUTES", "15")))
TRIES = 5


def begin(store: Store, username: str) -> bool:
    """Whether the name is locked. If not, the try counts as a failure until it has succeeded, so that many at once get no
    further than one by one."""
    with store.writing() as transaction:
        locked = is_locked(transaction.connection, username)
        if not locked:
            _count_failure(transaction.connection, _name(username))
    return locked


def note_failure(
    transaction: Transaction, username: str, who: tuple[str, str], event: Event, was_locked: bool
) -> None:
    """`who`: account id and role. That it locked the name is an entry of its own."""
    transaction.note(*who, event)
    if not was_locked and is_locked(transaction.connection, username):
        transaction.note(*who, Event("sign-in locked"))


def is_locked(connection: Connection, username: str) -> bool:
    """The last tries all failed, close together, and the last of them lately. Tries while locked do not count, so
    nobody can keep somebody else out for ever."""
    failed = connection.values(
        f"SELECT failed_at FROM sign_in_failure WHERE username_hash = $1 ORDER BY failed_at DESC LIMIT {TRIES}",
        [_name(username)],
    )
    return (
        len(failed) == TRIES and failed[0] - failed[-1] <= LOCKED_FOR and clock.now() - failed[0] < LOCKED_FOR
    )


def _count_failure(connection: Connection, name: str) -> None:
    at = clock.now()
    connection.run("DELETE FROM sign_in_failure WHERE failed_at < $1", [at - timedelta(days=1)])
    connection.insert(
        "sign_in_failure", {"failure_id": clock.new_id(), "username_hash": name, "failed_at": at}
    )


def forget(connection: Connection, username: str) -> None:
    """After a right password; or within a write that says who let the wrong ones be forgotten."""
    connection.run("DELETE FROM sign_in_failure WHERE username_hash = $1", [_name(username)])


def _name(username: str) -> str:
    return digest(username.strip().lower())


def digest(word: str) -> str:
    """What is kept of a random word that opens something."""
    return hashlib.sha256(word.encode("utf-8", "surrogatepass")).hexdigest()
