"""Who still reaches which child of the area, and why: what has been closed longest comes first."""

from __future__ import annotations

import streamlit as st

from data.child.links import who_reaches_whom
from pages.parts import reaching, table, turning
from pages.parts.browser import current_actor
from pages.parts.navigation import Page
from pages.parts.table import Link
from pages.parts.words import at_time


def body() -> None:
    st.title("Who can open which child", anchor=False)
    st.text(
        "Practitioners and meeting members, besides the area's coordinators and managers. Open a child to end somebody's access."
    )
    name = st.text_input("Person's name", key="access_name", autocomplete="off")
    number = turning.page("access", name)
    found, more = who_reaches_whom(current_actor(), name, number)
    if found:
        table.draw(
            "Children closed longest ago first",
            ("Child", "Who", "Why", "Since", "Episode"),
            [
                (
                    Link(one.child_name, "child", {"child": one.child_id}), one.person, reaching.why(one),
                    at_time(one.since), reaching.closed(one),
                )
                for one in found
            ],
            is_wide=True,
        )  # fmt: skip
    else:
        st.text("Nobody else can open a child of the area." if not name.strip() else "Nobody of that name.")
    turning.draw("access", number, more)


PAGE = Page("Who can open which child", "access", frozenset({"coordinator"}), body, wide=True)
