"""People, groups, places and issues of concern: the list, its search, and the way to add one."""

from __future__ import annotations

import streamlit as st

from data import settings
from data.concern.concern_line import concern_line
from data.concern.concerns import search_concerns
from data.database.engine import Row
from data.ways.ways_beside import CONCERN_WAY
from forms.concern import KINDS
from forms.marthr import IN_FULL
from pages.parts import table, turning
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, go, link
from pages.parts.table import Link, Tag

NAMES = dict(KINDS)
STATES = {state.key: state.words for state in CONCERN_WAY.states}
STATE_COLOURS = {"open": "blue", "closed": "grey"}
ANY_KIND, ANY_STATE = "People, groups, places and issues", "Open and closed"


def body() -> None:
    actor = current_actor()
    with actor.reading() as work:
        role, area = work.account.role, work.account.area
    st.title("People and places of concern", anchor=False)
    if role == "practitioner":
        st.text("Records that you wrote. Your area's coordinators and managers see all of the area's.")
    else:
        st.text("Records that your area holds. Besides you, only those who wrote a record see it.")
    words = st.text_input("Name, other name, address or postcode", key="concern_search", autocomplete="off")
    kind_column, state_column = st.columns(2)
    with kind_column:
        kind = st.selectbox(
            "What it is", [ANY_KIND, *NAMES], format_func=lambda key: NAMES.get(key, key), key="concern_kind"
        )
    with state_column:
        state = st.selectbox(
            "State", [ANY_STATE, *STATES], format_func=lambda key: STATES.get(key, key), key="concern_state"
        )
    wanted = (words, kind if kind in NAMES else None, state if state in STATES else None)
    number = turning.page("concerns", wanted)
    found = search_concerns(actor, *wanted, number)
    if found.rows:
        table.draw(
            "Records found",
            ("Name", "What it is", "Other names", "Children linked", "State", "Another area"),
            [_cells(row) for row in found.rows],
            is_caption_shown=False,
            is_wide=True,
        )
    else:
        st.text("No record matches. Check the spelling, or add one: likely duplicates are shown first.")
    turning.draw("concerns", number, found.more)
    if role in ("practitioner", "coordinator") and st.button("Add a record", type="primary"):
        go("concern-edit")
    if role in ("coordinator", "manager"):
        with st.container(horizontal=True):
            link("Disruption measures", "measures")
            if area and settings.in_force(actor, area)["marthr"]:
                link(f"Nominations to the {IN_FULL}", "nominations")


def _cells(row: Row) -> tuple[table.Cell, ...]:
    return (
        Link(concern_line(row), "concern", {"concern": row["concern_id"]}),
        NAMES[row["kind"]],
        row["aliases"] or "",
        row["children"],
        Tag(STATES[row["state"]], STATE_COLOURS[row["state"]]),
        "Holds one too" if row["is_known_elsewhere"] else "",
    )


PAGE = Page(
    "People and places", "concerns", frozenset({"practitioner", "coordinator", "manager"}), body, wide=True
)
