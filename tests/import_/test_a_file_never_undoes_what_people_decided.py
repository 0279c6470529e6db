"""A file changes only what it says, and only where the record still holds what the last file said. What people decided since is
asked about, and some of it never changed back."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from data.actor import Actor
from data.after_meeting import actions
from data.after_meeting.leaving import close_by_exception
from data.bring_in.cohort_comparison import WHO_THE_CHILD_IS, as_said, stored_value
from data.bring_in.cohort_import import import_cohort, look_at_cohort
from data.bring_in.cohort_reading import read_cohort
from data.bring_in.cohort_stored import TABLES
from data.bring_in.cohort_workbook import BY_NAME, SHEETS, Column, as_cell
from data.database.engine import Row
from data.database.schema import form_table
from data.database.store import Store
from forms.minutes import MINUTES
from tests import filled_in
from tests.factories import MADE, an_account, the_operator
from tests.import_.cohorts import (
    Cohort,
    another_child,
    as_folder,
    bring_deciding,
    decided,
    everything,
    first_option,
    last_option,
    one_child,
    together,
)

MINUTES_TABLE = form_table(MINUTES)

OTHER: dict[str, tuple[str, Any]] = {
    "name": ("Child Made Up-Smith", "Child Made-Up Jones"), "date_of_birth": ("2010-05-18", datetime.date(2010, 5, 19)),
    "date_of_birth_is_estimate": ("yes", False), "nhs_number": ("9991234578", "9991234586"), "lcs_number": ("7001", "7002"),
    "sex": ("M", "U"), "gender": ("male", "another"), "ethnicity": ("WBRI", "AIND"), "nationality": ("Irish", "Polish"),
    "sen": ("E", "N"), "postcode": ("L1 8JQ", "L2 2DP"), "school": ("Second Academy", "Third Academy"),
    "service_status": ("early_help", "looked_after"), "received_on": ("2026-01-06", datetime.date(2026, 1, 7)),
    "route": ("open_case", "strategy_meeting"), "kind": ("criminal", "sexual"),
    "decided_on": ("2026-01-08", datetime.date(2026, 1, 7)), "opened_on": ("2026-01-10", datetime.date(2026, 1, 11)),
    "closed_on": ("2026-07-01", datetime.date(2026, 7, 2)), "closure_reason": ("moved", "other"),
    "closure_note": ("Second note", "Third note"), "assessment_date": ("2026-01-27", datetime.date(2026, 1, 26)),
    "judgement": ("A", "C"), "scale": ("4", 5), "review_by": ("2026-04-27", datetime.date(2026, 4, 26)),
    "contexts": ("criminal:Financial", ["sexual:online"]), "areas_gone_to": ("Crewe", ["Wales"]),
    "multi_agency": ("no", None), "reasonable_grounds": ("negative", None),
    "reasonable_grounds_on": ("2026-02-17", datetime.date(2026, 2, 18)), "owner": ("Second lead", "Third lead"),
    "due_on": ("2026-02-25", datetime.date(2026, 2, 26)), "state": ("not_achieved", "ongoing"),
    "impact": ("Second", "Third"),
}  # fmt: skip
"""Column → what the next file says, and what somebody decided in the tool meanwhile (None: only what the file says is tried)."""

COLUMNS = [
    (sheet.name, column.name)
    for sheet in SHEETS
    for column in sheet.columns
    if column.name in OTHER and (sheet.name, column.name) != ("referrals", "area")
]


def the_first(store: Store, sheet: str) -> Row:
    table = TABLES[sheet]
    order = "meeting_date" if sheet == "discussions" else table.id_column
    with store.reading() as connection:
        return connection.rows(f"SELECT * FROM {table.name} ORDER BY {order}")[0]


def decide_in_the_tool(store: Store, sheet: str, **changes: Any) -> None:
    with the_operator(store).writing() as work:
        table = TABLES[sheet]
        work.save(table, {table.id_column: the_first(store, sheet)[table.id_column], **changes}, MADE)


def next_file(sheet: str, column: str) -> Cohort:
    cohort = one_child()
    cohort[sheet][0][column] = OTHER[column][0]
    return cohort


def test_every_column_of_the_workbook_is_tried() -> None:
    known_by = {
        "meeting_date",
        "submitted_on",
        "action",
        "agency",
        "area",
        "outcome",
        "conclusive_grounds",
        "conclusive_grounds_on",
    }
    tried = {name for _, name in COLUMNS}
    for sheet in SHEETS:
        assert {column.name for column in sheet.columns} - sheet.references - known_by <= tried


def test_a_cell_that_says_something_else_than_the_last_file_changes_that_column_and_no_other(
    store: Store, tmp_path: Path
) -> None:
    for number, (sheet, column) in enumerate(COLUMNS):
        bring_deciding(store, one_child(), tmp_path / f"first {number}")
        before = the_first(store, sheet)
        plan = look_at_cohort(
            the_operator(store),
            read_cohort(as_folder(next_file(sheet, column), tmp_path / f"second {number}")),
        )
        assert [(c.sheet, c.column) for c in plan.changes] + [
            (q.sheet, q.column) for q in plan.questions
        ] == [(sheet, column)]
        assert the_first(store, sheet) == before


@pytest.mark.parametrize("is_kept_as_hash", [False, True])
def test_what_was_decided_since_is_asked_of_every_column_and_kept_unless_a_person_says_otherwise(
    store: Store, tmp_path: Path, is_kept_as_hash: bool
) -> None:
    """Rows of which only the hash is known are no better known: there every difference is a question."""
    bring_deciding(store, one_child(), tmp_path / "first")
    for number, (sheet, column) in enumerate(COLUMNS):
        decision = OTHER[column][1]
        if decision is None:
            continue
        if is_kept_as_hash:
            with the_operator(store).writing() as work:
                work.connection.run("UPDATE external_reference SET said = NULL")
                work.note(MADE)
        standing = the_first(store, sheet)
        decide_in_the_tool(store, sheet, **{column: decision})
        workbook = read_cohort(as_folder(next_file(sheet, column), tmp_path / f"second {number}"))
        plan = look_at_cohort(the_operator(store), workbook)
        assert (sheet, column) in [(q.sheet, q.column) for q in plan.questions], column
        assert not plan.changes
        # And the same file again, which says what it said, neither asks nor changes anything.
        same = look_at_cohort(
            the_operator(store), read_cohort(as_folder(one_child(), tmp_path / f"same {number}"))
        )
        assert (not same.questions and not same.changes) or is_kept_as_hash
        decide_in_the_tool(store, sheet, **{column: standing[column]})


@pytest.mark.parametrize("is_known", [True, False])
def test_what_somebody_took_out_is_put_back_by_no_file_unasked(
    store: Store, tmp_path: Path, is_known: bool
) -> None:
    """By a later file of the same reference, and by one that is matched for the first time."""
    bring_deciding(store, one_child(), tmp_path / "first")
    if not is_known:
        with the_operator(store).writing() as work:
            work.connection.run("DELETE FROM external_reference")
            work.note(MADE)
    optional = [one for one in COLUMNS if not _column(*one).required and one[1] in one_child()[one[0]][0]]
    assert len(optional) > 15
    for number, (sheet, column) in enumerate(optional):
        before = the_first(store, sheet)[column]
        decide_in_the_tool(store, sheet, **{column: None})
        file = next_file(sheet, column) if is_known else one_child()
        _, answers = decided(
            the_operator(store), read_cohort(as_folder(file, tmp_path / f"{number}")), first_option
        )
        plan = look_at_cohort(the_operator(store), read_cohort(tmp_path / f"{number}"), answers=answers)
        assert (sheet, column) not in [(c.sheet, c.column) for c in plan.changes]
        decide_in_the_tool(store, sheet, **{column: before})


def _column(sheet: str, name: str) -> Column:
    return next(column for column in BY_NAME[sheet].columns if column.name == name)


def test_two_rows_never_give_two_children_one_number(store: Store, tmp_path: Path) -> None:
    """Both rows are of children whom the tool has; each alone may take the number."""
    both = together(one_child(), another_child())
    bring_deciding(store, both, tmp_path / "first")
    for row in both["children"]:
        row["nhs_number"] = "9991234578"
    for only in both["children"]:
        alone = read_cohort(as_folder({**both, "children": [only]}, tmp_path / only["child_ref"]))
        plan, _ = decided(the_operator(store), alone, last_option)
        assert not plan.problems
    plan, _ = decided(the_operator(store), read_cohort(as_folder(both, tmp_path / "both")), last_option)
    assert [(p.sheet, p.row, p.column) for p in plan.problems] == [("children", 3, "nhs_number")]


def test_an_absent_column_and_a_blank_cell_change_nothing(store: Store, tmp_path: Path) -> None:
    bring_deciding(store, one_child(), tmp_path / "first")
    before = everything(store, *(table.name for table in TABLES.values()))
    blank = one_child()
    for sheet, rows in blank.items():
        for row in rows:
            row |= {c.name: "" for c in BY_NAME[sheet].columns if not c.required}
    brought = bring_deciding(store, blank, tmp_path / "blank")
    assert any("a blank cell changes nothing" in note for note in brought.warnings)
    for sheet, rows in one_child().items():
        required = [c.name for c in BY_NAME[sheet].columns if c.required]
        lines = [",".join(required), *(",".join(row[name] for name in required) for row in rows)]
        (tmp_path / "few").mkdir(exist_ok=True)
        (tmp_path / "few" / f"{sheet}.csv").write_text("\n".join(lines))
    import_cohort(the_operator(store), read_cohort(tmp_path / "few"), update=True)
    assert everything(store, *(table.name for table in TABLES.values())) == before


def test_a_file_opens_nothing_again_and_puts_nothing_back(store: Store, tmp_path: Path) -> None:
    """The morning that was tried: name, sex and number corrected, an action completed, an episode closed in the tool."""
    coordinator = an_account(store, "coordinator")
    file = _open_child()
    bring_deciding(store, file, tmp_path / "first")
    child_id, episode_id, action_id = (
        the_first(store, sheet)[of]
        for sheet, of in (("children", "child_id"), ("episodes", "episode_id"), ("actions", "action_id"))
    )
    decide_in_the_tool(store, "children", name="Dana Marsh", sex="F", nhs_number="9991234586")
    actions.complete(coordinator, action_id, filled_in.DONE)
    close_by_exception(coordinator, episode_id, {**filled_in.AN_EXCEPTION, "closure_reason": "moved"})
    as_decided = {sheet: the_first(store, sheet) for sheet in ("children", "episodes", "actions")}
    file["children"][0]["school"] = "New School"
    file["actions"][0]["owner"] = "Other lead"
    bring_deciding(store, file, tmp_path / "again", last_option, by=coordinator)
    child, episode, action = (the_first(store, sheet) for sheet in ("children", "episodes", "actions"))
    assert (child["school"], action["owner"]) == ("New School", "Other lead")
    for now, sheet, columns in (
        (child, "children", ("name", "sex", "nhs_number")),
        (episode, "episodes", ("closed_on", "closure_reason", "closure_note")),
        (action, "actions", ("state", "closed_on", "impact", "evidence")),
    ):
        assert {c: now[c] for c in columns} == {c: as_decided[sheet][c] for c in columns}
    assert child_id == child["child_id"]


def _open_child() -> Cohort:
    file = one_child()
    file["children"][0] |= {"name": "Daniel Marsh", "sex": "M", "nhs_number": "9991234578"}
    file["episodes"][0] |= {"closed_on": "", "closure_reason": "", "closure_note": ""}
    file["discussions"] = file["discussions"][:1]
    file["actions"][0] |= {"state": "ongoing", "closed_on": "", "impact": ""}
    return file


@pytest.mark.parametrize("column", sorted(WHO_THE_CHILD_IS))
def test_who_the_child_was_is_never_put_back_whatever_is_answered(
    store: Store, tmp_path: Path, column: str
) -> None:
    bring_deciding(store, one_child(), tmp_path / "first")
    newer = next_file("children", column)
    bring_deciding(store, newer, tmp_path / "newer", last_option)
    corrected = the_first(store, "children")[column]
    assert as_cell(column, corrected) == OTHER[column][0]
    brought = bring_deciding(store, one_child(), tmp_path / "older", last_option)
    assert the_first(store, "children")[column] == corrected
    assert [note for note in brought.warnings if column in note]


def test_a_completed_action_is_not_opened_again_by_an_older_file(store: Store, tmp_path: Path) -> None:
    older = one_child()
    older["actions"][0] |= {"state": "ongoing", "closed_on": "", "impact": ""}
    bring_deciding(store, older, tmp_path / "older")
    bring_deciding(store, one_child(), tmp_path / "newer", last_option)
    assert the_first(store, "actions")["state"] == "completed"
    bring_deciding(store, older, tmp_path / "older again", last_option)
    assert the_first(store, "actions")["state"] == "completed"


def test_minutes_of_the_tool_are_not_changed_by_a_file(store: Store, tmp_path: Path) -> None:
    bring_deciding(store, one_child(), tmp_path / "first")
    held = the_first(store, "discussions")
    with the_operator(store).writing() as work:
        work.save(MINUTES_TABLE, {"record_id": held["discussion_id"], "child_id": held["child_id"]}, MADE)
    brought = bring_deciding(store, next_file("discussions", "judgement"), tmp_path / "next", last_option)
    assert the_first(store, "discussions")["judgement"] == "B"
    assert any("minutes" in note for note in brought.warnings)


def test_an_answer_lasts_so_that_the_same_file_asks_nothing_twice(store: Store, tmp_path: Path) -> None:
    bring_deciding(store, one_child(), tmp_path / "first")
    decide_in_the_tool(store, "children", school="Third Academy")
    file = next_file("children", "school")
    bring_deciding(store, file, tmp_path / "kept")
    assert the_first(store, "children")["school"] == "Third Academy"
    again = look_at_cohort(the_operator(store), read_cohort(as_folder(file, tmp_path / "again")))
    assert (again.questions, again.changes) == ((), ())


def test_what_is_said_of_a_record_is_audited(store: Store, tmp_path: Path) -> None:
    coordinator: Actor = an_account(store, "coordinator")
    bring_deciding(store, one_child(), tmp_path / "first", by=coordinator)
    file = next_file("children", "school")
    decided(coordinator, read_cohort(as_folder(file, tmp_path / "again")), last_option)
    with store.reading() as connection:
        seen = connection.rows("SELECT * FROM audit WHERE action = 'record compared with a file'")
    assert [row["child_id"] for row in seen] == [the_first(store, "children")["child_id"]]


def test_a_value_is_compared_as_it_is_kept() -> None:
    record = {
        "contexts": ["sexual:online", "criminal:financial"],
        "areas_gone_to": [],
        "state": "awaiting_sign_off",
    }
    assert as_said(stored_value("contexts", record)) == ["criminal:financial", "sexual:online"]
    assert stored_value("areas_gone_to", record) is None
    assert stored_value("outcome", record) == "pending"
