"""What is measured on records, in turns, and the plain ways to read them beside it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from data.actor import Actor, Reading
from data.database.engine_duckdb import DuckDBConnection

Columns = Mapping[str, Sequence[str]]
"""Table → its columns."""


def in_turn(actor: Actor, *measured: Callable[[Reading], Any], times: int = 7) -> list[float]:
    """The median seconds of each, taken by turns, so that whatever else the machine does meets all of them. Each turn reads in a
    transaction of its own, as a page does: within one, what was asked before is remembered."""
    seconds = [[_seconds(actor, one) for one in measured] for _ in range(times)]
    return [statistics.median(one) for one in zip(*seconds, strict=True)]


def _seconds(actor: Actor, one: Callable[[Reading], Any]) -> float:
    with actor.reading() as work:
        began = time.perf_counter()
        one(work)
        return time.perf_counter() - began


def bare_scan(work: Reading, asked: Columns) -> None:
    """Look at every value of these columns, and do nothing with it but keep the greatest."""
    for table, columns in asked.items():
        work.rows(f"SELECT {', '.join(f'max({column})' for column in columns)} FROM {table}")


def pandas_reads(work: Reading, asked: Columns) -> None:
    """By the fastest way that there is into pandas, without counting anything yet."""
    assert isinstance(work.connection, DuckDBConnection)
    for table, columns in asked.items():
        work.connection._cursor.execute(f"SELECT {', '.join(columns)} FROM {table}").df()


def frame(work: Reading, table: str, columns: list[str]) -> pd.DataFrame:
    """With dates as pandas counts with them."""
    found = pd.DataFrame(work.rows(f"SELECT {', '.join(columns)} FROM {table}"), columns=columns)
    for column in columns:
        if column.endswith(("_on", "_date", "date_of_birth")):
            found[column] = pd.to_datetime(found[column])
    return found
