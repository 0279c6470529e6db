"""The dashboard's figures are the measures' own, and the list behind a figure has as many children as the figure says."""

from __future__ import annotations

from datetime import date

import pytest

from data.cohort import PAGE, children_listed
from data.database.store import Store
from data.quarters import Quarter
from data.returns.returns import draft_return
from tests.cohort.cohorts import BEFORE, ON, a_score, a_small_cohort, an_approved_weight_set, read
from tests.factories import a_child, a_child_in_oversight, a_discussion, an_account, an_episode, the_operator

LIVERPOOL = ("liverpool",)


@pytest.mark.parametrize("areas", [LIVERPOOL, ("liverpool", "sefton")])
def test_at_quarter_end_the_figures_are_those_of_the_return(store: Store, areas: tuple[str, ...]) -> None:
    a_small_cohort(store)
    actor = the_operator(store)
    figures = read(actor, areas, ON).figures
    drafted = draft_return(actor, Quarter.of(ON), areas)
    both = {f.breakdown: f.value for f in drafted.figures if f.area == "Total" and f.breakdown in figures
            and f.measure in (2, 4)}  # fmt: skip
    assert len(both) > 60
    assert {name: figures[name] for name in both} == both
    assert both["total"] == (3 if areas == LIVERPOOL else 4)


def test_a_child_open_in_two_areas_counts_once_with_the_graver_judgement(duckdb_store: Store) -> None:
    a_small_cohort(duckdb_store)
    figures = read(the_operator(duckdb_store), ("liverpool", "sefton"), ON).figures
    assert (figures["total"], figures["judgement=being"], figures["judgement=may_be"]) == (4, 3, 1)


def test_each_figure_opens_to_as_many_children_as_it_counts(store: Store) -> None:
    made = a_small_cohort(store)
    a_score(store, made["being"].child_id, BEFORE, "high")
    actor = the_operator(store)
    figures = read(actor, LIVERPOOL, ON).figures
    for cut, count in figures.items():
        if not count:
            continue
        listed, more = children_listed(actor, "liverpool", ON, cut)
        assert len({child.child_id for child in listed}) == count, cut
        assert not more
    assert figures["apart=not_judged"] == figures["band=high"] == 1


def test_judgements_being_and_may_be_add_up_to_all_who_are_open(duckdb_store: Store) -> None:
    a_small_cohort(duckdb_store)
    figures = read(the_operator(duckdb_store), LIVERPOOL, ON).figures
    judged = sum(figures[f"judged={letter}"] for letter in "ABCDE")
    assert judged + figures["apart=not_judged"] == figures["open"] == 6
    assert sum(figures[f"band={band}"] for band in ("low", "medium", "high", "none")) == figures["total"]


def test_a_past_day_shows_the_cohort_as_it_stood_then(store: Store) -> None:
    made = a_small_cohort(store)
    a_discussion(store, made["being"].episode_id, made["being"].child_id, "E", meeting_date=date(2026, 7, 1))
    actor = the_operator(store)
    assert read(actor, LIVERPOOL, date(2026, 5, 31)).figures["total"] == 4, "the closed one was open"
    assert read(actor, LIVERPOOL, ON).figures["judgement=being"] == 2
    assert read(actor, LIVERPOOL, date(2026, 7, 1)).figures["judgement=being"] == 1
    assert read(actor, LIVERPOOL, date(2026, 4, 14)).figures["open"] == 0


def test_the_band_is_that_of_the_latest_scoring_by_the_day_as_it_is_handled(store: Store) -> None:
    made = a_small_cohort(store)
    child = made["may be"].child_id
    a_score(store, child, date(2026, 6, 1), "high")
    a_score(store, child, date(2026, 5, 1), "medium")
    a_score(store, child, date(2026, 7, 1), "low")
    a_score(store, made["after harm"].child_id, BEFORE, "high")
    actor = the_operator(store)
    on_the_day = read(actor, LIVERPOOL, ON).figures
    assert (on_the_day["band=high"], on_the_day["band=none"]) == (1, 2), "only children in oversight"
    assert read(actor, LIVERPOOL, date(2026, 5, 31)).figures["band=medium"] == 1
    [listed] = children_listed(actor, "liverpool", ON, "band=high")[0]
    assert (listed.child_id, listed.band) == (child, "high")


def test_bands_from_weights_that_are_not_approved_are_said_to_be_so(duckdb_store: Store) -> None:
    made = a_small_cohort(duckdb_store)
    actor = the_operator(duckdb_store)
    assert read(actor, LIVERPOOL, ON).about_scores == ()
    a_score(duckdb_store, made["being"].child_id, BEFORE, "high", an_approved_weight_set(duckdb_store))
    assert read(actor, LIVERPOOL, ON).about_scores == ()
    a_score(duckdb_store, made["may be"].child_id, BEFORE, "low")
    [sentence] = read(actor, LIVERPOOL, ON).about_scores
    assert sentence.startswith("Illustrative score")


def test_a_review_is_overdue_from_the_day_after_the_date_set_at_the_latest_discussion(store: Store) -> None:
    one = a_child_in_oversight(store, opened_on=BEFORE)
    a_discussion(
        store, one.episode_id, one.child_id, meeting_date=date(2026, 5, 1), review_by=date(2026, 5, 20)
    )
    an_episode(store, a_child(store), opened_on=BEFORE)
    actor = the_operator(store)

    def overdue(on: date) -> int:
        return read(actor, LIVERPOOL, on).figures["review=overdue"]

    assert (overdue(date(2026, 5, 20)), overdue(date(2026, 5, 21))) == (0, 1)
    a_discussion(
        store, one.episode_id, one.child_id, meeting_date=date(2026, 5, 21), review_by=date(2026, 6, 20)
    )
    assert (overdue(date(2026, 5, 21)), overdue(date(2026, 6, 21))) == (0, 1)
    assert read(actor, LIVERPOOL, ON).figures["review=none"] == 1, "not discussed yet"


def test_a_list_shows_initials_age_on_the_day_and_the_scale_before_and_now(store: Store) -> None:
    one = a_child_in_oversight(
        store, opened_on=BEFORE, name="Ada Mary Made-Up", born=date(2012, 7, 1), area="liverpool"
    )
    actor = the_operator(store)
    [listed] = children_listed(actor, "liverpool", ON)[0]
    assert (listed.initials, listed.age, listed.area, listed.judgement) == ("A.M.M.", 13, "Liverpool", "B")
    assert (listed.scale_before, listed.scale_now) == (None, 6)
    a_discussion(store, one.episode_id, one.child_id, meeting_date=date(2026, 6, 1), scale=8)
    [listed] = children_listed(actor, "liverpool", ON)[0]
    assert (listed.scale_before, listed.scale_now) == (6, 8)


def test_a_list_comes_a_page_at_a_time_soonest_review_first(duckdb_store: Store) -> None:
    for n in range(PAGE + 2):
        one = a_child_in_oversight(duckdb_store, opened_on=BEFORE)
        a_discussion(
            duckdb_store, one.episode_id, one.child_id, meeting_date=date(2026, 5, 1),
            review_by=date(2026, 7, 1 + n) if n else None,
        )  # fmt: skip
    actor = the_operator(duckdb_store)
    first, more = children_listed(actor, "liverpool", ON)
    assert (len(first), more) == (PAGE, True)
    second, more = children_listed(actor, "liverpool", ON, page=1)
    assert (len(second), more) == (2, False)
    dates = [child.review_by for child in (*first, *second)]
    assert dates == [date(2026, 7, day) for day in range(2, PAGE + 3)] + [None]


def test_months_run_to_the_day_and_count_opened_and_closed(store: Store) -> None:
    a_small_cohort(store)
    months = read(the_operator(store), LIVERPOOL, date(2026, 6, 15), "flow").tables[
        "Episodes in the last 12 months"
    ]
    assert (next(iter(months)), list(months)[-1]) == ("Jul 2025", "Jun 2026")
    assert list(months.values())[-3:] == [(6, 0, 0), (0, 0, 0), (0, 1, 0)]


def test_an_account_of_the_area_sees_the_same_figures_as_its_lead(duckdb_store: Store) -> None:
    a_small_cohort(duckdb_store)
    seen = [
        read(an_account(duckdb_store, role), LIVERPOOL, ON).figures
        for role in ("coordinator", "manager", "partnership_lead")
    ]
    assert seen[0] == seen[1] == seen[2]
