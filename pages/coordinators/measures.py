"""The area's measures of disruption: what is in force, what ends soon."""

from __future__ import annotations

import streamlit as st

from data.concern import disruption
from data.database.engine import Row
from forms.disruption import STATES
from forms.kinds.date import in_words
from pages.parts import table, turning
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.table import Late, Link, Tag
from pages.practitioners.measure import COLOURS, MEASURES_NAMED, STATE_WORDS

ANY = "Any state"


def body() -> None:
    st.title("Disruption measures", anchor=False)
    st.text(
        "What ends first comes first. A measure is logged from the record of the person, group, place or issue."
    )
    chosen = st.selectbox(
        "State", [ANY, *STATE_WORDS], format_func=lambda key: STATE_WORDS.get(key, ANY), key="measure_state"
    )
    wanted = chosen if chosen in STATE_WORDS else None
    number = turning.page("measures", wanted)
    found = disruption.measures(current_actor(), wanted, number)
    if found.counts:
        table.headline([(words, found.counts[key], "") for key, words in STATES if found.counts.get(key)])
    if found.rows:
        table.draw(
            "Disruption measures",
            ("Measure", "About", "State", "Began", "Ends", "Monitored at", "Breach"),
            [_cells(row) for row in found.rows],
            is_caption_shown=False,
            is_wide=True,
        )
    else:
        st.text("No measure is in this state.")
    turning.draw("measures", number, found.more)
    link("People and places of concern", "concerns")


def _cells(row: Row) -> tuple[table.Cell, ...]:
    return (
        Link(
            row["other_measure"] or MEASURES_NAMED[row["measure"]], "measure", {"measure": row["disruption_id"]},
            f"about {row['name']}",
        ),
        Link(row["name"], "concern", {"concern": row["concern_id"]}),
        Tag(STATE_WORDS[row["state"]], COLOURS[row["state"]]),
        in_words(row["began_on"]) if row["began_on"] else "",
        in_words(row["ends_on"]) if row["ends_on"] else "",
        row["monitored_at"] or "",
        Late("Breached") if row["is_breached"] else "",
    )  # fmt: skip


PAGE = Page(
    "Disruption measures", "measures", frozenset({"coordinator", "manager"}), body, in_menu=False, wide=True
)
