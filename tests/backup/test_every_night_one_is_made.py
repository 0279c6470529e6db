"""The server's backup of the night: when it is due, how many stay, and what is said when it fails."""

from __future__ import annotations

import datetime
import logging
import threading
import time
from pathlib import Path

import pytest

from data.backups.nightly_backup import back_up_tonight, due, start_nightly_backups
from data.backups.restore import restore
from data.database.engine import DatabaseUnavailable
from data.database.engine_duckdb import DuckDBEngine
from data.database.store import Store, open_store
from tests.backup.keys import KEY
from tests.factories import a_child


@pytest.mark.parametrize(
    ("at", "name"),
    [
        ("2026-11-22T01:59Z", "mace-2026-11-21.tar"),
        ("2026-11-22T02:00Z", "mace-2026-11-22.tar"),
        ("2026-11-22T23:00Z", "mace-2026-11-22.tar"),
        ("2026-07-01T00:59Z", "mace-2026-06-30.tar"),  # summer time: two in the morning is 01:00 in UTC
        ("2026-07-01T01:00Z", "mace-2026-07-01.tar"),
    ],
)
def test_a_backup_is_due_from_two_in_the_morning_in_the_united_kingdom(
    at: str, name: str, tmp_path: Path
) -> None:
    assert due(tmp_path, datetime.datetime.fromisoformat(at)) == tmp_path / name
    (tmp_path / name).touch()
    assert due(tmp_path, datetime.datetime.fromisoformat(at)) is None


def test_a_running_server_makes_the_backup_of_the_night_and_keeps_as_many_as_it_is_told(
    encrypted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in ("mace-2020-01-01.tar", "mace-2020-01-02.tar", "of somebody else.tar"):
        (folder / name).touch()
    (folder / "mace-2020-01-03.tar.part-cut-off").touch()
    monkeypatch.setenv("MACE_BACKUP_FOLDER", str(folder))
    monkeypatch.setenv("MACE_BACKUPS_KEPT", "2")
    with open_store(str(encrypted)) as store:
        a_child(store)
        over = start_nightly_backups(store)
        deadline = time.monotonic() + 60
        while (folder / "mace-2020-01-01.tar").exists():
            assert time.monotonic() < deadline, "no backup was made"
            time.sleep(0.05)
        over.set()
    old, new, other = sorted(path.name for path in folder.iterdir())
    assert (old, other) == ("mace-2020-01-02.tar", "of somebody else.tar")
    restore(tmp_path / "elsewhere" / "mace.duckdb", KEY, folder / new)


def test_a_failed_backup_is_logged_without_values_and_removes_none(
    encrypted: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "mace-2020-01-01.tar").touch()
    file = tmp_path / "a file"
    file.touch()
    with open_store(str(encrypted)) as store:
        assert isinstance(store.engine, DuckDBEngine)
        with caplog.at_level(logging.ERROR):
            assert not back_up_tonight(store.engine, file / "mace-2020-01-02.tar", kept=1)
            assert not back_up_tonight(store.engine, tmp_path / "mace-2020-01-01.tar", kept=1)
    assert caplog.text.count("The nightly backup failed") == 2
    assert str(tmp_path) not in caplog.text
    assert (tmp_path / "mace-2020-01-01.tar").exists()


@pytest.mark.parametrize("number", ["none", "0", "-3"])
def test_a_number_of_backups_that_is_none_is_refused_at_the_start(
    number: str, duckdb_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MACE_BACKUPS_KEPT", number)
    with pytest.raises(DatabaseUnavailable, match="as a whole number from 1"):
        start_nightly_backups(duckdb_store)


def test_without_a_folder_there_is_no_backup(duckdb_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:

    monkeypatch.delenv("MACE_BACKUP_FOLDER", raising=False)
    start_nightly_backups(duckdb_store)
    assert "backups" not in {thread.name for thread in threading.enumerate()}
