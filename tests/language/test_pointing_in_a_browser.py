"""While somebody types: the prompt comes with the autosave, is told and reached by keyboard, and lets the typing be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drafts import Drafted, drafted
from tests.browser.tool import problems_for_access, running, settle


@pytest.fixture(scope="module")
def begun(new_database: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drafted]:
    made = drafted(new_database(tmp_path_factory.mktemp("language")))
    with running(made.tool):
        yield made


def test_words_are_pointed_at_as_the_author_types_and_kept_by_keyboard(begun: Drafted, page: Page) -> None:
    begun.open(page, "screening", "what_you_know")
    area = page.get_by_role("textbox", name="Concerns you have evidence for")
    told = page.locator("#mace-told")
    area.press_sequentially("She is streetwise and absconded", delay=10)
    expect(page.get_by_text("Words to look at:")).to_have_count(2)
    # What a slow machine saved and told before the last word is not told again.
    expect(told).to_have_text(re.compile("^Words to look at, beneath your answer: (streetwise; )?absconded$"))
    expect(area).to_be_focused()
    area.press_sequentially(" twice")
    expect(area).to_have_value("She is streetwise and absconded twice")
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        assert problems_for_access(page) == []
        assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= width
    page.set_viewport_size({"width": 1280, "height": 900})
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Keep my words: “streetwise”")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Words to look at:")).to_have_count(1)
    expect(area).to_be_focused()
    page.reload()
    expect(page.get_by_text("Words to look at:")).to_have_count(1)
    expect(page.get_by_role("button", name="Keep my words: “absconded”")).to_be_visible()
