"""Who asks, and the only way to read or write: as an account, taken anew from the database in the same transaction."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from data import clock
from data.accounts import OPERATOR_ID, Account, account_now, operator
from data.database.audit import Event
from data.database.engine import Clash, Connection, Row
from data.database.store import Store, Transaction
from data.database.table import RecordTable, Table
from data.refusal import Problems, Refused
from forms.pasted_text import cleaned
from forms.places import PARTNERSHIPS

TOLD_OF = "match viewed"
"""What the audit calls it when somebody is told that a child is known whom they may not open: a view like others, so that who
tries many names, or their own, stands out."""


class Reading:
    """A consistent view, and the account that looks."""

    def __init__(self, connection: Connection, account: Account) -> None:
        self.connection = connection
        self.account = account
        self.row, self.rows = connection.row, connection.rows
        self.value, self.values = connection.value, connection.values

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
        self.connection.insert(table.history.name, record)
        self.connection.insert(table.name, record, replacing=table.id_column if standing else None)
        self.note(event)
        return record

    def add(self, table: Table, record: Row, event: Event) -> None:
        """Append to a table that is not made of revisions."""
        self.connection.insert(table.name, record)
        self.note(event)

    def save_new(self, table: RecordTable, records: Sequence[Row], event_of: Callable[[Row], Event]) -> None:
        """Many new records at once, first revisions all. A record may bring its own `recorded_at` and `recorded_by`."""
        columns = list(table.columns)
        standard = {"revision": 1, "recorded_at": self.at, "recorded_by": self.account.account_id}
        rows = [[{**standard, **_as_typed(record)}.get(column) for column in columns] for record in records]
        self.connection.bulk(table.history.name, columns, rows)
        self.connection.bulk(table.name, columns, rows)
        for record in records:
            self.note(event_of(record))

    def add_many(self, table: Table, records: Sequence[Row], event: Event) -> None:
        columns = list(table.columns)
        self.connection.bulk(
            table.name, columns, [[record.get(column) for column in columns] for record in records]
        )
        self.note(event)


def _as_typed(record: Row) -> Row:
    """What people typed, by whatever way it came: with its line breaks and without characters that nobody sees."""
    return {name: cleaned(value) if isinstance(value, str) else value for name, value in record.items()}


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
            if problems.told_of:
                self._note_told(problems.told_of)
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

    def _note_told(self, child_ids: Sequence[str]) -> None:
        with self.writing() as work:
            for child_id in child_ids:
                work.note(Event(TOLD_OF, child_id))


def system_user() -> str:
    """The name of the system's user, for the audit of commands."""
    return getpass.getuser()
