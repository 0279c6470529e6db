"""Accounts that got power in the manager's area without a second administrator: to be looked at by the manager."""

from __future__ import annotations

from functools import partial

import streamlit as st

from data.accounts import ROLES
from data.actor import Actor
from data.database.engine import Row
from data.sign_in.confirmation import WHY, accounts_told, say_seen
from pages.administrators.accounts import where
from pages.parts import acting, lists
from pages.parts.browser import current_actor
from pages.parts.navigation import Page
from pages.parts.words import at_time, paragraphs


def body() -> None:
    st.title("Accounts to look at", anchor=False)
    acting.show()
    st.text(
        "These were made or changed by the only administrator there is. If one is not right, say so to the "
        "administrator, or to whoever runs the tool."
    )
    found = accounts_told(current_actor())
    if not found:
        st.text("No account waits to be looked at.")
    for row in found:
        _account(row)


def _account(row: Row) -> None:
    st.header(paragraphs(row["name"] or ""), anchor=False)
    lists.facts(
        [
            ("Role", ROLES[row["role"]]),
            ("Where", where(row)),
            ("What happened", WHY.get(row["confirmation_why"] or "", "")),
            ("By", row["by"] or ""),
            ("When", at_time(row["recorded_at"])),
        ]
    )
    acting.offer(
        "I have looked at it",
        partial(_seen, row["account_id"]),
        "Kept: you have looked at it.",
        key=f"seen {row['account_id']}",
    )


def _seen(account_id: str, actor: Actor) -> None:
    say_seen(actor, account_id)


PAGE = Page("Accounts to look at", "new-accounts", frozenset({"manager"}), body, in_menu=False)
