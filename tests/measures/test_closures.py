"""Measures 5, 6 and 7: episodes closed in the quarter, by reason."""

from __future__ import annotations

from datetime import date

import pytest

from data.database.store import Store
from tests.factories import a_child, a_discussion, an_episode
from tests.measures.history import FIRST, LAST, children, figures

OPENED = date(2025, 9, 1)


def a_closed_stay(store: Store, reason: str, closed_on: date, *judged: tuple[date, str | None]) -> str:
    child = a_child(store)
    episode = an_episode(store, child, opened_on=OPENED, closed_on=closed_on, closure_reason=reason)
    for met, judgement in judged:
        a_discussion(store, episode, child, judgement, meeting_date=met)
    return child


@pytest.mark.parametrize(
    ("reason", "measure"),
    [("risk_reduced", 5), ("turned_18", 6), ("unable_to_engage", 7), ("lack_of_consent", 7)],
)
def test_an_episode_closed_on_the_first_or_last_day_is_closed_in_the_quarter(
    duckdb_store: Store, reason: str, measure: int
) -> None:
    within = {a_closed_stay(duckdb_store, reason, closed) for closed in (FIRST, LAST)}
    for closed in (date(2026, 3, 31), date(2026, 7, 1)):
        a_closed_stay(duckdb_store, reason, closed)
    assert children(duckdb_store, measure) == within
    assert figures(duckdb_store, measure)["total"] == figures(duckdb_store, measure, "Total")["total"] == 2


def test_measure_5_counts_no_other_reason(store: Store) -> None:
    for reason in ("turned_18", "unable_to_engage", "lack_of_consent", "moved", "other"):
        a_closed_stay(store, reason, LAST)
    assert figures(store, 5) == {"discussion=missing": 5}  # none counted; all to put right


def test_an_episode_opened_and_closed_on_one_day_counts(store: Store) -> None:
    an_episode(store, a_child(store), opened_on=LAST, closed_on=LAST, closure_reason="risk_reduced")
    assert figures(store, 5) == {"total": 1, "discussion=missing": 1}


def test_a_child_closed_twice_in_the_quarter_is_two_episodes(store: Store) -> None:
    child = a_child(store)
    for opened, closed in ((OPENED, FIRST), (FIRST, LAST)):
        an_episode(store, child, opened_on=opened, closed_on=closed, closure_reason="risk_reduced")
    assert figures(store, 5) == figures(store, 5, "Total") == {"total": 2, "discussion=missing": 2}
    assert children(store, 5) == {child}


def test_the_level_of_risk_at_18_is_the_last_judgement_on_or_before_closing(store: Store) -> None:
    closed = date(2026, 5, 20)
    a_closed_stay(store, "turned_18", closed, (OPENED, "C"), (closed, "A"), (date(2026, 5, 21), "E"))
    a_closed_stay(store, "turned_18", closed, (OPENED, "D"), (closed, None))
    assert figures(store, 6) == {"total": 2, "judgement=A": 1, "judgement=D": 1}


def test_a_child_closed_at_18_and_never_judged_is_shown_and_listed_as_missing(store: Store) -> None:
    child = a_closed_stay(store, "turned_18", LAST)
    assert figures(store, 6) == {"total": 1, "judgement=none": 1, "judgement=missing": 1}
    assert children(store, 6, "judgement=none") == {child}


def test_the_judgement_of_another_episode_is_not_the_level_of_risk_at_18(store: Store) -> None:
    child = a_closed_stay(store, "moved", date(2026, 4, 10), (OPENED, "B"))
    an_episode(store, child, opened_on=date(2026, 4, 10), closed_on=LAST, closure_reason="turned_18")
    assert figures(store, 6)["judgement=none"] == 1


def test_unable_to_engage_and_lack_of_consent_are_shown_apart_and_together(store: Store) -> None:
    for reason in ("unable_to_engage", "unable_to_engage", "lack_of_consent", "other"):
        a_closed_stay(store, reason, LAST)
    assert figures(store, 7) == {"total": 3, "reason=unable_to_engage": 2, "reason=lack_of_consent": 1}
