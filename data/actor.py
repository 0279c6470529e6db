"""Who asks, and the only way to read or write: as an account, taken anew from the database in the same transaction."""

from __future__ import annotations

import datetime
import getpass
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from data import clock
from data.accounts import OPERATOR_ID, Account, account_now, operator
from data.database.audit import Event
from data.database.engine import Clash, Connection, Row
from data.database.store import Store, Transaction
from data.database.table import RecordTable, Table
from data.redaction import MARK, NOT_STORED, Redaction, redaction_for
from data.refusal import Problems, Refused
from forms.pasted_text import cleaned
from forms.places import PARTNERSHIPS

TOLD_OF = "match viewed"
"""What the audit calls it when somebody is told that a child is known whom they may not open: a view like others, so that who
tries many names, or their own, stands out."""


IS_ANOTHER_POST = " OR ".join(
    f"h.{column} IS DISTINCT FROM b.{column}" for column in ("role", "agency", "area")
)
"""Of revision `h` of an account and `b`, the one before: did it change what the person is there for?"""

EVER = datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC)
"""Before anything was recorded."""


class Reading:
    """A consistent view, and the account that looks."""

    def __init__(self, connection: Connection, account: Account) -> None:
        self.connection = connection
        self.account = account
        self._redaction: Redaction | None = None
        self._is_as_stored = False

    @property
    def redaction(self) -> Redaction:
        """What this account is not given of protected addresses (`data.redaction`)."""
        if self._redaction is None:
            self._redaction = redaction_for(self.connection, self.account)
        return self._redaction

    @contextmanager
    def as_stored(self) -> Iterator[None]:
        """For work that copies or compares what is stored, and gives none of it to anybody: nothing is taken out."""
        was, self._is_as_stored = self._is_as_stored, True
        try:
            yield
        finally:
            self._is_as_stored = was

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        found = self.connection.rows(sql, parameters)
        return found if self._is_as_stored else self.redaction.rows(found)

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        return next(iter(self.rows(sql, parameters)), None)

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        row = self.row(sql, parameters)
        return None if row is None else next(iter(row.values()))

    def values(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        return [next(iter(row.values())) for row in self.rows(sql, parameters)]

    @cached_property
    def in_post_since(self) -> datetime.datetime:
        """Since when the account has had its role, agency and area; `EVER` when it never had others. What the person was
        given, wrote or was invited to before that belonged to another post, and opens nothing any more."""
        changed: datetime.datetime | None = self.value(
            "SELECT max(h.recorded_at) FROM account_history h JOIN account_history b"
            " ON b.account_id = h.account_id AND b.revision = h.revision - 1 WHERE h.account_id = $1"
            f" AND ({IS_ANOTHER_POST})",
            [self.account.account_id],
        )
        return changed or EVER

    def current(self, table: RecordTable, record_id: str) -> Row | None:
        return self.row(f"SELECT * FROM {table.name} WHERE {table.id_column} = $1", [record_id])

    def revisions(self, table: RecordTable, record_id: str) -> list[Row]:
        """Every revision of a record, oldest first."""
        return self.rows(
            f"SELECT * FROM {table.history.name} WHERE {table.id_column} = $1 ORDER BY revision", [record_id]
        )


class Writing(Reading):
    """A write in progress. Every write names its audit event, so one without a trace cannot be expressed."""

    def __init__(self, transaction: Transaction, account: Account) -> None:
        super().__init__(transaction.connection, account)
        self._transaction = transaction
        self.at = clock.now()

    def note(self, event: Event) -> None:
        """Record something that happened besides what was written: a view, a file sent out."""
        self._transaction.note(self.account.account_id, self.account.role, event)

    def save(
        self,
        table: RecordTable,
        changes: Row,
        event: Event,
        *,
        seen_revision: int | None = None,
        why: str | None = None,
    ) -> Row:
        """Add a revision: `changes` on top of the record as it stands (a new record when there is none).

        With `seen_revision` the write is refused with `Clash` when somebody saved since. Gives the new record.
        """
        record_id = changes[table.id_column]
        _check_is_whole(changes)
        with self.as_stored():
            standing = self.current(table, record_id)
        if seen_revision is not None and seen_revision != (standing["revision"] if standing else 0):
            raise Clash
        record = {**(standing or dict.fromkeys(table.columns)), **_as_typed(changes)}
        record |= {
            "revision": (standing["revision"] if standing else 0) + 1,
            "recorded_at": self.at,
            "recorded_by": self.account.account_id,
            "change_reason": cleaned(why) if why else why,
        }
        record = table.with_derived(record)
        self.connection.insert(table.history.name, record)
        self.connection.insert(table.name, record, replacing=table.id_column if standing else None)
        self.note(event)
        return record

    def add(self, table: Table, record: Row, event: Event) -> None:
        """Append to a table that is not made of revisions."""
        _check_is_whole(record)
        self.connection.insert(table.name, record)
        self.note(event)

    def save_new(self, table: RecordTable, records: Sequence[Row], event_of: Callable[[Row], Event]) -> None:
        """Many new records at once, first revisions all. A record may bring its own `recorded_at` and `recorded_by`."""
        for record in records:
            _check_is_whole(record)
        columns = list(table.columns)
        standard = {"revision": 1, "recorded_at": self.at, "recorded_by": self.account.account_id}
        whole = [table.with_derived({**standard, **_as_typed(record)}) for record in records]
        rows = [[record.get(column) for column in columns] for record in whole]
        self.connection.bulk(table.history.name, columns, rows)
        self.connection.bulk(table.name, columns, rows)
        for record in records:
            self.note(event_of(record))

    def add_many(self, table: Table, records: Sequence[Row], event: Event) -> None:
        for record in records:
            _check_is_whole(record)
        columns = list(table.columns)
        self.connection.bulk(
            table.name, columns, [[record.get(column) for column in columns] for record in records]
        )
        self.note(event)


def _as_typed(record: Row) -> Row:
    """What people typed, by whatever way it came: with its line breaks and without characters that nobody sees."""
    return {name: cleaned(value) if isinstance(value, str) else value for name, value in record.items()}


def _check_is_whole(record: Row) -> None:
    """What was taken out on the way to an account is never written over what is stored."""
    if any(isinstance(value, str) and MARK in value for value in record.values()):
        raise Problems(NOT_STORED)


P = ParamSpec("P")
R = TypeVar("R")
W = TypeVar("W", bound=Reading)


def as_stored(work_on: Callable[Concatenate[W, P], R]) -> Callable[Concatenate[W, P], R]:
    """Of a function that takes a `Reading` or `Writing` first: see `Reading.as_stored`."""

    @wraps(work_on)
    def on_what_is_stored(work: W, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with work.as_stored():
            return work_on(work, *args, **kwargs)

    return on_what_is_stored


@dataclass(frozen=True)
class Actor:
    """An account at work on a store. Pages make one anew for every run and callback."""

    store: Store
    account_id: str
    partnership_key: str = PARTNERSHIPS[0].key
    """Used for the operator only; an account brings its own."""

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        try:
            with self.store.reading() as connection:
                yield Reading(connection, self._account(connection))
        except Refused as refused:
            self._note_refusal(refused)
            raise

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        try:
            with self.store.writing() as transaction:
                yield Writing(transaction, self._account(transaction.connection))
        except Refused as refused:
            self._note_refusal(refused)
            raise
        except Problems as problems:
            if problems.notes:
                self._note(problems.notes)
            raise

    def _account(self, connection: Connection) -> Account:
        if self.account_id == OPERATOR_ID:
            return operator(self.partnership_key)
        account = account_now(connection, self.account_id)
        if account is None:
            raise Refused("Your account is not active. Ask your administrator.", "account used")
        return account

    def _note_refusal(self, refused: Refused) -> None:
        if refused.is_noted or self.store.is_writing_here():
            return  # refused inside a write of this thread: that write ends first, then notes it
        refused.is_noted = True
        with self.store.writing() as transaction:
            account = (
                None
                if self.account_id == OPERATOR_ID
                else account_now(transaction.connection, self.account_id)
            )
            role = account.role if account else "none"
            event = Event("refused: " + refused.action, refused.child_id, refused.record_id)
            transaction.note(self.account_id, role, event)

    def _note(self, events: Sequence[Event]) -> None:
        with self.writing() as work:
            for event in events:
                work.note(event)


def system_user() -> str:
    """The name of the system's user, for the audit of commands."""
    return getpass.getuser()
