"""Whether a count stands out against earlier quarters, or is what chance alone gives. Exact, and nothing is fitted.

Counts of separate children who are found independently are Poisson. If nothing changed, each of the children counted in
five quarters is as likely to fall in this one as in any other: of all n + k, this quarter's n are binomial with one in
five (the exact conditional test of two Poisson counts; Przyborowski and Wilenski 1940).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb

QUARTERS_BEFORE = 4
EACH_SIDE = Fraction(25, 1000)
"""Outside the interval chance alone falls on either side at most this often: once in forty."""
TOO_FEW = 5
"""Of so few children in all five quarters nothing can be said."""

MORE, FEWER, CHANCE, FEW = "more", "fewer", "chance", "few"


@dataclass(frozen=True)
class Compared:
    low: int
    high: int
    """From `low` to `high`, both included, is what chance alone gives."""
    verdict: str

    @property
    def interval(self) -> str:
        return f"{self.low} to {self.high}"

    @property
    def words(self) -> str:
        return {
            MORE: "More than chance alone gives",
            FEWER: "Fewer than chance alone gives",
            CHANCE: "Within what chance gives",
            FEW: "Too few to say",
        }[self.verdict]


def compared(this_quarter: int, mean_of_four_before: float) -> Compared:
    """This quarter's count against the mean of the four before, which is of whole children."""
    before = round(mean_of_four_before * QUARTERS_BEFORE)
    low, high = interval(before)
    if this_quarter + before <= TOO_FEW:
        verdict = FEW
    elif this_quarter > high:
        verdict = MORE
    elif this_quarter < low:
        verdict = FEWER
    else:
        verdict = CHANCE
    return Compared(low, high, verdict)


@lru_cache(maxsize=4096)
def interval(before: int) -> tuple[int, int]:
    """Counts of this quarter that are not too rare on either side, given how many the four before had together."""
    low = next(n for n in range(before + 2) if at_most(n, n + before) > EACH_SIDE)
    high = low
    while at_least(high + 1, high + 1 + before) > EACH_SIDE:
        high += 1
    return low, high


def at_most(n: int, of: int) -> Fraction:
    """The probability that of so many children n or fewer fall in this quarter."""
    return _sum(range(n + 1), of)


def at_least(n: int, of: int) -> Fraction:
    return _sum(range(n, of + 1), of) if n <= of - n else 1 - _sum(range(n), of)


def _sum(counts: range, of: int) -> Fraction:
    # One in five against four in five: every term is a whole number over five to the power of `of`.
    return Fraction(
        sum(comb(of, i) * QUARTERS_BEFORE ** (of - i) for i in counts), (QUARTERS_BEFORE + 1) ** of
    )


RARE = Fraction(1, 1000)
"""Dozens of figures are looked at in each return; so rare a change hardly ever comes by chance in any of them."""


def is_unusual(now: int, before: int) -> bool:
    """Whether a count is further from the one of the quarter before than chance gives, on either side."""
    both = now + before
    return Fraction(sum(comb(both, i) for i in range(max(now, before), both + 1)), 2**both) < RARE
