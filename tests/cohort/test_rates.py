"""Rates by sex and ethnic group stand against a population file, with an interval."""

from __future__ import annotations

import io
from datetime import date
from itertools import pairwise

import pytest
from openpyxl import load_workbook

from data.bring_in.population import bring_in, populations
from data.cohort import note_export, read_view
from data.cohort_excel import in_workbook
from data.dashboard.rates import wilson
from data.database.store import Store
from data.refusal import Refused
from forms.places import PARTNERSHIPS
from forms.population import COLUMNS, PopulationRefused, empty_file, read_population
from tests.cohort.cohorts import BEFORE, ON, a_population, read
from tests.factories import a_child_in_oversight, an_account

MERSEYSIDE = PARTNERSHIPS[0]
HEAD = ",".join(COLUMNS)
ROW = "Liverpool,2026,10000,5000,5000,8000,500,500,500,500"
BY_SEX, BY_GROUP = (
    f"In oversight per 10,000 children who live there, by {words}" for words in ("sex", "ethnic group")
)


def test_wilsons_interval_is_the_published_one() -> None:
    """Newcombe, Statistics in Medicine 1998;17:857: 81 of 263 is 0.2553 to 0.3662, and 0 of 20 is 0 to 0.1611."""
    assert [round(limit / 10_000, 4) for limit in wilson(81, 263)] == [0.2553, 0.3662]
    assert [round(limit / 10_000, 4) for limit in wilson(0, 20)] == [0.0, 0.1611]
    assert all(a < b for a, b in pairwise(wilson(n, 1_000)[0] for n in range(1, 50)))


def a_cohort(store: Store) -> None:
    for n in range(20):
        a_child_in_oversight(
            store, "B", "liverpool", BEFORE, sex="F" if n < 14 else "M",
            ethnicity="BCRB" if n < 12 else "WBRI" if n < 19 else "REFU", born=date(2012, 1, 1),
        )  # fmt: skip
    a_child_in_oversight(store, "B", "liverpool", BEFORE, sex="M", ethnicity="WBRI", born=date(2008, 1, 1))
    a_child_in_oversight(store, "E", "liverpool", BEFORE, sex="M", ethnicity="WBRI")


def test_rates_count_children_under_18_in_oversight_against_the_file(store: Store) -> None:
    a_cohort(store)
    a_population(store, "liverpool", 2024, 1)
    a_population(store, "liverpool", 2025)
    a_population(store, "liverpool", 2027, 1)
    found = read(an_account(store, "manager"), ("liverpool",), ON, "rates").tables
    assert found[BY_SEX]["Female"] == (14, 5_000, 28.0, "16.7 to 46.9")
    assert found[BY_SEX]["Male"] == (6, 5_000, 12.0, "5.5 to 26.2")
    assert found[BY_SEX]["All children"] == (20, 10_000, 20.0, "13.0 to 30.9")
    assert found[BY_GROUP]["Black"][:3] == (12, 500, 240.0)
    assert found[BY_GROUP]["White"][:3] == (7, 8_000, 8.8)
    assert found[BY_GROUP]["Mixed"] == (0, 500, 0.0, "0.0 to 76.2")


def test_who_sees_figures_only_reads_the_same_numbers_and_the_file_says_that_they_are_restricted(
    store: Store,
) -> None:
    a_cohort(store)
    a_population(store, "liverpool")
    lead = an_account(store, "partnership_lead")
    shown = read_view(lead, "rates", ("liverpool",), ON)
    assert read(lead, ("liverpool",), ON, "rates") == read(
        an_account(store, "manager"), ("liverpool",), ON, "rates"
    )
    sheet = load_workbook(io.BytesIO(in_workbook(shown, *note_export(lead, shown)))).worksheets[0]
    assert sheet["A3"].value.endswith("Restricted: small numbers are shown. Not for publication.")


def test_an_area_without_a_file_is_named_and_has_no_rates(store: Store) -> None:
    a_cohort(store)
    a_population(store, "liverpool")
    lead = an_account(store, "partnership_lead")
    [section] = read_view(lead, "rates", ("liverpool", "sefton"), ON).sections
    assert section.finding.startswith("There is no population file for Sefton, so no rate")
    assert section.lines == ()


def test_a_file_is_kept_whole_and_a_later_one_takes_its_place(store: Store) -> None:
    lead = an_account(store, "partnership_lead")
    assert bring_in(lead, f"{HEAD}\n{ROW}\n{ROW.replace('Liverpool', 'St Helens')}\n", "Census") == 2
    assert bring_in(lead, f"{HEAD}\n{ROW.replace('10000', '10020')}\n", "Mid-year") == 1
    assert [(r["area"], r["everyone"], r["source"]) for r in populations(lead)] == [
        ("liverpool", 10_020, "Mid-year"), ("st_helens", 10_000, "Census"),
    ]  # fmt: skip
    with lead.reading() as work:
        events = work.rows("SELECT record_id FROM audit WHERE action = 'population brought in'")
        assert work.value("SELECT count(*) FROM population_history") == 3
    assert [e["record_id"] for e in events] == ["liverpool 2026", "st_helens 2026", "liverpool 2026"]
    for role in ("practitioner", "coordinator", "manager", "meeting_member"):
        with pytest.raises(Refused):
            bring_in(an_account(store, role), f"{HEAD}\n{ROW}\n", "")


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_file_may_come_from_any_spreadsheet(ends: str) -> None:
    assert len(read_population(f"{HEAD}{ends}{ROW}{ends}", MERSEYSIDE)) == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The first row holds the headings"),
        ("area;year\n", "The first row holds the headings"),
        (HEAD, "Fill in a row for at least one area"),
        (empty_file(MERSEYSIDE, 2026), "Row 2: “all” must be a whole number of children"),
        (f"{HEAD}\n{ROW.replace('Liverpool', 'Leeds')}", "Row 2: the area must be one of Liverpool"),
        (f"{HEAD}\n{ROW.replace('2026', '26')}", "Row 2: the year must be four digits"),
        (f"{HEAD}\n{ROW.replace('8000', '-8')}", "Row 2: “white” must be a whole number"),
        (f"{HEAD}\n{ROW.replace('8000', '=1+1')}", "Row 2: “white” must be a whole number"),
        (f"{HEAD}\n{ROW},1", "Row 2: has 11 cells where there are 10 headings"),
        (f"{HEAD}\n{ROW.replace(',8000', ',7000')}", "Row 2: the ethnic groups add up to 9,000 where “all” is 10,000"),
        (f"{HEAD}\n{ROW.replace('5000,5000', '5000,4000')}", "Row 2: female and male add up to 9,000"),
        (f"{HEAD}\n{ROW}\n{ROW}", "Row 3: Liverpool in 2026 stands in the file already"),
        (f"{HEAD}\n\n{ROW},1", "Row 3: has 11 cells"),
        (HEAD + '\n"' + "a" * 200_000 + '"', "The file is too long"),
        (f"{HEAD}\nLiverpool,2026,0,0,0,0,0,0,0,0", "Row 2: “all” must be more than 0"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_stand_is_told_row_by_row_what_to_do(text: str, sentence: str) -> None:
    with pytest.raises(PopulationRefused) as refused:
        read_population(text, MERSEYSIDE)
    assert any(problem.startswith(sentence) for problem in refused.value.problems), refused.value.problems
