"""A page drawn without a browser, for somebody who has signed in: AppTest has no cookies, so one function is replaced."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.actor import Actor
from data.database.records import ACCOUNT
from data.database.store import Store
from data.sign_in import sessions
from pages.parts import browser

TOKEN = "the cookie of "


def sign_in(monkeypatch: pytest.MonkeyPatch, store: Store, actor: Actor) -> None:
    """From here on the pages see this account behind the browser."""
    token = TOKEN + actor.account_id
    with actor.reading() as work:
        account = work.current(ACCOUNT, actor.account_id)
    assert account is not None
    ticket = sessions.sign_in(store, account["username"], "any", lambda _password, _hash: True)
    assert sessions.redeem(store, ticket, token + ticket)
    monkeypatch.setattr(browser, "browser_token", lambda: token + ticket)
    monkeypatch.setattr(browser, "store", lambda: store)


def draw(page: str, **about: str) -> AppTest:
    """The page whose module is `page`, at an address with these ids."""
    at = AppTest.from_string(f"from pages.everyone import {page}\n{page}.body()", default_timeout=30)
    for name, value in about.items():
        at.query_params[name] = value
    return at.run()


def words(at: AppTest) -> str:
    """Everything on the page that is plain HTML or text."""
    return "\n".join([*(html.proto.body for html in at.get("html")), *(text.value for text in at.text)])


ROOT = Path(__file__).parents[2]
