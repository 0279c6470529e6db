"""The shape of a measure: its sentence, what is counted, and the breakdowns it is shown by. No measure is defined here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from data.quarters import Quarter
from forms.places import Partnership

TOTAL = "Total"


@dataclass(frozen=True)
class Scope:
    """For which quarter and areas figures are asked. Its properties are SQL, made of dates and of keys from `forms.places`."""

    quarter: Quarter
    areas: tuple[str, ...]
    partnership: Partnership
    records: str = ""
    """SQL that stands before all other, when the records are read otherwise than as they stand now (`as_recorded`)."""

    @property
    def first(self) -> str:
        return day(self.quarter.first)

    @property
    def last(self) -> str:
        return day(self.quarter.last)

    @property
    def in_areas(self) -> str:
        return _among(self.areas)

    @property
    def in_partnership(self) -> str:
        return _among(self.partnership.areas)


def day(date: datetime.date) -> str:
    return f"DATE '{date.isoformat()}'"


def latest(rows: str, of: str, order: str, columns: str) -> str:
    """SQL: of `rows` (what follows FROM) the first by `order` of each `of`. A window's first row costs a nation's records half
    of DISTINCT ON, which DuckDB sorts once for every column."""
    return (
        f"SELECT * FROM (SELECT {columns}, row_number() OVER (PARTITION BY {of} ORDER BY {order}) AS place FROM {rows}) AS placed"
        " WHERE place = 1"
    )


def _among(areas: Iterable[str]) -> str:
    return "IN (" + ", ".join(f"'{area}'" for area in areas) + ")"


@dataclass(frozen=True)
class Breakdown:
    name: str
    """Exactly as the long form spells it (returns.md): "total", "kind=criminal", "age=13;judgement=being"."""
    label: str
    of: tuple[tuple[str, str], ...] = ()
    """(Column, value) pairs that what is counted here has."""
    explained: str = ""
    """Of what is missing: a sentence for the return, where it cannot be put right any more."""


@dataclass(frozen=True)
class Part:
    """One way to split what a measure counts."""

    breakdowns: tuple[Breakdown, ...]
    columns: tuple[str, ...] = ()
    where: str = "TRUE"
    """Which rows of the source belong."""
    is_missing: bool = False
    """Not figures of the return: what the coordinator is asked to put right. The labels begin small, and go before the number."""


@dataclass(frozen=True)
class Measure:
    number: int
    title: str
    sentence: str
    """The definition, in words that two people count the same by."""
    things: str
    """What is counted, in the plural."""
    source: str
    """The name of the rows counted, one row a thing: `area`, `child_id` and the parts' columns (see `reckoning`)."""
    parts: tuple[Part, ...]
    each_child_once: bool = False
    """The source has rows of the area `Total` of its own, so that a child of two areas counts once in it."""

    @property
    def breakdowns(self) -> tuple[Breakdown, ...]:
        return tuple(b for part in self.parts if not part.is_missing for b in part.breakdowns)

    def part_of(self, breakdown: str) -> tuple[Part, Breakdown]:
        """Raises `KeyError` for a breakdown that this measure does not have."""
        for part in self.parts:
            for one in part.breakdowns:
                if one.name == breakdown:
                    return part, one
        raise KeyError(breakdown)


def whole(label: str) -> Breakdown:
    return Breakdown("total", label)


def each(column: str, options: Iterable[tuple[str, str]]) -> tuple[Breakdown, ...]:
    """A breakdown for each (key, label) that a column may hold."""
    return tuple(Breakdown(f"{column}={key}", label, ((column, key),)) for key, label in options)
