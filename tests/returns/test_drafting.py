"""Drafting the return: its long form, who may see it, its narratives, and the children behind a figure."""

from __future__ import annotations

from datetime import date

import pytest

from data.actor import Actor
from data.database.engine import Clash
from data.database.store import Store
from data.quarters import Quarter
from data.refusal import Problems, Refused
from data.returns.return_csv import make_csv
from data.returns.return_excel import make_workbook
from data.returns.returns import draft_return, open_figure, save_narrative
from forms.codes import ETHNICITY
from tests.factories import a_child, a_child_in_oversight, an_account, an_episode, the_operator

QUARTER = Quarter.parse("2026-27 Q1")
JUDGED = date(2026, 5, 1)
BEING_MAY_BE = ("", ";judgement=being", ";judgement=may_be")
MEASURE_4 = [
    f"{column}={key}{within}"
    for column, keys in {
        "age": ["under_10", "10_12", "13", "14", "15", "16", "17", "18_and_over"],
        "gender": ["female", "male", "another", "not_known"],
        "ethnicity_group": ["white", "mixed", "asian", "black", "other", "not_known"],
        "ethnicity": [code for code, _ in ETHNICITY],
        "sen": ["none", "sen_support", "ehcp", "not_known"],
    }.items()
    for key in keys
    for within in BEING_MAY_BE
]
BREAKDOWNS = {
    1: ["total", "kind=criminal", "kind=sexual", "kind=both"],
    2: [
        "total", "judgement=being", "judgement=may_be",
        "apart=oversight_after_harm", "apart=prevention", "apart=not_judged",
    ],
    4: MEASURE_4,
    5: ["total"],
    6: ["total", *(f"judgement={letter}" for letter in "ABCDE"), "judgement=none"],
    7: ["total", "reason=unable_to_engage", "reason=lack_of_consent"],
    8: ["total", "pending"],
    9: ["total"],
    10: ["total", "multi_agency=yes", "multi_agency=no", "multi_agency=not_recorded"],
}  # fmt: skip


def audited(store: Store, action: str) -> list[tuple[str, str, str]]:
    with store.reading() as connection:
        rows = connection.rows(
            "SELECT role, record_id, detail FROM audit WHERE action = $1 ORDER BY seq", [action]
        )
    return [(row["role"], row["record_id"], row["detail"]) for row in rows]


def test_the_long_form_has_every_breakdown_of_every_area_then_total_with_its_zeros(store: Store) -> None:
    printed = draft_return(the_operator(store), QUARTER).as_long_form()
    assert list(printed) == ["quarter", "definitions", "figures", "narratives", "themes"]
    assert printed["quarter"] == "2026-27 Q1"
    assert [(f["area"], f["measure"], f["breakdown"]) for f in printed["figures"]] == [
        (area, measure, breakdown)
        for area in ("Liverpool", "Knowsley", "Sefton", "St Helens", "Wirral", "Total")
        for measure, breakdowns in BREAKDOWNS.items()
        for breakdown in breakdowns
    ]
    assert {f["value"] for f in printed["figures"]} == {0}


def test_total_is_over_the_areas_asked_for_in_the_partnerships_order(store: Store) -> None:
    for area in ("liverpool", "sefton", "wirral"):
        a_child_in_oversight(store, area=area, opened_on=JUDGED)
    drafted = draft_return(the_operator(store), QUARTER, ["wirral", "liverpool"])
    assert drafted.area_names == ("Liverpool", "Wirral")
    assert drafted.values()["Total", 2, "total"] == 2


def test_areas_of_two_partnerships_are_refused(duckdb_store: Store) -> None:
    with pytest.raises((Problems, Refused)):
        draft_return(the_operator(duckdb_store), QUARTER, ["liverpool", "sheffield"])


@pytest.mark.parametrize(
    ("role", "area", "may_see", "may_open"),
    [
        ("coordinator", "liverpool", True, True),
        ("manager", "liverpool", True, True),
        ("partnership_lead", "liverpool", True, False),
        ("practitioner", "liverpool", False, False),
        ("meeting_member", "liverpool", False, False),
        ("administrator", "liverpool", False, False),
        ("coordinator", "wirral", False, False),
        ("manager", "wirral", False, False),
        ("partnership_lead", "sheffield", False, False),
    ],
)
def test_who_may_see_the_figures_of_an_area_and_open_them_to_names(
    duckdb_store: Store, role: str, area: str, may_see: bool, may_open: bool
) -> None:
    there = a_child_in_oversight(duckdb_store, opened_on=JUDGED)
    actor = an_account(duckdb_store, role, area)
    for make in (draft_return, make_workbook, make_csv):
        if may_see:
            assert make(actor, QUARTER, ["liverpool"])
        else:
            with pytest.raises(Refused):
                make(actor, QUARTER, ["liverpool"])
    if may_open:
        opened = open_figure(actor, QUARTER, "liverpool", 2, "judgement=being")
        assert [row["child_id"] for row in opened] == [there.child_id]
    else:
        with pytest.raises(Refused):
            open_figure(actor, QUARTER, "liverpool", 2, "judgement=being")
        assert audited(duckdb_store, "refused: figure opened" if may_see or role not in ("coordinator", "manager")
                       else "refused: cohort viewed")  # fmt: skip


def test_viewing_exporting_and_opening_leave_their_trace(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    draft_return(coordinator, QUARTER)
    draft_return(coordinator, QUARTER)
    make_workbook(coordinator, QUARTER)
    make_csv(coordinator, QUARTER)
    open_figure(coordinator, QUARTER, "liverpool", 2, "total")
    assert audited(store, "return viewed") == [("coordinator", "return 2026-27 Q1", None)]
    assert [detail for _, _, detail in audited(store, "return exported")] == ["excel", "csv"]
    assert audited(store, "figure opened") == [("coordinator", "return 2026-27 Q1", "liverpool 2 total")]


def test_what_is_missing_is_said_in_words_and_opened_by_name(store: Store) -> None:
    child = a_child(store, name="Child Not-Judged")
    an_episode(store, child, opened_on=JUDGED)
    coordinator = an_account(store, "coordinator")
    drafted = draft_return(coordinator, QUARTER)
    check = next(c for c in drafted.checks if (c.area, c.measure) == ("Liverpool", 2))
    assert check.holds
    assert check.sentence == (
        "The parts add to the whole: 0. To put right: open children without a judgement, not counted: 1. "
        "A judgement that no meeting gave by quarter end cannot be given for this quarter any more."
    )
    (missing, *_) = [m for m in drafted.missing if m.area == "Liverpool"]
    opened = open_figure(coordinator, QUARTER, "liverpool", missing.measure, missing.breakdown)
    assert [row["name"] for row in opened] == ["Child Not-Judged"]


def test_a_figure_that_the_return_does_not_have_is_refused_in_words(duckdb_store: Store) -> None:
    for measure, breakdown in ((2, "kind=criminal"), (3, "total"), (11, "total"), (2, "1=1; --")):
        with pytest.raises(Problems, match="no such figure"):
            open_figure(an_account(duckdb_store, "coordinator"), QUARTER, "liverpool", measure, breakdown)


def test_every_figure_adds_up(store: Store) -> None:
    for judgement in "ABCDE":
        a_child_in_oversight(store, judgement, opened_on=JUDGED)
    assert all(check.holds for check in draft_return(the_operator(store), QUARTER).checks)


def test_the_quarter_before_stands_beside_this_one(store: Store) -> None:
    a_child_in_oversight(store, opened_on=date(2026, 3, 31))
    drafted = draft_return(the_operator(store), QUARTER)
    before = {(f.area, f.measure, f.breakdown): f.value for f in drafted.last_quarter}
    assert before["Liverpool", 2, "total"] == drafted.values()["Liverpool", 2, "total"] == 1


def test_a_narrative_is_kept_by_the_areas_coordinator_and_read_back_in_the_return(store: Store) -> None:
    coordinator = an_account(store, "coordinator", "sefton")
    first = save_narrative(
        coordinator, QUARTER, "sefton", 3, "=More children\nare taken to Wales.", seen_revision=0
    )
    save_narrative(coordinator, QUARTER, "sefton", 9, "Findings.")
    save_narrative(coordinator, QUARTER, "sefton", 9, "")
    printed = draft_return(an_account(store, "partnership_lead"), QUARTER).as_long_form()
    assert printed["narratives"] == [
        {"area": "Sefton", "measure": 3, "text": "=More children\nare taken to Wales."}
    ]
    with pytest.raises(Clash):
        save_narrative(coordinator, QUARTER, "sefton", 3, "Another's words", seen_revision=first - 1)


@pytest.mark.parametrize(
    ("role", "area"), [("manager", "sefton"), ("partnership_lead", "sefton"), ("coordinator", "wirral")]
)
def test_nobody_else_writes_a_narrative(duckdb_store: Store, role: str, area: str) -> None:
    with pytest.raises(Refused):
        save_narrative(an_account(duckdb_store, role, area), QUARTER, "sefton", 3, "Words")


def test_a_narrative_that_cannot_be_kept_says_why(duckdb_store: Store) -> None:
    coordinator = an_account(duckdb_store, "coordinator")
    for measure, words in ((11, "Words"), (3, "x" * 20_001)):
        with pytest.raises(Problems):
            save_narrative(coordinator, QUARTER, "liverpool", measure, words)


def test_a_suspended_account_sees_no_figure(duckdb_store: Store) -> None:
    with pytest.raises(Refused):
        draft_return(
            Actor(duckdb_store, an_account(duckdb_store, "manager", is_suspended=True).account_id), QUARTER
        )
