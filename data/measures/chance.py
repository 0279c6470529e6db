"""Whether a count stands out against earlier quarters, or is what chance alone gives. Nothing is fitted.

Counts of separate children who are found independently are Poisson. If nothing changed, each of the children counted in
five quarters is as likely to fall in this one as in any other: of all n + k, this quarter's n are binomial with one in
five (the exact conditional test of two Poisson counts; Przyborowski and Wilenski 1940). Reckoned in floating point, because a
nation's counts take seconds in fractions: to ten digits as the fractions say, and with the same limits (`tests/measures/test_chance.py`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma
from math import log as ln

QUARTERS_BEFORE = 4
EACH_SIDE = 25 / 1000
"""Outside the interval chance alone falls on either side at most this often: once in forty."""
ONE_IN_FIVE = 1 / (QUARTERS_BEFORE + 1)
SMALLEST = 1e-15
"""A term that adds less than this share ends the sum."""
TOO_FEW = 5
"""Of so few children in all five quarters nothing can be said."""

BY_CHANCE = "By chance alone: what this quarter would show if nothing had changed, 19 times in 20."
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
    counts = range(before + TOO_FEW)
    low = bisect_right(counts, EACH_SIDE, key=lambda n: at_most(n, n + before))
    too_many = bisect_left(counts, -EACH_SIDE, key=lambda n: -at_least(n, n + before))
    return low, too_many - 1


def at_most(n: int, of: int, share: float = ONE_IN_FIVE) -> float:
    """The probability that of so many children n or fewer fall in this quarter."""
    return 1 - _outwards(n + 1, of, share) if n + 1 > of * share else _outwards(of - n, of, 1 - share)


def at_least(n: int, of: int, share: float = ONE_IN_FIVE) -> float:
    return at_most(of - n, of, 1 - share)


def _outwards(n: int, of: int, share: float) -> float:
    """The probability of n or more, for an n above the mean: each further term is smaller, so a nation's count needs few."""
    if n > of:
        return 0.0
    term = exp(lgamma(of + 1) - lgamma(n + 1) - lgamma(of - n + 1) + n * ln(share) + (of - n) * ln(1 - share))
    found = term
    while n < of and term > found * SMALLEST:
        term *= (of - n) / (n + 1) * share / (1 - share)
        found += term
        n += 1
    return found


RARE = 1 / 1000
"""Dozens of figures are looked at in each return; so rare a change hardly ever comes by chance in any of them."""


def is_unusual(now: int, before: int) -> bool:
    """Whether a count is further from the one of the quarter before than chance gives, on either side."""
    return at_least(max(now, before), now + before, share=1 / 2) < RARE
