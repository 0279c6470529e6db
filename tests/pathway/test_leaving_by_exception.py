"""No child leaves without a multi-agency decision, save an exception that names who agreed to it (pathway.md 5)."""

from __future__ import annotations

import datetime

import pytest

from data import clock
from data.after_meeting import flags, leaving
from data.child.children import read_child
from data.database.records import ACTION
from data.database.store import Store
from data.meeting import agendas
from data.refusal import NotFilledIn, Problems, Refused
from tests.factories import _save, a_child_in_oversight, a_link, an_account
from tests.filled_in import A_FLAG, AN_EXCEPTION, on
from tests.meetings.made import a_meeting

TODAY = clock.today()
AN_ACTION = {"action": "Made-up action", "agency": "police", "state": "ongoing"}
DAYS = datetime.timedelta


def test_an_exception_closes_the_episode_with_its_reason_and_who_agreed(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child = a_child_in_oversight(store, opened_on=TODAY - DAYS(30))
    flags.place(coordinator, child.child_id, A_FLAG)
    with pytest.raises(NotFilledIn) as refused:
        leaving.close_by_exception(coordinator, child.episode_id, {})
    assert {p.key for p in refused.value.problems} == set(
        AN_EXCEPTION
    )  # of open actions nothing is asked when there are none
    leaving.close_by_exception(coordinator, child.episode_id, AN_EXCEPTION)
    page = read_child(coordinator, child.child_id)
    [episode] = page.episodes
    assert {key: episode[key] for key in ("closed_on", "closure_reason", "closure_note", "agreed_by", "agreed_role")} == {
        "closed_on": TODAY, "closure_reason": "moved", "closure_note": "Made-up reason",
        "agreed_by": "Lead Made-Up", "agreed_role": "Head of service",
    }  # fmt: skip
    assert [(f["state"], f["removed_by"]) for f in page.flags] == [("removed", "exception")]
    with coordinator.reading() as work:
        audited = work.rows("SELECT detail FROM audit WHERE action = 'episode closed by exception'")
    assert audited == [{"detail": "moved"}]


def test_it_is_not_before_the_child_came_nor_before_the_last_discussion_nor_before_it_was_agreed(
    store: Store,
) -> None:
    coordinator = an_account(store, "coordinator")
    child = a_child_in_oversight(store, opened_on=TODAY - DAYS(3))
    for changed, sentence in (
        (
            {"closed_on": on(TODAY - DAYS(4)), "agreed_on": on(TODAY - DAYS(4))},
            "on or after the day they came in",
        ),
        ({"closed_on": on(TODAY - DAYS(1))}, "on or after the day it was agreed"),
        ({"closed_on": on(TODAY + DAYS(1))}, "today or in the past"),
    ):
        with pytest.raises(Problems, match=sentence):
            leaving.close_by_exception(coordinator, child.episode_id, AN_EXCEPTION | changed)
    assert read_child(coordinator, child.child_id).open_episode


def test_flags_stay_and_are_decided_on_when_the_exception_does_not_remove_them(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child = a_child_in_oversight(store)
    flags.place(coordinator, child.child_id, A_FLAG)
    leaving.close_by_exception(coordinator, child.episode_id, AN_EXCEPTION | {"flags_removed": "no"})
    [due], _ = flags.due(coordinator)
    assert (due["state"], due["why"]) == ("placed", "left")


def test_the_child_leaves_the_agendas_of_meetings_to_come(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child = a_child_in_oversight(store)
    meeting_id = a_meeting(coordinator)
    agendas.add(coordinator, meeting_id, [child.episode_id])
    leaving.close_by_exception(coordinator, child.episode_id, AN_EXCEPTION)
    assert agendas.read_agenda(coordinator, meeting_id).items == ()


def test_what_becomes_of_open_actions_is_asked_and_done(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    stays, goes = a_child_in_oversight(store), a_child_in_oversight(store)
    for child in (stays, goes):
        _save(store, ACTION, {**AN_ACTION, "episode_id": child.episode_id, "child_id": child.child_id})
        with pytest.raises(NotFilledIn, match="Select what becomes of the action that is still open"):
            leaving.close_by_exception(coordinator, child.episode_id, AN_EXCEPTION)
    with pytest.raises(NotFilledIn, match="Enter why the open actions end"):
        leaving.close_by_exception(coordinator, goes.episode_id, AN_EXCEPTION | {"open_actions": "end"})
    leaving.close_by_exception(coordinator, stays.episode_id, AN_EXCEPTION | {"open_actions": "go_on"})
    ended = {"open_actions": "end", "open_actions_reason": "Adult services go on"}
    leaving.close_by_exception(coordinator, goes.episode_id, AN_EXCEPTION | ended)
    with coordinator.reading() as work:
        [still_open] = leaving.open_actions_of(work, stays.episode_id)
        assert (still_open["state"], leaving.open_actions_of(work, goes.episode_id)) == ("ongoing", [])
        gone = work.row("SELECT * FROM action WHERE episode_id = $1", [goes.episode_id]) or {}
    assert (gone["state"], gone["closed_on"], gone["not_achieved_reason"]) == (
        "not_achieved",
        TODAY,
        "Adult services go on",
    )


def test_only_the_coordinator_of_the_episodes_area_closes_it(store: Store) -> None:
    child = a_child_in_oversight(store)
    practitioner = an_account(store)
    a_link(store, child.child_id, practitioner)
    for actor in (
        practitioner,
        an_account(store, "manager"),
        an_account(store, "coordinator", area="wirral"),
    ):
        with pytest.raises(Refused):
            leaving.close_by_exception(actor, child.episode_id, AN_EXCEPTION)
