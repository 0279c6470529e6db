"""`python -m data new-key`: the embedded database under another key, or encrypted for the first time."""

from __future__ import annotations

import argparse

from data.backups.backup import embedded_database
from data.backups.key_change import change_key
from data.database.keys import key_of, new_key_of
from data.refusal import Problems


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "The key of now is in MACE_KEY or MACE_KEY_FILE (neither for a database that is not encrypted), the one to be "
        "in MACE_NEW_KEY or MACE_NEW_KEY_FILE. `openssl rand -base64 32` makes one."
    )


def run(arguments: argparse.Namespace) -> int:
    database = embedded_database()
    old, new = key_of(database), new_key_of(database)
    if new is None:
        raise Problems("Set MACE_NEW_KEY to the new key, or MACE_NEW_KEY_FILE to the file that holds it.")
    if new == old:
        raise Problems("The new key is the one the database has already. Make another one.")
    contents = change_key(database, old, new)
    print(f"{database} has the new key. {contents}")
    print("Start the tool with the new key in MACE_KEY or MACE_KEY_FILE, and keep a copy of it elsewhere.")
    print(
        "Backups made before need the old key: keep it until the last of them is gone."
        if old
        else "Backups made before are not encrypted: make a new one, then destroy them."
    )
    return 0
