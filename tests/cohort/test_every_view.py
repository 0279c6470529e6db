"""Every figure of every view that opens has as many children, or episodes, behind it as it says; filters narrow all alike."""

from __future__ import annotations

from datetime import date

import pytest

from data.cohort import PAGE, children_listed, read_view
from data.dashboard.asked import FILTERS, Asked
from data.dashboard.cut import count
from data.dashboard.oversight_cuts import GLANCE
from data.dashboard.views import VIEWS
from data.database.store import Store
from forms.places import PARTNERSHIPS
from tests.cohort.cohorts import (
    BEFORE,
    ON,
    a_disruption,
    a_missing_episode,
    a_place,
    a_population,
    a_score,
    a_small_cohort,
    a_tracker,
    an_action,
    at_school,
    on_that_day,
    read,
)  # fmt: skip
from tests.factories import a_submission, an_nrm, the_operator

LIVERPOOL = ("liverpool",)
PLAIN = [view.key for view in VIEWS if not view.needs_areas]


def a_rich_cohort(store: Store) -> None:
    made = a_small_cohort(store)
    being, may_be = made["being"], made["may be"]
    a_score(store, being.child_id, BEFORE, "medium")
    a_score(store, being.child_id, ON, "high")
    an_action(store, being, "police", date(2026, 5, 1))
    an_action(store, being, "police", None)
    an_action(store, may_be, "health", date(2026, 12, 1))
    a_submission(store, "screening", being.child_id, submitted_on=BEFORE, strong_01="yes", moderate_17="yes")
    a_submission(store, "screening", may_be.child_id, submitted_on=BEFORE, strong_01="historical")
    a_tracker(
        store, being.child_id, BEFORE, wanted_missing="missing", attendance="unknown", looked_after="no"
    )
    an_nrm(
        store, being.child_id, submitted_on=BEFORE, reasonable_grounds="positive", reasonable_grounds_on=ON
    )
    an_nrm(store, may_be.child_id)
    a_missing_episode(store, being.child_id, BEFORE, BEFORE, held=date(2026, 4, 19))
    a_missing_episode(store, may_be.child_id, ON, None)
    at_school(store, being.child_id, BEFORE, "part_time", 60)
    a_population(store, "liverpool")
    a_disruption(store, a_place(store, being.child_id, may_be.child_id), BEFORE, ends=date(2026, 7, 10))


@pytest.mark.parametrize("view", PLAIN)
def test_each_figure_opens_to_as_many_as_it_counts(store: Store, view: str) -> None:
    a_rich_cohort(store)
    actor = the_operator(store)
    figures = read(actor, LIVERPOOL, ON, view).figures
    assert any(figures.values())
    for cut, number in figures.items():
        if number:
            listed, more = children_listed(actor, "liverpool", ON, cut)
            assert (len(listed), more) == (number, False), cut
            assert number < PAGE


@pytest.mark.parametrize(
    "filters", [{"judgement": "being"}, {"kind": "criminal", "band": "high"}, {"agency": "police"}]
)
def test_filters_narrow_figures_and_lists_alike(duckdb_store: Store, filters: dict[str, str]) -> None:
    a_rich_cohort(duckdb_store)
    actor = the_operator(duckdb_store)
    for view in ("glance", "due", "flow", "follow", "away", "places"):
        for cut, number in read(actor, LIVERPOOL, ON, view, **filters).figures.items():
            if number:
                assert len(children_listed(actor, "liverpool", ON, cut, filters=filters)[0]) == number, cut


def test_the_options_of_a_filter_that_share_children_out_add_up_to_all(store: Store) -> None:
    a_rich_cohort(store)
    actor = the_operator(store)
    with actor.reading() as work:
        for one in FILTERS:
            options = [code for code, _ in one.options if code not in ("being", "may_be")]
            of_each = [
                count(
                    work, Asked(LIVERPOOL, ON, PARTNERSHIPS[0], ((one.key, code),)), {"open": GLANCE["open"]}
                )["open"]
                for code in options
            ]
            without = (
                1 if one.key in ("agency", "kind") else 0
            )  # its episode has no referral and no discussion
            assert sum(of_each) == 6 - without, one.key


def test_signs_labels_stages_and_answers_are_counted_by_child(store: Store) -> None:
    a_rich_cohort(store)
    tables = read(the_operator(store), LIVERPOOL, ON, "seen").tables
    assert list(tables["The 10 signs recorded most, children"].values()) == [
        (1, 0, 0, 0),
        (1, 0, 1, 0),
    ]
    assert tables["Contexts of exploitation, children"]["In-borough drug dealing"] == (5, 0)
    assert list(tables["Stages of the NRM, children"].values()) == [
        (1,),
        (1,),
        (1,),
        (0,),
        (0,),
    ], "that the other needs one was recorded later"
    assert tables["Currently wanted or missing, children"]["Missing"] == (1,)
    assert tables["School attendance, children"]["Unknown"] == (1,)
    assert tables["School attendance, children"]["Not answered, or no tracker"] == (5,)


def test_actions_are_counted_by_the_agency_that_holds_them(store: Store) -> None:
    a_rich_cohort(store)
    actions = read(the_operator(store), LIVERPOOL, ON, "due").tables[
        "Open actions, by the agency that holds them"
    ]
    assert actions == {
        "Police": (1, 1, 2, 1), "Health": (1, 0, 1, 0), "All agencies": (2, 1, 3, 1),
    }  # fmt: skip


def test_unknown_and_unanswered_are_told_apart_by_agency(store: Store) -> None:
    a_rich_cohort(store)
    answers = read(the_operator(store), LIVERPOOL, ON, "quality").tables[
        "Answers of the tracker, by the agency that holds them"
    ]
    assert answers["Children's social care"] == (2, 0, 1, "1 of 2 (50%)")
    assert answers["Education"][:3] == (3, 1, 2)
    assert answers["Children without a tracker"] == (None, None, None, 5)


def test_refused_and_not_obtained_are_told_apart(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made = a_small_cohort(store)
    on_that_day(monkeypatch, ON)
    a_submission(
        store, "child", made["closed"].child_id, ethnicity="REFU", area="liverpool", date_of_birth=ON
    )
    a_submission(
        store, "child", made["prevention"].child_id, ethnicity="REFU", area="liverpool", date_of_birth=BEFORE
    )
    recorded = read(the_operator(store), LIVERPOOL, ON, "quality").tables[
        "Ethnicity, children with an open episode"
    ]
    assert {words: cells[0] for words, cells in recorded.items()} == {
        "Recorded": 2, "Refused": 1, "Not yet obtained, or not recorded": 3,
    }  # fmt: skip


def test_areas_stand_side_by_side(store: Store) -> None:
    a_rich_cohort(store)
    actor = the_operator(store)
    both = read(actor, ("liverpool", "sefton"), ON, "areas")
    assert both.tables["The cohort of each area"]["Liverpool"][:4] == (3, 2, 1, 6)
    assert both.tables["The cohort of each area"]["Sefton"][:4] == (2, 1, 1, 2)
    assert both.tables["The cohort of each area"]["Total"][:4] == (4, 3, 1, 7)
    assert both.tables["Episodes in 2026-27 Q1"]["Total"] == (9, 1, 0)
    with_names = [view.key for view in VIEWS if view.needs_areas]
    assert with_names == ["areas"]
    assert not read_view(actor, "areas", ("liverpool", "sefton"), ON).figures, (
        "nothing there opens to a child"
    )
