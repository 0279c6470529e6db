"""Measure 8: re-referrals within twelve months."""

from __future__ import annotations

from datetime import date

import pytest

from data.database.store import Store
from data.measures.measure import Scope
from data.measures.reckoning import reckon
from data.quarters import Quarter
from tests.factories import a_child, a_referral, an_episode, the_operator
from tests.measures.history import FIRST, LAST, MERSEYSIDE, figures

LEFT = date(2025, 10, 1)


def a_child_who_left(
    store: Store, closed_on: date = LEFT, reason: str = "risk_reduced", area: str = "liverpool"
) -> str:
    child = a_child(store, area=area)
    opened = date(2024, 1, 1)
    an_episode(store, child, area, opened_on=opened, closed_on=closed_on, closure_reason=reason)
    return child


def referred(
    store: Store, child: str, received: date = date(2026, 5, 1), decided: date | None = LAST, **given: str
) -> str:
    return a_referral(store, child, received_on=received, decided_on=decided, **given)


def test_a_referral_counts_when_accepted_on_the_first_or_last_day_of_the_quarter(store: Store) -> None:
    for decided in (date(2026, 3, 31), FIRST, LAST, date(2026, 7, 1)):
        referred(store, a_child_who_left(store), date(2026, 3, 30), decided)
    assert figures(store, 8) == figures(store, 8, "Total") == {"total": 2, "pending": 1}


@pytest.mark.parametrize(
    ("left", "received", "counts"),
    [
        (date(2025, 5, 1), date(2026, 5, 1), 1),
        (date(2025, 4, 30), date(2026, 5, 1), 0),
        (date(2026, 5, 1), date(2026, 5, 1), 1),
    ],
)
def test_the_twelve_months_end_on_the_same_day_a_year_later(
    duckdb_store: Store, left: date, received: date, counts: int
) -> None:
    referred(duckdb_store, a_child_who_left(duckdb_store, left), received)
    assert figures(duckdb_store, 8).get("total", 0) == counts


def test_from_29_february_the_twelve_months_end_on_28_february(store: Store) -> None:
    for received in (date(2025, 2, 28), date(2025, 3, 1)):
        referred(store, a_child_who_left(store, date(2024, 2, 29)), received, date(2025, 3, 10))
    with the_operator(store).reading() as work:
        found = reckon(work, Scope(Quarter.parse("2024-25 Q4"), ("liverpool",), MERSEYSIDE)).figures
    assert [f.value for f in found if (f.area, f.measure, f.breakdown) == ("Liverpool", 8, "total")] == [1]


def test_a_child_who_left_by_moving_or_was_never_known_is_no_re_referral(store: Store) -> None:
    referred(store, a_child_who_left(store, reason="moved"))
    referred(store, a_child(store))
    assert figures(store, 8) == {}


def test_only_the_latest_episode_says_how_the_child_left(store: Store) -> None:
    moved_last, moved_first = a_child_who_left(store), a_child_who_left(store, reason="moved")
    for child, reason in ((moved_last, "moved"), (moved_first, "other")):
        an_episode(store, child, "wirral", opened_on=LEFT, closed_on=date(2026, 1, 1), closure_reason=reason)
        referred(store, child)
    assert figures(store, 8) == {"total": 1}


def test_a_child_with_an_episode_open_on_the_day_received_is_not_counted(store: Store) -> None:
    child = a_child_who_left(store)
    an_episode(
        store, child, "sefton", opened_on=date(2026, 4, 1), closed_on=date(2026, 5, 2), closure_reason="other"
    )
    referred(store, child)
    assert figures(store, 8) == {}


def test_the_episode_that_the_referral_itself_opened_is_not_the_latest(store: Store) -> None:
    child = a_child_who_left(store)
    referral = referred(store, child, decided=date(2026, 5, 1))
    an_episode(store, child, referral_id=referral, opened_on=date(2026, 5, 1))
    assert figures(store, 8) == {"total": 1}


def test_an_episode_in_another_partnership_is_no_return_to_this_one(store: Store) -> None:
    child = a_child(store)
    an_episode(
        store, child, "sheffield", opened_on=date(2025, 1, 1), closed_on=LEFT, closure_reason="risk_reduced"
    )
    referred(store, child)
    assert figures(store, 8) == {}


def test_an_episode_in_another_area_of_the_partnership_is_and_the_area_is_the_referrals(store: Store) -> None:
    referred(store, a_child_who_left(store, area="wirral"))
    assert figures(store, 8) == {"total": 1}
    assert figures(store, 8, "Wirral") == {}


def test_each_referral_accepted_in_the_quarter_counts(store: Store) -> None:
    child = a_child_who_left(store)
    for received in (date(2026, 4, 10), date(2026, 5, 10)):
        referred(store, child, received)
    assert figures(store, 8) == {"total": 2}


def test_pending_is_received_by_quarter_end_and_undecided_at_it(store: Store) -> None:
    for state, received, decided in (
        ("submitted", LAST, None),
        ("awaiting_sign_off", date(2026, 2, 1), None),
        ("declined", LAST, date(2026, 7, 1)),
        ("submitted", date(2026, 7, 1), None),
        ("declined", LAST, LAST),
        ("returned", date(2026, 6, 1), date(2026, 6, 10)),
    ):
        referred(store, a_child_who_left(store), received, decided, state=state)
    referred(store, a_child(store), LAST, None, state="submitted")
    assert figures(store, 8) == {"pending": 3}
