"""The child's own copy: everything held, what is about others struck out line by line and gone from the file, approved by a
second person, and to whom it was sent."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from pypdf import PdfReader

from data.actor import Actor
from data.answers.drafts import save_answer, start_draft
from data.database.records import FLAG, MISSING_EPISODE
from data.database.schema import form_table
from data.database.store import Store
from data.refusal import NotFilledIn, Problems, Refused
from data.rights import own_copy
from data.rights.own_copy_file import copy_as_pdf, copy_as_word
from data.rights.own_copy_lines import Line, sentences
from forms.child import CHILD
from forms.screening import SCREENING
from tests.factories import (
    MADE,
    a_child,
    a_child_in_oversight,
    a_submission,
    an_account,
    an_nrm,
    the_operator,
)
from tests.filled_in import A_REQUEST, A_SENDING
from tests.store.chain import first_broken_link

STRUCK = "[Struck out: it is about another person]"


def words_of(file: bytes) -> str:
    document = Document(io.BytesIO(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def copied(actor: Actor, child_id: str) -> str:
    """What a copy begun now says."""
    return words_of(copy_as_word(actor, own_copy.begin(actor, child_id, A_REQUEST)))


def lines_of(actor: Actor, copy_id: str) -> list[Line]:
    return [line for part in own_copy.read_copy(actor, copy_id).parts for line in part.lines]


def everything_in(file: bytes) -> bytes:
    """Every part of a Word file unpacked, or every stream of a PDF."""
    if file.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(file)) as parts:
            return b"\n".join(parts.read(name) for name in parts.namelist())
    reader = PdfReader(io.BytesIO(file))
    streams = [one.get_object() for one in (reader.get_object(n) for n in range(1, len(reader.xref[0]) + 1))]
    text = "\n".join(page.extract_text() for page in reader.pages).encode()
    return file + text + repr(streams).encode()


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
    said = copied(coordinator, oversight.child_id)
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
    assert "DRAFT: not approved" in str(
        everything_in(copy_as_word(coordinator, _begun(coordinator, oversight.child_id)))
    )
    with coordinator.reading() as work:
        assert work.value("SELECT count(*) FROM audit WHERE action = 'own copy made'") == 2


def _begun(actor: Actor, child_id: str) -> str:
    return own_copy.begin(actor, child_id, A_REQUEST)


def test_what_is_struck_out_is_nowhere_in_the_file_and_the_rest_stays(store: Store) -> None:
    child_id, coordinator = a_child(store), an_account(store, "coordinator")
    told = "She likes swimming. Zzyzx is her uncle.\nQqyzx drove the car! It was red."
    a_submission(store, "assessment", child_id, positive_people=told)
    copy_id = _begun(coordinator, child_id)
    about_others = [line for line in lines_of(coordinator, copy_id) if "yzx" in line.text]
    assert [line.text for line in about_others] == ["Zzyzx is her uncle.", "Qqyzx drove the car!"]
    assert all(line.is_about_others for line in about_others)
    own_copy.strike(coordinator, copy_id, [line.place for line in about_others], "others")
    for file in (copy_as_word(coordinator, copy_id), copy_as_pdf(coordinator, copy_id)):
        inside = everything_in(file)
        for gone in (b"Zzyzx", b"Qqyzx"):
            assert gone not in inside
    said = words_of(copy_as_word(coordinator, copy_id))
    assert f"She likes swimming.\n{STRUCK}\nIt was red." in said
    assert "It is about another person\n2" in said
    own_copy.give_back(coordinator, copy_id, [about_others[0].place])
    said = words_of(copy_as_word(coordinator, copy_id))
    assert f"Zzyzx is her uncle.\n{STRUCK}" in said
    with store.reading() as connection:
        kept = connection.rows("SELECT * FROM own_copy_strike_history")
        assert (len(kept), first_broken_link(connection)) == (3, None)
    assert "yzx" not in repr(kept)  # where it stood and why, never the words


def test_a_second_person_approves_it_and_to_whom_it_was_sent_is_kept(store: Store) -> None:
    child_id = a_child(store)
    coordinator, deputy, manager = (
        an_account(store, role) for role in ("coordinator", "coordinator", "manager")
    )
    with pytest.raises(NotFilledIn) as missing:
        own_copy.begin(coordinator, child_id, {})
    assert {problem.key for problem in missing.value.problems} == set(A_REQUEST)
    copy_id = _begun(coordinator, child_id)
    line = next(line for line in lines_of(deputy, copy_id) if line.text == "Child Made-Up")
    own_copy.strike(deputy, copy_id, [line.place], "harm")
    own_copy.move(coordinator, copy_id, "ask for approval")
    for who_prepared in (coordinator, deputy):
        with pytest.raises(Refused, match="Another person must approve"):
            own_copy.move(who_prepared, copy_id, "approve")
    with pytest.raises(Problems, match="put forward for approval"):
        own_copy.give_back(manager, copy_id, [line.place])
    with pytest.raises(Problems, match="no longer be done"):
        own_copy.send(coordinator, copy_id, A_SENDING)
    own_copy.move(manager, copy_id, "approve")
    assert b"DRAFT" not in everything_in(copy_as_word(coordinator, copy_id))
    own_copy.send(coordinator, copy_id, A_SENDING)
    request = own_copy.read_copy(manager, copy_id).request
    assert (request["state"], request["sent_to"], request["approved_by"]) == (
        "sent", "Parent Made-Up", manager.account_id,
    )  # fmt: skip
    with manager.reading() as work:
        audited = work.values(
            "SELECT action FROM audit WHERE record_id = $1 AND action NOT LIKE '%viewed' ORDER BY seq",
            [copy_id],
        )
    assert audited == [
        "own copy begun", "own copy sent for approval", "refused: own copy approved", "refused: own copy approved",
        "own copy approved", "own copy made", "own copy sent",
    ]  # fmt: skip


def test_nothing_is_sent_that_nobody_has_looked_at(store: Store) -> None:
    child_id, coordinator, manager = (
        a_child(store),
        an_account(store, "coordinator"),
        an_account(store, "manager"),
    )
    copy_id = _begun(coordinator, child_id)
    own_copy.move(coordinator, copy_id, "ask for approval")
    a_submission(store, "assessment", child_id, positive_people="Zzyzx is new")
    with pytest.raises(Problems, match="has changed since"):
        own_copy.move(manager, copy_id, "approve")
    with pytest.raises(Problems, match="has changed since"):
        copy_as_word(manager, copy_id)
    with pytest.raises(Problems, match="Enter the reason"):
        own_copy.move(manager, copy_id, "send back")
    own_copy.move(manager, copy_id, "send back", "There is a new assessment")
    own_copy.move(coordinator, copy_id, "ask for approval")
    own_copy.move(manager, copy_id, "approve")
    assert b"Zzyzx is new" in everything_in(copy_as_word(manager, copy_id))


def test_a_line_that_is_not_there_or_has_no_reason_is_not_struck_out(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    copy_id = _begun(coordinator, a_child(store))
    for places, why, sentence in (
        (["no such line"], "others", "Select the lines"),
        ([], "others", "Select the lines"),
        (["no such line"], "", "Select why"),
    ):
        with pytest.raises(Problems, match=sentence):
            own_copy.strike(coordinator, copy_id, places, why)


def test_only_those_who_answer_for_the_record_make_the_copy(store: Store) -> None:
    oversight = a_child_in_oversight(store)
    for role, area in (
        ("practitioner", "liverpool"),
        ("coordinator", "sefton"),
        ("partnership_lead", "liverpool"),
    ):
        with pytest.raises(Refused):
            _begun(an_account(store, role, area), oversight.child_id)


def test_a_text_is_looked_at_sentence_by_sentence() -> None:
    assert sentences("One. Two?  Three\nfour; five") == ["One.", "Two?", "Three", "four;", "five"]
