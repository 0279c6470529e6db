"""A backup put in the place of the embedded database: unpacked beside it and tried there before anything is changed.

Making one is in `data/backups/backup.py`.
"""

from __future__ import annotations

import json
import os
import shutil
import tarfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from data import clock
from data.actor import Actor, system_user
from data.backups.anew import write_anew
from data.backups.backup import CONTENTS, DATABASE, Contents, contents_of
from data.backups.digest import has_digest, is_as_written
from data.database import audit
from data.database.checkpoint import recover, replace_database
from data.database.engine import DatabaseUnavailable
from data.database.engine_duckdb import DuckDBEngine
from data.database.head_file import HeadFile
from data.database.opening import Damaged, as_said_of
from data.database.ownership import Ownership
from data.database.private_copy import files_of, head_file_of
from data.database.schema import refuse_newer
from data.database.store import Store
from data.refusal import Problems
from data.rights.deleted_ids import deleted_ids, list_beside
from data.rights.deletion import delete_again
from data.sign_in.sessions import end_everybody
from data.trail.audit_reading import Head, Verdict, verify


@dataclass(frozen=True)
class Restored:
    contents: Contents
    verdict: Verdict | None
    """None when the key of the audit trail is not here, so that nothing could be recomputed."""
    kept: Path | None
    """Where the database of before is now, or what was left of it; None when there was nothing."""


def restore(database: Path, key: str | None, file: Path, *, despite_the_audit: bool = False) -> Restored:
    """Raises `DatabaseUnavailable` while the tool runs and when the backup does not open, and `Problems` when it is
    not whole or its audit trail is not as it was written; then nothing has changed."""
    os.umask(0o077)
    database.parent.mkdir(parents=True, exist_ok=True)
    ownership = Ownership(database)
    folder = database.with_name(database.name + ".restoring")
    try:
        with suppress(DatabaseUnavailable):  # what is to be replaced need not be readable
            recover(database, key)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        unpacked, copy = folder / "unpacked" / database.name, folder / database.name
        unpacked.parent.mkdir()
        told = _unpack(file, unpacked)
        with as_said_of(file):
            write_anew(unpacked, key, copy, key)
            contents = contents_of(copy, key)
        shutil.rmtree(unpacked.parent)
        if contents != told:
            raise Problems(f"The backup {file} does not hold what it held when it was made: {told}")
        verdict = _tried(database, copy, key, despite_the_audit)
        kept = database.with_name(f"{database.name}.before-restore-{clock.now():%Y%m%dT%H%M%S}")
        is_left = any(path.exists() for path in (*files_of(database), head_file_of(database)))
        replace_database(database, folder, keep_as=kept if is_left else None)
        return Restored(contents, verdict, kept if is_left else None)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        ownership.release()


def _unpack(file: Path, copy: Path) -> Contents:
    """Only what a backup of ours holds is taken from it, under names that we give; nothing of one that has a digest and is
    not as it was written."""
    told = None
    if has_digest(file) and not is_as_written(file):
        raise Damaged(file)
    try:
        with tarfile.open(file, "r:") as tar:
            for member in tar:
                packed = tar.extractfile(member)
                if packed is None:
                    continue
                if member.name == CONTENTS:
                    said = json.loads(packed.read(10_000))
                    if said.get("has_digest") and not has_digest(file):
                        raise Damaged(file)
                    told = Contents(
                        int(said["submissions"]), Head.parse(said["head"]) if said["head"] else None
                    )
                elif member.name == DATABASE or (
                    member.name.startswith(f"{DATABASE}.wal") and "/" not in member.name
                ):
                    with open(str(copy) + member.name.removeprefix(DATABASE), "xb") as whole:
                        shutil.copyfileobj(packed, whole)
    except (tarfile.TarError, ValueError, KeyError):
        told = None
    if told is None or not copy.exists():
        raise Problems(f"The file {file} is not a whole backup of this tool. Take another one.")
    return told


def _tried(database: Path, copy: Path, key: str | None, despite_the_audit: bool) -> Verdict | None:
    """Recompute the audit trail, and note that it was restored. Who was signed in when it was made is no longer."""
    try:
        chain_key = audit.chain_key(database, may_make=False)
    except DatabaseUnavailable:
        chain_key = b""
    engine = DuckDBEngine(copy, key, is_private_copy=True)
    try:
        refuse_newer(engine)
        with engine.writing() as connection:
            end_everybody(connection, clock.now(), "restored from a backup")
            connection.commit()
        if not chain_key:
            head_file_of(copy).touch()  # nobody can say here how far it had got
            return None
        head = HeadFile(copy, chain_key)
        head.begin(audit.BEGINNING)
        store = Store(engine, chain_key, head=head)
        verdict = verify(store)
        if verdict.fault and not despite_the_audit:
            raise Problems(
                f"{verdict} Nothing was restored. To restore it all the same, add --despite-the-audit."
            )
        with Actor(store, "operator").writing() as work:
            work.note(audit.Event("database restored", detail=f"by {system_user()}"))
        delete_again(store, deleted_ids(list_beside(database)))
        return verdict
    finally:
        engine.close()
