"""The area's meetings, and planning the next one."""

from __future__ import annotations

import streamlit as st

from data.database.engine import Row
from data.meeting import meeting_keeping
from data.ways.pathway import MEETING_WAY, MINUTES_WAY
from forms.kinds.date import in_words
from forms.meeting import MEETING
from pages.parts import acting, lists, short_form
from pages.parts.browser import current_actor
from pages.parts.lists import Entry
from pages.parts.navigation import Page

COLOURS = {"planned": "grey", "papers_out": "blue", "held": "amber", "agreed": "green", "cancelled": "grey"}


def body() -> None:
    actor = current_actor()
    with actor.reading() as work:
        role = work.account.role
    st.title("Meetings", anchor=False)
    acting.show()
    lists.draw(
        [
            Entry(
                in_words(row["meets_on"]), "meeting", {"meeting": row["meeting_id"]},
                (row["starts_at"] or "", row["place"], "1 child" if row["children"] == 1 else f"{row['children']} children"),
                *_state(row),
            )
            for row in meeting_keeping.meetings(actor)
        ],
        "No meeting yet. Plan one: the tool then proposes the children for its agenda.",
    )  # fmt: skip
    if role == "coordinator":
        _plan()


def _state(row: Row) -> tuple[str, str]:
    """In words and colour; of a meeting whose minutes are agreed, how far their signing is."""
    if row["minutes_state"] in ("agreed", "correcting"):
        return f"Minutes: {MINUTES_WAY.state(row['minutes_state']).words.lower()}", "amber"
    if row["minutes_state"] == "signed":
        return "Minutes signed and locked", "green"
    return MEETING_WAY.state(row["state"]).words, COLOURS[row["state"]]


def _plan() -> None:
    st.header("Plan a meeting", anchor=False)
    short_form.draw(
        MEETING,
        "plan_meeting",
        meeting_keeping.plan,
        "",
        leads_to=lambda planned: ("meeting", {"meeting": planned}),
    )


PAGE = Page("Meetings", "meetings", frozenset({"coordinator", "manager"}), body)
