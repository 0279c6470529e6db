"""PostgreSQL, for when one machine is not enough. The same SQL; writers queue on an advisory lock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import errors
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool, PoolTimeout

from data.database.engine import (
    BUSY,
    PATIENCE,
    Clash,
    Connection,
    DatabaseUnavailable,
    Engine,
    Row,
    StatementFailed,
)

WRITERS = 7_310_001  # the advisory lock that every writing transaction holds to its end

# A replica that hangs in the middle of a write, or is cut off, must not keep all others waiting for ever.
SETTINGS = f"-c timezone=UTC -c lock_timeout={PATIENCE}s -c idle_in_transaction_session_timeout=300s"
ANSWERS_WITHIN = 15  # seconds

GONE = "The PostgreSQL database does not answer. Check that it runs, and the address in MACE_DATABASE."


class PostgresConnection(Connection):
    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        super().__init__()
        self._connection = connection

    def _run(self, sql: str, parameters: Sequence[Any]) -> None:
        with psycopg.RawCursor(self._connection) as cursor:
            cursor.execute(sql, list(parameters) or None)

    def _rows(self, sql: str, parameters: Sequence[Any]) -> list[Row]:
        with psycopg.RawCursor(self._connection, row_factory=dict_row) as cursor:
            cursor.execute(sql, list(parameters) or None)
            return cursor.fetchall() if cursor.description else []

    def _bulk(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        with (
            self._connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)

    def _commit(self) -> None:
        self._connection.commit()

    def _our_error(self, error: Exception) -> Exception:
        return _our_error(error)


def _our_error(error: Exception) -> Exception:
    if isinstance(error, errors.UniqueViolation | errors.SerializationFailure | errors.DeadlockDetected):
        return Clash()
    if isinstance(error, errors.LockNotAvailable | PoolTimeout):
        return DatabaseUnavailable(BUSY)
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return DatabaseUnavailable(GONE)
    return StatementFailed(type(error).__name__)


class PostgresEngine(Engine):
    name = "postgres"
    keeps_indexes = True
    is_our_table = "table_schema = current_schema()"
    is_only_writer = False

    def __init__(self, address: str) -> None:
        super().__init__()
        self._pool = ConnectionPool(
            address,
            min_size=1,
            max_size=16,
            open=False,
            timeout=ANSWERS_WITHIN,
            kwargs={"options": SETTINGS, "connect_timeout": 10},
            check=ConnectionPool.check_connection,  # a connection that died while idle is replaced, not handed out
        )
        try:
            self._pool.open(wait=True, timeout=ANSWERS_WITHIN)
        except psycopg.Error:
            self._pool.close()
            raise DatabaseUnavailable(GONE) from None

    @contextmanager
    def _transaction(self, first: str) -> Iterator[Connection]:
        """A connection of one's own, in a transaction that is undone at its end unless it was committed."""
        try:
            connection = self._pool.getconn()
        except psycopg.Error as error:
            raise _our_error(error) from None
        try:
            ours = PostgresConnection(connection)
            ours.run(first)
            yield ours
        finally:
            try:
                connection.rollback()
            except psycopg.Error:
                connection.close()
            self._pool.putconn(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._transaction("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with self._alone(), self._transaction(f"SELECT pg_advisory_xact_lock({WRITERS})") as connection:
            yield connection

    def close(self) -> None:
        self._pool.close()
