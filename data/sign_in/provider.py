"""What is said to the organisation's sign-in service and how its answer is judged: OpenID Connect, through Authlib.

It proves who somebody is at that service, and decides nothing. Which account that is: `data.sign_in.by_service`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from authlib.common.security import generate_token
from authlib.common.urls import add_params_to_uri
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from data.sign_in.configured import Service

SIGNED_BY = JWSRegistry(
    algorithms=["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"],
    strict_check_header=False,  # a service may add headers of its own; none of them is acted by
)
"""With a key pair only: neither `none`, nor a secret that this tool would have to share."""
CLOCKS_DIFFER = 60  # seconds
PATIENCE = 10  # seconds


@dataclass(frozen=True)
class Asked:
    """What was sent along with the question, and must come back or be shown with the answer."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Proven:
    """Who somebody is at the service."""

    issuer: str
    subject: str
    email: str | None
    """In small letters; only if the service says that it has verified it."""


class NotProven(Exception):
    """Why, in words of ours and names of errors, for the audit trail."""


def ask(service: Service) -> tuple[str, Asked]:
    """The address of the service's page, and what to keep until it answers. Raises `NotProven`."""
    asked = Asked(generate_token(32), generate_token(32), generate_token(64))
    try:
        with _client(service) as client:
            address, _ = client.create_authorization_url(
                _described(client, service)["authorization_endpoint"],
                state=asked.state,
                nonce=asked.nonce,
                code_verifier=asked.verifier,
                prompt=service.prompt,
            )
    except Exception as error:
        raise _not_proven(error) from None
    return address, asked


def prove(service: Service, code: str, nonce: str, verifier: str) -> Proven:
    """Exchange the code for the service's word, and believe it only if it is signed by the service, for this tool, now,
    and in answer to this question. Raises `NotProven`."""
    try:
        with _client(service) as client:
            described = _described(client, service)
            basic = "client_secret_basic"
            known = described.get("token_endpoint_auth_methods_supported") or [basic]
            client.token_endpoint_auth_method = basic if basic in known else "client_secret_post"
            answer = client.fetch_token(described["token_endpoint"], code=code, code_verifier=verifier)
            keys = KeySet.import_key_set(_got(client, described["jwks_uri"]))
        word = jwt.decode(answer["id_token"], keys, registry=SIGNED_BY)
        claims = CodeIDToken(
            word.claims,
            word.header,
            # Said by us: Authlib by itself takes any audience if `azp` names this tool.
            {
                "iss": {"essential": True, "value": service.issuer},
                "aud": {"essential": True, "value": service.client_id},
            },
            {"nonce": nonce, "client_id": service.client_id, "access_token": answer.get("access_token")},
        )
        claims.validate(leeway=CLOCKS_DIFFER)
        subject = claims[service.subject_claim]
        if not isinstance(subject, str) or not subject:
            raise ValueError(service.subject_claim)
        email = claims.get("email") if claims.get("email_verified") is True else None
        return Proven(service.issuer, subject, email.strip().lower() if email else None)
    except Exception as error:
        raise _not_proven(error) from None


def leave(service: Service) -> str | None:
    """The page on which the service ends its own sign-in and sends the person back (OpenID Connect RP-Initiated Logout 1.0);
    None when it has none. Its word is not kept here and cannot be shown again, so it may ask the person first. Raises
    `NotProven`."""
    try:
        with _client(service) as client:
            page = _described(client, service).get("end_session_endpoint")
        back = [("client_id", service.client_id), ("post_logout_redirect_uri", f"{service.address}/")]
        return str(add_params_to_uri(page, back)) if page else None
    except Exception as error:
        raise _not_proven(error) from None


def _client(service: Service) -> OAuth2Session:
    return OAuth2Session(
        service.client_id,
        service.client_secret,
        # Microsoft Entra ID gives `oid` only to who asks for the profile; nothing else of it is looked at.
        scope="openid email" if service.subject_claim == "sub" else "openid email profile",
        redirect_uri=service.comes_back_to,
        code_challenge_method="S256",
        default_timeout=PATIENCE,
    )


def _described(client: OAuth2Session, service: Service) -> dict[str, Any]:
    """Asked anew each time, as the keys are: the service may change both, and signing in is seldom."""
    described = _got(client, service.issuer.rstrip("/") + "/.well-known/openid-configuration")
    if described["issuer"] != service.issuer:
        raise ValueError("issuer")
    if urlsplit(service.issuer).scheme == "https":
        for key in ("authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint"):
            if urlsplit(described.get(key, "https:")).scheme != "https":
                raise ValueError(key)
    return described


def _got(client: OAuth2Session, address: str) -> Any:
    answer = client.request("GET", address, withhold_token=True)
    answer.raise_for_status()
    return answer.json()


def _not_proven(error: Exception) -> NotProven:
    """Whatever is wrong with what a stranger sent, nobody is signed in by it. Its words may quote anything: names only."""
    return NotProven(" ".join(filter(None, (type(error).__name__, getattr(error, "claim", "")))))
