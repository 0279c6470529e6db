"""One measure of disruption against a record of concern: as it stands, and for those who write the record the form."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.concern import disruption
from data.concern.disruption import Measure
from data.refusal import Problems
from forms.disruption import DISRUPTION, MEASURES, STATES, state
from forms.question import Typed
from pages.parts import acting, lists, record_form, record_history
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.record_form import Address
from pages.parts.words import paragraphs, tag

STATE_WORDS = dict(STATES)
MEASURES_NAMED = dict(MEASURES)
COLOURS = {"asked_for": "grey", "in_force": "blue", "ending_soon": "amber", "ended": "grey"}


def body() -> None:
    about = st.query_params
    try:
        shown = disruption.read_measure(current_actor(), about.get("concern"), about.get("measure"))
    except Problems as problem:
        st.error(paragraphs(str(problem)))
        return
    concern_id = shown.concern["concern_id"]
    st.title(paragraphs(f"Disruption measure: {shown.concern['name']}"), anchor=False)
    if shown.record:
        now = state(shown.record, clock.today())
        st.html(tag(STATE_WORDS[now], COLOURS[now]))
    if shown.may_write:
        _form(shown, concern_id, about.get("measure"))
    else:
        acting.show()
        lists.facts(
            [
                (question.label, question.as_text(shown.record[question.key]))
                for question in DISRUPTION.questions()
                if shown.record.get(question.key) is not None
            ]
        )
    record_history.draw(shown.history)
    link("Back to the record", "concern", concern=concern_id)


def _form(shown: Measure, concern_id: str, measure_id: str | None) -> None:
    def save(typed: dict[str, Typed], record_id: str, seen: int) -> Address:
        disruption.save_measure(current_actor(), concern_id, record_id, typed, seen)
        return "measure", {"measure": record_id}

    place = f"measure_{measure_id or concern_id}"
    record_form.draw(DISRUPTION, place, shown.record, measure_id, save)


PAGE = Page(
    "Disruption measure",
    "measure",
    frozenset({"practitioner", "coordinator", "manager"}),
    body,
    in_menu=False,
)
