"""An embedded database written anew, row for row, with every index built from the rows: what was damaged in an index is gone.

DuckDB looks into an index for one key at a time only, so nothing that reads a whole database finds damage there.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from data.database.engine import DatabaseUnavailable
from data.database.opening import Damaged, attach, is_damage, prepared, read_everything


def write_anew(database: Path, key: str | None, copy: Path, key_of_copy: str | None) -> None:
    """Both are closed, and `copy` is not there yet. Raises `DatabaseUnavailable` when a row cannot be read, two rows have one
    key, or the copy does not hold the same."""
    with prepared(copy, encrypts=key is not None or key_of_copy is not None) as root:
        attach(root, database, "before", key)
        attach(root, copy, "mace", key_of_copy)
        try:
            root.execute("COPY FROM DATABASE before TO mace")
            root.execute("CHECKPOINT mace")
            same = read_everything(root, database, "before") == read_everything(root, copy)
        except duckdb.Error as error:
            if is_damage(error):
                raise Damaged(database) from None
            same = False
    if not same:
        raise DatabaseUnavailable(
            "The database could not be written anew. Check the space on its disk. Nothing has changed."
        )
