"""Changing an account's name, role, area, agency, partnership, vetting level and contact details."""

from __future__ import annotations

from functools import partial

import streamlit as st

from data.actor import Actor
from data.database.engine import Row
from data.refusal import Problems
from data.sign_in import account_keeping
from forms.question import Typed
from pages.parts import account_form, acting, short_form
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.words import paragraphs


def body() -> None:
    st.title("Change the account", anchor=False)
    account_id = st.query_params.get("account", "")
    try:
        record = account_keeping.read_account(current_actor(), account_id).record
    except Problems as problem:
        st.error(paragraphs(str(problem)))
        link("Back to the accounts", "accounts")
        return
    acting.show()
    st.text("Another role, area or agency signs them out. Contact details do not.")
    form, place = account_form.asked("Save account"), f"account {account_id}"
    record = short_form.held(form, place, {**record, "vetting": record["vetting"] or "none"})
    short_form.draw(
        form,
        place,
        partial(_save, record),
        said="",
        standing=record,
        leads_to=lambda _: ("account-details", {"account": account_id}),
    )
    link("Back without saving", "account-details", account=account_id)


def _save(seen: Row, actor: Actor, typed: dict[str, Typed]) -> None:
    """What is not asked here stays as it is."""
    whole = {**account_keeping.typed_of(seen), **typed}
    changed = account_keeping.change(actor, seen["account_id"], whole, seen["revision"])
    st.session_state.acted = "Saved." if changed else "Nothing was different, so nothing was saved."


PAGE = Page("Change the account", "account-change", frozenset({"administrator"}), body, in_menu=False)
