"""The whole way through the door: to the sign-in service, back, in and out; as a person does, and as a thief would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import requests
from playwright.sync_api import Page, expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from websockets.sync.client import connect

from data.database.store import open_store
from data.sign_in.pace import TIMES
from tests.browser.fixtures import PASSWORD
from tests.browser.tool import Tool, problems_for_access, running, settle
from tests.factories import a_hash, an_account
from tests.sign_in.a_sign_in_service import BrowserOf, SignInService
from tests.sign_in.conversation import run

COOKIE_SECRET = "a secret that a careless installation has published"


class Town(NamedTuple):
    tool: Tool
    service: SignInService


@pytest.fixture(scope="module")
def town(
    new_database: Callable[[Path], str],
    tmp_path_factory: pytest.TempPathFactory,
    running_service: SignInService,
) -> Iterator[Town]:
    """The tool beside a sign-in service that knows Ash, who was given a first password too, and a stranger."""
    folder = tmp_path_factory.mktemp("town")
    address = new_database(folder)
    with open_store(address) as store:
        an_account(
            store, name="Ash Example", username="ash", identity_email="ash@example.org",
            password_hash=a_hash(PASSWORD), must_change_password=True,
        )  # fmt: skip
        an_account(store, "manager", username="manager", name="Kim Example", identity_email="kim@example.org")
    running_service.people = {
        "ash-1": {"email": "ash@example.org", "email_verified": True},
        "kim-1": {"email": "kim@example.org", "email_verified": True},
        "stranger": {"email": "stranger@example.org", "email_verified": True},
    }
    tool = Tool(address, folder / "log", STREAMLIT_SERVER_COOKIE_SECRET=COOKIE_SECRET)
    tool.environment |= running_service.settings(tool.url) | {"MACE_OIDC_SIGN_OUT": "on"}
    with running(tool):
        yield Town(tool, running_service)


def is_signed_in(town: Town, cookie: str) -> bool:
    headers = {"Cookie": f"mace_browser={cookie}", "Origin": town.tool.url}
    return requests.post(town.tool.url + "/stay", headers=headers, timeout=30).status_code == 204


def cookie_of(browser: BrowserOf) -> str:
    return str(browser.session.cookies["mace_browser"])


def test_a_person_goes_to_the_service_comes_back_where_they_were_going_and_signs_out(
    page: Page, town: Town
) -> None:
    page.goto(town.tool.url + "/account?from=email")
    to_the_service = page.get_by_role("button", name="Sign in with your council account")
    expect(to_the_service).to_be_visible()
    assert problems_for_access(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    to_the_service.click()
    page.get_by_role("link", name="I am stranger").click()
    said = page.locator(".st-key-there_is_a_problem")
    expect(said).to_contain_text("You cannot use this tool with that account. Ask your administrator.")
    assert problems_for_access(page) == []
    assert page.url == town.tool.url + "/"
    page.goto(town.tool.url + "/account?from=email")
    settle(page)
    to_the_service.click()
    page.get_by_role("link", name="I am ash-1").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    expect(page.get_by_text("Signed in as Ash Example")).to_be_visible()
    assert page.url == town.tool.url + "/account?from=email"
    expect(page.get_by_role("heading", name="Change your password")).to_have_count(0)
    assert problems_for_access(page) == []
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(to_the_service).to_be_visible()
    expect(page.get_by_text("Signed in as")).to_have_count(0)
    back = {"tenant": "1", "client_id": "mace", "post_logout_redirect_uri": f"{town.tool.url}/"}
    assert town.service.left == [back]


def test_a_new_cookie_is_signed_in_and_the_one_of_before_is_not(town: Town) -> None:
    browser = BrowserOf(town.tool.url)
    first = cookie_of(browser)
    answer = browser.answer(town.service.agree(browser.ask("/account"), "ash-1"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert "HttpOnly; SameSite=Lax" in answer.headers["set-cookie"]
    assert answer.headers["referrer-policy"] == "no-referrer"
    second = cookie_of(browser)
    assert is_signed_in(town, second)
    assert not is_signed_in(town, first)
    browser.answer(town.service.agree(browser.ask(), "kim-1"))
    assert is_signed_in(town, cookie_of(browser))
    assert not is_signed_in(town, second)


def test_an_answer_does_not_sign_in_another_browser_nor_the_same_one_twice(town: Town) -> None:
    attacker, victim = BrowserOf(town.tool.url), BrowserOf(town.tool.url)
    before = cookie_of(victim)
    brought = town.service.agree(attacker.ask(), "kim-1")
    for answer in (
        victim.answer(brought),
        requests.get(town.tool.url + "/oidc/callback", params=brought, allow_redirects=False, timeout=30),
    ):
        assert answer.headers["location"] == "/?sign_in=again"
    assert cookie_of(victim) == before
    assert not is_signed_in(town, before)
    assert attacker.answer(brought).headers["location"] == "/"
    assert attacker.answer(brought).headers["location"] == "/?sign_in=again"


def test_who_is_unknown_comes_back_with_the_cookie_they_had(town: Town) -> None:
    browser = BrowserOf(town.tool.url)
    answer = browser.answer(town.service.agree(browser.ask(), "stranger"))
    assert answer.headers["location"] == "/?sign_in=refused"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("to", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example"])
def test_the_way_back_ends_in_this_tool(town: Town, to: str) -> None:
    browser = BrowserOf(town.tool.url)
    assert browser.answer(town.service.agree(browser.ask(to), "kim-1")).headers["location"] == "/"


def test_an_error_that_the_service_sends_is_neither_shown_nor_logged(town: Town) -> None:
    browser = BrowserOf(town.tool.url)
    browser.ask()
    answer = browser.answer({"error": "access_denied", "error_description": "words of a stranger"})
    assert answer.headers["location"] == "/?sign_in=again"
    assert "stranger" not in town.tool.log.read_text()


def test_a_stranger_who_presses_without_end_is_told_to_wait_and_asks_nobody(town: Town) -> None:
    def presses(path: str, address: str) -> str:
        came_from = {"X-Forwarded-For": address}
        answer = requests.get(town.tool.url + path, headers=came_from, allow_redirects=False, timeout=30)
        return answer.headers["location"]

    for _ in range(TIMES):
        assert presses("/oidc/login", "192.0.2.1") == "/?sign_in=again"  # without a cookie
    for path in ("/oidc/login", "/oidc/callback?state=a&code=b", "/oidc/logout"):
        assert presses(path, "192.0.2.1") == "/?sign_in=often"
        assert presses(path, "192.0.2.2") != "/?sign_in=often"


@pytest.mark.parametrize("path", ["/auth/login", "/auth/logout", "/oauth2callback?code=a&state=b"])
def test_streamlits_own_sign_in_is_closed(town: Town, path: str) -> None:
    assert requests.get(town.tool.url + path, allow_redirects=False, timeout=30).status_code == 404


def test_a_cookie_of_streamlits_own_sign_in_alone_opens_nothing(town: Town) -> None:
    """Rightly signed, and shown with what makes `st.user` believe it."""
    said = '{"is_logged_in": true, "email": "kim@example.org", "email_verified": true, "sub": "kim-1"}'
    signed = create_signed_value(COOKIE_SECRET, "_streamlit_user", said).decode()
    token = requests.get(town.tool.url + "/_stcore/health", timeout=30).cookies["_streamlit_xsrf"]
    with connect(
        town.tool.url.replace("http", "ws") + "/_stcore/stream",
        origin=town.tool.url,
        additional_headers={"Cookie": f"mace_browser=x; _streamlit_user={signed}; _streamlit_xsrf={token}"},
        subprotocols=["streamlit", token],  # type: ignore[list-item]
    ) as websocket:
        _, words = run(websocket, "account")
    assert "Sign in with your council account" in words
    assert "Your account" not in words
