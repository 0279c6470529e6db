"""Made-up cohorts as a partnership would bring them: rows as dicts of text, and the files made from them."""

from __future__ import annotations

import copy
import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from data.actor import Actor
from data.bring_in.cohort_import import Brought, import_cohort, look_at_cohort
from data.bring_in.cohort_plan import Plan
from data.bring_in.cohort_reading import read_cohort
from data.bring_in.cohort_workbook import BY_NAME, Question, Workbook
from data.database.store import Store
from tests.factories import the_operator

Rows = list[dict[str, str]]
Cohort = dict[str, Rows]

ONE_CHILD: Cohort = {
    "children": [
        {
            "child_ref": "C1", "name": "Child Made-Up", "date_of_birth": "2010-05-17", "nhs_number": "999 000 0018",
            "lcs_number": "100200", "sex": "F", "gender": "female", "ethnicity": "MWBC", "nationality": "British",
            "sen": "K", "area": "Liverpool", "postcode": "zz993vz", "school": "Made-Up Academy",
            "service_status": "child_in_need",
        }
    ],
    "referrals": [
        {"referral_ref": "R1", "child_ref": "C1", "area": "Liverpool", "received_on": "2026-01-05",
         "route": "front_door", "kind": "both", "outcome": "accepted", "decided_on": "2026-01-09"}
    ],
    "episodes": [
        {"episode_ref": "E1", "child_ref": "C1", "referral_ref": "R1", "area": "Liverpool", "opened_on": "2026-01-09",
         "closed_on": "2026-06-30", "closure_reason": "risk_reduced", "closure_note": "Safe at school"}
    ],
    "discussions": [
        {"episode_ref": "E1", "meeting_date": "2026-02-03", "assessment_date": "2026-01-28", "kind": "both",
         "judgement": "B", "scale": "3", "review_by": "2026-04-28",
         "contexts": "criminal:Financial; sexual:Online;criminal:warning signs", "areas_gone_to": "wales;Crewe"},
        {"episode_ref": "E1", "meeting_date": "2026-06-30", "kind": "both", "judgement": "E", "scale": "9"},
    ],
    "nrm": [
        {"child_ref": "C1", "submitted_on": "2026-02-10", "multi_agency": "yes", "reasonable_grounds": "positive",
         "reasonable_grounds_on": "2026-02-16"}
    ],
    "actions": [
        {"episode_ref": "E1", "meeting_date": "2026-02-03", "action": "Agree a safe way home", "agency": "Education",
         "owner": "Safeguarding lead", "due_on": "2026-02-24", "state": "completed", "closed_on": "2026-02-20",
         "impact": "The child feels safer"}
    ],
}  # fmt: skip


def one_child() -> Cohort:
    return copy.deepcopy(ONE_CHILD)


def another_child(reference: str = "2") -> Cohort:
    """A second child, accepted and in oversight."""
    cohort = one_child()
    for rows in cohort.values():
        for row in rows:
            row |= {name: row[name][0] + reference for name in row if name.endswith("_ref")}
    cohort["children"][0] |= {"name": "Other Made-Up", "nhs_number": "", "lcs_number": "7" + reference}
    cohort["episodes"][0] |= {"closed_on": "", "closure_reason": "", "closure_note": ""}
    return cohort


def together(*cohorts: Cohort) -> Cohort:
    return {sheet: [row for cohort in cohorts for row in cohort.get(sheet, [])] for sheet in BY_NAME}


def as_folder(cohort: Cohort, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for sheet, rows in cohort.items():
        with (folder / f"{sheet}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, [column.name for column in BY_NAME[sheet].columns], restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def as_workbook(cohort: Cohort, path: Path) -> Path:
    book = openpyxl.Workbook(write_only=True)
    for sheet, rows in cohort.items():
        names = [column.name for column in BY_NAME[sheet].columns]
        page = book.create_sheet(sheet)
        page.append(names)
        for row in rows:
            page.append([row.get(name) or None for name in names])
    book.save(path)
    return path


Choose = Callable[[Question], str]
"""A person's answer to a question: the key of an option."""


def first_option(question: Question) -> str:
    return question.options[0][0]


def last_option(question: Question) -> str:
    return question.options[-1][0]


def decided(actor: Actor, workbook: Workbook, choose: Choose, **given: Any) -> tuple[Plan, dict[str, str]]:
    """The plan once every question is answered, and the answers. One answer may lead to another question."""
    answers: dict[str, str] = {}
    while (plan := look_at_cohort(actor, workbook, answers=answers, **given)).questions:
        answers |= {question.key: choose(question) for question in plan.questions}
    return plan, answers


def bring_deciding(
    store: Store, cohort: Cohort, folder: Path, choose: Choose = first_option, *, by: Actor | None = None
) -> Brought:
    """Bring a cohort in as a person does who answers every question and confirms what it would change."""
    actor, workbook = by or the_operator(store), read_cohort(as_folder(cohort, folder))
    plan, answers = decided(actor, workbook, choose)
    return import_cohort(actor, workbook, update=True, answers=answers, seen=plan.fingerprint)


def everything(store: Store, *tables: str) -> dict[str, list[str]]:
    """Every row of these tables, in an order of its own."""
    with store.reading() as connection:
        return {
            table: sorted(str(row) for row in connection.rows(f"SELECT * FROM {table}")) for table in tables
        }
