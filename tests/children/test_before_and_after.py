"""A child before and after: earlier scores under the latest weights, the scale and judgement of each meeting, and what was done."""

from __future__ import annotations

from datetime import date

import pytest

from data.child.child_over_time import read_over_time
from data.database.records import ACTION
from data.database.store import Store
from data.refusal import Refused
from data.scores import weight_sets
from data.scores.scorings import is_exact, read_score
from forms.weights import illustrative_weights
from tests.factories import MADE, a_child_in_oversight, a_discussion, an_account, the_operator
from tests.filled_in import a_sent_tracker
from tests.scoring.test_weight_sets_in_use import brought_in


def test_a_child_over_time(store: Store) -> None:
    one = a_child_in_oversight(store, "A", opened_on=date(2026, 1, 5))
    a_discussion(store, one.episode_id, one.child_id, "C", meeting_date=date(2026, 3, 2), scale=8)
    with the_operator(store).writing() as work:
        work.save(
            ACTION,
            {
                "action_id": "a", "child_id": one.child_id, "episode_id": one.episode_id, "agency": "police", "action": "Made-up",
                "state": "completed", "closed_on": date(2026, 2, 1),
            },
            MADE,
        )  # fmt: skip
    shown = read_over_time(an_account(store, "manager"), one.child_id)
    assert [(d.on, d.judgement, d.scale) for d in shown.discussed] == [
        (date(2026, 1, 5), "A", 6), (date(2026, 3, 2), "C", 8),
    ]  # fmt: skip
    assert [(mark.on, mark.kind) for mark in shown.marks] == [
        (date(2026, 1, 5), "meeting"), (date(2026, 2, 1), "intervention"), (date(2026, 3, 2), "meeting"),
    ]  # fmt: skip
    assert (shown.scores, shown.comparison) == ((), None)


def test_earlier_scores_are_shown_under_the_latest_weights_and_replayed_under_their_own(store: Store) -> None:
    one = a_child_in_oversight(store)
    coordinator = an_account(store, "coordinator")
    first = a_sent_tracker(coordinator, one.child_id, occasion="referral")
    weight_sets.approve(an_account(store, "manager"), brought_in(coordinator, points=6), is_read=True)
    second = a_sent_tracker(coordinator, one.child_id, occasion="after_intervention")
    shown = read_over_time(coordinator, one.child_id)
    assert shown.comparison is not None
    assert shown.comparison.rescored
    assert shown.scores[0].total != shown.scores[0].at_the_time
    assert shown.scores[0].total == shown.scores[1].total == shown.scores[1].at_the_time
    assert [mark.kind for mark in shown.marks].count("intervention") == 1
    for scoring_id, name in (
        (first, illustrative_weights().name),
        (second, shown.comparison.after.weights.name),
    ):
        row, scored, _ = read_score(coordinator, scoring_id)
        assert is_exact(row, scored)
        assert scored.weights.name == name
    assert not is_exact({**row, "total": row["total"] + 1}, scored)


def test_only_who_may_see_the_child_sees_them_over_time(duckdb_store: Store) -> None:
    one = a_child_in_oversight(duckdb_store)
    for role, area in (
        ("manager", "wirral"),
        ("partnership_lead", "liverpool"),
        ("administrator", "liverpool"),
        ("practitioner", "liverpool"),
    ):
        with pytest.raises(Refused):
            read_over_time(an_account(duckdb_store, role, area=area), one.child_id)
    coordinator = an_account(duckdb_store, "coordinator")
    read_over_time(coordinator, one.child_id)
    with coordinator.reading() as work:
        assert "child over time viewed" in work.values("SELECT action FROM audit")
