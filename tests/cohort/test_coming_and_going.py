"""Waits, repeats and closures on histories small enough to be worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from data.database.store import Store
from forms.settings import PARTNERSHIP
from tests.audit.tampering import at_time
from tests.cohort.cohorts import ON, read
from tests.factories import (
    a_child,
    a_discussion,
    a_referral,
    a_submission,
    an_account,
    an_episode,
    the_operator,
)
from tests.settings.test_each_partnership_sets_its_own import set_to

LIVERPOOL = ("liverpool",)
ASSESSED, MET = "Days from referral to assessment", "Days from referral to the first meeting"
RECEIVED = date(2026, 3, 2)


def _waited(
    store: Store, to_assessment: int | None, to_meeting: int | None, received: date = RECEIVED
) -> str:
    child = a_child(store)
    referral = a_referral(store, child, received_on=received, decided_on=received)
    episode = an_episode(store, child, referral_id=referral, opened_on=received)
    for day in () if to_assessment is None else (to_assessment, to_assessment + 30, -9):
        assessed = received + timedelta(day)
        with at_time(datetime.combine(assessed, time(12), UTC)):  # a form counts from when it was first sent
            a_submission(store, "assessment", child, assessed_on=assessed)
    if to_meeting is not None:
        met = received + timedelta(to_meeting)
        a_discussion(store, episode, child, meeting_date=met, assessment_date=None)
        a_discussion(store, episode, child, meeting_date=met + timedelta(50), assessment_date=None)
    return episode


def test_waits_are_the_middle_and_the_ninetieth_of_those_that_ended(store: Store) -> None:
    for days in (10, 20, 30, 40):
        _waited(store, days, days + 5)
    _waited(store, None, None)
    waits = read(the_operator(store), LIVERPOOL, ON, "flow").tables
    # Between the second and the third; seven tenths of the way from the third to the fourth.
    assert waits[ASSESSED]["12 months to the day"] == (25, 37, 4, 1)
    assert waits[MET]["12 months to the day"] == (30, 42, 4, 1)
    assert waits[ASSESSED]["12 months before"] == (None, None, 0, 0)


def test_an_assessment_that_only_the_meeting_names_counts_too(store: Store) -> None:
    child = a_child(store)
    referral = a_referral(store, child, received_on=RECEIVED)
    episode = an_episode(store, child, referral_id=referral, opened_on=RECEIVED)
    a_discussion(store, episode, child, meeting_date=date(2026, 3, 20), assessment_date=date(2026, 3, 12))
    waits = read(the_operator(store), LIVERPOOL, ON, "flow").tables
    assert waits[ASSESSED]["12 months to the day"] == (10, 10, 1, 0)


def test_a_wait_that_ended_after_the_day_is_still_waiting_on_it(store: Store) -> None:
    _waited(store, 20, 40)
    waits = read(the_operator(store), LIVERPOOL, RECEIVED + timedelta(30), "flow").tables
    assert waits[ASSESSED]["12 months to the day"][2:] == (1, 0)
    assert waits[MET]["12 months to the day"][2:] == (0, 1)


def test_a_target_shows_once_it_is_set_and_none_before(store: Store) -> None:
    for days in (10, 20, 30):
        _waited(store, days, days)
    administrator, manager = an_account(store, "administrator"), an_account(store, "manager")
    assert len(read(manager, LIVERPOOL, ON, "flow").tables[ASSESSED]["12 months to the day"]) == 4
    set_to(administrator, PARTNERSHIP, "pan_merseyside", target_days_to_assessment="20")
    assert read(manager, LIVERPOOL, ON, "flow").tables[ASSESSED]["12 months to the day"][-1] == "2 of 3 (67%)"
    assert len(read(manager, LIVERPOOL, ON, "flow").tables[MET]["12 months to the day"]) == 4
    set_to(administrator, PARTNERSHIP, "pan_merseyside", target_days_to_assessment="")
    assert len(read(manager, LIVERPOOL, ON, "flow").tables[ASSESSED]["12 months to the day"]) == 4


@pytest.mark.parametrize(
    ("closed", "reason", "received", "repeats"),
    [
        (date(2025, 5, 4), "risk_reduced", date(2026, 5, 4), 1),
        (date(2025, 5, 3), "risk_reduced", date(2026, 5, 4), 0),
        (date(2024, 2, 29), "risk_reduced", date(2025, 2, 28), 1),
        (date(2024, 2, 29), "risk_reduced", date(2025, 3, 1), 0),
        (date(2026, 5, 4), "unable_to_engage", date(2026, 5, 4), 1),
        (date(2026, 5, 1), "moved", date(2026, 5, 4), 0),
    ],
)
def test_a_repeat_counts_up_to_the_same_day_a_year_later(
    store: Store, closed: date, reason: str, received: date, repeats: int
) -> None:
    child = a_child(store)
    an_episode(
        store, child, "wirral", opened_on=closed - timedelta(99), closed_on=closed, closure_reason=reason
    )
    referral = a_referral(store, child, received_on=received, decided_on=received)
    an_episode(store, child, referral_id=referral, opened_on=received)
    on = received + timedelta(3)
    found = read(the_operator(store), LIVERPOOL, on, "flow").figures
    assert found[f"opened={received:%Y-%m}"] == 1
    assert found[f"repeat={received:%Y-%m}"] == repeats


def test_why_episodes_closed_counts_twelve_months_to_the_day(store: Store) -> None:
    for closed, reason in (
        (date(2025, 6, 30), "turned_18"), (date(2025, 7, 1), "turned_18"), (ON, "turned_18"), (ON, "moved"),
        (date(2026, 7, 1), "moved"),
    ):  # fmt: skip
        an_episode(store, a_child(store), opened_on=date(2025, 1, 1), closed_on=closed, closure_reason=reason)
    figures = read(the_operator(store), LIVERPOOL, ON, "flow").figures
    assert (figures["closed_for=turned_18"], figures["closed_for=moved"]) == (2, 1)
