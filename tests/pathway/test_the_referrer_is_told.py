"""Whoever refers a child is told what becomes of it, as far as they may know, and that they were told is kept."""

from __future__ import annotations

import datetime

import pytest

from data import clock
from data.actor import Actor
from data.after_meeting import leaving
from data.child import referrals, referrer_told
from data.database.records import CHILD_LINK
from data.database.store import Store
from data.refusal import Refused
from tests.factories import MADE, a_child, a_link, a_referral, an_account
from tests.filled_in import AN_EXCEPTION, a_decision, decided

TODAY = clock.today()
DAYS = datetime.timedelta


def referred(store: Store, practitioner: Actor, name: str = "Rowan Made-Up") -> tuple[str, str]:
    child_id = a_child(store, name, linked_to=practitioner)
    return child_id, a_referral(
        store, child_id, state="submitted", decided_on=None, received_on=TODAY - DAYS(20),
        referred_by=practitioner.account_id,
    )  # fmt: skip


def steps(actor: Actor) -> list[tuple[str, str, bool]]:
    [one] = referrer_told.told(actor)
    return [(step.key, step.follows, step.told_before) for step in one.steps]


def test_each_step_is_told_once_as_new_and_kept_with_the_moment_it_was_first_shown(store: Store) -> None:
    practitioner, coordinator = an_account(store), an_account(store, "coordinator")
    _, referral_id = referred(store, practitioner)
    assert steps(practitioner) == [("received", "", False)]
    assert steps(practitioner) == [("received", "", True)]
    episode_id = referrals.accept(coordinator, referral_id, TODAY - DAYS(10))
    decided(coordinator, episode_id, a_decision(TODAY, discussion="Zzyzx secret words"))
    shown = steps(practitioner)
    assert [(key, before) for key, _, before in shown] == [
        ("received", True),
        ("accepted", False),
        ("heard", False),
    ]
    assert shown[-1][1].startswith("The child stays in the meeting's oversight, and is reviewed by ")
    assert "Zzyzx" not in repr(referrer_told.told(practitioner))
    kept = referrer_told.told_about(coordinator, referral_id)
    assert [row["step"] for row in kept] == ["received", "accepted", "heard"]
    with coordinator.reading() as work:
        audited = work.values("SELECT detail FROM audit WHERE action = 'referrer told' ORDER BY seq")
    assert audited == ["received", "accepted", "heard"]


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        ({"decision": "remove", "closure_reason": "risk_reduced"}, "has left the meeting's oversight"),
        ({"decision": "prevention", "closure_reason": "risk_reduced", "prevention_advice": "Zzyzx"}, "Advice on prevention"),
        ({"decision": "unable_to_engage", "closure_note": "Zzyzx"}, "could not engage"),
    ],
)  # fmt: skip
def test_the_decision_is_told_in_fixed_words(duckdb_store: Store, decision: dict, words: str) -> None:
    practitioner, coordinator = an_account(duckdb_store), an_account(duckdb_store, "coordinator")
    _, referral_id = referred(duckdb_store, practitioner)
    decided(coordinator, referrals.accept(coordinator, referral_id, TODAY), a_decision(**decision))
    key, follows, _ = steps(practitioner)[-1]
    assert (key, words in follows, "Zzyzx" in follows) == ("heard", True, False)


def test_a_referral_that_came_back_was_declined_or_left_by_exception_says_so(duckdb_store: Store) -> None:
    coordinator = an_account(duckdb_store, "coordinator")
    ends = {}
    for name, act in (
        ("returned", lambda r: referrals.return_for_more(coordinator, r, TODAY, "Zzyzx")),
        ("declined", lambda r: referrals.decline(coordinator, r, TODAY, "Zzyzx")),
        (
            "left",
            lambda r: leaving.close_by_exception(
                coordinator, referrals.accept(coordinator, r, TODAY), AN_EXCEPTION
            ),
        ),
    ):
        practitioner = an_account(duckdb_store)
        _, referral_id = referred(duckdb_store, practitioner)
        act(referral_id)
        ends[name] = steps(practitioner)[-1][0]
    assert ends == {name: name for name in ends}


def test_a_referrer_who_can_no_longer_open_the_child_is_told_without_the_name(store: Store) -> None:
    practitioner = an_account(store)
    child_id, _ = referred(store, practitioner)
    assert referrer_told.told(practitioner)[0].name == "Rowan Made-Up"
    link_id = a_link(store, child_id, practitioner)
    with an_account(store, "coordinator").writing() as work:
        work.save(CHILD_LINK, {"link_id": link_id, "ended_on": TODAY}, MADE)
    [one] = referrer_told.told(practitioner)
    assert (one.name, len(one.steps)) == (None, 1)


def test_nobody_is_told_about_the_referrals_of_others(store: Store) -> None:
    practitioner = an_account(store)
    child_id, referral_id = referred(store, practitioner)
    colleague = an_account(store)
    a_link(store, child_id, colleague)
    assert referrer_told.told(colleague) == []
    with pytest.raises(Refused):
        referrer_told.told_about(an_account(store), referral_id)
    with pytest.raises(Refused):
        referrer_told.told(an_account(store, "administrator"))
