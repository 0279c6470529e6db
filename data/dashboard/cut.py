"""A cut: some of the children (or episodes) of the cohort. How many there are is a figure, who they are is the list behind it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from data.actor import Reading
from data.dashboard.asked import Asked, months_before
from data.dashboard.section import Count
from data.dashboard.standing import spells, standing
from data.measures.measure import TOTAL


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


def rows_of(asked: Asked, of: str = STANDING, *more: str, since: datetime.date | None = None) -> str:
    """`WITH …`: the rows, and what may be asked beside them. `since`: how far back closed episodes matter."""
    since = since or months_before(asked.on, LOOKS_BACK)
    source = standing(asked) if of == STANDING else spells(asked, since)
    return "WITH " + ",\n".join([source, *more])


def select(asked: Asked, cuts: Iterable[Cut], columns: str, since: datetime.date | None = None) -> str:
    """A query on the rows that these cuts share, with everything that their conditions ask."""
    cuts = list(cuts)
    of = cuts[0].of
    needs = dict.fromkeys(need for cut in cuts for need in cut.needs)
    joined = "".join(f" LEFT JOIN {need.name} USING ({need.by})" for need in needs)
    rows = rows_of(asked, of, *(need.rows(asked) for need in needs), since=since)
    return f"{rows} SELECT {columns} FROM {of}{joined}"


def one_row_each(cut: Cut) -> str:
    """The condition, on children or episodes once each."""
    return f"area = '{TOTAL}' AND ({cut.condition})" if cut.of == STANDING else f"({cut.condition})"


def count(work: Reading, asked: Asked, cuts: Cuts, since: datetime.date | None = None) -> dict[str, int]:
    """Every figure in one pass over the rows."""
    columns = ", ".join(
        f"count(*) FILTER (WHERE {one_row_each(cut)}) AS figure_{at}" for at, cut in enumerate(cuts.values())
    )
    row = work.row(select(asked, cuts.values(), columns, since)) or {}
    return dict(zip(cuts, row.values(), strict=True))


def counted(figures: Mapping[str, int], cut: str) -> Count:
    return Count(figures[cut], cut)
