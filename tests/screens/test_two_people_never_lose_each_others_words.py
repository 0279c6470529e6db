"""A form of many hands, two screens at once; and a database that does not answer."""

from __future__ import annotations

import pytest

from data.actor import Actor
from data.answers import answer_history, drafts
from data.answers.drafts import read_draft, save_answer, start_draft
from data.database.engine import DatabaseUnavailable, DiskFull
from data.database.store import Store
from forms.registry import form
from tests.factories import a_child, a_link, an_account
from tests.screens.signed_in import draw, sign_in, words

MORE = "My words, and more"
MINE, THEIRS = "My words", "<b>Their</b> words ![](https://example.org/x.png)"


@pytest.fixture
def me(duckdb_store: Store, monkeypatch: pytest.MonkeyPatch) -> Actor:
    actor = an_account(duckdb_store, username="person", name="Person Made-Up")
    sign_in(monkeypatch, duckdb_store, actor)
    return actor


@pytest.fixture
def colleague(duckdb_store: Store) -> Actor:
    return an_account(duckdb_store, agency="police", name="Colleague Made-Up")


@pytest.fixture
def draft_id(me: Actor, colleague: Actor) -> str:
    child_id = a_child(me.store, linked_to=me)
    a_link(me.store, child_id, colleague)
    return start_draft(me, form("assessment"), child_id)


def clashing(draft_id: str, colleague: Actor):
    at = draw("form", draft=draft_id, section="voices")
    save_answer(colleague, draft_id, "child_voice", THEIRS)
    return at.text_area[0].set_value(MINE).run()


def button(at, words: str):
    return next(b for b in at.button if b.label.replace("\\", "") == words)


def test_a_clash_shows_both_answers_and_stores_neither_over_the_other(
    me: Actor, colleague: Actor, draft_id: str
) -> None:
    at = clashing(draft_id, colleague)
    assert "My words" in words(at)
    assert "&lt;b&gt;Their&lt;/b&gt; words" in words(at)
    assert "Colleague Made-Up, saved" in words(at)
    assert read_draft(me, draft_id).typed["child_voice"] == THEIRS


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ("Keep my answer", MINE),
        ("Keep the answer of Colleague Made-Up", THEIRS),
        ("Keep both answers", f"{THEIRS}\n\n{MINE}"),
    ],
)
def test_a_person_chooses_and_the_choice_is_kept(
    chosen: str, kept: str, me: Actor, colleague: Actor, draft_id: str
) -> None:
    at = button(clashing(draft_id, colleague), chosen).click().run()
    assert read_draft(me, draft_id).typed["child_voice"] == kept
    assert at.text_area[0].value == kept
    assert "Not saved" not in words(at)


def test_typing_on_while_a_clash_is_open_does_not_overwrite_the_colleague(
    me: Actor, colleague: Actor, draft_id: str
) -> None:
    at = clashing(draft_id, colleague)
    at.run()  # the page drawn anew reads what stands now
    at.text_area[0].set_value(MORE).run()
    assert read_draft(me, draft_id).typed["child_voice"] == THEIRS
    again = draw("form", draft=draft_id, section="voices")
    assert again.text_area[0].value == MORE
    again.text_area[0].set_value("And on").run()
    assert read_draft(me, draft_id).typed["child_voice"] == THEIRS
    button(again, "Keep my answer").click().run()
    assert read_draft(me, draft_id).typed["child_voice"] == "And on"


def test_what_was_set_aside_is_on_my_work_until_a_choice_is_made(
    me: Actor, colleague: Actor, draft_id: str
) -> None:
    at = clashing(draft_id, colleague)
    assert "Answers to choose between (1)" in [one.value for one in draw("home").header]
    button(at, "Keep the answer of Colleague Made-Up").click().run()
    assert "Answers to choose between (1)" not in [one.value for one in draw("home").header]


def test_the_history_of_an_answer_says_who_typed_what_and_what_was_set_aside(
    me: Actor, colleague: Actor, draft_id: str
) -> None:
    clashing(draft_id, colleague)
    for reader in (me, colleague):
        found = answer_history.in_draft(reader, draft_id, ("", "", "child_voice"))
        assert [(version.typed, version.name, version.is_set_aside) for version in found] == [
            (MINE, "Person Made-Up", True),
            (THEIRS, "Colleague Made-Up", False),
        ]


@pytest.mark.parametrize("chosen", ["Keep my answer", "Keep the answer of Colleague Made-Up"])
def test_what_was_not_chosen_about_is_put_to_the_person_again_on_another_screen(
    chosen: str, me: Actor, colleague: Actor, draft_id: str
) -> None:
    clashing(draft_id, colleague)
    again = draw("form", draft=draft_id, section="voices")
    assert again.text_area[0].value == MINE
    assert "Colleague Made-Up saved another answer to this question while you were typing." in words(again)
    button(again, chosen).click().run()
    assert "Not saved" not in words(draw("form", draft=draft_id, section="voices"))


def test_another_window_of_ones_own_does_not_overwrite_unseen(me: Actor, draft_id: str) -> None:
    first = draw("form", draft=draft_id, section="voices")
    second = draw("form", draft=draft_id, section="voices")
    first.text_area[0].set_value("A long afternoon's words").run()
    second.text_area[0].set_value("A word").run()
    assert "You saved another answer to this question in another window." in words(second)
    assert read_draft(me, draft_id).typed["child_voice"] == "A long afternoon's words"
    button(second, "Keep the saved answer").click().run()
    assert second.text_area[0].value == "A long afternoon's words"


def test_a_section_shows_who_wrote_it_last_and_for_which_agency(colleague: Actor, draft_id: str) -> None:
    save_answer(colleague, draft_id, "child_voice", "Words")
    at = draw("form", draft=draft_id, section="voices")
    assert "Last written by Colleague Made-Up, Police" in words(at)
    assert at.text_area[0].value == "Words"


def test_what_others_saved_is_shown_on_the_next_full_run(me: Actor, colleague: Actor, draft_id: str) -> None:
    at = draw("form", draft=draft_id, section="voices")
    at.text_area[0].set_value(MINE).run()
    save_answer(colleague, draft_id, "child_voice", THEIRS)
    assert at.run().text_area[0].value == THEIRS


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [(DatabaseUnavailable, "The database did not answer"), (DiskFull, "The disk of the tool is full")],
)
def test_an_answer_that_was_not_saved_stays_on_the_screen_and_is_saved_later(
    me: Actor, draft_id: str, monkeypatch: pytest.MonkeyPatch, failure: type[Exception], sentence: str
) -> None:
    at = draw("form", draft=draft_id, section="voices")
    with monkeypatch.context() as broken:

        def fail(*_given: object, **_named: object) -> None:
            raise failure

        broken.setattr(drafts, "save_answer", fail)
        at.text_area[0].set_value(MINE).run()
    assert sentence in words(at)
    assert at.text_area[0].value == MINE
    assert "child_voice" not in read_draft(me, draft_id).typed
    button(at, "Save this answer again").click().run()
    assert read_draft(me, draft_id).typed["child_voice"] == MINE
    assert "Not saved" not in words(at)


def test_a_draft_of_somebody_else_is_not_shown(me: Actor, colleague: Actor) -> None:
    child_id = a_child(me.store, linked_to=colleague)
    theirs = start_draft(colleague, form("screening"), child_id)
    at = draw("form", draft=theirs)
    assert not at.radio
    assert "Child Made-Up" not in words(at)
    assert "You cannot open this record" in words(at)
