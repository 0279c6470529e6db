"""What the meeting set reaches the person who is to do it, who says what became of it without opening the child."""

from __future__ import annotations

import datetime

import pytest

from data import clock, my_work
from data.access.rule import is_linked
from data.actor import Actor
from data.after_meeting import action_list, actions
from data.after_meeting.action_list import Wanted
from data.child.children import read_child
from data.database.audit import Event
from data.database.records import ACCOUNT, ACTION
from data.database.store import Store
from data.refusal import NotFilledIn, Problems, Refused
from tests.factories import a_child, a_link, an_account, an_episode
from tests.filled_in import DONE, LONGER, NOT_ACHIEVED, a_decision, decided, on

TODAY = clock.today()
DAYS = datetime.timedelta


class World:
    """A child of Liverpool in oversight, its coordinator, and a teacher who is not linked to the child."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.coordinator = an_account(store, "coordinator")
        self.teacher = an_account(store, agency="education", name="Teacher Made-Up")
        self.child_id = a_child(store, "Rowan Made-Up")
        self.episode_id = an_episode(store, self.child_id, opened_on=TODAY - DAYS(30))

    def action(self, **given: object) -> str:
        action_id = clock.new_id()
        record = {
            "action_id": action_id, "episode_id": self.episode_id, "child_id": self.child_id, "agency": "education",
            "action": "Made-up action", "state": "ongoing", **given,
        }  # fmt: skip
        with self.coordinator.writing() as work:
            work.save(ACTION, record, Event("made for a test"))
        return action_id

    def current(self, action_id: str) -> dict:
        with self.coordinator.reading() as work:
            return work.current(ACTION, action_id) or {}


def listed(actor: Actor, **wanted: str) -> list[str]:
    return [row["action"] for row in action_list.list_actions(actor, Wanted(**wanted)).actions]


def test_an_action_that_names_only_an_agency_is_given_to_a_person_of_it_by_the_coordinator(
    store: Store,
) -> None:
    world = World(store)
    action_id = world.action()
    with pytest.raises(Refused):
        actions.read_action(world.teacher, action_id)
    assert listed(world.teacher) == []
    nurse, teacher_elsewhere = (
        an_account(store, agency="health"),
        an_account(store, agency="education", area="wirral"),
    )
    for person in (nurse, teacher_elsewhere, world.coordinator):
        with pytest.raises(Problems, match="person of the action's agency"):
            actions.assign(world.coordinator, action_id, person.account_id)
    with pytest.raises(Refused):
        actions.assign(world.teacher, action_id, world.teacher.account_id)  # nobody takes one by themselves
    assert [p["name"] for p in actions.people_to_ask(world.coordinator, action_id)] == ["Teacher Made-Up"]
    actions.assign(world.coordinator, action_id, world.teacher.account_id)
    assert actions.people_to_ask(world.coordinator, action_id) == []
    page = actions.read_action(world.teacher, action_id)
    assert (page.child_name, page.action["owner_name"], page.may_update, page.may_assign) == (
        "Rowan Made-Up", "Teacher Made-Up", True, False,
    )  # fmt: skip
    assert listed(world.teacher) == ["Made-up action"]


def test_an_action_whose_owner_has_left_is_held_by_nobody_and_can_be_given_on(store: Store) -> None:
    world = World(store)
    action_id = world.action(owner_account_id=world.teacher.account_id, owner="Teacher Made-Up")
    assert listed(world.coordinator, state="nobody") == []
    with world.coordinator.writing() as work:
        suspended = {"account_id": world.teacher.account_id, "is_suspended": True}
        work.save(ACCOUNT, suspended, Event("made for a test"))
    assert listed(world.coordinator, state="nobody") == ["Made-up action"]
    another = an_account(store, agency="education", name="Another Made-Up")
    actions.assign(world.coordinator, action_id, another.account_id)
    assert (world.current(action_id)["owner"], listed(world.coordinator, state="nobody")) == (
        "Another Made-Up",
        [],
    )


def test_a_member_of_the_meeting_sees_their_action_and_the_name_and_nothing_else_of_the_child(
    store: Store,
) -> None:
    world = World(store)
    member = an_account(store, "meeting_member", agency="education")
    action_id = world.action()
    actions.assign(world.coordinator, action_id, member.account_id)
    page = actions.read_action(member, action_id)
    assert (page.child_name, page.sees_child) == ("Rowan Made-Up", False)
    with pytest.raises(Refused):
        read_child(member, world.child_id)
    actions.complete(member, action_id, DONE)
    assert world.current(action_id)["state"] == "completed"


def test_completed_is_said_with_what_shows_it_and_what_it_changed(store: Store) -> None:
    world = World(store)
    action_id = world.action(owner_account_id=world.teacher.account_id)
    with pytest.raises(NotFilledIn) as refused:
        actions.complete(world.teacher, action_id, {"evidence": " ", "impact": None})
    assert [p.key for p in refused.value.problems] == ["evidence", "impact"]
    actions.complete(world.teacher, action_id, DONE)
    kept = world.current(action_id)
    assert (kept["state"], kept["closed_on"], kept["evidence"], kept["impact"]) == (
        "completed", TODAY, DONE["evidence"], DONE["impact"],
    )  # fmt: skip


def test_not_achieved_needs_its_reason(store: Store) -> None:
    world = World(store)
    action_id = world.action(owner_account_id=world.teacher.account_id)
    with pytest.raises(NotFilledIn, match="Enter why it could not be achieved"):
        actions.give_up(world.teacher, action_id, {})
    actions.give_up(world.teacher, action_id, NOT_ACHIEVED)
    kept = world.current(action_id)
    assert (kept["state"], kept["not_achieved_reason"]) == ("not_achieved", "Could not be reached")


def test_an_action_is_carried_over_to_a_later_date_with_a_reason_and_its_earlier_date_stays_readable(
    store: Store,
) -> None:
    world = World(store)
    action_id = world.action(owner_account_id=world.teacher.account_id, due_on=TODAY - DAYS(3))
    for typed, sentence in (
        ({"due_on": on(TODAY - DAYS(1)), "carried_over_reason": "Late"}, "today or in the future"),
        ({"due_on": on(TODAY + DAYS(1))}, "why it needs longer"),
    ):
        with pytest.raises(NotFilledIn, match=sentence):
            actions.carry_over(world.teacher, action_id, typed)
    actions.carry_over(world.teacher, action_id, LONGER)
    with pytest.raises(NotFilledIn, match="must be after"):
        actions.carry_over(world.teacher, action_id, {**LONGER, "due_on": on(TODAY + DAYS(1))})
    page = actions.read_action(world.teacher, action_id)
    assert (page.action["state"], page.action["due_on"], page.action["closed_on"]) == (
        "ongoing", TODAY + DAYS(weeks=3), None,
    )  # fmt: skip
    assert [(row["due_on"], row["change_reason"]) for row in page.earlier] == [
        (TODAY - DAYS(3), None), (TODAY + DAYS(weeks=3), "Made-up delay"),
    ]  # fmt: skip


def test_a_practitioner_sees_their_own_and_their_agencys_actions_about_children_they_may_see(
    store: Store,
) -> None:
    world = World(store)
    world.action(action="Mine", owner_account_id=world.teacher.account_id, agency="health")
    other = World(store)
    other.action(action="Of my agency, another child")
    other.action(action="Of another agency, another child", agency="police")
    assert listed(world.teacher) == ["Mine"]
    a_link(store, other.child_id, world.teacher)
    assert listed(world.teacher) == ["Mine", "Of my agency, another child"]


def test_the_areas_list_is_filtered_by_state_agency_owner_and_child(store: Store) -> None:
    world = World(store)
    late = world.action(action="Late", due_on=TODAY - DAYS(1), owner="Sam Zoë Made-Up")
    world.action(action="Today", due_on=TODAY, agency="police", owner_account_id=world.teacher.account_id)
    world.action(action="In two weeks", due_on=TODAY + DAYS(14))
    world.action(action="Later", due_on=TODAY + DAYS(15))
    world.action(action="Without a date")
    world.action(action="Done", state="completed", closed_on=TODAY, due_on=TODAY - DAYS(9))
    elsewhere = a_child(store, area="wirral")
    world.action(action="Elsewhere", child_id=elsewhere, episode_id=an_episode(store, elsewhere, "wirral"))
    for watcher in (world.coordinator, an_account(store, "manager", agency="police")):
        assert listed(watcher) == ["Late", "Today", "In two weeks", "Later", "Without a date"]
        assert listed(watcher, state="overdue") == ["Late"]
        assert listed(watcher, state="soon") == ["Today", "In two weeks"]
        assert listed(watcher, state="ended") == ["Done"]
        assert listed(watcher, agency="police") == ["Today"]
        assert listed(watcher, owner="zoe") == ["Late"]
        assert listed(watcher, owner="teacher") == ["Today"]
        assert "Today" not in listed(watcher, state="nobody")
        assert listed(watcher, child="nobody of this name") == []
        assert len(listed(watcher, child="rowan")) == 5
    actions.complete(world.coordinator, late, DONE)
    assert listed(world.coordinator, state="overdue") == []


def test_the_list_is_read_a_page_at_a_time(duckdb_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(duckdb_store)
    monkeypatch.setattr(action_list, "PAGE", 2)
    for day in range(5):
        world.action(action=f"Act {day}", due_on=TODAY + DAYS(day))
    pages = [action_list.list_actions(world.coordinator, Wanted(), page) for page in range(3)]
    assert [[row["action"] for row in page.actions] for page in pages] == [
        ["Act 0", "Act 1"],
        ["Act 2", "Act 3"],
        ["Act 4"],
    ]
    assert [page.more for page in pages] == [True, True, False]


def test_an_overdue_action_is_seen_by_its_owner_the_coordinator_and_the_manager(store: Store) -> None:
    world = World(store)
    world.action(action="Late", due_on=TODAY - DAYS(1), owner_account_id=world.teacher.account_id)
    world.action(action="In time", due_on=TODAY + DAYS(1), owner_account_id=world.teacher.account_id)
    manager, colleague = an_account(store, "manager"), an_account(store, agency="education")
    a_link(store, world.child_id, colleague)
    seen = {
        name: [row["action"] for row in my_work.my_work(actor).actions]
        for name, actor in (
            ("owner", world.teacher), ("coordinator", world.coordinator), ("manager", manager),
            ("colleague", colleague), ("elsewhere", an_account(store, "coordinator", area="wirral")),
        )
    }  # fmt: skip
    assert seen == {
        "owner": ["Late", "In time"], "coordinator": ["Late"], "manager": ["Late"], "colleague": [], "elsewhere": [],
    }  # fmt: skip


def test_a_name_typed_in_the_minutes_gives_the_action_only_to_somebody_who_can_open_the_child_already(
    store: Store,
) -> None:
    world = World(store)
    rows = [{"action": "Made-up action", "action_agency": "education", "owner": "teacher made-up"}]
    decided(world.coordinator, world.episode_id, a_decision(TODAY - DAYS(2), new_actions=rows))
    with world.teacher.reading() as work:
        assert not is_linked(work, world.child_id)
    a_link(store, world.child_id, world.teacher)
    decided(world.coordinator, world.episode_id, a_decision(TODAY, new_actions=rows))
    assert [row["is_mine"] for row in action_list.list_actions(world.teacher, Wanted()).actions] == [
        False,
        True,
    ]
    an_account(
        store, agency="education", name="Teacher Made-Up"
    )  # a second of that name: nobody can tell which
    assert len(my_work.my_work(world.teacher).actions) == 1
