"""The questions about an account, drawn like those of every form. What was typed stays until it is saved."""

from __future__ import annotations

from typing import Any

import streamlit as st

from data.sign_in import configured
from forms.account import ACCOUNT, SIGN_IN_SERVICE
from forms.answers import check, is_asked
from forms.question import Question
from pages.parts import acting, problems
from pages.parts.asking import PROBLEM_ABOVE
from pages.parts.controls import Field, control, is_drawn, shown
from pages.parts.words import as_html

Typed = dict[str, Any]
"""By question key; and whatever else `start` brought."""


def draw(place: str, start: Typed) -> Typed:
    """Draw the questions and give what is typed. `place` says whose: what is typed for one account never reaches
    another. What saving found wrong there (`acting.say_wrong_at`) is shown above and at each question."""
    if wrong := acting.wrong_at(place):
        problems.sentences([problem.sentence for problem in wrong])
    typed: Typed = st.session_state.setdefault(f"account_form_{place}", dict(start))
    sentences = {problem.key: problem.sentence for problem in wrong}
    with st.container(key="questions"):
        for section in ACCOUNT.sections:
            if section is SIGN_IN_SERVICE and configured.the_service() is None:
                continue
            st.html(f'<h2 class="section-title">{as_html(section.title)}</h2>')
            if section.intro:
                st.text(section.intro)
            for question in section.questions:
                if isinstance(question, Question) and is_asked(question, check(ACCOUNT, typed).answers):
                    typed[question.key] = _asked(place, question, typed, sentences.get(question.key))
    return typed


def _asked(place: str, question: Question, typed: Typed, problem: str | None) -> Any:
    field = Field(_key(place, question.key), typed.get(question.key), problem, _nothing, ())
    given = control(question, field)
    if problem:
        st.html(PROBLEM_ABOVE)
    return given


def _key(place: str, key: str) -> str:
    return f"question_account_{place}_{key}"


def now(place: str, typed: Typed) -> Typed:
    """What is typed at the moment of a callback: the last word may have come with the click."""
    return {
        key: shown(question, _key(place, key))
        if isinstance(question := ACCOUNT.by_key.get(key), Question) and is_drawn(question, _key(place, key))
        else value
        for key, value in typed.items()
    }


def forget(place: str) -> None:
    """Start anew from what is kept. Only before the questions are drawn, in a callback."""
    for key in [
        key for key in st.session_state if str(key).startswith((f"account_form_{place}", _key(place, "")))
    ]:
        del st.session_state[key]


def _nothing() -> None:
    """Nothing is saved until the button says so."""
