"""`python -m data restore FILE`: a backup, tried beside the database first and then put in its place."""

from __future__ import annotations

import argparse
from pathlib import Path

from data.backups.backup import embedded_database
from data.backups.restore import restore
from data.database.keys import key_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="as `python -m data backup` wrote it")
    parser.add_argument(
        "--despite-the-audit",
        action="store_true",
        help="restore it even if its audit trail is not as it was written",
    )


def run(arguments: argparse.Namespace) -> int:
    database = embedded_database()
    restored = restore(
        database,
        key_of(database),
        arguments.file.absolute(),
        despite_the_audit=arguments.despite_the_audit,
    )
    print(f"Restored {arguments.file} to {database}. {restored.contents}")
    print(
        restored.verdict
        or "The audit trail was not checked: its key is not here. Put it back, then: python -m data verify, and if the "
        "trail is whole: python -m data accept-loss"
    )
    if restored.kept:
        print(
            f"What was there of the database before is kept in {restored.kept}. Remove it when you no longer need it."
        )
    print(
        "Everybody signs in again. Check accounts that were suspended or changed since the backup was made."
    )
    return 0
