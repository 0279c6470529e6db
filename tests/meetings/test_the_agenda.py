"""The agenda: the right children proposed for the right reasons, ordered and removed by the coordinator alone."""

from __future__ import annotations

import datetime

import pytest
from dateutil.relativedelta import relativedelta

from data import clock
from data.actor import Actor
from data.database.audit import Event
from data.database.records import ACTION, DISCUSSION, SCORING
from data.database.store import Store
from data.meeting import agendas, meeting_keeping
from data.meeting.agendas import Agenda
from data.refusal import Problems, Refused
from tests.factories import (
    Oversight,
    a_child,
    a_child_in_oversight,
    a_discussion,
    a_submission,
    an_account,
    an_episode,
    an_nrm,
    the_operator,
)
from tests.filled_in import on
from tests.meetings.made import a_meeting

TODAY = clock.today()
DAYS = datetime.timedelta
MADE = Event("made for a test")


def proposed(agenda: Agenda) -> dict[str, tuple[str, ...]]:
    return {candidate.name: candidate.why for candidate in agenda.proposed}


def saved(store: Store, table, record: dict) -> None:
    with the_operator(store).writing() as work:
        work.save(table, record, MADE)


def scored(store: Store, child: Oversight, band: str, day: datetime.date = TODAY) -> None:
    record = {
        "scoring_id": clock.new_id(), "child_id": child.child_id, "episode_id": child.episode_id,
        "scored_on": day, "handled_band": band, "band": band, "total": 1, "highest": 1,
    }  # fmt: skip
    saved(store, SCORING, record)


def discussed_again(store: Store, child: Oversight) -> None:
    """Recorded after everything so far."""
    a_discussion(store, child.episode_id, child.child_id, "B", meeting_date=TODAY)


def an_action(store: Store, child: Oversight, due_on: datetime.date, state: str = "ongoing") -> None:
    record = {
        "action_id": clock.new_id(), "child_id": child.child_id, "episode_id": child.episode_id,
        "agency": "police", "action": "Made-up action", "due_on": due_on, "state": state,
    }  # fmt: skip
    saved(store, ACTION, record)


def test_the_agenda_proposes_those_who_are_due_and_nobody_else(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    meets_on = TODAY + DAYS(14)
    an_episode(store, a_child(store, "New Made-Up"))
    before_the_next = a_child_in_oversight(store, name="Review Made-Up")
    on_the_next = a_child_in_oversight(store, name="Later Made-Up")
    next_meeting = meets_on + relativedelta(months=1)
    due = a_child_in_oversight(store, name="Due Made-Up")
    for child, review_by in (
        (due, meets_on),
        (before_the_next, next_meeting - DAYS(1)),
        (on_the_next, next_meeting),
    ):
        saved(store, DISCUSSION, {"discussion_id": child.discussion_id, "review_by": review_by})
    late = a_child_in_oversight(store, name="Overdue Made-Up")
    an_action(store, late, meets_on - DAYS(1))
    in_time = a_child_in_oversight(store, name="In Time Made-Up")
    an_action(store, in_time, meets_on)
    an_action(store, in_time, TODAY - DAYS(9), "completed")
    judged = a_child_in_oversight(store, "B", name="Judged Made-Up")
    a_submission(store, "assessment", judged.child_id, assessed_on=TODAY, judgement="A")
    the_same = a_child_in_oversight(store, "B", name="Same Made-Up")
    a_submission(store, "assessment", the_same.child_id, assessed_on=TODAY, judgement="B")
    banded = a_child_in_oversight(store, name="Band Made-Up")
    scored(store, banded, "low")
    discussed_again(store, banded)
    scored(store, banded, "high")
    a_first_score = a_child_in_oversight(store, name="First Score Made-Up")
    scored(store, a_first_score, "high")
    escalated = a_child_in_oversight(store, name="Escalated Made-Up")
    saved(store, DISCUSSION, {"discussion_id": escalated.discussion_id, "escalated": True})
    for name, nrm in (
        ("Waiting Made-Up", {"submitted_on": TODAY}),
        ("Halfway Made-Up", {"submitted_on": TODAY, "reasonable_grounds": "positive"}),
        ("Decided Made-Up", {"submitted_on": TODAY, "conclusive_grounds": "positive"}),
        ("Refused Made-Up", {"submitted_on": TODAY, "reasonable_grounds": "negative"}),
        ("Not Sent Made-Up", {}),
    ):
        an_nrm(store, a_child_in_oversight(store, name=name).child_id, **nrm)
    a_child_in_oversight(store, area="sefton", name="Elsewhere Made-Up")
    an_episode(store, a_child(store, "Sefton Made-Up", area="sefton"), "sefton")
    an_episode(store, a_child(store, "Left Made-Up"), closed_on=TODAY, closure_reason="moved")

    agenda = agendas.read_agenda(coordinator, a_meeting(coordinator, meets_on=meets_on))
    assert proposed(agenda) == {
        "New Made-Up": ("new",), "Due Made-Up": ("review",), "Review Made-Up": ("review_soon",), "Overdue Made-Up": ("overdue_action",),
        "Judged Made-Up": ("judgement",), "Band Made-Up": ("band",), "Escalated Made-Up": ("escalated",),
        "Waiting Made-Up": ("nrm",), "Halfway Made-Up": ("nrm",),
    }  # fmt: skip
    assert {c.name for c in agenda.others} == {
        "Later Made-Up", "In Time Made-Up", "Same Made-Up", "First Score Made-Up",
        "Decided Made-Up", "Refused Made-Up", "Not Sent Made-Up",
    }  # fmt: skip


def test_a_review_waits_for_the_next_meeting_only_if_that_one_is_planned_in_time(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child = a_child_in_oversight(store, name="Review Made-Up")
    saved(store, DISCUSSION, {"discussion_id": child.discussion_id, "review_by": TODAY + DAYS(7)})
    an_episode(store, a_child(store, "New Made-Up"))
    this = a_meeting(coordinator, meets_on=TODAY)
    assert list(proposed(agendas.read_agenda(coordinator, this))) == ["New Made-Up", "Review Made-Up"]
    a_meeting(coordinator, meets_on=TODAY + DAYS(7))
    assert list(proposed(agendas.read_agenda(coordinator, this))) == ["New Made-Up"]


def test_a_change_that_the_meeting_has_discussed_is_proposed_no_more(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child = a_child_in_oversight(store, "B")
    a_submission(store, "assessment", child.child_id, assessed_on=TODAY - DAYS(3), judgement="A")
    scored(store, child, "low", TODAY - DAYS(9))
    scored(store, child, "high", TODAY - DAYS(3))
    meeting_id = a_meeting(coordinator)
    assert [c.why for c in agendas.read_agenda(coordinator, meeting_id).proposed] == [("judgement",)]
    discussed_again(store, child)
    assert agendas.read_agenda(coordinator, meeting_id).proposed == ()


def test_a_child_is_on_one_agenda_at_a_time(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child = a_child(store)
    episode_id = an_episode(store, child)
    first = a_meeting(coordinator, "send papers")
    second = a_meeting(coordinator)
    assert agendas.read_agenda(coordinator, second).proposed == ()
    with pytest.raises(Problems, match="on no other agenda"):
        agendas.add(coordinator, second, [episode_id])
    meeting_keeping.move(coordinator, first, "cancel", "Snow")
    assert [c.child_id for c in agendas.read_agenda(coordinator, second).proposed] == [child]


def test_the_coordinator_orders_the_agenda_removes_with_a_reason_and_puts_back(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    for name in ("Ada", "Ben", "Cem"):
        an_episode(store, a_child(store, f"{name} Made-Up"))
    meeting_id = a_meeting(coordinator)
    agendas.add(
        coordinator, meeting_id, [c.episode_id for c in agendas.read_agenda(coordinator, meeting_id).proposed]
    )

    def order() -> str:
        items = agendas.read_agenda(coordinator, meeting_id).items
        return " ".join(item["name"].split()[0] for item in items)

    ids = {i["name"][:3]: i["item_id"] for i in agendas.read_agenda(coordinator, meeting_id).items}
    assert order() == "Ada Ben Cem"
    agendas.put_at(coordinator, ids["Cem"], 1)
    assert order() == "Cem Ada Ben"
    for place in (0, 4):
        with pytest.raises(Problems, match="from 1 to 3"):
            agendas.put_at(coordinator, ids["Cem"], place)
    with pytest.raises(Problems, match="Enter why"):
        agendas.remove(coordinator, ids["Ada"], "  ")
    agendas.remove(coordinator, ids["Ada"], "Moved yesterday")
    agenda = agendas.read_agenda(coordinator, meeting_id)
    assert [(c.name, c.removed_reason) for c in agenda.removed] == [("Ada Made-Up", "Moved yesterday")]
    assert agenda.proposed == ()
    with pytest.raises(Problems, match="no longer on the agenda"):
        agendas.remove(coordinator, ids["Ada"], "Again")
    agendas.add(coordinator, meeting_id, [agenda.removed[0].episode_id])
    assert order() == "Cem Ben Ada"


def test_an_agenda_stands_once_the_meeting_was_held(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    meeting_id = a_meeting(coordinator, "send papers", "hold")
    [item] = agendas.read_agenda(coordinator, meeting_id).items
    for change in (
        lambda: agendas.add(coordinator, meeting_id, []),
        lambda: agendas.remove(coordinator, item["item_id"], "A reason"),
        lambda: agendas.put_at(coordinator, item["item_id"], 1),
        lambda: meeting_keeping.change(coordinator, meeting_id, {"meets_on": on(TODAY), "place": "Room 2"}),
    ):
        with pytest.raises(Problems, match="can no longer be done"):
            change()


def test_papers_go_out_with_a_child_and_a_meeting_to_come_was_not_held(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    with pytest.raises(Problems, match="at least one child"):
        meeting_keeping.move(coordinator, a_meeting(coordinator), "send papers")
    to_come = a_meeting(coordinator, "send papers", meets_on=TODAY + DAYS(1))
    with pytest.raises(Problems, match="in the future"):
        meeting_keeping.move(coordinator, to_come, "hold")
    with pytest.raises(Problems, match="must be today or in the future"):
        a_meeting(coordinator, meets_on=TODAY - DAYS(1))
    with pytest.raises(Problems, match="Enter the date of the meeting · Enter the place"):
        meeting_keeping.plan(coordinator, {})


@pytest.mark.parametrize(
    ("role", "area", "sees", "runs"),
    [
        ("coordinator", "liverpool", True, True),
        ("coordinator", "sefton", False, False),
        ("manager", "liverpool", True, False),
        ("manager", "sefton", False, False),
        ("practitioner", "liverpool", False, False),
        ("meeting_member", "liverpool", False, False),
        ("partnership_lead", "liverpool", False, False),
        ("administrator", "liverpool", False, False),
    ],
)
def test_who_sees_and_who_runs_a_meeting(
    duckdb_store: Store, role: str, area: str, sees: bool, runs: bool
) -> None:
    store = duckdb_store
    coordinator = an_account(store, "coordinator")
    an_episode(store, a_child(store))
    meeting_id = a_meeting(coordinator, "send papers")
    [item] = agendas.read_agenda(coordinator, meeting_id).items
    actor = an_account(store, role, area)
    assert allows(lambda: meeting_keeping.read_meeting(actor, meeting_id)) == sees
    assert allows(lambda: agendas.read_agenda(actor, meeting_id)) == sees
    typed = {"meets_on": on(TODAY), "place": "Room 2"}
    assert allows(lambda: meeting_keeping.change(actor, meeting_id, typed)) == runs
    assert allows(lambda: agendas.put_at(actor, item["item_id"], 1)) == runs
    assert allows(lambda: agendas.remove(actor, item["item_id"], "A reason")) == runs
    assert allows(lambda: meeting_keeping.move(actor, meeting_id, "cancel", "A reason")) == runs
    assert allows(lambda: listed(actor)) == (role in ("coordinator", "manager"))


def listed(actor: Actor) -> None:
    with actor.reading() as work:
        area = work.account.area
    assert all(row["area"] == area for row in meeting_keeping.meetings(actor))


def allows(call) -> bool:
    try:
        call()
    except Refused:
        return False
    return True
