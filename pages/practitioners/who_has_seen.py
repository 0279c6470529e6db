"""Who has seen one child's record, for the coordinators and managers who answer for it."""

from __future__ import annotations

import streamlit as st

from data.trail.audit_entries import Seen, who_has_seen
from forms.codes import AGENCIES
from pages.parts import child_heading, table, turning
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.words import at_time


def body() -> None:
    child_id = st.query_params.get("child", "")
    actor = current_actor()
    number = turning.page("who_has_seen", child_id)
    found = who_has_seen(actor, child_id, number)
    st.html(table.STYLE)
    child_heading.draw(actor, child_id)
    st.title("Who has seen this record", anchor=False)
    if found.rows:
        table.draw(
            "Each person once for each day and each kind of view, latest first",
            ("Who", "When", "What", "Times", "Role and agency"),
            [(seen.name, _when(seen), seen.what, seen.times, _whose(seen)) for seen in found.rows],
            is_wide=True,
        )
    turning.draw("who_has_seen", number, found.more)
    link("Back to the child's page", "child", child=child_id)


def _whose(seen: Seen) -> str:
    return " · ".join(filter(None, (seen.role, dict(AGENCIES).get(seen.agency or ""))))


def _when(seen: Seen) -> str:
    last = at_time(seen.last)
    return last if seen.first == seen.last else f"{at_time(seen.first).split()[0]} to {last}"


PAGE = Page(
    "Who has seen this record",
    "who-has-seen",
    frozenset({"coordinator", "manager"}),
    body,
    in_menu=False,
    wide=True,
)
