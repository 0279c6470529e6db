"""The digest at the end of a backup: any byte of it that is not as it was written is found before anything is replaced.

It stands after the end of the archive, where programs that read such files do not look.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

KIND = b"\nsha256 "
LENGTH = len(KIND) + 64 + 1
AT_A_TIME = 1024 * 1024


def add_digest(file: Path) -> None:
    """Read a finished archive back, and write the digest of all of it after its end."""
    length = file.stat().st_size
    digest = _digest(file, length)
    with open(file, "ab") as end:
        end.write(KIND + digest + b"\n")


def has_digest(file: Path) -> bool:
    """Whether it ends with one, right or wrong."""
    return _last(file).startswith(KIND)


def is_as_written(file: Path) -> bool:
    """Whether every byte before the digest, and the digest itself, is as it was written."""
    return _last(file) == KIND + _digest(file, file.stat().st_size - LENGTH) + b"\n"


def _last(file: Path) -> bytes:
    with open(file, "rb") as whole:
        whole.seek(max(0, whole.seek(0, os.SEEK_END) - LENGTH))
        return whole.read()


def _digest(file: Path, length: int) -> bytes:
    found = hashlib.sha256()
    with open(file, "rb") as whole:
        while length > 0 and (some := whole.read(min(AT_A_TIME, length))):
            found.update(some)
            length -= len(some)
    return found.hexdigest().encode()
