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


@pytest.mark.parametrize(
    "password",
    [
        "password1234", "Password123!", "P@ssw0rd2026!", "qwertyuiop12", "1q2w3e4r5t6y", "letmeinplease", "Liverpool2026",
        "manchesterunited", "Mackenzie2014", "abcdefghijkl", "aaaaaaaaaaaaaaaa", "administrator",
    ],
)  # fmt: skip
def test_a_common_password_is_refused_with_what_to_do(password: str) -> None:
    assert "Three random words work well" in str(passwords.problem_with(password, "sam"))


@pytest.mark.parametrize("password", ["three random words", "purple kettle ladder", "coffee table lamp"])
def test_three_random_words_are_a_password(password: str) -> None:
    assert passwords.problem_with(password, "sam") is None


def test_a_made_up_password_is_one() -> None:
    assert passwords.problem_with(passwords.made_up(), "sam") is None
