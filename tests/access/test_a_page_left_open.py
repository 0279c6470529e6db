"""A page that is still open somewhere shows nothing more once its sign-in has ended or its role was taken away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from data.database.records import ACCOUNT
from data.database.store import Store
from data.sign_in import sessions
from pages.parts import browser
from tests.access.world import NAME
from tests.browser.tool import ROOT
from tests.factories import MADE, a_child, a_referral, an_account, the_operator

COOKIE = "the cookie of the coordinator"

ENDS: dict[str, Callable[[Store, str], object]] = {
    "signed out": lambda store, _: sessions.sign_out(store, COOKIE),
    "signed out everywhere": lambda store, _: sessions.sign_out(store, COOKIE, everywhere=True),
    "another role": lambda store, account_id: change(store, account_id, {"role": "meeting_member"}),
    "another area": lambda store, account_id: change(store, account_id, {"area": "wirral"}),
    "suspended": lambda store, account_id: change(store, account_id, {"is_suspended": True}),
}


def change(store: Store, account_id: str, changes: dict[str, object]) -> None:
    with the_operator(store).writing() as work:
        work.save(ACCOUNT, {"account_id": account_id, **changes}, MADE)


@pytest.mark.parametrize("end", list(ENDS))
def test_the_next_click_shows_the_sign_in_page_and_nothing_of_a_child(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store, end: str
) -> None:
    who = an_account(duckdb_store, "coordinator", username="kim", password_hash="right")
    ticket = sessions.sign_in(duckdb_store, "kim", "right", str.__eq__)
    assert sessions.redeem(duckdb_store, ticket, COOKIE)
    a_referral(duckdb_store, a_child(duckdb_store, name=f"{NAME} Made-Up"), state="submitted")
    monkeypatch.setattr(browser, "the_store", lambda: duckdb_store)
    monkeypatch.setattr(browser, "browser_token", lambda: COOKIE)
    monkeypatch.setattr(browser, "served_by_server", True)
    screen = AppTest.from_file(ROOT / "app.py").run(timeout=20)
    assert NAME in shown(screen)
    ENDS[end](duckdb_store, who.account_id)
    screen.run(timeout=20)
    assert screen.title[0].value == "Sign in"
    assert NAME not in shown(screen)


def shown(screen: AppTest) -> str:
    return " ".join(str(element.proto) for element in screen.main)
