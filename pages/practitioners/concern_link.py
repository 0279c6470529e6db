"""Linking a child, or another record, to a person, group, place or issue of concern."""

from __future__ import annotations

import streamlit as st

from data import child_search, concern_links, concerns
from data.actor import Actor
from data.refusal import Problems
from forms.concern import CONCERN_LINK
from forms.kinds.date import in_words
from forms.question import Typed
from pages.parts import record_form
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.record_form import Address
from pages.parts.words import paragraphs
from pages.practitioners.concerns import NAMES

CHILD, RECORD = "A child", "Another person, group, place or issue"


def body() -> None:
    actor = current_actor()
    record = concerns.read_concern(actor, st.query_params.get("concern", ""))
    concern_id = record["concern_id"]
    st.title(paragraphs(f"Link to {record['name']}"), anchor=False)
    to = st.radio("What do you link?", (CHILD, RECORD), index=None, key=f"link_to_{concern_id}")
    if to:
        words = st.text_input("Search by name", key=f"link_words_{concern_id}", autocomplete="off")
        offered = _found(actor, to, words, concern_id) if words.strip() else {}
        if words.strip() and not offered:
            st.text("Nothing you can open matches. Check the spelling.")
        chosen = st.selectbox(
            "Choose from what was found",
            list(offered),
            index=None,
            format_func=lambda key: offered.get(key, ""),
            placeholder="Search first, then choose",
            key=f"link_chosen_{concern_id}",
        )

        def save(typed: dict[str, Typed], _: str, __: int) -> Address:
            if not chosen:
                raise Problems("Choose whom or what you link")
            add = concern_links.link_child if to == CHILD else concern_links.link_other
            add(current_actor(), concern_id, chosen, typed)
            return "concern", {"concern": concern_id}

        record_form.draw(CONCERN_LINK, f"concern_link_{concern_id}", {}, None, save)
    link("Back to the record", "concern", concern=concern_id)


def _found(actor: Actor, to: str, words: str, concern_id: str) -> dict[str, str]:
    if to == CHILD:
        return {
            child["child_id"]: f"{child['name']}, born {in_words(child['date_of_birth'])}"
            for child in child_search.search(actor, words).children
        }
    return {
        row["concern_id"]: f"{row['name']} ({NAMES[row['kind']].lower()})"
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
