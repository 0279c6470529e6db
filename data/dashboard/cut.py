"""A cut: some of the children (or episodes) of the cohort. How many there are is a figure, who they are is the list behind it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from data.actor import Reading
from data.dashboard.asked import Asked, months_before
from data.dashboard.past import as_it_stood
from data.dashboard.section import Count
from data.dashboard.standing import spells, standing


@dataclass(frozen=True)
class Need:
    """Further columns that a condition asks: one row at most for each child (or episode), joined under this name."""

    name: str
    rows: Callable[[Asked], str]
    """Common table expressions, the last of them called `name`; they may ask whatever stands before."""
    by: str = "child_id"


STANDING, SPELL = "standing", "spell"

LOOKS_BACK = 24
"""Months of closed episodes among the rows of `spell`: a year, and the year before to compare it with."""


@dataclass(frozen=True)
class Cut:
    words: str
    condition: str
    """On the rows of `of`."""
    sentence: str = ""
    """How it is counted, where the words alone do not say it."""
    needs: tuple[Need, ...] = ()
    of: str = STANDING


Cuts = Mapping[str, Cut]


def _rows(
    asked: Asked,
    of: str,
    *more: str,
    since: datetime.date | None = None,
    asks: str,
    by_area: bool = False,
) -> str:
    """`WITH …`: the rows, and what may be asked beside them. `since`: how far back closed episodes matter. `asks`: the SQL that
    follows, so that only what it names is worked out. `by_area`: children stand in each area too, and not only in the total."""
    asking = " ".join((asks, *more))
    if of == STANDING:
        source = standing(asked, asking, by_area=by_area)
    else:
        source = spells(asked, asking, since or months_before(asked.on, LOOKS_BACK))
    return "WITH " + ",\n".join([source, *more])


def query(asked: Asked, of: str, *more: str, asks: str, by_area: bool = False) -> str:
    return as_it_stood(asked, f"{_rows(asked, of, *more, asks=asks, by_area=by_area)} {asks}")


def select(
    asked: Asked,
    cuts: Iterable[Cut],
    columns: str,
    since: datetime.date | None = None,
    *,
    by_area: bool = False,
) -> str:
    """A query on the rows that these cuts share, with everything that their conditions ask."""
    cuts = list(cuts)
    of = cuts[0].of
    needs = dict.fromkeys(need for cut in cuts for need in cut.needs)
    joined = "".join(f" LEFT JOIN {need.name} USING ({need.by})" for need in needs)
    asks = " ".join((columns, *(cut.condition for cut in cuts)))
    rows = _rows(asked, of, *(need.rows(asked) for need in needs), since=since, asks=asks, by_area=by_area)
    return as_it_stood(asked, f"{rows} SELECT {columns} FROM {of}{joined}")


def how_many(condition: str) -> str:
    """An aggregate: of how many rows it is true. DuckDB adds up several times faster than it counts with a filter."""
    return f"coalesce(sum(CASE WHEN {condition} THEN 1 ELSE 0 END), 0)"


def count(
    work: Reading,
    asked: Asked,
    cuts: Cuts,
    since: datetime.date | None = None,
    more: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Every figure in one pass over the rows, and with it what the aggregates of `more` give, by their names."""
    asked_for = {name: how_many(cut.condition) for name, cut in cuts.items()} | dict(more or {})
    columns = ", ".join(f"{sql} AS figure_{at}" for at, sql in enumerate(asked_for.values()))
    row = work.row(select(asked, cuts.values(), columns, since)) or {}
    return dict(zip(asked_for, row.values(), strict=True))


def counted(figures: Mapping[str, Any], cut: str) -> Count:
    return Count(figures[cut], cut)
