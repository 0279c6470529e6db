"""What is wrong with a form: which problems are shown when, and the summary at the top that leads to each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from data.answers.drafts import Draft
from forms.answers import Checked, Problem
from forms.form import RepeatedRows
from pages.parts import keeping
from pages.parts.words import beginning, paragraphs


def to_show(draft: Draft, checked: Checked, has_tried: bool) -> list[Problem]:
    """What was typed and cannot stand is said at once; what is missing, once the person has tried to send."""
    return [p for p in checked.problems if has_tried or keeping.typed_at(draft, place_of(p))]


def place_of(problem: Problem) -> keeping.Place:
    return problem.rows_key or "", problem.row_id or "", problem.key


def summary(draft: Draft, shown: Sequence[Problem], go_to: Callable[..., Any]) -> None:
    """Headed as people know it, each line a way to its question. Draws nothing when there is nothing wrong."""
    if not shown:
        return
    with st.container(key="there_is_a_problem", gap="xsmall"):
        st.html("<h2>There is a problem</h2>")
        for number, problem in enumerate(shown):
            section = draft.form.section_of(problem.rows_key or problem.key)
            st.button(
                paragraphs(_with_row(draft, problem)),
                key=f"problem_{number}_{keeping.widget_key(draft, place_of(problem))}",
                type="tertiary",
                on_click=go_to,
                args=(section.key, keeping.widget_key(draft, place_of(problem))),
            )


def sentences(words: Sequence[str]) -> None:
    """What data/ refused, in its own words."""
    with st.container(key="there_is_a_problem", gap="xsmall"):
        st.html("<h2>There is a problem</h2>")
        for sentence in words:
            st.text(sentence)


def _with_row(draft: Draft, problem: Problem) -> str:
    """The sentence; for a question in a row, with the row it is about."""
    rows = draft.form.by_key.get(problem.rows_key or "")
    if not isinstance(rows, RepeatedRows) or problem.row_id is None:
        return problem.sentence
    number = draft.row_ids(rows.key).index(problem.row_id) + 1
    return f"{beginning(rows.row_name)} {number}: {problem.sentence}"
