"""A cohort is stored whole or not at all, the same file twice changes nothing, and a change needs to be meant."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest

from data.__main__ import main
from data.access.restricted import NOT_YOURS
from data.actor import Actor
from data.bring_in.cohort_import import Brought, import_cohort
from data.bring_in.cohort_reading import read_cohort
from data.bring_in.cohort_stored import TABLES
from data.bring_in.cohort_workbook import SHEETS, CohortRefused
from data.child import restriction
from data.database import store as stores
from data.database.schema import all_tables
from data.database.store import Store
from data.refusal import Refused
from tests.factories import an_account, the_operator
from tests.import_.cohorts import (
    Cohort,
    another_child,
    as_folder,
    as_workbook,
    bring_deciding,
    one_child,
    together,
)

APRIL = datetime.date(2026, 4, 28)


def bring(
    store: Store, cohort: Cohort, folder: Path, *, update: bool = False, by: Actor | None = None
) -> Brought:
    return import_cohort(by or the_operator(store), read_cohort(as_folder(cohort, folder)), update=update)


def everything(store: Store) -> dict[str, list[str]]:
    """Every row of every table but the audit, in an order of its own."""
    with store.reading() as connection:
        return {
            table.name: sorted(str(row) for row in connection.rows(f"SELECT * FROM {table.name}"))
            for table in all_tables()
            if table.name != "audit"
        }


def the_only(store: Store, table: str) -> dict[str, object]:
    with store.reading() as connection:
        (row,) = connection.rows(f"SELECT * FROM {table}")
    return row


def test_each_sheet_becomes_records(store: Store, tmp_path: Path) -> None:
    cohort = one_child()
    cohort["discussions"] = cohort["discussions"][:1]
    brought = bring(store, cohort, tmp_path / "in")
    assert brought.new == dict.fromkeys((sheet.name for sheet in SHEETS), 1)
    child, referral, episode = (the_only(store, name) for name in ("child", "referral", "episode"))
    discussion, nrm, action = (the_only(store, name) for name in ("discussion", "nrm", "action"))
    assert {record["child_id"] for record in (referral, episode, discussion, nrm, action)} == {
        child["record_id"]
    }
    assert (child["area"], child["child_area"], child["postcode"]) == ("liverpool", "liverpool", "ZZ99 3VZ")
    assert (child["nhs_number"], child["sen"], child["ethnicity"]) == ("9990000018", "K", "MWBC")
    assert (referral["state"], referral["is_imported"], referral["is_repeat"]) == ("accepted", True, False)
    assert (episode["referral_id"], episode["closure_reason"]) == (referral["referral_id"], "risk_reduced")
    assert discussion["contexts"] == ["criminal:financial", "sexual:online", "criminal:warning_signs"]
    assert discussion["areas_gone_to"] == ["Wales", "Crewe"]
    assert (discussion["scale"], discussion["judgement"], discussion["review_by"]) == (3, "B", APRIL)
    assert (nrm["multi_agency"], nrm["is_required"], nrm["conclusive_grounds"]) == (True, True, None)
    assert (action["agency"], action["state"]) == ("education", "completed")


def test_a_pending_referral_waits_for_the_coordinator(store: Store, tmp_path: Path) -> None:
    cohort = one_child()
    cohort["referrals"][0] |= {"outcome": "pending", "decided_on": ""}
    bring(store, {sheet: cohort[sheet] for sheet in ("children", "referrals")}, tmp_path / "in")
    assert the_only(store, "referral")["state"] == "submitted"


def test_the_same_file_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    cohort = together(one_child(), another_child())
    cohort["actions"] *= 2  # the same words twice may be two actions: a person says so
    cohort["nrm"] *= 2
    first = bring_deciding(store, cohort, tmp_path / "in")
    assert (first.new["actions"], first.new["nrm"]) == (4, 4)
    before = everything(store)
    second = bring(store, cohort, tmp_path / "in")
    assert everything(store) == before
    assert second.new == second.changed == dict.fromkeys(second.new, 0)
    assert second.unchanged == first.new


def test_a_half_bad_file_stores_nothing(store: Store, tmp_path: Path) -> None:
    before = everything(store)
    cohort = together(one_child(), another_child())
    cohort["actions"][-1]["state"] = "done"
    with pytest.raises(CohortRefused):
        bring(store, cohort, tmp_path / "in")
    assert everything(store) == before


def test_another_content_is_refused_unless_it_is_meant(store: Store, tmp_path: Path) -> None:
    bring(store, one_child(), tmp_path / "in")
    before = everything(store)
    changed = one_child()
    changed["children"][0]["school"] = "Other Made-Up Academy"
    changed["discussions"][0]["judgement"] = "A"
    with pytest.raises(CohortRefused) as refused:
        bring(store, changed, tmp_path / "in")
    assert [(p.sheet, p.row) for p in refused.value.problems] == [("children", 2), ("discussions", 2)]
    assert everything(store) == before

    brought = bring(store, changed, tmp_path / "in", update=True)
    assert (brought.changed["children"], brought.changed["discussions"]) == (1, 1)
    child = the_only(store, "child")
    assert (child["school"], child["revision"], child["name"]) == (
        "Other Made-Up Academy",
        2,
        "Child Made-Up",
    )
    with store.reading() as connection:
        schools = connection.values("SELECT school FROM child_history ORDER BY revision")
    assert schools == ["Made-Up Academy", "Other Made-Up Academy"]
    after = everything(store)
    bring(store, changed, tmp_path / "in")
    assert everything(store) == after


def test_an_update_keeps_the_rules_with_what_is_stored(store: Store, tmp_path: Path) -> None:
    bring(store, one_child(), tmp_path / "in")
    earlier = {"episodes": [one_child()["episodes"][0] | {"closed_on": "2026-06-29"}]}
    with pytest.raises(CohortRefused) as refused:
        bring(store, earlier, tmp_path / "later", update=True)
    assert [str(p) for p in refused.value.problems] == [
        "episodes, row 2, closed_on: The child leaves on or after the last discussion"
    ]


def test_later_files_may_refer_to_what_earlier_ones_brought(store: Store, tmp_path: Path) -> None:
    bring(store, another_child("1"), tmp_path / "in")
    met = {**one_child()["discussions"][0], "meeting_date": "2026-05-05", "review_by": "2026-07-28"}
    assert bring(store, {"discussions": [met]}, tmp_path / "later").new["discussions"] == 1


def test_references_are_the_partnerships_own(store: Store, tmp_path: Path) -> None:
    here, there = one_child(), one_child()
    for rows in there.values():
        for row in rows:
            row |= {"area": "Sheffield"} if "area" in row else {}
    there["children"][0] |= {
        "name": "Another Altogether",
        "date_of_birth": "2011-01-02",
        "nhs_number": "",
        "lcs_number": "",
    }
    bring(store, here, tmp_path / "here")
    bring(store, there, tmp_path / "there")
    with store.reading() as connection:
        assert sorted(connection.values("SELECT area FROM episode")) == ["liverpool", "sheffield"]
        keys = connection.values("SELECT partnership FROM external_reference WHERE sheet = 'episodes'")
    assert sorted(keys) == ["pan_merseyside", "sheffield"]
    met = {**here["discussions"][0], "meeting_date": "2026-05-05", "review_by": ""}
    with pytest.raises(CohortRefused) as refused:
        bring(store, {"discussions": [met]}, tmp_path / "whose")
    assert "--partnership" in refused.value.problems[0].sentence


def test_one_nhs_number_twice_is_refused(duckdb_store: Store, tmp_path: Path) -> None:
    cohort = together(one_child(), another_child())
    cohort["children"][1]["nhs_number"] = cohort["children"][0]["nhs_number"]
    with pytest.raises(CohortRefused) as refused:
        bring(duckdb_store, cohort, tmp_path / "in")
    assert [str(p) for p in refused.value.problems] == [
        "children, row 3, nhs_number: Correct the number, or take this row out: row 2 has this NHS number too"
    ]


def test_the_audit_says_who_brought_in_what(store: Store, tmp_path: Path) -> None:
    coordinator = an_account(store, role="coordinator")
    bring(store, one_child(), tmp_path / "in", by=coordinator)
    child_id = the_only(store, "child")["record_id"]
    with store.reading() as connection:
        entries = connection.rows("SELECT * FROM audit WHERE action = 'record brought in'")
        whole = connection.rows("SELECT * FROM audit WHERE action = 'cohort brought in'")
    assert {entry["account_id"] for entry in (*entries, *whole)} == {coordinator.account_id}
    assert {entry["child_id"] for entry in entries} == {child_id}
    assert {entry["detail"] for entry in entries} == {sheet.name for sheet in SHEETS}


@pytest.mark.parametrize(
    "role", ["practitioner", "manager", "partnership_lead", "meeting_member", "administrator"]
)
def test_only_a_coordinator_or_the_operator_brings_a_cohort_in(
    duckdb_store: Store, tmp_path: Path, role: str
) -> None:
    with pytest.raises(Refused):
        bring(duckdb_store, one_child(), tmp_path / "in", by=an_account(duckdb_store, role=role))


def test_a_coordinator_brings_in_rows_of_their_own_area_only(duckdb_store: Store, tmp_path: Path) -> None:
    with pytest.raises(CohortRefused) as refused:
        bring(
            duckdb_store,
            one_child(),
            tmp_path / "in",
            by=an_account(duckdb_store, role="coordinator", area="wirral"),
        )
    sentence = "Take this row out: you can bring in rows of your own area only"
    assert [(p.sheet, p.sentence) for p in refused.value.problems] == [
        (sheet, sentence) for sheet in ("children", "referrals", "episodes")
    ]


def test_a_coordinator_reaches_no_record_of_another_area_by_its_reference(
    duckdb_store: Store, tmp_path: Path
) -> None:
    bring(duckdb_store, one_child(), tmp_path / "in")
    by = an_account(duckdb_store, role="coordinator", area="wirral")
    changed = one_child()["discussions"][0] | {"judgement": "E"}
    with pytest.raises(CohortRefused) as refused:
        bring(duckdb_store, {"discussions": [changed]}, tmp_path / "later", by=by, update=True)
    assert "it is not there" in refused.value.problems[0].sentence


def test_a_record_restricted_to_others_is_neither_changed_nor_compared(store: Store, tmp_path: Path) -> None:
    """Rows of the same area reach it by no reference, and what else would be wrong with them is not said."""
    kim, lee = (an_account(store, role="coordinator", name=name) for name in ("Kim Example", "Lee Example"))
    bring(store, one_child(), tmp_path / "in", by=kim)
    child_id = str(the_only(store, "child")["record_id"])
    restriction.restrict(kim, child_id, [], "A colleague's child")
    before = everything(store)
    guessed = one_child()["discussions"][0] | {"judgement": "E"}
    for at, rows in enumerate(
        (one_child(), {"discussions": [guessed]}, {"children": one_child()["children"]})
    ):
        for update in (False, True):
            with pytest.raises(CohortRefused) as refused:
                bring(store, rows, tmp_path / f"later {at} {update}", by=lee, update=update)
            said = {problem.sentence for problem in refused.value.problems}
            assert said == {f"Take this row out. {NOT_YOURS}"}
    assert everything(store) == before
    assert bring(store, one_child(), tmp_path / "again", by=kim).changed == dict.fromkeys(TABLES, 0)


def test_a_workbook_and_a_folder_of_csv_files_say_the_same(duckdb_store: Store, tmp_path: Path) -> None:
    bring(duckdb_store, one_child(), tmp_path / "in")
    workbook = read_cohort(as_workbook(one_child(), tmp_path / "cohort.xlsx"))
    brought = import_cohort(the_operator(duckdb_store), workbook)
    assert brought.new == brought.changed == dict.fromkeys(brought.new, 0)


def test_dates_and_numbers_of_a_spreadsheet_are_read_and_formulas_are_not(
    duckdb_store: Store, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(as_workbook(one_child(), tmp_path / "cohort.xlsx"))
    page = book["children"]
    page["C2"], page["F2"], page["E2"] = datetime.datetime(2010, 5, 17), 100200, 9990000018
    book.save(tmp_path / "typed.xlsx")
    read = read_cohort(tmp_path / "typed.xlsx")
    assert read.problems == []
    assert read.rows["children"][0].values["lcs_number"] == "100200"
    page["B2"] = "=1+1"
    book.save(tmp_path / "formula.xlsx")
    assert [str(p) for p in read_cohort(tmp_path / "formula.xlsx").problems] == [
        "children, row 2, name: Replace the formula with its value: copy the cell and paste it as a value"
    ]


def test_words_that_look_like_formulas_stay_words(duckdb_store: Store, tmp_path: Path) -> None:
    cohort = one_child()
    cohort["children"][0]["school"] = "=1+1"
    bring(duckdb_store, cohort, tmp_path / "in")
    assert the_only(duckdb_store, "child")["school"] == "=1+1"


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_workbook_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "cohort.xlsx").write_bytes(content)
    with pytest.raises(CohortRefused) as refused:
        read_cohort(tmp_path / "cohort.xlsx")
    assert "could not be read" in refused.value.problems[0].sentence


def test_the_template_can_be_filled_in_beside_its_examples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MACE_DATABASE", str(tmp_path / "new" / "mace.duckdb"))
    template = tmp_path / "template.xlsx"
    assert main(["template", str(template)]) == 0
    assert main(["import", str(template)]) == 0
    book = openpyxl.load_workbook(template)
    assert book.sheetnames[:6] == [sheet.name for sheet in SHEETS]
    for sheet in SHEETS:
        assert [cell.value for cell in book[sheet.name][1]] == [column.name for column in sheet.columns]
        for row in one_child()[sheet.name]:
            book[sheet.name].append([row.get(column.name) or None for column in sheet.columns])
    book.save(template)
    assert main(["import", str(template)]) == 0
    opened = stores.open_store()
    assert the_only(opened, "child")["name"] == "Child Made-Up"
    opened.close()
    assert capsys.readouterr().err == ""


def test_each_example_of_the_template_could_be_brought_in(duckdb_store: Store, tmp_path: Path) -> None:
    examples = {s.name: [{c.name: c.example.replace("EXAMPLE-", "") for c in s.columns}] for s in SHEETS}
    assert bring(duckdb_store, examples, tmp_path / "in").new == {sheet.name: 1 for sheet in SHEETS}


def test_the_command_says_each_problem_and_ends_with_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MACE_DATABASE", str(tmp_path / "mace.duckdb"))
    cohort = one_child()
    cohort["children"][0]["sex"] = "X"
    assert main(["import", str(as_folder(cohort, tmp_path / "in"))]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "children, row 2, sex: Enter F, M or U", "Nothing was brought in: one thing to put right.",
    ]  # fmt: skip


def test_the_command_refuses_while_the_tool_runs(
    duckdb_store: Store,
    duckdb_address: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("MACE_DATABASE", duckdb_address)
    assert main(["import", str(as_folder(one_child(), tmp_path / "in"))]) == 2
    assert "Stop the tool first." in capsys.readouterr().err
