"""Linking a child, or another record, to a person, group, place or issue of concern."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.actor import Actor
from data.child import child_search
from data.child_line import line
from data.concern import concern_links, concerns
from data.concern.concern_line import concern_line
from data.refusal import Problems
from forms.concern import CONCERN_LINK
from forms.question import Typed
from pages.parts import acting, child_heading, short_form
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.words import paragraphs
from pages.practitioners.concerns import NAMES

CHILD, RECORD = "A child", "Another person, group, place or issue"


def body() -> None:
    actor = current_actor()
    if child_id := st.query_params.get("child"):
        child_heading.draw(actor, child_id)
        st.title("Link a person or place of concern", anchor=False)
        acting.show()
        st.text("Search among the records you can open. If it is not here, add it first.")
        link("Add a record", "concern-edit")
        _choose(
            RECORD,
            child_id,
            lambda actor, chosen, typed: concern_links.link_child(actor, chosen, child_id, typed),
        )
        link("Back to the child", "child", child=child_id)
        return
    record = concerns.read_concern(actor, st.query_params.get("concern", ""))
    concern_id = record["concern_id"]
    st.title(paragraphs(f"Link to {record['name']}"), anchor=False)
    acting.show()
    to = st.radio("What do you link?", (CHILD, RECORD), index=None, key=f"link_to_{concern_id}")
    if to:
        add = concern_links.link_child if to == CHILD else concern_links.link_other
        _choose(to, concern_id, lambda actor, chosen, typed: add(actor, concern_id, chosen, typed))
    link("Back to the record", "concern", concern=concern_id)


def _choose(to: str, start: str, add: Callable[[Actor, str, dict[str, Typed]], str]) -> None:
    """Search for the other end, choose it, and say what the link is."""
    words = st.text_input("Search by name", key=f"link_words_{start}", autocomplete="off")
    offered = _found(current_actor(), to, words, start) if words.strip() else {}
    if words.strip() and not offered:
        st.text("Nothing you can open matches. Check the spelling.")
    chosen = st.selectbox(
        "Choose from what was found",
        list(offered),
        index=None,
        format_func=lambda key: offered.get(key, ""),
        placeholder="Search first, then choose",
        key=f"link_chosen_{start}",
    )

    def save(actor: Actor, typed: dict[str, Typed]) -> None:
        if not chosen:
            raise Problems("Choose whom or what you link")
        add(actor, chosen, typed)

    # From a child the way leads to the record that was linked, which shows what else it is linked to.
    leads_to = chosen if "child" in st.query_params else start
    short_form.draw(
        CONCERN_LINK,
        f"concern_link_{start}",
        save,
        leads_to=lambda _: ("concern", {"concern": leads_to or ""}),
    )


def _found(actor: Actor, to: str, words: str, concern_id: str) -> dict[str, str]:
    if to == CHILD:
        return {child["child_id"]: line(child) for child in child_search.search(actor, words).children}
    return {
        row["concern_id"]: f"{concern_line(row)} ({NAMES[row['kind']].lower()})"
        for row in concerns.search_concerns(actor, words).rows
        if row["concern_id"] != concern_id
    }


PAGE = Page(
    "Link to a person or place of concern",
    "concern-link",
    frozenset({"practitioner", "coordinator"}),
    body,
    in_menu=False,
)
