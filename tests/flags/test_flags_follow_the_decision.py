"""A flag is placed and removed by a meeting, stays on police systems six months more, and is reviewed until it is gone."""

from __future__ import annotations

import datetime

import pytest
from dateutil.relativedelta import relativedelta

from data import clock
from data.actor import Actor
from data.after_meeting import flags
from data.child.children import read_child
from data.database.schema import form_table
from data.database.store import Store
from data.refusal import Problems, Refused
from forms.child import CHILD
from tests.factories import MADE, a_child, an_account, an_episode, the_operator
from tests.filled_in import A_FLAG, REMOVED, a_decision, decided, on, today_is

TODAY = clock.today()
DAYS = datetime.timedelta
SYSTEMS = ("police", "social_care", "leds")


def with_flags(store: Store, coordinator: Actor, *systems: str) -> tuple[str, str]:
    """A child in oversight for a month, with a flag on each system; gives the child's id and the episode's."""
    child_id = a_child(store, "Rowan Made-Up")
    for system in systems:
        flags.place(coordinator, child_id, A_FLAG | {"system": system})
    return child_id, an_episode(store, child_id, opened_on=TODAY - DAYS(30))


def states(actor: Actor, child_id: str) -> dict[str, str]:
    return {flag["system"]: flag["state"] for flag in read_child(actor, child_id).flags}


def test_remove_takes_every_flag_off_and_the_polices_stay_six_months_on_their_systems(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child_id, episode_id = with_flags(store, coordinator, *SYSTEMS)
    decided(coordinator, episode_id, a_decision(decision="remove", closure_reason="risk_reduced"))
    assert states(coordinator, child_id) == {
        "police": "removed",
        "social_care": "taken_off",
        "leds": "removed",
    }
    by_system = {flag["system"]: flag for flag in flags.read_flags(coordinator, child_id)}
    assert {f["removed_on"] for f in by_system.values()} == {TODAY}
    assert {f["removed_by"] for f in by_system.values()} == {"meeting"}
    assert by_system["police"]["expires_on"] == TODAY + relativedelta(months=6)
    assert by_system["social_care"]["expires_on"] is None


def test_keep_leds_keeps_that_flag_until_its_review_and_removes_the_others(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child_id, episode_id = with_flags(store, coordinator, *SYSTEMS)
    until = TODAY + DAYS(20)
    leaves = a_decision(decision="remove_keep_leds", closure_reason="risk_reduced", leds_review_on=on(until))
    decided(coordinator, episode_id, leaves)
    assert states(coordinator, child_id) == {
        "police": "removed",
        "social_care": "taken_off",
        "leds": "placed",
    }
    [due], more = flags.due(coordinator)
    assert (due["system"], due["due_on"], due["why"], due["name"], more) == (
        "leds",
        until,
        "review",
        "Rowan Made-Up",
        False,
    )


def test_a_leds_flag_that_nobody_recorded_is_recorded_when_the_meeting_keeps_it(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child_id, episode_id = with_flags(store, coordinator)
    until = TODAY + DAYS(200)
    leaves = a_decision(decision="remove_keep_leds", closure_reason="risk_reduced", leds_review_on=on(until))
    decided(coordinator, episode_id, leaves)
    [flag] = flags.read_flags(coordinator, child_id)
    assert (flag["system"], flag["state"], flag["review_on"], flag["placed_on"]) == (
        "leds",
        "placed",
        until,
        None,
    )


def test_a_review_and_the_other_ways_to_close_leave_the_flags_to_be_decided_on(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child_id, episode_id = with_flags(store, coordinator, "police")
    decided(coordinator, episode_id, a_decision(TODAY - DAYS(1)))
    due_then = ("Review of the flag: Police", TODAY + DAYS(weeks=12), False)
    assert due_then in read_child(coordinator, child_id).due()
    assert states(coordinator, child_id) == {"police": "placed"}
    assert flags.due(coordinator) == ([], False)
    decided(
        coordinator, episode_id, a_decision(decision="unable_to_engage", closure_note="Visited three times")
    )
    assert states(coordinator, child_id) == {"police": "placed"}
    [due], _ = flags.due(coordinator)
    assert due["why"] == "left"


def test_a_removed_police_flag_expires_after_six_months_and_not_before(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child_id, _ = with_flags(store, coordinator)
    long_ago = TODAY - relativedelta(months=6)
    for removed_on in (long_ago, long_ago + DAYS(1)):
        flag_id = flags.place(coordinator, child_id, A_FLAG | {"placed_on": on(long_ago)})
        flags.remove(coordinator, flag_id, REMOVED | {"removed_on": on(removed_on)})
    with today_is(TODAY):
        with pytest.raises(Problems, match="not expired yet"):
            flags.expire(coordinator, flag_id)
        [due], _ = flags.due(coordinator)
        assert (due["why"], due["due_on"]) == ("expired", TODAY)
        flags.expire(coordinator, due["flag_id"])
        assert flags.due(coordinator) == ([], False)


def test_a_flag_is_recorded_once_on_a_system_and_never_removed_before_it_was_placed(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child_id, _ = with_flags(store, coordinator, "police")
    with pytest.raises(Problems, match="recorded already"):
        flags.place(coordinator, child_id, A_FLAG)
    [flag] = flags.read_flags(coordinator, child_id)
    with pytest.raises(Problems, match="on or after the day it was placed"):
        flags.remove(coordinator, flag["flag_id"], REMOVED | {"removed_on": on(TODAY - DAYS(1))})
    with pytest.raises(Problems, match="after the day the flag was placed"):
        flags.place(coordinator, child_id, A_FLAG | {"system": "leds", "review_on": on(TODAY)})


def test_flags_are_for_the_area_of_the_flag_and_the_area_in_which_the_child_lives_now(store: Store) -> None:
    coordinator, there, apart = (
        an_account(store, "coordinator", area=a) for a in ("liverpool", "wirral", "sefton")
    )
    child_id, episode_id = with_flags(store, coordinator, "police")
    decided(
        coordinator, episode_id, a_decision(decision="unable_to_engage", closure_note="Visited three times")
    )
    with the_operator(store).writing() as work:
        work.save(form_table(CHILD), {"record_id": child_id, "area": "wirral", "name": "New Made-Up"}, MADE)
    flags.place(there, child_id, A_FLAG | {"system": "leds"})
    for actor, systems in ((coordinator, {"police"}), (there, {"police", "leds"}), (apart, set())):
        found, _ = flags.due(actor)
        assert {flag["system"] for flag in found} == systems
    assert [flag["name"] for flag in flags.due(coordinator)[0]] == ["Rowan Made-Up"]
    assert states(there, child_id) == {"police": "placed", "leds": "placed"}

    [own] = flags.read_flags(coordinator, child_id)
    with pytest.raises(Refused):
        flags.remove(apart, own["flag_id"], REMOVED)
    with pytest.raises(Refused):
        flags.place(coordinator, child_id, A_FLAG | {"system": "social_care"})
    [of_there] = [flag for flag in flags.read_flags(there, child_id) if flag["system"] == "leds"]
    with pytest.raises(Refused):
        flags.remove(coordinator, of_there["flag_id"], REMOVED)
    flags.remove(coordinator, own["flag_id"], REMOVED)
    assert flags.due(coordinator) == ([], False)
