"""Whatever a file is matched by, reference, number or name, the record is the importer's own, or the row is refused in the words
of a child that is known elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.actor import TOLD_OF
from data.bring_in.cohort_import import import_cohort, look_at_cohort
from data.bring_in.cohort_reading import read_cohort
from data.bring_in.cohort_stored import TABLES
from data.bring_in.cohort_workbook import SHEETS, CohortRefused
from data.database.store import Store
from tests.factories import an_account
from tests.import_.cohorts import (
    Cohort,
    as_folder,
    bring_deciding,
    decided,
    everything,
    last_option,
    one_child,
)

KNOWN = "A child who may be the same is known in Liverpool. Ask the coordinator of that area"


def in_wirral(cohort: Cohort, **child: str) -> Cohort:
    for rows in cohort.values():
        for row in rows:
            row |= {"area": "Wirral"} if "area" in row else {}
    cohort["children"][0] |= child
    return cohort


ANOTHER = {"name": "Quite Another", "date_of_birth": "2012-02-02", "nhs_number": "", "lcs_number": ""}


@pytest.mark.parametrize("update", [False, True])
def test_references_that_another_area_holds_are_refused_on_every_sheet(
    store: Store, tmp_path: Path, update: bool
) -> None:
    ours, theirs = (an_account(store, "coordinator", area=area) for area in ("liverpool", "wirral"))
    import_cohort(ours, read_cohort(as_folder(one_child(), tmp_path / "ours")))
    before = everything(store, *(table.name for table in TABLES.values()), "external_reference")
    for sheet in SHEETS:
        rows = in_wirral(one_child(), **ANOTHER)
        alone = {name: rows[name] for name in rows if name in ("children", sheet.name)}
        for cohort in (rows, alone):
            workbook = read_cohort(as_folder(cohort, tmp_path / f"{sheet.name} {len(cohort)}"))
            with pytest.raises(CohortRefused) as refused:
                import_cohort(theirs, workbook, update=update)
            said = [p for p in refused.value.problems if p.sheet == "children"]
            assert [(p.row, p.column) for p in said] == [(2, "child_ref")]
            assert said[0].sentence.startswith(KNOWN)
    assert everything(store, *(table.name for table in TABLES.values()), "external_reference") == before
    with store.reading() as connection:
        assert connection.value("SELECT count(*) FROM audit WHERE action = $1", [TOLD_OF])


@pytest.mark.parametrize("sheet", ["referrals", "episodes", "discussions", "nrm", "actions"])
def test_a_row_that_leads_only_to_another_areas_record_is_said_not_to_be_there(
    duckdb_store: Store, tmp_path: Path, sheet: str
) -> None:
    bring_deciding(duckdb_store, one_child(), tmp_path / "ours")
    theirs = an_account(duckdb_store, "coordinator", area="wirral")
    plan = look_at_cohort(
        theirs, read_cohort(as_folder({sheet: in_wirral(one_child())[sheet][:1]}, tmp_path / "theirs"))
    )
    assert plan.problems
    assert all("it is not there" in problem.sentence for problem in plan.problems)
    assert not plan.changes
    assert not plan.questions


def test_a_child_of_the_same_nhs_number_elsewhere_is_refused(store: Store, tmp_path: Path) -> None:
    bring_deciding(store, one_child(), tmp_path / "ours")
    theirs = an_account(store, "coordinator", area="wirral")
    again = {"children": in_wirral(one_child(), child_ref="W1")["children"]}
    plan = look_at_cohort(theirs, read_cohort(as_folder(again, tmp_path / "theirs")))
    assert [(p.column, p.sentence) for p in plan.problems] == [
        ("nhs_number", f"{KNOWN}, or correct the number")
    ]


def test_of_a_like_child_elsewhere_a_person_says_that_it_is_another_and_learns_no_more(
    store: Store, tmp_path: Path
) -> None:
    bring_deciding(store, one_child(), tmp_path / "ours")
    before = everything(store, *(table.name for table in TABLES.values()))
    theirs = an_account(store, "coordinator", area="wirral")
    again = {"children": in_wirral(one_child(), child_ref="W1", nhs_number="", lcs_number="")["children"]}
    workbook = read_cohort(as_folder(again, tmp_path / "theirs"))
    (question,) = look_at_cohort(theirs, workbook).questions
    assert question.sentence == f"{KNOWN}."
    assert not any("Academy" in words or "born" in words for _, words in question.options)
    plan, _ = decided(theirs, workbook, lambda asked: asked.options[0][0])
    assert plan.rows == ()  # left out
    plan, answers = decided(theirs, workbook, last_option)
    import_cohort(theirs, workbook, update=True, answers=answers)
    after = everything(store, *(table.name for table in TABLES.values()))
    assert len(after["child"]) == 2
    assert set(before["child"]) < set(after["child"])


def test_the_operators_file_turns_no_record_into_another_person(store: Store, tmp_path: Path) -> None:
    bring_deciding(store, one_child(), tmp_path / "ours")
    before = everything(store, "child")
    with pytest.raises(CohortRefused) as refused:
        bring_deciding(store, in_wirral(one_child(), **ANOTHER), tmp_path / "theirs", last_option)
    assert "belongs to a child of another name and date of birth" in str(refused.value.problems[0])
    assert everything(store, "child") == before


def test_a_move_to_another_area_is_asked(store: Store, tmp_path: Path) -> None:
    """It gives the record to another area's coordinator."""
    bring_deciding(store, one_child(), tmp_path / "ours")
    moved = {"children": in_wirral(one_child())["children"]}
    bring_deciding(store, moved, tmp_path / "kept")
    with store.reading() as connection:
        assert connection.values("SELECT area FROM child") == ["liverpool"]


@pytest.mark.parametrize("sheet", ["referrals", "episodes"])
def test_a_referral_and_an_episode_stay_with_their_area(
    duckdb_store: Store, tmp_path: Path, sheet: str
) -> None:
    bring_deciding(duckdb_store, one_child(), tmp_path / "ours")
    moved = one_child()
    moved[sheet][0]["area"] = "Wirral"
    with pytest.raises(CohortRefused) as refused:
        bring_deciding(duckdb_store, moved, tmp_path / "moved", last_option)
    assert [(p.sheet, p.column) for p in refused.value.problems] == [(sheet, "area")]


def test_a_row_of_one_child_never_becomes_another_childs(duckdb_store: Store, tmp_path: Path) -> None:
    bring_deciding(duckdb_store, one_child(), tmp_path / "ours")
    other = {"child_ref": "C2", **ANOTHER, "area": "Liverpool"}
    for sheet in ("referrals", "episodes"):
        rows = one_child()
        rows["children"].append(other)
        rows[sheet][0]["child_ref"] = "C2"
        with pytest.raises(CohortRefused) as refused:
            bring_deciding(duckdb_store, rows, tmp_path / sheet, last_option)
        assert any(
            p.sheet == sheet and "was brought in for another child" in p.sentence
            for p in refused.value.problems
        )
