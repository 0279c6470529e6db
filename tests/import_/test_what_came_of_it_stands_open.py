"""What is to be put right in a workbook is seen at once: it stands in nothing that folds."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from data.database.store import Store
from tests.factories import an_account
from tests.screens.signed_in import sign_in

PAGE = """
from pathlib import Path
from pages.coordinators import bring_in
bring_in._bring_in(Path({!r}).open("rb"), False)
"""


def test_what_is_to_be_put_right_is_not_folded_away(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store, tmp_path: Path
) -> None:
    sign_in(monkeypatch, duckdb_store, an_account(duckdb_store, "coordinator"))
    Workbook().save(tmp_path / "cohort.xlsx")
    screen = AppTest.from_string(PAGE.format(str(tmp_path / "cohort.xlsx")), default_timeout=30).run()
    assert not screen.exception
    assert "Nothing was stored." in screen.error[0].value
    assert not screen.status
    assert not screen.expander
