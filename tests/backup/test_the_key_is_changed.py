"""A change of key leaves every row as it was, and the old file until the new one was read."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.backups import anew
from data.backups.key_change import change_key
from data.database.engine import DatabaseUnavailable
from data.database.keys import KeyRefused
from data.database.opening import opened, read_everything
from data.database.store import open_store
from data.trail.audit_reading import verify
from tests.backup.keys import ANOTHER, KEY
from tests.backup.test_what_is_kept_is_encrypted import WORD, holding
from tests.factories import a_child_in_oversight


def everything_but_the_audit(database: Path, key: str | None) -> dict[str, object]:
    with opened(database, key) as root:
        return {table: rows for table, rows in read_everything(root, database).items() if table != "audit"}


def labels(database: Path, key: str | None) -> list[object]:
    with opened(database, key) as root:
        return root.execute(
            "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE database_name = 'mace'"
            " ORDER BY ALL"
        ).fetchall()


def test_a_database_is_encrypted_and_gets_another_key_with_every_row_as_it_was(
    duckdb_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Path(duckdb_address)
    with open_store(duckdb_address) as store:
        a_child_in_oversight(store, name=WORD)
    before, named = everything_but_the_audit(database, None), labels(database, None)
    assert holding(WORD, database.parent)
    change_key(database, None, KEY)
    assert holding(WORD, database.parent) == set()
    change_key(database, KEY, ANOTHER)
    assert everything_but_the_audit(database, ANOTHER) == before
    assert labels(database, ANOTHER) == named
    monkeypatch.setenv("MACE_KEY", KEY)
    with pytest.raises(KeyRefused, match="another key"):
        open_store(duckdb_address)
    monkeypatch.setenv("MACE_KEY", ANOTHER)
    with open_store(duckdb_address) as store:
        assert verify(store).fault is None
        with store.reading() as connection:
            changes = "SELECT count(*) FROM audit WHERE action = 'encryption key changed'"
            assert connection.value(changes) == 2
    assert list(database.parent.glob("*.new-key")) == []


def test_a_change_that_does_not_come_out_the_same_changes_nothing(
    encrypted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything_but_the_audit(encrypted, KEY)
    with pytest.raises(KeyRefused, match="another key"):
        change_key(encrypted, ANOTHER, KEY)
    with monkeypatch.context() as differing:
        differing.setattr(anew, "read_everything", lambda root, database, *name: {database: name})
        with pytest.raises(DatabaseUnavailable, match="Nothing has changed"):
            change_key(encrypted, KEY, ANOTHER)
    assert everything_but_the_audit(encrypted, KEY) == before
    with open_store(str(encrypted)), pytest.raises(DatabaseUnavailable, match="Stop the tool first"):
        change_key(encrypted, KEY, ANOTHER)
