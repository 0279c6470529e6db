"""Which ways of signing in are open: passwords, the organisation's own sign-in service, or both. From the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

NEEDED = ("MACE_OIDC_ISSUER", "MACE_OIDC_CLIENT_ID", "MACE_OIDC_ADDRESS")
SECRET, SECRET_FILE = "MACE_OIDC_CLIENT_SECRET", "MACE_OIDC_CLIENT_SECRET_FILE"
FOR_EVER = ("sub", "oid")
"""Claims that are never given to somebody else, as an email address or a user name may be once its owner has left."""
ON_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


class NotConfigured(Exception):
    """What is wrong with the settings, as a sentence for whoever starts the tool."""


@dataclass(frozen=True)
class Service:
    """A sign-in service that speaks OpenID Connect, and what it knows of this tool."""

    issuer: str
    client_id: str
    client_secret: str
    address: str
    """Of this tool, as people type it; never taken from a request, which may say anything."""
    name: str
    """As the button says it, after "Sign in with"."""
    subject_claim: str
    """What the service knows a person by for ever: `sub`, or `oid` with Microsoft Entra ID."""
    prompt: str
    """`login` asks who is there each time: without it, whoever finds the computer on signs in with one click."""
    signs_out: bool
    """Signing out here leads on to the service's own signing out."""

    @property
    def comes_back_to(self) -> str:
        return f"{self.address}/oidc/callback"


def the_service() -> Service | None:
    """None when no sign-in service is set. Raises `NotConfigured` when it is set by halves."""
    given = {name: os.environ.get(name, "").strip() for name in (*NEEDED, SECRET, SECRET_FILE)}
    if not any(given.values()):
        return None
    for name in NEEDED:
        if not given[name]:
            raise NotConfigured(
                f"Set {name} as well, or take away every setting that begins with MACE_OIDC_."
            )
    for name in ("MACE_OIDC_ISSUER", "MACE_OIDC_ADDRESS"):
        address = urlsplit(given[name])
        if address.scheme != "https" and address.hostname not in ON_THIS_MACHINE:
            raise NotConfigured(f"{name} must begin with https://")
    subject_claim = os.environ.get("MACE_OIDC_SUBJECT", "").strip() or "sub"
    if subject_claim not in FOR_EVER:
        raise NotConfigured("Set MACE_OIDC_SUBJECT to sub, or with Microsoft Entra ID to oid.")
    signs_out = os.environ.get("MACE_OIDC_SIGN_OUT", "").strip() or "off"
    if signs_out not in ("on", "off"):
        raise NotConfigured("Set MACE_OIDC_SIGN_OUT to on or off.")
    return Service(
        given["MACE_OIDC_ISSUER"],
        given["MACE_OIDC_CLIENT_ID"],
        _secret(given[SECRET], given[SECRET_FILE]),
        given["MACE_OIDC_ADDRESS"].rstrip("/"),
        os.environ.get("MACE_OIDC_NAME", "").strip() or "your organisation's account",
        subject_claim,
        os.environ.get("MACE_OIDC_PROMPT", "").strip() or "login",
        signs_out == "on",
    )


def passwords_open() -> bool:
    return os.environ.get("MACE_PASSWORDS", "on") != "off"


def check() -> None:
    """Raises `NotConfigured`: what nobody could sign in with is said at the start."""
    if os.environ.get("MACE_PASSWORDS", "on") not in ("on", "off"):
        raise NotConfigured("Set MACE_PASSWORDS to on or off.")
    if the_service() is None and not passwords_open():
        raise NotConfigured(
            "With MACE_PASSWORDS=off nobody could sign in: set MACE_OIDC_ISSUER and the others."
        )


def _secret(secret: str, file: str) -> str:
    if bool(secret) == bool(file):
        raise NotConfigured(f"Set either {SECRET} or {SECRET_FILE}.")
    try:
        return secret or Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise NotConfigured(f"The file in {SECRET_FILE} cannot be read.") from None
