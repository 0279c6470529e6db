"""One account as it stands; suspending, ending sign-ins, unlocking, a new first password."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from data.accounts import ROLES, WAITING
from data.actor import Actor
from data.database.engine import Row
from data.refusal import Problems
from data.sign_in import account_keeping, configured
from data.sign_in.account_keeping import Kept
from data.sign_in.confirmation import confirm
from forms.account import VETTING
from pages.administrators.accounts import where
from pages.administrators.invite import show_once
from pages.parts import acting, form_look, lists
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.words import at_time, paragraphs


def body() -> None:
    form_look.set_up()
    account_id = st.query_params.get("account", "")
    try:
        kept = account_keeping.read_account(current_actor(), account_id)
    except Problems as problem:
        st.title("Account", anchor=False)
        st.error(paragraphs(str(problem)))
        link("Back to the accounts", "accounts")
        return
    st.title(paragraphs(kept.record["name"] or kept.record["username"]), anchor=False)
    acting.show()
    given = st.session_state.pop("first_password", None)
    if given:
        show_once(given)
    _stands(kept)
    _acts(account_id, kept)
    link("Change the account", "account-change", account=account_id)
    link("What this account did, in the audit trail", "audit", account=account_id)
    link("Back to the accounts", "accounts")


def _stands(kept: Kept) -> None:
    record = kept.record
    lists.facts(
        [
            ("User name", record["username"]),
            ("Role", ROLES[record["role"]]),
            ("Where", where(record)),
            ("Vetting level", dict(VETTING)[record["vetting"] or "none"]),
            ("Job title", record["job_title"] or "Not recorded"),
            ("Work email address", record["email"] or "Not recorded"),
            ("Work telephone number", record["telephone"] or "Not recorded"),
            ("State", _state(record)),
            ("Locked", "Yes, after wrong passwords" if kept.is_locked else "No"),
            ("Signed in now", f"{kept.sessions} times" if kept.sessions != 1 else "Once"),
            ("Last sign-in", at_time(kept.last_signed_in) if kept.last_signed_in else "Never"),
            ("Password", _password(record)),
            *(
                [("Sign-in service", record["identity_email"] or record["identity_subject"] or "Not used")]
                if configured.the_service()
                else []
            ),
        ]
    )


def _state(record: Row) -> str:
    if record["is_suspended"]:
        return "Suspended: cannot sign in"
    if record["confirmation"] == WAITING:
        return "Waits for a second administrator: cannot sign in yet"
    return "Can sign in"


def _password(record: Row) -> str:
    if not record["has_password"]:
        return "None"
    return "First password, not changed yet" if record["must_change_password"] else "Their own"


def _acts(account_id: str, kept: Kept) -> None:
    st.header("What you can do", anchor=False)
    with st.container(horizontal=True):
        if kept.record["confirmation"] == WAITING:
            _button("Confirm the account", confirm, account_id, "Confirmed. They can sign in.")
        if kept.is_locked:
            _button("Unlock", account_keeping.unlock, account_id, "Unlocked. They can try again now.")
        if kept.sessions:
            _button("End their sign-ins", account_keeping.end_sessions, account_id, "Signed out everywhere.")
        if configured.passwords_open():
            st.button("Give a new first password", on_click=_give_password, args=(account_id,))
        if kept.record["is_suspended"]:
            _button("Bring back", account_keeping.bring_back, account_id, "Brought back.")
        else:
            _button(
                "Suspend",
                account_keeping.suspend,
                account_id,
                "Suspended. They are signed out and cannot sign in.",
            )
    if configured.passwords_open():
        st.text(
            "A new first password ends their sign-ins, and the old password opens nothing any more. It works for a day."
        )


def _button(words: str, do: Callable[[Actor, str], None], account_id: str, said: str) -> None:
    st.button(words, on_click=_act, args=(do, account_id, said))


def _act(do: Callable[[Actor, str], None], account_id: str, said: str) -> None:
    acting.act(partial(do, current_actor(), account_id), said)


def _give_password(account_id: str) -> None:
    st.session_state.first_password = account_keeping.give_first_password(current_actor(), account_id)


PAGE = Page("Account", "account-details", frozenset({"administrator"}), body, in_menu=False)
