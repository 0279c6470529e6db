"""Thousands of flipped bytes, for `make soak`: `pytest -s tests/soak/flipped_bytes.py`. MACE_SOAK_FLIPS says how many (else 2,000).

Of a backup, each is found before anything is replaced. Of a database, each is found when it is backed up, or harmless:
then every row and every index is as it was.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from data.backups.backup import back_up
from data.backups.restore import restore
from data.database.engine import DatabaseUnavailable
from data.database.opening import Damaged, opened, read_everything
from data.database.store import open_store
from data.refusal import Problems
from tests.backup.flipping import BLOCK, flipped, places_of
from tests.backup.keys import KEY
from tests.factories import a_child

FLIPS = int(os.environ.get("MACE_SOAK_FLIPS", "2000"))


@pytest.fixture(params=["", KEY], ids=["plain", "encrypted"])
def database(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MACE_KEY", request.param)
    database = tmp_path / "database" / "mace.duckdb"
    with open_store(str(database)) as store:
        for _ in range(5):
            a_child(store)
        store.engine.settle()
        a_child(store)
    return database


def test_each_flipped_byte_of_a_backup_is_found_before_anything_is_replaced(
    database: Path, tmp_path: Path
) -> None:
    backup, key = tmp_path / "backup.tar", os.environ["MACE_KEY"] or None
    back_up(database, key, backup)
    before = {path.name: path.read_bytes() for path in database.parent.glob("mace.duckdb*")}
    places = places_of(backup, FLIPS, random.Random(5))
    for place in places:
        with flipped(backup, place), pytest.raises((Damaged, Problems)):
            restore(database, key, backup)
    assert {path.name: path.read_bytes() for path in database.parent.glob("mace.duckdb*")} == before
    length = backup.stat().st_size
    print(f"backup of {length:,} bytes, {-(-length // BLOCK)} blocks: {len(places):,} flips, all found")


def test_each_flipped_byte_of_a_database_is_found_by_a_backup_or_changes_nothing(database: Path) -> None:
    key = os.environ["MACE_KEY"] or None
    with opened(database, key) as root:
        whole = read_everything(root, database)
    found = 0
    places = places_of(database, max(100, FLIPS // 10), random.Random(6))
    for place in places:
        with flipped(database, place):
            try:
                with opened(database, key) as root:
                    assert read_everything(root, database) == whole
            except DatabaseUnavailable:
                found += 1
    print(
        f"database of {database.stat().st_size:,} bytes: {len(places):,} flips, {found:,} found, the rest harmless"
    )
