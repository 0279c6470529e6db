"""Deleting a child's record for ever: asked for by one person, carried out by another. The only place where a record is
removed.

The audit trail stays: it holds ids and fixed words. So does the deletion itself, with what was removed as numbers and no
reason, as reasons name people: see `data.rights.certificate`. Backups made before still hold the record until they have
rotated; `delete_again` takes it out of one that is restored.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator

from data import clock
from data.access.rights import check_can_answer_for, check_is_a_second_person
from data.access.rule import child_of
from data.actor import Actor, Reading, Writing
from data.child.kept import retention_now
from data.child.own_tables import NOT_OF_A_CHILD, STAYS, own_tables
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import DELETION
from data.database.schema import all_tables
from data.database.store import Store
from data.database.table import HISTORY, Table
from data.refusal import Problems
from data.rights import deleted_ids
from data.ways.ways_beside import DELETION_WAY

log = logging.getLogger(__name__)

IN_PLACE_OF_THE_NAME = "a child whose record was deleted"


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
    """Removes every row about the child, in one transaction; gives how many of each table, as the certificate says."""
    with actor.reading() as work:  # who may not delete does not learn whether the list can be written
        check_is_a_second_person(work, _found(work, deletion_id))
    with deleted_ids.opened_to_add(deleted_ids.list_of(actor.store.engine)) as listed:
        with actor.writing() as work:
            deletion = _found(work, deletion_id)
            child_id = deletion["child_id"]
            check_is_a_second_person(work, deletion)
            DELETION_WAY.move("carry out", deletion["state"], work.account.role)
            _refuse_unless_it_may_go(work, child_id)
            removed = _remove_all(work, child_id)
            _decide(work, deletion, "carry out", None, json.dumps(removed, sort_keys=True))
            _forget_reasons(work, child_id)
        try:
            deleted_ids.add(listed, {child_id: deletion_id})
        except OSError:
            log.error("The list of deleted records could not be written. It is completed at the next start.")
    return removed


def delete_again(store: Store, deletions: dict[str, str]) -> int:
    """After a restore: removes the records that were deleted since the backup was made (`deleted_ids`); gives how many."""
    with Actor(store, "operator").writing() as work:
        back = work.rows(
            "SELECT child_id, area FROM child WHERE child_id = ANY($1) ORDER BY child_id", [list(deletions)]
        )
        for child in back:
            child_id, deletion_id = child["child_id"], deletions[child["child_id"]]
            removed = _remove_all(work, child_id)
            work.save(
                DELETION,
                {
                    "deletion_id": deletion_id, **child, "state": "carried_out", "decided_by": None,
                    "decided_on": clock.today(), "deleted_rows": json.dumps(removed, sort_keys=True),
                },
                Event("deletion carried out again after a restore", child_id, deletion_id),
            )  # fmt: skip
            _forget_reasons(work, child_id)
    return len(back)


def agree_with_list(store: Store) -> int:
    """At the start: what the list says was deleted is deleted, whatever was restored by which means, and the list has what
    this database deleted. Gives how many records were deleted again."""
    file = deleted_ids.list_of(store.engine)
    listed = deleted_ids.deleted_ids(file)
    again = delete_again(store, listed) if listed else 0
    with store.reading() as connection:
        carried_out = connection.rows(
            "SELECT child_id, deletion_id FROM deletion WHERE state = 'carried_out' ORDER BY deletion_id"
        )
    if missing := {r["child_id"]: r["deletion_id"] for r in carried_out if r["child_id"] not in listed}:
        with deleted_ids.opened_to_add(file) as opened:
            deleted_ids.add(opened, missing)
    return again


def waiting(work: Reading, child_id: str) -> Row | None:
    return work.row("SELECT * FROM deletion WHERE child_id = $1 AND state = 'asked'", [child_id])


def deletion_of(actor: Actor, child_id: str) -> Row | None:
    """The one that is asked for, for those who answer for the record."""
    with actor.reading() as work:
        check_can_answer_for(work, child_id)
        return waiting(work, child_id)


def _remove_all(work: Writing, child_id: str) -> dict[str, int]:
    _take_name_out_of_reasons(work, child_id)
    ids = {
        "child_id": [child_id],
        "about_id": [child_id],
        "record_id": list(_ids_of_records(work, child_id)),
        "draft_id": work.values("SELECT draft_id FROM draft WHERE child_id = $1", [child_id]),
    }
    removed: dict[str, int] = {}
    for table, column in own_tables():
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


def _take_name_out_of_reasons(work: Writing, child_id: str) -> None:
    """Reasons that were typed about a meeting, an account or a return may name a child: the rest of the sentence stays."""
    for name in _names(work, child_id):
        as_typed = re.compile(re.escape(name), re.IGNORECASE)
        for table, column in _typed_reasons():
            key = " AND ".join(f"{part} = ${at}" for at, part in enumerate(table.key, 2))
            for row in work.rows(
                f"SELECT {', '.join(table.key)}, {column} AS reason FROM {table.name}"
                f" WHERE position($1 IN lower({column})) > 0",
                [name.lower()],
            ):
                reason = as_typed.sub(IN_PLACE_OF_THE_NAME, row["reason"])
                work.connection.run(
                    f"UPDATE {table.name} SET {column} = $1 WHERE {key}",
                    [reason, *(row[part] for part in table.key)],
                )


def _names(work: Reading, child_id: str) -> list[str]:
    """The child's names now and before, the longest first."""
    return sorted(
        set(work.values("SELECT name FROM child_history WHERE child_id = $1 AND name <> ''", [child_id])),
        key=lambda name: (-len(name), name),
    )


def _typed_reasons() -> Iterator[tuple[Table, str]]:
    for table in all_tables():
        if table.name.removesuffix(HISTORY) in NOT_OF_A_CHILD:
            for column, kind in table.columns.items():
                if kind == "text" and column.endswith("reason"):
                    yield table, column


def _forget_reasons(work: Writing, child_id: str) -> None:
    """What was typed when deletion was asked for, refused or decided names people: it goes with the record."""
    for table in (DELETION, DELETION.history):
        work.connection.run(
            f"UPDATE {table.name} SET reason = NULL, decision_reason = NULL, change_reason = NULL WHERE child_id = $1",
            [child_id],
        )


def _found(work: Reading, deletion_id: str) -> Row:
    deletion = work.current(DELETION, deletion_id)
    check_can_answer_for(work, child_of(deletion))
    if deletion is None:
        raise Problems("This cannot be found. Open the child's page again.")
    return deletion


def _refuse_unless_it_may_go(work: Reading, child_id: str) -> None:
    if why := retention_now(work, child_id).why_kept:
        raise Problems(why)


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
