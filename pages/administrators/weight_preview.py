"""What a weight set would change on today's cohort, for whoever reads it before it is approved. Figures only."""

from __future__ import annotations

import streamlit as st

from data.scores.weight_preview import preview
from data.scores.weight_sets import MAY
from pages.parts import sections
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link


def body() -> None:
    st.title("Who would change band", anchor=False)
    weights, shown = preview(current_actor(), st.query_params.get("weights", ""))
    st.text(f"If {weights} were in use today. Nothing is changed by looking.")
    for section in shown:
        sections.draw(section, sections.Opens(None, ""))
    link("Back to the tracker's weights", "weights")


PAGE = Page("Who would change band", "weight-preview", frozenset(MAY), body, in_menu=False, wide=True)
