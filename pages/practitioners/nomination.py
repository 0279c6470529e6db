"""One nomination to MARTHR (multi-agency response to threat, harm, risk): sending it, its response, its feedback."""

from __future__ import annotations

from functools import partial

import streamlit as st

from data.clock import new_id
from data.concern import nominations
from data.concern.nominations import Nomination
from data.ways.ways_beside import NOMINATION_WAY
from forms.form import Form
from forms.marthr import ACCEPTANCE, FEEDBACK, IN_FULL, NOMINATION
from pages.parts import acting, free_text, lists, short_form
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.words import as_html, beginning, paragraphs, tag
from pages.practitioners.concerns import NAMES

COLOURS = {"nominated": "blue", "accepted": "amber", "declined": "amber", "fed_back": "green"}


def body() -> None:
    about = st.query_params
    shown = nominations.read_nomination(current_actor(), about.get("concern"), about.get("nomination"))
    concern = shown.concern
    st.title(paragraphs(f"Nomination of {concern['name']}"), anchor=False)
    st.text(f"To the {IN_FULL}, which is monthly and chaired by the police.")
    acting.show()
    if "nomination_id" in shown.record:
        _standing(shown)
    elif not shown.has_marthr:
        st.text("There is no MARTHR for this area. Share this with your own tactical meeting, and record it.")
    elif shown.may_write:
        _send(shown)
    link("Back to the record", "concern", concern=concern["concern_id"])


def _send(shown: Nomination) -> None:
    concern = shown.concern
    children = concern["children"]
    st.text(
        f"{NAMES[concern['kind']]}. {'1 linked child goes' if children == 1 else f'{children} linked children go'} with it, "
        "and so does what its record says. Link other children first."
    )
    place = f"nomination_{concern['concern_id']}"
    nomination_id = short_form.held(NOMINATION, place, new_id())
    short_form.draw(
        NOMINATION,
        place,
        lambda actor, typed: nominations.nominate(actor, concern["concern_id"], nomination_id, typed),
        standing=shown.record,
        leads_to=lambda _: ("nomination", {"nomination": nomination_id}),
    )


def _standing(shown: Nomination) -> None:
    record = shown.record
    state = NOMINATION_WAY.state(record["state"])
    why = f" {as_html(beginning(record['change_reason']))}" if record["change_reason"] else ""
    st.html(tag(state.words, COLOURS[state.key]) + why)
    lists.facts(
        [
            (question.label, question.as_text(record[question.key]))
            for form in (NOMINATION, ACCEPTANCE, FEEDBACK)
            for question in form.questions()
            if record[question.key] is not None
        ]
    )
    if not shown.may_coordinate:
        return
    if state.key == "nominated":
        _answer(ACCEPTANCE, shown)
        with st.expander("MARTHR declined it"):
            reason = free_text.several_lines("Reason", key=f"declined {record['nomination_id']}")
            if st.button("Record as declined"):
                acting.do(partial(nominations.decline, current_actor(), record["nomination_id"], reason))
    elif state.owner:
        _answer(FEEDBACK, shown)


def _answer(form: Form, shown: Nomination) -> None:
    nomination_id = shown.record["nomination_id"]
    st.header(form.title, anchor=False)
    record = nominations.accept if form is ACCEPTANCE else nominations.feed_back
    short_form.draw(
        form, f"{form.key}_{nomination_id}", lambda actor, typed: record(actor, nomination_id, typed)
    )


PAGE = Page(
    "MARTHR nomination",
    "nomination",
    frozenset({"practitioner", "coordinator", "manager"}),
    body,
    in_menu=False,
)
