"""The embedded database written anew under another key, or under its first one.

The old file stays until the new one was read and holds the same, row for row.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from data.actor import Actor, system_user
from data.backups.anew import write_anew
from data.backups.backup import Contents, what_is_in
from data.database import audit
from data.database.checkpoint import recover, replace_database
from data.database.engine import DatabaseUnavailable
from data.database.engine_duckdb import DuckDBEngine
from data.database.head_file import HeadFile, read
from data.database.ownership import Ownership
from data.database.private_copy import copying, opens_and_reads
from data.database.store import Store, refuse_loss


def change_key(database: Path, old: str | None, new: str) -> Contents:
    """`old` is None for a database that was not encrypted. Raises `DatabaseUnavailable`; then nothing has changed."""
    os.umask(0o077)
    if not database.exists():
        raise DatabaseUnavailable(f"There is no database at {database}.")
    ownership = Ownership(database)
    folder = database.with_name(database.name + ".new-key")
    try:
        recover(database, old)
        chain_key = audit.chain_key(database, may_make=False)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        copy = folder / database.name
        write_anew(database, old, copy, new)
        with copying(database) as right:
            if right is None or not opens_and_reads(copy, new, right):
                raise DatabaseUnavailable(
                    "The database under the new key cannot be read. Nothing has changed."
                )
        engine = DuckDBEngine(copy, new, is_private_copy=True)
        try:
            refuse_loss(engine, database, read(database), chain_key)
            head = HeadFile(copy, chain_key)
            head.begin(audit.BEGINNING)
            with Actor(Store(engine, chain_key, head=head), "operator").writing() as work:
                work.note(audit.Event("encryption key changed", detail=f"by {system_user()}"))
            contents = what_is_in(engine)
        finally:
            engine.close()
        replace_database(database, folder)
        return contents
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        ownership.release()
