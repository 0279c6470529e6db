"""Reading a measure's figure in one line, for the histories in this folder. "2026-27 Q1" is 1 April to 30 June 2026."""

from __future__ import annotations

from datetime import date

from data.database.store import Store
from data.measures.measure import Scope
from data.measures.reckoning import children_behind, reckon
from data.measures.themes import Theme, themes
from data.quarters import Quarter
from forms.places import PARTNERSHIPS
from tests.factories import the_operator

QUARTER = Quarter.parse("2026-27 Q1")
FIRST, LAST = date(2026, 4, 1), date(2026, 6, 30)
MERSEYSIDE = PARTNERSHIPS[0]


def scope(*areas: str) -> Scope:
    return Scope(QUARTER, areas or MERSEYSIDE.areas, MERSEYSIDE)


def figures(store: Store, measure: int, area: str = "Liverpool") -> dict[str, int]:
    """Breakdown → value, those that are not zero; and what is missing, as it can be opened."""
    with the_operator(store).reading() as work:
        reckoned = reckon(work, scope())
    found = {f.breakdown: f.value for f in reckoned.figures if (f.area, f.measure) == (area, measure)}
    found |= {m.breakdown: m.count for m in reckoned.missing if (m.area, m.measure) == (area, measure)}
    return {breakdown: value for breakdown, value in found.items() if value}


def figure(store: Store, measure: int, breakdown: str = "total", area: str = "Liverpool") -> int:
    return figures(store, measure, area).get(breakdown, 0)


def children(store: Store, measure: int, breakdown: str = "total", *areas: str) -> set[str]:
    with the_operator(store).reading() as work:
        return set(children_behind(work, scope(*areas), measure, breakdown))


def all_themes(store: Store, area: str = "Liverpool", **how: bool) -> list[Theme]:
    with the_operator(store).reading() as work:
        return [theme for theme in themes(work, scope(), **how) if theme.area == area]
