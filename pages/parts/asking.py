"""One question on the screen with all that belongs to it: its control, its problem, guidance, companions and clashes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from data.answers.drafts import Draft
from forms.answers import Problem, is_asked
from forms.kinds import AnyOf, OneOf
from forms.question import Question
from pages.parts import answer_versions, keeping, language
from pages.parts.controls import Field, control, in_words
from pages.parts.keeping import Place, Unsaved
from pages.parts.words import as_html, at_time, paragraphs


@dataclass(frozen=True)
class Asking:
    """What is needed to ask the questions of one section."""

    draft: Draft
    answers: Mapping[str, Any]
    """As read: conditions look at these."""
    problems: Sequence[Problem]
    """Those to be shown."""

    def problem_at(self, place: Place) -> str | None:
        rows_key, row_id, key = place
        here = (key, row_id or None, rows_key or None)
        return next((p.sentence for p in self.problems if (p.key, p.row_id, p.rows_key) == here), None)

    def is_current(self, question: Question, answers: Mapping[str, Any]) -> bool:
        return question.is_current(self.draft.form.version) and is_asked(question, answers)


def ask_all(
    asking: Asking,
    questions: Sequence[Question],
    answers: Mapping[str, Any],
    rows_key: str = "",
    row_id: str = "",
) -> None:
    """Those of the questions that are asked now, each with its companions folded beneath it."""
    asked = [q for q in questions if asking.is_current(q, answers)]
    for question in asked:
        if question.beside is None:
            companions = [q for q in asked if q.beside is question]
            _ask(asking, question, (rows_key, row_id, question.key), companions)


def _ask(asking: Asking, question: Question, place: Place, companions: Sequence[Question] = ()) -> None:
    """Most questions are one element and no more: every element costs at each click (see tests/bench/form_click.py).
    What belongs to a question follows it; the control itself never moves into a box, which would take its focus."""
    draft, problem = asking.draft, asking.problem_at(place)
    keeping.bring_up_to_date(draft, question, place)
    key = keeping.widget_key(draft, place)
    field = Field(key, keeping.typed_at(draft, place), problem, keeping.keep, (draft, question, place))
    shown = control(question, field)
    keeping.note_replay(draft, question, place, shown)
    if problem:
        st.html(PROBLEM_ABOVE)
    waiting = keeping.unsaved(draft).get(place)
    if waiting:
        _put_to_the_person(draft, question, place, waiting)
    elif shown and _can_be_cleared(question):
        st.button(
            "Clear this answer",
            key=f"clear_{key}",
            type="tertiary",
            on_click=keeping.clear,
            args=(draft, question, place),
        )
    language.point_at(draft, question, place, shown)
    if place in draft.changed:
        answer_versions.in_draft(draft.draft_id, question, place, key)
    if question.prompts:
        guidance("Guidance for this question", question.prompts)
    if companions:
        _fold(asking, companions, key)


PROBLEM_ABOVE = '<i class="has-problem"></i>'
"""The style of the label hangs on it; the words are in the label."""


def _can_be_cleared(question: Question) -> bool:
    """Radios that were touched by mistake: where an answer is not needed and "Unknown" is not among the options."""
    if question.required or not isinstance(question, OneOf) or isinstance(question, AnyOf):
        return False
    return "unknown" not in dict(question.choices())


def _fold(asking: Asking, companions: Sequence[Question], key: str) -> None:
    """Drawn only while it is open."""
    answered = any(keeping.typed_at(asking.draft, ("", "", q.key)) for q in companions)
    words = paragraphs(f"{companions[0].label} (optional)")
    with st.expander(words, expanded=answered, key=f"fold_{key}", on_change="rerun") as fold:
        for companion in companions if fold.open else ():
            _ask(asking, companion, ("", "", companion.key))


def guidance(title: str, sentences: Sequence[str]) -> None:
    with st.expander(paragraphs(title)):
        said = "".join(f"<li>{as_html(sentence)}</li>" for sentence in sentences)
        st.html(f'<ul class="guidance">{said}</ul>')


def _put_to_the_person(draft: Draft, question: Question, place: Place, waiting: Unsaved) -> None:
    """An answer that was not saved: why, and what the person can do about it."""
    key = keeping.widget_key(draft, place)
    here = (draft, question, place)
    with st.container(border=True, key=f"unsaved_{key}"):
        st.html(f'<p class="not-saved"><strong>Not saved.</strong> {as_html(waiting.sentence)}</p>')
        if waiting.theirs is None:
            st.button("Save this answer again", key=f"again_{key}", on_click=keeping.keep, args=here)
            return
        mine, theirs = st.columns(2)
        whose = (
            f"{waiting.name}, saved {at_time(waiting.theirs.saved_at)}"
            if waiting.name
            else "The saved answer"
        )
        with mine:
            _answer("Your answer", question, waiting.typed)
            st.button("Keep my answer", key=f"mine_{key}", on_click=keeping.keep_mine, args=here)
        with theirs:
            _answer(whose, question, waiting.theirs.typed)
            words = f"Keep the answer of {waiting.name}" if waiting.name else "Keep the saved answer"
            st.button(paragraphs(words), key=f"theirs_{key}", on_click=keeping.keep_theirs, args=here)
        if question.together(waiting.theirs.typed, waiting.typed):
            st.button("Keep both answers", key=f"both_{key}", on_click=keeping.keep_both, args=here)


def _answer(whose: str, question: Question, typed: object) -> None:
    words = in_words(question, typed)
    st.html(f'<p class="whose">{as_html(whose)}</p><p class="words">{as_html(words)}</p>')
