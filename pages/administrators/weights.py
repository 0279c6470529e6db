"""The tracker's weight sets: bring one in from a CSV file, and go on to those there are."""

from __future__ import annotations

import streamlit as st

from data.actor import Actor
from data.refusal import Problems
from data.scores.weight_sets import MAY, bring_in, weight_sets
from forms.kinds.date import in_words
from forms.weights import STATUSES, WeightSetRefused
from pages.parts import acting, csv_file, table
from pages.parts.acting import chosen
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link

LEADS_ON = {"provisional": "Read and approve", "approved": "Follow"}
"""State of a set → what is next to do with it, on its own page."""


def body() -> None:
    actor = current_actor()
    st.title("Tracker weights", anchor=False)
    st.text(
        "What each answer of the tracker scores. Until a set is approved, the illustrative set is in use and every "
        "score says so. Earlier scores keep the set they were made with."
    )
    acting.show()
    sets = weight_sets(actor)
    if sets:
        table.draw(
            "Weight sets",
            ("Name", "Version", "State", "Source", "Brought in by", "Approved"),
            [
                (
                    s["name"], s["version"], dict(STATUSES)[s["status"]], s["source"], s["brought_by"] or "",
                    f"{s['approved_by']}, {in_words(s['approved_on'])}" if s["approved_on"] else "",
                )
                for s in sets
            ],
            is_wide=True,
        )  # fmt: skip
    else:
        st.text("No weight set has been brought in. The illustrative set is in use.")
    for one in sets:
        if lead_on := LEADS_ON.get(one["status"]):
            link(
                f"{lead_on} {one['name']}, version {one['version']}",
                "weight-preview",
                weights=one["weight_set_id"],
            )
    st.header("Bring in a weight set", anchor=False)
    st.text_input("Name", key="weights_name")
    st.text_input("Version", key="weights_version")
    st.text_input("Source: who decided these weights, and where it is written", key="weights_source")
    csv_file.choose("CSV file with the columns code, answer, points", "weights_file")
    acting.offer(
        "Bring in",
        _bring_in,
        "Brought in. A second person must approve it before it is used.",
        look="primary",
    )


def _bring_in(actor: Actor) -> None:
    about = {what: chosen(f"weights_{what}").strip() for what in ("name", "version", "source")}
    try:
        bring_in(actor, csv_file.text_of("weights_file"), **about, names_nobody=acting.names_nobody())
    except WeightSetRefused as refused:
        raise Problems(*refused.problems) from None


PAGE = Page("Tracker weights", "weights", frozenset(MAY), body)
