"""Ways round what ended or is protected, which a hostile reader tried: each gave something away once, and gives nothing now."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from data import clock
from data.access.rule import visible_children
from data.actor import Actor
from data.answers import drafts
from data.answers.submissions import read_submission, submit
from data.bring_in.cohort_import import look_at_cohort
from data.bring_in.cohort_reading import read_cohort
from data.child import child_over_time, children, emergency, protection
from data.database.records import ACCOUNT, ACTION, EPISODE
from data.database.schema import form_table
from data.database.store import Store
from data.meeting import agency_answers, agendas, meeting_documents, meeting_keeping
from data.meeting.since_last_time import since_last_time
from data.refusal import Refused
from data.rights.own_copy_lines import everything_held
from data.sign_in import account_keeping, confirmation
from forms.assessment import ASSESSMENT
from forms.child import CHILD
from tests.access.test_access_ends import unpacked
from tests.factories import MADE, a_child, a_child_in_oversight, a_link, an_account, an_episode, the_operator
from tests.filled_in import a_written_assessment, on
from tests.import_.cohorts import another_child, as_folder, bring_deciding, last_option, one_child, together
from tests.meetings.made import a_meeting

ADULT = "Qqyzx of Wirral"
BORN = datetime.date(2012, 5, 5)
IN_DANGER = {
    "name": "Sam Zedek", "date_of_birth": on(BORN), "reason": "Found at the station", "lawful_basis": "vital_interests",
}  # fmt: skip
WHERE = {
    "address": "14 Quillfeather Lane",
    "postcode": "L99 7ZQ",
    "school": "Zebrawood Academy",
    "responsible_authority": "Far Wolds Council",
}
WORDS = "Seen at Zebrawood Academy, placed by Far Wolds Council, on Quillfeather Lane"


def to_wirral(store: Store, child_id: str, **since: str) -> None:
    with the_operator(store).writing() as work:
        moved = {"record_id": child_id, "child_area": "wirral", "area": "wirral", **since}
        work.save(form_table(CHILD), moved, MADE)


def given(told: object) -> list[str]:
    return [words for words in ("Zebrawood", "Far Wolds", "Quillfeather", "L99") if words in repr(told)]


def test_an_emergency_gives_a_former_area_no_intelligence_of_the_area_since(store: Store) -> None:
    former = an_account(store, "coordinator")
    worker, officer = an_account(store, area="wirral"), an_account(store, area="wirral", agency="police")
    child_id = a_child(store, "Sam Zedek", born=BORN)
    to_wirral(store, child_id)
    for who in (worker, officer):
        a_link(store, child_id, who)
    told = {"unsafe_relationships": "yes", "adults_of_concern": ADULT}
    record_id = submit(worker, a_written_assessment(worker, officer, child_id, **told))
    emergency.open_record(former, IN_DANGER)
    assert ADULT not in repr(read_submission(former, "assessment", record_id))


def test_what_was_opened_in_an_emergency_is_listed_no_more_in_another_post(store: Store) -> None:
    stranger = an_account(store, area="wirral")
    a_child(store, "Sam Zedek", born=BORN)
    emergency.open_record(stranger, IN_DANGER)

    def listed() -> int:
        with stranger.reading() as work:
            visible, parameters = visible_children(work, 1)
            return int(work.value(f"SELECT count(*) FROM child c WHERE {visible}", parameters))

    assert listed() == 1
    with the_operator(store).writing() as work:
        work.save(ACCOUNT, {"account_id": stranger.account_id, "agency": "health"}, MADE)
    assert listed() == 0


def test_a_former_area_prints_the_lead_practitioner_that_it_knew(store: Store) -> None:
    kim = an_account(store, "coordinator")
    child_id = a_child(store, lead_practitioner_name="Old Worker", lead_practitioner_agency="social_care")
    episode_id = an_episode(store, child_id)
    meeting_id = a_meeting(kim, "send papers", "hold", "agree")
    with the_operator(store).writing() as work:
        closed = {"episode_id": episode_id, "closed_on": clock.today(), "closure_reason": "moved"}
        work.save(EPISODE, closed, MADE)
    to_wirral(store, child_id, lead_practitioner_name="Worker Of Rose House")
    printed = unpacked(meeting_documents.minutes_as_word(kim, meeting_id))
    assert b"Old Worker" in printed
    assert b"Rose House" not in printed


def test_what_is_recorded_with_the_move_is_no_longer_the_former_areas(store: Store, tmp_path: Path) -> None:
    """One file closes the episode and gives the new address, in one write."""
    first, then = one_child(), one_child()
    first["episodes"][0] |= {"closed_on": "", "closure_reason": "", "closure_note": ""}
    first["discussions"] = then["discussions"] = first["discussions"][:1]
    bring_deciding(store, first, tmp_path / "first")
    then["children"][0] |= {"area": "Wirral", "school": "Hidden Academy"}
    then["episodes"][0] |= {"closed_on": "2026-07-30", "closure_reason": "moved"}
    bring_deciding(store, then, tmp_path / "then", last_option)
    with the_operator(store).reading() as work:
        child_id = work.value("SELECT child_id FROM child")
    page = children.read_child(an_account(store, "coordinator"), child_id)
    assert page.heading.until
    assert "Hidden" not in repr(page)


def test_an_episode_is_never_brought_in_under_another_childs_referral(store: Store, tmp_path: Path) -> None:
    bring_deciding(store, together(one_child(), another_child()), tmp_path / "in")
    crossed = {
        "episode_ref": "E9", "child_ref": "C1", "referral_ref": "R2", "area": "Liverpool", "opened_on": "2026-08-09",
    }  # fmt: skip
    plan = look_at_cohort(
        the_operator(store), read_cohort(as_folder({"episodes": [crossed]}, tmp_path / "x"))
    )
    assert "Enter a referral of the same child" in repr(plan.problems)


def test_who_gives_a_first_password_to_an_account_that_waits_does_not_confirm_it(store: Store) -> None:
    invites, gives = (
        an_account(store, "administrator", area=None, agency=None, partnership="pan_merseyside") for _ in "12"
    )
    wanted = {
        "username": "new.coordinator", "name": "New Made-Up", "role": "coordinator", "agency": "social_care",
        "area": "liverpool", "email": "new@example.org", "vetting": "none",
    }  # fmt: skip
    account_id = account_keeping.invite(invites, wanted).account_id
    account_keeping.give_first_password(gives, account_id)
    with pytest.raises(Refused):
        confirmation.confirm(gives, account_id)
    confirmation.confirm(invites, account_id)


def test_a_protected_address_that_is_typed_and_not_sent_is_in_no_copy(store: Store) -> None:
    kim, lee, worker = an_account(store, "coordinator"), an_account(store, "coordinator"), an_account(store)
    child_id = a_child(store, linked_to=worker)
    protection.protect(kim, child_id, "child", [worker.account_id], "A made-up danger")
    draft_id = drafts.start_draft(worker, CHILD, child_id)
    for key, words in (*WHERE.items(), ("aliases", "“Sam”, é")):
        drafts.save_answer(worker, draft_id, key, words)

    def held(actor: Actor) -> str:
        with actor.reading() as work:
            return repr(everything_held(work, child_id, clock.now()))

    assert given(held(lee)) == []
    assert given(held(kim))
    assert "“Sam”, é" in held(lee)


def test_what_others_wrote_gives_the_school_of_a_protected_child_to_nobody(store: Store) -> None:
    kim, manager = an_account(store, "coordinator"), an_account(store, "manager")
    worker, colleague = an_account(store), an_account(store, agency="health")
    child = a_child_in_oversight(store, linked_to=worker, **WHERE)
    a_link(store, child.child_id, colleague)
    meeting_id = a_meeting(kim)
    agendas.add(kim, meeting_id, [child.episode_id])
    meeting_keeping.move(kim, meeting_id, "send papers")
    agency_answers.answer(kim, f"{meeting_id}:{child.episode_id}", True, WORDS, agency="health")
    done = {
        "action_id": "one", "child_id": child.child_id, "episode_id": child.episode_id, "agency": "health", "action": WORDS,
        "state": "completed", "closed_on": clock.today(), "meeting_date": clock.today(),
    }  # fmt: skip
    with the_operator(store).writing() as work:
        work.save(ACTION, done, MADE)
    protection.protect(kim, child.child_id, "child", [worker.account_id], "A made-up danger")
    assert given(agency_answers.answers(manager, meeting_id)) == []
    assert given(child_over_time.read_over_time(manager, child.child_id)) == []
    with manager.writing() as work:
        assert given(since_last_time(work, child.episode_id)) == []
    draft_id = drafts.start_draft(worker, ASSESSMENT, child.child_id)
    drafts.save_answer(worker, draft_id, "history", WORDS)
    with pytest.raises(drafts.AnswerClash) as clash:
        drafts.save_answer(colleague, draft_id, "history", "Other words", seen_revision=0)
    assert given(clash.value.theirs.typed) == []
    assert given(agency_answers.answers(kim, meeting_id))
