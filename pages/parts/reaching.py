"""Who reaches a child and why, in words, and how a coordinator ends it: on a child's page."""

from __future__ import annotations

import streamlit as st

from data.access.reach import BY_ACTION, BY_INVITATION
from data.actor import Actor
from data.child.links import Reaches, end_access, who_reaches
from forms.kinds.date import in_words
from forms.registry import FORMS
from pages.parts import acting, free_text, lists
from pages.parts.acting import chosen
from pages.parts.words import at_time

WHY = {
    **{f"wrote {form.key}": f"Wrote: {form.title}" for form in FORMS},
    "asked to contribute": "Was asked to contribute",
    BY_ACTION: "Has an ongoing action",
    BY_INVITATION: "Is invited to a meeting, until its minutes are agreed",
}


def why(one: Reaches) -> str:
    return WHY.get(one.why, one.why)


def closed(one: Reaches) -> str:
    return f"Closed {in_words(one.closed_on)}" if one.closed_on else ""


def draw(actor: Actor, child_id: str) -> None:
    """For the coordinator."""
    reached = who_reaches(actor, child_id)
    st.text("Besides the coordinators and managers of the area. Access ends by itself when the work does.")
    lists.table(
        "Who can open this child's record",
        ("Who", "Why", "Since"),
        [(one.person, why(one), at_time(one.since)) for one in reached],
        "Nobody else can open this record.",
    )
    people = {one.account_id: one.person for one in reached}
    if not people:
        return
    with st.expander("End somebody's access"):
        st.text(
            "They can no longer open the child. Their ongoing actions are taken back, and wait for another person."
        )
        st.selectbox(
            "Whose access ends?", list(people), index=None, format_func=lambda key: people[key],
            placeholder="Choose a person", key="ends_for",
        )  # fmt: skip
        free_text.several_lines("Why does it end?", key="ends_why")
        acting.offer(
            "End access",
            lambda actor: end_access(actor, child_id, chosen("ends_for"), chosen("ends_why")),
            "Their access has ended.",
            key="end_access",
        )
