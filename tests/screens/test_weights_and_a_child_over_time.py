"""The pages about the tracker's weights and a child before and after, as somebody has them, without a browser."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data.database.store import Store
from data.refusal import Problems
from data.scores.weight_preview import preview
from tests.factories import a_child_in_oversight, a_discussion, an_account
from tests.filled_in import a_sent_tracker
from tests.scoring.test_weight_sets_in_use import brought_in
from tests.screens.signed_in import sign_in, words
from tests.screens.test_after_the_meeting import press


def _drawn(page: str, **about: str) -> AppTest:
    of, name = page.split(".")
    at = AppTest.from_string(f"from pages.{of} import {name}\n{name}.body()", default_timeout=60)
    for key, value in about.items():
        at.query_params[key] = value
    return at.run()


def test_a_second_person_sees_who_would_change_band_before_approving(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store
) -> None:
    coordinator, manager = (an_account(duckdb_store, role) for role in ("coordinator", "manager"))
    one = a_child_in_oversight(duckdb_store)
    a_sent_tracker(coordinator, one.child_id, occasion="meeting")
    brought = brought_in(coordinator, points=40)
    sign_in(monkeypatch, duckdb_store, manager)
    screen = _drawn("administrators.weight_preview", weights=brought)
    assert not screen.exception
    assert "c of c children would change band." in words(screen)
    press(screen, "Approve Our weights, version 1")
    assert "Read the points and who would change band" in words(screen)
    screen.checkbox[0].check()
    press(screen, "Approve Our weights, version 1")
    assert "No score has been made with it yet" in words(screen)
    press(screen, "Withdraw the approval")
    assert "in use again" in screen.success[0].value
    assert "By ethnic group" in [header.value for header in screen.header]
    assert one.child_id not in words(screen)
    with pytest.raises(Problems):
        preview(manager, "none")


def test_a_childs_pictures_have_a_table_each_and_both_ends_named(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store
) -> None:
    coordinator = an_account(duckdb_store, "coordinator")
    one = a_child_in_oversight(duckdb_store, "A", opened_on=date(2026, 1, 5))
    a_discussion(duckdb_store, one.episode_id, one.child_id, "C", meeting_date=date(2026, 3, 2), scale=8)
    a_sent_tracker(coordinator, one.child_id, occasion="meeting")
    sign_in(monkeypatch, duckdb_store, coordinator)
    screen = _drawn("practitioners.over_time", child=one.child_id)
    assert not screen.exception
    said = words(screen)
    for sentence in (
        "One score so far",
        "A higher score is worse",
        "The scale went from 6 to 8; higher is better.",
        "Judged C at the latest of 2",
    ):
        assert sentence in said
    charts = [str(chart.proto) for chart in screen.get("plotly_chart")]
    assert len(charts) == 3
    assert "1: at risk of harm" in charts[1]
    assert "10: no longer at risk" in charts[1]
    assert "0: lowest" in charts[0]
    assert "1: at risk" not in charts[0]
