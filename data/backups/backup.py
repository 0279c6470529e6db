"""A backup of the embedded database, made while the tool is in use: one file that holds the database and its log.

It stays as encrypted as the database is, and holds no key. Restoring one is in `data/backups/restore.py`.
"""

from __future__ import annotations

import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from data.backups.digest import add_digest
from data.database import head_file
from data.database.checkpoint import recover_unless_in_use
from data.database.engine import Engine
from data.database.engine_duckdb import DuckDBEngine
from data.database.opening import as_said_of, opened, read_everything
from data.database.private_copy import files_of, private_copy, sync
from data.database.schema import form_table
from data.database.store import DEFAULT, Store, is_postgres, refuse_loss
from data.refusal import Problems
from data.trail.audit_reading import Head, head
from forms.registry import FORMS

DATABASE = "mace.duckdb"
"""Its name within a backup, whatever it is called outside."""
CONTENTS = "contents.json"
"""The last part of a backup: one that was cut off has none."""


@dataclass(frozen=True)
class Contents:
    submissions: int
    head: Head | None

    def __str__(self) -> str:
        end = f"Head of the audit trail: {self.head}" if self.head else "The audit trail has no entry yet."
        return f"Forms sent, corrections counted: {self.submissions:,}. {end}"


def embedded_database() -> Path:
    """Where the deployment's own database lies. Raises `Problems` for PostgreSQL, which has its own programs."""
    address = os.environ.get("MACE_DATABASE") or DEFAULT
    if is_postgres(address):
        raise Problems(
            "The database is PostgreSQL's. Back it up with pg_dump, restore it with pg_restore, and have its disk "
            "encrypted where it runs."
        )
    return Path(address).absolute()


def back_up(database: Path, key: str | None, file: Path) -> Contents:
    """Write a backup, which has its name when all of it is on the disk and every row of it was read.

    Raises `Problems` when there is such a file, `DatabaseUnavailable`, `OSError`.
    """
    _none_at(file)
    recover_unless_in_use(database, key)
    found = head_file.read(database)
    with private_copy(database) as copy, _part_of(file) as part:
        with tarfile.open(part, "w") as tar:
            for path in files_of(copy):
                tar.add(path, DATABASE + path.name.removeprefix(copy.name), filter=_of_nobody)
            with as_said_of(database):
                contents = contents_of(copy, key, lambda copied: refuse_loss(copied, database, found, None))
            _add_contents(tar, contents)
        add_digest(part)
        sync(part)
        _none_at(file)
        part.rename(file)
        sync(file.parent)
    return contents


def contents_of(
    copy: Path, key: str | None, check: Callable[[Engine], None] = lambda engine: None
) -> Contents:
    """Of a closed copy that nobody else opens, once every row of it was read. Raises `DatabaseUnavailable`, and what
    `check` raises."""
    with opened(copy, key) as root:
        read_everything(root, copy)
    engine = DuckDBEngine(copy, key, is_private_copy=True)
    try:
        check(engine)
        return what_is_in(engine)
    finally:
        engine.close()


def what_is_in(engine: Engine) -> Contents:
    there = engine.columns()
    histories = [form_table(form).history.name for form in FORMS]
    with engine.reading() as connection:
        submissions = sum(
            connection.value(f"SELECT count(*) FROM {name}") for name in histories if name in there
        )
    return Contents(submissions, head(Store(engine, chain_key=b"")))


@contextmanager
def _part_of(file: Path) -> Iterator[Path]:
    """Beside the file to be; for the owner only; gone unless it was given its name."""
    descriptor, name = tempfile.mkstemp(prefix=f"{file.name}.part-", dir=file.parent)
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)


def _none_at(file: Path) -> None:
    if file.exists():
        raise Problems(f"There is a file {file} already. Give the backup another name.")


def _of_nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _add_contents(tar: tarfile.TarFile, contents: Contents) -> None:
    said = {
        "submissions": contents.submissions,
        "head": str(contents.head) if contents.head else None,
        "has_digest": True,
    }
    words = json.dumps(said).encode()
    member = tarfile.TarInfo(CONTENTS)
    member.size, member.mode = len(words), 0o600
    tar.addfile(member, io.BytesIO(words))
