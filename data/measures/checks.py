"""Whether a measure's parts add to the whole and fit the quarter before, in words for who answers for the figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from data.measures.chance import is_unusual
from data.measures.measure import Measure
from data.measures.oversight import DEMOGRAPHICS, DEMOGRAPHY, IN_OVERSIGHT, OVER_SIX_MONTHS
from data.measures.reckoning import MEASURES, Figure, Reckoned

Values = Mapping[tuple[str, int, str], int]


@dataclass(frozen=True)
class Check:
    area: str
    measure: int
    holds: bool
    sentence: str


def checks(reckoned: Reckoned) -> tuple[Check, ...]:
    """One check for each area and measure that is a figure, in their order."""
    values = {(f.area, f.measure, f.breakdown): f.value for f in reckoned.figures}
    areas = dict.fromkeys(f.area for f in reckoned.figures)
    found = []
    for area in areas:
        for m in MEASURES:
            holds, sentence = _adds_up(values, area, m)
            words = [
                f"To put right: {x.label}: {x.count:,}. {m.part_of(x.breakdown)[1].explained}".strip()
                for x in reckoned.missing
                if (x.area, x.measure) == (area, m.number)
            ]
            found.append(Check(area, m.number, holds, " ".join((sentence, *words))))
    return tuple(found)


def against_last_quarter(now: Sequence[Figure], before: Sequence[Figure], quarter: str) -> Iterator[Check]:
    """One for each area and measure that is a figure: whether its whole has changed more than chance gives."""
    earlier = {(f.area, f.measure): f.value for f in before if f.breakdown == "total"}
    for f in now:
        if f.breakdown != "total" or (f.area, f.measure) not in earlier:
            continue
        was = earlier[f.area, f.measure]
        words = f"{f.value:,} now, {was:,} in {quarter}"
        if is_unusual(f.value, was):
            yield Check(
                f.area, f.measure, False, f"{words}: a greater change than chance gives. Check the records."
            )
        else:
            yield Check(f.area, f.measure, True, f"{words}: no greater change than chance gives.")


def _adds_up(values: Values, area: str, m: Measure) -> tuple[bool, str]:
    if m is DEMOGRAPHY:
        whole = values[area, IN_OVERSIGHT.number, "total"]
        apart = [
            (title.lower(), sum(values[area, m.number, f"{column}={key}"] for key, _ in options))
            for column, (title, options) in DEMOGRAPHICS.items()
        ]
        wrong = [f"{title} adds to {n}" for title, n in apart if n != whole]
        if wrong:
            return False, f"The children of measure 2 are {whole}, but {', '.join(wrong)}."
        return True, f"Each way of dividing them adds to the children of measure 2: {whole}."
    whole = values[area, m.number, "total"]
    if m is OVER_SIX_MONTHS:
        being = values[area, IN_OVERSIGHT.number, "judgement=being"]
        return whole <= being, f"They are {whole} of the {being} children being exploited in measure 2."
    parts = [b for part in m.parts if not part.is_missing and any(not x.of for x in part.breakdowns)
             for b in part.breakdowns if len(b.of) == 1]  # fmt: skip
    if not parts:
        return True, "It has no parts to add."
    total = sum(values[area, m.number, b.name] for b in parts)
    if total == whole:
        return True, f"The parts add to the whole: {whole}."
    return False, f"The parts add to {total}, the whole is {whole}."
