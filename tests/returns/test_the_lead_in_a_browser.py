"""The lead's way in a browser: the draft, the lock, the files, a late record explained, the correction, the copy to publish."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from data.database.store import open_store
from tests.browser.fixtures import make_accounts
from tests.browser.tool import Tool, for_all, running, settle
from tests.factories import a_child, a_child_in_oversight, an_episode
from tests.returns.made import QUARTER

ADDRESS = f"/quarterly-return?quarter={QUARTER}".replace(" ", "+")
JUDGED = date(2026, 5, 1)


@pytest.fixture(scope="module")
def tool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tool]:
    folder = tmp_path_factory.mktemp("tool")
    address = str(folder / "mace.duckdb")
    make_accounts(address)
    store = open_store(address)
    for n in range(8):
        a_child_in_oversight(store, "C" if n == 7 else "B", opened_on=JUDGED)
    an_episode(store, a_child(store, "Ada Made-Up"), opened_on=JUDGED)
    store.close()
    with running(Tool(address, folder / "log")) as tool:
        yield tool


def test_a_return_is_drafted_locked_downloaded_corrected_and_published(open_as: Callable[..., Page]) -> None:
    page = open_as("coordinator", ADDRESS)
    expect(page.get_by_role("link", name="Ada Made-Up")).to_be_visible()
    page.get_by_label("What Liverpool says about measure 3 (optional)").fill("Met in parks.")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Saved ")).to_be_visible()

    page = open_as("partnership_lead", ADDRESS)
    expect(page.get_by_text("Liverpool says: Met in parks.")).to_be_visible()
    expect(page.get_by_text("Ada Made-Up")).to_have_count(0)
    page.get_by_role("button", name="Lock the return").click()
    expect(page.get_by_text("Some figures are not whole.")).to_be_visible()
    page.get_by_text("I have looked at what is not whole").click()
    settle(page)
    page.get_by_role("button", name="Lock the return").click()
    expect(page.get_by_text("The return is locked.")).to_be_visible()
    expect(page.get_by_text("Locked as version 1 by Made-Up Partnership lead")).to_be_visible()
    for opened in ("Correct this return", "Make a copy for publication"):
        page.get_by_text(opened, exact=True).click()
    for_all(page)
    with page.expect_download() as file:
        page.get_by_role("button", name="Download the return as Excel").click()
    assert file.value.suggested_filename == "return-2026-27-Q1-restricted-version-1.xlsx"
    notes = load_workbook(io.BytesIO(file.value.path().read_bytes()))["Notes"]
    assert "Met in parks." in [cell.value for row in notes.iter_rows() for cell in row]

    page.get_by_role("button", name="Make the copy", exact=True).click()
    expect(page.get_by_text("The copy for publication is made.")).to_be_visible()
    total = page.get_by_role("table", name="Children in the meeting's oversight").locator("tr.total")
    expect(total).to_contain_text("Total8cc")
    for_all(page)

    page.get_by_role("link", name="Why the locked figures would differ now").click()
    expect(page.get_by_text("Every figure would be the same now.")).to_be_visible()
    for_all(page)
    page.get_by_role("link", name="Back to the return").click()
    page.get_by_text("Correct this return", exact=True).click()
    page.get_by_role("button", name="Begin a correction").click()
    expect(page.get_by_text("Enter the reason")).to_be_visible()
    page.get_by_label("Why is it corrected?").fill("Words were missing")
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("button", name="Begin a correction").click()
    expect(page.get_by_text("Being corrected: Words were missing")).to_be_visible()
    page.get_by_text("I have looked at what is not whole").click()
    settle(page)
    page.get_by_role("button", name="Lock the correction").click()
    expect(page.get_by_text("Locked as version 2")).to_be_visible()
    expect(page.get_by_role("table", name="Locked versions").get_by_role("row")).to_have_count(3)
