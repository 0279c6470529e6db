"""Ash, whom an administrator let in by the sign-in service, coming from there; in whatever way a test tells the service."""

from __future__ import annotations

from typing import Any

import pytest

from data.actor import Actor
from data.database.store import Store
from data.sign_in import by_service, sessions
from data.sign_in.by_service import NotSignedIn
from tests.factories import an_account
from tests.sign_in.a_sign_in_service import SignInService

BROWSER = "the cookie of their browser"


def ash(store: Store, **given: Any) -> Actor:
    return an_account(store, **{"username": "ash", "identity_email": "ash@example.org", **given})


def bound(store: Store, service: SignInService, **given: Any) -> Actor:
    return ash(store, **{"identity_subject": "ash-1", "identity_issuer": service.issuer, **given})


def come(store: Store, service: SignInService, person: str = "ash-1", browser: str = BROWSER) -> str:
    """A ticket for who has gone to the service and come back."""
    brought = service.agree(by_service.begin(store, browser, "/"), person)
    return by_service.finish(store, browser, **brought).ticket


def signed_in(store: Store, service: SignInService) -> str:
    assert sessions.redeem(store, come(store, service), "cookie")
    return "cookie"


def refused(store: Store, service: SignInService, which: str, **come_as: str) -> str:
    """Nobody is signed in and one sentence is said; gives what only the audit trail says."""
    with pytest.raises(NotSignedIn) as told:
        come(store, service, **come_as)
    assert told.value.which == which
    with store.reading() as connection:
        assert connection.value("SELECT count(*) FROM ticket") == 0
    return last(store, "sign-in refused")


def last(store: Store, action: str) -> str:
    with store.reading() as connection:
        return str(
            connection.value("SELECT detail FROM audit WHERE action = $1 ORDER BY seq DESC LIMIT 1", [action])
        )


def row(store: Store, actor: Actor) -> dict[str, Any]:
    with store.reading() as connection:
        found = connection.row("SELECT * FROM account WHERE account_id = $1", [actor.account_id])
    assert found
    return found
