"""Copies of the DuckDB file and its log of commits, made and read by child processes only.

The process that holds the database must never open these files itself: closing such a descriptor releases DuckDB's
lock, and a second process could then open the file and lose what was acknowledged.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from data.database.engine import DatabaseUnavailable
from data.database.keys import KEY_REFUSED, KeyRefused

HOME = Path(__file__).parents[2]
A_COPY, A_TEST = ".copy-", ".test-"
NOT_COPIED = 3  # how the child ends when the copy failed, which says nothing of the database
KEY_REFUSED_FROM = 10  # and, counted from here, when the key does not fit


def log_of(database: Path) -> Path:
    """DuckDB's log of commits since the last checkpoint."""
    return database.with_name(database.name + ".wal")


def head_file_of(database: Path) -> Path:
    """Where `data.database.head_file` keeps the head of the audit trail."""
    return database.with_name(database.name + ".head")


def files_of(database: Path) -> list[Path]:
    """The database and whatever DuckDB keeps of its log, the database last."""
    return [*sorted(database.parent.glob(database.name + ".wal*")), database]


def size_of(database: Path) -> int:
    """In bytes, the log with it."""
    return sum(path.stat().st_size for path in files_of(database) if path.exists())


@contextmanager
def copying(database: Path, *, exclusively: bool = False, patiently: bool = True) -> Iterator[int | None]:
    """The right to copy the open database, or `exclusively` the right to rewrite it: copies and checkpoints exclude
    each other. None when it is not to be had at once and `patiently` is False.

    Children inherit it, so that one whose parent was killed keeps it until it is done.
    """
    lock = database.with_name(database.name + ".copying.lock")
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        how = (fcntl.LOCK_EX if exclusively else fcntl.LOCK_SH) | (0 if patiently else fcntl.LOCK_NB)
        try:
            fcntl.flock(descriptor, how)
        except BlockingIOError:
            yield None
        else:
            yield descriptor
    finally:
        os.close(descriptor)


def copy_in_a_child(database: Path, folder: Path, right: int) -> bool:
    """Copy the database and its log into a new folder, surely on the disk when this returns."""
    return _in_a_child("copy", database, folder, right) == 0


def opens_and_reads(database: Path, key: str | None, right: int) -> bool:
    """Whether a copy of the database opens and every row of it can be read. The copy is gone afterwards.

    Raises `DatabaseUnavailable` when that cannot be told: `KeyRefused` when the key does not fit.
    """
    with tempfile.TemporaryDirectory(dir=database.parent, prefix=database.name + A_TEST) as folder:
        ended = _in_a_child("read", database, Path(folder) / "copy", right, key)
    if ended == NOT_COPIED:
        raise _cannot_be_copied(database)
    if ended >= KEY_REFUSED_FROM:
        raise KeyRefused(database, list(KEY_REFUSED)[ended - KEY_REFUSED_FROM])
    return ended == 0


@contextmanager
def private_copy(database: Path) -> Iterator[Path]:
    """A copy of the database as it stands, whether the tool runs or not; for one reader, gone afterwards."""
    if not database.exists():
        raise DatabaseUnavailable(f"There is no database at {database}.")
    remove_left_overs(database)
    folder = Path(tempfile.mkdtemp(dir=database.parent, prefix=database.name + A_COPY))
    in_use = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(in_use, fcntl.LOCK_EX)
        with copying(database) as right:
            if right is None or not copy_in_a_child(database, folder / "copy", right):
                raise _cannot_be_copied(database)
        yield folder / "copy" / database.name
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(in_use)


def _cannot_be_copied(database: Path) -> DatabaseUnavailable:
    return DatabaseUnavailable(f"The database {database} could not be copied. Check the space on its disk.")


def remove_left_overs(database: Path) -> None:
    """Remove the private copies of commands that were killed."""
    for folder in database.parent.glob(f"{database.name}{A_COPY}*"):
        with suppress(FileNotFoundError, BlockingIOError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(descriptor)


def sync(path: Path) -> None:
    """Have the disk keep a file, or a folder's list of names. Not for an open database or its log."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _in_a_child(verb: str, database: Path, folder: Path, right: int, key: str | None = None) -> int:
    """The key goes through a pipe: the words of a command can be seen by everybody on the machine."""
    return subprocess.run(
        [sys.executable, "-m", "data.database.private_copy", verb, str(database), str(folder)],
        cwd=HOME,
        pass_fds=[right],
        input=(key or "").encode(),
        capture_output=True,
    ).returncode


def _copy(database: Path, folder: Path) -> None:
    """Whole or not at all: the folder gets its name when all is on the disk."""
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    for path in reversed(files_of(database)):  # the database first: the log only grows meanwhile
        shutil.copyfile(path, part / path.name)
        sync(part / path.name)
    sync(part)
    part.rename(folder)
    sync(folder.parent)


def _main(verb: str, database: Path, folder: Path) -> int:
    os.umask(0o077)
    try:
        _copy(database, folder)
    except OSError:
        return NOT_COPIED
    if verb == "read":
        from data.database.opening import (
            opened,
            read_everything,
        )  # a copy alone need not wait for DuckDB to load

        try:
            copy = folder / database.name
            with opened(copy, sys.stdin.buffer.read().decode() or None) as root:
                read_everything(root, copy)
        except KeyRefused as refused:
            return KEY_REFUSED_FROM + list(KEY_REFUSED).index(refused.why)
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))
