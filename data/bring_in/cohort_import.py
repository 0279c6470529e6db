"""Bringing a cohort in: all of a workbook or nothing of it, the same file twice changing nothing (spec: import.md).

What a cell may hold: `data.bring_in.cohort_workbook`. What must hold between records: `data.bring_in.cohort_checks`.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from data import clock
from data.access.restricted import closed_to_me
from data.access.rule import check_has_role
from data.actor import Actor, Writing, system_user
from data.bring_in.cohort_checks import Cohort, Fact, broken_rules
from data.bring_in.cohort_references import Known, Placed, Stored, place
from data.bring_in.cohort_workbook import SHEETS, CohortRefused, Problem, Workbook
from data.child.referrals import is_repeat_after
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import ACTION, DISCUSSION, EPISODE, NRM, REFERRAL
from data.database.schema import EXTERNAL_REFERENCE, form_table
from data.database.table import RecordTable
from forms.child import CHILD

TABLES: dict[str, RecordTable] = {
    "children": form_table(CHILD), "referrals": REFERRAL, "episodes": EPISODE, "discussions": DISCUSSION,
    "nrm": NRM, "actions": ACTION,
}  # fmt: skip

STATES = {
    "accepted": "accepted",
    "returned": "returned",
    "declined": "declined",
    "pending": "submitted",
}
"""The sheet's outcome → the referral's state (`data.ways.pathway`)."""


@dataclass
class Brought:
    """How many rows of each sheet were new, changed, or in the store already."""

    new: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def import_cohort(
    actor: Actor, workbook: Workbook, *, update: bool = False, partnership: str | None = None
) -> Brought:
    """Store what the workbook says, in one transaction. Raises `CohortRefused` with every problem; then nothing was.

    A coordinator brings in rows of their own area; the operator's rows belong to `partnership`, or where it is not
    given, to the partnership of the child's area. `update`: known references with other content are revised.
    """
    with actor.writing() as work:
        check_has_role(work, "cohort brought in", "coordinator", "operator")
        is_operator = work.account.role == "operator"
        known = _known(work)
        placed, problems = place(
            workbook,
            known,
            _stored(work),
            partnership=partnership if is_operator else work.account.partnership_key,
            only_area=None if is_operator else work.account.area,
        )
        if closed := list(_of_restricted_children(work, placed)):
            raise CohortRefused(
                _in_order(closed)
            )  # alone: what else is wrong with the row says what the record holds
        for row in placed:
            row.state = _state(row, known)
        problems += [*workbook.problems, *([] if update else _changed_without_leave(placed))]
        cohort = _cohort(work, placed)
        problems += [
            Problem(fact.sheet, fact.row, column, sentence)
            for fact, column, sentence in broken_rules(cohort)
            if fact.row is not None
        ]
        if problems:
            raise CohortRefused(_in_order(problems))
        _mark_repeats(cohort, placed)
        _store(work, placed)
        work.note(Event("cohort brought in", detail=f"by {system_user()}" if is_operator else None))
        return _brought(placed)


def _known(work: Writing) -> Known:
    return {
        (row["partnership"], row["sheet"], row["reference"]): (row["record_id"], row["content_hash"])
        for row in work.rows("SELECT * FROM external_reference")
    }


def _stored(work: Writing) -> Stored:
    return {
        row["id"]: (row["area"], row["child_id"])
        for row in work.rows(
            "SELECT child_id AS id, area, child_id FROM child UNION ALL SELECT referral_id, area, child_id FROM referral"
            " UNION ALL SELECT episode_id, area, child_id FROM episode"
        )
    }


def _state(row: Placed, known: Known) -> str:
    if row.key not in known:
        return "new"
    return "unchanged" if known[row.key][1] == content_hash(row.values) else "changed"


def content_hash(values: Mapping[str, Any]) -> str:
    """Of what a row says. A column that is blank does not count, so that a new column changes no old row."""
    said = {name: value for name, value in values.items() if value is not None}
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def _of_restricted_children(work: Writing, placed: list[Placed]) -> Iterable[Problem]:
    asks = closed_to_me(work, sorted({row.child_id for row in placed} - {""}))
    for row in placed:
        if row.child_id in asks:
            sentence = f"Take this row out: the record is restricted to people who are named. Ask {asks[row.child_id]}"
            yield Problem(row.sheet.name, row.number, row.sheet.columns[0].name, sentence)


def _changed_without_leave(placed: Iterable[Placed]) -> list[Problem]:
    sentence = (
        "This row was brought in before and says something else now: undo the change, or import with --update"
    )
    return [
        Problem(row.sheet.name, row.number, row.sheet.columns[0].name, sentence)
        for row in placed
        if row.state == "changed"
    ]


def record_of(row: Placed) -> Row:
    """The row in the store's words."""
    values = row.values
    if row.sheet.name == "children":
        return {**_without(values, "child_ref"), "record_id": row.record_id, "child_id": row.record_id,
                "child_area": values["area"]}  # fmt: skip
    record = {
        TABLES[row.sheet.name].id_column: row.record_id,
        **row.parent_ids,
        **_without(values, "child_ref", "referral_ref", "episode_ref", "outcome"),
    }
    if row.sheet.name == "referrals":
        record["state"] = STATES.get(values["outcome"])
    return record


def _without(values: Mapping[str, Any], *names: str) -> Row:
    return {name: value for name, value in values.items() if name not in names}


def _cohort(work: Writing, placed: list[Placed]) -> Cohort:
    """All that is known of the workbook's children: what the store has, and on top of it what the rows say."""
    cohort = Cohort()
    made_now = {row.record_id for row in placed if row.sheet.name == "children" and row.state == "new"}
    children = {row.child_id for row in placed} - made_now - {""}
    for sheet, table in TABLES.items():
        if children:
            standing = work.rows(f"SELECT * FROM {table.name} WHERE child_id = ANY($1)", [sorted(children)])
            cohort.of(sheet).update((row[table.id_column], Fact(sheet, None, row)) for row in standing)
    for row in placed:
        if row.state != "unchanged" and row.record_id and row.child_id:
            facts = cohort.of(row.sheet.name)
            before = facts[row.record_id].values if row.record_id in facts else {}
            facts[row.record_id] = Fact(row.sheet.name, row.number, {**before, **record_of(row)})
    return cohort


def _mark_repeats(cohort: Cohort, placed: Iterable[Placed]) -> None:
    episodes: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for episode in cohort.episodes.values():
        episodes[episode["child_id"]].append(episode.values)
    for row in placed:
        if row.sheet.name == "referrals":
            # The episode that this referral opened is no earlier one, even when it opened that very day.
            others = [e for e in episodes[row.child_id] if e.get("referral_id") != row.record_id]
            row.besides["is_repeat"] = is_repeat_after(others, row.values["area"], row.values["received_on"])


def _store(work: Writing, placed: list[Placed]) -> None:
    new_to_all: dict[str, Row] = {
        "children": {"form_version": CHILD.version, "submitted_on": clock.today(), "not_asked": []},
        "referrals": {"is_imported": True},
        "episodes": {"is_imported": True},
        "nrm": {"is_required": True},
    }
    for sheet in SHEETS:
        table = TABLES[sheet.name]
        rows = [row for row in placed if row.sheet is sheet]
        records = [
            {**new_to_all.get(sheet.name, {}), **record_of(row), **row.besides}
            for row in rows
            if row.state == "new"
        ]
        if records:
            work.save_new(
                table,
                records,
                lambda r, table=table, sheet=sheet: Event(  # type: ignore[misc]
                    "record brought in", r["child_id"], r[table.id_column], sheet.name
                ),
            )
        for row in rows:
            if row.state == "changed":
                event = Event("record brought in again", row.child_id, row.record_id, sheet.name)
                work.save(
                    table, {**record_of(row), **row.besides}, event, why="Brought in again with changes"
                )
    _keep_references(work, placed)


def _keep_references(work: Writing, placed: list[Placed]) -> None:
    def reference(row: Placed) -> Row:
        partnership, sheet, name = row.key
        return {"partnership": partnership, "sheet": sheet, "reference": name, "record_id": row.record_id,
                "content_hash": content_hash(row.values)}  # fmt: skip

    new = [reference(row) for row in placed if row.state == "new"]
    if new:
        work.add_many(EXTERNAL_REFERENCE, new, Event("references kept"))
    for row in placed:
        if row.state == "changed":
            work.connection.run(
                "UPDATE external_reference SET content_hash = $1 WHERE partnership = $2 AND sheet = $3"
                " AND reference = $4",
                [content_hash(row.values), *row.key],
            )


def _in_order(problems: list[Problem]) -> list[Problem]:
    order = [sheet.name for sheet in SHEETS]
    once = dict.fromkeys(problems)
    return sorted(once, key=lambda p: (order.index(p.sheet) if p.sheet in order else -1, p.row or 0))


def _brought(placed: list[Placed]) -> Brought:
    brought = Brought(warnings=tuple(_warnings(placed)))
    for sheet in SHEETS:
        for state in ("new", "changed", "unchanged"):
            number = sum(row.sheet is sheet and row.state == state for row in placed)
            getattr(brought, state)[sheet.name] = number
    return brought


def _warnings(placed: list[Placed]) -> Iterable[str]:
    """What may be right and is worth a look: it is said and not refused."""
    of_number: dict[str, list[int]] = defaultdict(list)
    for row in placed:
        if row.sheet.name == "children" and row.values["nhs_number"]:
            of_number[row.values["nhs_number"]].append(row.number)
    for numbers in of_number.values():
        if len(numbers) > 1:
            rows = " and ".join(str(number) for number in numbers)
            yield f"children, rows {rows} have the same NHS number: check whether they are one child"
