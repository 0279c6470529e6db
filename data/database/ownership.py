"""Who may open the database file: one process at a time, by a lock on a separate file beside it.

The database file itself is never opened by us: closing such a descriptor would release DuckDB's own lock.
"""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from data.database.engine import DatabaseUnavailable

PATIENCE = 2.0
"""Seconds that a killed owner's lock may outlive it: a child that it was just starting holds the lock until it runs."""


class Ownership:
    """Held until released, or until the process ends in any way. Children do not inherit it."""

    def __init__(self, database: Path, patience: float = PATIENCE) -> None:
        lock = database.with_name(database.name + ".lock")
        self._descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not self._is_taken(patience):
            os.close(self._descriptor)
            raise DatabaseUnavailable("The tool is running and holds the database. Stop the tool first.")

    def _is_taken(self, patience: float) -> bool:
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                if time.monotonic() > deadline:
                    return False
                time.sleep(0.02)

    def release(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1  # closed twice, the number may be somebody else's file by then
