"""Minutes that are agreed are frozen, signed by the chairs, then locked; a correction is another version beside them."""

from __future__ import annotations

import datetime

import pytest

from data import clock, settings
from data.access.rule import can_see_child
from data.actor import Actor
from data.after_meeting import reviews
from data.answers import drafts
from data.answers.submissions import submit
from data.child.children import read_child
from data.database.schema import form_table
from data.database.store import Store
from data.meeting import agendas, chairs, invitations, meeting_keeping, minutes_signing, minuting
from data.meeting.meeting_documents import minutes_as_word
from data.my_day import Waiting, my_day
from data.refusal import Problems, Refused
from forms.assessment import ASSESSMENT
from forms.minutes import MINUTES
from forms.settings import OF_PARTNERSHIP, PARTNERSHIP
from tests.factories import MADE, a_child, a_submission, an_account, an_episode, the_operator
from tests.filled_in import a_decision, fill, on
from tests.meetings.made import a_meeting, quorum_signs
from tests.meetings.test_minutes_in_word import words_of

TODAY = clock.today()


class Agreed:
    """A meeting of Ada (decided, with an assessment) and Ben (not reached), chaired by a manager and an officer."""

    def __init__(self, store: Store, area: str = "liverpool") -> None:
        self.store = store
        self.coordinator = an_account(store, "coordinator", area)
        self.manager = an_account(store, "manager", area, name="Manager Made-Up")
        self.officer = an_account(store, "meeting_member", area, agency="police", name="Officer Made-Up")
        ada, ben = a_child(store, "Ada Made-Up", area=area), a_child(store, "Ben Made-Up", area=area)
        self.child_id = ada
        for child_id in (ada, ben):
            an_episode(store, child_id, area)
        self.assessment_id = a_submission(
            store, "assessment", ada, assessed_on=TODAY, main_support="Made-up support", kind="both"
        )
        self.meeting_id = a_meeting(self.coordinator, "send papers")
        invitations.invite(self.coordinator, self.meeting_id, [self.officer.account_id])
        quorum_signs(self.coordinator, self.meeting_id)
        self.items = [i["item_id"] for i in agendas.read_agenda(self.coordinator, self.meeting_id).items]
        draft_id = minuting.open_child(self.coordinator, self.items[0]).draft_id or ""
        rows = [{"action": "Visit", "action_agency": "police", "owner": "Officer", "due_on": on(TODAY)}]
        typed = {"decision_reason": "Made-up reason", "discussion": "First words", "new_actions": rows}
        fill(self.coordinator, draft_id, a_decision(TODAY) | typed)
        minuting.go_on(self.coordinator, self.items[0])
        minuting.go_on(self.coordinator, self.items[1], "Not reached in the time")
        self.minutes_id = minuting.open_child(self.coordinator, self.items[0]).record_id or ""
        for name in ("hold", "agree"):
            meeting_keeping.move(self.coordinator, self.meeting_id, name)

    def name_chairs(self) -> None:
        chairs.name_chair(self.coordinator, self.meeting_id, "social_care", self.manager.account_id)
        chairs.name_chair(self.coordinator, self.meeting_id, "police", self.officer.account_id)

    def sign(self) -> None:
        minutes_signing.sign(self.manager, self.meeting_id, "social_care")
        minutes_signing.sign(self.officer, self.meeting_id, "police")

    def states(self) -> list[tuple[int, str]]:
        seen = minutes_signing.signing(self.coordinator, self.meeting_id)
        return [(v.row["version"], v.row["state"]) for v in seen.versions]

    def corrects(self, **answers: str) -> None:
        draft_id = drafts.start_draft(
            self.coordinator, MINUTES, self.child_id, corrects=self.minutes_id, episode_id=self.episode_id
        )
        fill(self.coordinator, draft_id, answers)
        submit(self.coordinator, draft_id, why="Typed wrong")

    @property
    def episode_id(self) -> str:
        return self.items[0].split(":")[1]


def to_sign(actor: Actor) -> list[Waiting]:
    """What My work lists as minutes to sign."""
    return next(waiting for one, waiting in my_day(actor) if one.title == "Minutes to sign")


def sees(actor: Actor, child_id: str) -> bool:
    with actor.reading() as work:
        return can_see_child(work, child_id)


def test_both_chairs_sign_and_the_last_signature_locks(store: Store) -> None:
    meeting = Agreed(store)
    with pytest.raises(Problems, match="Name the chair first"):
        minutes_signing.sign(meeting.coordinator, meeting.meeting_id, "police", "On paper")
    meeting.name_chairs()
    assert meeting.states() == [(1, "agreed")]
    assert [len(to_sign(p)) for p in (meeting.manager, meeting.officer, meeting.coordinator)] == [1, 1, 0]
    assert [m["minutes_state"] for m in meeting_keeping.meetings(meeting.manager)] == ["agreed"]
    assert sees(meeting.officer, meeting.child_id)  # to read what they sign
    for person, chair in ((meeting.coordinator, "police"), (meeting.manager, "police"), (meeting.officer, "social_care")):  # fmt: skip
        with pytest.raises(Refused, match="Only the chair named"):
            minutes_signing.sign(person, meeting.meeting_id, chair)
    mine = [minutes_signing.signing(p, meeting.meeting_id).mine for p in (meeting.manager, meeting.officer, meeting.coordinator)]  # fmt: skip
    assert mine == [("social_care",), ("police",), ()]
    minutes_signing.sign(meeting.manager, meeting.meeting_id, "social_care")
    assert meeting.states() == [(1, "agreed")]
    assert [len(to_sign(p)) for p in (meeting.manager, meeting.officer)] == [0, 1]
    with pytest.raises(Problems, match="signed already"):
        minutes_signing.sign(meeting.manager, meeting.meeting_id, "social_care")
    minutes_signing.sign(meeting.officer, meeting.meeting_id, "police")
    assert meeting.states() == [(1, "signed")]
    assert not sees(meeting.officer, meeting.child_id)
    with pytest.raises(Refused):
        minutes_signing.signing(meeting.officer, meeting.meeting_id)
    with pytest.raises(Problems, match="signed the minutes already"):
        chairs.name_chair(meeting.coordinator, meeting.meeting_id, "police", name="Somebody Else")
    with the_operator(store).reading() as work:
        actions = work.values("SELECT action FROM audit WHERE action LIKE 'minutes %' ORDER BY seq")
    assert actions[-3:] == ["minutes signed", "minutes signed", "minutes locked"]


def test_signed_minutes_are_not_rewritten(store: Store) -> None:
    meeting = Agreed(store)
    meeting.name_chairs()
    for step in (lambda: None, meeting.sign):
        step()
        with pytest.raises(Problems, match="begin the correction there"):
            meeting.corrects(discussion="Other words")
        with pytest.raises(Problems, match="from papers out"):
            minuting.open_child(meeting.coordinator, meeting.items[0])


def test_a_correction_is_another_version_and_both_stay_readable(store: Store) -> None:
    meeting = Agreed(store)
    meeting.name_chairs()
    meeting.sign()
    with pytest.raises(Problems, match="Enter why"):
        minutes_signing.correct(meeting.coordinator, meeting.meeting_id, " ")
    minutes_signing.correct(meeting.coordinator, meeting.meeting_id, "The scale was misheard")
    with pytest.raises(Problems, match="being corrected already"):
        minutes_signing.correct(meeting.coordinator, meeting.meeting_id, "Again")
    assert meeting.states() == [(1, "signed"), (2, "correcting")]
    meeting.corrects(discussion="Second words", scale="4")
    first = words_of(minutes_as_word(meeting.coordinator, meeting.meeting_id, version=1))
    assert "First words" in first
    assert "Second words" not in first
    assert read_child(meeting.coordinator, meeting.child_id).discussions[0]["scale"] == 4
    minutes_signing.agree_correction(meeting.coordinator, meeting.meeting_id)
    meeting.sign()
    assert meeting.states() == [(1, "signed"), (2, "signed")]
    latest = words_of(minutes_as_word(meeting.coordinator, meeting.meeting_id))
    assert "Second words" in latest
    assert "Why the minutes were corrected: The scale was misheard" in latest
    assert sum(words.startswith("Signed: ") for words in latest) == 2
    assert "First words" in words_of(minutes_as_word(meeting.coordinator, meeting.meeting_id, version=1))
    with pytest.raises(Problems, match="no such version"):
        minutes_as_word(meeting.coordinator, meeting.meeting_id, version=3)
    held = [
        next(c for c in v.children if c["item_id"] == meeting.items[0])["minutes_revision"]
        for v in minutes_signing.signing(meeting.coordinator, meeting.meeting_id).versions
    ]
    assert held == [1, 2]


def test_a_correction_of_other_words_leaves_a_review_where_the_chairs_moved_it(store: Store) -> None:
    meeting = Agreed(store)
    moved_to = TODAY + datetime.timedelta(weeks=16)
    moved = {"review_by": on(moved_to), "reason": "In custody", "decided_by": "Both chairs"}
    reviews.vary(meeting.coordinator, meeting.episode_id, moved)
    minutes_signing.correct(meeting.coordinator, meeting.meeting_id, "Typed wrong")
    meeting.corrects(discussion="Second words")
    latest = read_child(meeting.coordinator, meeting.child_id).discussions[0]
    assert (latest["discussion"], latest["review_by"]) == ("Second words", moved_to)
    assert latest["discussed_at"] < latest["recorded_at"]


def test_what_took_effect_is_not_corrected(store: Store) -> None:
    meeting = Agreed(store)
    minutes_signing.correct(meeting.coordinator, meeting.meeting_id, "Typed wrong")
    assert meeting.states() == [(1, "replaced"), (2, "correcting")]
    with pytest.raises(Problems, match="took effect, and stand"):
        meeting.corrects(decision="remove", closure_reason="risk_reduced")
    draft_id = drafts.start_draft(
        meeting.coordinator, MINUTES, meeting.child_id, corrects=meeting.minutes_id, episode_id=meeting.episode_id
    )  # fmt: skip
    fill(meeting.coordinator, draft_id, {"decision": "review", "new_actions": [{"action": "Another", "action_agency": "health"}]})  # fmt: skip
    with pytest.raises(Problems, match="followed up in their own list"):
        submit(meeting.coordinator, draft_id, why="Typed wrong")
    assert len(read_child(meeting.coordinator, meeting.child_id).actions) == 1


def test_an_assessment_corrected_afterwards_leaves_the_minutes_as_they_were(store: Store) -> None:
    meeting = Agreed(store)
    with the_operator(store).writing() as work:
        work.save(form_table(ASSESSMENT), {"record_id": meeting.assessment_id, "main_support": "Later"}, MADE)
    words = words_of(minutes_as_word(meeting.coordinator, meeting.meeting_id))
    assert "Made-up support" in words
    assert not any("Later" in said for said in words)


def test_a_chair_known_by_name_only_signs_on_paper(duckdb_store: Store) -> None:
    meeting = Agreed(duckdb_store)
    for chair in ("social_care", "police"):
        chairs.name_chair(meeting.coordinator, meeting.meeting_id, chair, name=f"Chair of {chair}")
    with pytest.raises(Problems, match="Enter how the chair signed"):
        minutes_signing.sign(meeting.coordinator, meeting.meeting_id, "police")
    with pytest.raises(Refused):
        minutes_signing.sign(meeting.manager, meeting.meeting_id, "police", "On paper")
    for chair in ("social_care", "police"):
        minutes_signing.sign(meeting.coordinator, meeting.meeting_id, chair, "On paper")
    assert meeting.states() == [(1, "signed")]


def test_who_may_be_named_chair(duckdb_store: Store) -> None:
    meeting = Agreed(duckdb_store)

    def offered(chair: str) -> set[str]:
        people = chairs.people_to_chair(meeting.coordinator, meeting.meeting_id, chair)
        return {person["account_id"] for person in people}

    detective = an_account(duckdb_store, "manager", agency="police")
    an_account(duckdb_store, "manager", "sefton")
    an_account(duckdb_store, "meeting_member", agency="police")  # not invited
    assert offered("social_care") == {meeting.coordinator.account_id, meeting.manager.account_id}
    assert offered("police") == {meeting.officer.account_id, detective.account_id}
    with pytest.raises(Problems, match="Select a coordinator or manager"):
        chairs.name_chair(meeting.coordinator, meeting.meeting_id, "police", meeting.manager.account_id)
    with pytest.raises(Refused):
        chairs.name_chair(meeting.manager, meeting.meeting_id, "police", detective.account_id)


def test_sheffield_has_one_chair(duckdb_store: Store) -> None:
    meeting = Agreed(duckdb_store, "sheffield")
    with pytest.raises(Problems, match="no such chair"):
        chairs.name_chair(meeting.coordinator, meeting.meeting_id, "police", meeting.officer.account_id)
    chairs.name_chair(meeting.coordinator, meeting.meeting_id, "social_care", meeting.manager.account_id)
    minutes_signing.sign(meeting.manager, meeting.meeting_id, "social_care")
    assert meeting.states() == [(1, "signed")]


def test_another_name_is_no_longer_the_account(duckdb_store: Store) -> None:
    coordinator = an_account(duckdb_store, "coordinator")
    manager = an_account(duckdb_store, "manager", name="Manager Made-Up")
    meeting_id = a_meeting(coordinator)
    for account, name in ((manager.account_id, "Manager Made-Up"), (None, "Somebody Else")):
        chairs.name_chair(coordinator, meeting_id, "social_care", account, name=name)
        [chair, _] = chairs.chairs(coordinator, meeting_id)
        assert (chair.name, chair.account_id) == (name, account)


def test_the_partnership_sets_who_chairs_and_agreed_minutes_keep_theirs(store: Store) -> None:
    meeting = Agreed(store)
    meeting.name_chairs()
    next_id = a_meeting(meeting.coordinator, meets_on=TODAY + datetime.timedelta(days=7))
    administrator = an_account(store, "administrator", None, agency=None, partnership="pan_merseyside")
    kept = settings.standing(administrator, PARTNERSHIP, "pan_merseyside").answers
    typed = {one.key: one.question.typed(kept[one.key]) for one in OF_PARTNERSHIP} | {
        "chairs": ["social_care"]
    }
    settings.change(administrator, PARTNERSHIP, "pan_merseyside", typed)
    assert [one.key for one in chairs.chairs(meeting.coordinator, next_id)] == ["social_care"]
    minutes_signing.sign(meeting.manager, meeting.meeting_id, "social_care")
    assert meeting.states() == [(1, "agreed")]  # the police's signature is waited for as it was
    minutes_signing.sign(meeting.officer, meeting.meeting_id, "police")
    assert meeting.states() == [(1, "signed")]
