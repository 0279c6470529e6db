"""A deletion takes two people, removes every row about the child and of nobody else, and leaves the audit whole."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from data import clock
from data.answers.drafts import save_answer, start_draft
from data.child.kept import retention_now
from data.child.own_tables import NOT_OF_A_CHILD, STAYS, own_column, own_tables
from data.database.engine import Row
from data.database.records import ACTION, EPISODE, MINUTES_VERSION
from data.database.schema import EXTERNAL_REFERENCE, all_tables
from data.database.store import Store
from data.refusal import Problems, Refused
from data.rights import deletion, retention
from data.rights.certificate import certificate
from data.rights.deleted_ids import deleted_ids, list_of
from data.rights.deletion import agree_with_list
from data.rights.keeping_lists import read_keeping_lists
from forms.screening import SCREENING
from tests.factories import (
    MADE,
    _save,
    a_child,
    a_child_in_oversight,
    a_period_is_set,
    a_submission,
    an_account,
    an_nrm,
    long_ago,
    the_operator,
)
from tests.store.chain import first_broken_link

EVIDENCE = {"evidence": [{"what_is_known": "Zzyzx in a row"}]}


def a_closed_child(store: Store, name: str = "Zzyzx Made-Up") -> str:
    """A child with one of everything, of whom nothing was heard for longer than the partnership keeps records."""
    a_period_is_set(store)
    with long_ago():
        return _a_closed_child(store, name)


def _a_closed_child(store: Store, name: str) -> str:
    oversight = a_child_in_oversight(store, name=name)
    worker = an_account(store, "coordinator")
    a_submission(store, "referral", oversight.child_id, rows=EVIDENCE, why_suspected="Zzyzx in a form")
    an_nrm(store, oversight.child_id)
    an_action = {"child_id": oversight.child_id, "episode_id": oversight.episode_id, "state": "completed"}
    draft_id = start_draft(worker, SCREENING, oversight.child_id)
    save_answer(worker, draft_id, "changes_observed", "Zzyzx in a draft")
    with the_operator(store).writing() as work:
        closed = {"episode_id": oversight.episode_id, "closed_on": work.at.date(), "closure_reason": "moved"}
        work.save(EPISODE, closed, MADE)
        work.save(ACTION, {"action_id": clock.new_id(), "action": "Zzyzx is visited", **an_action}, MADE)
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
        assert (own_column(table) is not None) != (name in NOT_OF_A_CHILD) or table.name in STAYS, table.name


def test_two_people_delete_every_row_about_the_child_and_none_of_another(store: Store) -> None:
    other = a_closed_child(store, name="Other Made-Up")
    with store.reading() as connection:
        before = connection.rows("SELECT * FROM child_history WHERE child_id = $1", [other])
    words_of_other = everything(store)
    child_id = a_closed_child(store)
    coordinator, manager = an_account(store, "coordinator"), an_account(store, "manager")
    deletion_id = deletion.ask(coordinator, child_id, "Zzyzx's time has come")
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
    assert kept["reason"] is None
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


def test_names_in_reasons_go_with_the_record_wherever_they_were_typed(store: Store) -> None:
    child_id = a_closed_child(store)
    coordinator, manager = an_account(store, "coordinator"), an_account(store, "manager")
    first = deletion.ask(coordinator, child_id, "Zzyzx Made-Up is grown up")
    deletion.refuse(manager, first, "Zzyzx's brother is being assessed")
    corrected = {"minutes_version_id": "minutes", "meeting_id": "meeting", "version": 2}
    _save(store, MINUTES_VERSION, {**corrected, "reason": "The scale of zzyzx made-up was 4, not 6"})
    removed = deletion.carry_out(manager, deletion.ask(coordinator, child_id, "Zzyzx's time has come"))
    assert removed
    assert everything(store) == {}
    with store.reading() as connection:
        kept = connection.value("SELECT reason FROM minutes_version WHERE minutes_version_id = 'minutes'")
    assert kept == "The scale of a child whose record was deleted was 4, not 6"


def test_the_certificate_is_a_file_that_names_nobody(store: Store) -> None:
    child_id = a_closed_child(store)
    coordinator = an_account(store, "coordinator", name="Zzyzx the coordinator")
    manager = an_account(store, "manager", name="Zzyzx the manager")
    deletion_id = deletion.ask(coordinator, child_id, "Zzyzx's time has come")
    with pytest.raises(Problems, match="was not deleted"):
        certificate(manager, deletion_id)
    removed = deletion.carry_out(manager, deletion_id)
    for actor in (manager, coordinator):
        said = words_of_pdf(certificate(actor, deletion_id))
        assert "Certificate of deletion" in said
        assert deletion_id in said
        assert f"{sum(removed.values()):,}" in said
        assert "Child, every revision" in said
        assert "Zzyzx" not in said
    for role, area in (("manager", "sefton"), ("practitioner", "liverpool"), ("administrator", "liverpool")):
        with pytest.raises(Refused):
            certificate(an_account(store, role, area), deletion_id)


def test_what_is_due_waits_is_held_or_was_deleted_has_a_list(store: Store) -> None:
    due, asked, held, gone = (a_closed_child(store, name=f"Child {n}") for n in "ABCD")
    recent = a_child(store, name="Child of today")
    coordinator, manager = an_account(store, "coordinator"), an_account(store, "manager")
    deletion.ask(coordinator, asked, "Its time has come")
    retention.hold(coordinator, held, "An inquiry")
    deletion.carry_out(manager, deletion.ask(coordinator, gone, "Its time has come"))
    lists = read_keeping_lists(manager)
    assert {row["child_id"] for row in lists.due} == {due, asked}
    assert (lists.due_in_all, lists.has_period) == (2, True)
    assert [row["child_id"] for row in lists.waiting] == [asked]
    assert [row["child_id"] for row in lists.held] == [held]
    assert [row["decided_on"] for row in lists.deleted] == [clock.today()]
    assert recent
    elsewhere = read_keeping_lists(an_account(store, "manager", "sefton"))
    assert (elsewhere.due, elsewhere.waiting, elsewhere.held, elsewhere.deleted) == ((), (), (), ())


def test_a_list_of_due_records_says_what_may_be_deleted_and_nothing_else(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child_id = a_closed_child(store)
    assert [row["child_id"] for row in read_keeping_lists(coordinator).due] == [child_id]
    with coordinator.reading() as work:
        standing = retention_now(work, child_id)
    assert standing.may_be_deleted
    a_submission(store, "screening", child_id)
    assert read_keeping_lists(coordinator).due == ()
    with pytest.raises(Problems, match="is due for review or deletion on"):
        deletion.ask(coordinator, child_id, "Too early")


def test_what_was_deleted_is_deleted_again_after_an_older_copy_came_back(store: Store) -> None:
    other = a_closed_child(store, name="Other Made-Up")
    words_of_other = everything(store)
    child_id = a_closed_child(store)
    coordinator, manager = an_account(store, "coordinator"), an_account(store, "manager")
    deletion_id = deletion.ask(coordinator, child_id, "Its time has come")
    before = {table.name: rows_of(store, table.name) for table, _ in own_tables()}
    deletion.carry_out(manager, deletion_id)
    assert deleted_ids(list_of(store.engine)) == {child_id: deletion_id}
    put_back(store, before)
    assert everything(store) != words_of_other
    assert agree_with_list(store) == 1
    assert everything(store) == words_of_other
    assert rows_of(store, "child") == [row for row in before["child"] if row["child_id"] == other]
    with store.reading() as connection:
        assert first_broken_link(connection) is None
        again = "SELECT count(*) FROM audit WHERE action = 'deletion carried out again after a restore'"
        assert connection.value(again) == 1
    assert agree_with_list(store) == 0
    assert "after a backup was restored" in words_of_pdf(certificate(manager, deletion_id))


def test_a_list_that_was_lost_or_cut_off_is_completed_from_the_database(store: Store) -> None:
    child_id = a_closed_child(store)
    coordinator, manager = an_account(store, "coordinator"), an_account(store, "manager")
    deletion_id = deletion.ask(coordinator, child_id, "Its time has come")
    deletion.carry_out(manager, deletion_id)
    file = list_of(store.engine)
    file.write_bytes(file.read_bytes()[:20])
    assert deleted_ids(file) == {}
    assert agree_with_list(store) == 0
    assert deleted_ids(file) == {child_id: deletion_id}


def test_nothing_is_deleted_when_the_list_cannot_be_written(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child_id = a_closed_child(store)
    coordinator, manager = an_account(store, "coordinator"), an_account(store, "manager")
    deletion_id = deletion.ask(coordinator, child_id, "Its time has come")
    (tmp_path / "a folder").mkdir()
    monkeypatch.setenv("MACE_DELETED_FILE", str(tmp_path / "a folder"))
    with pytest.raises(Problems, match="so nothing was deleted"):
        deletion.carry_out(manager, deletion_id)
    assert everything(store)


def words_of_pdf(file: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)


def rows_of(store: Store, table: str) -> list[Row]:
    with store.reading() as connection:
        return connection.rows(f"SELECT * FROM {table}")


def put_back(store: Store, tables: dict[str, list[Row]]) -> None:
    """As a backup from before would."""
    with store.writing() as transaction:
        for name, rows in tables.items():
            transaction.connection.run(f"DELETE FROM {name}")
            for row in rows:
                transaction.connection.insert(name, row)
