"""Whatever happens to the connection, the tool or the sign-in, what was typed is still there, and the status says what is true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from data.database.store import open_store
from tests.browser.drafts import Drafted, drafted
from tests.browser.fixtures import PASSWORD, give_cookie, sign_in_beforehand
from tests.browser.tool import a_window, problems_for_access, settle
from tests.factories import a_hash, an_account

AWAY = "No connection to the tool. What you typed stays on this screen"
UNSAVED = "What you typed and is not saved yet"


@dataclass
class Begun:
    drafted: Drafted
    browser: Browser

    def end_the_sign_in(self) -> None:
        """As an administrator does, in a window of their own."""
        window = a_window(self.browser)
        give_cookie(window, self.drafted.tool, "administrator")
        window.goto(f"{self.drafted.tool.url}/account-details?account={self.drafted.account_id}")
        window.get_by_role("button", name="End their sign-ins").click()
        expect(window.get_by_text("Signed out everywhere.")).to_be_visible()
        window.context.close()


@pytest.fixture
def begun(new_database: object, tmp_path: Path, browser: Browser) -> Iterator[Begun]:
    made = drafted(new_database(tmp_path))  # type: ignore[operator]
    store = open_store(made.address)
    an_account(store, "administrator", username="administrator", password_hash=a_hash(PASSWORD))
    sign_in_beforehand(store, "administrator")
    store.close()
    made.tool.start()
    yield Begun(made, browser)
    made.tool.stop()


def words(page: Page) -> Locator:
    return page.locator("textarea").first


def status(page: Page) -> Locator:
    return page.locator("p.saved")


def saved(page: Page) -> None:
    """Wait until everything typed is said to be saved, with the time."""
    expect(status(page)).to_have_text(
        [re.compile(r"^Saved \d\d:\d\d today$")]
    )  # and no other while it is drawn anew


def sign_in_here(page: Page) -> None:
    page.get_by_label("User name").fill("person")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("Signed in as").wait_for()
    settle(page)


def kept(begun: Begun) -> object:
    begun.drafted.tool.stop()
    return begun.drafted.kept("assessment").typed["child_voice"]


def test_while_the_tool_is_away_the_page_says_so_and_what_was_typed_is_saved_afterwards(
    begun: Begun, page: Page
) -> None:
    begun.drafted.open(page, "assessment", "voices")
    words(page).fill("Said before")
    expect(status(page)).to_contain_text("Saving …")
    saved(page)
    words(page).press_sequentially(" and while it was away")
    begun.drafted.tool.stop(kill=True)
    expect(status(page)).to_contain_text("Waiting: no connection")
    expect(page.get_by_text(AWAY)).to_be_visible()
    assert "Streamlit" not in page.locator("body").inner_text()
    assert problems_for_access_of(page) == []
    begun.drafted.tool.start()
    expect(page.get_by_text(AWAY)).to_have_count(0)
    saved(page)
    expect(words(page)).to_have_value("Said before and while it was away")
    settle(page)
    assert kept(begun) == "Said before and while it was away"


def problems_for_access_of(page: Page) -> list[str]:
    """Of a page that never settles, because nothing answers it: its notice alone."""
    notice = page.locator("#mace-away")
    return [] if notice.get_attribute("role") == "alert" else ["the notice is not read out"]


def test_offline_the_status_says_so_and_nothing_typed_is_lost(begun: Begun, page: Page) -> None:
    begun.drafted.open(page, "assessment", "voices")
    page.context.set_offline(True)
    expect(status(page)).to_contain_text("Waiting: no connection")
    page.context.set_offline(False)
    expect(page.get_by_text(AWAY)).to_have_count(0)
    words(page).fill("On the train")
    saved(page)
    settle(page)
    assert kept(begun) == "On the train"


def test_after_signing_in_again_in_another_tab_the_answer_is_saved_again(begun: Begun, page: Page) -> None:
    begun.drafted.open(page, "assessment", "voices")
    begun.end_the_sign_in()
    words(page).fill("Typed after the end")
    expect(page.get_by_text("You have been signed out. Sign in again.")).to_be_visible()
    expect(status(page)).to_contain_text("1 answer is not saved")
    other = page.context.new_page()
    other.goto(begun.drafted.tool.url + "/account")
    expect(other.get_by_text("Your sign-in has ended.")).to_be_visible()
    sign_in_here(other)
    expect(page.get_by_text(AWAY)).to_have_count(0)
    again = page.get_by_role("button", name="Save this answer again")
    again.click()
    expect(again).to_have_count(0)
    saved(page)
    expect(words(page)).to_have_value("Typed after the end")
    settle(page)
    assert kept(begun) == "Typed after the end"


def test_a_sign_in_that_ended_says_why_keeps_the_words_and_leads_back(begun: Begun, page: Page) -> None:
    begun.drafted.open(page, "assessment", "voices")
    begun.end_the_sign_in()
    words(page).fill("Typed after the end")
    expect(status(page)).to_contain_text("1 answer is not saved")
    page.get_by_role("button", name="Next: ").click()
    expect(page.get_by_text("Your sign-in has ended.")).to_be_visible()
    expect(page.get_by_role("heading", name=UNSAVED)).to_be_visible()
    expect(page.get_by_text("Typed after the end")).to_be_visible()
    assert problems_for_access(page) == []
    sign_in_here(page)
    assert begun.drafted.drafts["assessment"] in page.url
    page.go_back()
    expect(words(page)).to_have_value("Typed after the end")
    settle(page)
    page.get_by_role("button", name="Save this answer again").click()
    saved(page)
    settle(page)
    assert kept(begun) == "Typed after the end"
