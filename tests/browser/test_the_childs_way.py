"""The main job, whole: from a worried social worker's screening to the partnership's quarterly return.

Each person uses the tool as themselves, in a window of their own; axe looks at every page they come to.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from data import clock
from data.database.store import open_store
from data.quarters import Quarter
from forms.assessment import ASSESSMENT
from forms.child import CHILD
from forms.minutes import MINUTES
from forms.referral import REFERRAL
from forms.screening import SCREENING
from forms.tracker import TRACKER, indicators
from tests.browser.filling import Filling
from tests.browser.fixtures import give_cookie, sign_in_beforehand
from tests.browser.tool import ROOT, Tool, a_window, problems_for_access, running, settle
from tests.factories import an_account

PEOPLE = {
    "social_worker": ("practitioner", "social_care"),
    "school_nurse": ("practitioner", "health"),
    "officer": ("practitioner", "police"),
    "coordinator": ("coordinator", "social_care"),
    "manager": ("manager", "social_care"),
    "lead": ("partnership_lead", None),
}
CHILD_NAME = "Rowan Made-Up"

Open = Callable[[str, str], Page]


@pytest.fixture(scope="module")
def tool(new_database: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tool]:
    folder: Path = tmp_path_factory.mktemp("way")
    address = new_database(folder)
    store = open_store(address)
    for username, (role, agency) in PEOPLE.items():
        name = f"Made-Up {username.replace('_', ' ').title()}"
        an_account(store, role, agency=agency, username=username, name=name)
        sign_in_beforehand(store, username)
    store.close()
    with running(Tool(address, folder / "log")) as tool:
        yield tool


@pytest.fixture
def as_(browser: Browser, tool: Tool) -> Iterator[Open]:
    windows: dict[str, Page] = {}

    def open_as(username: str, path: str = "/") -> Page:
        if username not in windows:
            windows[username] = a_window(browser)
            give_cookie(windows[username], tool, username)
        page = windows[username]
        page.goto(tool.url + path)
        page.get_by_text("Signed in as").wait_for()
        settle(page)
        return page

    yield open_as
    for page in windows.values():
        page.context.close()


def clean(page: Page) -> None:
    assert problems_for_access(page) == []


def button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    settle(page)


def typed(date: object) -> str:
    return f"{date.day} {date.month} {date.year}"  # type: ignore[attr-defined]


def add_the_child(page: Page) -> str:
    clean(page)
    page.get_by_role("textbox", name="Name, other name").fill(CHILD_NAME)
    page.keyboard.press("Enter")
    expect(page.get_by_text("No child you can open matches")).to_be_visible()
    button(page, "Add a child")
    form = Filling(page, CHILD)
    clean(page)
    form.section("who")
    form.answer(name=CHILD_NAME, date_of_birth="14 3 2012")
    form.section("where")
    form.answer(area="liverpool")
    form.section("identity")
    form.answer(sex="F", ethnicity="WBRI")
    form.check()
    clean(page)
    form.send()
    clean(page)
    return str(re.search(r"record=(\w+)", page.url)[1])  # type: ignore[index]


def screen(page: Page) -> None:
    """72 items, the page loaded anew halfway, nothing lost."""
    button(page, "Screening")
    form = Filling(page, SCREENING)
    clean(page)
    signs = [
        (s.key, [q for q in s.questions if q.required and q.column_type == "text"])
        for s in SCREENING.sections
    ]
    given = 0
    for section, questions in signs:
        items = [q.key for q in questions if q.key.startswith(("strong", "moderate", "protective"))]
        if not items:
            continue
        form.section(section)
        for key in items:
            form.answer(**{key: ("yes", "no", "historical", "unknown")[given % 4]})
            given += 1
            if given == 36:
                page.reload()
                page.get_by_text("Signed in as").wait_for()
                settle(page)
                form.section(section)
                expect(form.place(key).get_by_role("radio", name="Unknown", exact=True)).to_be_checked()
    assert given == 72
    form.section("what_you_know")
    form.answer(concerns_with_evidence="Seen with an adult nobody knows, twice this month.")
    form.section("decision")
    form.answer(what_should_happen="refer_to_meeting", explanation="Several signs together, and more often.")
    form.check()
    clean(page)
    form.send()


def refer(page: Page) -> None:
    button(page, "Referral")
    form = Filling(page, REFERRAL)
    clean(page)
    form.section("route")
    form.answer(route="open_case", manager_decision="section_17")
    form.section("nature")
    form.answer(nature=["county_lines"], kind="criminal")
    form.section("why")
    form.answer(why_suspected="Found travelling out of the city with no reason given.")
    today = clock.today()
    for basis, what in (
        ("confirmed", "Found at a station in another town."),
        ("reported", "A neighbour saw cash handed over."),
    ):
        form.row(
            "evidence",
            {"happened_on": typed(today), "theme": "missing", "what_is_known": what, "basis": basis},
        )
    form.check()
    clean(page)
    form.send()


def test_a_child_goes_from_screening_to_the_quarterly_return(as_: Open, tool: Tool) -> None:
    social_worker = as_("social_worker", "/children")
    child_id = add_the_child(social_worker)
    child = f"/child?child={child_id}"

    social_worker = as_("social_worker", child)
    clean(social_worker)
    screen(social_worker)
    social_worker = as_("social_worker", child)
    refer(social_worker)

    coordinator = as_("coordinator", "/referrals")
    clean(coordinator)
    coordinator.get_by_role("link", name=CHILD_NAME).click()
    coordinator.get_by_role("heading", name="Decide").wait_for()
    clean(coordinator)
    coordinator.get_by_text("Accept onto the meeting's agenda").click()
    settle(coordinator)
    button(coordinator, "Record decision")
    expect(coordinator.get_by_text("Accepted. The child is in the meeting's oversight")).to_be_visible()

    assess(as_, child)
    score(as_, child)
    decide(as_, child)
    counted(as_, child_id, tool)


def ask(page: Page, who: str) -> None:
    box = page.get_by_role("combobox", name="Whom do you ask?")
    box.click()
    page.keyboard.type(who)
    page.get_by_role("option", name=re.compile(who)).wait_for()
    box.press("Enter")
    settle(page)
    button(page, "Ask to contribute")
    expect(page.get_by_role("cell", name=who).or_(page.get_by_role("rowheader", name=who))).to_be_visible()


def assess(as_: Open, child: str) -> None:
    """Three agencies on one assessment; with one agency alone it is refused."""
    page = as_("social_worker", child)
    ask(page, "Made-Up School Nurse")
    ask(page, "Made-Up Officer")
    button(page, "Assessment")
    form = Filling(page, ASSESSMENT)
    clean(page)
    form.section("about")
    form.answer(assessed_on=typed(clock.today()))
    form.section("exploitation")
    form.answer(
        criminal_contexts=["criminal:out_of_borough_drugs"], kind="criminal", referral_reason="As referred."
    )
    form.section("voices")
    form.answer(child_voice="“I want it to stop.”", parent_voice="Very worried.")
    form.section("plan")
    form.answer(resilience="Boxing club twice a week, with a coach the child trusts.")
    form.section("judgement")
    form.answer(judgement="B", judgement_reasons="Found out of the city three times.", scale="3")
    form.check()
    page.get_by_role("button", name=ASSESSMENT.final_button, exact=True).click()
    expect(page.get_by_text("At least two agencies must write the assessment")).to_be_visible()

    nurse = as_("school_nurse", "/")
    clean(nurse)
    nurse.get_by_role("link", name=re.compile(CHILD_NAME)).first.click()
    form = Filling(nurse, ASSESSMENT)
    form.section("needs")
    form.answer(school="Made-Up Academy", child_support="Short meetings, walking.")

    officer = as_("officer", "/")
    officer.get_by_role("link", name=re.compile(CHILD_NAME)).first.click()
    form = Filling(officer, ASSESSMENT)
    form.section("harm_from_places")
    form.answer(missing_episodes="yes")
    form.section("disruption")
    form.answer(intelligence_to_submit="no")
    form.check()
    clean(officer)
    form.send()
    clean(officer)


def score(as_: Open, child: str) -> None:
    page = as_("social_worker", child)
    button(page, "Tracker")
    form = Filling(page, TRACKER)
    for section in TRACKER.sections:
        first = next((q for q in section.questions if q in set(indicators())), None)
        if first is not None:
            form.section(section.key)
            form.answer(**{first.key: first.choices()[0][0]})  # type: ignore[union-attr]
    form.section("occasion")
    form.answer(occasion="meeting")
    form.check()
    form.send()
    page = as_("social_worker", child)
    page.locator("a[href^='/score?']").click()
    expect(page.get_by_text("Illustrative score").first).to_be_visible()
    clean(page)


def decide(as_: Open, child: str) -> None:
    page = as_("coordinator", child)
    clean(page)
    button(page, "Record the meeting's decision")
    form = Filling(page, MINUTES)
    form.answer(meeting_date=typed(clock.today()))
    form.section("discussion")
    form.answer(discussion="All agencies agree.")
    form.section("judgement")
    expect(
        form.place("judgement").get_by_role("radio", name=re.compile("^Experiencing harm from exploitation$"))
    ).to_be_checked()
    form.section("decision")
    form.answer(decision="review", review_by=typed(clock.today() + clock.FOUR_WEEKS), escalated="no")
    form.section("actions")
    form.row("new_actions", {"action": "Visit the family.", "action_agency": "social_care"})
    form.check()
    clean(page)
    form.send()
    page = as_("coordinator", child)
    expect(page.get_by_text("B: Experiencing harm from exploitation")).to_be_visible()


def counted(as_: Open, child_id: str, tool: Tool) -> None:
    manager = as_("manager", "/cohort")
    clean(manager)
    expect(manager.locator(f"a[href*='{child_id}']").first).to_be_visible()

    lead = as_("lead", "/")
    clean(lead)
    assert CHILD_NAME not in lead.content()
    this_quarter = Quarter.of(clock.today())
    lead = as_("lead", "/quarterly-return?" + urlencode({"quarter": str(this_quarter)}))
    clean(lead)
    with lead.expect_download() as download:
        lead.get_by_role("button", name="Download the return as Excel").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    words = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert str(this_quarter) in " ".join(words)
    assert CHILD_NAME not in " ".join(words)
    liverpool = summary_of(book, "Liverpool")
    assert liverpool["1. Child exploitation assessments that proceeded to the meeting", "Criminal"] == 1
    assert (
        liverpool[
            "2. Children in the meeting's oversight who may be or are being exploited", "Being exploited"
        ]
        == 1
    )
    assert (
        summary_of(book, "Sefton")[
            "2. Children in the meeting's oversight who may be or are being exploited", "Being exploited"
        ]
        == 0
    )
    return_on_the_command_line(tool, this_quarter)


def summary_of(book: openpyxl.Workbook, area: str) -> dict[tuple[str, str], object]:
    """The figures of one area on the summary sheet, by measure and breakdown."""
    rows = [[cell.value for cell in row] for row in book["Summary"].iter_rows()]
    at = next(n for n, row in enumerate(rows) if row[0] == "Area")
    measures, figures = rows[at - 1], next(row for row in rows[at:] if row[0] == area)
    found, measure = {}, ""
    for heading, breakdown, figure in zip(measures[1:], rows[at][1:], figures[1:], strict=True):
        measure = heading or measure
        found[measure, breakdown] = figure
    return found


def return_on_the_command_line(tool: Tool, quarter: Quarter) -> None:
    """The same figures, asked of the running tool's database."""
    command = [
        sys.executable,
        "-m",
        "data",
        "return",
        "--quarter",
        str(quarter),
        "--area",
        "Liverpool",
        "--json",
    ]
    printed = subprocess.run(command, env=tool.environment, capture_output=True, check=True, cwd=ROOT).stdout
    values = {(f["area"], f["measure"], f["breakdown"]): f["value"] for f in json.loads(printed)["figures"]}
    assert values["Liverpool", 1, "kind=criminal"] == 1
    assert values["Liverpool", 2, "judgement=being"] == 1
    assert values["Total", 2, "total"] == 1
    assert values["Liverpool", 4, "age=14;judgement=being"] == 1
