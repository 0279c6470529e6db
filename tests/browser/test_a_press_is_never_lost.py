"""A press reaches the control it began on, even where the page moves or is drawn anew under the pointer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.tool import Tool, running, settle


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tool]:
    log = tmp_path_factory.mktemp("screen") / "log"
    with running(Tool("", log, script=str(Path(__file__).with_name("a_moving_page.py")))) as screen:
        yield screen


CONTROLS = {
    "a radio": (".st-key-answer [data-testid=stRadioOption]:has-text('No')", "Done: No, False, False"),
    "a check box": (".st-key-ticked label", "Done: None, True, False"),
    "a button": (".st-key-pressed button", "Done: None, False, True"),
}


def begin(page: Page, screen: Tool, control: str) -> str:
    """Hold the pointer down on the control; gives what is said once it is pressed."""
    page.goto(screen.url)
    settle(page)
    selector, done = CONTROLS[control]
    pressed = page.locator(selector)
    pressed.scroll_into_view_if_needed()
    pressed.hover()
    page.mouse.down()
    return done


@pytest.mark.parametrize("control", CONTROLS)
def test_a_press_counts_when_the_page_moves_before_it_ends(control: str, page: Page, screen: Tool) -> None:
    done = begin(page, screen, control)
    page.locator(".st-key-opens input").evaluate("box => box.click()")
    page.get_by_text("Line 7 of the panel").wait_for()
    settle(page)
    page.mouse.up()
    expect(page.get_by_text(done)).to_be_visible()


def test_a_press_that_ends_elsewhere_is_none(page: Page, screen: Tool) -> None:
    begin(page, screen, "a button")
    page.mouse.move(5, 5)
    page.mouse.up()
    page.locator(".st-key-opens input").evaluate("box => box.click()")
    page.get_by_text("Line 7 of the panel").wait_for()
    expect(page.get_by_text("Done: None, False, False")).to_be_visible()


def test_a_press_counts_once(page: Page, screen: Tool) -> None:
    begin(page, screen, "a check box")
    page.mouse.up()
    expect(page.get_by_text("Done: None, True, False")).to_be_visible()
    settle(page)
    expect(page.get_by_text("Done: None, True, False")).to_be_visible()
