"""Wrong passwords are slowed down by name and by network, and never keep an account's owner out for long. On both engines."""

from __future__ import annotations

import pytest

from data import clock
from data.actor import Actor
from data.database.store import Store
from data.sign_in import account_keeping, sessions, tries
from data.sign_in.tries import Source
from tests.factories import an_account
from tests.sign_in.told import PASSWORD, Clock, check

pytestmark = pytest.mark.usefixtures("time_told", "person")

HOME, ELSEWHERE = "192.0.2.1", "198.51.100.7"


def attempt(store: Store, password: str = PASSWORD, source: Source = tries.NOWHERE, name: str = "sam") -> str:
    """The ticket, or the words of the refusal."""
    try:
        return sessions.sign_in(store, name, password, check, source)
    except sessions.SignInRefused as refused:
        return str(refused)


def is_in(said: str) -> bool:
    return said not in (sessions.REFUSED, sessions.ENDED)


def a_known_browser(store: Store) -> str:
    return sessions.redeem(store, attempt(store), clock.new_id())


def test_a_stranger_who_guesses_without_end_does_not_shut_out_a_browser_that_signed_in_before(
    store: Store,
) -> None:
    known = a_known_browser(store)
    for _ in range(tries.TRIES + 2):
        attempt(store, "a guess", Source(ELSEWHERE))
    assert not is_in(attempt(store, source=Source(ELSEWHERE)))
    assert is_in(attempt(store, source=Source(ELSEWHERE, known)))
    assert not is_in(attempt(store, source=Source(ELSEWHERE))), "the owner's sign-in forgot the guesses"


def test_a_strangers_guesses_keep_nobody_from_changing_their_password(store: Store, person: Actor) -> None:
    known = sessions.redeem(store, attempt(store), "the cookie")
    for number in range(tries.SLOWED_NAME + 2):
        attempt(store, "a guess", Source(f"203.0.113.{number}"))
    new, here = "three other words", Source(HOME, known)
    with pytest.raises(sessions.PasswordRefused):
        sessions.change_password(store, "the cookie", "a guess", new, check, Source(ELSEWHERE))
    assert sessions.redeem(
        store, sessions.change_password(store, "the cookie", PASSWORD, new, check, here), "n"
    )


def test_a_stranger_in_one_place_does_not_shut_out_the_owner_in_another(store: Store) -> None:
    for _ in range(tries.TRIES):
        attempt(store, "a guess", Source(ELSEWHERE))
    assert is_in(attempt(store, source=Source(HOME)))


def test_guesses_from_everywhere_make_the_next_wait_a_minute_at_most(store: Store, time_told: Clock) -> None:
    def place(number: int) -> Source:
        return Source(f"203.0.113.{number}")

    for number in range(tries.SLOWED_NAME):
        attempt(store, "a guess", place(number))
    assert not is_in(attempt(store, source=place(100)))
    time_told.wait(tries.LONGEST_WAIT / 60)
    assert is_in(attempt(store, source=place(100)))
    for number in range(40):
        attempt(store, "a guess", place(150 + number))
        time_told.wait(tries.LONGEST_WAIT / 4)
    time_told.wait(tries.LONGEST_WAIT)
    attempt(store, "a guess", place(200))
    assert not is_in(attempt(store, source=place(200)))
    time_told.wait(tries.LONGEST_WAIT)
    assert is_in(attempt(store, source=place(200)))


def test_guesses_at_many_names_from_one_network_slow_it_down_and_no_other(store: Store) -> None:
    known = a_known_browser(store)
    for number in range(tries.SLOWED_NETWORK):
        attempt(store, "a guess", Source(f"2001:db8::{number:x}"), f"name{number}")
    assert not is_in(attempt(store, source=Source("2001:db8::ffff")))
    assert is_in(attempt(store, source=Source("2001:db8:1::1")))
    assert is_in(attempt(store, source=Source("2001:db8::ffff", known)))


def test_a_known_browser_that_guesses_is_locked_by_itself(store: Store) -> None:
    known = a_known_browser(store)
    for _ in range(tries.TRIES):
        attempt(store, "a guess", Source(HOME, known))
    assert not is_in(attempt(store, source=Source(HOME, known)))
    assert is_in(attempt(store, source=Source(HOME)))


@pytest.mark.parametrize("cookie", ["made up", "of somebody else"])
def test_a_cookie_that_the_account_was_not_given_counts_for_nothing(cookie: str, store: Store) -> None:
    an_account(store, username="Other", password_hash=PASSWORD)
    others = sessions.redeem(store, attempt(store, name="other"), "another cookie")
    source = Source(HOME, others if cookie == "of somebody else" else cookie)
    for _ in range(tries.TRIES):
        attempt(store, "a guess", Source(HOME))
    assert not is_in(attempt(store, source=source))


def test_two_people_at_one_browser_are_both_known_there(store: Store) -> None:
    known = a_known_browser(store)
    an_account(store, username="Other", password_hash=PASSWORD)
    assert sessions.redeem(store, attempt(store, name="other"), "another cookie", known) == known
    for name in ("sam", "other"):
        for _ in range(tries.TRIES):
            attempt(store, "a guess", Source(HOME), name)
        assert is_in(attempt(store, source=Source(HOME, known), name=name))


def test_a_browser_is_given_no_cookie_that_it_made_up_itself(store: Store) -> None:
    given = sessions.redeem(store, attempt(store), "a cookie", "planted")
    assert given
    assert given != "planted"
    with store.reading() as connection:
        assert given not in str(connection.rows("SELECT * FROM known_browser"))


def test_a_browser_is_forgotten_with_time_and_when_its_account_is_suspended(
    store: Store, time_told: Clock, person: Actor
) -> None:
    known = a_known_browser(store)
    for _ in range(tries.TRIES):
        attempt(store, "a guess", Source(HOME))
    admin = an_account(store, role="administrator")
    account_keeping.suspend(admin, person.account_id)
    account_keeping.bring_back(admin, person.account_id)
    assert not is_in(attempt(store, source=Source(HOME, known)))
    time_told.wait(tries.LOCKED_FOR)
    known = a_known_browser(store)
    time_told.wait(tries.BROWSER_REMEMBERED)
    for _ in range(tries.TRIES):
        attempt(store, "a guess", Source(HOME))
    assert not is_in(attempt(store, source=Source(HOME, known)))


def test_an_administrator_lets_all_wrong_tries_be_forgotten(store: Store, person: Actor) -> None:
    admin = an_account(store, role="administrator")
    for _ in range(tries.TRIES):
        attempt(store, "a guess", Source(HOME))
    assert account_keeping.read_account(admin, person.account_id).is_locked
    account_keeping.unlock(admin, person.account_id)
    assert not account_keeping.read_account(admin, person.account_id).is_locked
    assert is_in(attempt(store, source=Source(HOME)))


def test_a_first_password_ends_after_a_day_and_who_has_it_is_told(
    store: Store, time_told: Clock, person: Actor
) -> None:
    admin = an_account(store, role="administrator")
    given = account_keeping.give_first_password(admin, person.account_id)
    assert given.password

    def first(password: str = given.password) -> str:
        try:
            right = lambda typed, _: typed == password  # noqa: E731
            return sessions.sign_in(store, "sam", password, right)
        except sessions.SignInRefused as refused:
            return str(refused)

    assert is_in(first())
    time_told.wait(sessions.FIRST_PASSWORD_LASTS)
    assert first() == sessions.ENDED
    assert attempt(store, "a guess") == sessions.REFUSED
    account_keeping.give_first_password(admin, person.account_id)
    assert is_in(first())
