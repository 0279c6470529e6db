"""Every wrong cell is answered with its sheet, row and column and what to do, and never with what it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.bring_in.cohort_import import import_cohort
from data.bring_in.cohort_reading import read_cohort
from data.bring_in.cohort_workbook import BY_NAME, SHEETS, CohortRefused
from data.database.store import Store
from forms.pathway_dates import NOT_IN_THE_FUTURE
from forms.question import Wrong
from tests.factories import the_operator
from tests.import_.cohorts import (
    Cohort,
    another_child,
    as_folder,
    bring_deciding,
    last_option,
    one_child,
    together,
)

# sheet, row (of the sheet's data, from 0), column, what it holds, what is said
WRONG = [
    ("children", 0, "child_ref", "", "Enter the child reference"),
    ("children", 0, "name", "", "Enter the name"),
    ("children", 0, "name", "x" * 201, "Shorten “name” to 200 characters or fewer: it has 201"),
    ("children", 0, "date_of_birth", "", "Enter the date of birth"),
    ("children", 0, "date_of_birth", "17/05/2010", "Enter the date as YYYY-MM-DD, such as 2026-11-13"),
    ("children", 0, "date_of_birth", "2010-02-30", "Enter a real date: check the day and the month"),
    ("children", 0, "date_of_birth", "2199-01-01", "Date of birth must be today or in the past"),
    ("children", 0, "date_of_birth", "1810-01-01", "Check the year of the date"),
    ("children", 0, "nhs_number", "999 000 0019", "Check the NHS number: its last digit does not fit the others"),
    ("children", 0, "nhs_number", "0000000000", "Check the NHS number: it cannot be the same digit ten times"),
    ("children", 0, "nhs_number", "12", "NHS number must have 10 digits"),
    ("children", 0, "sex", "X", "Enter F, M or U"),
    ("children", 0, "ethnicity", "WHIT", "Enter one of the allowed values of the template"),
    ("children", 0, "sen", "yes", "Enter N, K or E"),
    ("children", 0, "area", "", "Enter the area"),
    ("children", 0, "area", "Leeds", "Enter Liverpool, Knowsley, Sefton, St Helens, Wirral or Sheffield"),
    ("children", 0, "postcode", "L1", "Enter a full postcode, such as L1 8JQ, or ZZ99 3VZ for no fixed abode"),
    ("children", 0, "service_status", "open",
     "Enter not_open, early_help, youth_justice, child_in_need, child_protection or looked_after"),
    ("referrals", 0, "child_ref", "C9", "Add this reference to the sheet children, or correct it: it is not there"),
    ("referrals", 0, "route", "police", "Enter front_door, open_case or strategy_meeting"),
    ("referrals", 0, "kind", "", "Enter the kind"),
    ("referrals", 0, "outcome", "closed", "Enter accepted, returned, declined or pending"),
    ("referrals", 0, "decided_on", "", "Enter the day the referral was accepted"),
    ("referrals", 0, "decided_on", "2026-01-04", "The date of the decision must be from the day the referral was received up to today"),
    ("referrals", 0, "received_on", "2009-01-05", "The referral must be on or after the day the child was born"),
    ("episodes", 0, "referral_ref", "R2", "Enter a referral of the same child"),
    ("episodes", 0, "referral_ref", "", "Enter the referral reference"),
    ("episodes", 0, "opened_on", "2026-01-08", "The child comes in on or after the day the referral was accepted"),
    ("episodes", 0, "closed_on", "2026-01-08", "The child leaves on or after the day they came in"),
    ("episodes", 0, "closed_on", "", "Enter the day the episode closed, or clear closure_reason"),
    ("episodes", 0, "closure_reason", "", "Enter the reason for closing, or clear closed_on"),
    ("episodes", 0, "closure_reason", "better",
     "Enter risk_reduced, turned_18, unable_to_engage, lack_of_consent, moved or other"),
    ("discussions", 0, "episode_ref", "E9", "Add this reference to the sheet episodes, or correct it: it is not there"),
    ("discussions", 0, "meeting_date", "2026-01-08",
     "The meeting must be on or after the day the child came into the meeting's oversight"),
    ("discussions", 0, "meeting_date", "2026-07-01", "The child leaves on or after the last discussion"),
    ("discussions", 1, "meeting_date", "2026-02-03",
     "Take this row out, or correct it: row 2 has this episode and meeting date too"),
    ("discussions", 0, "kind", "", "Enter the kind"),
    ("discussions", 0, "judgement", "F", "Enter A, B, C, D or E"),
    ("discussions", 0, "scale", "0", "Enter a whole number from 1 to 10"),
    ("discussions", 0, "scale", "11", "Enter a whole number from 1 to 10"),
    ("discussions", 0, "review_by", "2026-08-04", "The review must be at most six calendar months after the meeting"),
    ("discussions", 0, "review_by", "2026-02-02", "The review must be after the meeting"),
    ("discussions", 0, "contexts", "Financial",
     "Enter contexts of the template, such as criminal:Financial, with ; between them"),
    ("nrm", 0, "submitted_on", "", "Enter the submitted date"),
    ("nrm", 0, "multi_agency", "maybe", "Enter yes or no"),
    ("nrm", 0, "reasonable_grounds", "pending", "Enter positive or negative"),
    ("actions", 0, "action", "", "Enter the action"),
    ("actions", 0, "agency", "", "Enter the agency"),
    ("actions", 0, "state", "done", "Enter ongoing, completed or not_achieved"),
    ("actions", 0, "meeting_date", "2025-12-31",
     "The meeting must be on or after the day the child came into the meeting's oversight"),
    # What the forms and the acts of the tool refuse is refused here: forms/pathway_dates.py, forms/nrm.py.
    ("children", 0, "date_of_birth_is_estimate", "perhaps", "Enter yes or no"),
    ("referrals", 0, "received_on", "2199-01-01", "The day the referral was received must be today or in the past"),
    ("referrals", 0, "decided_on", "2199-01-01",
     "The date of the decision must be from the day the referral was received up to today"),
    ("episodes", 0, "opened_on", "2199-01-01", "The day the child came into the meeting's oversight must be today or in the past"),
    ("episodes", 0, "opened_on", "2026-01-04", "The child comes in on or after the day the referral was received"),
    ("episodes", 0, "closed_on", "2199-01-01", "The day the child leaves must be today or in the past"),
    ("episodes", 0, "closure_reason", "turned_18", "Select another reason: the child is not 18 yet on the day they leave"),
    ("discussions", 0, "meeting_date", "2199-01-01", "The date of the meeting must be today or in the past"),
    ("discussions", 0, "assessment_date", "2199-01-01", "The date of the assessment must be today or in the past"),
    ("discussions", 0, "assessment_date", "2010-05-16", "The assessment must be on or after the day the child was born"),
    ("discussions", 0, "review_by", "2026-02-03", "The review must be after the meeting"),
    ("nrm", 0, "submitted_on", "2199-01-01", "The day the NRM referral was submitted must be today or in the past"),
    ("nrm", 0, "submitted_on", "2010-05-16", "The NRM referral must be on or after the day the child was born"),
    ("nrm", 0, "reasonable_grounds_on", "2199-01-01", "The day of the reasonable grounds decision must be today or in the past"),
    ("nrm", 0, "reasonable_grounds_on", "2026-02-09", "Enter a date on or after the day the referral was submitted"),
    ("nrm", 0, "conclusive_grounds_on", "2199-01-01", "The day of the conclusive grounds decision must be today or in the past"),
    ("nrm", 0, "conclusive_grounds_on", "2026-03-01", "Clear this cell, or fill in the decision that it follows"),
    ("actions", 0, "meeting_date", "2199-01-01", "The date of the meeting must be today or in the past"),
    ("actions", 0, "closed_on", "2199-01-01", "The day the action was closed must be today or in the past"),
    ("actions", 0, "closed_on", "2026-02-02", "The action is closed on or after the day of the meeting that set it"),
]  # fmt: skip


def problems_with(store: Store, cohort: Cohort, folder: Path) -> list[str]:
    with pytest.raises(CohortRefused) as refused:
        import_cohort(the_operator(store), read_cohort(as_folder(cohort, folder)))
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(("sheet", "row", "column", "held", "said"), WRONG)
def test_a_wrong_cell_is_named_with_what_to_do(
    duckdb_store: Store, tmp_path: Path, sheet: str, row: int, column: str, held: str, said: str
) -> None:
    cohort = together(one_child(), another_child())
    cohort["discussions"] = cohort["discussions"][:2]
    cohort[sheet][row][column] = held
    where = f"{sheet}, row {row + 2}, {column}: "
    problems = problems_with(duckdb_store, cohort, tmp_path / "in")
    assert any(problem.startswith(where + said) for problem in problems)


def test_an_ongoing_action_has_no_closing_day(duckdb_store: Store, tmp_path: Path) -> None:
    cohort = one_child()
    cohort["actions"][0]["state"] = "ongoing"
    assert problems_with(duckdb_store, cohort, tmp_path / "in") == [
        "actions, row 2, closed_on: Clear the date, or enter how the action ended: an ongoing action has no closing day"
    ]


def test_every_day_of_the_workbook_follows_the_rules_of_the_pathway() -> None:
    """Of each column that holds a date: not in the future, unless it is a plan."""
    day = {("actions", "closed_on"): "action_closed_on"}
    dates = {
        (s.name, c.name) for s in SHEETS for c in s.columns if c.example[:2] == "20" or c.name.endswith("_on")
    }
    plans = {("discussions", "review_by"), ("actions", "due_on")}
    assert {day.get(at, at[1]) for at in dates - plans} <= set(NOT_IN_THE_FUTURE)
    for sheet, column in dates - plans:
        found = BY_NAME[sheet].column(column)
        assert found
        with pytest.raises(Wrong, match="today"):
            found.read("2199-01-01")


def test_all_problems_are_said_at_once_and_in_the_order_of_the_sheets(
    duckdb_store: Store, tmp_path: Path
) -> None:
    cohort = one_child()
    cohort["actions"][0]["state"] = "done"
    cohort["children"][0] |= {"sex": "X", "postcode": "nowhere"}
    said = problems_with(duckdb_store, cohort, tmp_path / "in")
    assert [line.split(":")[0] for line in said] == [
        "children, row 2, sex", "children, row 2, postcode", "actions, row 2, state",
    ]  # fmt: skip


def test_what_a_cell_holds_is_never_repeated(duckdb_store: Store, tmp_path: Path) -> None:
    cohort = one_child()
    marker = "Zanzibar9"
    for rows in cohort.values():
        for row in rows:
            row |= {name: marker for name in row if name not in ("name", "lcs_number")}
    assert not any(marker in line for line in problems_with(duckdb_store, cohort, tmp_path / "in"))


def test_a_young_adult_is_not_referred(duckdb_store: Store, tmp_path: Path) -> None:
    cohort = one_child()
    cohort["children"][0]["date_of_birth"] = "2008-01-05"
    assert problems_with(duckdb_store, cohort, tmp_path / "in") == [
        "referrals, row 2, received_on: Take this referral out, or correct the dates: "
        "the child was 18 or over that day"
    ]
    cohort["children"][0]["date_of_birth"] = "2008-01-06"
    import_cohort(the_operator(duckdb_store), read_cohort(as_folder(cohort, tmp_path / "in")))


def test_an_accepted_referral_needs_its_episode(duckdb_store: Store, tmp_path: Path) -> None:
    cohort = one_child() | {"episodes": [], "discussions": [], "actions": []}
    assert problems_with(duckdb_store, cohort, tmp_path / "in") == [
        "referrals, row 2, outcome: Add the episode that this accepted referral opened"
    ]


def test_only_an_accepted_referral_opens_an_episode(duckdb_store: Store, tmp_path: Path) -> None:
    cohort = one_child()
    cohort["referrals"][0]["outcome"] = "declined"
    assert problems_with(duckdb_store, cohort, tmp_path / "in") == [
        "episodes, row 2, referral_ref: Only an accepted referral opens an episode: "
        "correct the outcome or the reference"
    ]


def test_a_reference_is_used_once_in_its_sheet(duckdb_store: Store, tmp_path: Path) -> None:
    cohort = one_child()
    cohort["children"] *= 2
    assert problems_with(duckdb_store, cohort, tmp_path / "in") == [
        "children, row 3, child_ref: Take this row out, or correct it: row 2 has this reference too"
    ]


def _with_a_second_episode(opened_on: str) -> Cohort:
    cohort = one_child()
    cohort["referrals"].append(
        {**cohort["referrals"][0], "referral_ref": "R2", "received_on": opened_on, "decided_on": opened_on}
    )
    cohort["episodes"].append(
        {
            **cohort["episodes"][0],
            "episode_ref": "E2",
            "referral_ref": "R2",
            "opened_on": opened_on,
            "closed_on": "",
            "closure_reason": "",
        }
    )
    return cohort


def test_two_episodes_of_a_child_may_touch_and_not_overlap(duckdb_store: Store, tmp_path: Path) -> None:
    assert problems_with(duckdb_store, _with_a_second_episode("2026-06-29"), tmp_path / "in") == [
        "episodes, row 3, opened_on: Correct the dates: the child has another episode at the same time"
    ]
    import_cohort(
        the_operator(duckdb_store),
        read_cohort(as_folder(_with_a_second_episode("2026-06-30"), tmp_path / "in")),
    )
    with the_operator(duckdb_store).reading() as work:
        repeats = work.values("SELECT is_repeat FROM referral ORDER BY received_on")
    assert repeats == [False, True]


def test_an_episode_may_not_overlap_with_one_brought_in_earlier(duckdb_store: Store, tmp_path: Path) -> None:
    operator = the_operator(duckdb_store)
    import_cohort(operator, read_cohort(as_folder(one_child(), tmp_path / "first")))
    later = _with_a_second_episode("2026-06-29")
    later = {"referrals": later["referrals"][1:], "episodes": later["episodes"][1:]}
    with pytest.raises(CohortRefused) as refused:
        bring_deciding(duckdb_store, later, tmp_path / "second", last_option)
    assert [str(problem) for problem in refused.value.problems] == [
        "episodes, row 2, opened_on: Correct the dates: the child has another episode at the same time"
    ]


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("children.csv", "child_ref,name,area\n", "children, row 1, date_of_birth: Add this column"),
        (
            "children.csv",
            "child_ref,name,date_of_birth,area,shoe size\n",
            "children, row 1: Rename or remove the column “shoe size”: it is not known",
        ),
        (
            "childrens.csv",
            "child_ref\n",
            "childrens: Rename or remove this sheet: the sheets are children, referrals, episodes, discussions, nrm, actions",
        ),
        ("children.csv", "a,a\n", "children, row 1: Rename or remove the column “a”: it is not known"),
    ],
)
def test_headings_and_sheets_are_checked(
    duckdb_store: Store, tmp_path: Path, file: str, text: str, said: str
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / file).write_text(text)
    assert said in problems_with(duckdb_store, {}, tmp_path / "in")
