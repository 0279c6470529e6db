"""What no figure asks for is not read (`data.dashboard.standing`): a figure asked alone is what it is in its whole view, and the list
behind it has as many rows, whichever filter is on."""

from __future__ import annotations

import re

import pytest

from data.actor import Reading
from data.cohort import LISTED
from data.dashboard.asked import FILTERS, Asked
from data.dashboard.cut import Cut, count, select
from data.dashboard.views import VIEWS, find_cut
from forms.places import PARTNERSHIPS
from tests.cohort.cohorts import read
from tests.cohort.conftest import Kept
from tests.cohort.long_histories import ASKED
from tests.cohort.plainly_open import open_children
from tests.factories import the_operator

DAY = ASKED[1]


def what_it_asks(cut: Cut) -> object:
    """Cuts that differ in a value only, or in the column of a further table, read the same columns of the rows."""
    condition = re.sub(r"'[^']*'|\d+", "?", cut.condition)
    for need in cut.needs:
        condition = re.sub(rf"{need.name}\.\w+", need.name, condition)
    return cut.of, cut.needs, condition


def the_filter(kept: Kept, key: str) -> tuple[tuple[str, str], ...]:
    """The option of this filter that leaves the most children."""
    children = open_children(kept.history, ("liverpool",), DAY)
    options = [code for one in FILTERS if one.key == key for code, _ in one.options]
    return tuple(
        (key, max(options, key=lambda code: sum(c.has(**{key: code}) for c in children))) for _ in options[:1]
    )


def rows_listed(work: Reading, asked: Asked, cut: Cut) -> int:
    """As `data.cohort.children_listed` asks for them, all pages at once."""
    rows = f"{select(asked, [cut], LISTED)} WHERE {cut.condition}"
    return int(work.value(f"SELECT count(*) FROM ({rows}) AS listed"))


@pytest.mark.parametrize(
    ("kept", "key"),
    [("duckdb-1", ""), *(("duckdb-1", one.key) for one in FILTERS), ("postgres-1", "")],
    indirect=["kept"],
)
def test_a_figure_alone_is_the_figure_of_its_view_and_of_its_list(kept: Kept, key: str) -> None:
    asked = Asked(("liverpool",), DAY, PARTNERSHIPS[0], the_filter(kept, key))
    tried: set[object] = set()
    with the_operator(kept.store).reading() as work:
        for view in VIEWS:
            cuts = view.cuts(asked)
            whole = count(work, asked, cuts) if cuts else {}
            for name in sorted(cuts, key=lambda cut: -whole[cut]):
                asks = what_it_asks(cuts[name])
                if whole[name] and asks not in tried:
                    tried.add(asks)
                    assert count(work, asked, {name: cuts[name]}) == {name: whole[name]}, name
                    assert rows_listed(work, asked, cuts[name]) == whole[name], name
    assert len(tried) > 50


@pytest.mark.parametrize("kept", ["duckdb-1"], indirect=True)
def test_every_figure_alone_is_the_figure_of_its_view(kept: Kept) -> None:
    asked = Asked(("liverpool", "wirral"), ASKED[0], PARTNERSHIPS[0])
    with the_operator(kept.store).reading() as work:
        for view in VIEWS:
            cuts = view.cuts(asked)
            whole = count(work, asked, cuts) if cuts else {}
            assert whole == {name: count(work, asked, {name: cut})[name] for name, cut in cuts.items()}, (
                view.key
            )


@pytest.mark.parametrize("kept", ["duckdb-1"], indirect=True)
def test_a_place_lists_as_many_as_its_figure_says(kept: Kept) -> None:
    actor = the_operator(kept.store)
    for filters in ({}, dict(the_filter(kept, "judgement"))):
        asked = Asked(("liverpool",), DAY, PARTNERSHIPS[0], tuple(filters.items()))
        places = read(actor, asked.areas, DAY, "places", **filters).figures
        assert len(places) > 1
        with actor.reading() as work:
            for name, number in places.items():
                cut = find_cut(asked, name)
                assert cut is not None
                assert rows_listed(work, asked, cut) == number, name


@pytest.mark.parametrize("kept", ["duckdb-1"], indirect=True)
def test_each_area_side_by_side_is_what_it_is_alone(kept: Kept) -> None:
    actor, both = the_operator(kept.store), ("liverpool", "wirral")
    side_by_side = read(actor, both, DAY, "areas").tables["The cohort of each area"]
    for words, areas in (("Liverpool", both[:1]), ("Wirral", both[1:]), ("Total", both)):
        alone = read(actor, areas, DAY, "glance").figures
        names = (
            "total",
            "judgement=being",
            "judgement=may_be",
            "open",
            "band=high",
            "review=overdue",
            "review=never",
        )
        assert side_by_side[words][: len(names)] == tuple(alone[name] for name in names), words
