"""Adults of concern and intelligence: for coordinators, managers and the contributors of that record only."""

from __future__ import annotations

import pytest

from data.answers import documents, drafts, opened_draft, submissions
from data.answers.draft_reading import is_sensitive
from data.database.store import Store
from forms.assessment import ASSESSMENT
from forms.form import Form, RepeatedRows, Section
from forms.kinds import Text
from forms.referral import REFERRAL
from tests.factories import a_child, a_link, an_account
from tests.filled_in import A_REFERRAL, a_written_assessment, fill, sent

WORDS = "Zzyzx of Made-Up Road"
SENSITIVE = {
    "unsafe_relationships": "yes",
    "adults_of_concern": WORDS,
    "intelligence_to_submit": "yes",
    "intelligence": WORDS,
}
HIDDEN = ("adults_of_concern", "adults_referred_to", "intelligence_to_submit", "intelligence", "disruption")


@pytest.fixture
def people(store: Store) -> dict:
    """A child's worker and officer, a linked colleague who has written nothing yet, coordinator and manager."""
    found = {
        "worker": an_account(store), "officer": an_account(store, agency="police"),
        "colleague": an_account(store, agency="health"), "coordinator": an_account(store, "coordinator"),
        "manager": an_account(store, "manager"),
    }  # fmt: skip
    found["child"] = a_child(store)
    for name in ("worker", "officer", "colleague"):
        a_link(store, found["child"], found[name])
    return found


def test_a_submission_keeps_them_from_who_did_not_write_it(people: dict) -> None:
    draft_id = a_written_assessment(people["worker"], people["officer"], people["child"], **SENSITIVE)
    record_id = submissions.submit(people["officer"], draft_id)
    for who in ("worker", "officer", "coordinator", "manager"):
        read = submissions.read_submission(people[who], "assessment", record_id)
        assert (read.answers["adults_of_concern"], read.hidden) == (WORDS, ())
    read = submissions.read_submission(people["colleague"], "assessment", record_id)
    assert read.hidden == HIDDEN
    assert WORDS not in repr(read.answers)
    assert WORDS.encode() not in documents.submission_as_word(people["colleague"], "assessment", record_id)


def test_rows_marked_so_are_kept_back_whole(people: dict) -> None:
    row = {**A_REFERRAL["evidence"][0], "what_is_known": WORDS, "source": WORDS}
    record_id = sent(people["worker"], REFERRAL, people["child"], {**A_REFERRAL, "evidence": [row]})
    assert WORDS in repr(submissions.read_submission(people["manager"], "referral", record_id).answers)
    read = submissions.read_submission(people["colleague"], "referral", record_id)
    assert read.hidden == ("evidence",)
    assert WORDS not in repr(read)


def test_a_shared_draft_keeps_them_from_who_has_not_written_in_it(people: dict) -> None:
    draft_id = a_written_assessment(people["worker"], people["officer"], people["child"], **SENSITIVE)
    colleague = people["colleague"]
    assert drafts.start_draft(colleague, ASSESSMENT, people["child"]) == draft_id
    for seen in (
        drafts.read_draft(colleague, draft_id),
        opened_draft.open_draft(colleague, draft_id),
    ):
        assert WORDS not in repr(seen)
    assert drafts.read_draft(colleague, draft_id).hidden == HIDDEN
    for who in ("worker", "officer", "coordinator"):
        assert drafts.read_draft(people[who], draft_id).typed["adults_of_concern"] == WORDS
    drafts.add_row(colleague, draft_id, "chronology")
    fill(colleague, draft_id, {"history": ""})
    assert WORDS not in repr(drafts.read_draft(colleague, draft_id))  # nothing was said yet
    fill(colleague, draft_id, {"history": "Made-up words"})
    assert drafts.read_draft(colleague, draft_id).typed["adults_of_concern"] == WORDS


@pytest.mark.parametrize("seen", [None, 0, 99])
def test_who_cannot_see_an_answer_cannot_overwrite_it_unseen_and_loses_nothing(
    people: dict, seen: int | None
) -> None:
    draft_id = a_written_assessment(people["worker"], people["officer"], people["child"], **SENSITIVE)
    colleague = people["colleague"]
    with pytest.raises(drafts.AnswerClash):
        drafts.save_answer(colleague, draft_id, "adults_of_concern", "Mine", seen_revision=seen)
    assert drafts.read_draft(people["worker"], draft_id).typed["adults_of_concern"] == WORDS
    with colleague.reading() as work:
        assert '"Mine"' in work.values("SELECT typed FROM draft_answer")
    theirs = drafts.read_draft(colleague, draft_id).saved[("", "", "adults_of_concern")]
    drafts.save_answer(
        colleague, draft_id, "adults_of_concern", "Chosen", seen_revision=theirs.revision, settles=True
    )
    assert drafts.read_draft(people["worker"], draft_id).typed["adults_of_concern"] == "Chosen"


def test_who_sends_a_form_sends_what_they_may_not_see_too(people: dict) -> None:
    draft_id = a_written_assessment(people["worker"], people["officer"], people["child"], **SENSITIVE)
    record_id = submissions.submit(people["colleague"], draft_id)
    stored = submissions.read_submission(people["worker"], "assessment", record_id)
    assert stored.answers["intelligence"] == WORDS
    assert WORDS not in repr(submissions.read_submission(people["colleague"], "assessment", record_id))


def test_beginning_a_correction_makes_nobody_a_contributor(people: dict) -> None:
    row = {**A_REFERRAL["evidence"][0], "what_is_known": WORDS}
    record_id = sent(people["worker"], REFERRAL, people["child"], {**A_REFERRAL, "evidence": [row]})
    colleague = people["colleague"]
    correction = drafts.start_draft(colleague, REFERRAL, people["child"], corrects=record_id)
    assert WORDS not in repr(drafts.read_draft(colleague, correction))
    submissions.submit(colleague, correction)
    assert submissions.read_submission(colleague, "referral", record_id).hidden == ("evidence",)
    now = submissions.read_submission(people["worker"], "referral", record_id)
    assert (now.revision, now.answers["evidence"][0]["what_is_known"]) == (2, WORDS)


def test_a_question_inside_rows_can_be_marked_by_itself() -> None:
    rows = RepeatedRows("people", "People", row_name="person", questions=(
        Text("who", "Who"), Text("why", "Why", sensitive=True),
    ))  # fmt: skip
    form = Form("made_up", "Made up", version=1, source="made up", final_button="Send",
                sections=(Section("all", "All", questions=(rows,)),))  # fmt: skip
    assert [is_sensitive(form, ("people", "1", key)) for key in ("who", "why", "row_is_there")] == [
        False,
        True,
        False,
    ]
