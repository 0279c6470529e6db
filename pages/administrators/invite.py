"""Inviting somebody: their account, and a first password that is shown once."""

from __future__ import annotations

import streamlit as st

from data.actor import Actor
from data.sign_in import account_keeping, configured
from data.sign_in.account_keeping import FirstPassword
from forms.question import Typed
from pages.parts import account_form, acting, form_look, short_form
from pages.parts.navigation import Page, link
from pages.parts.words import as_html


def body() -> None:
    form_look.set_up()
    st.title("Invite somebody", anchor=False)
    given = st.session_state.pop("first_password", None)
    if given:
        show_once(given)
        link("Back to the accounts", "accounts")
        return
    if configured.the_service():
        st.text(
            "Who signs in with your organisation's account needs no password. Anybody else is given a first password."
        )
    else:
        st.text(
            "They sign in with the user name and a first password within a day, and choose their own at once."
        )
    acting.show()
    short_form.draw(account_form.asked("Invite"), "new account", _invite, said="")


def _invite(actor: Actor, typed: dict[str, Typed]) -> None:
    st.session_state.first_password = account_keeping.invite(actor, typed)


def show_once(given: FirstPassword) -> None:
    """The password is in this drawing of the page and nowhere else."""
    st.html(
        '<div class="confirmed" role="status"><p>The account can be used now</p>'
        f"<p>User name: {as_html(given.username)}</p></div>"
    )
    if given.password is None:
        st.text("They sign in with your organisation's account. There is no password to hand over.")
        return
    st.html(
        f'<p>First password, shown this once: <code class="first-password">{as_html(given.password)}</code></p>'
    )
    st.text(
        "Give it to them by telephone or in person, never in the same message as the user name. "
        "They must choose another at their first sign-in."
    )


PAGE = Page("Invite somebody", "invite", frozenset({"administrator"}), body, in_menu=False)
