"""The list of what was deleted for ever, kept apart from the database, so that a restored backup is told of it.

A line to a record: the child's id and the deletion's, both opaque. MACE_DELETED_FILE names the file; without it, it lies
beside the backups, else beside the database. Nothing but ids is in it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from data.database.engine import Engine
from data.database.engine_duckdb import DuckDBEngine
from data.refusal import Problems

NAME = "deleted-records.txt"
CANNOT_BE_WRITTEN = (
    "The list of deleted records cannot be written, so nothing was deleted: a restored backup would bring the record "
    "back. Ask whoever runs the tool to look at its file."
)


def list_beside(database: Path | None) -> Path:
    """Where the list lies. `database`: an embedded one's file; None for PostgreSQL."""
    if named := os.environ.get("MACE_DELETED_FILE"):
        return Path(named).absolute()
    if backups := os.environ.get("MACE_BACKUP_FOLDER"):
        return Path(backups).absolute() / NAME
    return (database.parent if database else Path("var").absolute()) / NAME


def list_of(engine: Engine) -> Path:
    return list_beside(engine.path if isinstance(engine, DuckDBEngine) else None)


def deleted_ids(file: Path) -> dict[str, str]:
    """Child's id → deletion's id. A line that was cut off while it was written is left out."""
    if not file.exists():
        return {}
    lines = (line.split() for line in file.read_text(encoding="utf-8").splitlines())
    return {parts[0]: parts[1] for parts in lines if len(parts) == 2}


@contextmanager
def opened_to_add(file: Path) -> Iterator[BinaryIO]:
    """For `add`. Raises `Problems` when the list cannot be written: before anything is deleted, not after."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        opened = os.fdopen(os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab")
    except OSError as error:
        raise Problems(CANNOT_BE_WRITTEN) from error
    with opened as listed:
        fcntl.flock(listed, fcntl.LOCK_EX)
        yield listed


def add(listed: BinaryIO, deletions: Mapping[str, str]) -> None:
    """Append, and wait until it is on the disk. The line before begins anew, should it have been cut off."""
    if deletions:
        listed.write(
            b"\n" + b"".join(f"{child} {deletion}\n".encode() for child, deletion in deletions.items())
        )
        listed.flush()
        os.fsync(listed.fileno())
