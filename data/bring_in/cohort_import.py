"""Bringing a cohort in: all of a workbook or nothing of it, the same file twice changing nothing (spec: import.md).

What a workbook would do is understood by `data.bring_in.cohort_understanding`; here it is looked at, and stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from data import clock
from data.access.name_questions import ASKED, count_question, question, why_not_answered
from data.access.rule import check_has_role
from data.actor import TOLD_OF, Actor, Reading, Writing, system_user
from data.after_meeting.leaving import follow_closing
from data.bring_in.cohort_comparison import as_json, content_hash
from data.bring_in.cohort_plan import CHANGED, NEW, UNCHANGED, Answers, Placed, Plan
from data.bring_in.cohort_understanding import TABLES, record_of, understand
from data.bring_in.cohort_workbook import SHEETS, CohortRefused, Problem, Workbook
from data.database.audit import Event
from data.database.engine import Row
from data.database.schema import EXTERNAL_REFERENCE
from data.trail.views import note_view
from forms.child import CHILD

NOTHING: Mapping[str, str] = {}


@dataclass
class Brought:
    """How many rows of each sheet were new, changed, or in the store already; and what was left out or as it was."""

    new: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def look_at_cohort(
    actor: Actor, workbook: Workbook, *, answers: Answers = NOTHING, partnership: str | None = None
) -> Plan:
    """What bringing the workbook in would do. Stores nothing but that the records which it speaks of were looked at.

    A coordinator brings in rows of their own area; the operator's rows belong to `partnership`, or where it is not given, to the
    partnership of the child's area.
    """
    with actor.reading() as work:  # a large file is understood for long, and nobody waits for it
        _check_can_bring_in(work)
        plan = understand(work, workbook, answers, partnership=partnership)
    with actor.writing() as work:
        _check_can_bring_in(work)
        note_view(work, "cohort compared", None)
        for child_id in sorted(plan.of_children()):
            note_view(work, "record compared with a file", child_id)
        for child_id in plan.asked_about:
            if why_not := count_question(work, question(child_id)):
                return Plan((), (Problem("children", None, None, why_not),))
        for child_id in plan.told_of:
            note_view(work, TOLD_OF, child_id)
        return plan


def import_cohort(
    actor: Actor,
    workbook: Workbook,
    *,
    update: bool = False,
    partnership: str | None = None,
    answers: Answers = NOTHING,
    seen: str | None = None,
) -> Brought:
    """Store what the workbook says, in one transaction. Raises `CohortRefused` with all that is to be put right and to be
    decided; then nothing was stored.

    `update`: rows that were brought in before may change their records. `answers`: what a person decided. `seen`: the
    fingerprint of the plan that was looked at; another plan by now is refused. For the rest see `look_at_cohort`.
    """
    with actor.writing() as work:
        _check_can_bring_in(work)
        plan = understand(work, workbook, answers, partnership=partnership)
        problems = [*plan.problems, *([] if update else _changed_without_leave(plan))]
        if problems or plan.questions:
            _check_may_be_told(work, plan)
            raise CohortRefused(problems, plan.questions, _told(plan))
        if seen is not None and seen != plan.fingerprint:
            raise CohortRefused([], changed_since=True)
        if any(row.state not in (NEW, CHANGED, UNCHANGED) for row in plan.rows):
            raise ValueError("a row that is neither stored nor left out has no problem and no question")
        _store(work, plan.rows)
        is_operator = work.account.role == "operator"
        work.note(Event("cohort brought in", detail=f"by {system_user()}" if is_operator else None))
        return Brought(plan.counts(NEW), plan.counts(CHANGED), plan.counts(UNCHANGED), plan.notes)


def _check_can_bring_in(work: Reading) -> None:
    check_has_role(work, "cohort brought in", "coordinator", "operator")


def _check_may_be_told(work: Reading, plan: Plan) -> None:
    for child_id in plan.asked_about:
        if why_not := why_not_answered(work, question(child_id)):
            raise CohortRefused([Problem("children", None, None, why_not)])


def _told(plan: Plan) -> list[Event]:
    """What the audit keeps although nothing is stored."""
    asked = [Event(ASKED, None, question(child_id)) for child_id in plan.asked_about]
    return [*(Event(TOLD_OF, child_id) for child_id in plan.told_of), *asked]


def _changed_without_leave(plan: Plan) -> list[Problem]:
    sentence = (
        "This row was brought in before and says something else now: undo the change, or import with --update"
    )
    return [
        Problem(row.sheet.name, row.number, row.sheet.columns[0].name, sentence)
        for row in plan.rows
        if row.state == CHANGED
    ]


def _store(work: Writing, rows: Iterable[Placed]) -> None:
    new_to_all: dict[str, Row] = {
        "children": {"form_version": CHILD.version, "submitted_on": clock.today(), "not_asked": []},
        "referrals": {"is_imported": True},
        "episodes": {"is_imported": True},
        "nrm": {"is_required": True},
    }
    rows = list(rows)
    for sheet in SHEETS:
        table = TABLES[sheet.name]
        records = [
            {**new_to_all.get(sheet.name, {}), **record_of(row), **row.besides}
            for row in rows
            if row.sheet is sheet and row.state == NEW
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
            if row.sheet is sheet and row.state == CHANGED:
                event = Event("record brought in again", row.child, row.record_id, sheet.name)
                work.save(
                    table, {**record_of(row), **row.besides}, event, why="Brought in again with changes"
                )
                if sheet.name == "episodes" and record_of(row).get("closed_on"):
                    follow_closing(work, row.record_id)
    _keep_what_was_said(work, rows)


def _keep_what_was_said(work: Writing, rows: Iterable[Placed]) -> None:
    """For the next file: by which reference each record is known, and what this file said of it."""
    new = []
    for row in rows:
        partnership, sheet, reference = row.key
        kept = {"partnership": partnership, "sheet": sheet, "reference": reference, "record_id": row.record_id,
                "content_hash": content_hash(row.values), "said": as_json(row.said),
                "made_record": row.state == NEW}  # fmt: skip
        if not row.is_known:
            new.append(kept)
        elif row.keeps_said:
            work.connection.run(
                "UPDATE external_reference SET content_hash = $1, said = $2 WHERE partnership = $3 AND sheet = $4"
                " AND reference = $5",
                [kept["content_hash"], kept["said"], *row.key],
            )
    if new:
        work.add_many(EXTERNAL_REFERENCE, new, Event("references kept"))
