"""The file of how many children live in each area, by sex and ethnic group: what it must hold, and what is wrong with one.

Rates are worked out against it. Where to find it: the Office for National Statistics' census and mid-year estimates.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from forms.places import Partnership, area_name

SEXES = (("female", "Female"), ("male", "Male"))
ETHNIC_GROUPS = (
    ("white", "White"), ("mixed", "Mixed"), ("asian", "Asian, with Chinese"), ("black", "Black"), ("other", "Other"),
)  # fmt: skip
EVERYONE = "all"
COUNTS = (EVERYONE, *(key for key, _ in SEXES), *(key for key, _ in ETHNIC_GROUPS))
COLUMNS = ("area", "year", *COUNTS)
FIRST_YEAR, LAST_YEAR = 2011, 2100
MOST = 5_000_000
LONGEST = 100_000
"""Letters of a file: room for every area over more years than there are."""
ROUNDED = 100
"""Published counts are rounded: the parts may differ from the whole by one in so many."""


@dataclass(frozen=True)
class Population:
    """Children under 18 who lived in an area in a year."""

    area: str
    year: int
    counts: dict[str, int]
    """By `COUNTS`."""


class PopulationRefused(Exception):
    """Nothing was stored. Each problem says which row and what to do."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def empty_file(partnership: Partnership, year: int) -> str:
    """The headings, and a row for each area to fill in."""
    lines = [",".join(COLUMNS), *(f"{area_name(a)},{year}{',' * len(COUNTS)}" for a in partnership.areas)]
    return "\n".join(lines) + "\n"


def read_population(text: str, partnership: Partnership) -> tuple[Population, ...]:
    """Raises `PopulationRefused` with everything that is wrong."""
    if len(text) > LONGEST:
        raise PopulationRefused(
            ("The file is too long: it holds a row for each area and year, and nothing else",)
        )
    lines = csv.reader(io.StringIO(text, newline=None))  # spreadsheets end lines in three ways
    rows = [(at, row) for at, row in enumerate(lines, 1) if any(cell.strip() for cell in row)]
    if not rows or [cell.strip().lower() for cell in rows[0][1]] != list(COLUMNS):
        raise PopulationRefused((f"The first row holds the headings: {', '.join(COLUMNS)}",))
    areas = {area_name(area).lower(): area for area in partnership.areas}
    problems: list[str] = []
    found: dict[tuple[str, int], Population] = {}
    for at, row in rows[1:]:
        one = _read_row([cell.strip() for cell in row], areas)
        if isinstance(one, Population):
            wrong = list(_not_adding_up(one))
            if (one.area, one.year) in found:
                wrong.append(
                    f"{area_name(one.area)} in {one.year} stands in the file already: take one row out"
                )
            found[one.area, one.year] = one
        else:
            wrong = one
        problems += [f"Row {at}: {sentence}" for sentence in wrong]
    if not found and not problems:
        problems.append("Fill in a row for at least one area")
    if problems:
        raise PopulationRefused(tuple(problems))
    return tuple(found.values())


def _read_row(cells: list[str], areas: dict[str, str]) -> Population | list[str]:
    if len(cells) != len(COLUMNS):
        return [f"has {len(cells)} cells where there are {len(COLUMNS)} headings"]
    wrong = []
    area = areas.get(cells[0].lower())
    if area is None:
        wrong.append(f"the area must be one of {', '.join(name.title() for name in areas)}")
    year = _whole(cells[1])
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        wrong.append(f"the year must be four digits, from {FIRST_YEAR} on")
    counts = dict(zip(COUNTS, map(_whole, cells[2:]), strict=True))
    for name, count in counts.items():
        if count is None or count > MOST:
            wrong.append(f"“{name}” must be a whole number of children, without spaces or commas")
    if wrong or area is None or year is None:
        return wrong
    return Population(area, year, {name: count for name, count in counts.items() if count is not None})


def _whole(cell: str) -> int | None:
    return int(cell) if cell.isascii() and cell.isdecimal() and len(cell) < 10 else None


def _not_adding_up(one: Population) -> Iterator[str]:
    everyone = one.counts[EVERYONE]
    if not everyone:
        yield "“all” must be more than 0"
    for words, parts in (("female and male", SEXES), ("the ethnic groups", ETHNIC_GROUPS)):
        together = sum(one.counts[key] for key, _ in parts)
        if abs(together - everyone) * ROUNDED > everyone:
            yield f"{words} add up to {together:,} where “all” is {everyone:,}: check the numbers"
