"""Nothing sent is overwritten: a correction is a new revision, and the old one stays readable with who, when and why."""

from __future__ import annotations

import pytest

from data.answers import drafts, submissions
from data.database.store import Store
from data.refusal import Problems
from forms.child import CHILD
from forms.question import NOT_ASKED
from forms.referral import REFERRAL
from tests.factories import a_child, a_link, an_account
from tests.filled_in import A_REFERRAL, checked, fill, sent


def test_the_old_revision_stays_readable_with_its_author_time_and_reason(store: Store) -> None:
    worker, colleague = (an_account(store, name=f"{n} Made-Up") for n in ("Worker", "Colleague"))
    child_id = a_child(store, linked_to=worker)
    a_link(store, child_id, colleague)
    record_id = sent(worker, REFERRAL, child_id, {**A_REFERRAL, "why_suspected": "First words"})
    correction = drafts.start_draft(colleague, REFERRAL, child_id, corrects=record_id)
    fill(colleague, correction, {"why_suspected": "Better words"})
    extra = {**A_REFERRAL["evidence"][0], "what_is_known": "More evidence"}
    fill(colleague, correction, {"evidence": [extra]})
    assert submissions.submit(colleague, correction, why="A slip") == record_id
    first, second = (submissions.read_submission(worker, "referral", record_id, n) for n in (1, 2))
    assert (first.answers["why_suspected"], first.recorded_by, first.change_reason) == (
        "First words", "Worker Made-Up", None,
    )  # fmt: skip
    assert (second.answers["why_suspected"], second.recorded_by, second.change_reason) == (
        "Better words", "Colleague Made-Up", "A slip",
    )  # fmt: skip
    assert first.recorded_at < second.recorded_at
    assert first.submitted_on == second.submitted_on
    assert (first.latest_revision, second.latest_revision) == (2, 2)
    assert [[row["what_is_known"] for row in read.answers["evidence"]] for read in (first, second)] == [
        ["Made-up evidence"],
        ["Made-up evidence", "More evidence"],
    ]
    assert submissions.read_submission(worker, "referral", record_id).revision == 2
    with pytest.raises(Problems, match="no such revision"):
        submissions.read_submission(worker, "referral", record_id, 3)


def test_what_a_condition_hid_was_not_asked_and_what_was_left_blank_was_not_answered(store: Store) -> None:
    worker = an_account(store)
    child_id = a_child(store, linked_to=worker)
    typed = {**A_REFERRAL, "route": "front_door", "front_door_decision": "section_47"}
    record_id = sent(worker, REFERRAL, child_id, typed)
    asked = submissions.read_submission(worker, "referral", record_id).answers
    assert asked["front_door_decision"] == "section_47"
    assert asked["front_door_decided_on"] is None
    assert asked["manager_decision"] is NOT_ASKED
    sent(worker, REFERRAL, child_id, {"route": "strategy_meeting"}, corrects=record_id)
    hidden = submissions.read_submission(worker, "referral", record_id).answers
    assert hidden["front_door_decision"] is NOT_ASKED
    assert submissions.read_submission(worker, "referral", record_id, 1).answers == asked
    with worker.reading() as work:
        assert work.value("SELECT front_door_decision FROM referral_form") is None


def test_what_was_hidden_comes_back_in_the_draft_when_it_is_asked_again(store: Store) -> None:
    worker = an_account(store)
    draft_id = drafts.start_draft(worker, REFERRAL, a_child(store, linked_to=worker))
    fill(worker, draft_id, {"route": "front_door", "front_door_decision": "section_17"})
    fill(worker, draft_id, {"route": "open_case"})
    assert "front_door_decision" in checked(worker, draft_id).not_asked
    fill(worker, draft_id, {"route": "front_door"})
    assert checked(worker, draft_id).answers["front_door_decision"] == "section_17"


def test_a_correction_begun_from_an_older_revision_is_told_and_a_new_one_starts_from_what_stands(
    store: Store,
) -> None:
    worker, colleague = an_account(store), an_account(store)
    child_id = a_child(store, linked_to=worker)
    a_link(store, child_id, colleague)
    record_id = sent(worker, REFERRAL, child_id, A_REFERRAL)
    late = drafts.start_draft(worker, REFERRAL, child_id, corrects=record_id)
    fill(worker, late, {"why_suspected": "Late words"})
    sent(colleague, REFERRAL, child_id, {"why_suspected": "Words in time"}, corrects=record_id)
    with pytest.raises(Problems, match="Your words are kept in this draft"):
        submissions.submit(worker, late)
    assert drafts.read_draft(worker, late).typed["why_suspected"] == "Late words"
    fresh = drafts.start_draft(worker, REFERRAL, child_id, corrects=record_id)
    assert fresh != late
    assert drafts.read_draft(worker, fresh).typed["why_suspected"] == "Words in time"
    submissions.submit(worker, fresh)
    assert submissions.read_submission(worker, "referral", record_id).revision == 3


def test_the_childs_details_are_corrected_with_history(store: Store) -> None:
    worker, colleague = an_account(store), an_account(store)
    child_id = sent(worker, CHILD, None, {"name": "Child Made-Up", "date_of_birth": "1 2 2012", "area": "sefton",
                                          "adults": [{"name": "Adult Made-Up", "relation": "aunt"}]})  # fmt: skip
    a_link(store, child_id, colleague)
    mine, theirs = (drafts.start_draft(who, CHILD, child_id) for who in (worker, colleague))
    assert mine != theirs
    fill(worker, mine, {"name": "Chíld Made-Up"})
    assert submissions.submit(worker, mine) == child_id
    fill(colleague, theirs, {"school": "Made-Up School"})
    with pytest.raises(Problems, match="Somebody sent or corrected this form"):
        submissions.submit(colleague, theirs)
    before, now = (submissions.read_submission(worker, "child", child_id, n) for n in (1, None))
    assert (before.answers["name"], now.answers["name"]) == ("Child Made-Up", "Chíld Made-Up")
    assert [a["name"] for a in now.answers["adults"]] == ["Adult Made-Up"]
    with worker.reading() as work:
        assert work.value("SELECT count(*) FROM child") == 1
