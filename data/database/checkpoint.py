"""The guarded checkpoint of a DuckDB file: a kill in the middle of a plain one can leave a file that does not open.

A copy is put beside the file first, and taken back at the next start if it is needed. See docs/decisions/.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from data.database.engine import DatabaseUnavailable
from data.database.opening import spilled_by
from data.database.ownership import PATIENCE, Ownership
from data.database.padded_log import is_padded, trim
from data.database.private_copy import (
    A_TEST,
    copy_in_a_child,
    copying,
    files_of,
    head_file_of,
    opens_and_reads,
    size_of,
    sync,
)

log = logging.getLogger(__name__)

BEFORE, TAKING_BACK, DROPPED = "before-checkpoint", "taking-back", "dropped"
KEPT_FREE = 64 * 1024 * 1024  # bytes on top of the copies: a checkpoint on a full disk may lose rows


def guarded_checkpoint(database: Path, key: str | None, checkpoint: Callable[[], None]) -> bool:
    """Run `checkpoint` while nobody writes, guarded. False when it has to wait for space or for a copy being made.

    Raises `DatabaseUnavailable` when the file cannot be read afterwards: then nothing more may be written, and the
    next start takes the copy back.
    """
    with copying(database, exclusively=True, patiently=False) as right:
        if right is None:
            return False
        if shutil.disk_usage(database.parent).free < 3 * size_of(database) + KEPT_FREE:
            log.warning(
                "Too little space on the disk of the database: no checkpoint, its log of commits grows."
            )
            return False
        before = _named(database, BEFORE)
        _drop(before)
        if not copy_in_a_child(database, before, right):
            log.warning("The database could not be copied: no checkpoint, its log of commits grows.")
            return False
        try:
            checkpoint()
            finished = True
        except (
            Exception
        ):  # what the engine says of it may quote what is stored; whether it did harm is read below
            finished = False
        if not opens_and_reads(database, key, right):
            raise DatabaseUnavailable(
                f"The database {database} could not be read after a checkpoint. Stop the tool and start it again: "
                "it then goes back to the copy it made before. Nothing that was saved is lost."
            )
        _drop(before)
        return finished


def was_cut_off(database: Path) -> bool:
    """Whether a checkpoint was, or is being made now; only who owns the database can tell."""
    return _named(database, BEFORE).exists() or _named(database, TAKING_BACK).exists()


def recover(database: Path, key: str | None) -> None:
    """At start, by who owns the database and has not opened it: take the copy back if a checkpoint tore the file."""
    before, taking_back = _named(database, BEFORE), _named(database, TAKING_BACK)
    with copying(database, exclusively=True) as right:
        assert right is not None  # it was waited for: a child of a killed process may still be copying
        _remove(_named(database, DROPPED), _named(database, BEFORE + ".part"))
        _remove(*database.parent.glob(f"{database.name}{A_TEST}*"), spilled_by(database))
        if is_padded(database) and database.exists():
            trim(database, key, right)
        if before.exists() and not taking_back.exists():
            if database.exists() and opens_and_reads(database, key, right):
                _drop(before)
                return
            if not opens_and_reads(before / database.name, key, right):
                raise DatabaseUnavailable(
                    f"Neither the database {database} nor its copy in {before} can be read. Restore the last backup."
                )
            before.rename(taking_back)  # from here on the copy is what counts, however often the power goes
            sync(before.parent)
        if taking_back.exists():
            _take_back(database, taking_back)
            log.warning(
                "A checkpoint or a restore was cut off: the copy put aside was taken. Nothing is lost."
            )


def recover_unless_in_use(database: Path, key: str | None) -> None:
    """For who only wants a copy: a running tool is about to end its own checkpoint."""
    if not (was_cut_off(database) or database.exists()):
        return
    try:
        ownership = Ownership(database, patience=PATIENCE if was_cut_off(database) else 0)
    except DatabaseUnavailable:
        return
    try:  # only now may the log be looked into: nobody has the database open
        if was_cut_off(database) or is_padded(database):
            recover(database, key)
    finally:
        ownership.release()


def replace_database(database: Path, by: Path, keep_as: Path | None = None) -> None:
    """By its owner, who has not opened it: the files in the folder `by` become the database, and the folder goes. Among
    them is the head file of the database to be, since that of the old one says how far another trail had got.

    Until one renaming nothing has changed; after it, a start finishes what was cut off. With `keep_as`, the files of
    before stay in that folder.
    """
    with copying(database, exclusively=True):
        if keep_as:
            _keep(database, keep_as)
        for path in (*files_of(by / database.name), head_file_of(by / database.name)):
            sync(path)
        sync(by)
        taking_back = _named(database, TAKING_BACK)
        by.rename(taking_back)
        sync(database.parent)
        _take_back(database, taking_back)
        _drop(_named(database, BEFORE))


def _keep(database: Path, folder: Path) -> None:
    """By links, so that it needs no space and opens nothing; with the copy of a checkpoint that was cut off."""
    part = folder.with_name(folder.name + ".part")
    _remove(part)
    for home, kept in ((database, part), (_named(database, BEFORE) / database.name, part / BEFORE)):
        if home.parent.exists():
            kept.mkdir(mode=0o700)
        for path in (*files_of(home), head_file_of(home)):
            if path.exists():
                os.link(path, kept / path.name)
    part.rename(folder)
    sync(folder.parent)


def _take_back(database: Path, taking_back: Path) -> None:
    for path in files_of(database):
        path.unlink(missing_ok=True)
    head = head_file_of(
        taking_back / database.name
    )  # none with the copy of a checkpoint, which took nothing away
    for path in (*files_of(taking_back / database.name), *([head] if head.exists() else [])):
        part = _named(database, "part")
        shutil.copyfile(path, part)
        part.chmod(0o600)
        sync(part)
        part.rename(database.with_name(path.name))
    sync(database.parent)
    _drop(taking_back)


def _named(database: Path, what: str) -> Path:
    return database.with_name(f"{database.name}.{what}")


def _drop(folder: Path) -> None:
    """At once or not at all: half a copy must never look like one."""
    if folder.exists():
        dropped = folder.with_suffix("." + DROPPED)
        _remove(dropped)
        folder.rename(dropped)
        sync(folder.parent)
        _remove(dropped)


def _remove(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
