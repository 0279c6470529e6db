"""What a return is, at whatever stage: its figures, themes, words and checks as they stood at one moment. Nothing is read here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from data.measures import themes
from data.measures.checks import Check
from data.measures.measure import TOTAL
from data.measures.reckoning import MEASURES, WITHHELD, Figure, Missing
from data.measures.themes import Theme
from data.quarters import Quarter
from data.refusal import Problems
from forms.places import Partnership, area_name

HIDDEN = "c"
"""Stands for a number that is withheld in the copy for publication."""

Place = tuple[str, int, str]
"""Area's name or "Total", measure, breakdown."""


@dataclass(frozen=True)
class Narrative:
    area: str
    """The area's name."""
    measure: int
    text: str
    revision: int


@dataclass(frozen=True)
class AgendaRule:
    """What an area's own meeting takes, where that is not every child: its figures are to be read with it."""

    area: str
    words: str


@dataclass(frozen=True)
class Said:
    """A measure as it was defined when the return was drafted, so that a locked one keeps its own words."""

    number: int
    title: str
    sentence: str
    breakdowns: tuple[tuple[str, str], ...]
    """(Name in the long form, label); none for the themes."""


@dataclass(frozen=True)
class Locked:
    """Who froze it, when, and as which version; a correction says why."""

    version: int
    by: str
    at: datetime.datetime
    reason: str | None = None


@dataclass(frozen=True)
class Published:
    """When this copy for publication was made, and up to which count numbers are withheld. It names nobody; a copy that an
    earlier release made says `by` whom, and no file shows it."""

    number: int
    """1 for the first copy of the quarter, whatever its version."""
    small_up_to: int
    by: str
    at: datetime.datetime


@dataclass(frozen=True)
class Return:
    """A return as it stood at one moment; nothing in it changes afterwards."""

    quarter: Quarter
    partnership: Partnership
    areas: tuple[str, ...]
    """Keys, in the partnership's order."""
    definitions: str
    measures: tuple[Said, ...]
    figures: tuple[Figure, ...]
    last_quarter: tuple[Figure, ...]
    """The quarter before: as it was locked, else by the same definitions and from the same records."""
    is_last_quarter_locked: bool
    themes: tuple[Theme, ...]
    narratives: tuple[Narrative, ...]
    checks: tuple[Check, ...]
    missing: tuple[Missing, ...]
    drafted_by: str
    drafted_at: datetime.datetime
    agenda_rules: tuple[AgendaRule, ...] = ()
    locked: Locked | None = None
    published: Published | None = None

    @property
    def area_names(self) -> tuple[str, ...]:
        return tuple(area_name(area) for area in self.areas)

    def values(self) -> dict[Place, Any]:
        """Place → value: a number, or `HIDDEN` in a copy for publication."""
        return by_place(self.figures)

    def said(self, number: int) -> Said:
        return next(measure for measure in self.measures if measure.number == number)

    @property
    def many_to_look_at(self) -> int:
        """Checks of an area that do not hold."""
        return sum(check.area != TOTAL and not check.holds for check in self.checks)

    @property
    def many_missing(self) -> int:
        """Records with a detail missing."""
        return sum(one.count for one in self.missing if one.area != TOTAL)

    @property
    def is_whole(self) -> bool:
        return not self.many_to_look_at and not self.many_missing

    @property
    def marking(self) -> str:
        """What every page and sheet says of who may have it."""
        if self.published:
            return (
                f"Copy for publication. {HIDDEN}: a number from 1 to {self.published.small_up_to}, or one from which such "
                "a number, or what those counted have in common, could be worked out."
            )
        return "Restricted: small numbers are shown. Not for publication."

    @property
    def stage(self) -> str:
        """Draft or version, in words for a heading."""
        return f"version {self.locked.version}" if self.locked else "draft"

    def as_long_form(self) -> dict[str, Any]:
        """Exactly as `python -m data return --json` prints it (returns.md, "The long form")."""
        values = self.values()
        return {
            "quarter": str(self.quarter),
            "definitions": self.definitions,
            "figures": [
                {"area": area, "measure": measure, "breakdown": breakdown, "value": value}
                for (area, measure, breakdown), value in values.items()
            ],
            "narratives": [
                {"area": n.area, "measure": n.measure, "text": n.text} for n in self.narratives if n.text
            ],
            "themes": [
                {"area": t.area, "kind": t.kind, "label": t.label, "this_quarter": shown(t.this_quarter)}
                | ({} if self.published else {"mean_of_four_before": t.mean_of_four_before})
                for t in self.themes
            ],
        }  # fmt: skip


def by_place(figures: Sequence[Figure]) -> dict[Place, Any]:
    return {(f.area, f.measure, f.breakdown): shown(f.value) for f in figures}


def shown(value: int) -> int | str:
    return HIDDEN if value == WITHHELD else value


def what_is_said() -> tuple[Said, ...]:
    """The measures as they are defined now, in their order."""
    found = [
        Said(m.number, m.title, m.sentence, tuple((b.name, b.label) for b in m.breakdowns)) for m in MEASURES
    ]
    found.append(Said(3, themes.TITLE, themes.SENTENCE, ()))
    return tuple(sorted(found, key=lambda said: said.number))


def of_areas(whole: Return, areas: Sequence[str]) -> Return:
    """What a stored return says of one of its areas, whose total is then its own. Raises `Problems` for some of several."""
    if set(areas) == set(whole.areas):
        return whole
    if len(areas) != 1 or areas[0] not in whole.areas:
        raise Problems("A locked return is read as a whole or for one area.")
    name = area_name(areas[0])

    def only(records: Iterable[Any]) -> list[Any]:
        return [record for record in records if record.area == name]

    def and_total(records: Iterable[Any]) -> tuple[Any, ...]:
        mine = only(records)
        return (*mine, *(replace(record, area=TOTAL) for record in mine))

    return replace(
        whole,
        areas=tuple(areas),
        figures=and_total(whole.figures),
        last_quarter=and_total(whole.last_quarter),
        themes=and_total(whole.themes) if not whole.published else (),
        narratives=tuple(only(whole.narratives)),
        checks=and_total(whole.checks),
        missing=and_total(whole.missing),
        agenda_rules=tuple(only(whole.agenda_rules)),
    )
