"""Changing the database behind the tool's back, as somebody would who has the file or the server but not the key; and the
clock, which is told."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import duckdb
import psycopg


def tamper(address: str, *statements: str) -> None:
    """Run statements on a closed database. `statements` speak of the table `audit`."""
    if address.startswith("postgresql://"):
        with psycopg.connect(address, autocommit=True) as server:
            for statement in statements:
                server.execute(statement.encode())
    else:
        with duckdb.connect(address) as file:
            for statement in statements:
                file.execute(statement)


@contextmanager
def at_time(instant: datetime.datetime) -> Iterator[None]:
    """What is written meanwhile happens at this moment."""
    with patch("data.database.store.now", lambda: instant), patch("data.clock.now", lambda: instant):
        yield
