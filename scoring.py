"""From the tracker's answers to a score, its range, band and reasons. Pure: nothing is kept or shown here.

Weights (`forms.weights`) and thresholds (`forms.bands`) are data; no formula knows a number of theirs.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from forms.bands import BANDS, ENOUGH_KNOWN, Band, Bands, bands_on
from forms.codes import AGENCIES
from forms.tracker import AGE_GROUPS, UNKNOWN, age_group, indicators, modern_slavery_investigation
from forms.weights import (
    STATUSES,
    WeightSet,
    WeightSetRefused,
    illustrative_weights,
    read_weight_set,
    scorable,
    status_sentence,
)

__all__ = [
    "BANDS",
    "STATUSES",
    "Band",
    "Bands",
    "Comparison",
    "Driver",
    "Handled",
    "Override",
    "OverrideRefused",
    "Score",
    "Scoring",
    "WeightSet",
    "WeightSetRefused",
    "age_group",
    "bands_on",
    "compare",
    "handled_band",
    "illustrative_weights",
    "read_weight_set",
    "scorable",
    "score",
    "status_sentence",
]

ByAgency = Mapping[str, tuple[str, ...]]
"""Codes of indicators by the agency that answers them (key of `forms.codes.AGENCIES`, or "any")."""


ASKED = sum(1 for _ in indicators())
"""How many indicators somebody is asked for; the age is derived."""


@dataclass(frozen=True)
class Driver:
    """One indicator that adds to the score."""

    code: str
    label: str
    answer: str
    points: int


@dataclass(frozen=True)
class Score:
    """A score on a day. It is the lowest of the range: whatever is still unknown can only add to it."""

    total: int
    highest: int
    """If each unanswered or unknown indicator had its highest points."""
    band: Band
    highest_band: Band
    unanswered: ByAgency
    unknown: ByAgency
    drivers: tuple[Driver, ...]
    """Largest first."""
    in_modern_slavery_investigation: bool | None
    age_group: str
    on: datetime.date
    bands: Bands
    weights: WeightSet

    @property
    def lowest(self) -> int:
        return self.total

    @property
    def still_open(self) -> frozenset[str]:
        """Codes of the indicators that are unanswered or unknown."""
        return frozenset(
            code for codes in (*self.unanswered.values(), *self.unknown.values()) for code in codes
        )

    @property
    def known(self) -> int:
        """How many of the `ASKED` are answered, and not with unknown."""
        return ASKED - len(self.still_open)

    def is_enough_known(self, per_hundred: int = ENOUGH_KNOWN) -> bool:
        return is_enough_known(self.total, self.highest, self.known, ASKED, self.bands, per_hundred)

    @property
    def band_could_change(self) -> bool:
        return self.band is not self.highest_band

    @property
    def settled_by(self) -> tuple[str, ...]:
        """The agencies whose answers would settle the band; none when it cannot change."""
        return _agencies_that_settle(self) if self.band_could_change else ()

    @property
    def status_sentence(self) -> str:
        """What must stand beside the score wherever it is shown; empty for an approved weight set."""
        return status_sentence(self.weights)

    def range_in_words(self) -> str:
        if self.highest == self.total:
            return f"The score is {self.total} and nothing still to be known could raise it."
        words = f"The score is {self.total} and could be up to {self.highest} once everything is known."
        if not self.band_could_change:
            return f"{words} The band would stay {self.band.name.lower()}."
        agencies = _listed(agency_name(agency) for agency in self.settled_by)
        higher = " or ".join(b.name.lower() for b in self.bands.between(self.band, self.highest_band))
        return (
            f"{words} The band could change from {self.band.name.lower()} to {higher}. "
            f"Answers that would settle it: {agencies}."
        )


NOT_ENOUGH_KNOWN = "not_enough_known"
"""Stands where a band's key would, of a score that no band is read from."""
NOT_ENOUGH_IN_WORDS = "Not enough known"
WHY_NOT_ENOUGH = "Too much is unknown or not answered for a band to be read from the score: it says nothing about how high or low the risk is."


def is_enough_known(
    total: int, highest: int, known: int | None, asked: int, bands: Bands, per_hundred: int = ENOUGH_KNOWN
) -> bool:
    """Whether a band may be read from a score: enough of the indicators are known, and what is not could not change the band.

    The highest band is read whatever is unknown, as the unknown can only add. `known`: None where it was not kept.
    """
    if bands.of(total) is bands.bands[-1]:
        return True
    is_most = known is None or 100 * known >= per_hundred * asked
    return is_most and bands.of(highest) is bands.of(total)


LOWER, SAME, HIGHER, CANNOT_BE_TOLD = "lower", "same", "higher", "cannot be told"


def change_between(before: tuple[int, int], after: tuple[int, int]) -> str:
    """How something went from one range to another, each from the least to the most that it can have been: lower or higher only
    where every value of the one says so, the same only where both are one value."""
    (least_before, most_before), (least_after, most_after) = before, after
    if most_after < least_before:
        return LOWER
    if least_after > most_before:
        return HIGHER
    return SAME if least_before == most_before == least_after == most_after else CANNOT_BE_TOLD


@dataclass(frozen=True)
class Scoring:
    """What a score is made from, as a snapshot keeps it."""

    answers: Mapping[str, Any]
    date_of_birth: datetime.date
    on: datetime.date
    weights: WeightSet


def agency_name(agency: str) -> str:
    return {**dict(AGENCIES), "any": "Any agency"}[agency]


def score(
    answers: Mapping[str, Any], date_of_birth: datetime.date, on: datetime.date, weights: WeightSet
) -> Score:
    """`answers`: the tracker's read answers by code; None or no entry is "not answered yet", which is not "unknown".

    Raises ValueError, naming the indicator only, when an answer is none that the tracker lists.
    """
    return _score(Scoring(answers, date_of_birth, on, weights), bands_on(on))


def _score(scoring: Scoring, bands: Bands) -> Score:
    points = scoring.weights.points
    group = age_group(scoring.date_of_birth, scoring.on)
    drivers = [Driver("age", "Age", dict(AGE_GROUPS)[group], points["age"][group])]
    unanswered: dict[str, tuple[str, ...]] = {}
    unknown: dict[str, tuple[str, ...]] = {}
    for question in indicators():
        code, agency, answer = question.key, question.agency or "any", scoring.answers.get(question.key)
        if answer is None or answer == UNKNOWN:
            missing = unanswered if answer is None else unknown
            missing[agency] = (*missing.get(agency, ()), code)
        elif answer in points[code]:
            drivers.append(Driver(code, question.label, question.as_text(answer), points[code][answer]))
        else:
            raise ValueError(f"{code} has an answer that the tracker does not list")
    total = sum(driver.points for driver in drivers)
    still_open = [code for codes in (*unanswered.values(), *unknown.values()) for code in codes]
    highest = total + sum(max(points[code].values()) for code in still_open)
    return Score(
        total=total,
        highest=highest,
        band=bands.of(total),
        highest_band=bands.of(highest),
        unanswered=unanswered,
        unknown=unknown,
        drivers=tuple(sorted((d for d in drivers if d.points), key=lambda d: -d.points)),
        in_modern_slavery_investigation=scoring.answers.get(modern_slavery_investigation.key),
        age_group=group,
        on=scoring.on,
        bands=bands,
        weights=scoring.weights,
    )


def _agencies_that_settle(scored: Score) -> tuple[str, ...]:
    """Each agency whose answers could tip the band for some answers of the others.

    Once all of these have answered, the rest cannot move the band: if together they could, one of them would tip it.
    """
    still_open: dict[str, list[Mapping[str, int]]] = {}
    for agency, codes in (*scored.unanswered.items(), *scored.unknown.items()):
        still_open.setdefault(agency, []).extend(scored.weights.points[code] for code in codes)
    band, settle = scored.bands.of, []
    for agency, own in still_open.items():
        most = sum(max(points.values()) for points in own)
        others = (points for a, open_there in still_open.items() if a != agency for points in open_there)
        sums = (scored.total + s for s in _possible_sums(others))
        if any(band(s) is not band(s + most) for s in sums):
            settle.append(agency)
    return tuple(settle)


def _possible_sums(still_open: Iterable[Mapping[str, int]]) -> set[int]:
    """Every sum that these indicators could come to; 0 is always possible, as "unknown" scores 0."""
    sums = {0}
    for points in still_open:
        sums = {s + p for s in sums for p in {0, *points.values()}}
    return sums


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


@dataclass(frozen=True)
class Override:
    """A band chosen by professional judgement instead of the score's."""

    band: str
    reason: str
    by: str


class OverrideRefused(ValueError):
    """The band cannot be handled so; the message says what to do."""


@dataclass(frozen=True)
class Handled:
    """The band in which the child is handled, beside the score's own: both are always shown."""

    band: Band
    scored: Band
    why: str
    shown: Band | None = None
    """The band to show; None where it would be read from the score, and not enough is known."""

    @property
    def in_words(self) -> str:
        return self.shown.name if self.shown else NOT_ENOUGH_IN_WORDS


def handled_band(scored: Score, override: Override | None = None, per_hundred: int = ENOUGH_KNOWN) -> Handled:
    """`per_hundred`: of the answers that must be known for a band to be read from the score. An active modern slavery investigation outweighs the score and any override below high.

    Raises `OverrideRefused` when the reason or the name is missing, or when an investigation forbids it.
    """
    highest = scored.bands.bands[-1]
    investigated = scored.in_modern_slavery_investigation is True
    if override is not None:
        chosen = _checked(override, scored.bands)
        if investigated and chosen is not highest:
            raise OverrideRefused(
                f"Keep {highest.name.lower()}: the police say the child is in an active modern slavery investigation"
            )
        return Handled(
            chosen, scored.band, f"Professional judgement of {override.by}: {override.reason}", chosen
        )
    if investigated:
        why = "Handled as high: the child is in an active modern slavery investigation"
        return Handled(highest, scored.band, why, highest)
    shown = scored.band if scored.is_enough_known(per_hundred) else None
    return Handled(scored.band, scored.band, "By the score", shown)


def _checked(override: Override, bands: Bands) -> Band:
    chosen = bands.named(override.band)
    problems = [
        problem
        for problem, is_wrong in (
            (f"Select a band: {_listed(b.name.lower() for b in bands.bands)}", chosen is None),
            ("Enter the reason for handling the child in another band", not override.reason.strip()),
            ("Enter the name of the person whose judgement it is", not override.by.strip()),
        )
        if is_wrong
    ]
    if chosen is None or problems:
        raise OverrideRefused("; ".join(problems))
    return chosen


@dataclass(frozen=True)
class Comparison:
    """Before and after, both under one weight set and one set of bands."""

    before: Score
    after: Score
    rescored: bool
    """At least one of the two was first scored under other weights or thresholds."""
    per_hundred: int = ENOUGH_KNOWN
    """How many in a hundred of the answers must be known for a band to be read."""

    @property
    def change(self) -> int:
        return self.after.total - self.before.total

    @property
    def became_unknown(self) -> frozenset[str]:
        """Codes of the indicators that were known before and are not now."""
        return self.after.still_open - self.before.still_open

    @property
    def became_known(self) -> frozenset[str]:
        return self.before.still_open - self.after.still_open

    @property
    def score_change(self) -> str:
        """One of `change_between`: what became unknown may be as it was at its worst, and what became known may have been."""
        return change_between(*self._ranges())

    @property
    def band_change(self) -> str:
        """The same of the score's band. It is told only between two bands that are read."""
        if not all(score.is_enough_known(self.per_hundred) for score in (self.before, self.after)):
            return CANNOT_BE_TOLD
        before, after = (self.after.bands.rank(score.total) for score in (self.before, self.after))
        return change_between((before, before), (after, after))

    def _ranges(self) -> tuple[tuple[int, int], tuple[int, int]]:
        def most(score: Score, codes: frozenset[str]) -> int:
            return score.total + sum(max(score.weights.points[code].values()) for code in codes)

        return (
            (self.before.total, most(self.before, self.became_known)),
            (self.after.total, most(self.after, self.became_unknown)),
        )

    def unknown_in_words(self) -> str:
        """What became unknown or known, and what cannot be told for it; empty where nothing of it is so."""
        said = [
            unknown_in_words(len(self.became_unknown), len(self.became_known)),
            "Whether the score rose or fell cannot be told: the unknown could explain the difference."
            if self.score_change == CANNOT_BE_TOLD
            else "",
            "Whether the band changed cannot be told." if self.band_change == CANNOT_BE_TOLD else "",
        ]
        return " ".join(filter(None, said))

    def in_words(self) -> str:
        words = f"The score went from {self.before.total} to {self.after.total}; a higher score is worse."
        if unknown := self.unknown_in_words():
            words += f" {unknown}"
        if self.rescored:
            words += (
                f" So that they compare, both are scored under {self.after.weights.in_words}: "
                "at the time, weights or thresholds were different."
            )
        return f"{words} {self.after.status_sentence}".strip()


def unknown_in_words(became_unknown: int, became_known: int) -> str:
    """What must be said beside two scores; empty where the same was known both times."""
    said = [
        f"{count} answer{'s' if count != 1 else ''} {words}"
        for count, words in ((became_unknown, "became unknown"), (became_known, "became known"))
        if count
    ]
    return " and ".join(said) + "." if said else ""


def compare(
    before: Scoring, after: Scoring, later_set: WeightSet, per_hundred: int = ENOUGH_KNOWN
) -> Comparison:
    """Score both under `later_set`, the later of their two weight sets, and the bands in force on the later day."""
    bands = bands_on(max(before.on, after.on))
    known = (later_set.name, later_set.version)
    return Comparison(
        before=_score(replace(before, weights=later_set), bands),
        after=_score(replace(after, weights=later_set), bands),
        rescored=any(
            (s.weights.name, s.weights.version) != known or bands_on(s.on) is not bands
            for s in (before, after)
        ),
        per_hundred=per_hundred,
    )
