"""`python -m data import`: a partnership's workbook, or folder of CSV files, into the database. All of it or nothing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from data.actor import Actor
from data.bring_in.cohort_answers import chosen, read_answers, write_questions
from data.bring_in.cohort_import import import_cohort, look_at_cohort
from data.bring_in.cohort_plan import STATES, Plan
from data.bring_in.cohort_reading import read_cohort
from data.bring_in.cohort_workbook import SHEETS, CohortRefused, Workbook
from data.database.store import open_store
from forms.places import PARTNERSHIPS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="an Excel workbook (.xlsx), or a folder of CSV files"
    )
    parser.add_argument(
        "--update", action="store_true", help="change what was brought in before and says something else now"
    )
    parser.add_argument(
        "--look",
        action="store_true",
        help="say what would be new, changed, asked and refused, and store nothing",
    )
    parser.add_argument(
        "--answers",
        type=Path,
        metavar="ANSWERS.csv",
        help="what was decided; questions that are open are written into it, for you to answer",
    )
    parser.add_argument(
        "--partnership",
        choices=[p.name for p in PARTNERSHIPS],
        help="whose references these are; without it, the children's areas say it",
    )


def run(arguments: argparse.Namespace) -> int:
    if not arguments.file.exists():
        print("Check the name of the file: there is none of that name.", file=sys.stderr)
        return 2
    partnership = next((p.key for p in PARTNERSHIPS if p.name == arguments.partnership), None)
    try:
        workbook = read_cohort(arguments.file)
        store = open_store()
        try:
            operator = Actor(store, "operator", partnership or PARTNERSHIPS[0].key)
            plan, answers = _looked_at(operator, workbook, partnership, arguments.answers)
            _print(plan)
            if arguments.look and plan.can_be_stored:
                return 0
            import_cohort(
                operator, workbook, update=arguments.update or arguments.look, partnership=partnership,
                answers=answers, seen=plan.fingerprint,
            )  # fmt: skip
            store.engine.settle()
        finally:
            store.close()
    except CohortRefused as refused:
        return _refused(refused, arguments.answers)
    return 0


def _looked_at(
    operator: Actor, workbook: Workbook, partnership: str | None, file: Path | None
) -> tuple[Plan, dict[str, str]]:
    """The plan with the answers of the file, and these. One answer may lead to another question."""
    numbers, answers = read_answers(file) if file else {}, dict[str, str]()
    while True:
        plan = look_at_cohort(operator, workbook, answers=answers, partnership=partnership)
        more = chosen(numbers, plan.questions)
        if not more:
            break
        answers |= more
    if file and plan.questions:
        write_questions(file, plan.questions, numbers)
    return plan, answers


def _refused(refused: CohortRefused, answers: Path | None) -> int:
    for one in (*refused.problems, *refused.questions):
        print(one, file=sys.stderr)
    if refused.changed_since:
        print(
            "Nothing was brought in: the records were changed meanwhile. Run the command again.",
            file=sys.stderr,
        )
        return 2
    many = [f"{_things(len(refused.problems))} to put right"] if refused.problems else []
    many += [f"{_things(len(refused.questions))} to decide"] if refused.questions else []
    print(f"Nothing was brought in: {' and '.join(many)}.", file=sys.stderr)
    if refused.questions:
        print(_how_to_answer(answers), file=sys.stderr)
    return 2


def _how_to_answer(answers: Path | None) -> str:
    if answers:
        return f"Put the number of each answer into the first column of {answers}, and run the command again."
    return (
        "Run it again with --answers FILE.csv: the questions are written into that file, for you to answer."
    )


def _things(number: int) -> str:
    return "one thing" if number == 1 else f"{number:,} things"


def _print(plan: Plan) -> None:
    """What the page shows, in the same order: how many of each sheet, what changes, what is left as it was."""
    print(f"{'sheet':<12}" + "".join(f" {state:>10}" for state in STATES))
    counts = [plan.counts(state) for state in STATES]
    for sheet in SHEETS:
        print(f"{sheet.name:<12}" + "".join(f" {of[sheet.name]:>10,}" for of in counts))
    for change in plan.changes:
        print(f"Changes: {change}")
    for note in plan.notes:
        print(f"Note: {note}")
