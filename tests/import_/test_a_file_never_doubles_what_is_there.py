"""A child, referral, meeting, NRM referral or action that is stored already is that one: known beyond doubt, or by a person's word."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from data.answers import drafts, submissions
from data.bring_in.cohort_import import look_at_cohort
from data.bring_in.cohort_matches import OTHER, TWO
from data.bring_in.cohort_reading import read_cohort
from data.bring_in.cohort_stored import TABLES
from data.bring_in.cohort_workbook import CohortRefused, Question
from data.database.store import Store
from tests import filled_in
from tests.factories import a_child, a_discussion, a_referral, an_account, an_episode, an_nrm, the_operator
from tests.import_.cohorts import (
    Cohort,
    another_child,
    as_folder,
    bring_deciding,
    everything,
    first_option,
    last_option,
    one_child,
)

ONE_OF_EACH = {"child": 1, "referral": 1, "episode": 1, "discussion": 2, "nrm": 1, "action": 1}


def counted(store: Store) -> dict[str, int]:
    with store.reading() as connection:
        return {name: connection.value(f"SELECT count(*) FROM {name}") for name in ONE_OF_EACH}


def children_only(**changes: str) -> Cohort:
    return {"children": [one_child()["children"][0] | changes]}


@pytest.mark.parametrize(
    "differs",
    [
        {
            "name": "Somebody Else",
            "date_of_birth": "2009-01-01",
            "lcs_number": "",
        },  # the NHS number is the same
        {"name": "Somebody Else", "date_of_birth": "2009-01-01", "nhs_number": ""},  # the LCS number is
        {
            "name": "Made-Up, Chíld",
            "nhs_number": "",
            "lcs_number": "",
        },  # the name is like it, and the birth date the same
    ],
)
def test_a_child_who_may_be_here_is_asked_about(
    store: Store, tmp_path: Path, differs: dict[str, str]
) -> None:
    bring_deciding(store, one_child(), tmp_path / "first")
    again = children_only(child_ref="C9", **differs)
    plan = look_at_cohort(the_operator(store), read_cohort(as_folder(again, tmp_path / "again")))
    assert [q.sentence for q in plan.questions] == ["This child may be here already."]
    bring_deciding(store, again, tmp_path / "same")
    assert counted(store)["child"] == 1


def test_the_whole_file_under_other_references_is_stored_once(store: Store, tmp_path: Path) -> None:
    bring_deciding(store, one_child(), tmp_path / "first")
    before = everything(store, *(table.name for table in TABLES.values()))
    renamed = another_child("9")
    renamed["children"][0] = one_child()["children"][0] | {"child_ref": "C9"}
    renamed["episodes"][0] |= {
        "closed_on": "2026-06-30",
        "closure_reason": "risk_reduced",
        "closure_note": "Safe at school",
    }
    brought = bring_deciding(store, renamed, tmp_path / "again")
    assert sum(brought.new.values()) == 0
    assert everything(store, *(table.name for table in TABLES.values())) == before
    bring_deciding(store, renamed, tmp_path / "third", last_option)
    assert everything(store, *(table.name for table in TABLES.values())) == before


CORRECTED = [
    ("discussions", {"meeting_date": "2026-02-04"}),
    ("discussions", {"meeting_date": "2026-03-02"}),  # day and month exchanged
    ("nrm", {"submitted_on": "2026-02-11"}),
    ("nrm", {"submitted_on": "2026-02-12", "reasonable_grounds_on": "2026-02-17"}),
    ("actions", {"meeting_date": "2026-02-04"}),
    ("actions", {"action": "Agree a safe way home, corrected"}),
    ("actions", {"action": "Quite other words for the same thing"}),
    ("referrals", {"referral_ref": "R9", "received_on": "2026-01-06"}),
    ("episodes", {"episode_ref": "E9", "opened_on": "2026-01-10"}),
]


@pytest.mark.parametrize(("sheet", "changes"), CORRECTED)
def test_a_corrected_day_or_wording_is_a_change_of_that_row(
    store: Store, tmp_path: Path, sheet: str, changes: dict[str, str]
) -> None:
    bring_deciding(store, one_child(), tmp_path / "first")
    corrected = one_child()
    corrected[sheet][0] |= changes
    for rows in corrected.values():
        for row in rows:
            row |= {
                name: changes[name]
                for name in ("referral_ref", "episode_ref")
                if name in row and name in changes
            }
    plan = look_at_cohort(the_operator(store), read_cohort(as_folder(corrected, tmp_path / "look")))
    assert [(q.sheet, q.row) for q in plan.questions] == [(sheet, 2)]
    bring_deciding(store, corrected, tmp_path / "corrected")
    assert counted(store) == ONE_OF_EACH
    with store.reading() as connection:
        rows = connection.rows(f"SELECT * FROM {TABLES[sheet].name}")
    said = {column: value for column, value in changes.items() if not column.endswith("_ref")}
    assert any(all(str(row[column]) == value for column, value in said.items()) for row in rows)
    again = look_at_cohort(the_operator(store), read_cohort(as_folder(corrected, tmp_path / "again")))
    assert not again.questions
    assert not again.changes


def test_a_person_may_say_that_it_is_another(store: Store, tmp_path: Path) -> None:
    bring_deciding(store, one_child(), tmp_path / "first")
    second = {"nrm": [one_child()["nrm"][0] | {"submitted_on": "2026-02-11"}]}

    def another(question: Question) -> str:
        return OTHER

    bring_deciding(store, second, tmp_path / "second", another)
    assert counted(store)["nrm"] == 2


def test_what_is_typed_into_the_tool_is_known_again_in_a_file(store: Store, tmp_path: Path) -> None:
    """A child with a referral, an episode, a meeting and an NRM referral that is needed, none of them from a file."""
    child = one_child()["children"][0]
    child_id = a_child(
        store,
        name=child["name"],
        born=datetime.date(2010, 5, 17),
        nhs_number="9990000018",
        lcs_number="100200",
    )
    day = datetime.date(2026, 1, 9)
    referral_id = a_referral(
        store,
        child_id,
        received_on=datetime.date(2026, 1, 5),
        decided_on=day,
        kind="both",
        route="front_door",
    )
    episode_id = an_episode(store, child_id, referral_id=referral_id, opened_on=day)
    a_discussion(store, episode_id, child_id, meeting_date=datetime.date(2026, 2, 3))
    an_nrm(store, child_id)
    before = counted(store)
    cohort = one_child()
    cohort["discussions"], cohort["actions"] = cohort["discussions"][:1], []
    bring_deciding(store, cohort, tmp_path / "file")
    assert counted(store) == before == ONE_OF_EACH | {"discussion": 1, "action": 0}


def test_a_former_number_finds_the_child(store: Store, tmp_path: Path) -> None:
    coordinator = an_account(store, "coordinator")
    bring_deciding(store, one_child(), tmp_path / "first", by=coordinator)
    with store.reading() as connection:
        child_id = connection.value("SELECT child_id FROM child")
    draft = drafts.start_draft(coordinator, filled_in.CHILD, child_id)
    for key, words in (("name", "Quite Renamed"), ("nhs_number", "9991234586"), ("lcs_number", "7")):
        drafts.save_answer(coordinator, draft, key, words)
    submissions.submit(coordinator, draft)
    plan = look_at_cohort(
        coordinator, read_cohort(as_folder(children_only(child_ref="C9"), tmp_path / "again"))
    )
    assert [q.sentence for q in plan.questions] == ["This child may be here already."]


@pytest.mark.parametrize(
    ("first", "then"), [("001001", "1001"), ("1001", "001001"), ("C-1", "c1"), ("LIV/007", "LIV 7")]
)
def test_a_reference_that_lost_its_zeros_is_asked_about(
    duckdb_store: Store, tmp_path: Path, first: str, then: str
) -> None:
    known = children_only(child_ref=first)
    bring_deciding(duckdb_store, known, tmp_path / "first")
    other = children_only(
        child_ref=then, name="Quite Another", date_of_birth="2012-01-01", nhs_number="", lcs_number=""
    )
    (question,) = look_at_cohort(
        the_operator(duckdb_store), read_cohort(as_folder(other, tmp_path / "o"))
    ).questions
    assert first in question.sentence
    referral = {
        "referrals": [
            one_child()["referrals"][0] | {"child_ref": then, "outcome": "pending", "decided_on": ""}
        ]
    }
    bring_deciding(duckdb_store, referral, tmp_path / "of the child")
    assert counted(duckdb_store) == dict.fromkeys(ONE_OF_EACH, 0) | {"child": 1, "referral": 1}
    bring_deciding(duckdb_store, children_only(child_ref=then), tmp_path / "again")
    assert counted(duckdb_store)["child"] == 1


def test_rows_of_one_file_that_may_be_one_are_asked_about(duckdb_store: Store, tmp_path: Path) -> None:
    twice = {
        "children": [
            one_child()["children"][0] | {"nhs_number": ""},
            one_child()["children"][0] | {"child_ref": "0C1", "nhs_number": "", "lcs_number": ""},
        ],
        "nrm": one_child()["nrm"] + [one_child()["nrm"][0] | {"submitted_on": "2026-02-12"}],
    }
    plan = look_at_cohort(the_operator(duckdb_store), read_cohort(as_folder(twice, tmp_path / "look")))
    assert {(q.sheet, q.row) for q in plan.questions} == {("children", 3), ("nrm", 3)}
    assert all(first_option(question) == TWO for question in plan.questions)
    bring_deciding(duckdb_store, twice, tmp_path / "in")
    assert counted(duckdb_store) == dict.fromkeys(ONE_OF_EACH, 0) | {"child": 2, "nrm": 2}


def test_two_rows_are_not_the_same_record(duckdb_store: Store, tmp_path: Path) -> None:
    bring_deciding(duckdb_store, one_child(), tmp_path / "first")
    twice = {"children": [*one_child()["children"], *children_only(child_ref="C9")["children"]]}
    with pytest.raises(CohortRefused) as refused:
        bring_deciding(duckdb_store, twice, tmp_path / "twice")
    assert [str(p) for p in refused.value.problems] == [
        "children, row 3, child_ref: Take this row out, or row 2: both are the same child"
    ]


def test_a_number_that_another_child_has_is_refused_at_a_correction(
    duckdb_store: Store, tmp_path: Path
) -> None:
    both = {"children": [*one_child()["children"], *another_child()["children"]]}
    bring_deciding(duckdb_store, both, tmp_path / "first")
    both["children"][1]["nhs_number"] = both["children"][0]["nhs_number"]
    with pytest.raises(CohortRefused) as refused:
        bring_deciding(duckdb_store, {"children": both["children"][1:]}, tmp_path / "second")
    assert [(p.column, p.sentence) for p in refused.value.problems] == [
        ("nhs_number", "Correct the number: another child of yours has it")
    ]


def test_an_estimated_date_of_birth_comes_in(store: Store, tmp_path: Path) -> None:
    bring_deciding(
        store, children_only(date_of_birth="2010-01-01", date_of_birth_is_estimate="yes"), tmp_path / "in"
    )
    with store.reading() as connection:
        assert connection.values("SELECT date_of_birth_is_estimate FROM child") == [True]


def test_an_answer_given_of_one_row_is_none_of_another_that_has_come_to_stand_there(
    store: Store, tmp_path: Path
) -> None:
    a_child(store, name="Child Made-Up", born=datetime.date(2010, 5, 17))
    keys = set()
    for number, school in enumerate(("First Academy", "Second Academy", "Second Academy")):
        row = one_child()["children"][0] | {"nhs_number": "", "lcs_number": "", "school": school}
        folder = as_folder({"children": [row]}, tmp_path / str(number))
        (question,) = look_at_cohort(the_operator(store), read_cohort(folder)).questions
        keys.add(question.key)
    assert len(keys) == 2, "the same row asks the same question, another one another"
