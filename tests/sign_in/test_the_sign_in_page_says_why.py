"""Whoever is at the sign-in page without having asked for it reads why, and finds what they had typed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from data import clock
from data.actor import Actor
from data.database.records import ACCOUNT
from data.database.store import Store
from data.sign_in import sessions
from pages.parts import browser
from tests.factories import MADE, an_account
from tests.screens.signed_in import words

PAGE = """
from pages.everyone import sign_in
from pages.parts import kept_words
kept_words.keep("question_one", "Reason", "Words that were typed")
sign_in.body()
"""


@pytest.fixture
def person(duckdb_store: Store, monkeypatch: pytest.MonkeyPatch) -> Actor:
    actor = an_account(duckdb_store, username="person", password_hash="right")
    ticket = sessions.sign_in(duckdb_store, "person", "right", str.__eq__)
    assert sessions.redeem(duckdb_store, ticket, "cookie")
    monkeypatch.setattr(browser, "store", lambda: duckdb_store)
    monkeypatch.setattr(browser, "browser_token", lambda: "cookie")
    return actor


def said() -> str:
    screen = AppTest.from_string(PAGE, default_timeout=30).run()
    assert not screen.exception
    return "\n".join([words(screen), *(info.value for info in screen.info)])


@pytest.mark.parametrize(
    ("passes", "why"),
    [
        (timedelta(minutes=31), "nothing had happened here for 30 minutes"),
        (timedelta(hours=10, minutes=1), "nothing had happened here for 30 minutes"),
    ],
)
def test_after_a_time_out(
    passes: timedelta, why: str, person: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = clock.now() + passes
    monkeypatch.setattr(clock, "now", lambda: later)
    assert sessions.account_behind(person.store, "cookie") is None
    assert why in said()
    assert "Words that were typed" in said()


def test_after_the_account_was_changed(person: Actor) -> None:
    with person.writing() as work:
        work.save(ACCOUNT, {"account_id": person.account_id, "role": "manager"}, MADE)
    assert sessions.account_behind(person.store, "cookie") is None
    assert "your account was changed: its role, area, agency or password" in said()


def test_who_signed_out_is_told_nothing(person: Actor) -> None:
    sessions.sign_out(person.store, "cookie")
    assert "signed out because" not in said()


def test_pages_go_on_for_the_same_person_only_and_never_after_they_signed_out(person: Actor) -> None:
    store = person.store
    other = an_account(store, username="other", password_hash="right")
    for username, cookie in (("person", "again"), ("other", "theirs")):
        assert sessions.redeem(store, sessions.sign_in(store, username, "right", str.__eq__), cookie)
    assert other.account_id != person.account_id
    assert sessions.are_of_one_person(store, "cookie", "again")
    assert not sessions.are_of_one_person(store, "cookie", "theirs")
    assert not sessions.are_of_one_person(store, "nobody's", "again")
    sessions.sign_out(store, "cookie")
    assert not sessions.are_of_one_person(store, "cookie", "again")
