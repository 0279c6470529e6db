"""Rates against the children who live in the areas, by sex and ethnic group, each with the interval that chance alone would give.

A difference between groups is a question to ask: of the referrals, and of the harm.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from data.actor import Reading
from data.dashboard.asked import Asked
from data.dashboard.cut import Cut, Need, count
from data.dashboard.past import as_it_stood
from data.dashboard.section import Cell, Count, Section
from data.database.engine import Row
from data.measures.oversight import COUNTED
from forms.places import area_name
from forms.population import ETHNIC_GROUPS, SEXES

EVERYONE = "everyone"
PER = 10_000
Z = 1.959964
"""Of the normal distribution: 95 in 100 lie within so many standard deviations on either side."""
COUNTED_SO = (
    "Children under 18 in oversight on the day chosen, by sex and ethnic group as recorded by then. Those for whom it is not recorded, "
    "was refused or is not yet obtained are in the rate of all and in no other."
)
INTERVAL = (
    "The interval is Wilson's score interval for a proportion (Wilson 1927), 95%, which the Association of Public Health "
    "Observatories recommends (Technical Briefing 3, 2008). Where two intervals lie apart, chance alone hardly explains the difference."
)
GROUPS = {EVERYONE: "All children", **dict(SEXES), **dict(ETHNIC_GROUPS)}


def of_sex(asked: Asked) -> str:
    return "of_sex AS (SELECT child_id, sex FROM child WHERE child_id IN (SELECT child_id FROM standing))"


SEX = Need("of_sex", of_sex)


def cuts(asked: Asked) -> dict[str, Cut]:
    under_18 = f"{COUNTED} AND age <> '18_and_over'"
    conditions = {
        EVERYONE: under_18,
        **{key: f"{under_18} AND of_sex.sex = '{key[0].upper()}'" for key, _ in SEXES},
        **{key: f"{under_18} AND ethnicity_group = '{key}'" for key, _ in ETHNIC_GROUPS},
    }
    return {
        f"rate={key}": Cut(f"In oversight, under 18: {GROUPS[key]}", condition, COUNTED_SO, (SEX,))
        for key, condition in conditions.items()
    }


def read(work: Reading, asked: Asked) -> Iterator[Section]:
    found = _population(work, asked)
    without = [area_name(area) for area in asked.areas if area not in found]
    if without:
        yield Section(
            "Rates in the population", "Rates in the population", ("Group",), (),
            f"There is no population file for {', '.join(without)}, so no rate can be worked out. The partnership's lead or "
            "administrator brings one in on the page “Population file”.",
        )  # fmt: skip
        return
    figures = {key.removeprefix("rate="): n for key, n in count(work, asked, cuts(asked)).items()}
    rows = [found[area] for area in asked.areas]
    living = {key: sum(row[key] for row in rows) for key in GROUPS}
    years = ", ".join(f"{area_name(row['area'])} {row['year']}" for row in rows)
    sources = "; ".join(dict.fromkeys(row["source"] for row in rows if row["source"]))
    about = (
        COUNTED_SO,
        INTERVAL,
        f"Children under 18 who live there: {years}. Source: {sources or 'not named'}.",
    )
    for title, keys in (("sex", [k for k, _ in SEXES]), ("ethnic group", [k for k, _ in ETHNIC_GROUPS])):
        lines = [Line.of(key, figures, living) for key in (*keys, EVERYONE)]
        yield Section(
            f"Rates by {title}", f"In oversight per {PER:,} children who live there, by {title}",
            ("Group", "In oversight", "Children who live there", f"Per {PER:,}", "95% interval"),
            tuple((GROUPS[line.key], line.cells) for line in lines), _finding(lines), about, has_total=True,
        )  # fmt: skip


def _population(work: Reading, asked: Asked) -> dict[str, Row]:
    """Area → its row of the latest year up to the day's, else of the first after it; an area without a file is not there."""
    year, columns = asked.on.year, ", ".join(("area", "year", "source", *GROUPS))
    rows = work.rows(as_it_stood(
        asked,
        f"SELECT {columns} FROM population WHERE area {asked.scope().in_areas}"
        f" ORDER BY area, year > {year}, CASE WHEN year > {year} THEN year ELSE -year END",
    ))  # fmt: skip
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(row["area"], row)
    return found


@dataclass(frozen=True)
class Line:
    key: str
    cells: tuple[Cell, ...]
    low: float | None = None
    """Of the rate; none where there is no population."""
    high: float | None = None

    @classmethod
    def of(cls, key: str, figures: dict[str, int], living: dict[str, int]) -> Line:
        many, of = figures[key], living[key]
        if many > of:
            return cls(
                key, (Count(many, f"rate={key}"), of, None, "More children than live there: check the file")
            )
        low, high = wilson(many, of)
        rate = round(PER * many / of, 1) if of else None
        return cls(key, (Count(many, f"rate={key}"), of, rate, f"{low:.1f} to {high:.1f}"), low, high)


def wilson(many: int, of: int) -> tuple[float, float]:
    """The limits of the rate, per `PER`."""
    if not of:
        return 0.0, float(PER)
    share, z2 = many / of, Z * Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    side = Z / (1 + z2 / of) * sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return max(0.0, PER * (middle - side)), min(float(PER), PER * (middle + side))


def _finding(lines: Sequence[Line]) -> str:
    *groups, everyone = lines
    if everyone.low is None or everyone.high is None:
        return "The rate of all children cannot be worked out."
    apart = [
        f"{GROUPS[one.key]} ({'higher' if one.low > everyone.high else 'lower'})"
        for one in groups
        if one.low is not None
        and one.high is not None
        and (one.low > everyone.high or one.high < everyone.low)
    ]
    if not apart:
        return "No group's interval lies apart from that of all children: the differences may be chance."
    return f"Apart from the rate of all children, by more than chance explains: {', '.join(apart)}."
