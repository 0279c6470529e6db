"""The line that says who is signed in, with the way out."""

from collections.abc import Iterator

import streamlit as st

from data.accounts import ROLES, Account
from data.sign_in import by_service, sessions
from forms.codes import AGENCIES
from forms.places import AREAS
from pages.parts import browser, staying


def show(account: Account) -> None:
    with st.container(
        horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="signed_in"
    ):
        st.text("Signed in as " + " · ".join(who(account)), width="content")
        st.button("Sign out", on_click=sign_out, type="tertiary")
    staying.warn_before_the_end()


def who(account: Account) -> Iterator[str]:
    yield account.name
    yield ROLES[account.role]
    if account.agency:
        yield dict(AGENCIES)[account.agency]
    yield dict(AREAS)[account.area] if account.area else account.partnership.name


def sign_out(everywhere: bool = False) -> None:
    account = browser.current_account()
    sessions.sign_out(browser.store(), browser.browser_token(), everywhere)
    browser.leave(the_service_too=account is not None and by_service.is_left_too(account))
