"""A text area keeps its words without being left, and the browser does not let unkept words go silently."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.tool import Tool, running, settle


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tool]:
    log = tmp_path_factory.mktemp("screen") / "log"
    with running(Tool("", log, script=str(Path(__file__).with_name("a_text_area.py")))) as screen:
        yield screen


NOTE_PAUSES = """words => {
  const send = WebSocket.prototype.send;
  let typedAt = 0;
  window.pauses = [];
  words.addEventListener("input", () => { typedAt = performance.now(); }, true);
  WebSocket.prototype.send = function (message) {
    window.pauses.push(performance.now() - typedAt);
    return send.call(this, message);
  };
}"""
"""How long nothing had been typed each time that the browser said something, by the browser's own clock: ours runs on
while a busy machine lets it wait."""


def test_words_are_kept_two_seconds_after_the_typing_pauses(page: Page, screen: Tool) -> None:
    page.goto(screen.url)
    expect(page.get_by_text("Kept: nothing")).to_be_visible()
    settle(page)
    words = page.get_by_label("Words")
    words.evaluate(NOTE_PAUSES)
    words.press_sequentially("She was seen", delay=20)
    expect(page.get_by_text("Kept: She was seen")).to_be_visible()
    assert min(page.evaluate("window.pauses")) > 1_990
    expect(words).to_be_focused()
    words.press_sequentially(" at the station", delay=20)
    expect(page.get_by_text("Kept: She was seen at the station")).to_be_visible()
    expect(words).to_have_value("She was seen at the station")


def test_typing_goes_on_undisturbed_while_earlier_words_are_kept(page: Page, screen: Tool) -> None:
    page.goto(screen.url)
    words = page.get_by_label("Words")
    words.press_sequentially("one ", delay=20)
    expect(page.get_by_text("Kept: one")).to_be_visible()
    for part in ("two ", "three ", "four"):
        words.press_sequentially(part, delay=20)
        page.wait_for_timeout(1_900 if part != "four" else 0)  # around the pause, where a race would show
    expect(page.get_by_text("Kept: one two three four")).to_be_visible()
    expect(words).to_have_value("one two three four")


def test_leaving_with_unkept_words_asks_first(page: Page, screen: Tool) -> None:
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.goto(screen.url)
    page.get_by_label("Words").press_sequentially("unkept")
    page.reload()
    assert asked == ["beforeunload"]
    page.get_by_label("Words").press_sequentially("kept")
    expect(page.get_by_text("Kept: kept")).to_be_visible()
    page.reload()
    assert asked == ["beforeunload"]
