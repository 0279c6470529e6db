"""Whoever starts the screens without their server is told how to start the tool, instead of an empty page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.tool import Tool, a_window, running


def test_app_started_by_itself_says_how_to_start_the_tool(
    browser: Browser, duckdb_address: str, tmp_path: Path
) -> None:
    with running(Tool(duckdb_address, tmp_path / "log", "app.py")) as wrong:
        page = a_window(browser)
        for path in ("/", "/children"):
            page.goto(wrong.url + path)
            expect(page.get_by_text("start it with: make run")).to_be_visible()
        page.context.close()
