"""What opens the sign-in service to somebody: an administrator's entry, and the settings of whoever runs the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.actor import Actor
from data.database.store import Store
from data.refusal import NotFilledIn
from data.sign_in import account_keeping, configured, passwords
from pages.parts import browser
from tests.factories import an_account
from tests.screens.signed_in import draw
from tests.sign_in.a_sign_in_service import SignInService
from tests.sign_in.coming import bound, come, row

pytestmark = pytest.mark.usefixtures("service")

PERSON = {
    "name": "Sam Made-Up", "username": "sam", "role": "practitioner", "area": "liverpool",
    "agency": "health", "vetting": "bpss",
}  # fmt: skip


@pytest.fixture
def administrator(store: Store, monkeypatch: pytest.MonkeyPatch) -> Actor:
    monkeypatch.setattr(passwords, "hashed", lambda password: f"hash of {password}")
    return an_account(store, "administrator", None, None, partnership="pan_merseyside")


def test_who_signs_in_by_the_service_is_given_no_password(
    store: Store, administrator: Actor, service: SignInService
) -> None:
    given = account_keeping.invite(administrator, {**PERSON, "identity_subject": "sam-1"})
    assert given.password is None
    record = account_keeping.read_account(administrator, given.account_id).record
    assert (record["has_password"], record["identity_issuer"]) == (False, service.issuer)
    assert come(store, service, "sam-1")


def test_an_address_or_an_identifier_is_one_persons_only(
    store: Store, administrator: Actor, service: SignInService
) -> None:
    bound(store, service)
    for key, value in (("identity_email", "ASH@example.org"), ("identity_subject", "ash-1")):
        with pytest.raises(NotFilledIn) as refused:
            account_keeping.invite(administrator, {**PERSON, key: value})
        assert [problem.key for problem in refused.value.problems] == [key]


@pytest.mark.parametrize(
    "entered", ["ash", "ash @example.org", "аsh@example.org"]
)  # the last with a Cyrillic а
def test_an_address_must_look_like_one(administrator: Actor, entered: str) -> None:
    with pytest.raises(NotFilledIn, match="name@example"):
        account_keeping.invite(administrator, {**PERSON, "identity_email": entered})


def test_an_identifier_that_is_emptied_is_bound_anew_by_the_address(
    store: Store, administrator: Actor, service: SignInService
) -> None:
    actor = bound(store, service, vetting="bpss", name="Ash Made-Up")
    service.people["ash-9"] = service.people["ash-1"]
    standing = row(store, actor)
    typed = {**account_keeping.typed_of(standing), "identity_subject": ""}
    account_keeping.change(administrator, actor.account_id, typed, standing["revision"])
    assert row(store, actor)["identity_issuer"] is None
    assert come(store, service, "ash-9")
    assert row(store, actor)["identity_subject"] == "ash-9"


def test_with_passwords_off_an_account_needs_one_of_them(
    administrator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MACE_PASSWORDS", "off")
    with pytest.raises(NotFilledIn, match="Enter their email address or identifier"):
        account_keeping.invite(administrator, PERSON)


def test_without_any_of_them_there_is_no_service(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*configured.NEEDED, configured.SECRET):
        monkeypatch.delenv(name)
    assert configured.the_service() is None
    configured.check()


@pytest.mark.parametrize("missing", [*configured.NEEDED, configured.SECRET])
def test_half_of_them_stop_the_start_with_a_sentence(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.delenv(missing)
    with pytest.raises(configured.NotConfigured, match=missing):
        configured.check()


@pytest.mark.parametrize("name", ["MACE_OIDC_ISSUER", "MACE_OIDC_ADDRESS"])
def test_what_is_not_on_this_machine_is_reached_by_https_only(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "http://id.example.org")
    with pytest.raises(configured.NotConfigured, match="https"):
        configured.check()


@pytest.mark.parametrize("claim", ["email", "preferred_username", "upn"])
def test_nobody_is_known_by_what_may_be_somebody_elses_tomorrow(
    monkeypatch: pytest.MonkeyPatch, claim: str
) -> None:
    monkeypatch.setenv("MACE_OIDC_SUBJECT", claim)
    with pytest.raises(configured.NotConfigured, match="MACE_OIDC_SUBJECT"):
        configured.check()


def test_the_secret_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from a file\n")
    monkeypatch.setenv(configured.SECRET_FILE, str(tmp_path / "secret"))
    with pytest.raises(configured.NotConfigured, match="either"):
        configured.check()
    monkeypatch.delenv(configured.SECRET)
    service = configured.the_service()
    assert service
    assert service.client_secret == "from a file"
    (tmp_path / "secret").unlink()
    with pytest.raises(configured.NotConfigured, match="cannot be read"):
        configured.check()


@pytest.mark.parametrize("words", ["no", "off"])
def test_nobody_can_be_shut_out_by_a_setting_unsaid(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    for name in (*configured.NEEDED, configured.SECRET):
        monkeypatch.delenv(name)
    monkeypatch.setenv("MACE_PASSWORDS", words)
    with pytest.raises(configured.NotConfigured, match="MACE_PASSWORDS"):
        configured.check()


@pytest.mark.parametrize(
    ("has_service", "has_passwords", "offered"),
    [
        (True, True, ["Sign in with your council account", "Sign in"]),
        (True, False, ["Sign in with your council account"]),
        (False, True, ["Sign in"]),
    ],
)
def test_the_sign_in_page_offers_the_ways_that_are_open(
    monkeypatch: pytest.MonkeyPatch,
    duckdb_store: Store,
    has_service: bool,
    has_passwords: bool,
    offered: list[str],
) -> None:
    monkeypatch.setattr(browser, "the_store", lambda: duckdb_store)
    monkeypatch.setattr(browser, "browser_token", lambda: "")
    for name in (*configured.NEEDED, configured.SECRET) if not has_service else ():
        monkeypatch.delenv(name)
    monkeypatch.setenv("MACE_PASSWORDS", "on" if has_passwords else "off")
    page = draw("sign_in", sign_in="refused")
    assert [button.label for button in page.button] == offered
    assert [field.label for field in page.text_input] == ["User name", "Password"] * has_passwords
    assert "You cannot use this tool with that account" in page.error[0].value
