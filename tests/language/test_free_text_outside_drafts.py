"""Reasons, what agencies hold and short forms point at words that blame a child as forms do, and are saved whatever is typed."""

from __future__ import annotations

import datetime

import pytest
from streamlit.testing.v1 import AppTest

from data import clock
from data.database.store import Store
from tests.factories import a_child_in_oversight, an_account
from tests.filled_in import on
from tests.meetings.made import a_meeting
from tests.screens.signed_in import sign_in, words

TODAY = clock.today()


def draw(module: str, **about: str) -> AppTest:
    folder, name = module.split(".")
    at = AppTest.from_string(f"from pages.{folder} import {name}\n{name}.body()", default_timeout=60)
    for key, value in about.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def field(at: AppTest, label: str):
    return next(f for f in [*at.text_area, *at.text_input] if f.label.startswith(label))


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def test_a_reason_is_pointed_at_changed_by_a_click_and_saved_as_it_stands(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store
) -> None:
    coordinator = an_account(duckdb_store, "coordinator")
    meeting_id = a_meeting(coordinator)
    sign_in(monkeypatch, duckdb_store, coordinator)
    at = draw("coordinators.meeting", meeting=meeting_id)
    assert "words-to-look-at" not in words(at)
    field(at, "Reason").set_value("<b>Child pornography</b> and <i>streetwise</i>").run()
    assert "<mark>Child pornography</mark>" in words(at)
    assert "&lt;i&gt;<mark>streetwise</mark>" in words(at)
    press(at, "Write “Child sexual abuse material”")
    assert field(at, "Reason").value == "<b>Child sexual abuse material</b> and <i>streetwise</i>"
    press(at, "Cancel meeting")
    with coordinator.reading() as work:
        assert work.value("SELECT state FROM meeting") == "cancelled"


def test_a_short_form_points_at_its_free_text_and_is_done_all_the_same(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store
) -> None:
    coordinator = an_account(duckdb_store, "coordinator")
    episode_id = a_child_in_oversight(duckdb_store, opened_on=TODAY).episode_id
    sign_in(monkeypatch, duckdb_store, coordinator)
    at = draw("practitioners.review", episode=episode_id)
    field(at, "What is new").set_value("He absconded again").run()
    assert "<mark>absconded</mark>" in words(at)
    field(at, "By when").set_value(on(TODAY + datetime.timedelta(days=2)))
    press(at, "Bring the review forward")
    with coordinator.reading() as work:
        assert work.value("SELECT reason FROM review_change") == "He absconded again"
