"""A deletion takes two people, removes every row about the child and of nobody else, and leaves the audit whole."""

from __future__ import annotations

import json

import pytest

from data.answers.drafts import save_answer, start_draft
from data.database.records import EPISODE
from data.database.schema import EXTERNAL_REFERENCE, all_tables
from data.database.store import Store
from data.refusal import Problems, Refused
from data.rights import deletion
from data.rights.deletion import NOT_OF_A_CHILD, STAYS, own_rows
from forms.screening import SCREENING
from tests.factories import (
    MADE,
    a_child,
    a_child_in_oversight,
    a_submission,
    an_account,
    an_nrm,
    the_operator,
)
from tests.store.chain import first_broken_link

EVIDENCE = {"evidence": [{"what_is_known": "Zzyzx in a row"}]}


def a_closed_child(store: Store, name: str = "Zzyzx Made-Up") -> str:
    oversight = a_child_in_oversight(store, name=name)
    worker = an_account(store, "coordinator")
    a_submission(store, "referral", oversight.child_id, rows=EVIDENCE, why_suspected="Zzyzx in a form")
    an_nrm(store, oversight.child_id)
    draft_id = start_draft(worker, SCREENING, oversight.child_id)
    save_answer(worker, draft_id, "changes_observed", "Zzyzx in a draft")
    with the_operator(store).writing() as work:
        closed = {"episode_id": oversight.episode_id, "closed_on": work.at.date(), "closure_reason": "moved"}
        work.save(EPISODE, closed, MADE)
        reference = {"partnership": "pan_merseyside", "sheet": "children", "reference": oversight.child_id}
        work.add(EXTERNAL_REFERENCE, {**reference, "record_id": oversight.child_id}, MADE)
    return oversight.child_id


def everything(store: Store) -> dict[str, int]:
    """Table → rows that hold the word typed about this child."""
    with store.reading() as connection:
        found = {}
        for table in all_tables():
            rows = connection.rows(f"SELECT * FROM {table.name}")
            many = sum("Zzyzx" in repr(row) for row in rows)
            if many:
                found[table.name] = many
        return found


def test_every_table_is_about_a_child_in_a_known_way_or_about_none() -> None:
    for table in all_tables():
        name = table.name.removesuffix("_history")
        assert (own_rows(table) is not None) != (name in NOT_OF_A_CHILD) or table.name in STAYS, table.name


def test_two_people_delete_every_row_about_the_child_and_none_of_another(store: Store) -> None:
    other = a_closed_child(store, name="Other Made-Up")
    with store.reading() as connection:
        before = connection.rows("SELECT * FROM child_history WHERE child_id = $1", [other])
    words_of_other = everything(store)
    child_id = a_closed_child(store)
    coordinator, manager = an_account(store, "coordinator"), an_account(store, "manager")
    deletion_id = deletion.ask(coordinator, child_id, "Its time has come")
    with pytest.raises(Problems, match="asked for already"):
        deletion.ask(coordinator, child_id, "Again")
    removed = deletion.carry_out(manager, deletion_id)
    assert removed["child_history"] == 1
    assert {"referral_form_evidence", "draft_answer", "external_reference", "nrm_history"} <= set(removed)
    assert everything(store) == words_of_other
    with store.reading() as connection:
        assert connection.rows("SELECT * FROM child_history WHERE child_id = $1", [other]) == before
        assert first_broken_link(connection) is None
        kept = connection.row("SELECT * FROM deletion WHERE deletion_id = $1", [deletion_id])
    assert kept is not None
    assert (kept["state"], json.loads(kept["deleted_rows"])) == ("carried_out", removed)
    with pytest.raises(Refused):
        deletion.carry_out(manager, deletion_id)


def test_one_person_alone_cannot_delete(store: Store) -> None:
    child_id = a_closed_child(store)
    coordinator = an_account(store, "coordinator")
    deletion_id = deletion.ask(coordinator, child_id, "Its time has come")
    with pytest.raises(Refused, match="Another person must decide"):
        deletion.carry_out(coordinator, deletion_id)
    for role, area in (("practitioner", "liverpool"), ("manager", "sefton"), ("administrator", "liverpool")):
        with pytest.raises(Refused):
            deletion.carry_out(an_account(store, role, area), deletion_id)
    with pytest.raises(Refused):  # another coordinator is a second person, and still none who may
        deletion.carry_out(an_account(store, "coordinator"), deletion_id)
    assert everything(store)


def test_a_deletion_can_be_refused_or_withdrawn_and_then_asked_for_again(store: Store) -> None:
    child_id = a_closed_child(store)
    coordinator, manager = an_account(store, "coordinator"), an_account(store, "manager")
    first = deletion.ask(coordinator, child_id, "Its time has come")
    with pytest.raises(Problems, match="Enter the reason"):
        deletion.refuse(manager, first, "")
    deletion.refuse(manager, first, "A sibling is being assessed")
    second = deletion.ask(coordinator, child_id, "Its time has come")
    deletion.withdraw(coordinator, second)
    with pytest.raises(Problems, match="no longer be done"):
        deletion.carry_out(manager, second)
    assert deletion.deletion_of(manager, child_id) is None
    assert a_child(store)
