"""Every form, every section: what is declared is what is asked, and nothing is chosen beforehand."""

from __future__ import annotations

import inspect

import pytest

import forms.kinds
from data.actor import Actor
from data.answers.drafts import open_drafts, read_draft, start_draft
from data.answers.submissions import submit
from data.child.children import heading
from data.database.store import Store
from forms.form import Form, RepeatedRows
from forms.kinds import AnyOf
from forms.question import Question
from forms.registry import FORMS, form
from pages.parts import controls
from tests.factories import a_child, a_link, an_account
from tests.filled_in import A_CHILD, fill
from tests.screens.signed_in import draw, sign_in, words

KINDS = [kind for _, kind in inspect.getmembers(forms.kinds, inspect.isclass) if issubclass(kind, Question)]


@pytest.fixture
def person(duckdb_store: Store, monkeypatch: pytest.MonkeyPatch) -> Actor:
    actor = an_account(duckdb_store, username="person")
    sign_in(monkeypatch, duckdb_store, actor)
    return actor


def a_draft(person: Actor, of: Form) -> str:
    child_id = None if of.key == "child" else a_child(person.store, linked_to=person)
    return start_draft(person, of, child_id)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_question_has_a_control(kind: type[Question]) -> None:
    assert controls.control.dispatch(kind) is not controls.control.dispatch(Question)


def test_every_form_uses_only_kinds_that_were_checked() -> None:
    used = {type(q) for f in FORMS for q in f.questions()}
    assert used <= set(KINDS)


@pytest.mark.parametrize("of", FORMS, ids=lambda f: f.key)
def test_every_section_asks_what_is_declared_and_nothing_is_chosen(
    of: Form, duckdb_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = an_account(
        duckdb_store, "coordinator" if of.key == "minutes" else "practitioner", username="person"
    )
    sign_in(monkeypatch, duckdb_store, person)
    draft_id = a_draft(person, of)
    for section in of.sections:
        at = draw("form", draft=draft_id, section=section.key)
        assert not at.exception
        asked = [q for q in section.questions if q.asked_if is None and q.is_current(of.version)]
        labels = [widget.label for widget in (*at.radio, *at.text_input, *at.text_area, *at.expander)]
        shown = "\n".join(labels) + words(at)
        for question in asked:
            assert question.label.replace("&", "&amp;") in shown or question.label in shown
        given = read_draft(person, draft_id).typed
        for radio in at.radio:
            assert radio.value is None or radio.value in given.values()
        assert not any(box.value for box in at.checkbox) or any(
            isinstance(q, AnyOf) and given.get(q.key) for q in asked
        )


def test_a_question_says_when_it_is_optional_and_never_with_an_asterisk(person: Actor) -> None:
    at = draw("form", draft=a_draft(person, form("child")), section="who")
    labels = [field.label.split("\n")[0] for field in at.text_input]
    assert labels[:3] == ["Name", "Other names the child is known by (optional)", "Date of birth"]
    assert not any("*" in field.label for field in at.text_input)


def test_an_answer_is_kept_as_it_is_given(person: Actor) -> None:
    draft_id = a_draft(person, form("screening"))
    at = draw("form", draft=draft_id, section="strong_1_to_9")
    at.radio[0].set_value("historical").run()
    assert read_draft(person, draft_id).typed == {"strong_01": "historical"}
    assert "Saved" in words(at)


def test_a_question_appears_when_its_condition_holds_and_what_is_hidden_stays(person: Actor) -> None:
    draft_id = a_draft(person, form("referral"))
    at = draw("form", draft=draft_id, section="nature")
    boxes = {box.key.rsplit("-", 1)[1]: box for box in at.checkbox}
    boxes["other"].check().run()
    at.text_input[0].set_value("Made-up nature").run()
    next(box for box in at.checkbox if box.key.endswith("nature-other")).uncheck().run()
    assert not at.text_input
    assert read_draft(person, draft_id).typed["nature_other"] == "Made-up nature"


def test_what_cannot_stand_is_said_at_once_and_what_is_missing_only_after_a_try(person: Actor) -> None:
    draft_id = a_draft(person, form("child"))
    at = draw("form", draft=draft_id, section="who")
    at.text_input[2].set_value("31 2 2026").run()
    assert at.text_input[2].label.endswith("Date of birth must be a real date: check the day and the month")
    assert at.text_input[2].value == "31 2 2026"
    assert "Enter the child's name" not in at.text_input[0].label
    at = draw("form", draft=draft_id, section="check")
    problems = [button.label for button in at.button if button.key.startswith("problem_")]
    assert "Enter the child's name" in problems
    assert "There is a problem" in words(at)


def test_rows_are_added_named_taken_out_and_put_back(person: Actor) -> None:
    draft_id = a_draft(person, form("child"))
    at = draw("form", draft=draft_id, section="family")
    for _ in range(2):
        next(b for b in at.button if b.key.startswith("add_") and b.key.endswith("siblings")).click().run()
    assert "Brother or sister 2" in words(at)
    next(field for field in at.text_input if field.label.startswith("Name")).set_value(
        "Sibling Made-Up"
    ).run()
    next(b for b in at.button if b.label == "Take out brother or sister 1").click().run()
    assert "Brother or sister 2" not in words(at)
    assert "It stays in the history" in words(at)
    next(b for b in at.button if b.label == "Put it back").click().run()
    assert [row.get("name") for row in read_draft(person, draft_id).typed["siblings"]] == [
        "Sibling Made-Up",
        None,
    ]
    assert isinstance(form("child").by_key["siblings"], RepeatedRows)


def test_a_section_nobody_has_written_in_is_not_a_problem_section(person: Actor) -> None:
    at = draw("form", draft=a_draft(person, form("assessment")), section="judgement")
    assert words(at).count("There is a problem") == 0


def test_the_kind_follows_from_the_nature_until_a_person_gives_another(person: Actor) -> None:
    draft_id = a_draft(person, form("referral"))
    at = draw("form", draft=draft_id, section="nature")

    def tick(label: str) -> None:
        next(box for box in at.checkbox if box.label == label).check().run()

    def kind() -> object:
        return read_draft(person, draft_id).typed.get("kind")

    tick("County lines (out of city)")
    assert (kind(), at.radio[0].value) == ("criminal", "criminal")
    tick("Party")
    assert (kind(), at.radio[0].value) == ("both", "both")
    at.radio[0].set_value("criminal").run()
    tick("On street")
    assert (kind(), at.radio[0].value) == ("criminal", "criminal")


def test_a_date_of_birth_that_nobody_knows_is_an_estimate_and_says_so(person: Actor) -> None:
    draft_id = start_draft(person, form("child"))
    fill(person, draft_id, {**A_CHILD, "date_of_birth_is_estimate": "yes"})
    child_id = submit(person, draft_id)
    top = heading(person, child_id)
    assert top.born == "1 February 2012, an estimate"
    at = draw("form", draft=start_draft(person, form("screening"), child_id))
    assert f"Age about {top.age}" in words(at)


def test_the_list_of_sections_says_which_are_asked_of_ones_agency(
    duckdb_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher = an_account(duckdb_store, username="teacher", agency="education")
    sign_in(monkeypatch, duckdb_store, teacher)
    at = draw("form", draft=a_draft(teacher, form("tracker")))
    asked = [button.label for button in at.button if "asked of your agency" in button.label]
    assert asked == ["Education (asked of your agency)"]


def test_a_form_begun_by_mistake_is_put_away_by_whoever_began_it(
    duckdb_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, colleague = (an_account(duckdb_store, username=name) for name in ("person", "colleague"))
    child_id = a_child(duckdb_store, linked_to=person)
    a_link(duckdb_store, child_id, colleague)
    draft_id = start_draft(person, form("assessment"), child_id)

    def ways_to_put_away(who: Actor) -> list:
        sign_in(monkeypatch, duckdb_store, who)
        return [b for b in draw("form", draft=draft_id).button if b.label == "Put this draft away"]

    assert ways_to_put_away(colleague) == []
    [put_away] = ways_to_put_away(person)
    put_away.click().run()
    assert read_draft(person, draft_id).state == "discarded"
    assert open_drafts(person, child_id) == []
