"""Every page, as somebody of the area who has work there, against WCAG 2.2 AA, wide and at 320 pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.access.conftest import Open
from tests.access.pages import PAGES
from tests.browser.fixtures import give_cookie
from tests.browser.tool import a_window, for_all

WHO = ("coordinator", "manager", "administrator", "partnership_lead", "practitioner")
"""The first of these to whom a page exists opens it."""


@pytest.fixture(scope="module")
def window_of(browser: Browser, in_use: Open) -> Iterator[Callable[[str], Page]]:
    windows: dict[str, Page] = {}

    def of(role: str) -> Page:
        if role not in windows:
            windows[role] = a_window(browser)
            give_cookie(windows[role], in_use.tool, role)
        return windows[role]

    yield of
    for page in windows.values():
        page.context.close()


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_on_the_page_and_nothing_is_cut_off(
    address: str, in_use: Open, window_of: Callable[[str], Page]
) -> None:
    role = next(one for one in WHO if one in PAGES[address].split())
    page = window_of(role)
    page.goto(f"{in_use.tool.url}/{address}?{urlencode(in_use.ids)}")
    expect(page.get_by_text("Signed in as")).to_be_visible()
    main = page.locator(".stMain")
    expect(main.get_by_role("heading", level=1).or_(main.get_by_text("You cannot open"))).to_have_count(1)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    for_all(page)
