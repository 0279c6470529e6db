"""Understanding a workbook beside what is stored: what it would add and change, and what is asked and refused. Stores nothing.

Which record a row is: `data.bring_in.cohort_placing`. What a row changes of it: `data.bring_in.cohort_comparison`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from data.access.restricted import NOT_YOURS, closed_to_me
from data.actor import Reading
from data.bring_in.cohort_checks import Cohort, Fact, broken_rules
from data.bring_in.cohort_comparison import OUTCOMES, as_json, compare, content_hash, said_of
from data.bring_in.cohort_findings import Findings, in_order
from data.bring_in.cohort_placing import place
from data.bring_in.cohort_plan import ASKED, CHANGED, NEW, REFUSED, UNCHANGED, Answers, Placed, Plan
from data.bring_in.cohort_stored import TABLES, Stored
from data.bring_in.cohort_workbook import Problem, Workbook
from data.child.referrals import is_repeat_after
from data.database.engine import Row
from data.redaction import MARK

IN_THE_MINUTES = "the meeting's minutes hold it, and are corrected by a correction of theirs"


def understand(
    work: Reading, workbook: Workbook, answers: Answers, *, partnership: str | None = None
) -> Plan:
    """The plan of bringing a workbook in. `partnership`: whose references these are, for the operator; else the account's."""
    is_operator = work.account.role == "operator"
    findings = Findings(answers)
    findings.problems += workbook.of_sheets
    findings.notes += workbook.notes
    for question in workbook.questions:
        findings.ask(question)
    stored = Stored(work, None if is_operator else work.account.area)
    rows = place(workbook, stored, findings, partnership if is_operator else work.account.partnership_key)
    if closed := _of_restricted_children(work, rows):
        return Plan((), tuple(closed))  # alone: what else is wrong with the row says what the record holds
    _Understanding(stored, findings, rows).compare_all()
    for sheet, many in findings.left_out.items():
        words = "row is" if many == 1 else "rows are"
        findings.notes.append(f"{sheet}: {many:,} {words} left out, as you decided")
    return Plan(
        tuple(rows),
        tuple(in_order(findings.problems)),
        tuple(in_order(findings.questions.values())),
        tuple(findings.changes),
        tuple(findings.notes),
        tuple(dict.fromkeys(findings.told_of)),
        tuple(dict.fromkeys(findings.asked_about)),
    )


def record_of(row: Placed) -> Row:
    """What a row stores: all that it says of a new record, what it changes of a stored one."""
    id_column = TABLES[row.sheet.name].id_column
    if row.standing is not None:
        return {id_column: row.record_id, **_stored_values(row, row.changes)}
    ids = {"child_id": row.record_id} if row.sheet.name == "children" else row.parent_ids
    return {id_column: row.record_id, **ids, **_stored_values(row, row.values)}


def _stored_values(row: Placed, values: Mapping[str, Any]) -> Row:
    """These values of a row in the store's words."""
    stored = {name: value for name, value in values.items() if name not in row.sheet.references}
    if "outcome" in stored:
        stored["state"] = OUTCOMES.get(stored.pop("outcome"))
    if row.sheet.name == "children" and "area" in stored:
        stored["child_area"] = stored["area"]
    return stored


def _of_restricted_children(work: Reading, rows: list[Placed]) -> list[Problem]:
    """Refused in the words of any record that is not theirs: a relative who brings a file in learns no more."""
    closed = closed_to_me(work, sorted({row.child for row in rows} - {""}))
    return in_order(
        Problem(row.sheet.name, row.number, row.sheet.columns[0].name, f"Take this row out. {NOT_YOURS}")
        for row in rows
        if row.child in closed
    )


class _Understanding:
    def __init__(self, stored: Stored, findings: Findings, rows: list[Placed]) -> None:
        self.stored, self.findings, self.rows = stored, findings, rows

    def compare_all(self) -> None:
        self._compare_with_records()
        cohort = self._cohort()
        undecided = {
            row.child
            for row in self.rows
            if row.state == ASKED or (row.state == REFUSED and row.sheet.own_reference)
        }
        unread = {(problem.sheet, problem.row, problem.column) for problem in self.findings.problems}
        for fact, column, sentence in broken_rules(cohort):
            is_said = fact.row is None or (fact.sheet, fact.row, column) in unread
            if not is_said and fact["child_id"] not in undecided:
                self.findings.problems.append(Problem(fact.sheet, fact.row, column, sentence))
        self._mark_repeats(cohort)

    def _compare_with_records(self) -> None:
        in_minutes = set(
            self.stored.work.values(
                "SELECT record_id FROM minutes_form WHERE record_id = ANY($1)",
                [[row.record_id for row in self.rows if row.sheet.name == "discussions" and row.standing]],
            )
        )
        blank = 0
        for row in self.rows:
            if row.state != NEW:
                continue
            if row.standing is None:
                row.said = said_of(row.values)
                continue
            blank += self._compare(row, IN_THE_MINUTES if row.record_id in in_minutes else "")
        self._give_no_two_children_one_number()
        if blank:
            cells = "cell that was filled before is" if blank == 1 else "cells that were filled before are"
            self.findings.notes.append(f"{blank:,} {cells} blank now: a blank cell changes nothing")

    def _compare(self, row: Placed, held: str) -> int:
        """Gives how many cells are blank that were not."""
        said = self._said(row)
        table = TABLES[row.sheet.name]
        compared = compare(
            row, said, lambda: self.stored.work.revisions(table, row.record_id), held, self.findings.answers
        )
        if row.sheet.name == "children" and "nhs_number" in compared.changes:
            self._check_number_is_free(row)
        self.findings.changes += compared.shown
        self.findings.problems += compared.problems
        self.findings.questions |= {question.key: question for question in compared.questions}
        self.findings.notes += [f"{row.sheet.name}, row {row.number}: {note}" for note in compared.notes]
        row.changes = compared.changes
        row.said = {**(said or {}), **said_of(row.values)}
        row.keeps_said = not row.is_known or self.stored.known[row.key]["said"] != as_json(row.said)
        if compared.problems or row.state == REFUSED:
            row.state = REFUSED
        elif compared.questions:
            row.state = ASKED
        else:
            row.state = CHANGED if row.changes else UNCHANGED
        return compared.blank

    def _said(self, row: Placed) -> dict[str, Any] | None:
        """What the last file said of each column of the record; None where that is not known. A row whose key was corrected
        is compared with what it said under the key before."""
        kept = [self.stored.known[row.key]] if row.is_known else self.stored.of_record[row.record_id]
        if len(kept) != 1:
            return None
        if kept[0]["said"] is not None:
            found: dict[str, Any] = json.loads(kept[0]["said"])
            return {column: value for column, value in found.items() if MARK not in str(value)}
        return said_of(row.values) if kept[0]["content_hash"] == content_hash(row.values) else None

    def _give_no_two_children_one_number(self) -> None:
        """No two rows of the file may leave two children with one NHS number."""
        first: dict[str, Placed] = {}
        for row in self.rows:
            if row.sheet.name != "children" or row.state == REFUSED:
                continue
            number = row.changes.get("nhs_number") if row.standing else row.values.get("nhs_number")
            other = first.setdefault(number, row) if number else row
            if other is not row:
                self.findings.refuse_a_number_for_two(row, other)

    def _check_number_is_free(self, row: Placed) -> None:
        others = self.stored.with_nhs_number(row.values["nhs_number"]) - {row.record_id}
        if others - self.stored.reach:
            elsewhere = self.stored.areas_of(sorted(others - self.stored.reach))
            self.findings.asked_about += elsewhere
            self.findings.known_elsewhere(row, "nhs_number", elsewhere, "or correct the number")
        elif others:
            self.findings.refuse(row, "nhs_number", "Correct the number: another child of yours has it")

    def _cohort(self) -> Cohort:
        """All that is known of the workbook's children: what the store has, and on top of it what the rows say. The rules are
        checked on it, and give none of it to anybody."""
        cohort = Cohort()
        owners = self.stored.owners
        children = sorted(
            {row.child for row in self.rows if row.child in owners}
            | {owners[one][1] for row in self.rows for one in row.parent_ids.values() if one in owners}
        )
        for sheet, table in TABLES.items():
            if children:
                with self.stored.work.as_stored():
                    standing = self.stored.work.rows(
                        f"SELECT * FROM {table.name} WHERE child_id = ANY($1)", [children]
                    )
                cohort.of(sheet).update((row[table.id_column], Fact(sheet, None, row)) for row in standing)
        for row in self.rows:
            is_unread = row.state == REFUSED and row.standing is None and bool(row.parent_ids)
            if (row.state in (NEW, CHANGED) or is_unread) and row.child:
                facts = cohort.of(row.sheet.name)
                key = row.record_id or f"row {row.number}"
                before = facts[key].values if key in facts else {}
                facts[key] = Fact(row.sheet.name, row.number, {**before, **record_of(row)})
        return cohort

    def _mark_repeats(self, cohort: Cohort) -> None:
        episodes: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for episode in cohort.episodes.values():
            episodes[episode["child_id"]].append(episode.values)
        for row in self.rows:
            received = cohort.referrals.get(row.record_id) if row.sheet.name == "referrals" else None
            if received and row.state in (NEW, CHANGED) and received["received_on"] and received["area"]:
                # The episode that this referral opened is no earlier one, even when it opened that very day.
                others = [e for e in episodes[row.child] if e.get("referral_id") != row.record_id]
                row.besides["is_repeat"] = is_repeat_after(others, received["area"], received["received_on"])
