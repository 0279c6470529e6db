"""Whether a count stands out or is what chance alone gives: against binomial tables, exact fractions, and chance itself."""

from __future__ import annotations

import random
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.measures.chance import (
    CHANCE,
    FEW,
    FEWER,
    MORE,
    RARE,
    at_least,
    at_most,
    compared,
    interval,
    is_unusual,
)
from data.measures.themes import Theme, suggested_words


@pytest.mark.parametrize(
    ("before", "low", "high"),
    # The binomial of one in five: of 5 children together 5 fall in one quarter 1 time in 3,125, 4 or more 1 in 149.
    [(0, 0, 2), (1, 0, 3), (4, 0, 4), (20, 1, 11), (40, 4, 18), (100, 15, 37), (2_000, 452, 550)],
)
def test_what_chance_alone_gives(before: int, low: int, high: int) -> None:
    assert interval(before) == (low, high)


def exactly_at_most(n: int, of: int, parts: int) -> Fraction:
    """In whole numbers: n or fewer of so many, each with one chance in `parts`."""
    return Fraction(sum(comb(of, k) * (parts - 1) ** (of - k) for k in range(n + 1)), parts**of)


@settings(deadline=None)
@given(st.integers(0, 600), st.integers(0, 600), st.sampled_from((2, 5)))
def test_probabilities_are_those_of_exact_fractions(one: int, other: int, parts: int) -> None:
    n, of = sorted((one, other))
    assert at_most(n, of, 1 / parts) == pytest.approx(float(exactly_at_most(n, of, parts)), rel=1e-10)
    more = 1 - exactly_at_most(n - 1, of, parts)
    assert at_least(n, of, 1 / parts) == pytest.approx(float(more), rel=1e-10)


@settings(deadline=None)
@given(st.integers(0, 600))
def test_no_limit_differs_from_that_of_exact_fractions(before: int) -> None:
    low, high = interval(before)
    rare = Fraction(25, 1000)
    assert exactly_at_most(low, low + before, 5) > rare
    assert low == 0 or exactly_at_most(low - 1, low - 1 + before, 5) <= rare
    assert 1 - exactly_at_most(high - 1, high + before, 5) > rare
    assert 1 - exactly_at_most(high, high + 1 + before, 5) <= rare


@settings(deadline=None)
@given(st.integers(0, 600), st.integers(0, 600))
def test_a_rare_change_is_rare_in_exact_fractions(now: int, before: int) -> None:
    rare = 1 - exactly_at_most(max(now, before) - 1, now + before, 2)
    assert is_unusual(now, before) == (rare < Fraction(RARE).limit_denominator())


def test_the_interval_holds_what_chance_gives_at_least_19_times_in_20() -> None:
    chance = random.Random(7)
    inside = 0
    for _ in range(2_000):
        before, now = 0, 0
        for _ in range(60):  # as many children, each found in one of five quarters
            at = chance.randrange(5)
            before, now = before + (at > 0), now + (at == 0)
        low, high = interval(before)
        inside += low <= now <= high
    assert inside / 2_000 >= 0.95


@pytest.mark.parametrize(
    ("now", "mean", "verdict"),
    [
        (12, 5.0, MORE),
        (11, 5.0, CHANCE),
        (0, 5.0, FEWER),
        (1, 5.0, CHANCE),
        (5, 0.0, FEW),
        (6, 0.0, MORE),
        (0, 1.25, FEW),
    ],
)
def test_a_count_stands_out_only_beyond_chance_and_never_when_few(
    now: int, mean: float, verdict: str
) -> None:
    assert compared(now, mean).verdict == verdict


def test_words_are_suggested_for_what_stands_out_and_for_nothing_else() -> None:
    found = [Theme("Liverpool", "context", label, now, mean) for label, now, mean in
             (("Party", 12, 5.0), ("Financial", 6, 5.0), ("Online", 0, 5.0), ("Gang", 3, 0.0))]  # fmt: skip
    assert suggested_words(found) == (
        "More children than chance alone gives: Party (12 this quarter, a mean of 5 in the four before). "
        "Fewer children than chance alone gives: Online (0 this quarter, a mean of 5 in the four before)."
    )
    assert suggested_words(found[1:2]).startswith("No theme stands out")


@pytest.mark.parametrize(
    ("now", "before", "unusual"),
    [
        (5, 0, False),
        (14, 1, True),
        (1, 14, True),
        (60, 50, False),
        (40_500, 40_000, False),
        (41_500, 40_000, True),
    ],
)
def test_a_quarter_is_unusual_beside_the_one_before_only_when_chance_would_hardly_do_it(
    now: int, before: int, unusual: bool
) -> None:
    assert is_unusual(now, before) is unusual
