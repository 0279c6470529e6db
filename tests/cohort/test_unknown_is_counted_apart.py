"""A change that the unknown could explain is counted apart in every view that compares, on both engines (C35)."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date

import pytest

from data.child.child_over_time import read_over_time
from data.child.children import read_child
from data.cohort import children_listed
from data.database.store import Store
from data.scores.scorings import compare_scores
from forms.tracker import TRACKER, UNKNOWN, indicators
from forms.weights import illustrative_weights
from scoring import CANNOT_BE_TOLD, HIGHER, LOWER, NOT_ENOUGH_KNOWN, SAME
from tests.cohort.cohorts import on_that_day, read
from tests.factories import a_child_in_oversight, an_account
from tests.filled_in import sent

LIVERPOOL = ("liverpool",)
POINTS = illustrative_weights().points
WORST = {q.key: max(POINTS[q.key], key=POINTS[q.key].get) for q in indicators()}  # type: ignore[arg-type]
NOTHING = {q.key: UNKNOWN for q in indicators()}
OPENED, FIRST, SECOND = date(2026, 8, 1), date(2026, 9, 1), date(2026, 11, 1)
"""The first in the quarter before that of the second."""
ON = date(2026, 11, 15)
CHANGE = "Change of the score since the first"
WORDS = {
    LOWER: "Lower than at first (better)", SAME: "As at first", HIGHER: "Higher than at first (worse)",
    CANNOT_BE_TOLD: "Cannot be told: answers became unknown or known",
}  # fmt: skip
"""As the cohort says it."""


def test_all_unknown_is_neither_a_lower_band_nor_a_lower_score(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    coordinator = an_account(store, "coordinator")
    on_that_day(monkeypatch, OPENED)
    child = a_child_in_oversight(store, opened_on=OPENED).child_id
    for day, answers, occasion in ((FIRST, WORST, "referral"), (SECOND, NOTHING, "meeting")):
        on_that_day(monkeypatch, day)
        sent(coordinator, TRACKER, child, {**answers, "occasion": occasion})
    on_that_day(monkeypatch, ON)
    shown = read(coordinator, LIVERPOOL, ON, "glance", "change")
    assert (shown.figures["band=low"], shown.figures[f"band={NOT_ENOUGH_KNOWN}"]) == (0, 1)
    assert (shown.figures["band_change=down"], shown.figures["band_change=untold"]) == (0, 1)
    assert shown.tables[CHANGE][WORDS[LOWER]] == (0,)
    assert shown.tables[CHANGE][WORDS[CANNOT_BE_TOLD]] == (1,)
    assert "Scores at first and latest, children" not in shown.tables, "in no distribution"
    [listed] = children_listed(coordinator, "liverpool", ON, "open", filters={"band": NOT_ENOUGH_KNOWN})[0]
    assert listed.band == NOT_ENOUGH_KNOWN
    over_time = read_over_time(coordinator, child)
    assert over_time.scores[-1].band == "Not enough known"
    assert over_time.comparison
    assert "cannot be told" in over_time.comparison.in_words()
    page = read_child(coordinator, child)
    assert [row["band_read"] for row in page.scorings] == [NOT_ENOUGH_KNOWN, "high"]


def test_the_cohort_tells_each_child_as_the_comparison_of_two_scores_does(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One rule, once in Python and once in SQL."""
    chance, coordinator = random.Random(4), an_account(store, "coordinator")
    on_that_day(monkeypatch, OPENED)
    children = [a_child_in_oversight(store, opened_on=OPENED).child_id for _ in range(9)]

    def answers(part_unknown: float) -> dict[str, str | None]:
        return {
            q.key: chance.choice((UNKNOWN, None)) if chance.random() < part_unknown else chance.choice(list(POINTS[q.key]))
            for q in indicators()
        }  # fmt: skip

    for at, child in enumerate(children):
        then = answers((0, 0.1, 0.5)[at % 3])
        now = then if at % 4 == 0 else then | dict(list(answers((0, 0.05, 0.6)[at % 3]).items())[: 3 + at])
        for day, given in ((FIRST, then), (SECOND, now)):
            on_that_day(monkeypatch, day)
            sent(coordinator, TRACKER, child, {**given, "occasion": "meeting"})
    on_that_day(monkeypatch, ON)
    expected: Counter[str] = Counter()
    bands: Counter[str] = Counter()
    for child in children:
        now_kept, then_kept = read_child(coordinator, child).scorings
        comparison = compare_scores(coordinator, then_kept["scoring_id"], now_kept["scoring_id"])
        expected[WORDS[comparison.score_change]] += 1
        bands[comparison.band_change] += 1
    shown = read(coordinator, LIVERPOOL, ON, "glance", "change")
    assert {words: cells[0] for words, cells in shown.tables[CHANGE].items() if cells[0]} == dict(expected)
    keys = {LOWER: "down", SAME: "same", HIGHER: "up", CANNOT_BE_TOLD: "untold"}
    assert {word: shown.figures[f"band_change={keys[word]}"] for word in keys} == {w: bands[w] for w in keys}
    assert len(expected) > 2
