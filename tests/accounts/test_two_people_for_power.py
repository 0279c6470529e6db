"""An account that opens children is let in by two people: a second administrator, or else a manager is told at once."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from data.accounts import account_now
from data.actor import Actor
from data.database.store import Store
from data.my_day import my_day
from data.refusal import NotFilledIn, Problems, Refused
from data.sign_in import account_keeping, agreements, confirmation
from tests.accounts.test_keeping_accounts import as_typed
from tests.factories import an_account
from tests.screens.signed_in import sign_in, words

HERE = {"area": None, "agency": None, "partnership": "pan_merseyside"}
THERE = {"area": None, "agency": None, "partnership": "sheffield"}


def an_administrator(store: Store, where: dict[str, str | None] = HERE, name: str = "Admin Made-Up") -> Actor:
    return an_account(store, "administrator", name=name, **where)  # type: ignore[arg-type]


def may_act(store: Store, account_id: str) -> bool:
    with store.reading() as connection:
        return account_now(connection, account_id) is not None


def waiting_for(actor: Actor) -> list[str]:
    return [row.words for one, rows in my_day(actor) for row in rows if one.title.startswith("Accounts to")]


@pytest.mark.parametrize(
    "role", ["practitioner", "coordinator", "manager", "meeting_member", "administrator"]
)
def test_an_account_with_power_is_let_in_by_a_second_administrator(store: Store, role: str) -> None:
    first, second = an_administrator(store), an_administrator(store)
    typed = (
        as_typed(role=role, partnership="pan_merseyside") if role == "administrator" else as_typed(role=role)
    )
    given = account_keeping.invite(first, typed)
    assert not may_act(store, given.account_id)
    assert (waiting_for(first), waiting_for(second)) == ([], ["Sam Made-Up"])
    with pytest.raises(Refused, match="Another administrator must confirm"):
        confirmation.confirm(first, given.account_id)
    confirmation.confirm(second, given.account_id)
    assert may_act(store, given.account_id)
    with pytest.raises(Problems, match="does not wait"):
        confirmation.confirm(second, given.account_id)


def test_a_partnership_lead_sees_no_child_and_needs_no_second_person(store: Store) -> None:
    first, _ = an_administrator(store), an_administrator(store)
    typed = as_typed(role="partnership_lead", partnership="pan_merseyside")
    assert may_act(store, account_keeping.invite(first, typed).account_id)


@pytest.mark.parametrize("change", [{"role": "coordinator"}, {"area": "wirral"}, {"agency": "police"}])
def test_more_power_for_an_account_in_use_waits_as_well(store: Store, change: dict[str, str]) -> None:
    first, second = an_administrator(store), an_administrator(store)
    given = account_keeping.invite(first, as_typed())
    confirmation.confirm(second, given.account_id)
    kept = account_keeping.read_account(first, given.account_id).record
    account_keeping.change(first, given.account_id, as_typed(**change), kept["revision"])
    assert not may_act(store, given.account_id)
    confirmation.confirm(second, given.account_id)
    assert may_act(store, given.account_id)


def test_a_new_telephone_number_does_not(store: Store) -> None:
    first, second = an_administrator(store), an_administrator(store)
    given = account_keeping.invite(first, as_typed())
    confirmation.confirm(second, given.account_id)
    kept = account_keeping.read_account(first, given.account_id).record
    account_keeping.change(first, given.account_id, as_typed(telephone="1"), kept["revision"])
    assert may_act(store, given.account_id)


def test_where_there_is_no_second_administrator_the_areas_manager_is_told_at_once(
    duckdb_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = duckdb_store
    alone = an_administrator(store)
    an_administrator(store, THERE)  # of another partnership, and so not a second one
    manager, elsewhere = an_account(store, "manager"), an_account(store, "manager", area="wirral")
    given = account_keeping.invite(alone, as_typed(area="liverpool"))
    assert may_act(store, given.account_id)
    assert (waiting_for(manager), waiting_for(elsewhere)) == (["Sam Made-Up"], [])
    sign_in(monkeypatch, store, manager)
    at = AppTest.from_string("from pages.managers import new_accounts\nnew_accounts.body()").run()
    assert "Admin Made-Up" in words(at)
    at.button(key=f"seen {given.account_id}").click().run()
    assert "No account waits to be looked at." in words(at)
    assert waiting_for(manager) == []


def test_a_first_password_that_an_administrator_gives_is_told_to_the_manager(store: Store) -> None:
    first, _ = an_administrator(store), an_administrator(store)
    manager, worker = an_account(store, "manager"), an_account(store, name="Worker Made-Up")
    account_keeping.give_first_password(first, worker.account_id)
    assert may_act(store, worker.account_id)
    assert waiting_for(manager) == ["Worker Made-Up"]


def test_an_account_does_not_wait_for_ever_for_an_administrator_who_has_left(store: Store) -> None:
    first, second = an_administrator(store), an_administrator(store)
    manager = an_account(store, "manager")
    given = account_keeping.invite(first, as_typed())
    account_keeping.suspend(first, second.account_id)
    assert waiting_for(first) == ["Sam Made-Up"]
    confirmation.confirm(first, given.account_id)
    assert may_act(store, given.account_id)
    assert waiting_for(manager) == ["Sam Made-Up"]


def test_an_account_from_before_the_rule_and_one_made_by_the_command_stand_as_they_are(store: Store) -> None:
    an_administrator(store), an_administrator(store)
    assert may_act(store, an_account(store).account_id)


def test_an_administrator_keeps_accounts_and_agreements_of_their_own_partnership_only(store: Store) -> None:
    here, there = an_administrator(store), an_administrator(store, THERE)
    an_administrator(store, THERE)
    worker = an_account(store, area="sheffield", name="Worker Made-Up")
    assert "Worker Made-Up" not in [row["name"] for row in account_keeping.accounts(here).accounts]
    assert "Worker Made-Up" in [row["name"] for row in account_keeping.accounts(there).accounts]
    for call in (
        lambda: account_keeping.read_account(here, worker.account_id),
        lambda: account_keeping.change(here, worker.account_id, as_typed(), 1),
        lambda: account_keeping.suspend(here, worker.account_id),
        lambda: account_keeping.bring_back(here, worker.account_id),
        lambda: account_keeping.end_sessions(here, worker.account_id),
        lambda: account_keeping.unlock(here, worker.account_id),
        lambda: account_keeping.give_first_password(here, worker.account_id),
        lambda: confirmation.confirm(here, worker.account_id),
    ):
        with pytest.raises(Problems, match="There is no such account"):
            call()
    for typed in (as_typed(area="sheffield"), as_typed(role="administrator", partnership="sheffield")):
        with pytest.raises(NotFilledIn, match="Select one of your own partnership"):
            account_keeping.invite(here, typed)
    for asked in (
        lambda: agreements.agreements(here, "sheffield"),
        lambda: agreements.record_agreement(here, "sheffield", "police", "1 2 2026"),
    ):
        with pytest.raises(Problems, match="own partnership"):
            asked()
