"""The tool's cookies as they stand in a request and an answer. Scripts and other sites reach none of them.

Behind TLS their names begin with __Host-: a browser takes such a cookie from this very host and over TLS only, so no
other host of the same domain and nobody on the way can plant one.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from pages.parts.browser import COOKIE, KNOWN_BROWSER

OURS = (COOKIE, KNOWN_BROWSER)
BOUND_TO_THE_HOST = "__Host-"


def is_behind_tls(scope: MutableMapping[str, Any]) -> bool:
    """As the proxy on this machine says it with `X-Forwarded-Proto`."""
    return scope.get("scheme") in ("https", "wss")


def written(name: str, token: str, scope: MutableMapping[str, Any], days: int = 0) -> str:
    """The value of `Set-Cookie`; until the browser is closed, or for so many days. Lax, not Strict: a person who follows a
    link to the tool from an email is still signed in."""
    named = BOUND_TO_THE_HOST + name if is_behind_tls(scope) else name
    lasts = f"; Max-Age={days * 24 * 60 * 60}" if days else ""
    secure = "; Secure" if is_behind_tls(scope) else ""
    return f"{named}={token}; Path=/; HttpOnly; SameSite=Lax{lasts}{secure}"


def leave_ours(scope: MutableMapping[str, Any]) -> None:
    """Give our cookies of a request their plain names, and take away any that came under the name of the other scheme."""
    scope["headers"] = [
        (name, _as_ours(value, is_behind_tls(scope)) if name == b"cookie" else value)
        for name, value in scope["headers"]
    ]


def _as_ours(header: bytes, behind_tls: bool) -> bytes:
    kept = []
    for pair in header.decode("latin-1").split(";"):
        name, is_pair, value = pair.strip().partition("=")
        plain = name.removeprefix(BOUND_TO_THE_HOST)
        if plain in OURS and (plain != name) != behind_tls:
            continue
        kept.append(f"{plain if plain in OURS else name}{is_pair}{value}")
    return "; ".join(kept).encode("latin-1")
