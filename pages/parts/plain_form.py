"""A short form that is no draft: all its questions at once, checked when its one button is pressed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from forms.answers import Problem, check, is_asked
from forms.form import Form
from forms.kinds import LongText, Text
from forms.question import Question, Typed
from pages.parts import controls, free_text, kept_words, typing
from pages.parts.asking import PROBLEM_ABOVE
from pages.parts.controls import Field, control, is_drawn, shown
from pages.parts.words import as_html


def ask(
    form: Form, key: str, standing: Mapping[str, Any], problems: Sequence[Problem] = ()
) -> dict[str, Typed]:
    """Draw every question that is asked, begun with the answers that stand; gives what is typed, by question key."""
    sentences = {problem.key: problem.sentence for problem in problems}
    typed: dict[str, Typed] = {}
    for section in form.sections:
        if len(form.sections) > 1:
            st.html(f'<h2 class="section-title">{as_html(section.title)}</h2>')
            if section.intro:
                st.text(section.intro)
        for question in section.questions:
            if isinstance(question, Question) and is_asked(question, check(form, typed).answers):
                problem = sentences.get(question.key)
                place, begun = _key(key, question), _begun(question, standing)
                field = Field(place, kept_words.typed_at(place, begun), problem, _nothing, ())
                typed[question.key] = shows = control(question, field)
                _keep(question, place, shows, begun)
                if problem:
                    st.html(PROBLEM_ABOVE)
                if isinstance(question, Text):
                    free_text.look_at(shows, field.key)
    if any(isinstance(question, LongText) for question in form.questions()):
        typing.commit_while_typing(key)
    return typed


def now(form: Form, key: str, standing: Mapping[str, Any]) -> dict[str, Typed]:
    """What is typed at the moment of a callback: the last word may have come with the click."""
    return {
        question.key: shown(question, _key(key, question))
        if is_drawn(question, _key(key, question))
        else kept_words.typed_at(_key(key, question), _begun(question, standing))
        for question in form.questions()
    }


def show(form: Form, key: str, question_key: str, typed: Typed) -> None:
    """Have one question show another answer. Only before it is drawn."""
    question = form.by_key[question_key]
    assert isinstance(question, Question)
    controls.show(question, _key(key, question), typed)


def is_begun(form: Form, key: str) -> bool:
    """Does this session show the form already, or keep what was typed in it?"""
    keys = {_key(key, question): question for question in form.questions()}
    return any(is_drawn(question, place) or kept_words.has(place) for place, question in keys.items())


def _keep(question: Question, place: str, shows: Typed, begun: Typed) -> None:
    """What differs from what the form began with is still there when one comes back to the page."""
    if (shows or None) == (begun or None):
        kept_words.forget(place)
    else:
        kept_words.keep(place, question.label, shows, controls.in_words(question, shows))


def _key(key: str, question: Question) -> str:
    return f"{key}-{question.key}"


def _begun(question: Question, standing: Mapping[str, Any]) -> Typed:
    answer = standing.get(question.key)
    return None if answer is None else question.typed(answer)


def _nothing() -> None:
    """The answers are read when the button is pressed, not one by one."""
