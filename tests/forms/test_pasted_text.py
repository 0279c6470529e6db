"""What is pasted from Word or comes in from a file: soft line breaks are line breaks, hidden characters are left out."""

from __future__ import annotations

import io

import pytest
from docx import Document
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from data.answers import drafts, submissions
from data.child.child_search import search
from data.child.children import read_child
from data.concern.concerns import search_concerns
from data.database.store import Store
from data.files.pdf_file import PdfFile
from data.files.word_file import WordFile
from data.meeting import agendas, meeting_keeping
from data.rights import retention
from forms.form import Form
from forms.kinds import LongText, Text
from forms.pasted_text import DROPPED, cleaned, has_unseen
from forms.registry import FORMS
from tests.factories import a_child, a_child_in_oversight, an_account, an_episode
from tests.filled_in import AN_EXCEPTION, a_screened_child
from tests.meetings.made import a_meeting
from tests.screens.signed_in import words

SOFT_BREAKS = ("\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\r", "\r\n")
UNSEEN = ("\x00", "\x07", "\x1b", "\x7f", "\x80", "\ud83d", "\uffff")
TEXTS = [(form, item) for form in FORMS for item in form.questions() if isinstance(item, Text)]


@pytest.mark.parametrize("sign", SOFT_BREAKS)
def test_every_soft_break_is_a_line_break_in_every_text_of_every_form(sign: str) -> None:
    assert len(TEXTS) > 100
    for _, question in TEXTS:
        typed = f"Mum said:{sign}she is safe"
        if question.is_long:
            assert question.read(typed) == "Mum said:\nshe is safe"
        elif sign not in ("\r", "\r\n"):
            assert question.read(typed) == "Mum said: she is safe"


@pytest.mark.parametrize("sign", UNSEEN)
def test_every_other_control_character_is_dropped_and_never_refused(sign: str) -> None:
    for _, question in TEXTS:
        assert question.read(f"Mum{sign} said") == "Mum said"
        assert question.read(sign) is None
    assert has_unseen(f"Mum{sign}")
    assert cleaned(f"\tMum{sign}\n") == "\tMum\n"


def test_a_line_break_is_nothing_that_was_left_out() -> None:
    assert not any(has_unseen(f"Mum{sign}said") for sign in SOFT_BREAKS)
    assert not has_unseen("Zoë\t👩‍👩‍👧 قال")


def test_words_pasted_from_word_are_sent_with_their_lines(store: Store) -> None:
    worker = an_account(store)
    child_id = a_screened_child(worker)
    draft_id = drafts.start_draft(worker, _form("screening"), child_id)
    drafts.save_answer(worker, draft_id, "explanation", "Mum said:\x0bshe\x00 is safe")
    assert drafts.read_draft(worker, draft_id).typed["explanation"] == "Mum said:\x0bshe\x00 is safe"
    question = _form("screening").by_key["explanation"]
    assert isinstance(question, LongText)
    assert question.read("Mum said:\x0bshe\x00 is safe") == "Mum said:\nshe is safe"
    assert submissions


def _form(key: str) -> Form:
    return next(form for form in FORMS if form.key == key)


def test_reasons_are_kept_with_their_lines_and_without_hidden_characters(store: Store) -> None:
    """A reason is no question of a form: it is cleaned where every record is written."""
    coordinator = an_account(store, "coordinator")
    child_id = a_child(store)
    retention.hold(coordinator, child_id, "An inquiry\u2028and a\x00 court\x0bcase")
    hold = retention.retention_of(coordinator, child_id).hold
    assert hold is not None
    assert hold["reason"] == "An inquiry\nand a court\ncase"
    an_episode(store, child_id)
    meeting_id = a_meeting(coordinator, "send papers")
    item = agendas.read_agenda(coordinator, meeting_id).items[0]
    agendas.remove(coordinator, item["item_id"], "Not\x0bready\x07")
    meeting_keeping.move(coordinator, meeting_id, "cancel", "Snow\x85again\x00")
    with coordinator.reading() as work:
        assert work.value("SELECT removed_reason FROM agenda_item") == "Not\nready"
        assert work.value("SELECT change_reason FROM meeting") == "Snow\nagain"


def test_a_search_with_hidden_characters_finds_what_the_words_find(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child_id = a_child(store, name="Rowena Made-Up")
    for typed in ("Rowena\x0bMade-Up", "Rowena\u2028Made-Up", "Row\x00ena", "\x07Rowena\x00 Made-Up"):
        assert [row["child_id"] for row in search(coordinator, typed).children] == [child_id], repr(typed)
        assert search_concerns(coordinator, typed) is not None


def test_what_was_stored_before_is_printed_with_its_lines() -> None:
    for sign in SOFT_BREAKS:
        for kind in (WordFile, PdfFile):
            file = kind("A title", marking="A marking", stamp="A stamp")
            file.paragraph(f"Mum said:{sign}she\x00 is safe")
            file.table(("What", "Held"), [("Words", f"One{sign}two")], caption="Words", shares=(0.5, 0.5))
            said = _words(file.as_bytes())
            assert "Mum said:\nshe is safe" in said, (kind, repr(sign))
            assert "One\ntwo" in said


def _words(file: bytes) -> str:
    if file.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)
    document = Document(io.BytesIO(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_screen_says_that_hidden_characters_are_left_out() -> None:
    def page() -> None:
        from pages.parts import free_text

        free_text.several_lines("Why?", key="why")

    at = AppTest.from_function(page).run()
    at.text_area(key="why").set_value("Mum\x0bsaid").run()
    assert DROPPED not in words(at)
    at.text_area(key="why").set_value("Mum\x07 said").run()
    assert DROPPED in words(at)


def test_an_exception_is_read_with_its_lines(store: Store) -> None:
    from data.after_meeting import leaving

    coordinator = an_account(store, "coordinator")
    child = a_child_in_oversight(store)
    leaving.close_by_exception(
        coordinator,
        child.episode_id,
        AN_EXCEPTION
        | {"closure_reason": "moved", "closure_note": "One\x0btwo\x00", "agreed_by": "Lead\x85Made-Up"},
    )
    [episode] = read_child(coordinator, child.child_id).episodes
    assert (episode["closure_note"], episode["agreed_by"]) == ("One\ntwo", "Lead Made-Up")
