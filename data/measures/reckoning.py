"""Working the figures out: each group of measures in one statement, folded into the breakdowns that the return prints.

The same rows that are counted can be opened to the children behind them, so a figure and its list cannot disagree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from data.actor import Reading
from data.measures import assessments, closures, nrm, oversight, rereferrals, stays
from data.measures.measure import TOTAL, Breakdown, Measure, Part, Scope
from forms.places import area_name

DEFINITIONS = "2026-11"
"""The version of the definitions. It changes when a figure would."""

MEASURES: tuple[Measure, ...] = (
    assessments.ASSESSMENTS,
    oversight.IN_OVERSIGHT,
    oversight.DEMOGRAPHY,
    closures.RISK_REDUCED,
    closures.TURNED_18,
    closures.NOT_ENGAGED,
    rereferrals.REREFERRALS,
    oversight.OVER_SIX_MONTHS,
    nrm.SUBMITTED,
)
"""Those that are figures, in the order of the return. Measure 3 is in `themes`."""


@dataclass(frozen=True)
class Source:
    """The rows that measures count, gathered by what their parts ask about before anything is added up."""

    name: str
    keys: tuple[str, ...]
    rows: str = ""
    """Where the keys are, when it is not the source itself."""
    derived: str = ""
    """Columns that follow from the keys."""

    @property
    def cells(self) -> str:
        """Like things counted once, so that each part adds up a few thousand rows and not all of them."""
        keys = ", ".join(("area", *self.keys))
        return f"""{self.name}_cells AS MATERIALIZED (
    SELECT gathered.*{"," if self.derived else ""} {self.derived}
    FROM (SELECT {keys}, count(*) AS things FROM {self.rows or self.name} GROUP BY {keys}) AS gathered
)"""


GROUPS: tuple[tuple[tuple[Source, ...], Callable[[Scope], str]], ...] = (
    ((Source("assessed", ("kind", "dated")),), assessments.source),
    (
        (
            Source("oversight", oversight.KEYS, "described", oversight.DERIVED),
            Source("closed", ("reason", "judgement", "discussed")),
        ),
        lambda scope: ",".join(
            (stays.source(scope, {"talks": "count(*)"}), oversight.source(scope), closures.SOURCE)
        ),
    ),
    ((Source("rereferred", ("stage",)),), rereferrals.source),
    ((Source("submitted", ("multi_agency",)),), nrm.source),
)
"""The sources that are worked out together, and the SQL that makes them."""


WITHHELD = -1
"""Stands in a copy for publication for a number that is not told. No measure counts below zero."""


@dataclass(frozen=True)
class Figure:
    area: str
    """The area's name, or "Total"."""
    measure: int
    breakdown: str
    value: int


@dataclass(frozen=True)
class Missing:
    """Something that the coordinator is asked to put right; its children are opened like those of a figure."""

    area: str
    measure: int
    breakdown: str
    count: int
    label: str
    """What is missing, beginning small, to stand before or after the number."""


@dataclass(frozen=True)
class Reckoned:
    figures: tuple[Figure, ...]
    missing: tuple[Missing, ...]


def measure(number: int) -> Measure:
    """Raises `KeyError`."""
    return {m.number: m for m in MEASURES}[number]


def reckon(work: Reading, scope: Scope) -> Reckoned:
    """Every figure of every area asked for, in their order, then Total; zeros included."""
    counts = _count(work, scope)
    names = {**{area: area_name(area) for area in scope.areas}, TOTAL: TOTAL}
    figures, missing = [], []
    for area, name in names.items():
        for m in MEASURES:
            for at, part in enumerate(m.parts):
                for b in part.breakdowns:
                    value = counts[m.number, at, area, b.of]
                    if not part.is_missing:
                        figures.append(Figure(name, m.number, b.name, value))
                    elif value:
                        missing.append(Missing(name, m.number, b.name, value, b.label))
    return Reckoned(tuple(figures), tuple(missing))


def children_behind(work: Reading, scope: Scope, number: int, breakdown: str) -> list[str]:
    """The ids of the children counted, each once. Raises `KeyError` for a figure that there is not."""
    m = measure(number)
    part, b = m.part_of(breakdown)
    in_area = f"area <> '{TOTAL}'" if len(scope.areas) == 1 or not m.each_child_once else f"area = '{TOTAL}'"
    conditions = " AND ".join(
        [f"({part.where})", in_area, *(f"{column} = '{value}'" for column, value in b.of)]
    )
    make = next(make for sources, make in GROUPS if m.source in {source.name for source in sources})
    return work.values(
        f"WITH {scope.records}{make(scope)} SELECT DISTINCT child_id FROM {m.source} WHERE {conditions}"
    )


Counted = Counter[tuple[str, str]]
"""Which things of a child an area counts for a measure: (part, values) → how many."""


def counted_of(work: Reading, scope: Scope, children: Sequence[str]) -> dict[tuple[str, int, str], Counted]:
    """(Area's key, measure, child) → what is counted, of these children; what is missing is not counted."""
    found: dict[tuple[str, int, str], Counted] = defaultdict(Counter)
    for sources, make in GROUPS:
        names = {source.name for source in sources}
        selects = " UNION ALL ".join(
            f"SELECT {m.number} AS measure, {at} AS part, area, child_id, {_columns(part)} FROM {m.source}"
            f" WHERE ({part.where}) AND area <> '{TOTAL}' AND child_id = ANY($1)"
            for m in MEASURES
            if m.source in names
            for at, part in enumerate(m.parts)
            if not part.is_missing
        )
        for row in work.rows(f"WITH {scope.records}{make(scope)} {selects}", [list(children)]):
            what = (str(row["part"]), f"{row['first']};{row['second']}")
            found[row["area"], row["measure"], row["child_id"]][what] += 1
    return dict(found)


def _columns(part: Part) -> str:
    first, second = (*part.columns, "CAST(NULL AS text)", "CAST(NULL AS text)")[:2]
    return f"{first} AS first, {second} AS second"


Count = Counter[tuple[int, int, str, tuple[tuple[str, str], ...]]]
"""Measure, part, area and (column, value) pairs → how many."""


def _count(work: Reading, scope: Scope) -> Count:
    counts: Count = Counter()
    for sources, make in GROUPS:
        names = {source.name for source in sources}
        parts = [(m, at, part) for m in MEASURES if m.source in names for at, part in enumerate(m.parts)]
        cells = ", ".join(source.cells for source in sources)
        selects = " UNION ALL ".join(_select(m, at, part) for m, at, part in parts)
        columns = {(m.number, at): part.columns for m, at, part in parts}
        once = {m.number for m, _, _ in parts if m.each_child_once}
        for row in work.rows(f"WITH {scope.records}{make(scope)}, {cells} {selects}"):
            key = row["measure"], row["part"]
            held = [
                (column, value)
                for column, value in zip(columns[key], (row["first"], row["second"]), strict=False)
                if value is not None
            ]
            areas = (row["area"],) if row["measure"] in once else (row["area"], TOTAL)
            for area in areas:
                for size in range(len(held) + 1):
                    for pairs in combinations(held, size):
                        counts[(*key, area, pairs)] += row["things"]
    return counts


def _select(m: Measure, at: int, part: Part) -> str:
    groups = ", ".join(("area", *part.columns))
    return (
        f"SELECT {m.number} AS measure, {at} AS part, area, {_columns(part)},"
        f" CAST(sum(things) AS bigint) AS things FROM {m.source}_cells WHERE {part.where} GROUP BY {groups}"
    )


def label(number: int, breakdown: str) -> str:
    return measure(number).part_of(breakdown)[1].label


def breakdowns(number: int) -> tuple[Breakdown, ...]:
    return measure(number).breakdowns
