"""A backup of which one byte is not as it was written takes nobody's place, and no damaged index comes back.

Many more places are tried by `make soak`: `tests/soak/flipped_bytes.py`.
"""

from __future__ import annotations

import random
from pathlib import Path

import duckdb
import pytest

from data.backups.anew import write_anew
from data.backups.backup import back_up
from data.backups.restore import restore
from data.database.engine import DatabaseUnavailable
from data.database.opening import Damaged, opened, read_everything
from data.database.store import open_store
from data.refusal import Problems
from tests.backup.flipping import flipped, places_of
from tests.backup.keys import KEY
from tests.factories import a_child

pytestmark = pytest.mark.slow

HEADERS, BLOCK = 12_288, 256 * 1024  # bytes of a DuckDB file
ROWS = (
    "CREATE TABLE mace.kept (id text, words text, PRIMARY KEY (id));"
    "INSERT INTO mace.kept SELECT md5(i::text), repeat('x', 20) || i FROM range(40_000) AS t(i);"
    "CHECKPOINT mace"
)


def test_a_backup_with_any_byte_flipped_is_refused_before_anything_is_replaced(
    encrypted: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.tar"
    with open_store(str(encrypted)) as store:
        a_child(store)
    back_up(encrypted, KEY, backup)
    before = {path.name: path.read_bytes() for path in encrypted.parent.glob("mace.duckdb*")}
    for place in places_of(backup, 60, random.Random(4)):
        with flipped(backup, place), pytest.raises((Damaged, Problems)):
            restore(encrypted, KEY, backup)
    assert {path.name: path.read_bytes() for path in encrypted.parent.glob("mace.duckdb*")} == before
    assert restore(encrypted, KEY, backup).verdict


def test_an_index_that_was_damaged_before_the_backup_is_whole_once_written_anew(tmp_path: Path) -> None:
    database = tmp_path / "mace.duckdb"
    with opened(database, None) as root:
        root.execute(ROWS)
        whole = read_everything(root, database)
    assert keys_that_are_not_found(database) == 0
    damaged_in_an_index_only = 0
    for place in range(HEADERS + 1000, database.stat().st_size, BLOCK):
        copy = tmp_path / str(place) / "mace.duckdb"
        copy.parent.mkdir()
        with flipped(database, place):
            try:
                write_anew(database, None, copy, None)
            except DatabaseUnavailable:
                continue
            damaged_in_an_index_only += keys_that_are_not_found(database) > 0
        with opened(copy, None) as root:
            assert read_everything(root, copy) == whole
        assert keys_that_are_not_found(copy) == 0
    assert damaged_in_an_index_only


def keys_that_are_not_found(database: Path) -> int:
    """Of two hundred, each asked for by itself, as the tool does."""
    missing = 0
    with opened(database, None) as root:
        for number in range(0, 40_000, 200):
            try:
                found = root.execute(
                    "SELECT count(*) FROM mace.kept WHERE id = md5(?)", [str(number)]
                ).fetchone()
            except duckdb.Error:
                return 1
            missing += found != (1,)
    return missing
