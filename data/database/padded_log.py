"""A log of commits with zeros after its end, as a power cut leaves it when the file had grown and nothing was written yet.

DuckDB refuses such a log whole. What was committed stands before the zeros, so they are taken away.
"""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path

from data.database.private_copy import log_of, opens_and_reads, sync

log = logging.getLogger(__name__)

AN_ENTRYS_HEADER = 16
"""Bytes. Fewer zeros are read as the beginning of an entry that was never finished, and the last bytes of a commit may be
zeros of its own: so this many less one are left."""


def is_padded(database: Path) -> bool:
    """Whether the log ends with zeros that are no commit's. Only for the owner of the database, while it is closed."""
    try:
        with open(log_of(database), "rb") as file:
            length = file.seek(0, os.SEEK_END)
            file.seek(max(0, length - AN_ENTRYS_HEADER))
            return length > 0 and not any(file.read())
    except FileNotFoundError:
        return False


def trim(database: Path, key: str | None, right: int) -> None:
    """By the owner of the database, who has not opened it. A trimmed copy is opened and read first; when it cannot be, the
    log stays as it is."""
    folder = database.with_name(database.name + ".trimming")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        whole = log_of(database).read_bytes()
        written = whole.rstrip(b"\0")
        trimmed = log_of(folder / database.name)
        trimmed.write_bytes(whole[: len(written) + AN_ENTRYS_HEADER - 1] if written else b"")
        os.link(database, folder / database.name)
        if opens_and_reads(folder / database.name, key, right):
            sync(trimmed)
            trimmed.rename(log_of(database))
            sync(database.parent)
            log.warning("The log of commits ended in zeros, as after a power cut. They were taken away.")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
