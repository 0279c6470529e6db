"""A backup of which one byte is not as it was written takes nobody's place, and an index is read as well as the rows.

Many more places are tried by `make soak`: `tests/soak/flipped_bytes.py`.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

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


def test_a_flipped_byte_of_an_index_is_found_though_every_row_can_be_read(tmp_path: Path) -> None:
    database = tmp_path / "mace.duckdb"
    with opened(database, None) as root:
        root.execute(ROWS)
    with opened(database, None) as root:
        whole = read_everything(root, database)
    found_by_rows, found = 0, 0
    for place in range(12_288 + 1000, database.stat().st_size, 256 * 1024):
        with flipped(database, place):
            try:
                with opened(database, None) as root:
                    try:
                        root.execute("SELECT bit_xor(hash(t)) FROM mace.kept AS t").fetchone()
                    except Exception:
                        found_by_rows += 1
                with opened(database, None) as root:
                    assert read_everything(root, database) == whole
            except DatabaseUnavailable:
                found += 1
    assert found > found_by_rows > 0
