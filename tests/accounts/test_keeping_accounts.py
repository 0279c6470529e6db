"""What an administrator does with accounts, and nobody else, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from data.accounts import OPERATOR_ID, ROLES
from data.actor import Actor
from data.database.engine import Clash
from data.database.records import ACCOUNT
from data.database.store import Store
from data.refusal import NotFilledIn, Problems, Refused
from data.sign_in import account_keeping, passwords, sessions, tries
from data.sign_in.account_keeping import ONLY_ADMINISTRATOR, OWN_ACCOUNT, OWN_ROLE
from forms.account import ACCOUNT as ACCOUNT_FORM
from tests.factories import an_account

PERSON = {
    "name": "Sam Made-Up", "username": "sam", "role": "practitioner", "area": "liverpool", "agency": "health",
    "vetting": "bpss",
}  # fmt: skip


def as_typed(**changes: object) -> dict[str, object]:
    return {**PERSON, **changes}


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """bcrypt is slow on purpose, and tested where people sign in."""
    monkeypatch.setattr(passwords, "hashed", lambda password: f"hash of {password}")


@pytest.fixture
def administrator(store: Store) -> Actor:
    return an_account(store, "administrator", None, None, partnership="pan_merseyside", name="Admin Made-Up")


def row(store: Store, account_id: str) -> dict[str, object]:
    with store.reading() as connection:
        found = connection.row("SELECT * FROM account WHERE account_id = $1", [account_id])
    assert found
    return found


def actions(store: Store) -> list[tuple[str, str | None]]:
    with store.reading() as connection:
        rows = connection.rows("SELECT * FROM audit WHERE action <> 'made for a test' ORDER BY seq")
    return [(entry["action"], entry["detail"]) for entry in rows]


def sign_in(store: Store, username: str, password: str, cookie: str = "cookie") -> str:
    ticket = sessions.sign_in(store, username, password, lambda word, hashed: hashed == f"hash of {word}")
    assert sessions.redeem(store, ticket, cookie)
    return cookie


def problems_with(act: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(NotFilledIn) as refused:
        act()
    return [(problem.key, problem.sentence) for problem in refused.value.problems]


def test_who_is_invited_signs_in_with_a_first_password_that_is_kept_as_a_hash_only(
    store: Store, administrator: Actor
) -> None:
    given = account_keeping.invite(administrator, as_typed(telephone="0151 496 0000"))
    account = sessions.account_behind(store, sign_in(store, "SAM", given.password))
    assert account is not None
    assert (account.role, account.area, account.agency) == ("practitioner", "liverpool", "health")
    assert account.must_change_password
    assert passwords.problem_with(given.password, "sam") is None
    kept = row(store, given.account_id)
    assert (kept["vetting"], kept["partnership"]) == ("bpss", "pan_merseyside")
    assert given.password not in str({**kept, "password_hash": ""})
    assert ("account invited", "practitioner") in actions(store)


def test_two_first_passwords_are_never_the_same(store: Store, administrator: Actor) -> None:
    given = {account_keeping.invite(administrator, as_typed(username=f"sam{n}")).password for n in range(5)}
    assert len(given) == 5


CANNOT_STAND: list[tuple[dict[str, object], tuple[str, str]]] = [
    ({"name": " "}, ("name", "Enter the person's name")),
    ({"username": None}, ("username", "Enter a user name")),
    ({"role": None}, ("role", "Select a role")),
    ({"role": "operator"}, ("role", "Select one of the answers listed for “Role”")),
    ({"area": None}, ("area", "Select their area")),
    ({"agency": None}, ("agency", "Select the agency they work for")),
    ({"role": "partnership_lead"}, ("partnership", "Select their partnership")),
    ({"role": "administrator"}, ("partnership", "Select their partnership")),
    ({"vetting": None}, ("vetting", "Select a vetting level, or “None recorded”")),
    (
        {"username": "sam jones"},
        (
            "username",
            "Enter a user name of 2 to 100 letters, digits, dots, hyphens, underscores and @, without spaces",
        ),
    ),
    (
        {"username": "Taken"},
        ("username", "Enter another user name: somebody else, perhaps suspended, has this one"),
    ),
]


def test_what_cannot_stand_is_named_at_its_question_and_nothing_is_stored(
    store: Store, administrator: Actor
) -> None:
    an_account(store, username="taken", is_suspended=True)
    for changes, problem in CANNOT_STAND:
        assert problem in problems_with(partial(account_keeping.invite, administrator, as_typed(**changes)))
    assert account_keeping.accounts(administrator, "sam").accounts == ()


def test_a_lead_has_a_partnership_and_no_area_whatever_was_typed_before(
    store: Store, administrator: Actor
) -> None:
    typed = as_typed(role="partnership_lead", partnership="pan_merseyside")
    kept = row(store, account_keeping.invite(administrator, typed).account_id)
    assert (kept["partnership"], kept["area"], kept["agency"]) == ("pan_merseyside", None, None)


def test_a_change_of_telephone_ends_no_session_and_a_change_of_role_area_or_agency_does(
    store: Store, administrator: Actor
) -> None:
    given = account_keeping.invite(administrator, as_typed())
    for changes, goes_on in (
        ({"telephone": "0151 496 0001"}, True),
        ({"name": "Samantha Made-Up"}, True),
        ({"agency": "police"}, False),
        ({"area": "wirral"}, False),
        ({"role": "coordinator"}, False),
    ):
        cookie = sign_in(store, "sam", given.password, str(changes))
        standing = row(store, given.account_id)
        changed = account_keeping.change(
            administrator,
            given.account_id,
            {**account_keeping.typed_of(standing), **changes},
            int(str(standing["revision"])),
        )
        assert set(changes) <= set(changed)
        assert bool(sessions.account_behind(store, cookie)) == goes_on, changes
    assert ("account changed", "telephone") in actions(store)
    assert row(store, given.account_id)["partnership"] == "pan_merseyside"


def test_saving_what_is_there_already_adds_no_revision(store: Store, administrator: Actor) -> None:
    given = account_keeping.invite(administrator, as_typed())
    standing = row(store, given.account_id)
    assert account_keeping.change(administrator, given.account_id, as_typed(), 1) == ()
    assert row(store, given.account_id) == standing


def test_the_second_of_two_administrators_is_told_and_overwrites_nothing(
    store: Store, administrator: Actor
) -> None:
    given = account_keeping.invite(administrator, as_typed())
    account_keeping.change(administrator, given.account_id, as_typed(telephone="1"), 1)
    with pytest.raises(Clash):
        account_keeping.change(administrator, given.account_id, as_typed(telephone="2"), 1)
    assert row(store, given.account_id)["telephone"] == "1"


def test_the_last_administrator_stays_one_and_nobody_changes_their_own_role(
    store: Store, administrator: Actor
) -> None:
    own = administrator.account_id
    demoted = {
        **account_keeping.typed_of(row(store, own)),
        "role": "manager",
        "area": "wirral",
        "agency": "police",
    }
    other = an_account(
        store, "administrator", None, None, partnership="pan_merseyside", username="other", is_suspended=True
    )
    assert problems_with(lambda: account_keeping.change(administrator, own, demoted, 1)) == [
        ("role", ONLY_ADMINISTRATOR)
    ]
    with pytest.raises(Problems, match=ONLY_ADMINISTRATOR):
        account_keeping.suspend(administrator, own)
    account_keeping.bring_back(administrator, other.account_id)
    assert problems_with(lambda: account_keeping.change(administrator, own, demoted, 1)) == [
        ("role", OWN_ROLE)
    ]
    with pytest.raises(Problems, match=OWN_ACCOUNT):
        account_keeping.suspend(administrator, own)
    account_keeping.change(other, own, demoted, 1)
    assert row(store, own)["role"] == "manager"
    with pytest.raises(Problems, match=ONLY_ADMINISTRATOR):
        account_keeping.suspend(Actor(store, OPERATOR_ID), other.account_id)


def test_who_is_suspended_is_out_at_once_and_signs_in_again_once_brought_back(
    store: Store, administrator: Actor
) -> None:
    given = account_keeping.invite(administrator, as_typed())
    cookie = sign_in(store, "sam", given.password)
    account_keeping.suspend(administrator, given.account_id)
    assert sessions.account_behind(store, cookie) is None
    with pytest.raises(sessions.SignInRefused):
        sign_in(store, "sam", given.password)
    account_keeping.bring_back(administrator, given.account_id)
    assert sessions.account_behind(store, cookie) is None
    assert sessions.account_behind(store, sign_in(store, "sam", given.password, "new"))
    assert {"account suspended", "account brought back"} <= {action for action, _ in actions(store)}


def test_ending_sessions_ends_all_of_one_account_and_its_unused_tickets(
    store: Store, administrator: Actor
) -> None:
    given = account_keeping.invite(administrator, as_typed())
    other = account_keeping.invite(administrator, as_typed(username="kim"))
    theirs = sign_in(store, "kim", other.password, "theirs")
    cookies = [sign_in(store, "sam", given.password, cookie) for cookie in ("here", "there")]
    unused = sessions.sign_in(store, "sam", given.password, lambda *_: True)
    assert account_keeping.read_account(administrator, given.account_id).sessions == 2
    account_keeping.end_sessions(administrator, given.account_id)
    assert [sessions.account_behind(store, cookie) for cookie in cookies] == [None, None]
    assert not sessions.redeem(store, unused, "later")
    assert sessions.account_behind(store, theirs)
    assert account_keeping.read_account(administrator, given.account_id).sessions == 0


def test_unlocking_lets_a_person_try_again_now(store: Store, administrator: Actor) -> None:
    given = account_keeping.invite(administrator, as_typed())
    for _ in range(tries.TRIES):
        with pytest.raises(sessions.SignInRefused):
            sign_in(store, "sam", "wrong")
    assert account_keeping.read_account(administrator, given.account_id).is_locked
    with pytest.raises(sessions.SignInRefused):
        sign_in(store, "sam", given.password)
    account_keeping.unlock(administrator, given.account_id)
    assert not account_keeping.read_account(administrator, given.account_id).is_locked
    assert sessions.account_behind(store, sign_in(store, "sam", given.password))


def test_a_new_first_password_ends_sessions_and_the_old_one_opens_nothing(
    store: Store, administrator: Actor
) -> None:
    given = account_keeping.invite(administrator, as_typed())
    cookie = sign_in(store, "sam", given.password)
    again = account_keeping.give_first_password(administrator, given.account_id)
    assert sessions.account_behind(store, cookie) is None
    with pytest.raises(sessions.SignInRefused):
        sign_in(store, "sam", given.password)
    account = sessions.account_behind(store, sign_in(store, "sam", again.password, "new"))
    assert account is not None
    assert account.must_change_password


def test_the_list_is_searched_and_comes_in_pages_of_25(store: Store, administrator: Actor) -> None:
    for number in range(27):
        an_account(store, name=f"Person {number:02}", username=f"p{number:02}")
    first = account_keeping.accounts(administrator)
    second = account_keeping.accounts(administrator, page=1)
    names = [str(kept["name"]) for kept in (*first.accounts, *second.accounts)]
    assert (len(first.accounts), first.more, len(second.accounts), second.more) == (25, True, 3, False)
    assert names == ["Admin Made-Up", *(f"Person {number:02}" for number in range(27))]
    assert [
        kept["username"] for kept in account_keeping.accounts(administrator, " PERSON  07 ").accounts
    ] == ["p07"]
    assert "password_hash" not in first.accounts[0]
    assert "password_hash" not in account_keeping.read_account(administrator, administrator.account_id).record


ACTS: dict[str, Callable[[Actor, str], object]] = {
    "list": lambda actor, account_id: account_keeping.accounts(actor),
    "read": account_keeping.read_account,
    "invite": lambda actor, _: account_keeping.invite(actor, as_typed()),
    "change": lambda actor, account_id: account_keeping.change(
        actor, account_id, as_typed(username="pat"), 1
    ),
    "suspend": account_keeping.suspend,
    "bring back": account_keeping.bring_back,
    "end sessions": account_keeping.end_sessions,
    "unlock": account_keeping.unlock,
    "give a first password": account_keeping.give_first_password,
}


MAY = {
    "practitioner": False,
    "coordinator": False,
    "manager": False,
    "partnership_lead": False,
    "meeting_member": False,
    "administrator": True,
}


def test_the_administrator_keeps_accounts_and_nobody_else(store: Store) -> None:
    for role, may in MAY.items():
        actor, person = an_account(store, role), an_account(store)
        for name, act in ACTS.items():
            if may:
                act(actor, person.account_id)
            else:
                with pytest.raises(Refused):
                    act(actor, person.account_id)
                assert actions(store)[-1] == ("refused: accounts kept", None), name
        assert (row(store, person.account_id)["revision"] == 1) == (not may)


def test_the_table_names_every_role() -> None:
    assert set(MAY) == set(ROLES) - {OPERATOR_ID}


def test_every_answer_of_the_form_has_its_column() -> None:
    assert {item.key for item in ACCOUNT_FORM.items()} <= set(ACCOUNT.columns)
