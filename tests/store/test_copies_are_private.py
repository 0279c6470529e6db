"""Who may open the DuckDB file, and how commands read it while the tool runs."""

import random
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from data.database.engine import DatabaseUnavailable
from data.database.private_copy import private_copy
from data.database.store import Store, open_store
from tests.factories import a_child, an_episode
from tests.store.chain import first_broken_link, records_by_halves
from tests.store.writer import acknowledged, processes, write_for_ever

pytestmark = pytest.mark.slow

OPEN = "import sys; from data.database.store import open_store; open_store(sys.argv[1])"
COPY_AND_WAIT = (
    "import sys, time; from data.database.store import open_store; s = open_store(sys.argv[1], private_copy=True);"
    " print('open', flush=True); time.sleep(60)"
)

opened_by_us: list[str] = []


def _note_opened(event: str, arguments: Any) -> None:
    if event == "open":
        opened_by_us.append(str(arguments[0]))


sys.addaudithook(
    _note_opened
)  # tells of every file that Python opens in this process; DuckDB's own it does not see


def test_a_second_process_is_told_to_stop_the_tool_first(duckdb_store: Store) -> None:
    address = str(duckdb_store.engine.path)  # type: ignore[attr-defined]
    second = subprocess.run([sys.executable, "-c", OPEN, address], capture_output=True, text=True)
    assert second.returncode != 0
    assert "Stop the tool first" in second.stderr
    an_episode(duckdb_store, a_child(duckdb_store))
    duckdb_store.close()
    assert subprocess.run([sys.executable, "-c", OPEN, address]).returncode == 0


def test_the_process_that_holds_the_database_never_opens_its_files_itself(duckdb_store: Store) -> None:
    path: Path = duckdb_store.engine.path  # type: ignore[attr-defined]
    opened_by_us.clear()
    a_child(duckdb_store)
    duckdb_store.engine.settle()
    with open_store(str(path), private_copy=True):
        a_child(duckdb_store)
    assert str(path) + ".copying.lock" in opened_by_us, "the hook hears nothing"
    assert {str(path), f"{path}.wal"}.isdisjoint(opened_by_us)


def test_copies_made_while_the_tool_writes_and_checkpoints_miss_nothing_it_said_was_stored(
    duckdb_address: str, tmp_path: Path
) -> None:
    paper = tmp_path / "paper"
    writer = processes.Process(target=write_for_ever, args=(duckdb_address, str(paper)))
    writer.start()
    try:
        for _ in range(3):
            before = len(acknowledged(paper))
            while len(acknowledged(paper)) < before + random.Random(before).randint(1, 9):
                assert writer.is_alive()
                time.sleep(0.01)
            stored = set(acknowledged(paper))
            with open_store(duckdb_address, private_copy=True) as store, store.reading() as connection:
                assert stored <= set(connection.values("SELECT link_id FROM child_link"))
                assert first_broken_link(connection) is None
                assert records_by_halves(connection) == []
    finally:
        writer.kill()
        writer.join()
    assert list(tmp_path.glob("mace.duckdb.copy-*")) == []


def test_a_copy_of_a_database_that_is_not_open_is_read_just_the_same(duckdb_address: str) -> None:
    with open_store(duckdb_address) as store:
        child_id = a_child(store)
    with open_store(duckdb_address, private_copy=True) as copy, copy.reading() as connection:
        assert connection.values("SELECT child_id FROM child") == [child_id]


def test_what_is_written_to_a_copy_does_not_reach_the_database(duckdb_store: Store) -> None:
    address = str(duckdb_store.engine.path)  # type: ignore[attr-defined]
    with open_store(address, private_copy=True) as copy:
        a_child(copy)
    with duckdb_store.reading() as connection:
        assert connection.value("SELECT count(*) FROM child") == 0


def test_postgres_needs_no_copy(postgres_address: str) -> None:
    with open_store(postgres_address) as tool, open_store(postgres_address, private_copy=True) as command:
        child_id = a_child(tool)
        with command.reading() as connection:
            assert connection.values("SELECT child_id FROM child") == [child_id]


def test_the_copy_of_a_killed_command_is_removed_by_the_next(duckdb_address: str) -> None:
    folder = Path(duckdb_address).parent
    command = subprocess.Popen(
        [sys.executable, "-c", COPY_AND_WAIT, duckdb_address], stdout=subprocess.PIPE, text=True
    )
    assert command.stdout
    assert command.stdout.readline() == "open\n"
    with private_copy(Path(duckdb_address)):
        assert len(list(folder.glob("mace.duckdb.copy-*"))) == 2, "a copy in use was removed"
    command.kill()
    command.wait()
    command.stdout.close()
    assert len(list(folder.glob("mace.duckdb.copy-*"))) == 1
    with private_copy(Path(duckdb_address)):
        pass
    assert list(folder.glob("mace.duckdb.copy-*")) == []


def test_a_command_says_that_the_database_is_missing(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="There is no database at"):
        open_store(str(tmp_path / "none.duckdb"), private_copy=True)
    assert list(tmp_path.iterdir()) == []


def test_no_file_of_the_database_can_be_read_by_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MACE_AUDIT_KEY")
    address = str(tmp_path / "new" / "mace.duckdb")
    with open_store(address) as store:
        a_child(store)
        store.engine.settle()
        a_child(store)
        with open_store(address, private_copy=True):
            found = {path: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").rglob("*")}
    assert any(path.name == "mace.duckdb.wal" for path in found)
    assert any(path.name == "mace.audit-key" for path in found)
    assert {path.name: oct(mode) for path, mode in found.items() if mode & 0o077} == {}


def test_a_missing_audit_key_is_not_made_anew_over_entries_it_could_not_verify(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MACE_AUDIT_KEY")
    address = str(tmp_path / "mace.duckdb")
    with open_store(address) as store:
        a_child(store)
    key = (tmp_path / "mace.audit-key").read_text()
    (tmp_path / "mace.audit-key").unlink()
    with pytest.raises(DatabaseUnavailable, match="key of the audit trail is missing"):
        open_store(address)
    (tmp_path / "mace.audit-key").write_text(key)
    open_store(address).close()
