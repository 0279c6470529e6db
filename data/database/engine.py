"""The thin seam between our SQL and the two engines. Portable SQL with `$1` parameters goes in, dicts come out.

Nothing here knows a table. Drivers' messages quote values, so they never leave this layer.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

Row = dict[str, Any]

FEW = 20  # rows: a longer answer is a list for a screen, which nothing asks for twice
PATIENCE = 60  # seconds a writer waits for those before it
BUSY = "The database is busy with a long write. Try again in a minute."


class Clash(Exception):
    """Somebody else saved the same thing first. Nothing of ours was stored: read again, then decide."""


class DatabaseUnavailable(Exception):
    """The database cannot be opened or has gone; the message is for the person who runs the tool."""


class DiskFull(DatabaseUnavailable):
    """Nothing of this write was stored, and everything before it is safe. Writes go on once there is room."""


class StatementFailed(Exception):
    """The engine refused a statement: a fault of ours. Says what kind of fault, never what was in the statement."""


class Connection(ABC):
    """One operation's own connection, inside a transaction.

    After a statement has failed the transaction is lost, whatever the caller made of the exception.
    """

    def __init__(self) -> None:
        self._failed = False
        self._told: dict[tuple[str, str], list[Row]] = {}

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        self._told.clear()
        with self._our_errors():
            self._run(sql, parameters)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """One rule asks what another has asked: within a transaction that does not write in between the answer is the
        same, and is not asked for twice. What is remembered ends with the transaction or its next write."""
        asked = (sql, repr(parameters))
        found = self._told.get(asked)
        if found is None:
            with self._our_errors():
                found = self._rows(sql, parameters)
            if len(found) > FEW or any(isinstance(value, list) for row in found for value in row.values()):
                return found  # a list in a row would be one and the same in every answer
            self._told[asked] = found
        return [dict(row) for row in found]

    def bulk(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Insert many rows at once, far faster than one by one."""
        self._told.clear()
        if rows:
            with self._our_errors():
                self._bulk(table, columns, rows)

    def commit(self) -> None:
        """Make it last. What is not committed when the transaction is left is undone."""
        if self._failed:
            # PostgreSQL answers COMMIT with a silent ROLLBACK here: nobody may take that for "saved".
            raise StatementFailed("committed after a failed statement")
        with self._our_errors():
            self._commit()

    @abstractmethod
    def _run(self, sql: str, parameters: Sequence[Any]) -> None: ...

    @abstractmethod
    def _rows(self, sql: str, parameters: Sequence[Any]) -> list[Row]: ...

    @abstractmethod
    def _bulk(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None: ...

    @abstractmethod
    def _commit(self) -> None: ...

    @abstractmethod
    def _our_error(self, error: Exception) -> Exception:
        """The same as one of the three errors above, without the values that drivers quote."""

    @contextmanager
    def _our_errors(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self._failed = True
            raise self._our_error(error) from None

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        return next(iter(self.rows(sql, parameters)), None)

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        row = self.row(sql, parameters)
        return None if row is None else next(iter(row.values()))

    def values(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        return [next(iter(row.values())) for row in self.rows(sql, parameters)]

    def insert(self, table: str, record: Row, *, replacing: str | None = None) -> None:
        """Insert one record; with `replacing`, the row of that key column is replaced when it exists."""
        if not replacing:  # wide tables are mostly empty, and every column named costs time
            record = {column: value for column, value in record.items() if value is not None}
        columns = list(record)
        marks = ", ".join(f"${i}" for i in range(1, len(columns) + 1))
        sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
        if replacing:
            changed = ", ".join(f"{c} = excluded.{c}" for c in columns if c != replacing)
            sql += f" ON CONFLICT ({replacing}) DO UPDATE SET {changed}"
        self.run(sql, list(record.values()))


class Engine(ABC):
    name: str
    keeps_indexes: bool
    is_our_table: str
    """In SQL, of a row of `information_schema`."""
    is_only_writer: bool
    """True when no other process can write, so what was written last may be remembered."""

    def __init__(self) -> None:
        self._writers = threading.Lock()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Writers of this process queue here, before they take anything that readers could use."""
        if not self._writers.acquire(timeout=PATIENCE):
            raise DatabaseUnavailable(BUSY)
        try:
            yield
        finally:
            self._writers.release()

    @abstractmethod
    def reading(self) -> AbstractContextManager[Connection]:
        """A consistent view that cannot write."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction to `commit`, one writer at a time: what it read still holds then. Raises `Clash`."""

    def columns(self) -> dict[str, dict[str, str]]:
        """The tables that exist: name → column → type."""
        found: dict[str, dict[str, str]] = {}
        with self.reading() as connection:
            for row in connection.rows(
                "SELECT table_name, column_name, data_type FROM information_schema.columns"
                f" WHERE {self.is_our_table}"
            ):
                found.setdefault(row["table_name"], {})[row["column_name"]] = type_name(row["data_type"])
        return found

    def check_it_can_write(self) -> None:  # noqa: B027  (PostgreSQL's disk is watched where it runs)
        """Raises `DatabaseUnavailable` when the next write would fail, as far as that can be told without one."""

    @abstractmethod
    def close(self) -> None: ...

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        with self.writing() as connection:
            yield connection
            connection.commit()

    def settle(self) -> None:  # noqa: B027  (most engines have nothing to do)
        """Make what was written cheap to open again, where the engine needs telling."""


def type_name(column_type: str) -> str:
    """Our column types in the words of both engines' catalogues, to compare what is with what should be."""
    kind = column_type.lower()
    return {
        "text": "text", "varchar": "text", "character varying": "text",
        "date": "date", "boolean": "boolean", "integer": "integer", "bigint": "bigint",
        "timestamptz": "timestamptz", "timestamp with time zone": "timestamptz",
        "text[]": "text[]", "varchar[]": "text[]", "array": "text[]",
        "double precision": "double precision", "double": "double precision",
    }.get(kind, kind)  # fmt: skip


def in_columns(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> dict[str, list[Any]]:
    turned: dict[str, list[Any]] = {column: [] for column in columns}
    for row in rows:
        for column, value in zip(columns, row, strict=True):
            turned[column].append(value)
    return turned
