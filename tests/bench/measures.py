"""How long the ten measures take over a nation's records, against the bare scan of their columns and against pandas."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from data.actor import Actor, Reading
from data.database.store import open_store
from data.measures.measure import TOTAL, Scope
from data.measures.reckoning import reckon
from data.measures.themes import themes
from data.quarters import Quarter
from forms.places import PARTNERSHIPS, area_name
from tests.bench import national_cohort
from tests.bench.in_pandas import COLUMNS, Found, Frames, Reckoning

SCOPE = Scope(Quarter.of(national_cohort.AS_OF), PARTNERSHIPS[0].areas, PARTNERSHIPS[0])


def ratios(children: int = 100_000) -> dict[str, float]:
    """The aims: at most 4 bare scans, at least 5 times as fast as pandas. The figures of both are compared first."""
    with tempfile.TemporaryDirectory(prefix="mace-bench-") as folder:
        address = str(Path(folder) / "mace.duckdb")
        with open_store(address) as store:
            national_cohort.fill(store, children)
        with open_store(address) as store, Actor(store, "operator", PARTNERSHIPS[0].key).reading() as work:
            return _measured(work)


def _measured(work: Reading) -> dict[str, float]:
    def ten() -> Found:
        figures = reckon(work, SCOPE).figures
        themes(work, SCOPE)
        return {(f.area, f.measure, f.breakdown): f.value for f in figures if f.value}

    def pandas_reads() -> Frames:
        return {table: _frame(work, table, columns) for table, columns in COLUMNS.items()}

    frames = pandas_reads()
    by_tool, by_pandas = ten(), Reckoning(frames, SCOPE).all().found
    names = {area: area_name(area) for area in SCOPE.areas} | {TOTAL: TOTAL}
    if by_tool != {(names[area], m, b): int(n) for (area, m, b), n in by_pandas.items() if n}:
        raise AssertionError("the tool and pandas do not get the same figures")
    tool, scan = _in_turn(ten, lambda: _scan(work))
    in_pandas = _seconds(lambda: Reckoning(frames, SCOPE).all())
    reading = _seconds(pandas_reads)
    return {
        "ten_measures_against_bare_scan": tool / scan,
        "pandas_against_ten_measures": in_pandas / tool,
        "pandas_with_its_reading_against_ten_measures": (in_pandas + reading) / tool,
    }


def _scan(work: Reading) -> None:
    """Look at every value of every column that the measures need, and do nothing with it but keep the greatest."""
    for table, columns in COLUMNS.items():
        work.rows(f"SELECT {', '.join(f'max({column})' for column in columns)} FROM {table}")


def _frame(work: Reading, table: str, columns: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(work.rows(f"SELECT {', '.join(columns)} FROM {table}"), columns=columns)
    for column in columns:
        if column.endswith(("_on", "_date", "date_of_birth")):
            frame[column] = pd.to_datetime(frame[column])
    return frame


def _in_turn(*measured: Callable[[], Any], times: int = 7) -> list[float]:
    """The median seconds of each, taken by turns, so that whatever else the machine does meets all of them."""
    seconds = [[_seconds(one) for one in measured] for _ in range(times)]
    return [statistics.median(one) for one in zip(*seconds, strict=True)]


def _seconds(one: Callable[[], Any]) -> float:
    began = time.perf_counter()
    one()
    return time.perf_counter() - began
