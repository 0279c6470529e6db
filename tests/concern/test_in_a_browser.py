"""A coordinator adds a person of concern, links a child, looks at the map and logs a measure, in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from data.database.store import open_store
from tests.browser.fixtures import make_accounts
from tests.browser.tool import Tool, for_all, running, settle
from tests.factories import a_child

expect.set_options(timeout=20_000)  # a busy machine is no fault of the tool


@pytest.fixture(scope="module")
def tool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tool]:
    folder = tmp_path_factory.mktemp("tool")
    address = str(folder / "mace.duckdb")
    make_accounts(address)
    store = open_store(address)
    a_child(store, "Ada Made-Up")
    store.close()
    with running(Tool(address, folder / "log")) as tool:
        yield tool


def type_in(page: Page, label: str, words: str) -> None:
    page.get_by_role("textbox", name=label).first.fill(words)
    page.keyboard.press("Tab")
    settle(page)


def choose(page: Page, words: str) -> None:
    page.get_by_text(words, exact=True).first.click()
    settle(page)


def test_a_person_of_concern_is_added_linked_mapped_and_disrupted(open_as: Callable[..., Page]) -> None:
    page = open_as("coordinator", "/concerns")
    page.get_by_role("button", name="Add a record").click()
    choose(page, "Person")
    page.get_by_role("button", name="Save record").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    for_all(page)
    type_in(page, "Name, or what it is known by", "Zed <b>Invented</b>")
    # The last words come with the click, which loses neither.
    page.get_by_role("textbox", name="Why is it of concern?").fill("Made-up reason")
    page.get_by_role("button", name="Save record").click()
    expect(page.get_by_role("heading", name="Zed <b>Invented</b>")).to_be_visible()
    for_all(page)

    page.get_by_role("button", name="Link a child or another record").click()
    choose(page, "A child")
    type_in(page, "Search by name", "Ada")
    page.get_by_role("combobox", name="Choose from what was found").click()
    page.get_by_role("option", name="Ada Made-Up").click()
    settle(page)
    type_in(page, "What is the link?", "seen together")
    type_in(page, "Where is it known from?", "Made-up source")
    choose(page, "Evidence")
    page.get_by_role("button", name="Save link").click()
    expect(page.get_by_role("table", name="Children")).to_contain_text("seen together")

    page.get_by_role("link", name="Map of the links").click()
    finding = "Zed <b>Invented</b> is linked to 1 child, 1 of them directly."
    expect(page.get_by_text(finding)).to_be_visible()
    expect(page.get_by_role("figure", name=finding)).to_be_visible()
    expect(page.get_by_role("table", name="The same links")).to_contain_text("Ada Made-Up")
    for_all(page)

    page.get_by_role("link", name="Back to the record").click()
    page.get_by_role("button", name="Log a measure").click()
    choose(page, "Patrol")
    page.get_by_role("radiogroup", name="Is it against a person under 18?").get_by_text("No").click()
    settle(page)
    type_in(page, "Asked for by", "Made-up officer")
    page.get_by_role("button", name="Save measure").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    for_all(page)
