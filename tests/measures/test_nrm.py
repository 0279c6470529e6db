"""Measure 10: submissions to the National Referral Mechanism."""

from __future__ import annotations

import datetime
from datetime import date

import pytest

from data import clock
from data.database.store import Store
from tests.factories import a_child, a_submission, an_episode, an_nrm
from tests.measures.history import FIRST, LAST, children, figures


def at(monkeypatch: pytest.MonkeyPatch, instant: datetime.datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: instant)


def noon(day: date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(12), datetime.UTC)


def moves_to(store: Store, child: str, area: str) -> None:
    a_submission(store, "child", child, name="Child Made-Up", date_of_birth=date(2012, 1, 1), area=area)


def test_a_submission_on_the_first_or_last_day_of_the_quarter_counts(store: Store) -> None:
    for submitted in (date(2026, 3, 31), FIRST, LAST, date(2026, 7, 1), None):
        an_nrm(store, a_child(store), submitted_on=submitted, multi_agency=True)
    assert figures(store, 10) == {"total": 2, "multi_agency=yes": 2}


def test_where_it_was_completed_is_yes_no_or_not_recorded(store: Store) -> None:
    for multi_agency in (True, False, False):
        an_nrm(store, a_child(store), submitted_on=LAST, multi_agency=multi_agency)
    child = a_child(store)
    an_nrm(store, child, submitted_on=LAST)
    assert figures(store, 10) == {
        "total": 4, "multi_agency=yes": 1, "multi_agency=no": 2, "multi_agency=not_recorded": 1,
        "multi_agency=missing": 1,
    }  # fmt: skip
    assert children(store, 10, "multi_agency=missing") == {child}


def test_the_area_is_that_of_the_episode_open_on_the_day_wherever_the_child_lives_now(store: Store) -> None:
    child = a_child(store, area="wirral")
    an_episode(store, child, "sefton", opened_on=date(2026, 1, 1), closed_on=LAST, closure_reason="moved")
    an_episode(store, child, "knowsley", opened_on=LAST)
    an_nrm(store, child, submitted_on=date(2026, 6, 29))
    an_nrm(store, child, submitted_on=LAST)
    assert [figures(store, 10, area).get("total") for area in ("Sefton", "Knowsley", "Wirral")] == [
        1,
        1,
        None,
    ]


def test_without_an_open_episode_the_area_is_the_one_recorded_at_that_date(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, noon(date(2026, 4, 10)))
    child = a_child(store, area="sefton")
    at(monkeypatch, noon(date(2026, 5, 10)))
    moves_to(store, child, "wirral")
    for submitted in (date(2026, 4, 2), date(2026, 5, 9), date(2026, 5, 10)):
        an_nrm(store, child, submitted_on=submitted)
    assert figures(store, 10, "Sefton")["total"] == 2
    assert figures(store, 10, "Wirral")["total"] == 1


def test_the_day_of_recording_is_a_day_in_the_united_kingdom(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = a_child(store, area="sefton")
    at(
        monkeypatch, datetime.datetime(2026, 5, 9, 23, 30, tzinfo=datetime.UTC)
    )  # half past midnight on the tenth
    moves_to(store, child, "wirral")
    an_nrm(store, child, submitted_on=date(2026, 5, 9))
    assert figures(store, 10, "Sefton").get("total") == 1


def test_the_first_area_recorded_holds_for_all_earlier_dates(store: Store) -> None:
    an_nrm(store, a_child(store, area="st_helens"), submitted_on=FIRST)
    assert figures(store, 10, "St Helens")["total"] == figures(store, 10, "Total")["total"] == 1


def test_a_child_of_another_partnership_on_that_day_is_not_counted(store: Store) -> None:
    an_nrm(store, a_child(store, area="sheffield"), submitted_on=LAST)
    assert figures(store, 10, "Total") == {}


def test_two_submissions_of_one_child_count_twice(store: Store) -> None:
    child = a_child(store)
    for submitted in (FIRST, LAST):
        an_nrm(store, child, submitted_on=submitted, multi_agency=True)
    assert figures(store, 10)["total"] == 2
    assert children(store, 10) == {child}
