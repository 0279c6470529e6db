"""The audit says who signed in as whom, from which network address, and from where a sign-in was refused."""

from __future__ import annotations

import pytest

from data.database.store import Store
from data.sign_in import sessions
from data.sign_in.sessions import SignInRefused
from data.sign_in.tries import Source
from tests.factories import an_account


@pytest.mark.parametrize(
    ("network_address", "said"),
    [
        ("192.0.2.1", "from 192.0.2.1"),
        ("2001:db8::1", "from 2001:db8::1"),
        ("", None),
        ("<b>no address</b>", None),
    ],
)
def test_a_sign_in_says_from_which_network_address(
    store: Store, network_address: str, said: str | None
) -> None:
    person = an_account(store, username="sam")
    ticket = sessions.sign_in(store, "sam", "any", lambda _password, _hash: True)
    assert sessions.redeem(store, ticket, "cookie", address=network_address)
    assert details(store, "signed in") == [(person.account_id, said)]


def test_a_refused_sign_in_says_why_and_from_where(store: Store) -> None:
    person = an_account(store, username="sam")
    with pytest.raises(SignInRefused):
        sessions.sign_in(store, "sam", "wrong", lambda _password, _hash: False, Source("192.0.2.1"))
    assert details(store, "sign-in refused") == [(person.account_id, "wrong password, from 192.0.2.1")]


def details(store: Store, action: str) -> list[tuple[str, str | None]]:
    with store.reading() as connection:
        rows = connection.rows(
            "SELECT account_id, detail FROM audit WHERE action = $1 ORDER BY seq", [action]
        )
    return [(row["account_id"], row["detail"]) for row in rows]
