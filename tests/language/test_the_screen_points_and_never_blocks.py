"""Beneath an answer that blames a child the screen says where, why and what is better; the author changes the words or
keeps them, is not asked again, and is counted without the words. Saving goes on whatever is written.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from data.actor import Actor
from data.answers import drafts, language
from data.answers.drafts import add_row, read_draft, save_answer, start_draft
from data.answers.opened_draft import open_draft
from data.database.store import Store
from data.refusal import Problems, Refused
from forms.assessment import ASSESSMENT
from forms.form import RepeatedRows
from forms.kinds import LongText
from forms.language import PHRASES
from forms.screening import SCREENING
from tests.factories import a_child, an_account, the_operator
from tests.filled_in import checked
from tests.screens.signed_in import draw, sign_in, words

PLACE = ("", "", "explanation")


def counted(actor: Actor) -> dict[str, tuple[int, int]]:
    return {c.phrase.key: (c.changed, c.kept) for c in language.counts(actor) if c.changed or c.kept}


def a_draft(store: Store) -> tuple[Actor, str]:
    person = an_account(store, username="person")
    return person, start_draft(person, SCREENING, a_child(store, linked_to=person))


def write(person: Actor, draft_id: str, *texts: str) -> None:
    for text in texts:
        save_answer(person, draft_id, "explanation", text)


def test_words_taken_out_count_as_changed_and_words_kept_as_kept_once_each(store: Store) -> None:
    person, draft_id = a_draft(store)
    coordinator = an_account(store, "coordinator")
    write(person, draft_id, "She is streetwise and absconded", "She absconded", "She absconded again")
    assert counted(coordinator) == {"streetwise": (1, 0)}
    for _ in range(2):
        language.keep_words(person, draft_id, PLACE, "absconding")
    write(person, draft_id, "She was missing")
    assert counted(coordinator) == {"streetwise": (1, 0), "absconding": (0, 1)}
    assert open_draft(person, draft_id).draft.kept_words == {(PLACE, "absconding")}


def test_each_partnership_counts_its_own(store: Store) -> None:
    person, draft_id = a_draft(store)
    write(person, draft_id, "streetwise", "The gang has the power")
    there = an_account(store, area="sheffield")
    draft_there = start_draft(there, SCREENING, a_child(store, area="sheffield", linked_to=there))
    write(there, draft_there, "promiscuous", "")
    assert counted(an_account(store, "partnership_lead")) == {"streetwise": (1, 0)}
    assert counted(an_account(store, "manager", area="sheffield")) == {"promiscuous": (1, 0)}


def test_rows_are_answers_of_their_own(store: Store) -> None:
    person, _ = a_draft(store)
    child_id = a_child(store, linked_to=person)
    draft_id = start_draft(person, ASSESSMENT, child_id)
    rows = ASSESSMENT.by_key["chronology"]
    assert isinstance(rows, RepeatedRows)
    key = next(q.key for q in rows.questions if isinstance(q, LongText))
    ids = [add_row(person, draft_id, "chronology") for _ in range(2)]
    for row_id in ids:
        save_answer(person, draft_id, key, "She absconded", rows_key="chronology", row_id=row_id)
    language.keep_words(person, draft_id, ("chronology", ids[0], key), "absconding")
    for row_id in ids:
        save_answer(person, draft_id, key, "She was missing", rows_key="chronology", row_id=row_id)
    assert counted(an_account(store, "coordinator")) == {"absconding": (1, 1)}


def test_neither_words_nor_phrases_nor_the_child_reach_the_audit(store: Store) -> None:
    person, draft_id = a_draft(store)
    write(person, draft_id, "Zzyzx is promiscuous", "Zzyzx is exploited")
    write(person, draft_id, "Zzyzx is streetwise")
    language.keep_words(person, draft_id, PLACE, "streetwise")
    with the_operator(store).reading() as work:
        entries = work.rows(
            "SELECT record_id, child_id, detail FROM audit WHERE action = 'language prompt answered' ORDER BY seq"
        )
        told = repr(work.rows("SELECT * FROM audit"))
        kept = repr(work.rows("SELECT * FROM prompt_answer"))
    assert [(e["record_id"], e["child_id"], e["detail"]) for e in entries] == [
        (draft_id, None, "changed"),
        (draft_id, None, "kept"),
    ]
    assert not any(phrase.key in told for phrase in PHRASES)
    assert "Zzyzx" not in told + kept


def test_only_who_may_write_the_draft_keeps_words_in_it(store: Store) -> None:
    person, draft_id = a_draft(store)
    for actor in (an_account(store), an_account(store, "manager"), an_account(store, "administrator")):
        with pytest.raises(Refused):
            language.keep_words(actor, draft_id, PLACE, "streetwise")
    for place, phrase in (
        (PLACE, "no_such_phrase"),
        (("", "", "strong_01"), "streetwise"),
        (("rows", "1", "a"), "streetwise"),
    ):
        with pytest.raises(Problems):
            language.keep_words(person, draft_id, place, phrase)
    drafts.discard_draft(person, draft_id)
    with pytest.raises(Problems):
        language.keep_words(person, draft_id, PLACE, "streetwise")


@pytest.mark.parametrize("role", ["practitioner", "meeting_member", "administrator"])
def test_the_counts_are_for_those_who_run_and_watch_the_meeting(store: Store, role: str) -> None:
    with pytest.raises(Refused):
        language.counts(an_account(store, role))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.text(), st.sampled_from([p.avoid for p in PHRASES])), min_size=1, max_size=4))
def test_whatever_is_written_is_saved(duckdb_store: Store, texts: list[str]) -> None:
    person = an_account(duckdb_store)
    draft_id = start_draft(person, SCREENING, a_child(duckdb_store, linked_to=person))
    for text in texts:
        save_answer(person, draft_id, "explanation", text)
        assert read_draft(person, draft_id).typed["explanation"] == text


def test_no_form_finds_a_problem_in_words_that_blame(duckdb_store: Store) -> None:
    person, draft_id = a_draft(duckdb_store)
    write(person, draft_id, "Promiscuous, streetwise and manipulative")
    assert not [p for p in checked(person, draft_id).problems if p.key == "explanation"]


@pytest.fixture
def at_the_screen(duckdb_store: Store, monkeypatch: pytest.MonkeyPatch) -> tuple[Actor, str]:
    person, draft_id = a_draft(duckdb_store)
    sign_in(monkeypatch, duckdb_store, person)
    return person, draft_id


def the_screen(draft_id: str) -> AppTest:
    return draw("form", draft=draft_id, section=SCREENING.section_of("explanation").key)


def answer(at: AppTest, text: str) -> AppTest:
    next(area for area in at.text_area if area.key.endswith("-explanation")).set_value(text).run()
    assert not at.exception
    return at


def buttons(at: AppTest) -> list[str]:
    return [button.label for button in at.button if button.key.startswith(("keep_", "swap_"))]


def test_nothing_is_drawn_where_there_is_nothing_to_look_at(at_the_screen: tuple[Actor, str]) -> None:
    _, draft_id = at_the_screen
    at = answer(the_screen(draft_id), "Adults exploit her. She says “I went willingly”.")
    assert 'class="words-to-look-at"' not in words(at)
    assert buttons(at) == []


def test_the_phrase_is_pointed_at_with_its_reason_and_better_words(at_the_screen: tuple[Actor, str]) -> None:
    person, draft_id = at_the_screen
    at = answer(
        the_screen(draft_id), "She is <b>putting herself at risk</b>. Putting herself at risk, she goes out."
    )
    shown = words(at)
    assert "She is &lt;b&gt;<mark>putting herself at risk</mark>&lt;/b&gt;." in shown
    assert "It stands in 2 places." in shown
    assert "This implies that the child causes it." in shown
    assert "Better: is at increased risk of abuse;" in shown
    assert buttons(at) == ["Keep my words: “putting herself at risk”"]
    assert "Saved" in shown
    assert "putting herself" in read_draft(person, draft_id).typed["explanation"]


def test_words_that_were_kept_are_not_asked_about_there_again(at_the_screen: tuple[Actor, str]) -> None:
    _, draft_id = at_the_screen
    at = answer(the_screen(draft_id), "He is streetwise")
    next(button for button in at.button if button.key.startswith("keep_")).click().run()
    assert buttons(at) == []
    assert buttons(answer(at, "He is very streetwise, and absconded")) == ["Keep my words: “absconded”"]
    assert buttons(the_screen(draft_id)) == ["Keep my words: “absconded”"]


def test_simple_words_are_put_in_their_place_when_the_author_says_so(
    at_the_screen: tuple[Actor, str],
) -> None:
    person, draft_id = at_the_screen
    at = answer(
        the_screen(draft_id), "Historical abuse, and he made child  pornography. Child pornography is used."
    )
    assert buttons(at)[0] == "Write “Non-recent abuse”"
    next(b for b in at.button if b.label == "Write “child sexual abuse material”").click().run()
    assert not at.exception
    wanted = "Historical abuse, and he made child sexual abuse material. Child sexual abuse material is used."
    assert read_draft(person, draft_id).typed["explanation"] == wanted
    assert counted(an_account(person.store, "coordinator")) == {"child_pornography": (1, 0)}


def test_three_phrases_are_pointed_at_and_the_others_after_them(at_the_screen: tuple[Actor, str]) -> None:
    _, draft_id = at_the_screen
    at = answer(the_screen(draft_id), "Streetwise. Promiscuous. Absconded. Manipulative. Hard to reach.")
    assert len(buttons(at)) == 3
    assert "2 more phrases to look at after these." in words(at)
