"""One running tool and one browser for all journeys; each test has a browser window of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from data.accounts import ROLES
from data.database.store import Store, open_store
from data.sign_in import sessions
from pages.parts.browser import COOKIE
from tests.browser.tool import Tool, a_browser, a_window, running, settle
from tests.factories import a_hash, an_account

PASSWORD = "three random words"
IDLE_MINUTES = 300
"""A slow machine takes longer than half an hour from one use of a cookie to the next."""


@pytest.fixture(scope="session")
def tool(new_database: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tool]:
    """The tool, with an account of each role in Liverpool: the user name is the role, the password PASSWORD.

    Each is signed in already where the cookie is `cookie_of(role)`, and `newcomer` has still to choose a password.
    """
    folder = tmp_path_factory.mktemp("tool")
    address = new_database(folder)
    make_accounts(address)
    with running(Tool(address, folder / "log", MACE_IDLE_MINUTES=str(IDLE_MINUTES))) as tool:
        yield tool


def make_accounts(address: str) -> None:
    store = open_store(address)
    hashed = a_hash(PASSWORD)
    for role in set(ROLES) - {"operator"}:
        an_account(store, role, username=role, name=f"Made-Up {ROLES[role]}", password_hash=hashed)
        sign_in_beforehand(store, role)
    an_account(store, username="newcomer", password_hash=hashed, must_change_password=True)
    store.close()


def sign_in_beforehand(store: Store, username: str) -> None:
    """From here on, whose browser has the cookie `cookie_of(username)` is signed in."""
    ticket = sessions.sign_in(store, username, PASSWORD, lambda password, _: password == PASSWORD)
    assert sessions.redeem(store, ticket, cookie_of(username))


def cookie_of(username: str) -> str:
    return f"the-cookie-of-the-{username}"


def give_cookie(page: Page, tool: Tool, username: str) -> None:
    """The window is signed in as nobody else."""
    page.context.clear_cookies()
    page.context.add_cookies([{"name": COOKIE, "value": cookie_of(username), "url": tool.url}])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with a_browser() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    window = a_window(browser)
    yield window
    window.context.close()


@pytest.fixture
def open_as(page: Page, tool: Tool) -> Callable[..., Page]:
    """`open_as("manager", "/cohort")`: the page at that address, drawn, for somebody who is signed in already."""

    def open_page(role: str, path: str = "/") -> Page:
        give_cookie(page, tool, role)
        page.goto(tool.url + path)
        page.get_by_text("Signed in as").wait_for()
        settle(page)
        return page

    return open_page
