"""Signing in and out as a person does, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.browser.fixtures import IDLE_MINUTES, PASSWORD
from tests.browser.tool import Tool, a_window, problems_for_access, settle, sign_in


def cookie_in(page: Page) -> str:
    return next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "mace_browser")


def test_a_link_is_still_there_after_signing_in(page: Page, tool: Tool) -> None:
    sign_in(page, tool, "manager", PASSWORD, "/account?from=email")
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    assert page.url == tool.url + "/account?from=email"
    signed_in_as = page.get_by_text("Signed in as")
    expect(signed_in_as).to_have_text(
        "Signed in as Made-Up Manager · Manager · Children's social care · Liverpool"
    )


def test_signing_in_gives_a_new_cookie_and_signing_out_ends_it(
    page: Page, tool: Tool, browser: Browser
) -> None:
    page.goto(tool.url)
    settle(page)
    before = cookie_in(page)
    sign_in(page, tool, "coordinator", PASSWORD, "/account?x=1")
    during = cookie_in(page)
    assert during != before
    for cookie, greeting in ((before, "Sign in"), (during, "Your account")):
        expect(copied(browser, tool, cookie).get_by_role("heading", name=greeting)).to_be_visible()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_label("User name")).to_be_visible()
    assert page.url == tool.url + "/"
    expect(copied(browser, tool, during).get_by_role("heading", name="Sign in")).to_be_visible()


def copied(browser: Browser, tool: Tool, cookie: str) -> Page:
    """Another computer, with this cookie."""
    page = a_window(browser)
    page.context.add_cookies([{"name": "mace_browser", "value": cookie, "url": tool.url}])
    page.goto(tool.url + "/account")
    settle(page)
    return page


def test_a_sign_in_outlives_a_crash_of_the_server(tool: Tool, open_as: Callable[..., Page]) -> None:
    page = open_as("administrator", "/account")
    tool.stop(kill=True)
    tool.start()
    page.reload()
    expect(page.get_by_text("Signed in as Made-Up Administrator")).to_be_visible()


def test_a_wrong_password_is_told_at_the_top_and_the_user_name_stays(page: Page, tool: Tool) -> None:
    page.goto(tool.url)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter your user name and your password.")
    page.get_by_label("User name").fill("practitioner")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("The user name or password is not right")
    expect(page.get_by_label("User name")).to_have_value("practitioner")
    expect(page.get_by_label("Password", exact=True)).to_have_value("")
    assert problems_for_access(page) == []


def test_a_password_that_was_given_out_must_be_changed_before_anything_else(page: Page, tool: Tool) -> None:
    sign_in(page, tool, "newcomer", PASSWORD, "/account")
    expect(page.get_by_role("heading", name="Choose your password")).to_be_visible()
    expect(page.get_by_role("heading", name="Your account")).to_have_count(0)
    assert problems_for_access(page) == []
    fill_passwords(page, PASSWORD, "four quite random words", "something else entirely")
    expect(page.get_by_role("alert")).to_contain_text("Enter the same new password twice.")
    fill_passwords(page, PASSWORD, "four quite random words", "four quite random words")
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    assert page.url == tool.url + "/account"


def fill_passwords(page: Page, *passwords: str) -> None:
    for label, password in zip(
        ("Password you signed in with", "New password", "New password again"), passwords, strict=True
    ):
        page.get_by_label(label, exact=True).fill(password)
    page.get_by_role("button", name="Save new password").click()


def test_nobody_is_signed_out_for_being_idle_without_a_warning_and_a_way_to_stay(
    page: Page, tool: Tool
) -> None:
    page.clock.install()
    sign_in(page, tool, "meeting_member", PASSWORD)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.clock.fast_forward((IDLE_MINUTES - 20) * 60_000)
    for _ in range(30):  # minutes: each drawing of the page counts as something that happens
        page.clock.fast_forward("01:00")
        if page.get_by_role("dialog").count():
            break
    expect(page.get_by_role("dialog")).to_contain_text("You will soon be signed out")
    expect(page.get_by_text("Signed in as")).to_be_visible()
    assert problems_for_access(page) == []
    with page.expect_response("**/stay") as answer:
        page.get_by_role("button", name="Stay signed in").click()
    assert answer.value.status == 204
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_sign_in_page_and_the_account_page_are_accessible(
    page: Page, tool: Tool, open_as: Callable[..., Page]
) -> None:
    page.goto(tool.url)
    expect(page.get_by_label("User name")).to_be_visible()
    assert problems_for_access(page) == []
    open_as("partnership_lead", "/account")
    assert problems_for_access(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
