"""The partnership's targets: within how many days a referred child is assessed and first discussed."""

from __future__ import annotations

import streamlit as st

from data.refusal import Problems
from data.targets import TARGETS, keep, targets
from pages.parts.browser import current_actor
from pages.parts.navigation import Page
from pages.parts.words import paragraphs


def body() -> None:
    actor = current_actor()
    st.title("Targets", anchor=False)
    st.text("Days from referral, shown beside the cohort's waiting times. Left empty, none is shown.")
    standing = targets(actor)
    for what, words in TARGETS:
        days = standing[what]
        st.text_input(
            paragraphs(f"Days from referral {words} (optional)"),
            value="" if days is None else str(days),
            key=f"target_{what}",
            width=200,
        )
    if st.button("Save targets", type="primary"):
        try:
            for what, _ in TARGETS:
                keep(actor, what, str(st.session_state[f"target_{what}"]))
        except Problems as problem:
            st.error(paragraphs("There is a problem", str(problem)))
        else:
            st.success("Saved.")


PAGE = Page("Targets", "targets", frozenset({"administrator"}), body)
