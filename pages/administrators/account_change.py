"""Changing an account's name, role, area, agency, partnership, vetting level and contact details."""

from __future__ import annotations

import streamlit as st

from data.database.engine import Clash
from data.refusal import NotFilledIn, Problems
from data.sign_in import account_keeping
from pages.parts import account_form, acting, form_look
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, go, link
from pages.parts.words import paragraphs


def body() -> None:
    form_look.set_up()
    st.title("Change the account", anchor=False)
    account_id = st.query_params.get("account", "")
    try:
        record = account_keeping.read_account(current_actor(), account_id).record
    except Problems as problem:
        st.error(paragraphs(str(problem)))
        link("Back to the accounts", "accounts")
        return
    if st.session_state.pop("account_saved", False):
        go("account-details", account=account_id)
    acting.show()
    st.text("Another role, area or agency signs them out. Contact details do not.")
    typed = account_form.draw(
        account_id,
        {**account_keeping.typed_of(record), "revision": record["revision"]},
    )
    st.button("Save account", type="primary", on_click=_save, args=(account_id, typed))
    st.button("Start again from what is saved", on_click=account_form.forget, args=(account_id,))
    link("Back without saving", "account-details", account=account_id)


def _save(account_id: str, typed: account_form.Typed) -> None:
    """A callback, because a click must not be lost to the run that keeps the last typed word."""
    acting.forget()
    try:
        changed = account_keeping.change(
            current_actor(), account_id, account_form.now(account_id, typed), typed["revision"]
        )
    except NotFilledIn as refused:
        acting.say_wrong_at(account_id, refused.problems)
    except Clash:
        st.session_state.acted_wrong = [
            acting.CLASHED + " What you typed is still here; start again to see theirs."
        ]
    else:
        account_form.forget(account_id)
        st.session_state.acted = "Saved." if changed else "Nothing was different, so nothing was saved."
        st.session_state.account_saved = True


PAGE = Page("Change the account", "account-change", frozenset({"administrator"}), body, in_menu=False)
