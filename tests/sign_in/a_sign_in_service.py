"""A small OpenID Connect provider on this machine, with a key of its own: what the tool meets at an organisation's.

It does what the standard says, and for an attack what it is told: other claims, another signature.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import requests
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "mace", "a secret of the tests"


def a_key() -> RSAKey:
    return RSAKey.generate_key(2048, parameters={"kid": secrets.token_hex(4), "use": "sig"})


class SignInService:
    """`people`: what the service says of each, by the identifier it knows them by."""

    def __init__(self) -> None:
        self.key = a_key()
        self.people: dict[str, dict[str, Any]] = {}
        self.asked: list[dict[str, str]] = []
        self.left: list[dict[str, str]] = []
        self.codes: dict[str, tuple[str, dict[str, str]]] = {}
        self.be_honest()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _answering(self))
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"

    def be_honest(self) -> None:
        self.other_claims: dict[str, Any] = {}
        self.signed: Callable[[dict[str, Any]], str] = lambda claims: jwt.encode(
            {"alg": "RS256", "kid": self.key.kid}, claims, self.key
        )
        self.described_otherwise: dict[str, Any] = {}

    def settings(self, address: str) -> dict[str, str]:
        return {
            "MACE_OIDC_ISSUER": self.issuer, "MACE_OIDC_CLIENT_ID": CLIENT, "MACE_OIDC_CLIENT_SECRET": SECRET,
            "MACE_OIDC_ADDRESS": address, "MACE_OIDC_NAME": "your council account",
        }  # fmt: skip

    def agree(self, page: str, person: str) -> dict[str, str]:
        """What somebody brings back who was sent to `page` and signed in there."""
        question = dict(parse_qsl(urlsplit(page).query))
        self.asked.append(question)
        code = secrets.token_urlsafe(16)
        self.codes[code] = (person, question)
        return {"state": question["state"], "code": code}

    def exchange(self, authorization: str, form: dict[str, str]) -> dict[str, str] | None:
        person, question = self.codes.pop(form.get("code", ""), ("", {}))
        challenge = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        is_right = (
            person
            and authorization == "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
            and form.get("redirect_uri") == question["redirect_uri"]
            and question["code_challenge_method"] == "S256"
            and base64.urlsafe_b64encode(challenge).rstrip(b"=").decode() == question["code_challenge"]
        )
        if not is_right:
            return None
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": person, "iat": now, "exp": now + 300,
            "nonce": question["nonce"], **self.people.get(person, {}), **self.other_claims,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        return {"access_token": "nothing", "token_type": "Bearer", "id_token": self.signed(claims)}

    def described(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/jwks",
            "end_session_endpoint": f"{self.issuer}/end?tenant=1",
            **self.described_otherwise,
        }  # fmt: skip


def _answering(service: SignInService) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            if address.path == "/.well-known/openid-configuration":
                self.say(200, json.dumps(service.described()))
            elif address.path == "/jwks":
                self.say(200, json.dumps(KeySet([service.key]).as_dict(private=False)))
            elif address.path == "/authorize":
                people = "".join(
                    f'<p><a href="/agree?{urlencode({"as": person, "page": self.path})}">I am {person}</a></p>'
                    for person in service.people
                )
                self.say(200, f"<!doctype html><html lang=en><title>Council</title><h1>Council</h1>{people}")
            elif address.path == "/agree":
                given = dict(parse_qsl(address.query))
                brought = service.agree(given["page"], given["as"])
                back = dict(parse_qsl(urlsplit(given["page"]).query))["redirect_uri"]
                self.say(303, "", Location=f"{back}?{urlencode(brought)}")
            elif address.path == "/end":
                service.left.append(dict(parse_qsl(address.query)))
                self.say(303, "", Location=service.left[-1]["post_logout_redirect_uri"])
            else:
                self.say(404, "")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            answer = service.exchange(self.headers.get("Authorization", ""), form)
            self.say(200 if answer else 400, json.dumps(answer or {"error": "invalid_grant"}))

        def say(self, status: int, body: str, **headers: str) -> None:
            self.send_response(status)
            kind = "application/json" if body.startswith("{") else "text/html; charset=utf-8"
            for name, value in {"Content-Type": kind, **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: Any) -> None:
            """The terminal is the test's."""

    return Answering


@contextmanager
def a_sign_in_service() -> Iterator[SignInService]:
    service = SignInService()
    thread = threading.Thread(target=service.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield service
    finally:
        service.server.shutdown()
        service.server.server_close()
        thread.join()


class BrowserOf:
    """Somebody's browser at the tool, as far as signing in goes: it keeps cookies and follows nothing by itself."""

    def __init__(self, tool_url: str) -> None:
        self.url = tool_url
        self.session = requests.Session()
        self.get("/")

    def get(self, path: str) -> requests.Response:
        return self.session.get(self.url + path, allow_redirects=False, timeout=30)

    def ask(self, going_to: str = "/") -> str:
        return self.get(f"/oidc/login?{urlencode({'to': going_to})}").headers["location"]

    def answer(self, brought: dict[str, str]) -> requests.Response:
        return self.get(f"/oidc/callback?{urlencode(brought)}")
