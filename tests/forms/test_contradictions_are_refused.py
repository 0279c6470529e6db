"""A form that contradicts itself is refused when it is made, with a sentence that says what to do."""

import pytest

from forms.form import Form, RepeatedRows, Rule, Section
from forms.kinds import AnyOf, Date, OneOf, Text, YesNo
from forms.self_check import FormContradiction

TWO = (("a", "A"), ("b", "B"))
told = YesNo("told", "Was anyone told?")
signs = AnyOf("signs", "Which signs?", options=TWO)
who = Text("who", "Who was told?", asked_if=told.is_(True))


def a_form(*questions, rules=(), version=1):
    return Form(
        "made_up",
        "Made up",
        version=version,
        sections=(Section("only", "Only", questions=questions),),
        rules=rules,
        final_button="Save",
        source="none",
    )


BAD_QUESTIONS = {
    "rename it": [Text("Big Letters", "Words")],
    "choose another key": [Text("record_id", "Number")],
    "give one question another key": [told, Text("told", "Told")],
    "a question needs a label": [Text("words", " ")],
    "two or more different options": [OneOf("one", "One", options=(("a", "A"),))],
    "told, which is not asked before it: move one of them": [who, told],
    "stands beside told, which is not asked before it": [Text("note", "Note", beside=told)],
    "put them right": [Text("words", "Words", since=2)],
    "rows need at least one question": [RepeatedRows("rows", "Rows", row_name="row", questions=())],
    "signs cannot have: use its own options": [signs, Text("x", "X", asked_if=signs.includes("c"))],
    "told cannot have: use its own options": [told, Text("x", "X", asked_if=told.is_("yes"))],
    "it waits for an answer that told cannot have": [told, Text("x", "X", asked_if=told.includes("yes"))],
    "waits for an answer that signs cannot have": [
        signs,
        told,
        Text("x", "X", asked_if=told.is_(True) & signs.is_("a")),
    ],
}


@pytest.mark.parametrize(("sentence", "questions"), BAD_QUESTIONS.items(), ids=list(BAD_QUESTIONS))
def test_the_contradiction_is_refused_with_what_to_do(sentence, questions):
    with pytest.raises(FormContradiction, match=sentence):
        a_form(*questions)


def test_a_row_may_wait_for_an_answer_of_its_own_row_but_only_an_earlier_one():
    happened = Date("happened_on", "Date")
    why = Text("why", "Why?", asked_if=happened.is_older_than(months=6))
    a_form(RepeatedRows("rows", "Rows", row_name="row", questions=(happened, why)))
    with pytest.raises(FormContradiction, match="happened_on, which is not asked before it"):
        a_form(RepeatedRows("rows", "Rows", row_name="row", questions=(why, happened)))


def test_two_sections_never_share_a_key():
    twice = (Section("same", "First", questions=(told,)), Section("same", "Second", questions=(who,)))
    with pytest.raises(FormContradiction, match="give one section another key"):
        Form("made_up", "Made up", version=1, sections=twice, final_button="Save", source="none")


def test_a_rule_speaks_at_a_question_of_its_form():
    with pytest.raises(FormContradiction, match="a rule shows its sentence at who, which is not in the form"):
        a_form(told, rules=(Rule(who, lambda _answers, _about: None),))


def test_a_form_without_contradiction_is_made():
    assert list(a_form(told, who).by_key) == ["told", "who"]
