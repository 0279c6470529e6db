"""What the dashboard is asked for: areas, a day to look at, and which of the children. Filters are codes, in SQL of ours only."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace

from data.measures.measure import Scope, day
from data.measures.oversight import AGE
from data.measures.stays import months_and_more_before
from data.quarters import Quarter
from data.refusal import Problems
from forms.bands import ENOUGH_KNOWN, bands_on
from forms.codes import AGENCIES, KIND_OF_EXPLOITATION
from forms.kinds.one_of import Options
from forms.places import Partnership
from scoring import NOT_ENOUGH_IN_WORDS, NOT_ENOUGH_KNOWN

LETTERS = {"A": 5, "B": 4, "C": 3, "D": 2, "E": 1}
"""Judgements in the order of `data.measures.stays`."""
BANDS = bands_on(datetime.date.max).bands


@dataclass(frozen=True)
class Filter:
    """One way to look at some of the children only."""

    key: str
    label: str
    options: Options
    conditions: Mapping[str, str]
    """Option → condition on the rows of `standing` and of `spell`."""
    sentence: str


def _plainly(key: str, label: str, options: Options, column: str, sentence: str) -> Filter:
    return Filter(key, label, options, {code: f"{column} = '{code}'" for code, _ in options}, sentence)


FILTERS = (
    _plainly("agency", "Referred by", AGENCIES, "agency", "The agency that referred the child in this episode."),
    _plainly(
        "kind", "Kind of exploitation", KIND_OF_EXPLOITATION, "kind",
        "As recorded at the latest discussion, else on the referral.",
    ),
    Filter(
        "judgement", "Judgement",
        (
            ("being", "Being exploited (A or B)"), ("may_be", "May be exploited (C)"),
            *((letter, f"Judged {letter}") for letter in LETTERS), ("none", "Not judged yet"),
        ),
        {
            "being": "code >= 4", "may_be": "code = 3", "none": "code = 0",
            **{letter: f"code = {code}" for letter, code in LETTERS.items()},
        },
        "The latest judgement in the episode.",
    ),
    Filter(
        "band", "Band of the score (red, amber, green)",
        (
            *((band.key, f"{band.name} ({band.colour})") for band in reversed(BANDS)),
            (NOT_ENOUGH_KNOWN, NOT_ENOUGH_IN_WORDS), ("none", "Not scored"),
        ),
        {"none": "band IS NULL", NOT_ENOUGH_KNOWN: f"band = '{NOT_ENOUGH_KNOWN}'", **{band.key: f"band = '{band.key}'" for band in BANDS}},
        "The band in which the child is handled, by the latest scoring; “Not enough known” where none can be read from it.",
    ),
    _plainly("age", "Age", AGE, "age", "The child's age on the day."),
)  # fmt: skip


@dataclass(frozen=True, order=True)
class Span(Quarter):
    """The quarter of a day, reaching from `since` to the end of `until`, so that figures can be asked as they stood then."""

    since: datetime.date
    until: datetime.date

    @property
    def first(self) -> datetime.date:
        return self.since

    @property
    def last(self) -> datetime.date:
        return self.until


@dataclass(frozen=True)
class Asked:
    areas: tuple[str, ...]
    on: datetime.date
    partnership: Partnership
    filters: tuple[tuple[str, str], ...] = ()
    """(Key of a filter, code of an option)."""
    reader: str | None = None
    """The account of who may open the lists behind the figures: children restricted to others are not counted for them."""
    enough_known: int = ENOUGH_KNOWN
    """How many in a hundred of the tracker's answers must be known for a band to be read: a setting of the partnership."""

    @property
    def last(self) -> str:
        return day(self.on)

    def scope(self, since: datetime.date | None = None) -> Scope:
        """Episodes open on the day, and those closed on or after `since`."""
        quarter = Quarter.of(self.on)
        return Scope(
            Span(quarter.year, quarter.number, since or self.on, self.on), self.areas, self.partnership
        )

    def at(self, on: datetime.date) -> Asked:
        return replace(self, on=on)

    def unfiltered(self) -> Asked:
        return replace(self, filters=())

    @property
    def condition(self) -> str:
        """SQL on the rows of `standing` and of `spell`."""
        by_key = {one.key: one for one in FILTERS}
        return " AND ".join(by_key[key].conditions[code] for key, code in self.filters) or "TRUE"

    @property
    def words(self) -> tuple[str, ...]:
        """The filters that are on, as people read them."""
        by_key = {one.key: one for one in FILTERS}
        return tuple(f"{by_key[k].label}: {dict(by_key[k].options)[code]}" for k, code in self.filters)


def known(filters: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The filters as they came from an address. Raises `Problems` for one that there is not."""
    by_key = {one.key: one for one in FILTERS}
    for key, code in filters.items():
        if key not in by_key or code not in by_key[key].conditions:
            raise Problems("There is no such filter. Go back to the cohort and choose again.")
    return tuple((one.key, filters[one.key]) for one in FILTERS if one.key in filters)


def months_before(on: datetime.date, months: int) -> datetime.date:
    """The first day of a span of so many whole months that ends on `on`."""
    one_day = datetime.timedelta(days=1)
    return months_and_more_before(on + one_day, months) + one_day
