"""Adding a person, group, place or issue of concern, or changing one. Likely duplicates are shown before one is added."""

from __future__ import annotations

import streamlit as st

from data.actor import Actor
from data.clock import new_id
from data.concern import concerns
from data.concern.concern_line import concern_line
from data.concern.concern_matches import Duplicates
from data.concern.concerns import LikelyDuplicate
from forms.concern import CONCERN
from forms.places import area_name
from forms.question import Typed
from pages.parts import acting, lists, short_form
from pages.parts.browser import current_actor
from pages.parts.lists import Entry
from pages.parts.navigation import Page, link
from pages.parts.words import paragraphs
from pages.practitioners.concerns import NAMES

LIKELY, IS_ANOTHER = "likely duplicates", "is_another_concern"


def body() -> None:
    concern_id = st.query_params.get("concern")
    if concern_id:
        record = concerns.read_concern(current_actor(), concern_id)
        st.title(paragraphs(f"Change the record of {record['name']}"), anchor=False)
        acting.show()
        place = f"concern_{concern_id}"
        seen = short_form.held(CONCERN, place, record["revision"])
        short_form.draw(
            CONCERN,
            place,
            lambda actor, typed: concerns.change_concern(
                actor, concern_id, typed, seen, names_nobody=acting.names_nobody()
            ),
            standing=record,
            leads_to=lambda _: ("concern", {"concern": concern_id}),
        )
        link("Back without saving", "concern", concern=concern_id)
    else:
        st.title("Add a person, group, place or issue of concern", anchor=False)
        st.text(
            "Seen by your area's coordinators and managers, and by you. Write what is known and how, not rumour."
        )
        acting.show()
        new = short_form.held(CONCERN, "concern_new", new_id())
        short_form.draw(
            CONCERN,
            "concern_new",
            lambda actor, typed: _add(actor, new, typed),
            leads_to=lambda _: ("concern", {"concern": new}),
            before_the_button=lambda: _likely(new),
        )
        link("Back without saving", "concerns")


def _add(actor: Actor, record_id: str, typed: dict[str, Typed]) -> None:
    is_another = bool(st.session_state.get(IS_ANOTHER))
    try:
        concerns.add_concern(actor, record_id, typed, is_another, names_nobody=acting.names_nobody())
    except LikelyDuplicate as likely:
        st.session_state[LIKELY] = record_id, likely.found
        raise
    st.session_state.pop(LIKELY, None)


def _likely(record_id: str) -> None:
    found: Duplicates
    about, found = st.session_state.get(LIKELY, (None, Duplicates((), ())))
    if about != record_id:
        return  # said of a record that was left unsaved
    st.html('<h2 class="section-title">This may be here already</h2>')
    lists.draw(
        [
            Entry(concern_line(row), "concern", {"concern": row["concern_id"]}, (NAMES[row["kind"]],))
            for row in found.records
        ],
        "",
    )
    for area in found.ask:
        st.warning(
            paragraphs(
                f"A record that may be the same is held in {area_name(area)}. You cannot open it. "
                f"Ask the coordinator of {area_name(area)}."
            )
        )
    st.checkbox("I have looked: this is another one", key=IS_ANOTHER)


PAGE = Page(
    "Add or change a record of concern",
    "concern-edit",
    frozenset({"practitioner", "coordinator"}),
    body,
    in_menu=False,
)
