"""`python -m data verify`: whether the audit trail is as it was written. Ends with 1 when it is not."""

from __future__ import annotations

import argparse
from pathlib import Path

from data.commands.return_figures import open_to_read
from data.trail.audit_reading import Head, verify


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--head",
        type=Path,
        metavar="FILE",
        help="heads of the chain as `python -m data head` printed them, one to a line: finds a trail cut short",
    )


def run(arguments: argparse.Namespace) -> int:
    kept = Head.parse_all(arguments.head.read_text(encoding="utf-8")) if arguments.head else ()
    with open_to_read(despite_loss=True) as store:
        verdict, loss = verify(store, kept), store.loss
    print(f"{loss.sentence}\nOf what is there: {verdict}" if loss else verdict)
    if kept:
        print(f"Compared with heads kept elsewhere: {len(kept):,}.")
    return 1 if verdict.fault or loss else 0
