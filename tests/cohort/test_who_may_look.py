"""Figures for those of the area and the partnership's lead; children by initials never for a lead; each look leaves its trace."""

from __future__ import annotations

import pytest

from data.accounts import ROLES
from data.cohort import children_listed, read_view
from data.dashboard.asked import Asked
from data.dashboard.views import VIEWS
from data.database.store import Store
from data.refusal import Problems, Refused
from forms.places import PARTNERSHIPS
from tests.cohort.cohorts import ON, a_small_cohort
from tests.factories import an_account

FIGURES = {"coordinator", "manager", "partnership_lead"}
CHILDREN = {"coordinator", "manager"}
PEOPLE = sorted(set(ROLES) - {"operator"})


@pytest.mark.parametrize("role", PEOPLE)
def test_each_role_reads_what_is_its_own(duckdb_store: Store, role: str) -> None:
    a_small_cohort(duckdb_store)
    actor = an_account(duckdb_store, role)
    if role in FIGURES:
        assert read_view(actor, "glance", ("liverpool",), ON).figures["total"] == 3
    else:
        with pytest.raises(Refused):
            read_view(actor, "glance", ("liverpool",), ON)
    if role in CHILDREN:
        assert len(children_listed(actor, "liverpool", ON)[0]) == 3
    else:
        with pytest.raises(Refused):
            children_listed(actor, "liverpool", ON)


@pytest.mark.parametrize(
    ("role", "area", "may"),
    [
        ("coordinator", "sefton", False),
        ("manager", "sefton", False),
        ("partnership_lead", "sefton", True),
        ("partnership_lead", "sheffield", False),
    ],
)
def test_another_area_is_open_to_its_partnership_only(
    duckdb_store: Store, role: str, area: str, may: bool
) -> None:
    actor = an_account(duckdb_store, role)
    if may:
        assert read_view(actor, "glance", (area,), ON).figures["open"] == 0
    else:
        with pytest.raises(Refused):
            read_view(actor, "glance", (area,), ON)
    with pytest.raises(Refused):
        children_listed(actor, area, ON)


def test_no_figure_by_any_name_gives_a_partnership_lead_a_child(duckdb_store: Store) -> None:
    made = a_small_cohort(duckdb_store)
    lead = an_account(duckdb_store, "partnership_lead")
    asked = Asked(("liverpool",), ON, PARTNERSHIPS[0])
    for cut in {next(iter(view.cuts(asked)), "total") for view in VIEWS}:
        with pytest.raises(Refused):
            children_listed(lead, "liverpool", ON, cut)
    for view in VIEWS:
        words = repr(read_view(lead, view.key, ("liverpool", "sefton"), ON))
        assert not [one for one in made.values() if one.child_id in words]
        assert "Made-Up" not in words


@pytest.mark.parametrize(
    ("view", "areas", "filters"),
    [
        ("nothing", ("liverpool",), {}),
        ("areas", ("liverpool",), {}),
        ("glance", ("liverpool",), {"kind": "TRUE"}),
        ("glance", ("liverpool",), {"name": "Ada"}),
    ],
)
def test_a_view_or_filter_that_there_is_not_is_a_problem(
    duckdb_store: Store, view: str, areas: tuple[str, ...], filters: dict[str, str]
) -> None:
    with pytest.raises(Problems, match="There is no such"):
        read_view(an_account(duckdb_store, "manager"), view, areas, ON, filters)


def test_a_name_of_a_figure_means_the_same_in_every_view() -> None:
    asked = Asked(("liverpool",), ON, PARTNERSHIPS[0])
    means: dict[str, str] = {}
    for view in VIEWS:
        for name, cut in view.cuts(asked).items():
            plain = cut.condition.replace("(", "").replace(")", "").removesuffix(" AND TRUE")
            assert means.setdefault(name, plain) == plain, name


def test_a_figure_that_there_is_not_is_a_problem_and_runs_nothing(duckdb_store: Store) -> None:
    with pytest.raises(Problems, match="no such figure"):
        children_listed(an_account(duckdb_store, "manager"), "liverpool", ON, "TRUE; DROP TABLE child")


def test_looking_is_noted_once_in_a_quarter_of_an_hour_and_a_refusal_each_time(store: Store) -> None:
    manager = an_account(store, "manager")
    for _ in range(3):
        read_view(manager, "glance", ("liverpool",), ON)
        children_listed(manager, "liverpool", ON)
        with pytest.raises(Refused):
            read_view(manager, "glance", ("sefton",), ON)
    with manager.reading() as work:
        noted = work.values(
            "SELECT action FROM audit WHERE account_id = $1 ORDER BY seq", [manager.account_id]
        )
    assert noted.count("cohort viewed") == 1
    assert noted.count("cohort listed") == 1
    assert noted.count("refused: cohort viewed") == 3
