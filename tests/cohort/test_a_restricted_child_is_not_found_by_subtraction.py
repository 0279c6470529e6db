"""A child restricted to others changes no figure for a reader who may open lists and is not named: nothing is left to subtract."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from data.actor import Actor
from data.cohort import children_listed, read_view
from data.cohort_excel import stamp
from data.dashboard.past import WITHOUT_RESTRICTED
from data.dashboard.section import Section
from data.dashboard.views import VIEWS
from data.database.records import RESTRICTION
from data.database.store import Store
from data.quarters import Quarter
from data.returns.returns import draft_return
from tests.cohort.cohorts import (
    BEFORE,
    ON,
    a_missing_episode,
    a_place,
    a_score,
    a_tracker,
    an_action,
    at_school,
)
from tests.cohort.test_every_view import a_rich_cohort
from tests.factories import MADE, a_child_in_oversight, a_submission, an_account, an_nrm, clock, the_operator

LIVERPOOL = ("liverpool",)
FILTERS: tuple[dict[str, str], ...] = (
    {},
    {"judgement": "being"},
    {"age": "16"},
    {"kind": "criminal"},
    {"agency": "social_care"},
    {"band": "high"},
)
UNFILTERED = FILTERS[:1]


def sections(actor: Actor, day: date, filters: Sequence[dict[str, str]] = FILTERS) -> list[Section]:
    views = [view.key for view in VIEWS if not view.needs_areas]
    return [
        section for view in views for one in filters for section in read_view(actor, view, LIVERPOOL, day, one).sections
    ]  # fmt: skip


def a_restricted_child(store: Store, *named: str) -> str:
    """With something in every view."""
    made = a_child_in_oversight(
        store, "B", opened_on=BEFORE, born=date(2010, 1, 1), sex="F", ethnicity="WBRI"
    )
    child = made.child_id
    a_score(store, child, BEFORE, "high")
    a_score(store, child, ON, "high")
    an_action(store, made, "police", date(2026, 5, 1))
    a_submission(store, "screening", child, submitted_on=BEFORE, strong_01="yes")
    a_submission(store, "assessment", child, submitted_on=BEFORE, assessed_on=BEFORE)
    a_tracker(store, child, BEFORE, wanted_missing="missing")
    an_nrm(store, child, submitted_on=BEFORE)
    a_missing_episode(store, child, BEFORE, BEFORE)
    at_school(store, child, BEFORE, "part_time", 60)
    a_place(store, child, name="Another shop")
    with the_operator(store).writing() as work:
        restricted = {"child_id": child, "account_ids": list(named), "reason": "x", "is_lifted": False}
        work.save(RESTRICTION, restricted, MADE)
    return child


@pytest.mark.parametrize("role", ["coordinator", "manager"])
def test_every_view_is_as_without_the_child_to_who_is_not_named(store: Store, role: str) -> None:
    a_rich_cohort(store)
    reader, named, lead = (
        an_account(store, role),
        an_account(store, role),
        an_account(store, "partnership_lead"),
    )
    for day in (ON, clock.today()):
        before, counted = sections(reader, day), [sections(one, day, UNFILTERED) for one in (named, lead)]
        child = a_restricted_child(store, named.account_id)
        after, counted_after = (
            sections(reader, day),
            [sections(one, day, UNFILTERED) for one in (named, lead)],
        )
        assert after == before, day
        assert counted_after[0] != counted[0], "who is named counts the child"
        assert counted_after[1] != counted[1], "the lead, who opens no list, counts everybody"
        assert child not in {one.child_id for one in children_listed(reader, "liverpool", day, "open")[0]}
        assert child in {one.child_id for one in children_listed(named, "liverpool", day, "open")[0]}


def test_it_is_said_whether_or_not_a_child_is_left_out(store: Store) -> None:
    a_rich_cohort(store)
    for role, is_said in (("coordinator", True), ("manager", True), ("partnership_lead", False)):
        shown = read_view(an_account(store, role), "glance", LIVERPOOL, ON)
        assert (shown.left_out == (WITHOUT_RESTRICTED,)) == is_said
        assert (WITHOUT_RESTRICTED in stamp(shown, "Person Made-Up", clock.now())[0]) == is_said


def test_the_return_counts_everybody(store: Store) -> None:
    a_rich_cohort(store)
    reader = an_account(store, "manager")
    whole = ("Liverpool", 2, "total")
    before = draft_return(reader, Quarter.of(ON), LIVERPOOL).values()[whole]
    a_restricted_child(store)
    assert draft_return(reader, Quarter.of(ON), LIVERPOOL).values()[whole] == before + 1
