"""`python -m data head`: the last entry of the audit trail, to keep where nobody can change it with the database."""

from __future__ import annotations

import argparse

from data.commands.return_figures import open_to_read
from data.trail.audit_reading import head


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "Append it daily to a file on another machine; `python -m data verify --head FILE` reads it."
    )


def run(arguments: argparse.Namespace) -> int:
    with open_to_read() as store:
        last = head(store)
    if last is None:
        print("The audit trail has no entry yet.")
        return 1
    print(last)
    return 0
