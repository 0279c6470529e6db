"""The key that encrypts an embedded database: from the environment or from a file, never beside the data.

It is never logged, never written and never part of an error.
"""

from __future__ import annotations

import os
from pathlib import Path

from data.database.engine import DatabaseUnavailable

SHORTEST = 32
"""DuckDB derives the cipher's key by one hash, so a word that can be guessed is guessed quickly."""

KEY_REFUSED = {
    "another key": "{} was encrypted with another key. Set MACE_KEY, or MACE_KEY_FILE, to that key.",
    "no key": "{} is encrypted. Set MACE_KEY to its key, or MACE_KEY_FILE to the file that holds it.",
    "not encrypted": "A key is set, but {} is not encrypted. Take MACE_KEY and MACE_KEY_FILE away to open it as it is. "
    "To encrypt the database, set MACE_NEW_KEY or MACE_NEW_KEY_FILE besides, and run: python -m data new-key",
}


class KeyRefused(DatabaseUnavailable):
    """A database or a backup, and the key, do not fit: `why` is one of `KEY_REFUSED`."""

    def __init__(self, file: Path, why: str) -> None:
        super().__init__(KEY_REFUSED[why].format(file))
        self.why = why


def key_of(database: Path) -> str | None:
    """What MACE_KEY holds, or the file that MACE_KEY_FILE names; None when neither is set.

    Raises `DatabaseUnavailable` for a key that is too short or cannot be read, and for a file in the folder of the
    database: whoever takes the one would take the other.
    """
    return _given("MACE_KEY", "MACE_KEY_FILE", database)


def new_key_of(database: Path) -> str | None:
    """The same from MACE_NEW_KEY or MACE_NEW_KEY_FILE, for a change of key."""
    return _given("MACE_NEW_KEY", "MACE_NEW_KEY_FILE", database)


def refuse_for_postgres() -> None:
    """Nobody may believe that a database is encrypted which is not."""
    if os.environ.get("MACE_KEY") or os.environ.get("MACE_KEY_FILE"):
        raise DatabaseUnavailable(
            "MACE_KEY and MACE_KEY_FILE encrypt an embedded database only. Have PostgreSQL's disk and backups "
            "encrypted where it runs, and take the setting away."
        )


def _given(setting: str, setting_of_file: str, database: Path) -> str | None:
    key, named = os.environ.get(setting), os.environ.get(setting_of_file)
    if key and named:
        raise DatabaseUnavailable(f"Set {setting} or {setting_of_file}, not both.")
    if named:
        file = Path(named).absolute()
        if any(database.absolute().parent.resolve() in path.parents for path in (file, file.resolve())):
            raise DatabaseUnavailable(
                f"Keep the key away from the data: the file in {setting_of_file} lies in the folder of the database."
            )
        try:
            key = file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise DatabaseUnavailable(
                f"The file of the key, {file}, cannot be read. Check {setting_of_file}, and that you may read it."
            ) from None
    elif not key:
        return None
    if len(key) < SHORTEST or not key.isprintable():
        raise DatabaseUnavailable(
            f"The key in {setting_of_file if named else setting} is not strong enough. Use one line of at least "
            f"{SHORTEST} characters, as `openssl rand -base64 32` makes it."
        )
    return key
