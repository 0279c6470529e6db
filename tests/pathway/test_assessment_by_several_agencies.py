"""No agency assesses a child alone, and the police are among those who do (pathway.md 3)."""

from __future__ import annotations

import pytest

from data.answers import drafts, submissions
from data.answers.submissions import NotReady
from data.child import links
from data.database.store import Store
from data.my_work import my_work
from data.refusal import Problems, Refused
from forms.assessment import ASSESSMENT
from tests.factories import a_child, a_link, an_account
from tests.filled_in import AN_ASSESSMENT, a_written_assessment, fill

TOO_FEW = "At least two agencies must write the assessment, one of them the police"


def test_one_agency_alone_cannot_send_it_nor_two_without_the_police(store: Store) -> None:
    worker, nurse, officer = (an_account(store, agency=a) for a in ("social_care", "health", "police"))
    child_id = a_child(store, linked_to=worker)
    for other in (nurse, officer):
        a_link(store, child_id, other)
    draft_id = drafts.start_draft(worker, ASSESSMENT, child_id)
    fill(worker, draft_id, AN_ASSESSMENT)
    with pytest.raises(Problems, match=TOO_FEW):
        submissions.submit(worker, draft_id)
    fill(nurse, draft_id, {"child_voice": "Made-up words, and more"})
    with pytest.raises(Problems, match=TOO_FEW):
        submissions.submit(nurse, draft_id)
    fill(officer, draft_id, {"locations_found": "A made-up place"})
    record_id = submissions.submit(nurse, draft_id)
    written = submissions.read_submission(worker, "assessment", record_id)
    assert {c["agency"] for c in written.contributors} == {"social_care", "health", "police"}


def test_the_police_alone_cannot_send_it_either(store: Store) -> None:
    officer, colleague = an_account(store, agency="police"), an_account(store, agency="police")
    child_id = a_child(store, linked_to=officer)
    a_link(store, child_id, colleague)
    with pytest.raises(Problems, match=TOO_FEW):
        submissions.submit(officer, a_written_assessment(officer, colleague, child_id))


@pytest.mark.parametrize(
    "typed",
    [
        {"locations_found": ""},
        {"chronology": [{}]},
        {"unsafe_relationships": "no"},
        {"adults_of_concern": "Not asked unless relationships are unsafe"},
    ],
    ids=["an answer emptied again", "a row opened only", "an answer another changed", "an answer not asked"],
)
def test_only_words_that_stand_in_the_assessment_count_for_an_agency(store: Store, typed: dict) -> None:
    worker, officer = an_account(store), an_account(store, agency="police")
    child_id = a_child(store, linked_to=worker)
    a_link(store, child_id, officer)
    draft_id = drafts.start_draft(worker, ASSESSMENT, child_id)
    fill(worker, draft_id, AN_ASSESSMENT)
    fill(officer, draft_id, typed)
    if "unsafe_relationships" in typed:
        fill(worker, draft_id, {"unsafe_relationships": ""})
    with pytest.raises(Problems, match=TOO_FEW):
        submissions.submit(worker, draft_id)


@pytest.mark.parametrize("voice", ["child", "parent"])
def test_each_voice_is_heard_or_its_absence_explained(store: Store, voice: str) -> None:
    worker, officer = an_account(store), an_account(store, agency="police")
    child_id = a_child(store, linked_to=worker)
    a_link(store, child_id, officer)
    silent = {f"{voice}_voice": "", f"{voice}_voice_missing_reason": ""}
    draft_id = a_written_assessment(worker, officer, child_id, **silent)
    with pytest.raises(NotReady) as refused:
        submissions.submit(worker, draft_id)
    assert [p.key for p in refused.value.problems] == [f"{voice}_voice"]
    fill(officer, draft_id, {f"{voice}_voice_missing_reason": "Did not want to speak"})
    submissions.submit(worker, draft_id)


def test_a_second_agency_and_the_police_are_asked_and_write_the_same_draft(store: Store) -> None:
    worker, nurse, officer = (an_account(store, agency=a) for a in ("social_care", "health", "police"))
    child_id = a_child(store, linked_to=worker)
    draft_id = drafts.start_draft(worker, ASSESSMENT, child_id)
    for other in (nurse, officer):
        with pytest.raises(Refused):
            drafts.read_draft(other, draft_id)
        assert other.account_id in {
            p["account_id"] for p in links.practitioners_to_ask(worker, child_id) if not p["is_linked"]
        }
        links.ask_to_contribute(worker, child_id, other.account_id)
        assert drafts.start_draft(other, ASSESSMENT, child_id) == draft_id
        assert [d["draft_id"] for d in drafts.open_drafts(other, child_id)] == [draft_id]
    assert all(p["is_linked"] for p in links.practitioners_to_ask(worker, child_id))


def test_who_is_asked_before_anybody_has_begun_sees_the_child_until_they_write(store: Store) -> None:
    worker, nurse = an_account(store, name="Worker Made-Up"), an_account(store, agency="health")
    child_id = a_child(store, linked_to=worker)
    links.ask_to_contribute(worker, child_id, nurse.account_id)
    assert [(row["child_id"], row["asked_by"]) for row in my_work(nurse).asked_about] == [
        (child_id, "Worker Made-Up")
    ]
    assert my_work(worker).asked_about == ()
    draft_id = drafts.start_draft(worker, ASSESSMENT, child_id)
    assert (my_work(nurse).asked_about, [row["draft_id"] for row in my_work(nurse).asked]) == ((), [draft_id])
    drafts.save_answer(nurse, draft_id, "child_voice", "Made-up words")
    drafts.discard_draft(worker, draft_id)
    assert my_work(nurse).asked_about == ()


def test_only_practitioners_of_the_childs_area_are_asked(store: Store) -> None:
    worker = an_account(store)
    child_id = a_child(store, linked_to=worker)
    for other in (
        an_account(store, area="wirral"),
        an_account(store, "manager"),
        an_account(store, "partnership_lead"),
        an_account(store, is_suspended=True),
    ):
        with pytest.raises(Problems, match="Select a practitioner of the child's area"):
            links.ask_to_contribute(worker, child_id, other.account_id)


def test_a_correction_keeps_who_wrote_what(store: Store) -> None:
    worker, officer = an_account(store), an_account(store, agency="police")
    child_id = a_child(store, linked_to=worker)
    a_link(store, child_id, officer)
    record_id = submissions.submit(worker, a_written_assessment(worker, officer, child_id))
    first = submissions.read_submission(worker, "assessment", record_id)
    correction = drafts.start_draft(worker, ASSESSMENT, child_id, corrects=record_id)
    fill(worker, correction, {"child_voice": "Corrected words"})
    submissions.submit(worker, correction, why="Heard again")
    second = submissions.read_submission(worker, "assessment", record_id)
    assert [(c["section_key"], c["agency"]) for c in first.contributors] == [
        (c["section_key"], c["agency"]) for c in second.contributors
    ]
    judged = [c["last_saved_at"] for c in second.contributors if c["section_key"] == "judgement"]
    assert judged == [c["last_saved_at"] for c in first.contributors if c["section_key"] == "judgement"]
