"""`python -m data backup FILE`: the embedded database with its log in one file, while the tool is in use or not."""

from __future__ import annotations

import argparse
from pathlib import Path

from data.backups.backup import back_up, embedded_database
from data.database.keys import key_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="what to write; it must not be there yet")
    parser.epilog = (
        "It is as encrypted as the database and holds no key: keep the keys of the database and of the audit trail "
        "elsewhere, both are needed to restore it."
    )


def run(arguments: argparse.Namespace) -> int:
    database = embedded_database()
    key = key_of(database)
    contents = back_up(database, key, arguments.file.absolute())
    print(
        f"Wrote {arguments.file}{'' if key else ', NOT encrypted: keep it as you keep the database'}. {contents}"
    )
    return 0
