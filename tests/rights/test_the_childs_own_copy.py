"""One file holds everything about the child, and names what speaks of other people."""

from __future__ import annotations

import io

import pytest
from docx import Document

from data.answers.drafts import save_answer, start_draft
from data.database.records import FLAG, MISSING_EPISODE
from data.database.schema import form_table
from data.database.store import Store
from data.refusal import Refused
from data.rights.subject_access import everything_held
from forms.child import CHILD
from forms.screening import SCREENING
from tests.factories import MADE, a_child_in_oversight, a_submission, an_account, an_nrm, the_operator


def words_of(file: bytes) -> str:
    document = Document(io.BytesIO(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_copy_holds_every_revision_every_record_and_every_unsent_word(store: Store) -> None:
    oversight = a_child_in_oversight(store, name="First Made-Up", school="Old school")
    with the_operator(store).writing() as work:
        work.save(form_table(CHILD), {"record_id": oversight.child_id, "school": "New school"}, MADE)
    a_submission(store, "assessment", oversight.child_id, positive_people="An aunt who helps", judgement="B")
    an_nrm(store, oversight.child_id, first_responder="Salvation Army")
    flag = {"about": "child", "about_id": oversight.child_id, "system": "leds", "state": "placed"}
    gone = {"child_id": oversight.child_id, "missing_from": "home", "reported_by": "A neighbour"}
    with the_operator(store).writing() as work:
        work.save(FLAG, {"flag_id": "flag", **flag}, MADE)
        work.save(MISSING_EPISODE, {"missing_episode_id": "gone", **gone}, MADE)
    coordinator = an_account(store, "coordinator")
    draft_id = start_draft(coordinator, SCREENING, oversight.child_id)
    save_answer(coordinator, draft_id, "changes_observed", "Words not sent yet")
    said = words_of(everything_held(coordinator, oversight.child_id))
    for words in (
        "First Made-Up",
        "Old school",
        "New school",
        "An aunt who helps",
        "Salvation Army",
        "leds",
        "A neighbour",
        "Review by",
        "Words not sent yet",
    ):
        assert words in said, words
    assert "revision 1 of 2" in said
    assert "speaks of other people: Names of children or adults who are positive, and why" in said
    with coordinator.reading() as work:
        assert work.value("SELECT count(*) FROM audit WHERE action = 'everything held printed'") == 1


def test_only_those_who_answer_for_the_record_make_the_copy(store: Store) -> None:
    oversight = a_child_in_oversight(store)
    for role, area in (
        ("practitioner", "liverpool"),
        ("coordinator", "sefton"),
        ("partnership_lead", "liverpool"),
    ):
        with pytest.raises(Refused):
            everything_held(an_account(store, role, area), oversight.child_id)
