"""What people type comes back after a refresh, wrong things are said in a sentence, and nothing typed is ever executed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from forms.registry import form
from tests.browser.drafts import Drafted, drafted
from tests.browser.fixtures import PASSWORD
from tests.browser.tool import settle, sign_in

SIGNS = [s for s in form("screening").sections if s.key.startswith(("strong", "moderate", "protective"))]
STATES = ("Yes", "No", "Historical", "Unknown")
NASTY = "<script>window.hit = 1</script><b>bold</b> ![](http://example.org/x.png) =1+1 😀\nsecond line"


@pytest.fixture
def begun(new_database: Callable[[Path], str], tmp_path: Path) -> Iterator[Drafted]:
    made = drafted(new_database(tmp_path))
    made.tool.start()
    yield made
    made.tool.stop()


def field(page: Page, label: str) -> Locator:
    return page.get_by_role("textbox", name=re.compile(f"^{re.escape(label)}"))


def give(page: Page, label: str, words: str) -> None:
    field(page, label).fill(words)
    field(page, label).press("Tab")
    settle(page)
    expect(page.locator("p.saved")).to_contain_text("Saved")


def test_72_answers_survive_a_refresh_halfway_and_a_restart(begun: Drafted, page: Page) -> None:
    given: dict[str, str] = {}
    for number, section in enumerate(SIGNS):
        if number == 4:  # signed out, and the tool was killed
            sign_in(page, begun.tool, "person", PASSWORD, begun.path("screening", section.key))
            page.locator("h2.section-title").wait_for()
            settle(page)
        else:
            begun.open(page, "screening", section.key)
        for sign in (q for q in section.questions if q.beside is None):
            state = STATES[len(given) % 4]
            group = page.locator(f"[class*='-{sign.key} ']").get_by_role("radiogroup")
            group.get_by_text(state, exact=True).click()
            expect(group.get_by_role("radio", name=state, exact=True)).to_be_checked()
            given[sign.key] = state.lower()
        expect(page.locator(".here")).to_contain_text("Completed")
        settle(page)
        if number == 3:
            page.reload()
            settle(page)
            for sign in (q for q in section.questions if q.beside is None):
                group = page.locator(f"[class*='-{sign.key} ']").get_by_role("radiogroup")
                words = given[sign.key].capitalize()
                expect(group.get_by_role("radio", name=words, exact=True)).to_be_checked()
            page.context.clear_cookies()
            begun.tool.stop(kill=True)
            begun.tool.start()
    begun.tool.stop()
    assert len(given) == 72
    assert begun.kept("screening").typed == given


def test_wrong_things_are_said_in_a_sentence_and_stay_as_they_were_typed(begun: Drafted, page: Page) -> None:
    begun.open(page, "child", "who")
    for label, words, sentence in (
        ("Date of birth", "1 1 2999", "Date of birth must be today or in the past"),
        ("Date of birth", "31 2 2012", "Date of birth must be a real date: check the day and the month"),
        ("NHS number", "999 123 4567", "Check the NHS number: its last digit does not fit the others"),
        ("Name", "x" * 201, "Shorten “Name” to 200 characters or fewer: it has 201"),
    ):
        give(page, label, words)
        expect(page.get_by_text(sentence)).to_be_visible()
        expect(field(page, label)).to_have_value(words)
    page.reload()
    settle(page)
    expect(field(page, "NHS number")).to_have_value("999 123 4567")
    page.locator(".st-key-go_to_check button").click()
    summary = page.locator(".st-key-there_is_a_problem")
    expect(summary).to_contain_text("Date of birth must be a real date")
    expect(summary).to_contain_text("Select the area where the child lives")
    page.get_by_role("button", name="Save child's details").click()
    settle(page)
    expect(page.locator("h2.section-title")).to_have_text("Check your answers")
    page.get_by_role("button", name="Select the area where the child lives").first.click()
    expect(page.locator("h2.section-title")).to_have_text("Where the child lives")
    expect(page.get_by_role("radio", name="Liverpool")).to_be_focused()
    begun.tool.stop()
    assert begun.kept("child").state == "open"


def test_hostile_words_are_words_and_a_long_paste_is_kept_whole(begun: Drafted, page: Page) -> None:
    outside: list[str] = []
    page.on("request", lambda request: outside.append(request.url) if "example.org" in request.url else None)
    begun.open(page, "screening", "what_you_know")
    give(page, "Changes observed in behaviour", NASTY)
    give(page, "Concerns you have evidence for", "é" * 100_000)
    expect(page.get_by_text("to 20,000 characters or fewer: it has 100,000")).to_be_visible()
    page.locator(".st-key-go_to_check button").click()
    expect(page.get_by_text("<script>window.hit = 1</script>")).to_be_visible()
    settle(page)
    assert page.evaluate("window.hit") is None
    assert not page.locator("dl.answers b, dl.answers img").count()
    assert not outside
    begun.tool.stop()
    typed = begun.kept("screening").typed
    assert typed["changes_observed"] == NASTY
    assert len(typed["concerns_with_evidence"]) == 100_000


def test_two_clicks_on_the_last_button_and_the_way_back_make_one_submission(
    begun: Drafted, page: Page
) -> None:
    begun.open(page, "child", "who")
    give(page, "Name", "Another Made-Up")
    give(page, "Date of birth", "13 11 2014")
    page.get_by_role("button", name="Next: Where the child lives").click()
    page.get_by_text("Liverpool", exact=True).click()
    expect(page.get_by_role("radio", name="Liverpool")).to_be_checked()
    settle(page)
    page.locator(".st-key-go_to_check button").click()
    send = page.get_by_role("button", name="Save child's details")
    send.wait_for()
    settle(page)
    send.dblclick()
    page.wait_for_url("**/submission?**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Child's details")
    expect(page.get_by_text("Next, start a screening or a referral")).to_be_visible()
    begun.open_sent(page, "child")
    assert page.url.split("record=")[1]
    expect(page.get_by_text("Revision 1 of 1")).to_be_visible()
