"""`python -m data demo`: an empty database filled with a made-up cohort, and accounts to sign in with."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from pathlib import Path

from data import clock
from data.database.store import open_store
from data.demo.fill import fill
from data.demo.people import sign_in_table


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--children", type=_count, default=200, help="how many; 200 unless told")
    parser.add_argument(
        "--seed", type=int, default=7, help="the same seed makes the same children; 7 unless told"
    )
    parser.add_argument(
        "--as-of",
        type=_day,
        default=None,
        metavar="YYYY-MM-DD",
        help="the last day of their two years; today unless told",
    )
    parser.add_argument(
        "--passwords-to",
        type=Path,
        metavar="FILE",
        help="also write the table of accounts here, readable by you alone",
    )


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 200_000:
        raise argparse.ArgumentTypeError("give a number from 1 to 200000")
    return number


def _day(text: str) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("write the day as YYYY-MM-DD") from None
    if not 1990 <= day.year <= 2100:
        raise argparse.ArgumentTypeError("give a day from 1990 to 2100")
    return day


def run(arguments: argparse.Namespace) -> int:
    store = open_store()
    try:
        as_of = arguments.as_of or clock.today()
        people, passwords = fill(store, arguments.children, arguments.seed, as_of)
        store.engine.settle()
    finally:
        store.close()
    table = sign_in_table(people, passwords)
    print(f"Made {arguments.children:,} children up to {as_of}. None of them is real.", file=sys.stderr)
    if not arguments.passwords_to:
        print("Accounts of this demo. Their passwords are shown once and kept nowhere else.", file=sys.stderr)
    print(table)
    if arguments.passwords_to:
        descriptor = os.open(arguments.passwords_to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(table + "\n")
    return 0
