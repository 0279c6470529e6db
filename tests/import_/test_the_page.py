"""The page shows what a workbook would do before anything is stored; two areas with the same references keep apart."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from data.actor import Actor
from data.database.schema import form_table
from data.database.store import Store
from forms.child import CHILD
from tests.factories import MADE, an_account
from tests.import_.cohorts import Cohort, another_child, as_workbook, one_child, together
from tests.screens.signed_in import sign_in, words

PAGE = """
from pages.coordinators import bring_in
bring_in.body()
"""


def opened(monkeypatch: pytest.MonkeyPatch, store: Store, by: Actor) -> AppTest:
    sign_in(monkeypatch, store, by)
    return AppTest.from_string(PAGE, default_timeout=60).run()


def checked(screen: AppTest, content: bytes) -> AppTest:
    screen.file_uploader[0].set_value(("cohort.xlsx", content, "application/octet-stream")).run()
    return press(screen, "Check the workbook")


def press(screen: AppTest, label: str) -> AppTest:
    next(button for button in screen.button if button.label == label).click().run()
    assert not screen.exception
    return screen


def file_of(cohort: Cohort, folder: Path) -> bytes:
    return as_workbook(cohort, folder / "cohort.xlsx").read_bytes()


def of_area(cohort: Cohort, area: str) -> Cohort:
    for rows in cohort.values():
        for row in rows:
            row |= {"area": area} if "area" in row else {}
    return cohort


def everything_of(store: Store, area: str) -> list[str]:
    with store.reading() as connection:
        children = connection.values("SELECT child_id FROM child WHERE area = $1", [area])
        return [
            str(row)
            for table in ("child", "referral", "episode", "discussion", "nrm", "action")
            for row in connection.rows(
                f"SELECT * FROM {table} WHERE child_id = ANY($1) ORDER BY 1", [children]
            )
        ]


def test_what_is_to_be_put_right_is_not_folded_away(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store, tmp_path: Path
) -> None:
    file = io.BytesIO()
    Workbook().save(file)
    screen = opened(monkeypatch, duckdb_store, an_account(duckdb_store, "coordinator"))
    checked(screen, file.getvalue())
    assert "Nothing was stored." in screen.error[0].value
    assert not screen.status
    assert not screen.expander


def test_two_areas_bring_in_the_same_references_and_neither_touches_the_other(
    monkeypatch: pytest.MonkeyPatch, store: Store, tmp_path: Path
) -> None:
    screen = opened(monkeypatch, store, an_account(store, "coordinator", area="liverpool"))
    checked(screen, file_of(one_child(), tmp_path))
    press(screen, "Bring in")
    assert "The cohort is brought in." in [shown.value for shown in screen.success]
    before = everything_of(store, "liverpool")

    theirs = together(of_area(one_child(), "Wirral"), of_area(another_child("8"), "Wirral"))
    theirs["children"][0] |= {
        "name": "Quite Another",
        "date_of_birth": "2012-02-02",
        "nhs_number": "",
        "lcs_number": "",
    }
    screen = opened(monkeypatch, store, an_account(store, "coordinator", area="wirral"))
    checked(screen, file_of(theirs, tmp_path))
    shown = words(screen)
    assert (
        shown.count("A child who may be the same is known in Liverpool. Ask the coordinator of that area")
        == 1
    )
    assert not any(held in shown for held in ("Child Made-Up", "Made-Up Academy", "Agree a safe way home"))
    assert "Bring in" not in [button.label for button in screen.button]
    assert everything_of(store, "liverpool") == before

    press(screen, "Choose the corrected workbook")
    own = another_child("8")
    checked(screen, file_of(of_area(own, "Wirral"), tmp_path))
    press(screen, "Bring in")
    assert everything_of(store, "liverpool") == before
    assert len(everything_of(store, "wirral")) == 7


def test_the_page_shows_old_beside_new_and_stores_nothing_before_it_is_confirmed(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store, tmp_path: Path
) -> None:
    screen = opened(monkeypatch, duckdb_store, an_account(duckdb_store, "coordinator"))
    checked(screen, file_of(one_child(), tmp_path))
    assert everything_of(duckdb_store, "liverpool") == []
    press(screen, "Bring in")
    changed = one_child()
    changed["children"][0]["school"] = "Other Academy"
    changed["discussions"][0]["meeting_date"] = "2026-02-04"
    before = everything_of(duckdb_store, "liverpool")
    checked(screen, file_of(changed, tmp_path))
    assert "Step 2 of 3" in [text.value for text in screen.text]
    press(screen, "Continue")
    assert "This discussion may be here already." in words(screen)  # what is not answered yet
    screen.radio[0].set_value(screen.radio[0].options[0]).run()
    press(screen, "Continue")
    shown = words(screen)
    assert all(said in shown for said in ("Made-Up Academy", "Other Academy", "2026-02-03", "2026-02-04"))
    assert everything_of(duckdb_store, "liverpool") == before
    press(screen, "Bring in")
    with duckdb_store.reading() as connection:
        assert connection.values("SELECT school FROM child") == ["Other Academy"]
        assert len(connection.values("SELECT meeting_date FROM discussion")) == 2


def test_what_was_looked_at_is_not_stored_once_the_record_has_changed(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store, tmp_path: Path
) -> None:
    by = an_account(duckdb_store, "coordinator")
    screen = opened(monkeypatch, duckdb_store, by)
    checked(screen, file_of(one_child(), tmp_path))
    press(screen, "Bring in")
    changed = one_child()
    changed["children"][0]["school"] = "Other Academy"
    checked(screen, file_of(changed, tmp_path))
    with by.writing() as work:
        child = work.row("SELECT record_id FROM child") or {}
        work.save(form_table(CHILD), {**child, "school": "Third Academy"}, MADE)
    press(screen, "Bring in")
    assert "Nothing was stored: the records were changed meanwhile." in words(screen)
    assert "Step 2 of 3" in [text.value for text in screen.text]
    with duckdb_store.reading() as connection:
        assert connection.values("SELECT school FROM child") == ["Third Academy"]
