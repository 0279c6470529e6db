"""The last button of a form that has problems: it says what is missing, each line a way there, and nothing breaks."""

from __future__ import annotations

import pytest

from data.answers.drafts import read_draft, save_answer, start_draft
from data.answers.submissions import submit
from data.database.store import Store
from forms.child import CHILD
from tests.factories import an_account
from tests.filled_in import A_CHILD, fill
from tests.screens.signed_in import draw, sign_in


def test_a_form_with_something_missing_says_it_once_each_time_it_is_sent(
    duckdb_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = an_account(duckdb_store, username="person")
    sign_in(monkeypatch, duckdb_store, person)
    at = draw("form", draft=start_draft(person, CHILD), section="check")
    for _ in range(2):
        at.button(key="send").click().run()
        assert not at.exception
        assert [b.label for b in at.button if b.label == "Enter the child's name"] == [
            "Enter the child's name"
        ]


def test_a_correction_with_a_problem_and_no_reason_says_the_problem_then_asks_for_the_reason(
    duckdb_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = an_account(duckdb_store, username="person")
    draft_id = start_draft(person, CHILD)
    fill(person, draft_id, A_CHILD)
    child_id = submit(person, draft_id)
    sign_in(monkeypatch, duckdb_store, person)
    correction = start_draft(person, CHILD, child_id)
    save_answer(person, correction, "name", "")
    at = draw("form", draft=correction, section="check")
    at.button(key="send").click().run()
    assert not at.exception
    assert "Enter the child's name" in [b.label for b in at.button]
    save_answer(person, correction, "name", "Made-Up Name")
    at.button(key="send").click().run()
    assert not at.exception
    assert "Enter why this form is corrected" in [text.value for text in at.text]
    assert read_draft(person, correction).state == "open"
