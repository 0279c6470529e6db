"""Deleting a child's record for ever: asked for by one person, carried out by another. The only place where a record is
removed.

The audit trail stays: it holds ids and fixed words. So does the deletion itself, with what was removed as numbers: that
is the certificate. Backups made before still hold the record until they have rotated; see docs/operations.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from data import clock
from data.access.rights import check_can_answer_for, check_is_a_second_person
from data.access.rule import child_of
from data.actor import Actor, Reading, Writing
from data.child.kept import retention_now
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import DELETION
from data.database.schema import AUDIT, all_tables
from data.database.table import Table
from data.refusal import Problems
from data.ways.ways_beside import DELETION_WAY

STAYS = {AUDIT.name, DELETION.name, DELETION.history.name}

NOT_OF_A_CHILD = {
    "account", "meeting", "invitation", "attendance", "weight_set", "narrative", "setting", "session", "ticket",
    "sign_in_failure", "sign_in_question", "minutes_version", "minutes_signature", "seat", "concern", "nomination", "disruption",
    "quarterly_return", "return_version", "published_return", "population", "head_kept", "known_browser",
}  # fmt: skip
"""Tables that say nothing about a child, with their histories. A new table is one of these or is found by `own_rows`."""


def ask(actor: Actor, child_id: str, reason: str) -> str:
    """The coordinator asks. Gives the deletion's id."""
    with actor.writing() as work:
        check_can_answer_for(work, child_id)
        move = DELETION_WAY.move("ask", None, work.account.role, reason)
        _refuse_unless_it_may_go(work, child_id)
        if waiting(work, child_id):
            raise Problems("The deletion is asked for already, and waits for a manager of the area.")
        deletion_id = clock.new_id()
        work.save(
            DELETION,
            {
                "deletion_id": deletion_id, "child_id": child_id, "area": work.account.area, "state": move.end,
                "reason": reason.strip(), "asked_by": work.account.account_id, "asked_on": clock.today(),
            },
            Event(move.audit, child_id, deletion_id),
        )  # fmt: skip
        return deletion_id


def withdraw(actor: Actor, deletion_id: str) -> None:
    with actor.writing() as work:
        deletion = _found(work, deletion_id)
        _decide(work, deletion, "withdraw", None)


def refuse(actor: Actor, deletion_id: str, reason: str) -> None:
    with actor.writing() as work:
        deletion = _found(work, deletion_id)
        check_is_a_second_person(work, deletion)
        _decide(work, deletion, "refuse", reason)


def carry_out(actor: Actor, deletion_id: str) -> dict[str, int]:
    """Remove every row about the child, in one transaction; gives how many of each table: the certificate."""
    with actor.writing() as work:
        deletion = _found(work, deletion_id)
        check_is_a_second_person(work, deletion)
        DELETION_WAY.move("carry out", deletion["state"], work.account.role)
        _refuse_unless_it_may_go(work, deletion["child_id"])
        removed = _remove_all(work, deletion["child_id"])
        _decide(work, deletion, "carry out", None, json.dumps(removed, sort_keys=True))
        return removed


def waiting(work: Reading, child_id: str) -> Row | None:
    return work.row("SELECT * FROM deletion WHERE child_id = $1 AND state = 'asked'", [child_id])


def deletion_of(actor: Actor, child_id: str) -> Row | None:
    """The one that is asked for, for those who answer for the record."""
    with actor.reading() as work:
        check_can_answer_for(work, child_id)
        return waiting(work, child_id)


def own_rows(table: Table) -> str | None:
    """The column by which a table's rows are a child's: the child itself, a record of theirs, a draft of theirs.

    A flag is about a child, a place or a person, by their ids in one column.
    """
    return next((c for c in ("child_id", "about_id", "record_id", "draft_id") if c in table.columns), None)


def _remove_all(work: Writing, child_id: str) -> dict[str, int]:
    ids = {
        "child_id": [child_id],
        "about_id": [child_id],
        "record_id": list(_ids_of_records(work, child_id)),
        "draft_id": work.values("SELECT draft_id FROM draft WHERE child_id = $1", [child_id]),
    }
    removed: dict[str, int] = {}
    for table in all_tables():
        column = own_rows(table)
        if column is None or table.name in STAYS:
            continue
        many = work.value(f"SELECT count(*) FROM {table.name} WHERE {column} = ANY($1)", [ids[column]])
        if many:
            work.connection.run(f"DELETE FROM {table.name} WHERE {column} = ANY($1)", [ids[column]])
            removed[table.name] = int(many)
    return removed


def _ids_of_records(work: Reading, child_id: str) -> Iterator[str]:
    """Of everything the child has a row in: what repeated rows and imported references belong to."""
    for table in all_tables():
        if "child_id" in table.columns and table.name not in STAYS:
            yield from work.values(
                f"SELECT DISTINCT {table.key[0]} FROM {table.name} WHERE child_id = $1", [child_id]
            )


def _found(work: Reading, deletion_id: str) -> Row:
    deletion = work.current(DELETION, deletion_id)
    check_can_answer_for(work, child_of(deletion))
    if deletion is None:
        raise Problems("This cannot be found. Open the child's page again.")
    return deletion


def _refuse_unless_it_may_go(work: Reading, child_id: str) -> None:
    standing = retention_now(work, child_id)
    if standing.hold:
        raise Problems("The record is held, so it cannot be deleted. Lift the hold first.")
    if not standing.may_be_deleted:
        raise Problems(f"The record cannot be deleted now. {standing.as_text()}")


def _decide(work: Writing, deletion: Row, name: str, reason: str | None, removed: str | None = None) -> None:
    move = DELETION_WAY.move(name, deletion["state"], work.account.role, reason)
    work.save(
        DELETION,
        {
            "deletion_id": deletion["deletion_id"], "state": move.end, "decided_by": work.account.account_id,
            "decided_on": clock.today(), "decision_reason": reason, "deleted_rows": removed,
        },
        Event(move.audit, deletion["child_id"], deletion["deletion_id"]),
    )  # fmt: skip
