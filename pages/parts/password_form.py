"""Changing one's password. It ends every sign-in of the account; the ticket that comes back opens the next one here."""

import streamlit as st
from streamlit_authenticator import Hasher

from data.sign_in import passwords, sessions
from pages.parts import browser

OLD, NEW, AGAIN, PROBLEM = "old_password", "new_password", "new_password_again", "problem_with_password"


def draw() -> None:
    st.text(
        f"A password has {passwords.SHORTEST} characters or more, and is not a common one. Three random words work well."
    )
    browser.show_problem(PROBLEM)
    with st.form("change_password", border=False):
        st.text_input(
            "Password you signed in with", key=OLD, type="password", autocomplete="current-password"
        )
        st.text_input(
            "New password",
            key=NEW,
            type="password",
            autocomplete="new-password",
        )
        st.text_input("New password again", key=AGAIN, type="password", autocomplete="new-password")
        st.form_submit_button("Save new password", type="primary", on_click=_change)


def _change() -> None:
    """A callback, because only before the page is drawn can the passwords be taken out of the session."""
    old, new, again = (st.session_state[field] for field in (OLD, NEW, AGAIN))
    st.session_state.update({OLD: "", NEW: "", AGAIN: ""})
    if new != again:
        st.session_state[PROBLEM] = "Enter the same new password twice."
        return
    try:
        ticket = sessions.change_password(
            browser.store(), browser.browser_token(), old, new, Hasher.check_pw, browser.where_from()
        )
    except sessions.PasswordRefused as refused:
        st.session_state[PROBLEM] = str(refused)
    else:
        browser.keep_ticket(ticket)
