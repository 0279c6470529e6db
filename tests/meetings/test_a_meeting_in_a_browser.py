"""A meeting of eight children in browsers: prepared, held by coordinator and police at once, signed by both chairs, its
minutes in Word compared field by field with what was typed and pulled through, and the next meeting's agenda."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from docx import Document
from docx.text.paragraph import Paragraph
from playwright.sync_api import Browser, Page, TimeoutError, expect

from data import clock
from data.database.store import Store, open_store
from data.sign_in import sessions
from forms.form import RepeatedRows
from forms.kinds import AnyOf
from forms.minutes import MINUTES
from pages.parts.browser import COOKIE
from tests.browser.fixtures import PASSWORD, cookie_of, make_accounts
from tests.browser.tool import Tool, for_all, running, settle
from tests.factories import a_child, an_account, an_episode
from tests.filled_in import on
from tests.meetings.test_pulled_through import everything_handed_on

NAMES = [f"{name} Made-Up" for name in ("Ada", "Ben", "Cem", "Dee", "Eli", "Fay", "Gus", "Hal")]
ADA, SOON, NOT_REACHED, ESCALATED, LEAVES = (NAMES[n] for n in (0, 3, 5, 6, 7))
NEXT = clock.today() + timedelta(weeks=5)

Open = Callable[[str, str], Page]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What Ada's assessment says; filled by `tool`."""
    return {}


@pytest.fixture(scope="module")
def tool(
    new_database: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory, said: dict[str, object]
) -> Iterator[Tool]:
    folder = tmp_path_factory.mktemp("tool")
    address = new_database(folder)
    make_accounts(address)
    store = open_store(address)
    make_officer(store)
    for name in NAMES:
        child_id = a_child(store, name)
        an_episode(store, child_id)
        if name == ADA:
            said |= everything_handed_on(store, child_id)
    store.close()
    with running(Tool(address, folder / "log")) as tool:
        yield tool


def make_officer(store: Store) -> None:
    an_account(
        store,
        "meeting_member",
        agency="police",
        username="officer",
        name="Officer Made-Up",
        password_hash="x",
    )
    ticket = sessions.sign_in(store, "officer", PASSWORD, lambda _password, _hash: True)
    assert sessions.redeem(store, ticket, cookie_of("officer"))


@pytest.fixture
def open_for(browser: Browser, tool: Tool) -> Iterator[Open]:
    """`open_for("officer", "/papers")`: in a browser of that person's own, all of them open at once."""
    contexts = {}

    def open_page(who: str, path: str) -> Page:
        if who not in contexts:
            contexts[who] = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
            contexts[who].set_default_timeout(20_000)
            contexts[who].add_cookies([{"name": COOKIE, "value": cookie_of(who), "url": tool.url}])
            contexts[who].new_page()
        page: Page = contexts[who].pages[0]
        page.goto(tool.url + path)
        page.get_by_text("Signed in as").wait_for()
        settle(page)
        return page

    yield open_page
    for context in contexts.values():
        context.close()


def typed(page: Page, label: str, words: str) -> None:
    page.get_by_role("textbox", name=label).first.fill(words)
    page.keyboard.press("Tab")
    settle(page)


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()
    settle(page)


def choose(page: Page, label: str, option: str) -> None:
    """Begin to type it, and take it from the list; again when a page still being drawn closed the list."""
    box, wanted = page.get_by_role("combobox", name=label), page.get_by_role("option", name=option).first
    for patience in (3_000, 6_000, 20_000):
        settle(page)
        box.click()
        box.fill("")
        box.press_sequentially(option)
        try:
            wanted.click(timeout=patience)
            break
        except TimeoutError:
            continue
    settle(page)


def test_eight_children_from_the_plan_to_signed_minutes_and_the_next_agenda(
    open_for: Open, said: dict[str, object], tmp_path: Path
) -> None:
    page = open_for("coordinator", "/meetings")
    meeting = prepare(page)
    sign_in(page)
    hold(page, open_for)
    expect(page.get_by_role("heading", name="Meeting of")).to_be_visible()
    press(page, "Meeting was held")
    press(page, "Minutes are agreed")
    sign_and_lock(page, open_for, meeting)
    with page.expect_download() as file:
        page.get_by_role("button", name="Download the minutes as Word").click()
    file.value.save_as(tmp_path / "minutes.docx")
    compare(tmp_path / "minutes.docx", said)
    the_next_agenda(open_for("coordinator", "/meetings"))


def prepare(page: Page) -> str:
    """Plan, put all on the agenda, invite the police, name both chairs, send the papers out; gives the meeting's id."""
    typed(page, "Date", on(clock.today()))
    typed(page, "Place", "Made-up room")
    press(page, "Plan meeting")
    press(page, "Put all proposed on the agenda")
    expect(page.get_by_role("table", name="Children on the agenda").get_by_role("row")).to_have_count(9)
    for_all(page)
    page.get_by_role("link", name="Members, chairs").click()
    choose(page, "Whom do you invite?", "Officer Made-Up")
    page.keyboard.press("Escape")
    press(page, "Invite")
    expect(page.get_by_role("table", name="Invited").get_by_text("Officer Made-Up")).to_be_visible()
    for chair, person in (("children's services", "Made-Up Manager"), ("the police", "Officer Made-Up")):
        page.get_by_text(f"Name the chair from {chair}", exact=True).click()
        choose(page, f"Account of the chair from {chair}", person)
        account = page.get_by_role("combobox", name=f"Account of the chair from {chair}")
        expect(account).to_have_value(re.compile(person))
        press(page, f"Save the chair from {chair}")
        page.get_by_text(f"Change the chair from {chair}").wait_for()
        expect(page.get_by_role("table", name="Chairs").get_by_text(person)).to_be_visible()
    for_all(page)
    page.get_by_role("link", name="Back to the meeting").click()
    press(page, "Send papers out")
    return page.url.split("meeting=")[1]


def sign_in(page: Page) -> None:
    page.get_by_role("link", name="Sign in", exact=True).click()
    for number, (seat, name) in enumerate(
        (("Children's service teams", "Attendee Made-Up"), ("Local policing", "Officer Made-Up")), 1
    ):
        typed(page, "Name", name)
        choose(page, "Which member is this?", seat)
        expect(page.get_by_role("textbox", name="Role, or team")).to_have_value(seat)
        press(page, "Sign the confidentiality statement")
        expect(page.get_by_role("table", name="Signed in").get_by_role("row")).to_have_count(number + 1)
    for_all(page)
    page.get_by_role("link", name="Back to the meeting").click()


def hold(page: Page, open_for: Open) -> None:
    """Child by child; Ada's minutes are written by the coordinator and the officer at the same time."""
    page.get_by_role("link", name="Minute the first child").click()
    for place, name in enumerate(NAMES, 1):
        expect(page.get_by_role("heading", name=f"Child {place} of 8")).to_be_visible()
        expect(page.locator(".child-heading")).to_contain_text(name)
        settle(page)
        if name == ADA:
            expect(page.get_by_label("Police investigation update")).to_be_in_viewport()
            for_all(page)
            officer = open_for("officer", "/papers")
            officer.get_by_role("link", name="Meeting of").click()
            officer.get_by_role("link", name="Minute with the coordinator").click()
            typed(officer, "Police investigation update", "Said by the police")
            typed(page, "Discussion", "Said by the coordinator")
            typed(page, "By when?", on(NEXT - timedelta(1)))
            for part in (
                "Needs and diversity",
                "Plan of intervention",
                "Needs and diversity",
                "Plan of intervention",
            ):
                page.get_by_text(part).and_(page.get_by_text("(begun with the assessment)")).click()
                settle(page)  # what was begun stands however often its part is opened: see `compare`
            typed(page, "Main areas of support in the plan", "Another plan")
        if name == NOT_REACHED:
            press(page, "Record and go on: next child")
            typed(page, "Or go on without it. Why?", "Not reached in the time")
            press(page, "Go on without it")
            continue
        decide(page, name)
        page.get_by_role("button", name="Record and go on").click()


def decide(page: Page, name: str) -> None:
    decision = "Remove from the meeting and remove the flags" if name == LEAVES else "Review by a date"
    page.get_by_role("radiogroup", name="What did the meeting decide?").get_by_text(decision).click()
    settle(page)
    typed(page, "Why did the meeting decide this?", f"Reason for {name}")
    if name == LEAVES:
        reasons = page.get_by_role("radiogroup", name="Why does the child leave")
        reasons.get_by_text("The risk has reduced").click()
    else:
        typed(page, "Review by", on(NEXT if name == SOON else NEXT + timedelta(weeks=5)))
    answer = "Yes" if name == ESCALATED else "No"
    page.get_by_role("radiogroup", name="Is it escalated").get_by_text(answer, exact=True).click()
    settle(page)


def sign_and_lock(page: Page, open_for: Open, meeting: str) -> None:
    manager = open_for("manager", f"/minutes?meeting={meeting}")
    press(manager, "Sign the minutes")
    officer = open_for("officer", "/papers")
    officer.get_by_role("link", name="Minutes to sign").click()
    expect(officer.get_by_role("table", name="Children discussed").get_by_role("row")).to_have_count(9)
    for_all(officer)
    officer.get_by_role("button", name="Sign the minutes", exact=True).click()
    expect(officer.get_by_text("You have signed the minutes.")).to_be_visible()
    expect(officer.get_by_role("heading", name="My work")).to_be_visible()  # what was theirs to do is done
    page.get_by_role("link", name="Signatures and versions").click()
    expect(page.get_by_text("Signed and locked")).to_be_visible()
    for_all(page)


def compare(file: Path, said: dict[str, object]) -> None:
    """Ada's part of the minutes: every question with the answer that was typed, or pulled through."""
    shown = of_the_first_child(file)
    expected = {
        "police_update": "Said by the police", "discussion": "Said by the coordinator",
        "main_support": "Another plan\nIn the assessment: Made-up words of main_support",
        "decision": "Review by a date: the child stays in the meeting's oversight",
        "decision_reason": f"Reason for {ADA}", "escalated": "No",
    }  # fmt: skip
    for item in MINUTES.items():
        if item.key in expected:
            assert shown[item.label] == expected[item.key], item.key
        elif isinstance(item, RepeatedRows):
            for row in said.get(item.key, ()):
                assert all(item_q.as_text(row[item_q.key]) in shown.values() for item_q in item.questions)
        elif isinstance(item, AnyOf) and item.pulled_from:
            assert shown[item.label] == item.as_text([k for key in item.pulled_from for k in said[key]]), (
                item.key
            )
        elif item.pulled_from:
            assert shown[item.label] == item.as_text(said[item.pulled_from[0]]), item.key
    assert {"Made-up step", "Calmer"} <= set(shown.values())


def of_the_first_child(file: Path) -> dict[str, str]:
    """Label → answer of the tables between the first child's heading and the second's; rows by what stands in them."""
    found, is_there = {}, False
    for part in Document(str(file)).iter_inner_content():
        if isinstance(part, Paragraph):
            is_there = is_there or part.text == "Child 1 of 8"
            if part.text == "Child 2 of 8":
                break
        elif is_there:
            for row in part.rows:
                first, *others = (cell.text for cell in row.cells)
                found[first] = others[0]
    return found


def the_next_agenda(page: Page) -> None:
    typed(page, "Date", on(NEXT))
    typed(page, "Place", "Made-up room")
    press(page, "Plan meeting")
    table = page.get_by_role("table", name="Proposed and not on the agenda yet")
    expect(table.get_by_role("row")).to_have_count(5)
    rows = [row.inner_text().split("\t") for row in table.get_by_role("row").all()[1:]]
    assert {line.split(", born")[0].strip(): why.strip() for line, why in rows} == {
        ADA: "Overdue action",
        SOON: "Review due",
        NOT_REACHED: "New: not discussed yet",
        ESCALATED: "Escalated to the chairs at the last discussion",
    }
