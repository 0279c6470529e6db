"""The cohort's page, the return and the children behind a figure in a real browser: for all to use, at every width."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from data.database.store import open_store
from data.quarters import Quarter
from tests.browser.fixtures import make_accounts
from tests.browser.tool import Tool, problems_for_access, running, settle
from tests.cohort.cohorts import BEFORE, ON, a_score, a_small_cohort

DAY = f"on={Quarter.of(ON)}".replace(" ", "+")
QUARTER = f"quarter={Quarter.of(ON)}".replace(" ", "+")
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def tool(new_database: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tool]:
    """The tool with an account of each role, and a small cohort."""
    folder = tmp_path_factory.mktemp("tool")
    address = new_database(folder)
    make_accounts(address)
    store = open_store(address)
    made = a_small_cohort(store)
    a_score(store, made["being"].child_id, BEFORE, "high")
    store.close()
    with running(Tool(address, folder / "log")) as tool:
        yield tool


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(
    ("role", "address", "heading"),
    [
        ("manager", f"/cohort?{DAY}", "Children in oversight"),
        ("partnership_lead", f"/cohort?{DAY}&view=areas", "The areas side by side"),
        ("manager", f"/cohort?{DAY}&view=seen&judgement=being", "Signs recorded most"),
        ("manager", f"/cohort?{DAY}&view=quality", "Ethnicity recorded"),
        ("coordinator", f"/quarterly-return?{QUARTER}", "Summary"),
        ("partnership_lead", f"/quarterly-return?{QUARTER}", "Summary"),
        ("manager", f"/figure?area=liverpool&{QUARTER}&measure=2&figure=total", "All in oversight"),
    ],
)
def test_axe_finds_nothing_and_nothing_is_cut_off(
    open_as: Open, width: int, role: str, address: str, heading: str
) -> None:
    page = open_as(role, address)
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    page.get_by_role("heading", name=heading, exact=True).wait_for()
    settle(page)
    for opened in page.get_by_text("How this is counted").all():
        opened.click()
    assert problems_for_access(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_figure_leads_to_its_children_and_they_to_their_pages(open_as: Open, tool: Tool) -> None:
    page = open_as("manager", f"/cohort?{DAY}")
    page.locator("dl.headline").get_by_role("link", name="2 children: show who").first.click()
    expect(page.get_by_role("heading", name="Being exploited")).to_be_visible()
    settle(page)
    page.get_by_role("link", name="A.M., born 1 July 2012, Liverpool", exact=True).click()
    expect(page.get_by_text("Ada Made-Up", exact=True)).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page.get_by_text("Liverpool, as it stood at the end of 30 June 2026.")).to_be_visible()


def test_each_chart_is_spoken_as_its_finding_with_the_numbers_beside_it(open_as: Open, tool: Tool) -> None:
    page = open_as("partnership_lead", f"/cohort?{DAY}")
    expect(page.locator("[data-testid=stPlotlyChart]")).to_have_count(1)
    finding = "3 of the 4 children in oversight are judged to be exploited (A or B)."
    expect(page.get_by_role("figure", name=finding)).to_have_count(1)
    expect(page.get_by_role("table", name="Judgement, all open children")).to_be_visible()
    expect(page.locator(".modebar")).to_have_count(0)


def test_a_manager_finds_how_many_are_exploited_now_and_who_had_no_review(open_as: Open, tool: Tool) -> None:
    page = open_as("manager", f"/cohort?{DAY}")
    page.emulate_media(reduced_motion="reduce")
    page.get_by_text("Look at some of the children only").click()
    judgement = page.get_by_role("combobox", name="Judgement")
    expect(judgement).to_be_visible()
    settle(page)
    judgement.click()
    page.keyboard.type("Being")
    page.get_by_role("option", name="Being exploited (A or B)").wait_for()
    judgement.press("Enter")
    page.get_by_text("Only: Judgement: Being exploited (A or B).").wait_for()
    settle(page)
    assert "judgement=being" in page.url
    page.locator("dl.headline > div").filter(has_text="No review yet").get_by_role("link").click()
    page.get_by_role("heading", name="No review yet").wait_for()
    settle(page)
    expect(page.get_by_role("link", name="A.M., born")).to_be_visible()
    expect(page.get_by_role("link", name="E.M., born")).to_be_visible()
    expect(page.get_by_role("link", name="B.M., born")).to_have_count(0)
    page.get_by_role("link", name="Back to the cohort").click()
    page.get_by_text("As it stood at the end of", exact=True).wait_for()
    page.get_by_text("Only: Judgement: Being exploited (A or B).").wait_for()
    settle(page)
    with page.expect_download() as excel:
        page.get_by_role("button", name="Download this view as Excel").click()
    assert excel.value.suggested_filename == "cohort-glance-2026-06-30.xlsx"


def test_a_lead_compares_the_areas_and_reaches_no_child(open_as: Open, tool: Tool) -> None:
    page = open_as("partnership_lead", f"/cohort?{DAY}")
    page.get_by_role("radiogroup", name="Show").get_by_text("Areas side by side").click()
    areas = page.get_by_role("table", name="The cohort of each area")
    areas.get_by_role("row", name="Sefton 2 1 1 2 0 0 2 0 76").wait_for()
    expect(areas.get_by_role("link")).to_have_count(0)
    expect(page.get_by_text("somebody who knows the area could recognise a child")).to_be_visible()
    settle(page)
    assert "view=areas" in page.url


def test_a_lead_downloads_the_return_on_click(open_as: Open, tool: Tool) -> None:
    page = open_as("partnership_lead", f"/quarterly-return?{QUARTER}")
    with page.expect_download() as excel:
        page.get_by_role("button", name="Download the return as Excel").click()
    with ZipFile(io.BytesIO(excel.value.path().read_bytes())) as workbook:
        assert "xl/workbook.xml" in workbook.namelist()
    assert excel.value.suggested_filename == "return-2026-27-Q1-restricted-draft.xlsx"
    with page.expect_download() as figures:
        page.get_by_role("button", name="Download the figures as CSV").click()
    assert "Total,2026-27 Q1,2,total,4" in figures.value.path().read_text().splitlines()


def test_words_beside_a_measure_are_kept_while_they_are_typed(open_as: Open, tool: Tool) -> None:
    page = open_as("coordinator", f"/quarterly-return?{QUARTER}")
    label = "What Liverpool says about measure 3 (optional)"
    page.get_by_label(label).press_sequentially("Met in parks.")
    expect(page.get_by_text("Saved ")).to_be_visible()
    page.reload()
    expect(page.get_by_label(label)).to_have_value("Met in parks.")
