"""What is unknown is never read as better: in one score, between two, and in every place that shows them (C35)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.bands import BANDS
from forms.tracker import UNKNOWN, indicators
from forms.weights import illustrative_weights
from scoring import (
    ASKED,
    CANNOT_BE_TOLD,
    HIGHER,
    LOWER,
    SAME,
    Override,
    Scoring,
    change_between,
    compare,
    handled_band,
    is_enough_known,
    score,
)

BORN, DAY = date(2012, 5, 1), date(2026, 11, 1)
WEIGHTS = illustrative_weights()
POINTS = WEIGHTS.points
WORST = {q.key: max(POINTS[q.key], key=POINTS[q.key].get) for q in indicators()}  # type: ignore[arg-type]
BEST = {q.key: min(POINTS[q.key], key=POINTS[q.key].get) for q in indicators()}  # type: ignore[arg-type]
NOTHING = {q.key: UNKNOWN for q in indicators()}
ANSWERS = st.fixed_dictionaries(
    {q.key: st.sampled_from((UNKNOWN, None, *POINTS[q.key])) for q in indicators()}
)


def scored(answers: dict[str, str | None]) -> Scoring:
    return Scoring(answers, BORN, DAY, WEIGHTS)


def test_all_unknown_after_the_highest_is_no_improvement() -> None:
    comparison = compare(scored(WORST), scored(NOTHING), WEIGHTS)  # type: ignore[arg-type]
    assert (comparison.score_change, comparison.band_change) == (CANNOT_BE_TOLD, CANNOT_BE_TOLD)
    assert len(comparison.became_unknown) == ASKED
    assert f"{ASKED} answers became unknown." in comparison.in_words()
    assert "cannot be told" in comparison.in_words()


def test_what_is_known_both_times_is_told() -> None:
    better = compare(scored(WORST), scored(BEST), WEIGHTS)  # type: ignore[arg-type]
    assert (better.score_change, better.band_change) == (LOWER, LOWER)
    assert compare(scored(BEST), scored(WORST), WEIGHTS).score_change == HIGHER  # type: ignore[arg-type]
    assert compare(scored(BEST), scored(BEST), WEIGHTS).score_change == SAME  # type: ignore[arg-type]
    assert "became" not in better.in_words()


def test_one_answer_that_became_unknown_hides_no_more_than_its_own_points() -> None:
    key = next(key for key in WORST if max(POINTS[key].values()) > 0)
    still_lower = compare(scored(WORST), scored({**BEST, key: UNKNOWN}), WEIGHTS)  # type: ignore[arg-type]
    assert (len(still_lower.became_unknown), still_lower.score_change) == (1, LOWER)
    only_it = compare(scored(WORST), scored({**WORST, key: UNKNOWN}), WEIGHTS)  # type: ignore[arg-type]
    assert only_it.change < 0
    assert only_it.score_change == CANNOT_BE_TOLD


@settings(deadline=None, max_examples=60)
@given(ANSWERS, ANSWERS)
def test_a_change_that_is_told_is_so_whatever_became_unknown_or_known(
    before: dict[str, str | None], after: dict[str, str | None]
) -> None:
    """Tried with each of these answered at its best and at its worst."""
    comparison = compare(scored(before), scored(after), WEIGHTS)
    for filled in (BEST, WORST):
        for others in (BEST, WORST):
            then = before | {key: filled[key] for key in comparison.became_known}
            now = after | {key: others[key] for key in comparison.became_unknown}
            change = compare(scored(then), scored(now), WEIGHTS).change
            assert comparison.score_change in (
                CANNOT_BE_TOLD, LOWER if change < 0 else HIGHER if change > 0 else SAME,
            )  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(ANSWERS)
def test_a_band_is_read_only_where_nothing_unknown_could_change_it(answers: dict[str, str | None]) -> None:
    one = score(answers, BORN, DAY, WEIGHTS)
    shown = handled_band(one).shown
    if shown is None:
        assert one.band is not one.bands.bands[-1], (
            "the highest band is never hidden: the unknown can only add"
        )
    else:
        worst = score(
            {k: WORST[k] if v in (None, UNKNOWN) else v for k, v in answers.items()}, BORN, DAY, WEIGHTS
        )
        assert worst.band is shown is one.band


@pytest.mark.parametrize(
    ("total", "highest", "known", "is_read"),
    [
        (10, 39, 31, True), (10, 40, 31, False), (10, 30, 20, False), (10, 30, 21, True), (45, 69, 31, True),
        (45, 70, 31, False), (70, 200, 3, True), (10, 30, None, True), (10, 60, None, False),
    ],
)  # fmt: skip
def test_two_thirds_must_be_known_and_the_range_must_cross_no_threshold(
    total: int, highest: int, known: int | None, is_read: bool
) -> None:
    assert is_enough_known(total, highest, known, ASKED, BANDS[-1]) == is_read


def test_minimal_evidence_is_not_said_of_a_child_about_whom_most_is_unknown() -> None:
    one = score(NOTHING, BORN, DAY, WEIGHTS)
    handled = handled_band(one)
    assert (handled.shown, handled.in_words) == (None, "Not enough known")


def test_what_a_person_or_an_investigation_decided_is_shown_all_the_same() -> None:
    one = score(NOTHING, BORN, DAY, WEIGHTS)
    judged = handled_band(one, Override("medium", "Made-up", "Person Made-Up"))
    assert judged.in_words == "Medium"
    investigated = score({**NOTHING, "modern_slavery_investigation": True}, BORN, DAY, WEIGHTS)
    assert handled_band(investigated).in_words == "High"


def test_from_one_range_to_another() -> None:
    assert change_between((5, 5), (3, 4)) == LOWER
    assert change_between((5, 6), (7, 9)) == HIGHER
    assert change_between((5, 5), (5, 5)) == SAME
    assert change_between((5, 6), (5, 6)) == change_between((5, 5), (3, 5)) == CANNOT_BE_TOLD
