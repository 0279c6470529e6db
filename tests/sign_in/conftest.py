"""A person whose password is tried, at a time that is told; and an organisation's sign-in service, running."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data import clock
from data.actor import Actor
from data.database.store import Store
from tests.factories import an_account
from tests.sign_in.a_sign_in_service import SignInService, a_sign_in_service
from tests.sign_in.told import PASSWORD, Clock


@pytest.fixture
def time_told(monkeypatch: pytest.MonkeyPatch) -> Clock:
    told = Clock()
    monkeypatch.setattr(clock, "now", told.now)
    return told


@pytest.fixture
def person(store: Store) -> Actor:
    """Sam, whose hash is the password itself: see `check`."""
    return an_account(store, username="Sam", password_hash=PASSWORD)


@pytest.fixture(scope="module")
def running_service() -> Iterator[SignInService]:
    with a_sign_in_service() as service:
        yield service


@pytest.fixture
def service(running_service: SignInService, monkeypatch: pytest.MonkeyPatch) -> SignInService:
    """Honest, and knowing Ash."""
    for name, value in running_service.settings("http://localhost:8501").items():
        monkeypatch.setenv(name, value)
    running_service.be_honest()
    running_service.people = {"ash-1": {"email": "Ash@example.org", "email_verified": True}}
    return running_service
