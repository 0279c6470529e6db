"""Find a child, before anything is begun; add one only when the child is not here."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.answers.drafts import start_draft
from data.child.children import STATES, Found, search
from data.child_line import age, line
from forms.child import CHILD
from forms.places import area_name
from forms.question import Typed
from pages.parts import acting, lists
from pages.parts.browser import current_actor
from pages.parts.controls import start
from pages.parts.lists import Entry
from pages.parts.navigation import Page, go, link
from pages.parts.words import paragraphs


def body() -> None:
    actor = current_actor()
    with actor.reading() as work:
        adds = work.account.role in ("practitioner", "coordinator")
    st.title("Find a child", anchor=False)
    acting.show()
    st.text(
        "Type a name or a number, or leave it empty to list your children. LCS is the local authority's children's "
        "system (Liquidlogic)."
    )
    words = st.text_input(
        "Name, other name, NHS number or local (LCS) number",
        start("child_search", st.session_state.get("child_search_kept", "")),
        key="child_search",
        autocomplete="off",
    )
    number = (
        int(st.session_state.get("child_search_page", 0))
        if words == st.session_state.get("child_searched")
        else 0
    )
    st.session_state.child_searched, st.session_state.child_search_page = words, number
    st.session_state.child_search_kept = words  # what a control holds is gone with its page
    found = search(actor, words, number)
    st.header("Children found" if words else "Your children", anchor=False)
    show_found(found, "No child you can open matches. Check the spelling, or add the child.")
    with st.container(horizontal=True):
        if number:
            st.button("Earlier in the list", on_click=_turn, args=(-1,))
        if found.more:
            st.button("Later in the list", on_click=_turn, args=(1,))
    st.text("A child's safety cannot wait for the coordinator?")
    link("Open a record in an emergency", "emergency")
    if adds:
        st.header("The child is not here", anchor=False)
        st.text("Search first. You are asked to check likely matches before a new record is made.")
        if st.button("Add a child", type="primary"):
            go("form", draft=start_draft(actor, CHILD, known=_name_in(words)))


def _name_in(words: str) -> dict[str, Typed]:
    """What was searched for, where it can be a name."""
    name = words.strip()
    return {"name": name} if name and not any(sign.isdigit() for sign in name) else {}


def show_found(found: Found, empty: str) -> None:
    """Children that may be opened, and whom to ask about the others."""
    today = clock.today()
    lists.draw(
        [
            Entry(
                line(child), "child", {"child": child["child_id"]},
                (
                    f"age {age(child['date_of_birth'], child['date_of_birth_is_estimate'], today)}",
                    "found by a former name or number" if child["by_former_name"] else "",
                ),
                STATES[child["state"]], "blue" if child["state"] == "oversight" else "grey",
            )
            for child in found.children
        ],
        "" if found.ask else empty,
    )  # fmt: skip
    for area in found.ask:
        st.warning(
            paragraphs(
                f"A matching child is known in {area_name(area)}. You cannot open the record. "
                f"Ask the coordinator of {area_name(area)}."
            )
        )
    if found.not_answered:
        st.warning(paragraphs(found.not_answered))


def _turn(by: int) -> None:
    st.session_state.child_search_page = max(0, int(st.session_state.get("child_search_page", 0)) + by)


PAGE = Page("Find a child", "children", frozenset({"practitioner", "coordinator", "manager"}), body)
