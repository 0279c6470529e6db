"""Whatever is clicked, however often and by whom: one draft makes one record."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from data.answers import drafts, submissions
from data.child.children import LikelyMatch
from data.database.schema import form_table
from data.database.store import Store
from data.refusal import Problems
from forms.child import CHILD
from forms.form import Form
from forms.referral import REFERRAL
from forms.screening import SCREENING
from forms.tracker import TRACKER
from tests.factories import a_child, a_link, a_submission, an_account
from tests.filled_in import A_CHILD, A_REFERRAL, A_SCREENING, A_TRACKER, fill


def at_once(*calls: Callable[[], object]) -> list[object]:
    """What each call gave or raised, all of them begun at the same moment."""
    ready, results = threading.Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        ready.wait()
        try:
            results.append(call())
        except Exception as raised:
            results.append(raised)

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.parametrize(
    ("form", "typed"),
    [(CHILD, A_CHILD), (SCREENING, A_SCREENING), (REFERRAL, A_REFERRAL), (TRACKER, A_TRACKER)],
    ids=lambda value: value.key if isinstance(value, Form) else "",
)
def test_a_double_click_makes_one_record(store: Store, form: Form, typed: dict) -> None:
    worker = an_account(store)
    child_id = None if form is CHILD else a_child(store, linked_to=worker)
    draft_id = drafts.start_draft(worker, form, child_id)
    fill(worker, draft_id, typed)
    results = at_once(*[lambda: submissions.submit(worker, draft_id)] * 3)
    assert len(set(results)) == 1
    assert submissions.submit(worker, draft_id) == results[0]
    with worker.reading() as work:
        assert work.value(f"SELECT count(*) FROM {form_table(form).history.name} WHERE recorded_by = $1",
                          [worker.account_id]) == 1  # fmt: skip
        for table in ("referral", "scoring") if form in (REFERRAL, TRACKER) else ():
            if form.key in (table, "tracker" if table == "scoring" else ""):
                assert work.value(f"SELECT count(*) FROM {table}") == 1


def test_two_contributors_who_send_a_shared_form_at_once_make_one_record(store: Store) -> None:
    worker, officer = an_account(store), an_account(store, agency="police")
    child_id = a_child(store, linked_to=worker)
    a_link(store, child_id, officer)
    draft_id = drafts.start_draft(worker, TRACKER, child_id)
    fill(worker, draft_id, A_TRACKER)
    results = at_once(*(lambda who=who: submissions.submit(who, draft_id) for who in (worker, officer)))
    assert len(set(results)) == 1
    with worker.reading() as work:
        assert work.value("SELECT count(*) FROM scoring") == 1


def test_two_people_who_add_the_same_child_at_once_add_one_and_the_other_is_told(store: Store) -> None:
    people = [an_account(store), an_account(store)]
    began = [drafts.start_draft(person, CHILD) for person in people]
    for person, draft_id in zip(people, began, strict=True):
        fill(person, draft_id, A_CHILD)
    pairs = zip(people, began, strict=True)
    results = at_once(*(lambda p=p, d=d: submissions.submit(p, d) for p, d in pairs))
    assert sorted(type(result).__name__ for result in results) == ["LikelyMatch", "str"]
    told = next(result for result in results if isinstance(result, LikelyMatch))
    assert told.found.children == ()
    assert told.found.ask == ("liverpool",)


def test_a_child_has_one_tracker_though_another_was_brought_in_meanwhile(store: Store) -> None:
    worker = an_account(store)
    child_id = a_child(store, linked_to=worker)
    draft_id = drafts.start_draft(worker, TRACKER, child_id)
    fill(worker, draft_id, A_TRACKER)
    a_submission(store, "tracker", child_id, occasion="referral")
    with pytest.raises(Problems, match="start a new correction"):
        submissions.submit(worker, draft_id)
    assert drafts.start_draft(worker, TRACKER, child_id) != draft_id
    with worker.reading() as work:
        assert work.value("SELECT count(*) FROM tracker_form") == 1


def test_a_form_that_cannot_be_sent_stores_nothing_and_keeps_every_word(store: Store) -> None:
    worker = an_account(store)
    child_id = a_child(store, linked_to=worker)
    draft_id = drafts.start_draft(worker, REFERRAL, child_id)
    long, odd = "x" * 100_000, "![](https://example.org/x.png) <script>=1+1 \N{WAVING HAND SIGN}"
    fill(worker, draft_id, {**A_REFERRAL, "why_suspected": long, "safety_done": odd})
    with pytest.raises(submissions.NotReady) as refused:
        submissions.submit(worker, draft_id)
    assert [p.key for p in refused.value.problems] == ["why_suspected"]
    typed = drafts.read_draft(worker, draft_id).typed
    assert (typed["why_suspected"], typed["safety_done"]) == (long, odd)
    with worker.reading() as work:
        for table in ("referral", "referral_form", "referral_form_history", "referral_form_evidence"):
            assert work.value(f"SELECT count(*) FROM {table}") == 0
    fill(worker, draft_id, {"why_suspected": "Made-up"})
    record_id = submissions.submit(worker, draft_id)
    assert submissions.read_submission(worker, "referral", record_id).answers["safety_done"] == odd
