"""How each kind of question looks: one control per kind, in the words of its form. Nothing is saved here.

A control's label carries the question, its help and its problem, because a control of Streamlit has no other text that
a screen reader reads with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

import streamlit as st

from forms.codes import AGENCIES
from forms.form import RepeatedRows
from forms.kinds import AnyOf, Date, LongText, NHSNumber, OneOf, Postcode, Scale, Text, WholeNumber
from forms.question import Question, Typed
from pages.parts.words import paragraphs

AS_WIDE_AS_A_LINE = 60
"""Characters of options that stand side by side; longer ones stand beneath each other."""


@dataclass(frozen=True)
class Field:
    """A question at its place on the screen."""

    key: str
    """Of the widget; holds the draft's id, so that a browser's replay can reach no other child."""
    typed: Typed
    """What the draft holds: shown when the browser has nothing yet."""
    problem: str | None
    on_change: Callable[..., None]
    args: tuple[Any, ...]

    def changes(self, key: str | None = None) -> dict[str, Any]:
        return {"key": key or self.key, "on_change": self.on_change, "args": self.args}


def start(key: str, otherwise: Any) -> Any:
    """What the control of this key starts with: what the session has of it, else `otherwise`.

    Said on every run. Streamlit needs it on the first only, but a run that was broken off never reached the browser: it would
    show the control empty, and send that as the person's answer.
    """
    return st.session_state.get(key, otherwise)


@singledispatch
def control(question: Question, field: Field) -> Typed:
    """Draw it and give what it shows, as a draft keeps it."""
    raise NotImplementedError(
        f"{type(question).__name__} has no control: register one in pages/parts/controls.py"
    )


@singledispatch
def shown(question: Question, key: str) -> Typed:
    """What the control of this key shows now; for callbacks."""
    return st.session_state.get(key) or None


@singledispatch
def show(question: Question, key: str, typed: Typed) -> None:
    """Have the control of this key show another answer. Only before it is drawn."""
    st.session_state[key] = typed


@control.register(Text)
@control.register(NHSNumber)
@control.register(Postcode)
@control.register(WholeNumber)
@control.register(Date)
def _one_line(question: Question, field: Field) -> Typed:
    return (
        st.text_input(
            label(question, field.problem),
            start(field.key, field.typed) or None,
            live="2s",
            autocomplete="off",
            **field.changes(),
        )
        or None
    )


@control.register
def _several_lines(question: LongText, field: Field) -> Typed:
    return (
        st.text_area(
            label(question, field.problem),
            start(field.key, field.typed) or None,
            height="content",
            **field.changes(),
        )
        or None
    )


@control.register
def _one_of(question: OneOf, field: Field) -> Typed:
    words = dict(question.choices())
    keys = list(words)
    chosen = start(field.key, field.typed)
    return st.radio(
        label(question, field.problem),
        keys,
        index=keys.index(chosen) if chosen in keys else None,
        format_func=lambda key: paragraphs(words[key]),
        horizontal=sum(map(len, words.values())) <= AS_WIDE_AS_A_LINE,
        **field.changes(),
    )


@control.register
def _any_of(question: AnyOf, field: Field) -> Typed:
    ticked = []
    with st.container(key=field.key, gap="xxsmall"):
        st.html(legend(question, field))
        for option, words in question.choices():
            key = _key_of_option(field.key, option)
            if st.checkbox(
                paragraphs(words), start(key, option in (field.typed or ())), **field.changes(key)
            ):
                ticked.append(option)
    return ticked or None


@shown.register
def _shown_any_of(question: AnyOf, key: str) -> Typed:
    ticked = [o for o, _ in question.choices() if st.session_state.get(_key_of_option(key, o))]
    return ticked or None


@show.register
def _show_any_of(question: AnyOf, key: str, typed: Typed) -> None:
    for option, _ in question.choices():
        st.session_state[_key_of_option(key, option)] = option in (typed or ())


def _key_of_option(key: str, option: str) -> str:
    return f"{key}-{option}"  # no key of a question has a hyphen


def is_drawn(question: Question, key: str) -> bool:
    """Does this session have the control's value already?"""
    first = _key_of_option(key, question.choices()[0][0]) if isinstance(question, AnyOf) else key
    return first in st.session_state


def in_words(question: Question, typed: Any) -> str:
    """What was typed as people read it; as it was typed when it is no answer."""
    try:
        return question.as_text(question.read(typed))
    except ValueError:
        return str(typed)


def label(question: Question, problem: str | None) -> str:
    return paragraphs(called(question), *hints(question), problem)


def legend(question: Question, field: Field) -> str:
    """The words above a group of check boxes; `landmarks` makes it the name of the group."""
    from pages.parts.words import as_html

    lines = [
        f"<p>{as_html(words)}</p>" for words in (called(question), *hints(question), field.problem) if words
    ]
    return f'<div class="legend">{"".join(lines)}</div>'


def called(item: Question | RepeatedRows) -> str:
    """The label as people see it, which says when an answer is not needed."""
    needed = item.required if isinstance(item, Question) else item.at_least > 0
    return item.label if needed else f"{item.label} (optional)"


def hints(question: Question) -> list[str]:
    """One sentence of help, and whose answer it is, where the question says so."""
    agencies = dict(AGENCIES)
    found = [question.help]
    if isinstance(question, Date) and not re.search(r"\d{4}", question.help):
        found.append("For example, 13 11 2026")
    if isinstance(question, Scale):
        found.append(
            f"{question.lowest} means: {question.lowest_means}. {question.highest} means: {question.highest_means}."
        )
    if question.agency in agencies:
        found.append(f"Known by: {agencies[question.agency]}")
    if question.sensitive:
        found.append(SENSITIVE)
    return [words for words in found if words]


SENSITIVE = "Sensitive: seen by coordinators, managers and those who write this record only"
