"""Back and Forward go to the page that was seen, as it was, after everything that leads on to another page.

What leads on is found in the code of the pages, so that whatever is added needs its journey here."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from forms.child import CHILD
from tests.access.conftest import Open, a_tool_in_use
from tests.browser.filling import Filling
from tests.browser.fixtures import give_cookie
from tests.browser.tool import ROOT, a_window, settle

PRESSED = {
    "child: begin_": ("child", "child", ".st-key-begin_screening"),
    "child: begin_disclosure": ("child", "child", ".st-key-begin_disclosure"),
    "child: all_details": ("child", "child", ".st-key-all_details"),
    "child: correct_details": ("child", "child", ".st-key-correct_details"),
    "child_history: record_decision": ("child", "child", ".st-key-record_decision"),
    "children: Add a child": ("children", "", "text=Add a child"),
    "concern: Link a child or another record": ("concern", "concern", "text=Link a child or another record"),
    "concern: Change the record": ("concern", "concern", "text=Change the record"),
    "concern: Log a measure": ("concern", "concern", "text=Log a measure"),
    "concern: Nominate to MARTHR": ("concern", "concern", "text=Nominate to MARTHR"),
    "concerns: Add a record": ("concerns", "", "text=Add a record"),
    "submission: _ways_on": ("submission", "form record", ".st-key-correct"),
}
"""What is pressed → the page it is on, the ids in its address, the button."""

IN_TURN = {"acting: lead_on", "check_answers: _send", "form: body"}
"""Tried by a journey of its own below."""
NOT_TRIED = {
    "minuting: body": "after the last child of a meeting: the same `go`, met by tests/meetings in a browser",
    "referral: Correct and send again": "the same act as correcting a form that was sent",
}


def leading_on() -> set[str]:
    """Every call of `go`, by its module and the button it hangs on, or else its function."""
    found = set()
    for file in sorted((ROOT / "pages").rglob("*.py")):
        if file.stem == "navigation":
            continue
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                buttons = {
                    id(call): _named(part.test)
                    for part in ast.walk(function)
                    if isinstance(part, ast.If) and "st.button(" in ast.unparse(part.test)
                    for call in ast.walk(part)
                }
                found |= {
                    f"{file.stem}: {buttons.get(id(call), function.name)}"
                    for call in ast.walk(function)
                    if isinstance(call, ast.Call) and ast.unparse(call.func) in ("go", "navigation.go")
                }
    return found


def _named(test: ast.expr) -> str:
    """A button's key, as far as it is fixed, or its words."""
    button = next(c for c in ast.walk(test) if isinstance(c, ast.Call) and ast.unparse(c.func) == "st.button")
    key = next((word.value for word in button.keywords if word.arg == "key"), button.args[0])
    first = key.values[0] if isinstance(key, ast.JoinedStr) else key
    return str(ast.literal_eval(first))


@pytest.fixture(scope="module")
def in_use_alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """A tool of this file's own: what is pressed changes what it holds."""
    with a_tool_in_use(tmp_path_factory.mktemp("back")) as tool:
        yield tool


@pytest.fixture(scope="module")
def window(browser: Browser, in_use_alone: Open) -> Iterator[Page]:
    page = a_window(browser)
    give_cookie(page, in_use_alone.tool, "coordinator")
    yield page
    page.context.close()


Seen = tuple[str, str]


def seen(page: Page) -> Seen:
    """Where one is and what heads the page."""
    settle(page)
    return page.url, page.locator(".stMain").get_by_role("heading").first.inner_text()


def there_and_back(page: Page, lead_on: Callable[[], object]) -> tuple[Seen, Seen]:
    before = seen(page)
    lead_on()
    page.wait_for_url(lambda url: url.split("?")[0] != before[0].split("?")[0])
    after = seen(page)
    page.go_back()
    page.wait_for_url(before[0])
    assert seen(page) == before
    page.go_forward()
    page.wait_for_url(after[0])
    assert seen(page) == after
    return before, after


def test_everything_that_leads_on_has_its_journey() -> None:
    assert leading_on() == {*PRESSED, *IN_TURN, *NOT_TRIED}
    switching = [file.name for file in ROOT.glob("pages/**/*.py") if "switch_page(" in file.read_text()]
    assert switching == ["navigation.py"]


@pytest.mark.parametrize("what", PRESSED)
def test_back_shows_the_page_that_was_left_and_forward_the_one_it_led_to(
    what: str, window: Page, in_use_alone: Open
) -> None:
    address, ids, button = PRESSED[what]
    about = {name: in_use_alone.ids[name] for name in ids.split()}
    window.goto(f"{in_use_alone.tool.url}/{address}?{urlencode(about)}".removesuffix("?"))
    window.get_by_text("Signed in as").wait_for()
    settle(window)
    pressed = window.get_by_role("button", name=button[5:], exact=True)
    there_and_back(window, (window.locator(f"{button} button") if button[0] == "." else pressed).click)


def test_an_act_that_leads_on_leaves_the_way_back_whole(window: Page, in_use_alone: Open) -> None:
    window.goto(in_use_alone.tool.url + "/meetings")
    settle(window)
    window.get_by_label("Date", exact=False).first.fill("13 11 2030")
    window.get_by_label("Place", exact=False).first.fill("Made-up room")
    window.keyboard.press("Tab")
    settle(window)
    there_and_back(window, window.get_by_role("button", name="Plan meeting").click)


def test_back_after_sending_shows_what_was_sent_and_the_search_is_as_it_was(
    window: Page, in_use_alone: Open
) -> None:
    window.goto(in_use_alone.tool.url + "/children")
    search = window.get_by_label("Name, other name", exact=False)
    search.fill("Back Made-Up")
    search.press("Enter")
    settle(window)
    window.get_by_role("button", name="Add a child").click()
    form = Filling(window, CHILD)
    form.section("who")
    expect(form.place("name").locator("input")).to_have_value("Back Made-Up")
    assert re.fullmatch(r"Child's details · begun \d+ \w+", window.title())
    form.answer(date_of_birth="2 5 2013")
    form.section("where")
    form.answer(area="liverpool")
    form.check()
    form.send()
    sent = seen(window)
    window.go_back()
    window.wait_for_url(re.compile("/submission"))
    assert seen(window) == sent
    while "/children" not in window.url:
        window.go_back()
        settle(window)
    expect(search).to_have_value("Back Made-Up")
