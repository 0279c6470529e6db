"""DuckDB, the embedded default. One process owns the file; each operation has a fresh cursor; writers queue.

See docs/decisions/ for why there are no secondary indexes and no automatic checkpoints.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import pyarrow

from data.database.checkpoint import guarded_checkpoint, recover
from data.database.engine import (
    Clash,
    Connection,
    DatabaseUnavailable,
    DiskFull,
    Engine,
    Row,
    StatementFailed,
    in_columns,
)
from data.database.head_file import refuse_an_empty_beginning
from data.database.opening import Damaged, is_damage, opened
from data.database.ownership import Ownership
from data.database.private_copy import log_of

log = logging.getLogger(__name__)

EVERY = 60 * 60  # seconds between checkpoints
LARGE_LOG = 16 * 1024 * 1024  # bytes; 20,000 commits took four seconds to replay at start
ROOM = 1024 * 1024  # bytes that must fit beside the database for the tool to be ready: many times one save
LOOK_EVERY = 30  # seconds
FEW_VALUES = 100  # one statement of so many took 0.6 ms where making a frame of them took 2.5 ms

BROKEN = (
    duckdb.FatalException,
    duckdb.InternalException,
    duckdb.IOException,
    duckdb.ConnectionException,
    duckdb.OutOfMemoryException,
)

FULL = "The disk of the database is full: this was not saved, and what was saved before is safe. Make room on the disk."


class DuckDBConnection(Connection):
    def __init__(self, cursor: duckdb.DuckDBPyConnection, path: Path) -> None:
        super().__init__()
        self._cursor = cursor
        self._path = path

    def _run(self, sql: str, parameters: Sequence[Any]) -> None:
        self._cursor.execute(sql, list(parameters))

    def _rows(self, sql: str, parameters: Sequence[Any]) -> list[Row]:
        self._cursor.execute(sql, list(parameters))
        names = [column[0] for column in self._cursor.description or ()]
        return [dict(zip(names, values, strict=True)) for values in self._cursor.fetchall()]

    def _bulk(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        names = ", ".join(columns)
        if len(rows) * len(columns) <= FEW_VALUES:
            marks = (f"${at}" for at in range(1, len(rows) * len(columns) + 1))
            each = ", ".join(f"({', '.join(islice(marks, len(columns)))})" for _ in rows)
            self._run(
                f"INSERT INTO {table} ({names}) VALUES {each}", [value for row in rows for value in row]
            )
            return
        self._cursor.register("incoming", pyarrow.table(in_columns(columns, rows)))
        try:
            self._cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM incoming")
        finally:
            self._cursor.unregister("incoming")

    def _commit(self) -> None:
        self._cursor.execute("COMMIT")

    def _our_error(self, error: Exception) -> Exception:
        if isinstance(error, duckdb.ConstraintException | duckdb.TransactionException) and (
            "duplicate key" in str(error).lower() or "conflict" in str(error).lower()
        ):
            return Clash()
        if is_damage(error):
            return Damaged(self._path)
        if "Could not write file" in str(error):
            return DiskFull(FULL)
        if isinstance(error, BROKEN):
            return DatabaseUnavailable(
                "The database has stopped. Check the disk's space and restart the tool."
            )
        return StatementFailed(type(error).__name__)


class DuckDBEngine(Engine):
    name = "duckdb"
    keeps_indexes = False
    is_our_table = "table_catalog = 'mace'"
    is_only_writer = True

    def __init__(self, path: Path, key: str | None = None, *, is_private_copy: bool = False) -> None:
        super().__init__()
        # DuckDB makes its files with the process's mask, the log anew after each checkpoint: for the owner only.
        os.umask(0o077)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.key = key
        self._is_private_copy = is_private_copy
        self._broken = ""
        self._closing = threading.Event()
        self._ownership = Ownership(path)
        try:
            if not is_private_copy:
                recover(path, key)
                refuse_an_empty_beginning(path)
            self._root = opened(path, key)
        except BaseException:
            self._ownership.release()
            raise
        self._settled_at = time.monotonic()
        if not is_private_copy:
            threading.Thread(target=self._settle_now_and_then, name="checkpoints", daemon=True).start()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        try:
            cursor = self._root.cursor()
            cursor.execute("USE mace")
        except duckdb.Error:
            raise DatabaseUnavailable("The database is closed or has stopped. Restart the tool.") from None
        return cursor

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        """A cursor of one's own, in a transaction that is undone at its end unless it was committed."""
        cursor = self._cursor()
        try:
            cursor.execute(begin)
            yield DuckDBConnection(cursor, self.path)
        finally:
            with suppress(duckdb.Error):
                cursor.execute("ROLLBACK")
            cursor.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._transaction("BEGIN TRANSACTION READ ONLY") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with self._alone():
            if self._broken:
                raise DatabaseUnavailable(self._broken)
            with self._transaction("BEGIN TRANSACTION") as connection:
                yield connection

    def check_it_can_write(self) -> None:
        if self._broken:
            raise DatabaseUnavailable(self._broken)
        room = self.path.with_name(self.path.name + ".room")
        try:
            room.write_bytes(bytes(ROOM))
        except OSError:
            raise DiskFull("The disk of the database is full, or cannot be written to.") from None
        finally:
            with suppress(OSError):
                room.unlink()

    def settle(self) -> None:
        """A guarded checkpoint: writers wait, readers go on. When it cannot be had now, it is tried again soon."""
        if self._is_private_copy:
            return
        with self._writers:
            if self._broken or self._closing.is_set():
                return
            try:
                if guarded_checkpoint(self.path, self.key, self._checkpoint):
                    self._settled_at = time.monotonic()
            except DatabaseUnavailable as unavailable:
                self._broken = str(unavailable)
                log.critical("%s", unavailable)

    def _checkpoint(self) -> None:
        cursor = self._cursor()
        try:
            cursor.execute("CHECKPOINT mace")
        finally:
            cursor.close()

    def _settle_now_and_then(self) -> None:
        while not self._closing.wait(LOOK_EVERY):
            try:
                waiting = log_of(self.path).stat().st_size
            except FileNotFoundError:
                continue  # nothing was written since the last checkpoint
            if waiting > LARGE_LOG or time.monotonic() - self._settled_at > EVERY:
                self.settle()

    def close(self) -> None:
        self._closing.set()
        with self._writers:
            self._root.close()
            self._ownership.release()
