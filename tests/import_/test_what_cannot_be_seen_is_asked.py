"""Hidden rows, columns and sheets, cells under no heading, merged cells, examples: said with how many, and asked."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from data.bring_in.cohort_import import import_cohort, look_at_cohort
from data.bring_in.cohort_reading import read_cohort
from data.bring_in.cohort_workbook import SHEETS, CohortRefused
from data.bring_in.workbook_process import is_hidden
from data.database.store import Store
from tests.factories import the_operator
from tests.import_.cohorts import (
    another_child,
    as_workbook,
    bring_deciding,
    decided,
    first_option,
    last_option,
    one_child,
    together,
)


def a_workbook(path: Path, sheet: str) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.load_workbook(as_workbook(together(one_child(), another_child()), path))
    return book, book[sheet]


def asked_of(path: Path) -> list[str]:
    return [str(question) for question in read_cohort(path).questions]


@pytest.mark.parametrize("sheet", [sheet.name for sheet in SHEETS])
def test_a_hidden_row_column_and_sheet_is_asked_about(tmp_path: Path, sheet: str) -> None:
    path = tmp_path / "cohort.xlsx"
    book, page = a_workbook(path, sheet)
    page.row_dimensions[3].hidden = True
    page.row_dimensions[2].hidden = True
    page.column_dimensions["B"].hidden = True
    page.sheet_state = "veryHidden"
    page.merge_cells("D2:D3")
    page.cell(2, 20, "At refuge; do not tell father")
    page.cell(5, 1, "EXAMPLE-22")
    book.active = 1 if sheet == "children" else 0
    book.save(path)
    said = " ".join(asked_of(path))
    rows = sum(any(cell.value for cell in row) for row in page.iter_rows(min_row=2))
    for words in (
        "This sheet is hidden", "2 rows are hidden: 2, 3", "This column is hidden", "Column T has no heading, and 1 filled cell",
        "1 range of cells is merged", "1 row begins with EXAMPLE",
    ):  # fmt: skip
        assert words in said
    assert f"has {rows} rows" in said
    assert "refuge" not in said


@pytest.mark.parametrize("shape", [{"hidden": "1"}, {"hidden": "true"}, {"ht": "0", "customHeight": "1"}])
def test_a_row_without_height_is_hidden_too(shape: dict[str, str]) -> None:
    assert is_hidden(shape, "ht")
    assert not is_hidden({"ht": "15", "hidden": "0"}, "ht")


def test_nothing_is_brought_in_before_it_is_answered(duckdb_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "cohort.xlsx"
    book, page = a_workbook(path, "children")
    page.row_dimensions[3].hidden = True
    book.save(path)
    with pytest.raises(CohortRefused) as refused:
        import_cohort(the_operator(duckdb_store), read_cohort(path))
    assert [q.sentence for q in refused.value.questions] == ["1 row is hidden: 3."]
    for choose, many in ((first_option, 1), (last_option, 2)):
        plan, _ = decided(the_operator(duckdb_store), read_cohort(path), choose)
        assert plan.counts("new")["children"] == many
    plan, _ = decided(the_operator(duckdb_store), read_cohort(path), first_option)
    assert "children: 1 row is left out, as you decided" in plan.notes
    assert sum(plan.counts("new").values()) == 7, "what belongs to the child is left out with the child"


def test_a_column_that_is_left_out_changes_nothing(duckdb_store: Store, tmp_path: Path) -> None:
    import_cohort(the_operator(duckdb_store), read_cohort(as_workbook(one_child(), tmp_path / "first.xlsx")))
    changed = one_child()
    changed["children"][0]["school"] = "Other Academy"
    path = as_workbook(changed, tmp_path / "second.xlsx")
    book = openpyxl.load_workbook(path)
    book["children"].column_dimensions["N"].hidden = True
    assert book["children"]["N1"].value == "school"
    book.save(path)
    for choose, many in ((first_option, 0), (last_option, 1)):
        plan, _ = decided(the_operator(duckdb_store), read_cohort(path), choose)
        assert len(plan.changes) == many


def test_the_templates_own_example_is_left_out_and_said(duckdb_store: Store, tmp_path: Path) -> None:
    cohort = {sheet.name: [{c.name: c.example for c in sheet.columns}] for sheet in SHEETS}
    plan = look_at_cohort(
        the_operator(duckdb_store), read_cohort(as_workbook(cohort, tmp_path / "cohort.xlsx"))
    )
    assert plan.rows == ()
    assert plan.questions == ()
    assert list(plan.notes) == [f"{s.name}: 1 row is the template's example and was left out" for s in SHEETS]


def test_what_belongs_to_a_row_that_is_left_out_goes_with_it_and_to_no_other_child(
    store: Store, tmp_path: Path
) -> None:
    """Though the reference that it names is a stored one."""
    operator = the_operator(store)
    bring_deciding(store, one_child(), tmp_path / "in")
    path = tmp_path / "next.xlsx"
    book = openpyxl.load_workbook(as_workbook(one_child(), path))
    for sheet in ("children", "episodes"):
        book[sheet].row_dimensions[2].hidden = True
    for sheet, column, words in (("discussions", "judgement", "E"), ("actions", "action", "Another visit")):
        headings = [cell.value for cell in book[sheet][1]]
        book[sheet].cell(2, headings.index(column) + 1, words)
    book.save(path)
    plan, answers = decided(operator, read_cohort(path), first_option)
    assert (plan.problems, plan.changes) == ((), ())
    brought = import_cohort(operator, read_cohort(path), update=True, answers=answers)
    assert sum((*brought.new.values(), *brought.changed.values())) == 0
    assert sum("left out, as you decided" in note for note in brought.warnings) == len(SHEETS)


@pytest.mark.parametrize(
    ("sheet", "column"), [(s.name, c.name) for s in SHEETS for c in s.columns if c.required]
)
def test_a_hidden_column_that_no_row_can_do_without_cannot_be_left_out(
    tmp_path: Path, sheet: str, column: str
) -> None:
    path = tmp_path / "cohort.xlsx"
    book, page = a_workbook(path, sheet)
    at = next(cell.column_letter for cell in page[1] if cell.value == column)
    page.column_dimensions[at].hidden = True
    book.save(path)
    [question] = read_cohort(path).questions
    assert [key for key, _ in question.options] == ["in"]
