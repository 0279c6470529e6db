"""The cohort's page, the return's and the children behind a figure, as each role sees them, without a browser."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from streamlit.testing.v1 import AppTest

from data.actor import Actor
from data.database.store import Store
from data.quarters import Quarter
from data.returns.returns import draft_return, save_narrative
from tests.cohort.cohorts import BEFORE, ON, a_score, a_small_cohort
from tests.factories import an_account
from tests.screens.signed_in import sign_in

QUARTER = Quarter.of(ON)

COHORT = """
from pages.managers import cohort
cohort.body()
"""
RETURN = """
from pages.leads import quarterly_return
quarterly_return.body()
"""
FIGURE = """
import streamlit as st
from data.refusal import Refused
from pages.managers import figure
try:
    figure.body()
except Refused as refused:
    st.error(str(refused))
"""

Open = Callable[..., AppTest]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, duckdb_store: Store) -> Open:
    """The page as an account has it; given further are the query parameters of its address."""

    def open_as(actor: Actor, page: str, **address: str) -> AppTest:
        sign_in(monkeypatch, duckdb_store, actor)
        screen = AppTest.from_string(page, default_timeout=30)
        for name, value in address.items():
            screen.query_params[name] = value
        return screen.run()

    return open_as


class _Tables(HTMLParser):
    """Each table as rows of cells, under its caption; and the addresses that links lead to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self.links: list[str] = []
        self._words = ""
        self._row: list[str] = []
        self._is_unseen = False
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "a":
            self.links.append(given["href"] or "")
        if tag in ("caption", "th", "td"):
            self._words = ""
        if tag == "tr":
            self._row = []
        self._is_unseen = tag == "span" and given.get("class") == "unseen"

    def handle_data(self, data: str) -> None:
        if not self._is_unseen:
            self._words += data

    def handle_endtag(self, tag: str) -> None:
        self._is_unseen = False
        if tag == "caption":
            self._rows = self.tables[self._words] = []
        if tag in ("th", "td"):
            self._row.append(self._words)
        if tag == "tr":
            self._rows.append(self._row)


def read(screen: AppTest) -> _Tables:
    return _Tables("".join(str(part.proto.body) for part in screen.get("html")))


def sent(screen: AppTest) -> str:
    """Everything that was sent to the browser."""
    return "".join(str(getattr(part, "proto", "")) for part in screen._tree)


def test_a_manager_sees_the_figures_and_each_leads_to_its_children(
    open_page: Open, duckdb_store: Store
) -> None:
    made = a_small_cohort(duckdb_store)
    a_score(duckdb_store, made["being"].child_id, BEFORE, "high")
    screen = open_page(an_account(duckdb_store, "manager"), COHORT, on=str(QUARTER))
    assert not screen.exception
    shown = read(screen)
    assert ["B, being exploited", "1"] in shown.tables["Judgement, all open children"]
    assert ["High (red)", "1"] in [row[:2] for row in shown.tables["Band by the latest scoring"]]
    assert len(shown.tables["Children, soonest review first"]) == 1 + 3
    assert "/figure?area=liverpool&on=2026-06-30&figure=judgement%3Dbeing" in shown.links
    assert f"/child?child={made['being'].child_id}" in shown.links
    [warning] = screen.warning
    assert warning.value.startswith("Illustrative score")
    assert "Made-Up" not in sent(screen), "lists show initials"
    screen.radio(key="address_view").set_value("people").run()
    assert ["16", "0", "1", "1"] in read(screen).tables["Age on that day"]
    assert screen.query_params["view"] == "people"


def test_a_partnership_lead_sees_the_figures_of_all_areas_and_no_child(
    open_page: Open, duckdb_store: Store
) -> None:
    made = a_small_cohort(duckdb_store)
    lead = an_account(duckdb_store, "partnership_lead")
    screen = open_page(lead, COHORT, on=str(QUARTER))
    assert not screen.exception
    shown = read(screen)
    assert shown.links == []
    assert ["B, being exploited", "2"] in shown.tables["Judgement, all open children"]
    assert screen.selectbox(key="area").options[0] == "All of Pan-Merseyside"
    screen.selectbox(key="area").select("Sefton").run()
    assert ["B, being exploited", "1"] in read(screen).tables["Judgement, all open children"]
    for page in (screen, open_page(lead, RETURN, quarter=str(QUARTER))):
        all_of_it = sent(page)
        assert not [one for one in made.values() if one.child_id in all_of_it]
        assert "Made-Up" not in all_of_it


@pytest.mark.parametrize(
    "address",
    [
        {"on": "2026-06-30", "figure": "total"},
        {"quarter": "2026-27 Q1", "measure": "2", "figure": "total"},
    ],
)
def test_no_address_gives_a_partnership_lead_a_child(
    open_page: Open, duckdb_store: Store, address: dict[str, str]
) -> None:
    made = a_small_cohort(duckdb_store)
    screen = open_page(an_account(duckdb_store, "partnership_lead"), FIGURE, area="liverpool", **address)
    assert [error.value for error in screen.error] == ["Your role does not allow this."]
    assert not [one for one in made.values() if one.child_id in sent(screen)]


@pytest.mark.parametrize(
    "address",
    [
        {},
        {"on": "yesterday", "figure": "total"},
        {"on": "2026-06-30", "figure": "TRUE"},
        {"quarter": "2026-27", "measure": "2", "figure": "total"},
        {"quarter": "2026-27 Q1", "measure": "two", "figure": "total"},
        {"quarter": "2026-27 Q1", "measure": "2", "figure": "nothing"},
    ],
)
def test_an_address_that_names_no_figure_says_what_to_do(
    open_page: Open, duckdb_store: Store, address: dict[str, str]
) -> None:
    screen = open_page(an_account(duckdb_store, "manager"), FIGURE, area="liverpool", **address)
    assert not screen.exception
    assert len(screen.error) == 1


def test_the_children_behind_a_figure_are_shown_by_initials(open_page: Open, duckdb_store: Store) -> None:
    made = a_small_cohort(duckdb_store)
    manager = an_account(duckdb_store, "manager")
    for address in (
        {"on": "2026-06-30", "figure": "judgement=being"},
        {"quarter": "2026-27 Q1", "measure": "2", "figure": "judgement=being"},
    ):
        screen = open_page(manager, FIGURE, area="liverpool", **address)
        assert not screen.exception
        assert screen.title[0].value == "Being exploited"
        behind = {f"/child?child={made[who].child_id}" for who in ("being", "two areas")}
        assert behind == set(read(screen).links)
        assert "Ada" not in sent(screen)


def test_the_return_on_screen_is_the_return_that_is_drafted(open_page: Open, duckdb_store: Store) -> None:
    a_small_cohort(duckdb_store)
    lead = an_account(duckdb_store, "partnership_lead")
    screen = open_page(lead, RETURN, quarter=str(QUARTER))
    assert not screen.exception
    drafted = draft_return(lead, QUARTER)
    values, shown = drafted.values(), read(screen)
    names = (*drafted.area_names, "Total")
    [oversight] = [
        rows for caption, rows in shown.tables.items() if caption.startswith("Children in the meeting")
    ]
    assert [row[:4] for row in oversight[1:]] == [
        [name, *(str(values[name, 2, b]) for b in ("total", "judgement=being", "judgement=may_be"))]
        for name in names
    ]
    female = next(row for row in shown.tables["Gender"] if row[0] == "Female")
    assert female[1:7] == [str(values[name, 4, "gender=female"]) for name in names]
    assert len([header for header in screen.header if header.value[0].isdigit()]) == 10
    assert "Draft" in screen.info[0].value


def test_a_coordinator_types_beside_a_measure_and_others_read_it(
    open_page: Open, duckdb_store: Store
) -> None:
    coordinator = an_account(duckdb_store, "coordinator")
    screen = open_page(coordinator, RETURN, quarter=str(QUARTER))
    place = "narrative_liverpool_2026-27_Q1_3"
    screen.text_area(key=place).input("More **children** met in parks.").run()
    assert not screen.exception
    assert any(text.value.startswith("Saved ") for text in screen.text)
    read_by_lead = open_page(an_account(duckdb_store, "partnership_lead"), RETURN, quarter=str(QUARTER))
    assert "Liverpool says:\nMore **children** met in parks." in [text.value for text in read_by_lead.text]
    assert not read_by_lead.text_area


def test_words_that_somebody_else_changed_meanwhile_are_not_written_over_unasked(
    open_page: Open, duckdb_store: Store
) -> None:
    one, other = (an_account(duckdb_store, "coordinator") for _ in range(2))
    screen = open_page(one, RETURN, quarter=str(QUARTER))
    save_narrative(other, QUARTER, "liverpool", 3, "Theirs")
    place = "narrative_liverpool_2026-27_Q1_3"
    screen.text_area(key=place).input("Mine").run()
    assert any("Somebody else changed these words" in text.value for text in screen.text)
    assert screen.text_area(key=place).value == "Mine"

    def stands() -> list[str]:
        return [n.text for n in draft_return(one, QUARTER).narratives]

    assert stands() == ["Theirs"]
    screen.button(key=f"{place}_theirs").click().run()
    assert screen.text_area(key=place).value == "Theirs"
    save_narrative(other, QUARTER, "liverpool", 3, "Theirs again")
    screen.text_area(key=place).input("Mine again").run()
    screen.button(key=f"{place}_mine").click().run()
    assert stands() == ["Mine again"]


def test_an_empty_cohort_says_what_will_be_here(open_page: Open, duckdb_store: Store) -> None:
    screen = open_page(an_account(duckdb_store, "coordinator"), COHORT)
    assert not screen.exception
    assert "Children appear here" in screen.info[0].value


def test_another_day_is_typed_and_a_wrong_one_says_what_to_do(open_page: Open, duckdb_store: Store) -> None:
    a_small_cohort(duckdb_store)
    screen = open_page(an_account(duckdb_store, "manager"), COHORT, on="Another day", day="31 5 2026")
    assert ["B, being exploited", "2"] in read(screen).tables["Judgement, all open children"]
    screen.text_input(key="day").input("31 6 2026").run()
    assert (
        screen.error[0].value
        == "There is a problem: The day must be a real date: check the day and the month"
    )
