"""The administrator's pages as people use them, and who has seen a child: in a browser, wide and narrow, looked at by axe."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.accounts.conftest import Known
from tests.browser.tool import Tool, problems_for_access, settle

Open = Callable[..., Page]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 800}


def looks_well(page: Page, name: str) -> None:
    """No problem for access and no sideways scrolling, at both widths."""
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        settle(page)
        assert problems_for_access(page) == [], (name, size["width"])
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], (name, size["width"])
        if folder := os.environ.get("MACE_SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"{name}-{size['width']}.png", full_page=True)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    settle(page)


def fill(page: Page, label: str, words: str) -> None:
    field = page.get_by_role("textbox", name=re.compile(f"^{label}"))
    field.fill(words)
    field.press("Tab")
    settle(page)


def choose(page: Page, group: str, option: str) -> None:
    radios = page.get_by_role("radiogroup", name=re.compile(f"^{group}"))
    radios.get_by_text(option, exact=True).click()
    settle(page)


def test_somebody_is_invited_with_nothing_typed_lost_and_signs_in_with_what_was_shown_once(
    open_as: Open, tool: Tool
) -> None:
    page = open_as("administrator", "/accounts")
    looks_well(page, "accounts")
    page.get_by_role("link", name="Invite somebody").click()
    expect(page.get_by_role("heading", name="Invite somebody")).to_be_visible()
    fill(page, "Name", "Ash Example")
    fill(page, "User name", "SAM")
    choose(page, "Role", "Practitioner")
    choose(page, "Agency", "Health")
    choose(page, "Vetting level", "None recorded")
    press(page, "Invite")
    summary = page.locator(".st-key-there_is_a_problem")
    expect(summary).to_contain_text("Select their area")
    expect(summary.get_by_role("heading")).to_be_focused()
    expect(summary).to_contain_text("Enter another user name")
    expect(page.get_by_role("textbox", name=re.compile("^Name"))).to_have_value("Ash Example")
    looks_well(page, "invite-problems")
    problem = page.get_by_text("Enter another user name").last
    assert problem.evaluate("said => getComputedStyle(said).color") == "rgb(180, 35, 24)"
    fill(page, "User name", "ash")
    choose(page, "Area", "Wirral")
    press(page, "Invite")
    password = page.locator("code.first-password").inner_text()
    looks_well(page, "invited")
    page.get_by_role("link", name="Back to the accounts").click()
    settle(page)
    expect(page.get_by_text(password)).to_have_count(0)
    page.context.clear_cookies()
    page.goto(tool.url)
    page.get_by_label("User name").fill("ash")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Choose your password")).to_be_visible()


def test_an_account_is_changed_suspended_and_brought_back_on_its_page(
    open_as: Open, known: tuple[Tool, Known]
) -> None:
    page = open_as("administrator", "/accounts")
    fill(page, "Name, user name", "sam")
    page.get_by_role("link", name="Sam Made-Up").click()
    expect(page.get_by_role("heading", name="Sam Made-Up")).to_be_visible()
    settle(page)
    looks_well(page, "account")
    page.get_by_role("link", name="Change the account").click()
    settle(page)
    expect(page.get_by_role("group", name="Working days")).to_be_visible()
    fill(page, "Work telephone number", "0151 496 0001")
    looks_well(page, "account-change")
    press(page, "Save account")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    press(page, "Suspend")
    expect(page.get_by_text("Suspended. They are signed out and cannot sign in.")).to_be_visible()
    press(page, "Bring back")
    expect(page.get_by_text("Brought back.", exact=True)).to_be_visible()
    expect(page.get_by_text("Can sign in", exact=True)).to_be_visible()
    press(page, "Give a new first password")
    expect(page.locator("code.first-password")).to_be_visible()


def test_the_last_administrator_is_told_why_they_stay(open_as: Open) -> None:
    page = open_as("administrator", "/accounts")
    fill(page, "Name, user name", "administrator")
    page.get_by_role("link", name="Made-Up Administrator").click()
    expect(page.get_by_role("heading", name="Made-Up Administrator")).to_be_visible()
    settle(page)
    press(page, "Suspend")
    expect(page.locator(".st-key-there_is_a_problem")).to_contain_text("Invite another administrator first")


def test_the_trail_is_checked_and_read_without_a_childs_name(open_as: Open) -> None:
    page = open_as("administrator", "/audit")
    press(page, "Check the chain")
    expect(page.get_by_text("The audit trail is whole.")).to_be_visible()
    expect(
        page.get_by_text("Sam Made-Up looked at 1 child with their own last name or postcode.")
    ).to_be_visible()
    fill(page, "User name", "sam")
    expect(page.get_by_role("row", name=re.compile("Kim Example"))).to_have_count(0)
    expect(page.get_by_role("row", name=re.compile("Sam Made-Up .*child viewed"))).to_be_visible()
    assert "Rowan" not in page.content()
    fill(page, "Day", "soon")
    expect(page.locator(".st-key-there_is_a_problem")).to_contain_text("must have a day, a month and a year")
    fill(page, "Day", "")
    looks_well(page, "audit")


def test_an_agreement_is_recorded_for_an_agency_of_an_area(open_as: Open) -> None:
    page = open_as("administrator", "/agreements")
    fill(page, "Date the agreement was signed", "soon")
    press(page, "Save date")
    expect(page.locator(".st-key-there_is_a_problem")).to_contain_text("must have a day, a month and a year")
    fill(page, "Date the agreement was signed", "1 4 2026")
    press(page, "Save date")
    expect(page.get_by_role("cell", name="1 April 2026")).to_be_visible()
    looks_well(page, "agreements")


def test_the_coordinator_sees_who_has_seen_a_child(open_as: Open, known: tuple[Tool, Known]) -> None:
    page = open_as("coordinator", f"/who-has-seen?child={known[1].child_id}")
    row = page.get_by_role("row", name=re.compile("Sam Made-Up"))
    expect(row).to_contain_text("Looked at the child's page")
    expect(page.get_by_role("row", name=re.compile("Kim Example"))).to_be_visible()
    looks_well(page, "who-has-seen")
