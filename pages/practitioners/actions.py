"""Actions, a page at a time: one's own and one's agency's; for coordinator and manager all of their area."""

from __future__ import annotations

import streamlit as st

from data.after_meeting.action_list import STATES, Wanted, list_actions
from data.child_line import line
from data.database.engine import Row
from forms.codes import AGENCIES
from forms.kinds.date import in_words
from pages.parts import acting, table, turning
from pages.parts.browser import current_actor
from pages.parts.navigation import Page
from pages.parts.table import Cell, Late, Link, Tag

NAMES = dict(AGENCIES)
ENDED = {"completed": ("Completed", "green"), "not_achieved": ("Not achieved", "grey")}
ALL_AGENCIES = "All agencies"


def body() -> None:
    actor = current_actor()
    with actor.reading() as work:
        is_area = work.account.role in ("coordinator", "manager")
    st.title("Actions", anchor=False)
    acting.show()
    st.text(
        "Actions that the meeting set in your area."
        if is_area
        else "Actions given to you, and those of your agency about children you can open. "
        "Open one to say what became of it: you need not open the child's record."
    )
    wanted = _wanted(is_area)
    number = turning.page("actions", wanted)
    listed = list_actions(actor, wanted, number)
    st.header("Actions found", anchor=False)
    if listed.actions:
        table.draw(
            STATES[wanted.state],
            ("Action", "Child", "Agency", "Who", "By", "State"),
            [_line(row) for row in listed.actions],
            is_wide=True,
        )
    else:
        st.text("No action matches. Actions appear here when the meeting's decision is recorded.")
    turning.draw("actions", number, listed.more)


def _wanted(is_area: bool) -> Wanted:
    """Drawn beside each other; by agency and owner only for those who watch over more than their own."""
    with st.container(horizontal=True):
        state = st.selectbox(
            "Which actions",
            list(STATES),
            index=2,
            format_func=lambda key: STATES[key],
            key="actions_state",
            width=260,
        )
        agency = owner = None
        if is_area:
            agency = st.selectbox(
                "Agency",
                [ALL_AGENCIES, *NAMES],
                format_func=lambda key: NAMES.get(key, ALL_AGENCIES),
                key="actions_agency",
                width=260,
            )
            owner = st.text_input(
                "Whose (part of a name)", key="actions_owner", autocomplete="off", width=260
            )
        child = st.text_input("Child (part of a name)", key="actions_child", autocomplete="off", width=260)
    return Wanted(state or "ongoing", agency if agency in NAMES else None, owner or "", child or "")


def _line(row: Row) -> tuple[Cell, ...]:
    who = f"{row['owner'] or 'Nobody yet'} (you)" if row["is_mine"] else row["owner"] or "Nobody yet"
    return (
        Link(row["action"], "action", {"action": row["action_id"]}),
        line(row), NAMES.get(row["agency"] or "", row["agency"] or ""), who,
        in_words(row["due_on"]) if row["due_on"] else "No date", state_cell(row["state"], row["is_overdue"]),
    )  # fmt: skip


def state_cell(state: str, is_overdue: bool) -> Cell:
    if is_overdue:
        return Late("Overdue")
    return Tag(*ENDED[state]) if state in ENDED else Tag("Ongoing", "blue")


PAGE = Page(
    "Actions",
    "actions",
    frozenset({"practitioner", "meeting_member", "coordinator", "manager"}),
    body,
    wide=True,
)
