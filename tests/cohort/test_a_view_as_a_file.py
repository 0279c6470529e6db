"""A view leaves as a workbook of figures: stamped, audited, and naming nobody."""

from __future__ import annotations

import io

import openpyxl
import pytest
from PIL import Image

from data.cohort import note_export, read_view
from data.cohort_excel import in_workbook
from data.cohort_picture import in_picture
from data.dashboard.views import VIEWS, views_for
from data.database.store import Store
from tests.cohort.cohorts import ON, a_small_cohort
from tests.factories import an_account

BOTH = ("liverpool", "sefton")


@pytest.mark.parametrize("view", [view.key for view in VIEWS])
def test_a_leads_file_holds_the_figures_and_no_child(duckdb_store: Store, view: str) -> None:
    made = a_small_cohort(duckdb_store)
    lead = an_account(duckdb_store, "partnership_lead", name="=Lead Made-Up-By-Test")
    shown = read_view(lead, view, BOTH, ON, {"kind": "criminal"})
    book = openpyxl.load_workbook(io.BytesIO(in_workbook(shown, *note_export(lead, shown))))
    assert book.sheetnames == ["Figures", "How it is counted"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    words = "\n".join(str(cell.value) for cell in cells)
    assert (
        "Liverpool, Sefton, as it stood at the end of 30 June 2026. Only: Kind of exploitation: Criminal."
        in words
    )
    assert "Made by =Lead Made-Up-By-Test" in words
    assert all(cell.data_type != "f" for cell in cells), "nothing is a formula"
    assert [section.title for section in shown.sections if section.title not in words] == []
    assert not [one for one in made.values() if one.child_id in words]
    assert "Ada" not in words
    if view == "glance":
        sheet = book["Figures"]
        [value] = [row[1].value for row in sheet.iter_rows() if row[0].value == "Being exploited"][:1]
        assert value == shown.figures["judgement=being"] == 3


def test_each_file_that_leaves_is_in_the_audit(duckdb_store: Store) -> None:
    manager = an_account(duckdb_store, "manager")
    shown = read_view(manager, "due", ("liverpool",), ON)
    for _ in range(2):
        note_export(manager, shown)
    with manager.reading() as work:
        rows = work.rows("SELECT record_id, detail FROM audit WHERE action = 'cohort exported'")
    assert rows == [{"record_id": "liverpool", "detail": "due excel"}] * 2


def test_every_chart_leaves_as_a_picture_that_is_stamped_by_the_audit(duckdb_store: Store) -> None:
    a_small_cohort(duckdb_store)
    manager = an_account(duckdb_store, "manager", name="Manager Made-Up")
    drawn = []
    for view in views_for(("liverpool",)):
        shown = read_view(manager, view.key, ("liverpool",), ON)
        for section in shown.sections:
            if section.chart:
                made = in_picture(shown, section, *note_export(manager, shown, "png"))
                picture = Image.open(io.BytesIO(made))
                drawn.append((section.chart, picture.format, picture.width))
    assert {kind for kind, _, _ in drawn} == {"bars", "groups", "months"}
    assert {(form, width) for _, form, width in drawn} == {("PNG", 1300)}
    with manager.reading() as work:
        assert work.value("SELECT count(*) FROM audit WHERE detail = 'flow png'")
