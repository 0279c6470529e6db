"""What a kill in the middle of a checkpoint can leave behind, made by hand. DuckDB only: see docs/decisions/."""

import logging
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from data.database import checkpoint
from data.database.engine import DatabaseUnavailable
from data.database.private_copy import copying, files_of
from data.database.store import Store, open_store
from tests.factories import a_child

pytestmark = pytest.mark.slow

TEAR = "import sys; f = open(sys.argv[1], 'r+b'); f.seek(4096); f.write(b'x' * 60_000)"


def tear(database: str | Path) -> None:
    """Spoil the file, in a process of its own: ours may hold the database."""
    subprocess.run([sys.executable, "-c", TEAR, str(database)], check=True)


def children_in(store: Store) -> list[str]:
    with store.reading() as connection:
        return connection.values("SELECT child_id FROM child ORDER BY child_id")


@pytest.fixture(scope="module")
def written(duckdb_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A closed database with two children in the file and one in the log of commits; its folder, and their ids."""
    folder = tmp_path_factory.mktemp("written")
    shutil.copytree(duckdb_template.parent, folder, dirs_exist_ok=True)
    with open_store(str(folder / "mace.duckdb")) as store:
        made = [a_child(store), a_child(store)]
        store.engine.settle()
        made.append(a_child(store))
    return folder, sorted(made)


@pytest.fixture
def made(written: tuple[Path, list[str]], duckdb_address: str) -> list[str]:
    """The ids of the children in the database at `duckdb_address`."""
    shutil.copytree(written[0], Path(duckdb_address).parent, dirs_exist_ok=True)
    return list(written[1])


def a_copy_before_the_checkpoint(address: str, name: str = "before-checkpoint") -> Path:
    folder = Path(f"{address}.{name}")
    folder.mkdir()
    for path in files_of(Path(address)):
        shutil.copy(path, folder)
    return folder


def _torn(address: str) -> None:
    a_copy_before_the_checkpoint(address)
    tear(address)


def _torn_and_without_its_log(address: str) -> None:
    _torn(address)
    Path(f"{address}.wal").unlink()


def _torn_while_the_log_was_another(address: str) -> None:
    _torn(address)
    Path(f"{address}.wal").write_bytes(b"")
    Path(f"{address}.wal.checkpoint").write_bytes(b"half")


def _killed_while_taking_back(address: str) -> None:
    a_copy_before_the_checkpoint(address, "taking-back")
    for path in files_of(Path(address)):
        path.unlink()


def _killed_while_taking_back_after_the_log(address: str) -> None:
    a_copy_before_the_checkpoint(address, "taking-back")
    Path(f"{address}.wal").unlink()  # the file alone opens, and has lost what the log held


def _killed_while_copying(address: str) -> None:
    a_copy_before_the_checkpoint(address, "before-checkpoint.part")
    tear(f"{address}.before-checkpoint.part/mace.duckdb")


def _killed_while_dropping_the_copy(address: str) -> None:
    folder = a_copy_before_the_checkpoint(address, "dropped")
    (folder / "mace.duckdb.wal").unlink()


def _killed_after_the_copy(address: str) -> None:
    a_copy_before_the_checkpoint(address)


@pytest.mark.parametrize(
    "happened",
    [
        _torn,
        _torn_and_without_its_log,
        _torn_while_the_log_was_another,
        _killed_while_taking_back,
        _killed_while_taking_back_after_the_log,
        _killed_while_copying,
        _killed_while_dropping_the_copy,
        _killed_after_the_copy,
    ],
)
def test_whatever_a_cut_off_checkpoint_left_everything_is_there_at_the_next_start(
    happened: Callable[[str], None], duckdb_address: str, made: list[str]
) -> None:
    happened(duckdb_address)
    with open_store(duckdb_address) as store:
        assert children_in(store) == made
        made.append(a_child(store))
        assert children_in(store) == sorted(made)
    assert [path.name for path in Path(duckdb_address).parent.iterdir() if path.is_dir()] == []


def test_a_command_reads_the_copy_when_the_file_is_torn_and_the_tool_does_not_run(
    duckdb_address: str, made: list[str]
) -> None:
    _torn(duckdb_address)
    with open_store(duckdb_address, private_copy=True) as store:
        assert children_in(store) == made


@pytest.mark.usefixtures("made")
def test_a_torn_file_without_a_copy_is_refused_in_words(duckdb_address: str) -> None:
    tear(duckdb_address)
    with pytest.raises(DatabaseUnavailable, match="restore the last backup"):
        open_store(duckdb_address)


@pytest.mark.usefixtures("made")
def test_a_file_and_a_copy_that_are_both_torn_are_left_as_they_are(duckdb_address: str) -> None:
    _torn(duckdb_address)
    tear(f"{duckdb_address}.before-checkpoint/mace.duckdb")
    with pytest.raises(DatabaseUnavailable, match="Restore the last backup"):
        open_store(duckdb_address)
    assert Path(f"{duckdb_address}.before-checkpoint/mace.duckdb").exists()


def test_after_a_checkpoint_that_tore_the_file_nothing_is_written_until_the_next_start(
    duckdb_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = str(duckdb_store.engine.path)  # type: ignore[attr-defined]
    made = a_child(duckdb_store)
    monkeypatch.setattr(duckdb_store.engine, "_checkpoint", lambda: tear(address))
    duckdb_store.engine.settle()
    with pytest.raises(DatabaseUnavailable, match="start it again"):
        a_child(duckdb_store)
    duckdb_store.close()
    with open_store(address) as store:
        assert children_in(store) == [made]


def test_a_checkpoint_that_fails_without_harm_stops_nobody(
    duckdb_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OSError("made up")

    monkeypatch.setattr(duckdb_store.engine, "_checkpoint", fail)
    duckdb_store.engine.settle()
    made = [a_child(duckdb_store), a_child(duckdb_store)]
    assert children_in(duckdb_store) == sorted(made)


def test_a_checkpoint_waits_for_space_on_the_disk(
    duckdb_store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path: Path = duckdb_store.engine.path  # type: ignore[attr-defined]
    made = a_child(duckdb_store)
    before = path.with_name(path.name + ".wal").stat().st_size
    monkeypatch.setattr(checkpoint, "KEPT_FREE", 2**60)
    with caplog.at_level(logging.WARNING):
        duckdb_store.engine.settle()
    assert "Too little space" in caplog.text
    assert path.with_name(path.name + ".wal").stat().st_size == before
    assert children_in(duckdb_store) == [made]


def test_a_checkpoint_does_not_run_while_a_copy_is_made_and_does_afterwards(duckdb_store: Store) -> None:
    path: Path = duckdb_store.engine.path  # type: ignore[attr-defined]
    a_child(duckdb_store)
    with copying(path):
        duckdb_store.engine.settle()
        assert path.with_name(path.name + ".wal").exists()
    duckdb_store.engine.settle()
    assert not path.with_name(path.name + ".wal").exists()


def test_readers_go_on_during_a_checkpoint_and_see_what_they_saw(duckdb_store: Store) -> None:
    made = a_child(duckdb_store)
    with duckdb_store.reading() as connection:
        duckdb_store.engine.settle()
        assert connection.values("SELECT child_id FROM child") == [made]
    path: Path = duckdb_store.engine.path  # type: ignore[attr-defined]
    assert not path.with_name(path.name + ".wal").exists()
