"""What somebody disputes stands beside the form for ever; what is held cannot be deleted."""

from __future__ import annotations

import datetime
import io

import pytest
from docx import Document

from data import clock
from data.answers import disputes, documents
from data.database.store import Store
from data.refusal import Problems, Refused
from data.rights import deletion, retention
from forms.settings import PARTNERSHIP
from tests.factories import a_child, a_period_is_set, a_submission, an_account, an_episode, long_ago
from tests.settings.test_each_partnership_sets_its_own import set_to

WORDS = {"kind": "disputed", "disputed_by": "child", "words": "I was never at that house"}


def set_period(store: Store, years: int) -> None:
    administrator = an_account(store, "administrator", area=None, agency=None, partnership="pan_merseyside")
    set_to(administrator, PARTNERSHIP, "pan_merseyside", retention_years=str(years))


def test_a_note_stands_beside_the_form_on_paper_and_its_answer_with_it(store: Store) -> None:
    worker = an_account(store)
    child_id = a_child(store, linked_to=worker)
    record_id = a_submission(store, "screening", child_id)
    dispute_id = disputes.raise_dispute(worker, "screening", record_id, WORDS)
    manager = an_account(store, "manager")
    with pytest.raises(Problems, match="Enter the reason"):
        disputes.answer(manager, dispute_id, "let stand", " ")
    disputes.answer(manager, dispute_id, "let stand", "Two officers saw the child there")
    (note,) = disputes.disputes_of(manager, child_id)
    assert (note["state"], note["words"]) == ("stands", WORDS["words"])
    printed = Document(io.BytesIO(documents.submission_as_word(worker, "screening", record_id)))
    said = "\n".join(paragraph.text for paragraph in printed.paragraphs)
    assert "Something in the record is disputed (the child): I was never at that house" in said
    assert "Two officers saw the child there" in said
    with pytest.raises(Problems, match="no longer be done"):
        disputes.answer(manager, dispute_id, "correct", "again")


def test_a_note_says_what_to_enter_and_belongs_to_those_who_may_see_the_child(store: Store) -> None:
    worker, stranger = an_account(store), an_account(store)
    child_id = a_child(store, linked_to=worker)
    record_id = a_submission(store, "screening", child_id)
    with pytest.raises(Problems, match="Enter what is disputed"):
        disputes.raise_dispute(worker, "screening", record_id, WORDS | {"words": ""})
    for other in (stranger, an_account(store, "partnership_lead"), an_account(store, "administrator")):
        with pytest.raises(Refused):
            disputes.raise_dispute(other, "screening", record_id, WORDS)
    with pytest.raises(Refused):
        disputes.answer(
            worker, disputes.raise_dispute(worker, "screening", record_id, WORDS), "correct", "mine"
        )


@pytest.mark.parametrize(
    ("years", "closed", "said"),
    [
        (None, "2019-03-31", "has not set how long"),
        (6, "2019-03-31", "was due for review or deletion on 31 March 2025"),
        (6, "2024-02-29", "is due for review or deletion on 28 February 2030"),
        (6, None, "the record is kept"),
        (None, None, "the record is kept"),
    ],
)
def test_a_record_says_when_it_is_due(store: Store, years: int | None, closed: str | None, said: str) -> None:
    day = closed and datetime.date.fromisoformat(closed)
    opened_on = datetime.date(2018, 1, 1)
    with long_ago(day or opened_on):
        child_id = a_child(store)
        an_episode(store, child_id, opened_on=opened_on, closed_on=day, closure_reason=day and "moved")
    if years:
        set_period(store, years)
    assert said in retention.retention_of(an_account(store, "manager"), child_id).as_text()


def test_a_held_record_cannot_be_deleted_until_the_hold_is_lifted(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    a_period_is_set(store)
    with long_ago():
        child_id = a_child(store)
    with pytest.raises(Problems, match="Enter why"):
        retention.hold(coordinator, child_id, "")
    retention.hold(coordinator, child_id, "An inquiry")
    with pytest.raises(Problems, match="held already"):
        retention.hold(coordinator, child_id, "Another")
    with pytest.raises(Problems, match="Lift the hold first"):
        deletion.ask(coordinator, child_id, "Its time has come")
    retention.lift_hold(coordinator, child_id, "The inquiry is over")
    assert retention.retention_of(coordinator, child_id).hold is None
    assert deletion.ask(coordinator, child_id, "Its time has come")


def test_a_record_whose_time_has_not_come_cannot_be_deleted(store: Store) -> None:
    set_period(store, 25)
    child_id = a_child(store)
    an_episode(store, child_id, closed_on=clock.today(), closure_reason="moved")
    with pytest.raises(Problems, match="cannot be deleted now"):
        deletion.ask(an_account(store, "coordinator"), child_id, "Too early")


@pytest.mark.parametrize("form", ["screening", "no such form"])
def test_a_form_that_is_not_there_is_disputed_by_nobody_and_says_no_more(store: Store, form: str) -> None:
    for actor in (an_account(store), an_account(store, "manager")):
        with pytest.raises(Refused, match="You cannot open this record"):
            disputes.raise_dispute(actor, form, "no such record", {})
