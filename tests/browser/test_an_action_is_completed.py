"""A school's practitioner completes an action after the meeting, from My work, on a screen of any width."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from data import clock
from data.database.records import ACTION
from data.database.store import open_store
from data.sign_in import passwords, sessions
from pages.parts.browser import COOKIE
from tests.browser.fixtures import make_accounts
from tests.browser.tool import Tool, for_all, problems_for_access, running, settle
from tests.factories import MADE, a_child_in_oversight, an_account, the_operator

ACTION_WORDS = "Meet the child with the designated safeguarding lead, and agree whom they can go to"


@pytest.fixture(scope="module")
def tool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tool]:
    folder = tmp_path_factory.mktemp("tool")
    address = str(folder / "mace.duckdb")
    make_accounts(address)
    store = open_store(address)
    teacher = an_account(
        store,
        agency="education",
        username="teacher",
        name="Teacher Made-Up",
        password_hash=passwords.hashed("x" * 12),
    )
    assert sessions.redeem(
        store, sessions.sign_in(store, "teacher", "x" * 12, lambda *_: True), "cookie-of-teacher"
    )
    child = a_child_in_oversight(store, name="Rowan Made-Up", opened_on=clock.today() - timedelta(days=30))
    with the_operator(store).writing() as work:
        work.save(
            ACTION,
            {
                "action_id": clock.new_id(), "episode_id": child.episode_id, "child_id": child.child_id,
                "agency": "education", "owner_account_id": teacher.account_id, "action": ACTION_WORDS,
                "state": "ongoing", "due_on": clock.today() - timedelta(days=1),
            },
            MADE,
        )  # fmt: skip
    store.close()
    with running(Tool(address, folder / "log")) as tool:
        yield tool


def test_a_teacher_completes_an_action_and_the_coordinator_sees_it(
    page: Page, tool: Tool, open_as: Callable[..., Page]
) -> None:
    page.context.add_cookies([{"name": COOKIE, "value": "cookie-of-teacher", "url": tool.url}])
    page.goto(tool.url)
    expect(page.get_by_role("heading", name="Your actions (1)")).to_be_visible()
    for_all(page)
    page.get_by_role("link", name=ACTION_WORDS).click()
    expect(page.get_by_text("Overdue", exact=True)).to_be_visible()
    expect(page.get_by_text("Rowan Made-Up", exact=True)).to_be_visible()
    page.get_by_text("It is completed", exact=True).click()
    page.get_by_role("button", name="Record as completed").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    for_all(page)
    page.get_by_role("textbox", name="What was done, and how do you know?").fill(
        "Met on Tuesday, with the lead"
    )
    page.get_by_role("textbox", name="What did it change for the child?").fill("Knows whom to go to")
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("button", name="Record as completed").click()
    expect(page.get_by_text("Recorded as completed.")).to_be_visible()
    expect(page.get_by_text("Knows whom to go to")).to_be_visible()
    for_all(page)

    page = open_as("coordinator", "/actions")
    expect(page.get_by_text("No action matches.")).to_be_visible()
    page.get_by_role("combobox", name="Which").click()
    page.get_by_role("option", name="Ended").click()
    expect(page.get_by_role("table", name="Ended").get_by_role("row")).to_have_count(2)
    for_all(page)
    group = page.get_by_role("button", name="Meetings and actions")
    group.press("Enter")
    expect(page.get_by_role("menuitem", name="Meetings")).to_be_focused()
    assert not (found := problems_for_access(page)), found
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(group).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Meetings")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("menuitem", name="Reviews")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Flags to decide on")).to_be_visible()
    for_all(page)
