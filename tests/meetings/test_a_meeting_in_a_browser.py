"""A meeting of three children held in a browser: planned, papers out, signed, minuted one by one, next child by next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from data import clock
from data.store import open_store
from tests.browser.fixtures import make_accounts
from tests.browser.tool import Tool, problems_for_access, running, settle
from tests.factories import a_child, an_episode
from tests.filled_in import on

NAMES = ("Ada Made-Up", "Ben Made-Up", "Cem Made-Up")


@pytest.fixture(scope="module")
def tool(new_database: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tool]:
    folder = tmp_path_factory.mktemp("tool")
    address = new_database(folder)
    make_accounts(address)
    store = open_store(address)
    for name in NAMES:
        an_episode(store, a_child(store, name))
    store.close()
    with running(Tool(address, folder / "log")) as tool:
        yield tool


def for_all(page: Page) -> None:
    """axe finds nothing, wide and narrow, and nothing is cut off."""
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        assert problems_for_access(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1280, "height": 900})


def typed(page: Page, label: str, words: str) -> None:
    page.get_by_role("textbox", name=label).first.fill(words)
    page.keyboard.press("Tab")
    settle(page)


def test_three_children_are_minuted_one_after_the_other(open_as: Callable[..., Page]) -> None:
    page = open_as("coordinator", "/meetings")
    for_all(page)
    typed(page, "Date", on(clock.today()))
    typed(page, "Place", "Made-up room")
    page.get_by_role("button", name="Plan meeting").click()
    page.get_by_role("button", name="Put all proposed on the agenda").click()
    expect(page.get_by_role("table", name="Children on the agenda").get_by_role("row")).to_have_count(4)
    for_all(page)
    page.get_by_role("button", name="Send papers out").click()
    page.get_by_role("link", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Confidentiality statement")).to_be_visible()
    typed(page, "Name", "Attendee Made-Up")
    page.get_by_text("Children's social care", exact=True).click()
    typed(page, "Role, or team", "Team manager")
    page.get_by_role("button", name="Sign the confidentiality statement").click()
    expect(page.get_by_role("table", name="Signed in")).to_be_visible()
    for_all(page)
    page.get_by_role("link", name="Back to the meeting").click()
    page.get_by_role("link", name="Minute the first child").click()
    for place, name in enumerate(NAMES, 1):
        expect(page.get_by_role("heading", name=f"Child {place} of 3")).to_be_visible()
        expect(page.locator(".child-heading")).to_contain_text(name)
        if place == 1:
            for_all(page)
            page.get_by_role("button", name="Record and go on").click()
            expect(page.get_by_text("Enter why the meeting decided this")).to_be_visible()
        page.get_by_text("Review by a date").first.click()
        settle(page)
        typed(page, "Why did the meeting decide this?", "Made-up reason")
        typed(page, "Review by", on(clock.today() + timedelta(weeks=8)))
        page.get_by_role("radiogroup", name="Is it escalated").get_by_text("No", exact=True).click()
        settle(page)
        page.get_by_role("button", name="Record and go on").click()
    expect(page.get_by_role("heading", name="Meeting of")).to_be_visible()
    page.get_by_role("button", name="Meeting was held").click()
    page.get_by_role("button", name="Minutes are agreed").click()
    expect(page.get_by_text("Minutes agreed", exact=True)).to_be_visible()
    settle(page)
    with page.expect_download() as file:
        page.get_by_role("button", name="Download the minutes as Word").click()
    cells = [
        cell.text for table in Document(file.value.path()).tables for row in table.rows for cell in row.cells
    ]
    assert cells.count("Made-up reason") == 3
