"""One measure of disruption against a record of concern: as it stands, and for those who write the record the form."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.concern import disruption
from data.concern.disruption import Measure
from forms.disruption import DISRUPTION, MEASURES, STATES, state
from pages.parts import acting, lists, record_history, short_form
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.words import paragraphs, tag

STATE_WORDS = dict(STATES)
MEASURES_NAMED = dict(MEASURES)
COLOURS = {"asked_for": "grey", "in_force": "blue", "ending_soon": "amber", "ended": "grey"}


def body() -> None:
    about = st.query_params
    shown = disruption.read_measure(current_actor(), about.get("concern"), about.get("measure"))
    concern_id = shown.concern["concern_id"]
    st.title(paragraphs(f"Disruption measure: {shown.concern['name']}"), anchor=False)
    acting.show()
    if shown.record:
        now = state(shown.record, clock.today())
        st.html(tag(STATE_WORDS[now], COLOURS[now]))
    if shown.may_write:
        _form(shown, concern_id, about.get("measure"))
    else:
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
    place = f"measure_{measure_id or concern_id}"
    record_id, seen = short_form.held(
        DISRUPTION, place, (measure_id or clock.new_id(), shown.record.get("revision", 0))
    )
    short_form.draw(
        DISRUPTION,
        place,
        lambda actor, typed: disruption.save_measure(actor, concern_id, record_id, typed, seen),
        standing=shown.record,
        leads_to=lambda _: ("measure", {"measure": record_id}),
    )


PAGE = Page(
    "Disruption measure",
    "measure",
    frozenset({"practitioner", "coordinator", "manager"}),
    body,
    in_menu=False,
)
