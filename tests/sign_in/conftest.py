"""An organisation's sign-in service, running, and the tool set to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sign_in.a_sign_in_service import SignInService, a_sign_in_service


@pytest.fixture(scope="module")
def running_service() -> Iterator[SignInService]:
    with a_sign_in_service() as service:
        yield service


@pytest.fixture
def service(running_service: SignInService, monkeypatch: pytest.MonkeyPatch) -> SignInService:
    """Honest, and knowing Ash."""
    for name, value in running_service.settings("http://localhost:8501").items():
        monkeypatch.setenv(name, value)
    running_service.be_honest()
    running_service.people = {"ash-1": {"email": "Ash@example.org", "email_verified": True}}
    return running_service
