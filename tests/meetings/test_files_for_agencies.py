"""Papers before the meeting and copies of its minutes after it hold for each agency what it may see, and no more."""

from __future__ import annotations

import pytest

from data.access.rule import can_see_child
from data.actor import Actor
from data.answers.submissions import submit
from data.database.store import Store
from data.meeting import agency_answers, attendance, chairs, invitations, meeting_keeping, minuting, papers
from data.meeting.meeting_documents import minutes_as_word
from data.refusal import Problems, Refused
from tests.factories import a_link, an_account, the_operator
from tests.filled_in import a_decision, a_written_assessment, fill
from tests.meetings.made import quorum_signs
from tests.meetings.test_members_reach_the_agenda import Sitting
from tests.meetings.test_minutes_in_word import words_of

SECRET, OF_HEALTH, OF_SCHOOL = "Zzyzx of Made-Up Road", "Words of health", "Words of the school"


class Prepared(Sitting):
    """Papers are out about one child: an assessment with adults of concern, by social care and police, and answers."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.officer = an_account(store, "meeting_member", agency="police")
        invitations.invite(self.coordinator, self.meeting_id, [self.officer.account_id])
        worker, detective = an_account(store), an_account(store, agency="police")
        for one in (worker, detective):
            a_link(store, self.child_id, one)
        secrets = {
            "unsafe_relationships": "yes",
            "adults_of_concern": SECRET,
            "main_support": "Made-up support",
        }
        submit(worker, a_written_assessment(worker, detective, self.child_id, **secrets))
        self.moves("send papers")
        agency_answers.answer(self.member, self.item_id, True, OF_HEALTH)
        agency_answers.answer(self.teacher, self.item_id, True, OF_SCHOOL)

    def minuted(self) -> None:
        """Social care writes the discussion, the police intelligence; both sign in, and so does health."""
        quorum_signs(self.coordinator, self.meeting_id)
        health = {"name": "Nurse Made-Up", "agency": "health", "role": "Nurse"}
        attendance.sign(self.coordinator, self.meeting_id, health)
        draft_id = minuting.open_child(self.coordinator, self.item_id).draft_id or ""
        fill(
            self.coordinator,
            draft_id,
            a_decision(decision_reason="Made-up reason", discussion="Made-up discussion"),
        )
        fill(self.officer, draft_id, {"intelligence_gaps": "Gap of the police"})
        minuting.go_on(self.coordinator, self.item_id)


def printed(store: Store, action: str) -> list[tuple[str, str]]:
    with the_operator(store).reading() as work:
        rows = work.rows("SELECT child_id, detail FROM audit WHERE action = $1 ORDER BY seq", [action])
    return [(row["child_id"], row["detail"]) for row in rows]


def test_papers_hold_the_agencys_own_words_and_no_adults_of_concern(store: Store) -> None:
    prepared = Prepared(store)
    assert papers.agencies_invited(prepared.coordinator, prepared.meeting_id) == [
        "police",
        "health",
        "education",
    ]
    for agency, own, others in (("health", OF_HEALTH, OF_SCHOOL), ("education", OF_SCHOOL, OF_HEALTH)):
        words = words_of(papers.papers_as_word(prepared.coordinator, prepared.meeting_id, agency))
        assert {own, "Made-up support", "Holds something. Ask that agency."} <= set(words)
        assert not any(others in said or SECRET in said for said in words)
        assert "Why on the agenda: New: not discussed yet" in words
        assert any(said.startswith("Liverpool's meeting takes") for said in words)
    assert printed(store, "papers printed") == [
        (prepared.child_id, "health"),
        (prepared.child_id, "education"),
    ]


def test_an_agency_reads_of_the_adults_of_concern_what_its_own_people_wrote(store: Store) -> None:
    prepared = Prepared(store)
    worker = an_account(store, "meeting_member", agency="social_care")
    invitations.invite(prepared.coordinator, prepared.meeting_id, [worker.account_id])
    held = {
        agency: any(
            SECRET in said
            for said in words_of(papers.papers_as_word(prepared.coordinator, prepared.meeting_id, agency))
        )
        for agency in ("social_care", "police", "health")
    }
    assert held == {"social_care": True, "police": False, "health": False}


def test_a_member_takes_the_papers_of_their_own_agency_while_they_are_out(store: Store) -> None:
    prepared = Prepared(store)
    assert OF_HEALTH in words_of(papers.papers_as_word(prepared.member, prepared.meeting_id, "health"))
    with pytest.raises(Refused, match="own agency only"):
        papers.papers_as_word(prepared.member, prepared.meeting_id, "education")
    for person in (an_account(store, "meeting_member", agency="health"), an_account(store, "manager")):
        with pytest.raises(Refused):
            papers.papers_as_word(person, prepared.meeting_id, "health")
    with pytest.raises(Problems, match="Select an agency"):
        papers.papers_as_word(prepared.coordinator, prepared.meeting_id, "housing")
    prepared.moves("hold")
    prepared.moves("agree")
    with pytest.raises(Problems, match="Papers are there"):
        papers.papers_as_word(prepared.coordinator, prepared.meeting_id, "health")
    with pytest.raises(Refused):
        papers.papers_as_word(prepared.member, prepared.meeting_id, "health")


def test_a_copy_of_the_minutes_holds_back_what_the_agency_may_not_see(store: Store) -> None:
    prepared = Prepared(store)
    prepared.minuted()
    whole = words_of(minutes_as_word(prepared.coordinator, prepared.meeting_id))
    assert {SECRET, OF_HEALTH, OF_SCHOOL, "Gap of the police", "Made-up discussion"} <= set(whole)
    copies = {
        agency: set(words_of(minutes_as_word(prepared.coordinator, prepared.meeting_id, agency=agency)))
        for agency in ("social_care", "police", "health")
    }
    secrets = (SECRET, OF_HEALTH, OF_SCHOOL, "Gap of the police")
    assert {agency: [s for s in secrets if s in words] for agency, words in copies.items()} == {
        "social_care": [],
        "police": ["Gap of the police"],
        "health": [OF_HEALTH],
    }
    for words in copies.values():
        assert {"Made-up discussion", "Made-up reason", "Made-up support"} <= words
        assert any(said.startswith("Not shown: ") for said in words)
    assert printed(store, "minutes printed") == [
        (prepared.child_id, agency) for agency in (None, "social_care", "police", "health")
    ]
    with pytest.raises(Problems, match="Select an agency that attended"):
        minutes_as_word(prepared.coordinator, prepared.meeting_id, agency="housing")
    with pytest.raises(Refused):
        minutes_as_word(prepared.officer, prepared.meeting_id, agency="police")


def test_a_chair_reads_the_minutes_they_sign_without_what_they_may_not_see(duckdb_store: Store) -> None:
    prepared = Prepared(duckdb_store)
    prepared.minuted()
    other: Actor = an_account(duckdb_store, "meeting_member", agency="police")
    invitations.invite(prepared.coordinator, prepared.meeting_id, [other.account_id])
    chairs.name_chair(prepared.coordinator, prepared.meeting_id, "police", other.account_id)
    for name in ("hold", "agree"):
        meeting_keeping.move(prepared.coordinator, prepared.meeting_id, name)
    words = words_of(minutes_as_word(other, prepared.meeting_id))
    assert "Made-up discussion" in words
    assert not any(SECRET in said or OF_SCHOOL in said for said in words)
    with pytest.raises(Refused):
        minutes_as_word(prepared.officer, prepared.meeting_id)
    with prepared.officer.reading() as work:
        assert not can_see_child(work, prepared.child_id)
