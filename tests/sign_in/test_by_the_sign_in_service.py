"""Who comes by the organisation's sign-in service: which account is opened, and that all else is as with a password."""

from __future__ import annotations

from typing import Any

import pytest

from data.accounts import Account
from data.actor import Actor
from data.database.audit import Event
from data.database.records import ACCOUNT
from data.database.store import Store
from data.sign_in import account_keeping, by_service, configured, sessions
from tests.factories import an_account, the_operator
from tests.sign_in.a_sign_in_service import SignInService
from tests.sign_in.coming import ash, bound, come, last, refused, row, signed_in


def test_a_verified_address_that_an_administrator_entered_opens_the_account_and_binds_the_identifier(
    store: Store, service: SignInService
) -> None:
    actor = ash(store)
    account = sessions.account_behind(store, signed_in(store, service))
    assert account
    assert account.account_id == actor.account_id
    standing = row(store, actor)
    assert (standing["identity_issuer"], standing["identity_subject"]) == (service.issuer, "ash-1")
    assert last(store, "identity bound") == "identity_issuer,identity_subject"
    service.people["ash-1"] = {"email": "new.name@example.org", "email_verified": True}
    assert come(store, service)


def test_once_bound_nobody_else_with_that_address_opens_the_account(
    store: Store, service: SignInService
) -> None:
    bound(store, service)
    service.people["ash-2"] = {"email": "ash@example.org", "email_verified": True}
    assert refused(store, service, "refused", person="ash-2") == "sign-in service: no such identity"


def test_an_identifier_entered_by_an_administrator_needs_no_address(
    store: Store, service: SignInService
) -> None:
    bound(store, service, identity_email=None)
    service.people["ash-1"] = {}
    assert come(store, service)


def test_another_claim_than_the_subject_may_be_the_identifier(
    duckdb_store: Store, service: SignInService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MACE_OIDC_SUBJECT", "oid")
    bound(duckdb_store, service, identity_subject="object-7")
    assert "KeyError" in refused(duckdb_store, service, "again")
    service.people["ash-1"]["oid"] = "object-7"
    assert come(duckdb_store, service)
    assert service.asked[-1]["scope"] == "openid email profile"


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_the_service_has_not_verified_opens_nothing(
    duckdb_store: Store, service: SignInService, verified: object
) -> None:
    actor = ash(duckdb_store)
    service.people["ash-1"]["email_verified"] = verified
    assert refused(duckdb_store, service, "refused") == "sign-in service: no such identity"
    assert row(duckdb_store, actor)["identity_subject"] is None


def test_the_same_is_said_to_the_unknown_the_unbound_and_the_suspended_and_no_account_is_made(
    store: Store, service: SignInService
) -> None:
    assert refused(store, service, "refused") == "sign-in service: no such identity"
    an_account(store, email="ash@example.org")  # to write to: not entered for signing in
    assert refused(store, service, "refused") == "sign-in service: no such identity"
    ash(store, is_suspended=True)
    assert refused(store, service, "refused") == "sign-in service: suspended"
    with store.reading() as connection:
        assert connection.value("SELECT count(*) FROM account") == 2


def test_the_same_identifier_at_another_service_is_somebody_else(
    duckdb_store: Store, service: SignInService
) -> None:
    bound(duckdb_store, service, identity_issuer="https://elsewhere.example", identity_email=None)
    assert refused(duckdb_store, service, "refused") == "sign-in service: no such identity"


@pytest.mark.parametrize(
    "change", [{"role": "manager"}, {"is_suspended": True}, {"area": "wirral"}, {"identity_email": None}]
)
def test_a_ticket_or_a_session_ends_when_the_account_changes_as_with_a_password(
    store: Store, service: SignInService, change: dict[str, Any]
) -> None:
    actor = ash(store)
    administrator = an_account(store, "administrator", None, None, partnership="pan_merseyside")
    cookie, ticket = signed_in(store, service), come(store, service)
    if "identity_email" in change:
        standing = row(store, actor)
        typed = account_keeping.typed_of(standing)
        account_keeping.change(
            administrator, actor.account_id, {**typed, "identity_email": ""}, standing["revision"]
        )
    else:
        with the_operator(store).writing() as work:
            work.save(ACCOUNT, {"account_id": actor.account_id, **change}, Event("account changed"))
    assert sessions.account_behind(store, cookie) is None
    assert not sessions.redeem(store, ticket, "another cookie")


def test_signing_out_ends_the_session(store: Store, service: SignInService) -> None:
    ash(store)
    cookie = signed_in(store, service)
    sessions.sign_out(store, cookie)
    assert sessions.account_behind(store, cookie) is None


def test_a_first_password_is_not_asked_to_be_changed_and_opens_nothing_any_more(
    store: Store, service: SignInService
) -> None:
    ash(store, password_hash="first", must_change_password=True)

    def by_password() -> str:
        return sessions.sign_in(store, "ash", "first", lambda password, standing: password == standing)

    assert by_password()
    account = sessions.account_behind(store, signed_in(store, service))
    assert account
    assert not account.must_change_password
    assert not account.has_password
    with pytest.raises(sessions.SignInRefused):
        by_password()
    with pytest.raises(sessions.SignInRefused):
        sessions.sign_in(store, "ash", "any", lambda *_: True)


def test_a_password_of_their_own_stays_beside_the_service(store: Store, service: SignInService) -> None:
    ash(store, password_hash="own")
    come(store, service)
    assert sessions.sign_in(store, "ash", "own", lambda password, standing: password == standing)


def test_with_passwords_off_only_the_service_opens_an_account(
    store: Store, service: SignInService, monkeypatch: pytest.MonkeyPatch
) -> None:
    ash(store, password_hash="own")
    monkeypatch.setenv("MACE_PASSWORDS", "off")
    with pytest.raises(sessions.SignInRefused):
        sessions.sign_in(store, "ash", "own", lambda password, standing: password == standing)
    assert come(store, service)


def test_who_signs_out_goes_on_to_the_service_where_that_is_set(
    store: Store, service: SignInService, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_password = account_of(store, bound(store, service, password_hash=None))
    assert not by_service.is_left_too(without_password)
    monkeypatch.setenv("MACE_OIDC_SIGN_OUT", "on")
    assert by_service.is_left_too(without_password)
    assert by_service.leave() == (
        f"{service.issuer}/end?tenant=1&client_id=mace&post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A8501%2F"
    )
    for otherwise in ({"end_session_endpoint": None}, {"issuer": "https://elsewhere.example"}):
        service.described_otherwise = otherwise
        assert by_service.leave() == "/"
    monkeypatch.setenv("MACE_OIDC_SIGN_OUT", "perhaps")
    with pytest.raises(configured.NotConfigured, match="MACE_OIDC_SIGN_OUT"):
        configured.check()


def test_who_has_a_password_here_is_not_sent_to_the_service(
    store: Store, service: SignInService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MACE_OIDC_SIGN_OUT", "on")
    with_password = account_of(store, bound(store, service))
    assert not by_service.is_left_too(with_password)
    monkeypatch.setenv("MACE_PASSWORDS", "off")
    assert by_service.is_left_too(with_password)


def account_of(store: Store, actor: Actor) -> Account:
    with actor.reading() as work:
        return work.account
