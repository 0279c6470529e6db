"""A record opened in an emergency and reviewed, another restricted: in a browser, wide and narrow, for everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.access.conftest import Open
from tests.browser.tool import Tool, for_all, settle


@pytest.fixture(scope="package")
def tool(in_use: Open) -> Tool:
    return in_use.tool


def test_an_emergency_is_opened_seen_and_reviewed_and_a_record_is_restricted(
    in_use: Open, open_as: Callable[..., Page]
) -> None:
    page = open_as("practitioner", "/emergency")
    page.get_by_role("button", name="Open the record").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    for_all(page)
    page.get_by_label("NHS number").fill(in_use.robin["number"])
    page.get_by_label("Why you need this record now").fill("Found with a stranger, far from home")
    page.get_by_text("Vital interests").click()
    page.get_by_role("button", name="Open the record").click()
    expect(page.get_by_text("You opened this record in an emergency")).to_be_visible()
    expect(page.get_by_text("Robin Made-Up")).to_be_visible()
    expect(page.get_by_role("button", name="Screening")).to_have_count(0)
    for_all(page)

    page = open_as("coordinator", "/my-work")
    expect(page.get_by_role("heading", name="Opened in an emergency")).to_be_visible()
    for_all(page)
    page = open_as("manager", "/emergencies")
    for_all(page)
    page.get_by_text("Review this opening").first.click()
    page.get_by_text("Appropriate: the reason called for it").first.click()
    page.get_by_label("What you found").first.fill("The child was brought home")
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("button", name="Keep the review").first.click()
    expect(page.get_by_text("Reviewed: appropriate")).to_be_visible()
    expect(page.get_by_text("The child was brought home")).to_be_visible()

    address = f"/restriction?child={in_use.robin['child']}"
    page = open_as("coordinator", address)
    page.get_by_label("Why the record is restricted").fill("A relative works in the team")
    page.get_by_role("button", name="Restrict this record").click()
    expect(page.get_by_role("heading", name="Who may open it")).to_be_visible()
    for_all(page)
    page = open_as("manager", f"/child?child={in_use.robin['child']}")
    expect(page.get_by_text("You cannot open this record")).to_be_visible()
    page = open_as("manager", "/disclosures")
    expect(page.get_by_text("A restricted child (ask")).to_be_visible()
    for_all(page)
