"""Who is at this browser: the cookie, and the account behind it, read anew each time it is asked.

Nothing here is kept in the page's session: that outlives a sign-out, the account behind a cookie does not.
"""

import streamlit as st

from data.accounts import Account
from data.actor import Actor
from data.database.store import Store, the_store
from data.refusal import Refused
from data.sign_in import sessions
from data.sign_in.tries import Source
from pages.parts.component import component
from pages.parts.words import paragraphs

served_by_server = False
"""Set by server.py. Without it no browser has a cookie, so nobody could sign in."""
HOW_TO_START = (
    "The tool was started in the wrong way, so nobody can sign in. Stop it, and start it with: make run "
    "(or: streamlit run server.py)"
)

COOKIE = "mace_browser"
KNOWN_BROWSER = "mace_known_browser"
"""Stays when the browser is closed, and opens nothing: tries of a password from a browser that signed in before are counted
apart."""
SIGN_IN_PROBLEM = "sign_in"
"""In the address of who comes back from the sign-in service and is not signed in: which sentence to show."""


def store() -> Store:
    return the_store()


def browser_token() -> str:
    """The random word in this browser's cookie; "" when it sends none. Tests without a browser replace this."""
    return st.context.cookies.get(COOKIE, "")


def where_from() -> Source:
    """Where a try of a password comes from."""
    return Source(network_address(), st.context.cookies.get(KNOWN_BROWSER, ""))


def network_address() -> str:
    """Of whoever is at this browser, as the proxy in front says it; "" on this machine."""
    return st.context.ip_address or ""


def current_account() -> Account | None:
    return sessions.account_behind(store(), browser_token())


def current_actor() -> Actor:
    """Who asks, for data/. A callback runs before app.py has looked, so every page and callback asks for itself."""
    account = current_account()
    if account is None:
        raise Refused("You have been signed out. Sign in again.", "account used")
    return Actor(store(), account.account_id)


def keep_ticket(ticket: str) -> None:
    st.session_state.ticket = ticket


def is_exchanging_a_ticket() -> bool:
    """Have the browser exchange the ticket, if one was just made, for a new cookie and load the page again."""
    if "ticket" not in st.session_state:
        return False
    component("exchange_ticket")(key="exchange_ticket", data={"ticket": st.session_state.pop("ticket")})
    return True


def ask_the_service() -> None:
    st.session_state.is_asking_the_service = True


def is_asking_the_service() -> bool:
    """Have the browser go to the organisation's sign-in service, by way of the door."""
    if not st.session_state.pop("is_asking_the_service", False):
        return False
    component("ask_the_service")(key="ask_the_service")
    return True


def leave(the_service_too: bool) -> None:
    st.session_state.leaving_to = "/oidc/logout" if the_service_too else "/"


def is_leaving() -> bool:
    """After a sign-out: have the browser drop everything this page holds and load the home page, or go to the sign-in
    service to sign out there."""
    if "leaving_to" not in st.session_state:
        return False
    component("start_afresh")(key="start_afresh", data={"to": st.session_state.leaving_to})
    return True


def show_problem(key: str) -> None:
    """What a callback left to be said at the top of the page, said once."""
    if key in st.session_state:
        with st.container(key="there_is_a_problem"):
            st.error(f"**There is a problem**\n\n{paragraphs(st.session_state.pop(key))}")
