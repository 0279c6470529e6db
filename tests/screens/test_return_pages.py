"""The return after its lock, and why it would differ now, as each role sees them, without a browser."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data.actor import Actor
from data.database.records import DISCUSSION
from data.database.store import Store
from tests.factories import MADE, a_child_in_oversight, an_account, the_operator
from tests.returns.made import QUARTER, lock
from tests.screens.signed_in import sign_in
from tests.screens.test_cohort_pages import RETURN, read, sent

DIFFERENCES = """
from pages.leads import differences
differences.body()
"""


def drawn(monkeypatch: pytest.MonkeyPatch, store: Store, actor: Actor, page: str, **address: str) -> AppTest:
    sign_in(monkeypatch, store, actor)
    screen = AppTest.from_string(page, default_timeout=30)
    for name, value in address.items():
        screen.query_params[name] = value
    return screen.run()


@pytest.fixture
def lead(duckdb_store: Store) -> Actor:
    there = a_child_in_oversight(duckdb_store, opened_on=date(2026, 5, 1), name="Ada Made-Up")
    lead = an_account(duckdb_store, "partnership_lead", name="Lead Surname")
    lock(lead)
    with the_operator(duckdb_store).writing() as work:
        record = {"discussion_id": there.discussion_id, "judgement": "C"}
        work.save(DISCUSSION, record, MADE, why="Minuted wrongly")
    return lead


def test_the_lead_reads_how_many_changes_there_were_and_never_whose(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store, lead: Actor
) -> None:
    screen = drawn(monkeypatch, duckdb_store, lead, DIFFERENCES, of=str(QUARTER))
    assert not screen.exception
    tables = read(screen).tables
    assert [row[1:] for row in tables["Why, by measure and area"][1:]] == [["Liverpool", "0", "1", "0"]] * 2
    assert "Ada" not in sent(screen)
    assert "Minuted wrongly" not in sent(screen)


def test_the_coordinator_reads_whose_record_it_is_and_why(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store, lead: Actor
) -> None:
    screen = drawn(
        monkeypatch, duckdb_store, an_account(duckdb_store, "coordinator"), DIFFERENCES, of=str(QUARTER)
    )
    assert not screen.exception
    (_, row) = read(screen).tables["The changes"]
    assert row[:4] == ["Ada Made-Up", "Correction", "a discussion at a meeting", "judgement"]
    assert row[6:] == ["Minuted wrongly", "2, 4"]


def test_an_address_of_no_quarter_or_of_a_draft_says_so(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store, lead: Actor
) -> None:
    for of in ("", "2026-27 Q5", str(QUARTER.before())):
        screen = drawn(monkeypatch, duckdb_store, lead, DIFFERENCES, of=of)
        assert not screen.exception
        assert any("There is a problem" in str(part.proto.body) for part in screen.get("html"))


def test_nobody_types_beside_what_is_locked_and_its_figures_lead_to_the_children_of_that_day_for_who_may(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store, lead: Actor
) -> None:
    screen = drawn(
        monkeypatch, duckdb_store, an_account(duckdb_store, "coordinator"), RETURN, quarter=str(QUARTER)
    )
    assert not screen.exception
    assert "Locked as version 1 by Lead Surname" in screen.info[0].value
    assert not screen.text_area
    figures = _figures(screen)
    assert figures
    assert all(link.endswith("&version=1") for link in figures)
    assert not _figures(drawn(monkeypatch, duckdb_store, lead, RETURN, quarter=str(QUARTER)))


def _figures(screen: AppTest) -> list[str]:
    return [link for link in read(screen).links if link.startswith(("/figure", "/child"))]
