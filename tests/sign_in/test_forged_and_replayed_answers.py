"""What does not come from the sign-in service, or not for this tool, this browser and this moment, opens nothing."""

from __future__ import annotations

import base64
import datetime
import json
import time
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from data import clock
from data.database.store import Store
from data.sign_in import by_service
from data.sign_in.by_service import NotSignedIn
from tests.sign_in.a_sign_in_service import CLIENT, SECRET, SignInService, a_key
from tests.sign_in.coming import BROWSER, bound, come, refused

HOUR = 3600


def unsigned(claims: dict[str, Any]) -> str:
    parts = [json.dumps(part).encode() for part in ({"alg": "none"}, claims)]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."


def by_another_key(claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "RS256"}, claims, a_key())


def by_the_shared_secret(claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET.encode()))


@pytest.mark.parametrize("signed", [unsigned, by_another_key, by_the_shared_secret])
def test_a_word_that_the_service_has_not_signed_with_its_key_proves_nothing(
    duckdb_store: Store, service: SignInService, signed: Any
) -> None:
    bound(duckdb_store, service)
    service.signed = signed
    refused(duckdb_store, service, "again")


def test_a_word_signed_with_the_public_key_as_if_it_were_a_secret_proves_nothing(
    duckdb_store: Store, service: SignInService
) -> None:
    bound(duckdb_store, service)
    public = OctKey.import_key(service.key.as_pem(private=False).replace(b"-----", b""))
    service.signed = lambda claims: jwt.encode({"alg": "HS256", "kid": service.key.kid}, claims, public)
    refused(duckdb_store, service, "again")


def test_a_word_altered_after_it_was_signed_proves_nothing(
    duckdb_store: Store, service: SignInService
) -> None:
    bound(duckdb_store, service)
    honest = service.signed

    def altered(claims: dict[str, Any]) -> str:
        header, _, signature = honest({**claims, "sub": "somebody else"}).split(".")
        return ".".join((header, unsigned(claims).split(".")[1], signature))

    service.signed = altered
    assert refused(duckdb_store, service, "again") == "sign-in service: BadSignatureError"


@pytest.mark.parametrize(
    ("claims", "wrong"),
    [
        ({"aud": "another-tool"}, "aud"),
        ({"aud": "another-tool", "azp": CLIENT}, "aud"),
        ({"aud": ["another-tool", CLIENT]}, "azp"),
        ({"aud": None}, "aud"),
        ({"iss": "https://elsewhere.example"}, "iss"),
        ({"iss": None}, "iss"),
        ({"exp": -HOUR, "iat": -2 * HOUR}, ""),
        ({"exp": None}, "exp"),
        ({"iat": HOUR, "exp": 2 * HOUR}, "iat"),
        ({"nbf": HOUR}, ""),
        ({"nonce": "of an earlier sign-in"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"sub": ""}, ""),
        ({"sub": None}, "sub"),
        ({"sub": ["ash-1"]}, ""),
    ],
)
def test_a_signed_word_for_another_tool_time_or_question_proves_nothing(
    duckdb_store: Store, service: SignInService, claims: dict[str, Any], wrong: str
) -> None:
    """Times in seconds from now."""
    bound(duckdb_store, service)
    now = int(time.time())
    service.other_claims = {
        name: now + said if isinstance(said, int) else said for name, said in claims.items()
    }
    assert refused(duckdb_store, service, "again").endswith(wrong)


def test_a_service_that_calls_itself_otherwise_than_set_is_not_asked(
    duckdb_store: Store, service: SignInService
) -> None:
    service.described_otherwise = {"issuer": "https://elsewhere.example"}
    assert refused(duckdb_store, service, "again") == "sign-in service: ValueError"


def test_a_service_that_does_not_answer_is_told_as_such_and_nobody_waits_for_ever(
    duckdb_store: Store, service: SignInService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MACE_OIDC_ISSUER", "http://127.0.0.1:9")
    assert refused(duckdb_store, service, "again") == "sign-in service: ConnectionError"


def test_a_question_is_answered_once_in_the_browser_that_asked_and_within_ten_minutes(
    store: Store, service: SignInService, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound(store, service)

    def asked() -> dict[str, str]:
        return service.agree(by_service.begin(store, BROWSER, "/"), "ash-1")

    def is_refused(brought: dict[str, str], browser: str = BROWSER) -> bool:
        with pytest.raises(NotSignedIn, match="Try again"):
            by_service.finish(store, browser, **brought)
        return True

    brought = asked()
    assert is_refused(brought, "the browser of an attacker's victim")
    assert is_refused(brought, "")
    assert is_refused({**brought, "state": "made up"})
    assert by_service.finish(store, BROWSER, **brought).ticket
    assert is_refused(brought)
    another = asked()
    assert is_refused({**another, "code": brought["code"]})  # a code that was used before
    assert is_refused(another)  # a question is used up even by a wrong answer
    assert is_refused({**asked(), "code": ""})
    assert is_refused(
        {**asked(), "code": asked()["code"]}
    )  # the code of another question: its verifier differs
    late = asked()
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + datetime.timedelta(minutes=11))
    assert is_refused(late)
    with store.reading() as connection:
        kept = connection.rows("SELECT * FROM sign_in_question")
    assert BROWSER not in str(kept)
    assert not any(question["state"] in str(kept) for question in service.asked)


def test_the_question_says_what_makes_a_stolen_answer_useless(
    duckdb_store: Store, service: SignInService
) -> None:
    bound(duckdb_store, service)
    come(duckdb_store, service)
    question = service.asked[-1]
    assert question["response_type"] == "code"
    assert question["code_challenge_method"] == "S256"
    assert question["redirect_uri"] == "http://localhost:8501/oidc/callback"
    assert question["prompt"] == "login"
    assert min(len(question[name]) for name in ("state", "nonce")) >= 32
    assert by_service.begin(duckdb_store, BROWSER, "/") != by_service.begin(duckdb_store, BROWSER, "/")


@pytest.mark.parametrize(
    "to",
    [
        "https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "/\t/elsewhere.example",
        "javascript:alert(1)", "elsewhere.example", "", "/a\r\nSet-Cookie: x=y", "/@elsewhere.example#x", "/\n",
        "/oidc/login",
    ],
)  # fmt: skip
def test_nobody_is_sent_elsewhere_after_signing_in(to: str) -> None:
    assert by_service.within(to) == "/"
    assert by_service.within("/child?child=0199-ab") == "/child?child=0199-ab"
