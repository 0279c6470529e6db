"""Bringing in an existing cohort: the empty workbook to fill, and the filled one to check, to decide on and to bring in.

Three steps: choose the file, decide what is asked, look at what it would do. Nothing is stored before the last button.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from data.actor import Actor
from data.bring_in.cohort_import import Brought, import_cohort, look_at_cohort
from data.bring_in.cohort_plan import STATES, Plan
from data.bring_in.cohort_reading import read_cohort
from data.bring_in.cohort_workbook import SHEETS, CohortRefused, Question, Workbook, place_in_words
from data.commands.template import template_workbook
from data.refusal import Problems
from pages.parts import acting, table
from pages.parts.browser import current_actor
from pages.parts.navigation import Page
from pages.parts.words import paragraphs

SHOWN = 200
"""More lines than these are counted, not listed."""
AT_ONCE = 20
"""Questions to a step."""

LOOKED_AT, BROUGHT = "cohort_looked_at", "cohort_brought"


@dataclass
class LookedAt:
    """A workbook that is being decided on: kept for this browser's session only, and shown to who uploaded it only."""

    account_id: str
    workbook: Workbook
    answers: dict[str, str]
    plan: Plan


def body() -> None:
    st.title("Bring in a cohort", anchor=False)
    acting.show()
    brought = st.session_state.pop(BROUGHT, None)
    if brought is not None:
        _report(brought)
    looked = st.session_state.get(LOOKED_AT)
    if looked is None or looked.account_id != current_actor().account_id:
        _choose_the_file()
    elif looked.plan.problems:
        _step(2, "Put right")
        _problems(looked.plan)
        _start_again("Choose the corrected workbook")
    elif looked.plan.questions:
        _step(2, "Decide")
        _questions(looked.plan.questions)
        _start_again("Choose another workbook")
    else:
        _step(3, "Check what will be stored")
        _what_it_would_do(looked.plan)
        acting.offer("Bring in", _bring_in, "The cohort is brought in.", look="primary")
        _start_again("Choose another workbook")


def _step(number: int, title: str) -> None:
    st.text(f"Step {number} of 3")
    st.header(title, anchor=False)


def _choose_the_file() -> None:
    st.text(
        "If your area keeps its children in a spreadsheet, bring them in here. You see what would be stored, and "
        "what it would change, before anything is. The same file twice changes nothing."
    )
    _step(1, "Choose the workbook")
    st.download_button(
        "Download the empty workbook",
        template_workbook,
        file_name="cohort.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        on_click="ignore",
    )
    st.file_uploader("The filled workbook, an Excel file (.xlsx)", type="xlsx", key="cohort_file")
    acting.offer("Check the workbook", _check, "", look="primary")


def _check(actor: Actor) -> None:
    file = st.session_state.get("cohort_file")
    if file is None:
        raise Problems("Choose the workbook that you bring in")
    try:
        with st.spinner("Reading the workbook"):
            workbook = read_cohort(file)
    except CohortRefused as refused:
        raise Problems(*(problem.sentence for problem in refused.problems)) from None
    _look(actor, workbook, {})


def _look(actor: Actor, workbook: Workbook, answers: dict[str, str]) -> None:
    plan = look_at_cohort(actor, workbook, answers=answers)
    st.session_state[LOOKED_AT] = LookedAt(actor.account_id, workbook, answers, plan)


def _start_again(words: str) -> None:
    acting.offer(words, _forget, "")


def _forget(_: Actor) -> None:
    st.session_state.pop(LOOKED_AT, None)


def _problems(plan: Plan) -> None:
    many = len(plan.problems)
    st.error(
        f"**There is a problem**\n\n{many:,} {'thing' if many == 1 else 'things'} to put right. Nothing was stored."
    )
    _listed(
        "What to put right",
        ("Sheet", "Row", "Column", "What to do"),
        [(p.sheet, str(p.row or ""), p.column or "", p.sentence) for p in plan.problems],
    )
    _notes(plan)


def _questions(questions: tuple[Question, ...]) -> None:
    many = len(questions)
    st.text(f"{many:,} {'question' if many == 1 else 'questions'} to answer. Nothing is stored yet.")
    for question in questions[:AT_ONCE]:
        words = {key: paragraphs(said) for key, said in question.options}
        st.radio(
            paragraphs(place_in_words(question.sheet, question.row, question.column), question.sentence),
            list(words),
            format_func=words.__getitem__,
            index=None,
            key=_widget(question),
        )
    acting.offer("Continue", _decide, "", look="primary")


def _widget(question: Question) -> str:
    return f"cohort_question {question.key}"


def _decide(actor: Actor) -> None:
    looked: LookedAt = st.session_state[LOOKED_AT]
    asked = looked.plan.questions[:AT_ONCE]
    chosen = {question.key: acting.chosen(_widget(question)) for question in asked}
    if not all(chosen.values()):
        raise Problems(*(f"{q}" for q in asked if not chosen[q.key]))
    _look(actor, looked.workbook, {**looked.answers, **chosen})


def _what_it_would_do(plan: Plan) -> None:
    st.text("Nothing is stored yet.")
    counts = [plan.counts(state) for state in STATES[:3]]
    table.draw(
        "What was understood",
        ("Sheet", "New", "Changed", "As it is"),
        [(sheet.name, *(of[sheet.name] for of in counts)) for sheet in SHEETS],
    )
    if plan.changes:
        _listed(
            "What would change",
            ("Sheet", "Row", "Column", "Now", "Then"),
            [(c.sheet, str(c.row), c.column, c.before or "Not known", c.after) for c in plan.changes],
        )
    _notes(plan)


def _notes(plan: Plan) -> None:
    if plan.notes:
        _listed("Worth a look", ("What is left out, or left as it is",), [(note,) for note in plan.notes])


def _listed(caption: str, headings: tuple[str, ...], rows: list[Any]) -> None:
    table.draw(caption, headings, rows[:SHOWN], is_wide=True)
    if len(rows) > SHOWN:
        st.text(f"And {len(rows) - SHOWN:,} more.")


def _bring_in(actor: Actor) -> None:
    """Bring in what was looked at. Where the records are not as they were, it is looked at once more."""
    looked: LookedAt = st.session_state[LOOKED_AT]
    try:
        brought = import_cohort(
            actor, looked.workbook, update=True, answers=looked.answers, seen=looked.plan.fingerprint
        )
    except CohortRefused:
        _look(actor, looked.workbook, looked.answers)
        raise Problems(
            "Nothing was stored: the records were changed meanwhile. Look at what the workbook would do now."
        ) from None
    st.session_state[BROUGHT] = brought
    _forget(actor)


def _report(brought: Brought) -> None:
    table.draw(
        "What was brought in",
        ("Sheet", "New", "Changed", "As it was"),
        [
            (sheet.name, brought.new[sheet.name], brought.changed[sheet.name], brought.unchanged[sheet.name])
            for sheet in SHEETS
        ],
    )


PAGE = Page("Bring in a cohort", "bring-in", frozenset({"coordinator"}), body)
