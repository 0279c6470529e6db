"""The area's referrals that nobody has decided yet."""

from __future__ import annotations

import streamlit as st

from data.child.referrals import waiting
from data.child_line import line
from data.ways.pathway import REFERRAL_WAY
from forms.kinds.date import in_words
from pages.parts import lists
from pages.parts.browser import current_actor
from pages.parts.lists import Entry
from pages.parts.navigation import Page


def body() -> None:
    actor = current_actor()
    with actor.reading() as work:
        area = work.account.area or ""
    number = int(st.session_state.get("referrals_page", 0))
    rows = waiting(actor, area, number)
    st.title("Referrals", anchor=False)
    st.text("Referrals of your area that are not decided yet. Open one to accept, return or decline it.")
    lists.draw(
        [
            Entry(
                line(row), "referral", {"referral": row["referral_id"]},
                (
                    f"Received {in_words(row['received_on'])}", row["referrer"] or "Imported",
                    "Repeat referral" if row["is_repeat"] else "",
                ),
                REFERRAL_WAY.state(row["state"]).words, "blue" if row["state"] == "submitted" else "grey",
            )
            for row in rows
        ],
        "No referral waits. Referrals appear here when a practitioner sends one.",
    )  # fmt: skip
    with st.container(horizontal=True):
        if number:
            st.button("Earlier in the list", on_click=_turn, args=(-1,))
        if len(rows) == 50:
            st.button("Later in the list", on_click=_turn, args=(1,))


def _turn(by: int) -> None:
    st.session_state.referrals_page = max(0, int(st.session_state.get("referrals_page", 0)) + by)


PAGE = Page("Referrals", "referrals", frozenset({"coordinator"}), body)
