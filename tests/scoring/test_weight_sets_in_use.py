"""A weight set is used only after a second person has approved it, and old scores keep theirs."""

from __future__ import annotations

import pytest

from data.actor import Actor
from data.answers import drafts, submissions
from data.database.store import Store
from data.refusal import Problems, Refused
from data.scores import scorings, weight_sets
from data.scores.weight_use import scores_made_with, use_of
from forms.tracker import TRACKER
from forms.weights import WeightSetRefused, scorable
from tests.factories import a_child, a_link, an_account


def a_csv(points: int) -> str:
    lines = [f"{code},{label},{points}" for code, options in scorable().items() for _, label in options]
    return "\n".join(["code,answer,points", *lines])


def brought_in(actor: Actor, points: int = 5, version: str = "1") -> str:
    return weight_sets.bring_in(
        actor, a_csv(points), name="Our weights", version=version, source="Made up for a test"
    )


def a_score(actor: Actor, child_id: str) -> str:
    draft_id = drafts.start_draft(actor, TRACKER, child_id)
    drafts.save_answer(actor, draft_id, "occasion", "meeting")
    submissions.submit(actor, draft_id)
    return str(scorings.scores_of_child(actor, child_id)[0]["scoring_id"])


def test_who_brought_a_set_in_cannot_approve_it(store: Store):
    coordinator = an_account(store, "coordinator")
    with pytest.raises(Problems, match="second person"):
        weight_sets.approve(coordinator, brought_in(coordinator), is_read=True)


def test_new_scores_use_a_set_once_a_second_person_approved_it(store: Store):
    coordinator, manager = an_account(store, "coordinator"), an_account(store, "manager")
    child_id = a_child(store)
    a_link(store, child_id, coordinator)
    set_id = brought_in(coordinator)
    before = a_score(coordinator, child_id)
    with pytest.raises(Problems, match="Read the points"):
        weight_sets.approve(manager, set_id)
    weight_sets.approve(manager, set_id, is_read=True)
    after = a_score(coordinator, child_id)
    _, was, _ = scorings.read_score(coordinator, before)
    _, now, _ = scorings.read_score(coordinator, after)
    assert (was.weights.status, now.weights.status) == ("illustrative", "approved")
    assert (now.total, now.status_sentence) == (5, "")
    assert "Illustrative" in was.status_sentence


def test_a_later_set_retires_the_one_in_use(store: Store):
    coordinator, manager = an_account(store, "coordinator"), an_account(store, "manager")
    weight_sets.approve(manager, brought_in(coordinator, version="1"), is_read=True)
    weight_sets.approve(manager, brought_in(coordinator, version="2"), is_read=True)
    states = {s["version"]: s["status"] for s in weight_sets.weight_sets(manager)}
    assert states == {"1": "retired", "2": "approved"}


def test_an_approval_is_withdrawn_until_the_first_score_with_it(store: Store):
    coordinator, manager = an_account(store, "coordinator"), an_account(store, "manager")
    child_id = a_child(store)
    a_link(store, child_id, coordinator)
    weight_sets.approve(manager, brought_in(coordinator, version="1"), is_read=True)
    second = brought_in(coordinator, version="2")
    with pytest.raises(Problems, match="not in use"):
        weight_sets.withdraw(manager, second)
    weight_sets.approve(manager, second, is_read=True)
    weight_sets.withdraw(manager, second)
    states = {s["version"]: s["status"] for s in weight_sets.weight_sets(manager)}
    assert states == {"1": "approved", "2": "provisional"}
    weight_sets.approve(manager, second, is_read=True)
    assert not use_of(manager, second).is_used
    a_score(coordinator, child_id)
    with pytest.raises(Problems, match="its approval stands"):
        weight_sets.withdraw(manager, second)


def test_a_set_in_use_is_followed_to_its_scores(store: Store):
    coordinator, manager = an_account(store, "coordinator"), an_account(store, "manager")
    child_id = a_child(store)
    a_link(store, child_id, coordinator)
    set_id = brought_in(coordinator)
    weight_sets.approve(manager, set_id, is_read=True)
    scored = [a_score(coordinator, child_id) for _ in range(6)]
    use = use_of(an_account(store, "administrator"), set_id)
    assert dict(use.section.lines)["Total"] == (6, 0, 0, 0)
    assert use.is_used
    assert {row["scoring_id"] for row in scores_made_with(manager, set_id)} == set(scored)
    assert scores_made_with(an_account(store, "coordinator", "sefton"), set_id) == []
    for role in ("administrator", "practitioner", "partnership_lead"):
        with pytest.raises(Refused):
            scores_made_with(an_account(store, role), set_id)


def test_a_set_with_problems_is_not_kept(store: Store):
    coordinator = an_account(store, "coordinator")
    with pytest.raises(WeightSetRefused):
        brought_in(coordinator, points=1)
    assert weight_sets.weight_sets(coordinator) == []


@pytest.mark.parametrize("role", ["practitioner", "partnership_lead", "meeting_member"])
def test_other_roles_may_not_touch_the_weights(store: Store, role: str):
    with pytest.raises(Refused):
        brought_in(an_account(store, role))
