"""`python -m data import`: a partnership's workbook, or folder of CSV files, into the database. All of it or nothing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from data.actor import Actor
from data.bring_in.cohort_import import Brought, import_cohort
from data.bring_in.cohort_reading import read_cohort
from data.bring_in.cohort_workbook import SHEETS, CohortRefused
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
            brought = import_cohort(operator, workbook, update=arguments.update, partnership=partnership)
            store.engine.settle()
        finally:
            store.close()
    except CohortRefused as refused:
        for problem in refused.problems:
            print(problem, file=sys.stderr)
        print(f"Nothing was brought in: {_things(len(refused.problems))} to put right.", file=sys.stderr)
        return 2
    _report(brought)
    return 0


def _things(number: int) -> str:
    return "one thing" if number == 1 else f"{number:,} things"


def _report(brought: Brought) -> None:
    print(f"{'sheet':<12} {'new':>8} {'changed':>8} {'unchanged':>10}")
    for sheet in SHEETS:
        name = sheet.name
        print(
            f"{name:<12} {brought.new[name]:>8,} {brought.changed[name]:>8,} {brought.unchanged[name]:>10,}"
        )
    for warning in brought.warnings:
        print(f"Worth a look: {warning}")
