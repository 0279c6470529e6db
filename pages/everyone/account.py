"""Your account: what the tool knows of the person who is signed in, their password, and signing out everywhere."""

import streamlit as st

from data.accounts import ROLES
from data.sign_in import configured
from pages.parts import browser, password_form, signed_in
from pages.parts.navigation import Page


def body() -> None:
    account = browser.current_account()
    if account is None:
        return
    st.title("Your account", anchor=False)
    st.text("\n".join(("User name: " + account.username, *signed_in.who(account))))
    if account.has_password and configured.passwords_open():
        st.header("Change your password", anchor=False)
        password_form.draw()
    st.header("Sign out everywhere", anchor=False)
    st.text("Ends your sign-in on every computer and phone, this one too.")
    st.button("Sign out everywhere", on_click=signed_in.sign_out, kwargs={"everywhere": True})


PAGE = Page("Your account", "account", frozenset(ROLES) - {"operator"}, body)
