"""Who may use the tool: the list of accounts, searched by name, and the way to each and to a new one."""

from __future__ import annotations

import streamlit as st

from data.accounts import ROLES, WAITING
from data.database.engine import Row
from data.sign_in.account_keeping import accounts
from forms.codes import AGENCIES
from forms.places import PARTNERSHIPS, area_name
from pages.parts import lists, turning
from pages.parts.browser import current_actor
from pages.parts.lists import Entry
from pages.parts.navigation import Page, link


def body() -> None:
    st.title("Accounts", anchor=False)
    link("Invite somebody", "invite")
    words = st.text_input("Name, user name or email address", key="accounts_search", autocomplete="off")
    number = turning.page("accounts", words)
    found = accounts(current_actor(), words, number)
    st.header("Accounts found" if words.strip() else "All accounts", anchor=False)
    lists.draw([_entry(record) for record in found.accounts], "No account matches. Check the spelling.")
    turning.draw("accounts", number, found.more)


def _entry(record: Row) -> Entry:
    state, colour = "", "grey"
    if record["is_suspended"]:
        state, colour = "Suspended", "red"
    elif record["confirmation"] == WAITING:
        state, colour = "Waits for a second administrator", "amber"
    elif record["must_change_password"]:
        state = "First password not changed yet"
    return Entry(
        record["name"] or record["username"],
        "account-details",
        {"account": record["account_id"]},
        (record["username"], ROLES[record["role"]], where(record)),
        state,
        colour,
    )


def where(record: Row) -> str:
    if record["area"]:
        return " · ".join(
            filter(None, (dict(AGENCIES).get(record["agency"] or ""), area_name(record["area"])))
        )
    return next((p.name for p in PARTNERSHIPS if p.key == record["partnership"]), "")


PAGE = Page("Accounts", "accounts", frozenset({"administrator"}), body)
