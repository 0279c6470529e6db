"""Measures 2, 4 and 9: children in the meeting's oversight at quarter end."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from data.database.store import Store
from tests.factories import a_child, a_discussion, a_submission, an_episode
from tests.measures.history import LAST, children, figure, figures

OPENED = date(2025, 9, 1)


def a_stay(store: Store, *judged: tuple[date, str | None], area: str = "liverpool", **given: Any) -> str:
    """A child with one episode, judged on days; gives the child's id."""
    episode = {key: given.pop(key) for key in ("opened_on", "closed_on", "closure_reason") if key in given}
    child = given.pop("child", None) or a_child(store, area=area, **given)
    episode_id = an_episode(store, child, area, **{"opened_on": OPENED, **episode})
    for met, judgement in judged:
        a_discussion(store, episode_id, child, judgement, meeting_date=met)
    return child


def test_a_child_judged_a_or_b_is_being_exploited_and_c_may_be(store: Store) -> None:
    for judgement in "AABC":
        a_stay(store, (date(2026, 5, 1), judgement))
    assert figures(store, 2) == {"total": 4, "judgement=being": 3, "judgement=may_be": 1}


def test_open_children_judged_d_or_e_or_not_yet_are_shown_apart_and_not_added(store: Store) -> None:
    a_stay(store, (date(2026, 5, 1), "D"))
    a_stay(store, (date(2026, 5, 1), "E"))
    not_judged = a_stay(store, (date(2026, 5, 1), None))
    assert figures(store, 2) == {
        "apart=oversight_after_harm": 1, "apart=prevention": 1, "apart=not_judged": 1, "judgement=missing": 1,
    }  # fmt: skip
    assert children(store, 2, "apart=not_judged") == {not_judged}


def test_a_judgement_changed_at_the_meeting_on_quarter_end_counts(store: Store) -> None:
    a_stay(store, (date(2026, 5, 1), "B"), (LAST, "C"))
    assert figures(store, 2) == {"total": 1, "judgement=may_be": 1}


def test_a_judgement_of_the_day_after_quarter_end_does_not_count(store: Store) -> None:
    a_stay(store, (date(2026, 5, 1), "B"), (date(2026, 7, 1), "E"))
    assert figures(store, 2) == {"total": 1, "judgement=being": 1}


def test_a_later_discussion_without_a_judgement_leaves_the_one_before_it_standing(store: Store) -> None:
    a_stay(store, (date(2026, 5, 1), "C"), (date(2026, 6, 1), None))
    assert figures(store, 2) == {"total": 1, "judgement=may_be": 1}


def test_an_episode_opened_on_quarter_end_is_open_and_one_closed_on_it_is_not(store: Store) -> None:
    opened = a_stay(store, (LAST, "B"), opened_on=LAST)
    a_stay(store, (OPENED, "B"), closed_on=LAST, closure_reason="risk_reduced")
    still_open = a_stay(store, (OPENED, "B"), closed_on=date(2026, 7, 1), closure_reason="risk_reduced")
    a_stay(store, opened_on=date(2026, 7, 1))
    assert children(store, 2) == {opened, still_open}


def test_a_judgement_of_an_earlier_episode_says_nothing_about_this_one(store: Store) -> None:
    child = a_stay(store, (OPENED, "B"), closed_on=date(2026, 2, 1), closure_reason="other")
    a_stay(store, child=child, opened_on=date(2026, 3, 1))
    assert figures(store, 2) == {"apart=not_judged": 1, "judgement=missing": 1}


def test_a_child_who_moved_counts_in_the_new_area_only_and_once_in_the_total(store: Store) -> None:
    child = a_stay(store, (OPENED, "B"), closed_on=date(2026, 5, 4), closure_reason="moved")
    a_stay(store, (date(2026, 6, 1), "C"), child=child, area="wirral", opened_on=date(2026, 5, 4))
    assert figures(store, 2, "Liverpool") == {}
    assert figures(store, 2, "Wirral") == figures(store, 2, "Total") == {"total": 1, "judgement=may_be": 1}


def test_a_child_open_in_two_areas_counts_in_each_and_once_in_the_total(store: Store) -> None:
    child = a_stay(store, (date(2026, 5, 1), "B"))
    a_stay(store, (date(2026, 5, 1), "C"), child=child, area="wirral")
    assert figure(store, 2) == figure(store, 2, area="Wirral") == figure(store, 2, area="Total") == 1
    assert figure(store, 4, "sen=not_known", "Total") == 1


def test_another_partnerships_children_are_not_counted(store: Store) -> None:
    a_stay(store, (date(2026, 5, 1), "B"), area="sheffield")
    assert figures(store, 2, "Total") == {}


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(2008, 6, 30), "18_and_over"),
        (date(2008, 7, 1), "17"),
        (date(2008, 2, 29), "18_and_over"),
        (date(2012, 2, 29), "14"),
        (date(2013, 6, 30), "13"),
        (date(2013, 7, 1), "10_12"),
        (date(2016, 6, 30), "10_12"),
        (date(2016, 7, 1), "under_10"),
    ],
)
def test_age_is_in_whole_years_at_quarter_end_and_18_on_the_birthday(
    duckdb_store: Store, born: date, age: str
) -> None:
    a_stay(duckdb_store, (date(2026, 5, 1), "B"), born=born)
    assert figure(duckdb_store, 4, f"age={age}") == figure(duckdb_store, 4, f"age={age};judgement=being") == 1


def test_gender_is_as_recorded_and_else_from_sex(store: Store) -> None:
    judged = (date(2026, 5, 1), "C")
    a_stay(store, judged, sex="F", gender="male")
    a_stay(store, judged, sex="F")
    a_stay(store, judged, sex="M", gender="another")
    a_stay(store, judged, sex="U")
    a_stay(store, judged)
    assert {name: n for name, n in figures(store, 4).items() if name.startswith("gender") and ";" not in name} == {
        "gender=male": 1, "gender=female": 1, "gender=another": 1, "gender=not_known": 2,
    }  # fmt: skip


def test_ethnicity_not_recorded_counts_as_not_yet_obtained_and_refused_stays_apart(store: Store) -> None:
    for ethnicity in ("CHNE", "WROM", "REFU", None):
        a_stay(store, (date(2026, 5, 1), "C"), ethnicity=ethnicity)
    found = figures(store, 4)
    assert {name: found[name] for name in found if name.startswith("ethnicity") and ";" not in name} == {
        "ethnicity_group=white": 1, "ethnicity_group=asian": 1, "ethnicity_group=not_known": 2,
        "ethnicity=WROM": 1, "ethnicity=CHNE": 1, "ethnicity=REFU": 1, "ethnicity=NOBT": 1,
    }  # fmt: skip


def test_needs_are_read_as_last_recorded(store: Store) -> None:
    for sen in ("N", "K", "E", None):
        child = a_stay(store, (date(2026, 5, 1), "A"), sen="E" if sen == "K" else sen)
        if sen == "K":
            with_record(store, child, sen)
    assert [figure(store, 4, f"sen={key}") for key in ("none", "sen_support", "ehcp", "not_known")] == [
        1,
        1,
        1,
        1,
    ]


def with_record(store: Store, child: str, sen: str) -> None:
    a_submission(
        store, "child", child, name="Child Made-Up", date_of_birth=date(2012, 1, 1), area="liverpool", sen=sen
    )


@pytest.mark.parametrize(
    ("first_judged", "counts"),
    [(date(2025, 12, 29), 1), (date(2025, 12, 30), 0), (date(2025, 9, 1), 1), (date(2026, 6, 30), 0)],
)
def test_over_six_months_is_strictly_more_than_six_calendar_months_before_quarter_end(
    duckdb_store: Store, first_judged: date, counts: int
) -> None:
    a_stay(duckdb_store, (first_judged, "B"))
    assert figure(duckdb_store, 9) == counts


def test_changing_between_a_and_b_is_no_break_and_neither_is_a_discussion_without_a_judgement(
    store: Store,
) -> None:
    a_stay(store, (OPENED, "B"), (date(2026, 1, 10), "A"), (date(2026, 3, 1), None), (date(2026, 5, 1), "B"))
    assert figure(store, 9) == 1


def test_another_judgement_in_between_breaks_the_run_and_it_starts_again(store: Store) -> None:
    a_stay(store, (OPENED, "B"), (date(2026, 1, 10), "C"), (date(2026, 2, 1), "B"))
    again = a_stay(store, (OPENED, "B"), (date(2025, 10, 1), "D"), (date(2025, 11, 1), "A"))
    assert children(store, 9) == {again}


def test_a_child_whose_latest_judgement_is_no_longer_a_or_b_is_not_counted(store: Store) -> None:
    a_stay(store, (OPENED, "B"), (LAST, "C"))
    a_stay(store, (OPENED, "B"), closed_on=LAST, closure_reason="risk_reduced")
    still = a_stay(store, (OPENED, "B"), (date(2026, 7, 1), "E"))
    assert children(store, 9) == {still}


def test_a_run_does_not_go_on_from_one_episode_to_the_next(store: Store) -> None:
    child = a_stay(store, (OPENED, "B"), closed_on=date(2026, 2, 1), closure_reason="moved")
    a_stay(store, (date(2026, 2, 1), "B"), child=child, opened_on=date(2026, 2, 1), area="sefton")
    assert figure(store, 9, area="Total") == 0
