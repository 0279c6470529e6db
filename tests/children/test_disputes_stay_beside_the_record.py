"""What is said against a record stays beside it: whoever opens the child sees it, until it was agreed or ended."""

from __future__ import annotations

import pytest

from data import drafts, submissions
from data.children import read_child
from data.store import Store
from data.submissions import NotReady
from forms.dispute import DISPUTE
from tests.factories import a_child, an_account
from tests.filled_in import fill, sent

SAID = {
    "kind": "disputed",
    "made_by": "child",
    "made_on": "1 9 2026",
    "says": "I was not there",
    "outcome": "open",
}


def test_whoever_opens_the_child_sees_that_the_record_is_disputed_and_by_whom(store: Store) -> None:
    worker, manager = an_account(store), an_account(store, "manager")
    child_id = a_child(store, linked_to=worker)
    record_id = sent(worker, DISPUTE, child_id, SAID)
    assert [(d["kind"], d["made_by"], d["outcome"]) for d in read_child(manager, child_id).disputes] == [
        ("disputed", "child", "open")
    ]
    for outcome, stays in (("not_agreed", True), ("agreed", False)):
        draft_id = drafts.start_draft(worker, DISPUTE, child_id, corrects=record_id)
        fill(worker, draft_id, {"outcome": outcome, "decided_on": "2 9 2026", "why": "Looked at again"})
        submissions.submit(worker, draft_id, why="Decided")
        assert bool(read_child(manager, child_id).disputes) == stays
    first = submissions.read_submission(manager, "dispute", record_id, 1)
    assert (first.answers["says"], first.answers["outcome"]) == ("I was not there", "open")


def test_what_was_decided_needs_its_day_and_its_reason(duckdb_store: Store) -> None:
    worker = an_account(duckdb_store)
    child_id = a_child(duckdb_store, linked_to=worker)
    with pytest.raises(NotReady) as not_ready:
        sent(worker, DISPUTE, child_id, {**SAID, "outcome": "not_agreed"})
    assert [problem.key for problem in not_ready.value.problems] == ["decided_on", "why"]


def test_a_legal_hold_is_seen_and_a_request_for_a_copy_marks_nothing(duckdb_store: Store) -> None:
    worker = an_account(duckdb_store)
    child_id = a_child(duckdb_store, linked_to=worker)
    for kind in ("copy", "legal_hold"):
        sent(worker, DISPUTE, child_id, {**SAID, "kind": kind, "made_by": "court"})
    assert [d["kind"] for d in read_child(worker, child_id).disputes] == ["legal_hold"]
