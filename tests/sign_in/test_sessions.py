"""Tries, lock-out, tickets and sessions, on both engines. Time is told, not waited for."""

from __future__ import annotations

import datetime

import pytest

from data import clock
from data.actor import Actor
from data.database.audit import Event
from data.database.records import ACCOUNT
from data.database.store import Store
from data.sign_in import passwords, sessions, tries
from tests.factories import an_account, the_operator
from tests.sign_in.told import PASSWORD, Clock, check

MINUTE = datetime.timedelta(minutes=1)
pytestmark = pytest.mark.usefixtures("time_told", "person")


def ticket(store: Store, password: str = PASSWORD, username: str = "sam") -> str:
    return sessions.sign_in(store, username, password, check)


def signed_in(store: Store, cookie: str = "cookie") -> str:
    assert sessions.redeem(store, ticket(store), cookie)
    return cookie


def fail(store: Store, times: int = 1, username: str = "sam") -> list[str]:
    sentences = []
    for _ in range(times):
        with pytest.raises(sessions.SignInRefused) as refused:
            ticket(store, "wrong password", username)
        sentences.append(str(refused.value))
    return sentences


def change(store: Store, person: Actor, **changes: object) -> None:
    with the_operator(store).writing() as work:
        work.save(ACCOUNT, {"account_id": person.account_id, **changes}, Event("account changed"))


def audited(store: Store) -> list[tuple[str, str, str | None]]:
    with store.reading() as connection:
        return [
            (row["account_id"], row["action"], row["detail"])
            for row in connection.rows("SELECT * FROM audit WHERE action <> 'made for a test' ORDER BY seq")
        ]


def test_a_right_password_gives_a_ticket_and_the_ticket_a_session(store: Store, person: Actor) -> None:
    token = signed_in(store)
    account = sessions.account_behind(store, token)
    assert account is not None
    assert account.account_id == person.account_id
    assert sessions.account_behind(store, "another cookie") is None
    assert sessions.account_behind(store, "") is None
    assert audited(store) == [(person.account_id, "signed in", None)]


def test_a_ticket_is_good_once_and_for_a_minute(store: Store, time_told: Clock) -> None:
    first = ticket(store)
    assert sessions.redeem(store, first, "a")
    assert not sessions.redeem(store, first, "b")
    second = ticket(store)
    time_told.wait(sessions.TICKET_LASTS + MINUTE)
    assert not sessions.redeem(store, second, "c")
    assert not sessions.redeem(store, "never made", "d")


def test_tokens_and_tickets_are_kept_as_hashes_only(store: Store) -> None:
    given = ticket(store)
    sessions.redeem(store, given, "the cookie")
    with store.reading() as connection:
        kept = str(connection.rows("SELECT * FROM session") + connection.rows("SELECT * FROM ticket"))
    assert given not in kept
    assert "the cookie" not in kept


def test_every_refusal_has_the_same_words(store: Store, person: Actor) -> None:
    said = [*fail(store, 1, "nobody"), *fail(store), *fail(store, username="")]
    for password in ("é" * 37, "a\0b", "\ud800", ""):
        with pytest.raises(sessions.SignInRefused) as refused:
            ticket(store, password)
        said.append(str(refused.value))
    change(store, person, is_suspended=True)
    said += fail(store)
    change(store, person, is_suspended=False)
    said += fail(store, tries.TRIES)
    assert set(said) == {sessions.REFUSED}


def test_every_refusal_takes_the_time_of_one_bcrypt_check(store: Store, person: Actor) -> None:
    change(store, person, password_hash=passwords.hashed("another"))
    for username in ("sam", "nobody"):
        for _ in range(tries.TRIES + 1):  # the last of them is locked
            checked: list[str] = []
            with pytest.raises(sessions.SignInRefused):
                sessions.sign_in(
                    store, username, PASSWORD, lambda _, standing, to=checked: bool(to.append(standing))
                )
            assert [standing[:7] for standing in checked] == ["$2b$12$"]


def test_five_wrong_tries_lock_an_account_and_fifteen_minutes_open_it(store: Store, time_told: Clock) -> None:
    fail(store, 5)
    with pytest.raises(sessions.SignInRefused):
        ticket(store)
    time_told.wait(14 * MINUTE)
    with pytest.raises(sessions.SignInRefused):
        ticket(store)
    time_told.wait(2 * MINUTE)
    signed_in(store)
    said = [(action, detail) for _, action, detail in audited(store)]
    assert said == [
        *[("sign-in refused", "wrong password")] * 5,
        ("sign-in locked", None),
        *[("sign-in refused", "locked")] * 2,
        ("signed in", None),
    ]


def test_trying_on_while_it_is_locked_does_not_keep_an_account_locked(store: Store, time_told: Clock) -> None:
    fail(store, 5)
    for _ in range(3):
        time_told.wait(5 * MINUTE)
        fail(store, 1 if _ < 2 else 0)
    time_told.wait(MINUTE)
    signed_in(store)


def test_four_wrong_tries_and_a_right_one_begin_the_count_anew(store: Store) -> None:
    for _ in range(3):
        fail(store, 4)
        signed_in(store, f"cookie {_}")


def test_tries_made_at_once_count_before_any_of_them_is_checked(store: Store) -> None:
    tried = []

    def check_slowly(password: str, standing: str) -> bool:
        """While one try is being checked, the next begins."""
        tried.append(password)
        if len(tried) < 8:
            with pytest.raises(sessions.SignInRefused):
                sessions.sign_in(store, "sam", PASSWORD if len(tried) > 5 else "wrong", check_slowly)
        return check(password, standing)

    with pytest.raises(sessions.SignInRefused):
        sessions.sign_in(store, "sam", "wrong", check_slowly)
    assert len(tried) == 8


def test_an_idle_session_ends_and_a_busy_one_goes_on(store: Store, person: Actor, time_told: Clock) -> None:
    token = signed_in(store)
    for _ in range(3):
        time_told.wait(sessions.IDLE - MINUTE)
        assert sessions.account_behind(store, token)
    time_told.wait(sessions.IDLE + MINUTE)
    assert sessions.account_behind(store, token) is None
    time_told.wait(-5 * MINUTE)
    assert sessions.account_behind(store, token) is None
    assert audited(store)[-1] == (person.account_id, "sign-in ended", "idle")


def test_no_session_lasts_longer_than_a_working_day(store: Store, time_told: Clock) -> None:
    token = signed_in(store)
    until = sessions.longest_until(store, token)
    assert until is not None
    while clock.now() + 20 * MINUTE < until:
        time_told.wait(20 * MINUTE)
        assert sessions.account_behind(store, token)
    time_told.wait(20 * MINUTE)
    assert sessions.account_behind(store, token) is None
    assert audited(store)[-1][2] == "longest time"


def test_signing_out_ends_this_session_only(store: Store, person: Actor) -> None:
    here, there = signed_in(store, "here"), signed_in(store, "there")
    sessions.sign_out(store, here)
    assert sessions.account_behind(store, here) is None
    assert sessions.account_behind(store, there)
    assert audited(store)[-1] == (person.account_id, "sign-in ended", "signed out")


def test_signing_out_everywhere_ends_every_session_of_the_account(store: Store) -> None:
    another = an_account(store, username="Kim", password_hash=PASSWORD)
    here, there = signed_in(store, "here"), signed_in(store, "there")
    assert sessions.redeem(store, ticket(store, username="kim"), "theirs")
    sessions.sign_out(store, here, everywhere=True)
    assert sessions.account_behind(store, there) is None
    theirs = sessions.account_behind(store, "theirs")
    assert theirs is not None
    assert theirs.account_id == another.account_id


def test_a_changed_account_must_sign_in_again(store: Store, person: Actor) -> None:
    for changes in (
        {"role": "coordinator"},
        {"area": "wirral"},
        {"agency": "police"},
        {"password_hash": PASSWORD, "password_changed_at": clock.now()},
        {"must_change_password": True},
        {"is_suspended": True},
    ):
        cookie, unused = signed_in(store, str(changes)), ticket(store)
        change(store, person, **changes)
        assert sessions.account_behind(store, cookie) is None
        assert not sessions.redeem(store, unused, "later")


def test_a_new_telephone_number_or_job_title_ends_no_session(store: Store, person: Actor) -> None:
    cookie, unused = signed_in(store), ticket(store)
    change(
        store, person, telephone="0151 496 0000", job_title="Team leader", name="Sam Made-Up", vetting="bpss"
    )
    assert sessions.account_behind(store, cookie)
    assert sessions.redeem(store, unused, "later")


def test_a_change_that_was_taken_back_has_ended_the_session_all_the_same(store: Store, person: Actor) -> None:
    for change_and_back in (
        [{"is_suspended": True}, {"is_suspended": False}],
        [{"role": "coordinator"}, {"telephone": "0151 496 0000"}, {"role": "practitioner"}],
    ):
        cookie = signed_in(store, str(change_and_back))
        for changes in change_and_back:
            change(store, person, **changes)
        assert sessions.account_behind(store, cookie) is None


def test_changing_the_password_ends_all_sessions_and_opens_a_new_one(store: Store, person: Actor) -> None:
    change(store, person, must_change_password=True)
    here, there = signed_in(store, "here"), signed_in(store, "there")
    new = "four quite random words"
    given = sessions.change_password(store, here, PASSWORD, new, check)
    assert sessions.account_behind(store, here) is None
    assert sessions.account_behind(store, there) is None
    assert sessions.redeem(store, given, "next")
    account = sessions.account_behind(store, "next")
    assert account is not None
    assert not account.must_change_password
    with store.reading() as connection:
        assert new not in str(connection.rows("SELECT * FROM account_history"))


def test_a_password_that_cannot_stand_is_refused_in_a_sentence_that_says_what_to_do(store: Store) -> None:
    good = "four quite random words"
    cookie = signed_in(store)
    for old, new, sentence in (
        (PASSWORD, "short", "Enter a new password of 12 characters or more. Three random words work well."),
        (
            PASSWORD,
            "é" * 40,
            "Enter a shorter new password: 72 characters at most, fewer with accents or symbols.",
        ),
        (PASSWORD, "my name is sam 1", "Enter a new password without your user name in it."),
        (
            PASSWORD,
            "abababababababab",
            "Enter a new password that is harder to guess: this one is common, or made of common parts. "
            "Three random words work well.",
        ),
        (PASSWORD, PASSWORD, "Enter a new password that differs from the old one."),
        ("wrong", good, sessions.NOT_THE_OLD_ONE),
        ("x" * 80, good, sessions.NOT_THE_OLD_ONE),
    ):
        with pytest.raises(sessions.PasswordRefused) as refused:
            sessions.change_password(store, cookie, old, new, check)
        assert str(refused.value) == sentence
        assert sessions.account_behind(store, cookie)


def test_an_unattended_screen_tries_no_more_passwords_than_the_door(
    store: Store, person: Actor, time_told: Clock
) -> None:
    cookie, new = signed_in(store), "three other words"
    for _ in range(tries.TRIES):
        with pytest.raises(sessions.PasswordRefused, match="that you signed in with"):
            sessions.change_password(store, cookie, "a guess", new, check)
    with pytest.raises(sessions.PasswordRefused, match="wait 15 minutes"):
        sessions.change_password(store, cookie, PASSWORD, new, check)
    assert sessions.account_behind(store, cookie)
    wrong = (person.account_id, "password not changed", "wrong password")
    assert audited(store)[1:] == [
        *[wrong] * tries.TRIES, (person.account_id, "sign-in locked", None), (*wrong[:2], "locked"),
    ]  # fmt: skip
    time_told.wait(tries.LOCKED_FOR + MINUTE)
    assert (
        sessions.redeem(store, sessions.change_password(store, cookie, PASSWORD, new, check), "next")
        is not None
    )
    fail(store, tries.TRIES - 1)
