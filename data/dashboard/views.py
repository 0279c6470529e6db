"""The views of the dashboard, in their order: a page computes the one that it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from data.actor import Reading
from data.dashboard import (
    areas,
    away,
    change,
    due,
    flow,
    follow,
    glance,
    people,
    places,
    quality,
    rates,
    seen,
)
from data.dashboard.asked import Asked
from data.dashboard.cut import Cut
from data.dashboard.section import Section


@dataclass(frozen=True)
class View:
    key: str
    title: str
    cuts: Callable[[Asked], dict[str, Cut]]
    """The figures that open to the children behind them, by the names they have in an address."""
    read: Callable[[Reading, Asked], Iterator[Section]]
    needs_areas: bool = False
    """Compares areas, so it is for those who see several."""
    cut_named: Callable[[str], Cut | None] = lambda name: None
    """A figure whose name holds an id, so that it is in no list of `cuts`."""


VIEWS = (
    View("glance", "At a glance", glance.cuts, glance.read),
    View("areas", "Areas side by side", areas.cuts, areas.read, needs_areas=True),
    View("flow", "Coming and going", flow.cuts, flow.read),
    View("due", "Reviews and actions", due.cuts, due.read),
    View("follow", "Following through", follow.cuts, follow.read),
    View("seen", "What is seen", seen.cuts, seen.read),
    View("away", "Missing and school", away.cuts, away.read),
    View("places", "Places of concern", places.cuts, places.read, cut_named=places.cut_named),
    View("people", "Who they are", people.cuts, people.read),
    View("rates", "Rates", rates.cuts, rates.read),
    View("change", "Before and after", change.cuts, change.read),
    View("quality", "Quality and equity", quality.cuts, quality.read),
)


def views_for(areas_seen: tuple[str, ...]) -> tuple[View, ...]:
    return tuple(view for view in VIEWS if len(areas_seen) > 1 or not view.needs_areas)


def find_cut(asked: Asked, name: str) -> Cut | None:
    """The cut of this name in any view; the same name means the same everywhere."""
    return next((cut for view in VIEWS if (cut := view.cuts(asked).get(name) or view.cut_named(name))), None)
