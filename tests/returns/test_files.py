"""The return as an Excel workbook and as CSV."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from data.database.store import Store
from data.quarters import Quarter
from data.returns.return_csv import make_csv
from data.returns.return_excel import make_workbook
from data.returns.returns import draft_return, save_narrative
from tests.factories import a_child_in_oversight, a_discussion, an_account

QUARTER = Quarter.parse("2026-27 Q1")


@pytest.fixture
def workbook(duckdb_store: Store) -> Workbook:
    for area in ("liverpool", "sefton"):
        there = a_child_in_oversight(duckdb_store, "C", area, date(2026, 5, 1))
    a_discussion(
        duckdb_store,
        there.episode_id,
        there.child_id,
        "A",
        meeting_date=date(2026, 6, 1),
        areas_gone_to=["=1+1"],
    )
    coordinator = an_account(duckdb_store, "coordinator", "sefton", name="Coordinator Made-Up")
    for measure, words in enumerate(RISKY, 1):
        save_narrative(coordinator, QUARTER, "sefton", measure, words)
    return load_workbook(io.BytesIO(make_workbook(coordinator, QUARTER)))


RISKY = ("=1+1", "+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://example.org")', "https://example.org")


def test_it_has_a_sheet_each_for_summary_demographics_themes_definitions_and_notes(
    workbook: Workbook,
) -> None:
    assert workbook.sheetnames == ["Summary", "Demographics", "Themes", "Definitions", "Notes"]


def test_every_sheet_says_who_made_it_and_when_and_prints_with_its_headings(workbook: Workbook) -> None:
    for sheet in workbook:
        assert "Drafted by Coordinator Made-Up" in sheet["A3"].value
        assert "2026-27 Q1" in sheet["A2"].value
        assert sheet.print_area
        assert sheet.print_title_rows
        assert sheet.column_dimensions["A"].width >= 10


def test_the_summary_has_areas_as_rows_then_total_in_real_numbers(workbook: Workbook) -> None:
    sheet = workbook["Summary"]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=7)}
    assert list(rows) == ["Sefton", "Total", "Total of 2025-26 Q4"]
    headings = [cell.value for cell in sheet[6]]
    for heading, value in (("All in oversight", 1), ("Being exploited", 1), ("May be exploited", 0)):
        cell = rows["Total"][headings.index(heading)]
        assert (cell.value, cell.data_type) == (value, "n")


def test_what_people_typed_is_text_in_every_cell_and_never_a_formula_or_a_link(workbook: Workbook) -> None:
    cells = [
        cell for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value is not None
    ]
    typed = [cell for cell in cells if cell.value in RISKY]
    assert {cell.value for cell in typed} == set(RISKY)
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    assert all(cell.quotePrefix for cell in typed if cell.value[0] in "=+-@")


def test_no_child_is_named_in_it(workbook: Workbook) -> None:
    words = [str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value]
    assert not any("Child Made-Up" in word for word in words)


def test_the_csv_is_the_long_form(store: Store) -> None:
    a_child_in_oversight(store, "C", "sefton", date(2026, 5, 1))
    coordinator = an_account(store, "coordinator", "sefton")
    first, *lines = make_csv(coordinator, QUARTER).decode().splitlines()
    assert first == "area,quarter,measure,breakdown,value"
    assert "Sefton,2026-27 Q1,2,judgement=may_be,1" in lines
    assert len(lines) == len(draft_return(coordinator, QUARTER).figures)
