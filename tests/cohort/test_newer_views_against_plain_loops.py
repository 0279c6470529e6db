"""Any long history: the views that are told by hand elsewhere and a reckoning in plain loops say the same, on both engines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from data.cohort import children_listed
from data.dashboard.asked import Asked
from data.dashboard.cut import count
from data.dashboard.views import VIEWS
from forms.places import PARTNERSHIPS
from forms.transitions import is_asked_for
from tests.cohort import plainly_away, plainly_followed, plainly_kept
from tests.cohort.cohorts import Read, read
from tests.cohort.conftest import Kept
from tests.cohort.long_histories import ASKED, EDGES
from tests.cohort.plainly_open import Areas, months_old, open_children, year_ago
from tests.factories import an_account, the_operator

LIVERPOOL, BOTH = ("liverpool",), ("liverpool", "wirral")
Looks = Iterator[tuple[Areas, date, dict[str, str]]]


def looks() -> Looks:
    """Every day in one area, and with two areas or a filter on besides."""
    for day in ASKED:
        yield LIVERPOOL, day, {}
    yield BOTH, ASKED[2], {}
    yield LIVERPOOL, ASKED[0], {"judgement": "being"}
    yield LIVERPOOL, ASKED[1], {"agency": "health"}
    yield LIVERPOOL, ASKED[0], {"age": "17"}


def figures(kept: Kept, view: str, areas: Areas, day: date, filters: dict[str, str]) -> dict[str, int]:
    """Every cut of the view, shown or not; those that are not zero."""
    asked = Asked(areas, day, PARTNERSHIPS[0], tuple(filters.items()))
    [chosen] = [one for one in VIEWS if one.key == view]
    with the_operator(kept.store).reading() as work:
        return {name: n for name, n in count(work, asked, chosen.cuts(asked)).items() if n}


def look(kept: Kept, view: str, areas: Areas, day: date, filters: dict[str, str]) -> Read:
    return read(the_operator(kept.store), areas, day, view, **filters)


def test_following_through(kept: Kept) -> None:
    for areas, day, filters in looks():
        told = (kept.history, areas, day)
        tables = look(kept, "follow", areas, day, filters).tables
        assert figures(kept, "follow", areas, day, filters) == plainly_followed.figures(*told, **filters), (
            told[1:]
        )
        assert tables["Days in oversight"] == plainly_followed.stays(*told, **filters), day
        assert tables["Days until the NRM decides"] == plainly_followed.nrm(*told, **filters), day
        due = tables["Actions that fell due in twelve months, by agency"]
        assert {words: cells for words, cells in due.items() if cells[0]} == plainly_followed.fell_due(
            *told
        ), day
        measures = tables["Disruption measures, and children linked"]
        by_state = plainly_followed.measures(*told)
        assert [cells[0] for cells in measures.values()] == [len(of) for of in by_state.values()], day


def test_open_actions_are_those_that_stood_open_on_the_day(kept: Kept) -> None:
    for areas, day, filters in looks():
        found = look(kept, "due", areas, day, filters).tables["Open actions, by the agency that holds them"]
        plain = plainly_followed.open_actions(kept.history, areas, day, **filters)
        assert {words: cells for words, cells in found.items() if cells[2]} == plain, (areas, day, filters)


def test_the_minutes_ask_for_a_plan_of_whom_the_dashboard_counts(kept: Kept) -> None:
    for born in (child["date_of_birth"] for child in kept.history.now("child")):
        for day in EDGES:
            assert is_asked_for(born, day) == (months_old(born, day) >= 210), (born, day)


def test_missing_and_school(kept: Kept) -> None:
    for areas, day, filters in looks():
        plain = plainly_away.figures(kept.history, areas, day, **filters)
        tables = look(kept, "away", areas, day, filters).tables
        assert Counter(figures(kept, "away", areas, day, filters)) == Counter(
            {name: n for name, n in plain.items() if name != "place=any"}
        ), (areas, day, filters)
        before = plainly_away.figures(kept.history, areas, year_ago(day), **filters)
        names = ("missing=now", "missing=year", "missing=often", "missing=no_interview")
        assert list(tables["Children who went missing"].values()) == [(plain[n], before[n]) for n in names], (
            day
        )
        assert tables["Return home interviews, by times a child came back"] == plainly_away.interviews(
            kept.history, areas, day, **filters
        ), (areas, day, filters)


@pytest.mark.parametrize(("role", "typed"), [("manager", LIVERPOOL), ("partnership_lead", ())])
def test_places_of_concern(kept: Kept, role: str, typed: Areas) -> None:
    reader = an_account(kept.store, role)
    closed = {r["child_id"] for r in kept.history.now("restriction") if not r["is_lifted"]}
    for areas, day, filters in looks():
        if areas == LIVERPOOL:
            tables = read(reader, areas, day, "places", **filters).tables
            but = closed if role == "manager" else set()
            shown = plainly_away.places(kept.history, areas, day, typed, but, **filters)
            assert tables["Places of concern, children linked"] == shown, (day, filters)


def test_how_the_work_is_kept_and_the_figures_by_group(kept: Kept) -> None:
    for areas, day, filters in looks():
        tables = look(kept, "quality", areas, day, filters).tables
        told = (kept.history, areas, day)
        assert tables["Quality in the twelve months to the day"] == plainly_kept.kept(*told, **filters), told[
            1:
        ]
        assert tables["Children in oversight, by group"] == plainly_kept.by_group(*told, **filters), told[1:]


def test_reviews_overdue_are_those_by_the_dates_that_stood_on_the_day(kept: Kept) -> None:
    for areas, day, filters in looks():
        children = open_children(kept.history, areas, day, **filters)
        found = look(kept, "glance", areas, day, filters).figures
        assert found["open"] == len(children), (areas, day, filters)
        assert found["review=overdue"] == sum(c.is_overdue for c in children), (areas, day, filters)
        assert found.get("review=none", 0) == sum(c.review_by is None for c in children), (
            areas,
            day,
            filters,
        )


def test_rates(kept: Kept) -> None:
    for areas, day, filters in looks():
        plain = plainly_kept.rates(kept.history, areas, day, **filters)
        assert figures(kept, "rates", areas, day, filters) == dict(plain), (areas, day, filters)
        tables = look(kept, "rates", areas, day, filters).tables
        [by_sex] = [table for caption, table in tables.items() if caption.endswith("by sex")]
        for words, key, living in (("Female", "female", 5_000), ("All children", "everyone", 10_000)):
            many, of = plain[f"rate={key}"], living * len(areas)
            assert by_sex[words][:3] == (many, of, round(10_000 * many / of, 1)), (areas, day, filters)


def test_the_shift_of_scores(kept: Kept) -> None:
    for areas, day, filters in looks():
        tables = look(kept, "change", areas, day, filters).tables
        _, moved = plainly_kept.shifts(kept.history, areas, day, **filters)
        change, steps = plainly_kept.shift_tables(moved)
        assert tables["Change of the score since the first"] == change, (areas, day, filters)
        assert tables.get("Scores at first and latest, children") == (steps if moved else None), (areas, day)


def test_the_histories_hold_enough_of_each(kept: Kept) -> None:
    """A reckoning of nothing proves nothing."""
    told = (kept.history, LIVERPOOL, ASKED[0])
    assert len(open_children(*told)) > 10
    assert len(plainly_followed.figures(*told)) > 10
    assert len(plainly_away.figures(*told)) > 10
    assert len(plainly_kept.shifts(*told)[1]) > 2
    assert sum(bool(cells[0]) for cells in plainly_kept.kept(*told).values()) > 2
    assert any(
        plainly_followed.plan(kept.history, child, ASKED[0]) == "plan" for child in open_children(*told)
    )


def test_neither_figure_nor_list_counts_who_is_restricted_to_others_and_the_lead_counts_all(
    kept: Kept,
) -> None:
    manager, lead = an_account(kept.store, "manager"), an_account(kept.store, "partnership_lead")
    closed = {r["child_id"] for r in kept.history.now("restriction") if not r["is_lifted"]}
    children = {c.child_id for c in open_children(kept.history, LIVERPOOL, ASKED[0])}
    assert closed & children
    assert read(lead, LIVERPOOL, ASKED[0], "glance").figures["open"] == len(children)
    for filters in ({}, {"judgement": "being"}, {"age": "17"}):
        of = {c.child_id for c in open_children(kept.history, LIVERPOOL, ASKED[0], **filters)} - closed
        assert read(manager, LIVERPOOL, ASKED[0], "glance", **filters).figures["open"] == len(of), filters
        listed = [
            child.child_id
            for page in range(3)
            for child in children_listed(manager, "liverpool", ASKED[0], "open", page, filters)[0]
        ]
        assert sorted(listed) == sorted(of), filters
