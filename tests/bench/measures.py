"""How long the ten measures take over a nation's records, against the bare scan of their columns and against pandas."""

from __future__ import annotations

import tempfile
from pathlib import Path

from data.actor import Actor, Reading
from data.database.store import open_store
from data.measures.measure import TOTAL, Scope
from data.measures.reckoning import reckon
from data.measures.themes import themes
from data.quarters import Quarter
from forms.places import PARTNERSHIPS, area_name
from tests.bench import national_cohort
from tests.bench.in_pandas import COLUMNS, Found, Frames, Reckoning
from tests.bench.in_turn import bare_scan, frame, in_turn

SCOPE = Scope(Quarter.of(national_cohort.AS_OF), PARTNERSHIPS[0].areas, PARTNERSHIPS[0])


def ratios(children: int = 100_000) -> dict[str, float]:
    """The aims: at most 4 bare scans, at least 5 times as fast as pandas. The figures of both are compared first."""
    with tempfile.TemporaryDirectory(prefix="mace-bench-") as folder:
        address = str(Path(folder) / "mace.duckdb")
        with open_store(address) as store:
            national_cohort.fill(store, children)
        with open_store(address) as store:
            return _measured(Actor(store, "operator", PARTNERSHIPS[0].key))


def _measured(actor: Actor) -> dict[str, float]:
    def ten(work: Reading) -> Found:
        figures = reckon(work, SCOPE).figures
        themes(work, SCOPE)
        return {(f.area, f.measure, f.breakdown): f.value for f in figures if f.value}

    def pandas_reads(work: Reading) -> Frames:
        return {table: frame(work, table, columns) for table, columns in COLUMNS.items()}

    with actor.reading() as work:
        frames = pandas_reads(work)
        by_tool, by_pandas = ten(work), Reckoning(frames, SCOPE).all().found
    names = {area: area_name(area) for area in SCOPE.areas} | {TOTAL: TOTAL}
    if by_tool != {(names[area], m, b): int(n) for (area, m, b), n in by_pandas.items() if n}:
        raise AssertionError("the tool and pandas do not get the same figures")
    tool, scan = in_turn(actor, ten, lambda work: bare_scan(work, COLUMNS))
    in_pandas, reading = in_turn(actor, lambda _: Reckoning(frames, SCOPE).all(), pandas_reads, times=1)
    return {
        "ten_measures_against_bare_scan": tool / scan,
        "pandas_against_ten_measures": in_pandas / tool,
        "pandas_with_its_reading_against_ten_measures": (in_pandas + reading) / tool,
    }
