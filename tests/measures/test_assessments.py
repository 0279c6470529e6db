"""Measure 1: assessments that proceeded to the meeting."""

from __future__ import annotations

from datetime import date

from data.database.store import Store
from tests.factories import a_child, a_discussion, an_episode
from tests.measures.history import FIRST, LAST, children, figures

ASSESSED = date(2026, 3, 20)


def a_stay(store: Store, area: str = "liverpool") -> tuple[str, str]:
    child = a_child(store, area=area)
    return an_episode(store, child, area, opened_on=date(2026, 1, 5)), child


def test_an_assessment_counts_when_first_discussed_on_the_first_or_the_last_day_of_the_quarter(
    store: Store,
) -> None:
    for met in (FIRST, LAST):
        a_discussion(store, *a_stay(store), meeting_date=met, assessment_date=ASSESSED, kind="sexual")
    assert figures(store, 1) == {"total": 2, "kind=sexual": 2}


def test_an_assessment_first_discussed_the_day_before_or_after_the_quarter_is_not_counted(
    store: Store,
) -> None:
    for met in (date(2026, 3, 31), date(2026, 7, 1)):
        a_discussion(store, *a_stay(store), meeting_date=met, assessment_date=ASSESSED)
    assert figures(store, 1) == {}


def test_an_assessment_discussed_twice_counts_once_in_the_quarter_of_its_first_discussion(
    store: Store,
) -> None:
    within, before = a_stay(store), a_stay(store)
    for met in (date(2026, 4, 10), date(2026, 5, 10)):
        a_discussion(store, *within, meeting_date=met, assessment_date=ASSESSED, kind="both")
    for met in (date(2026, 3, 25), date(2026, 4, 10)):
        a_discussion(store, *before, meeting_date=met, assessment_date=ASSESSED)
    assert figures(store, 1) == {"total": 1, "kind=both": 1}


def test_a_review_with_an_assessment_date_of_its_own_is_a_new_assessment(store: Store) -> None:
    stay = a_stay(store)
    a_discussion(store, *stay, meeting_date=date(2026, 3, 25), assessment_date=ASSESSED)
    a_discussion(store, *stay, meeting_date=date(2026, 6, 10), assessment_date=date(2026, 6, 1))
    assert figures(store, 1) == {"total": 1, "kind=criminal": 1}


def test_the_kind_is_the_first_recorded_along_the_assessments_discussions(store: Store) -> None:
    stay = a_stay(store)
    a_discussion(store, *stay, meeting_date=date(2026, 4, 10), assessment_date=ASSESSED, kind=None)
    a_discussion(store, *stay, meeting_date=date(2026, 5, 10), assessment_date=ASSESSED, kind="sexual")
    a_discussion(store, *stay, meeting_date=date(2026, 6, 10), assessment_date=ASSESSED, kind="both")
    assert figures(store, 1) == {"total": 1, "kind=sexual": 1}


def test_a_discussion_without_an_assessment_date_is_listed_as_missing_and_not_counted(store: Store) -> None:
    episode, child = a_stay(store)
    a_discussion(store, episode, child, meeting_date=LAST, assessment_date=None)
    a_discussion(store, *a_stay(store), meeting_date=LAST, assessment_date=ASSESSED, kind=None)
    assert figures(store, 1) == {"total": 1, "assessment_date=missing": 1, "kind=missing": 1}
    assert children(store, 1, "assessment_date=missing") == {child}


def test_the_same_assessment_date_in_two_episodes_is_two_assessments_and_each_area_has_its_own(
    store: Store,
) -> None:
    for area in ("liverpool", "sefton"):
        a_discussion(store, *a_stay(store, area), meeting_date=LAST, assessment_date=ASSESSED)
    assert figures(store, 1, "Liverpool") == figures(store, 1, "Sefton") == {"total": 1, "kind=criminal": 1}
    assert figures(store, 1, "Total") == {"total": 2, "kind=criminal": 2}
