"""Signing in: user name and password, checked in data/, and the ticket exchanged for the cookie; or the way to the
organisation's sign-in service.

This page stands at every address until somebody is signed in, so the address they came for is kept.
"""

import streamlit as st
from streamlit_authenticator import Hasher

from data.sign_in import by_service, configured, sessions
from pages.parts import browser, kept_words
from pages.parts.words import paragraphs

NAME, PASSWORD, PROBLEM = "username", "password", "problem_with_sign_in"

GO_ON = "What you typed is kept. Sign in to go on where you were."
WHY = {
    "idle": f"You were signed out because nothing had happened here for {sessions.IDLE.total_seconds() / 60:g} minutes.",
    "longest time": f"You were signed out because your sign-in had lasted {sessions.LONGEST.total_seconds() / 3600:g} hours.",
    "account changed": "You were signed out because your account was changed: its role, area, agency or password.",
}
"""By the words of the audit. A person who signed out, or came for the first time, knows why they are here."""


def body() -> None:
    st.title("Sign in", anchor=False)
    if browser.is_leaving():
        st.text("You are signed out.")
        return
    if browser.is_exchanging_a_ticket():
        st.text("Signing you in …")
        return
    if browser.is_asking_the_service():
        st.text("Taking you to your organisation's sign-in page …")
        return
    _say_why()
    came_back = st.query_params.get(browser.SIGN_IN_PROBLEM)
    if came_back in by_service.SENTENCES:
        del st.query_params[browser.SIGN_IN_PROBLEM]
        st.session_state[PROBLEM] = by_service.SENTENCES[came_back]
    browser.show_problem(PROBLEM)
    service = configured.the_service()
    if service:
        words = paragraphs(f"Sign in with {service.name}")
        st.button(words, type="primary", on_click=browser.ask_the_service)
    if configured.passwords_open():
        if service:
            st.header("Or with a user name and password", anchor=False)
        _ask_for_a_password(is_first_choice=service is None)
    kept_words.show()


def _say_why() -> None:
    """Why one is here: signed out, and by what; or come to the tool."""
    why = sessions.why_ended(browser.store(), browser.browser_token())
    if not why or why.startswith("signed out"):
        st.text("Child exploitation: screening, referral, assessment and multi-agency meetings.")
    else:
        st.info(paragraphs(f"{WHY.get(why, 'Your sign-in has ended.')} {GO_ON}"))


def _ask_for_a_password(is_first_choice: bool) -> None:
    with st.form("sign_in", border=False):
        st.text_input("User name", key=NAME, autocomplete="username")
        st.text_input("Password", key=PASSWORD, type="password", autocomplete="current-password")
        st.form_submit_button("Sign in", type="primary" if is_first_choice else "secondary", on_click=_check)


def _check() -> None:
    """A callback, because only before the page is drawn can the password be taken out of the session."""
    username, password = st.session_state[NAME], st.session_state[PASSWORD]
    st.session_state[PASSWORD] = ""
    if not username.strip() or not password:
        st.session_state[PROBLEM] = "Enter your user name and your password."
        return
    try:
        ticket = sessions.sign_in(browser.store(), username, password, Hasher.check_pw, browser.where_from())
    except sessions.SignInRefused as refused:
        st.session_state[PROBLEM] = str(refused)
    else:
        browser.keep_ticket(ticket)
