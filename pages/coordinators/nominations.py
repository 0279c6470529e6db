"""The area's nominations to MARTHR (multi-agency response to threat, harm, risk), and what each waits for."""

from __future__ import annotations

import streamlit as st

from data.concern import nominations
from data.database.engine import Row
from data.ways.ways_beside import NOMINATION_WAY
from forms.codes import AGENCIES
from forms.kinds.date import in_words
from forms.marthr import IN_FULL, RESPONSES
from pages.parts import table, turning
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.table import Link, Tag
from pages.practitioners.concerns import NAMES
from pages.practitioners.nomination import COLOURS

ANY = "Any state"
STATES = {state.key: state.words for state in NOMINATION_WAY.states}


def body() -> None:
    st.title("Nominations to MARTHR", anchor=False)
    st.text(f"To the {IN_FULL}. One is begun from the record of a person, group, place or issue.")
    chosen = st.selectbox(
        "State", [ANY, *STATES], format_func=lambda key: STATES.get(key, ANY), key="nomination_state"
    )
    wanted = chosen if chosen in STATES else None
    number = turning.page("nominations", wanted)
    found = nominations.nominations(current_actor(), wanted, number)
    if found.rows:
        table.draw(
            "Nominations, latest first",
            ("Nominated", "What it is", "On", "By", "Children linked", "State", "Response"),
            [_cells(row) for row in found.rows],
            is_wide=True,
        )
    else:
        st.text("No nomination is in this state.")
    turning.draw("nominations", number, found.more)
    link("People and places of concern", "concerns")


def _cells(row: Row) -> tuple[table.Cell, ...]:
    return (
        Link(row["name"], "nomination", {"nomination": row["nomination_id"]}),
        NAMES[row["kind"]],
        in_words(row["nominated_on"]),
        dict(AGENCIES)[row["nominated_agency"]],
        row["children"],
        Tag(STATES[row["state"]], COLOURS[row["state"]]),
        dict(RESPONSES).get(row["response"] or "", ""),
    )


PAGE = Page(
    "MARTHR nominations",
    "nominations",
    frozenset({"coordinator", "manager"}),
    body,
    in_menu=False,
    wide=True,
)
