"""Information sharing agreements: the day each agency of an area signed."""

from __future__ import annotations

import streamlit as st

from data.sign_in.agreements import SIGNED_ON, agreements, record_agreement
from forms.codes import AGENCIES
from forms.kinds.date import in_words
from forms.places import area_name
from pages.parts import acting, table
from pages.parts.browser import current_actor
from pages.parts.controls import label
from pages.parts.navigation import Page
from pages.parts.words import paragraphs


def body() -> None:
    st.html(table.STYLE)
    st.title("Information sharing agreements", anchor=False)
    acting.show()
    actor = current_actor()
    with actor.reading() as work:
        areas = {area: area_name(area) for area in work.account.partnership.areas}
    area = st.selectbox(
        "Area", list(areas), format_func=lambda key: paragraphs(areas[key]), key="agreements_area"
    )
    signed = agreements(actor, area)
    table.draw(
        f"Agencies in {areas[area]}",
        ("Agency", "Agreement signed"),
        [
            (name, in_words(day) if (day := signed[agency]) else table.Tag("None recorded", "amber"))
            for agency, name in AGENCIES
        ],
    )
    st.header("Record a date", anchor=False)
    agencies = dict(AGENCIES)
    st.selectbox(
        "Agency", list(agencies), format_func=lambda key: paragraphs(agencies[key]), key="agreements_agency"
    )
    st.text_input(label(SIGNED_ON, None), key="agreements_day", autocomplete="off")
    st.button("Save date", type="primary", on_click=_save)


def _save() -> None:
    asked = (st.session_state[f"agreements_{what}"] for what in ("area", "agency", "day"))
    acting.act(lambda: record_agreement(current_actor(), *asked), "Saved.")
    if "acted" in st.session_state:
        st.session_state.agreements_day = ""


PAGE = Page("Agreements", "agreements", frozenset({"administrator"}), body)
