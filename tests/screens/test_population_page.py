"""The page of the population file says what is in use and how to begin, without a browser."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from data.database.store import Store
from tests.cohort.cohorts import a_population
from tests.factories import an_account
from tests.screens.signed_in import sign_in

PAGE = """
from pages.leads import population
population.body()
"""


def test_it_says_what_is_in_use_and_how_to_begin(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store
) -> None:
    sign_in(monkeypatch, duckdb_store, an_account(duckdb_store, "partnership_lead"))
    screen = AppTest.from_string(PAGE, default_timeout=30).run()
    assert not screen.exception
    texts = [text.value for text in screen.text]
    assert "No population file has been brought in, so no rates are shown." in texts
    a_population(duckdb_store, "liverpool", 2025)
    a_population(duckdb_store, "sheffield", 2025)
    screen.run()
    assert not screen.exception
    shown = " ".join(html.proto.body for html in screen.get("html"))
    assert "Made-up" in shown
    assert "Liverpool" in shown
    assert "Sheffield" not in shown
    next(button for button in screen.button if button.label == "Bring in").click().run()
    assert "Choose the CSV file that you bring in" in [text.value for text in screen.text]
