from __future__ import annotations

import pytest
from streamlit_authenticator import Hasher

from data.database.store import open_store
from data.sign_in import passwords, sessions, tries
from tests.factories import an_account


def test_a_lock_outlives_the_process(address: str) -> None:
    store = open_store(address)
    an_account(store, username="sam", password_hash="right")
    for _ in range(tries.TRIES):
        with pytest.raises(sessions.SignInRefused):
            sessions.sign_in(store, "sam", "wrong", str.__eq__)
    store.close()
    store = open_store(address)
    with pytest.raises(sessions.SignInRefused):
        sessions.sign_in(store, "sam", "right", str.__eq__)
    store.close()


def test_a_password_is_checked_by_the_library_that_the_sign_in_page_brings() -> None:
    assert Hasher.check_pw("three random words", passwords.hashed("three random words"))
    assert not Hasher.check_pw("another", passwords.hashed("three random words"))
    assert not Hasher.check_pw("three random words", passwords.NOBODYS_HASH)
