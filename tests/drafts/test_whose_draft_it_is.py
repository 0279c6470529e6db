"""A draft belongs to its child and to who may write it; sent or put away, it takes no more words."""

from __future__ import annotations

import pytest

from data.answers import drafts, submissions
from data.answers.opened_draft import open_draft
from data.database.audit import Event
from data.database.records import ACCOUNT
from data.database.store import Store
from data.refusal import Problems, Refused
from forms.assessment import ASSESSMENT
from forms.child import CHILD
from forms.referral import REFERRAL
from forms.registry import FORMS
from forms.screening import SCREENING
from tests.factories import a_child, a_link, a_submission, an_account
from tests.filled_in import A_SCREENING, fill_at_once, sent


def test_a_draft_is_saved_to_its_own_child_whatever_is_open_beside_it(store: Store) -> None:
    worker = an_account(store)
    one, other = (a_child(store, linked_to=worker, name=f"{n} Made-Up") for n in ("One", "Other"))
    of_one = drafts.start_draft(worker, SCREENING, one)
    of_other = drafts.start_draft(worker, SCREENING, other)
    assert of_one != of_other
    for draft_id, words in ((of_one, "about one"), (of_other, "about the other")):
        fill_at_once(worker, draft_id, {**A_SCREENING, "explanation": words})
    for draft_id in (of_other, of_one):
        submissions.submit(worker, draft_id)
    with worker.reading() as work:
        stored = work.rows("SELECT child_id, explanation FROM screening_form")
    assert {(s["child_id"], s["explanation"]) for s in stored} == {
        (one, "about one"),
        (other, "about the other"),
    }


def test_a_correction_of_another_childs_form_is_refused(store: Store) -> None:
    worker = an_account(store)
    one, other = (a_child(store, linked_to=worker) for _ in range(2))
    record_id = a_submission(store, "screening", one, explanation="Made-up")
    for form, child_id, corrects in (
        (SCREENING, other, record_id),
        (REFERRAL, one, record_id),
        (SCREENING, one, "no such form"),
        (CHILD, None, one),
    ):
        with pytest.raises(Refused):
            drafts.start_draft(worker, form, child_id, corrects=corrects)
    assert drafts.open_drafts(worker) == []


def test_a_form_about_a_child_does_not_begin_without_one(store: Store) -> None:
    worker = an_account(store)
    for form in FORMS:
        if form.key != "child":
            with pytest.raises(ValueError, match="without a child"):
                drafts.start_draft(worker, form)
        with pytest.raises(Refused):
            drafts.start_draft(worker, form, "no such child")


def test_another_persons_draft_is_refused_unless_many_write_the_form(store: Store) -> None:
    worker, colleague, coordinator = an_account(store), an_account(store), an_account(store, "coordinator")
    child_id = a_child(store, linked_to=worker)
    a_link(store, child_id, colleague)
    own, shared = (drafts.start_draft(worker, form, child_id) for form in (SCREENING, ASSESSMENT))
    new_child = drafts.start_draft(worker, CHILD)
    for other in (colleague, coordinator):
        for draft_id, words in ((own, "somebody else"), (new_child, "cannot open this record")):
            for call in (
                lambda who, d: drafts.read_draft(who, d),
                lambda who, d: drafts.save_answer(who, d, "strong_01", "yes"),
                lambda who, d: open_draft(who, d),
                lambda who, d: submissions.submit(who, d),
                lambda who, d: drafts.discard_draft(who, d),
            ):
                with pytest.raises(Refused, match=words):
                    call(other, draft_id)
        assert drafts.read_draft(other, shared).draft_id == shared
        assert drafts.start_draft(other, SCREENING, child_id) != own


def test_a_shared_draft_is_put_away_by_whoever_began_it_or_the_coordinator(store: Store) -> None:
    worker, colleague = an_account(store), an_account(store, agency="police")
    child_id = a_child(store, linked_to=worker)
    a_link(store, child_id, colleague)
    draft_id = drafts.start_draft(worker, ASSESSMENT, child_id)
    with pytest.raises(Refused):
        drafts.discard_draft(colleague, draft_id)
    drafts.discard_draft(an_account(store, "coordinator"), draft_id)
    assert drafts.start_draft(worker, ASSESSMENT, child_id) != draft_id


def test_a_sent_draft_and_one_put_away_take_no_more_words(store: Store) -> None:
    worker = an_account(store)
    child_id = a_child(store, linked_to=worker)
    done = drafts.start_draft(worker, SCREENING, child_id)
    fill_at_once(worker, done, A_SCREENING)
    submissions.submit(worker, done)
    put_away = drafts.start_draft(worker, SCREENING, child_id)
    drafts.discard_draft(worker, put_away)
    for draft_id, why in ((done, "has been sent already"), (put_away, "was discarded")):
        with pytest.raises(Problems, match=why):
            drafts.save_answer(worker, draft_id, "strong_01", "historical")
        with pytest.raises(Problems, match=why):
            drafts.discard_draft(worker, draft_id)
    with pytest.raises(Problems, match="was discarded"):
        submissions.submit(worker, put_away)


def test_a_question_that_the_form_does_not_ask_is_refused(store: Store) -> None:
    worker = an_account(store)
    draft_id = drafts.start_draft(worker, REFERRAL, a_child(store, linked_to=worker))
    for key, rows_key in (
        ("no_such_question", ""),
        ("evidence", ""),
        ("what_is_known", ""),
        ("route", "evidence"),
        ("what_is_known", "route"),
        (drafts.ROW, ""),
    ):
        with pytest.raises(Problems, match="no such question"):
            drafts.save_answer(worker, draft_id, key, "words", rows_key=rows_key, row_id="1")


def test_beginning_twice_begins_one_draft(store: Store) -> None:
    worker = an_account(store)
    child_id = a_child(store, linked_to=worker)
    for form in (form for form in FORMS if not form.at_the_meeting):
        assert drafts.start_draft(worker, form, child_id) == drafts.start_draft(worker, form, child_id)
    new_child = drafts.start_draft(worker, CHILD)
    assert drafts.start_draft(worker, CHILD) == new_child
    drafts.save_answer(worker, new_child, "name", "Child Made-Up")
    assert drafts.start_draft(worker, CHILD) != new_child  # a second child, while the first is being added


def test_nobody_goes_on_with_a_draft_after_losing_the_role(store: Store) -> None:
    worker = an_account(store)
    child_id = a_child(store, linked_to=worker)
    began = [drafts.start_draft(worker, SCREENING, child_id), drafts.start_draft(worker, CHILD)]
    coordinator = an_account(store, "coordinator")
    with coordinator.writing() as work:
        work.save(ACCOUNT, {"account_id": worker.account_id, "role": "administrator"}, Event("role changed"))
    for draft_id in began:
        with pytest.raises(Refused):
            drafts.read_draft(worker, draft_id)
        with pytest.raises(Refused):
            drafts.save_answer(worker, draft_id, "name", "Other Made-Up")
    with pytest.raises(Refused):
        drafts.open_drafts(worker)


def test_drafts_of_a_child_one_may_no_longer_open_are_not_listed(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child_id = a_child(store)
    drafts.start_draft(coordinator, SCREENING, child_id)
    assert len(drafts.open_drafts(coordinator)) == 1
    sent(an_account(store, "coordinator"), CHILD, child_id, {"area": "wirral"})
    assert drafts.open_drafts(coordinator) == []
