"""Members reach the children on their agenda from papers out until the minutes are agreed, to read and no more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.access.rule import can_see_child, can_write_child
from data.actor import Actor
from data.answers import drafts
from data.answers.submissions import read_submission
from data.child.child_search import search
from data.child.children import read_child
from data.database.records import CHILD_LINK
from data.database.store import Store
from data.meeting import agendas, invitations, meeting_keeping, minuting
from data.refusal import Problems, Refused
from forms.screening import SCREENING
from tests.factories import a_child, a_link, a_submission, an_account, an_episode
from tests.meetings.made import a_meeting, quorum_signs


class Sitting:
    """A planned meeting with one child on its agenda, and a member of each kind invited."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.coordinator = an_account(store, "coordinator")
        self.child_id = a_child(store)
        self.other_child = a_child(store)
        self.episode_id = an_episode(store, self.child_id)
        self.meeting_id = a_meeting(self.coordinator)
        agendas.add(self.coordinator, self.meeting_id, [self.episode_id])
        self.member = an_account(store, "meeting_member", agency="health")
        self.teacher = an_account(store, "practitioner", agency="education")
        people = [self.member.account_id, self.teacher.account_id]
        invitations.invite(self.coordinator, self.meeting_id, people)

    def moves(self, name: str) -> None:
        if name == "hold":
            quorum_signs(self.coordinator, self.meeting_id)
        if name == "agree":
            minuting.go_on(self.coordinator, self.item_id, "Not reached in the time")
        meeting_keeping.move(self.coordinator, self.meeting_id, name, "A made-up reason")

    @property
    def item_id(self) -> str:
        return f"{self.meeting_id}:{self.episode_id}"


def sees(actor: Actor, child_id: str) -> bool:
    with actor.reading() as work:
        return can_see_child(work, child_id)


def writes(actor: Actor, child_id: str) -> bool:
    with actor.reading() as work:
        return can_write_child(work, child_id)


def test_members_reach_a_child_from_papers_out_until_the_minutes_are_agreed_and_not_after(
    store: Store,
) -> None:
    sitting = Sitting(store)
    people = (sitting.member, sitting.teacher)
    reached = []
    for name in (None, "send papers", "hold", "agree"):
        if name:
            sitting.moves(name)
        reached.append([sees(person, sitting.child_id) for person in people])
        assert not any(sees(person, sitting.other_child) for person in people)
        assert not any(writes(person, sitting.child_id) for person in people)
        listed = [m["meeting_id"] for m in invitations.invitations_of(sitting.member)]
        assert listed == ([sitting.meeting_id] if any(reached[-1]) else [])
    assert reached == [[False, False], [True, True], [True, True], [False, False]]


def test_a_cancelled_meeting_a_withdrawn_invitation_and_a_removed_child_are_out_of_reach(
    duckdb_store: Store,
) -> None:
    ends: list[Callable[[Sitting], None]] = [
        lambda s: s.moves("cancel"),
        lambda s: invitations.withdraw(s.coordinator, s.meeting_id, s.member.account_id),
        lambda s: agendas.remove(s.coordinator, s.item_id, "A made-up reason"),
    ]
    for end in ends:
        sitting = Sitting(duckdb_store)
        sitting.moves("send papers")
        assert sees(sitting.member, sitting.child_id)
        end(sitting)
        assert not sees(sitting.member, sitting.child_id)


def test_a_member_reads_the_childs_page_and_papers_and_an_uninvited_one_does_not(store: Store) -> None:
    sitting = Sitting(store)
    record_id = a_submission(store, "screening", sitting.child_id)
    sitting.moves("send papers")
    stranger = an_account(store, "meeting_member")
    for person in (sitting.member, sitting.teacher):
        assert read_child(person, sitting.child_id).heading.child_id == sitting.child_id
        assert read_submission(person, "screening", record_id).record_id == record_id
    for call in (
        lambda: read_child(stranger, sitting.child_id),
        lambda: read_submission(stranger, "screening", record_id),
        lambda: meeting_keeping.read_meeting(stranger, sitting.meeting_id),
        lambda: agendas.read_agenda(stranger, sitting.meeting_id),
    ):
        with pytest.raises(Refused):
            call()


def test_to_be_invited_is_not_to_write_but_a_link_goes_on_writing(store: Store) -> None:
    sitting = Sitting(store)
    sitting.moves("send papers")
    with pytest.raises(Refused, match="read this record for the meeting"):
        drafts.start_draft(sitting.teacher, SCREENING, sitting.child_id)
    with pytest.raises(Refused):
        drafts.start_draft(sitting.member, SCREENING, sitting.child_id)
    a_link(store, sitting.child_id, sitting.teacher)
    assert writes(sitting.teacher, sitting.child_id)
    with sitting.coordinator.reading() as work:
        assert work.value(f"SELECT count(*) FROM {CHILD_LINK.name} WHERE account_id = $1", [
            sitting.member.account_id
        ]) == 0  # fmt: skip


def test_a_list_holds_the_children_whose_pages_open(store: Store) -> None:
    sitting = Sitting(store)
    assert search(sitting.teacher, "Child Made-Up").children == ()
    sitting.moves("send papers")
    found = search(sitting.teacher, "Child Made-Up").children
    assert [child["child_id"] for child in found] == [sitting.child_id]


def test_only_people_of_the_area_who_reach_children_by_invitation_are_invited(duckdb_store: Store) -> None:
    sitting = Sitting(duckdb_store)
    fitting = an_account(duckdb_store, "meeting_member", agency="police")
    wrong = [
        an_account(duckdb_store, "meeting_member", "sefton"),
        an_account(duckdb_store, "coordinator"),
        an_account(duckdb_store, "partnership_lead"),
        an_account(duckdb_store, "meeting_member", is_suspended=True),
        sitting.member,
    ]
    offered = {p["account_id"] for p in invitations.people_to_invite(sitting.coordinator, sitting.meeting_id)}
    assert offered == {fitting.account_id}
    for person in wrong:
        with pytest.raises(Problems, match="not invited yet"):
            invitations.invite(sitting.coordinator, sitting.meeting_id, [person.account_id])
    for person in (fitting, sitting.member, an_account(duckdb_store, "manager")):
        with pytest.raises(Refused):
            invitations.invite(person, sitting.meeting_id, [fitting.account_id])
