"""The open database: which engine, where, and the transactions in which everything else works."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from data.clock import now
from data.database import audit, head_file
from data.database.checkpoint import recover_unless_in_use
from data.database.engine import Connection, Engine
from data.database.engine_duckdb import DuckDBEngine
from data.database.head_file import EntriesMissing, HeadFile, Loss
from data.database.keys import key_of, refuse_for_postgres
from data.database.opening import as_said_of
from data.database.private_copy import private_copy as copied
from data.database.schema import HEAD_KEPT, bring_up_to_date, refuse_newer

DEFAULT = "var/mace.duckdb"


class Store:
    """One per process. Give it to `data.actor.Actor` with the account that asks."""

    def __init__(
        self,
        engine: Engine,
        chain_key: bytes,
        when_closed: Callable[[], None] = lambda: None,
        head: HeadFile | None = None,
        loss: Loss | None = None,
    ) -> None:
        self.engine = engine
        self.head = head
        """Kept beside an embedded database that is written to here."""
        self.loss = loss
        """What is missing of a database that was opened despite it."""
        self._chain_key = chain_key
        self._when_closed = when_closed
        self._last_link: audit.Link | None = None
        self._here = threading.local()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self.engine.reading() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction that ends with its audit entries. Raises `data.database.engine.Clash`; then nothing was stored."""
        if self.is_writing_here():
            raise RuntimeError("a write inside a write would wait for itself: pass the outer one on")
        self._here.is_writing = True
        try:
            with self.engine.writing() as connection:
                transaction = Transaction(connection, self._chain_key)
                yield transaction
                last = self._last_link
                if transaction.pending:
                    if last is None or not self.engine.is_only_writer:
                        last = audit.last_link(connection)
                    last = transaction.write_audit(last)
                connection.commit()
                self._last_link = last  # while no other thread can write
                if self.head and last and transaction.pending:
                    self.head.write(last)
        finally:
            self._here.is_writing = False

    @property
    def chain_key(self) -> bytes:
        """For verifying the audit trail; writing it is the transaction's."""
        return self._chain_key

    def is_writing_here(self) -> bool:
        """Whether this thread is in the middle of a write."""
        return getattr(self._here, "is_writing", False)

    def close(self) -> None:
        self.engine.close()
        self._when_closed()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Transaction:
    """A write in progress: the connection, and what the audit will say of it."""

    def __init__(self, connection: Connection, chain_key: bytes) -> None:
        self.connection = connection
        self.pending: list[tuple[str, str, audit.Event]] = []
        self._chain_key = chain_key

    def note(self, account_id: str, role: str, event: audit.Event) -> None:
        self.pending.append((account_id, role, event))

    def write_audit(self, last: audit.Link) -> audit.Link:
        happened_at = now()
        who = {(account_id, role) for account_id, role, _ in self.pending}
        if len(who) == 1:
            account_id, role = next(iter(who))
            events = [event for _, _, event in self.pending]
            return audit.append(self.connection, self._chain_key, last, events, account_id, role, happened_at)
        for account_id, role, event in self.pending:
            last = audit.append(
                self.connection, self._chain_key, last, [event], account_id, role, happened_at
            )
        return last


def open_store(
    address: str | None = None, *, private_copy: bool = False, despite_loss: bool = False
) -> Store:
    """Open the database at `address` (a file, or `postgresql://…`; else MACE_DATABASE, else var/mace.duckdb).

    Creates or widens its tables. With `private_copy`, for commands that only read while the tool may be running:
    a copy of the file as it stands, gone when the store is closed, so that what is written to it is lost; PostgreSQL
    needs none and is opened as ever. Raises `data.database.engine.DatabaseUnavailable`: `EntriesMissing` for a database
    that lost what was committed to it, unless `despite_loss`; then the store's `loss` says what.
    """
    address = address or os.environ.get("MACE_DATABASE") or DEFAULT
    if is_postgres(address):
        from data.database.engine_postgres import PostgresEngine

        refuse_for_postgres()
        return _ready(PostgresEngine(address), None, None, despite_loss=despite_loss)
    database = Path(address).absolute()
    key = key_of(database)
    if private_copy:
        return _opened_copy(database, key, despite_loss=despite_loss)
    engine = DuckDBEngine(database, key)
    return _ready(engine, database, head_file.read(database), despite_loss=despite_loss, keeps_head=True)


def is_postgres(address: str) -> bool:
    return address.startswith(("postgresql://", "postgres://"))


def _opened_copy(database: Path, key: str | None, *, despite_loss: bool) -> Store:
    recover_unless_in_use(database, key)
    found = head_file.read(database)
    with ExitStack() as stack:
        copy = stack.enter_context(copied(database))
        with as_said_of(database):
            engine = DuckDBEngine(copy, key, is_private_copy=True)
        when_closed = stack.pop_all().close
        return _ready(engine, database, found, despite_loss=despite_loss, when_closed=when_closed)


def _ready(
    engine: Engine,
    beside: Path | None,
    found: bytes | None,
    *,
    despite_loss: bool,
    keeps_head: bool = False,
    when_closed: Callable[[], None] = lambda: None,
) -> Store:
    """`found`: what the head file of the database held before it was opened or copied."""
    try:
        refuse_newer(engine)
        last = _last_link(engine)
        is_new = last.seq == 0 and not head_file.names_an_entry(found)
        key = audit.chain_key(beside, may_make=is_new)
        loss = None if is_new else _loss(engine, beside, found, key)
        if loss and not despite_loss:
            raise EntriesMissing(loss.sentence)
        head = HeadFile(beside, key) if beside and keeps_head and not loss else None
        if head:
            head.begin(last)  # before the table that says that there is one
        bring_up_to_date(engine)
        return Store(engine, key, when_closed, head, loss)
    except BaseException:
        engine.close()
        when_closed()
        raise


def _last_link(engine: Engine) -> audit.Link:
    if audit.AUDIT.name not in engine.columns():
        return audit.BEGINNING
    with engine.reading() as connection:
        return audit.last_link(connection)


def refuse_loss(engine: Engine, database: Path, found: bytes | None, key: bytes | None) -> None:
    """Raises `EntriesMissing` when what `engine` has open, the database or a copy of it, holds less than was committed."""
    if loss := _loss(engine, database, found, key):
        raise EntriesMissing(loss.sentence)


def _loss(engine: Engine, beside: Path | None, found: bytes | None, key: bytes | None) -> Loss | None:
    is_expected = HEAD_KEPT.name in engine.columns()
    with engine.reading() as connection:
        if beside is None:  # PostgreSQL does not lose the end of its log unsaid, and has no such file
            return head_file.another_key(connection, key or b"")
        return head_file.loss(connection, beside, found, key, is_expected=is_expected)


_opening = threading.Lock()
_open: list[Store] = []


def the_store() -> Store:
    """This process's own store, opened at first use."""
    with _opening:
        if not _open:
            _open.append(open_store())
        return _open[0]
