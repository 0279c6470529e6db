"""With a key, nothing that was typed can be read from any file; and whoever runs the tool is told which key is wrong."""

from __future__ import annotations

import logging
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from data.backups.backup import back_up
from data.database import opening, private_copy
from data.database.engine import DatabaseUnavailable
from data.database.keys import KeyRefused, key_of
from data.database.private_copy import files_of, log_of
from data.database.store import Store, open_store
from tests.backup.keys import ANOTHER, KEY
from tests.factories import a_child
from tests.store.test_a_killed_tool_loses_nothing import assert_nothing_is_lost
from tests.store.test_a_torn_file import children_in, tear
from tests.store.writer import acknowledged, kill_while_writing

pytestmark = pytest.mark.slow

WORD = "Wordthatisnowhereelse"
SPILLS = (
    f"CREATE TEMP TABLE spilled AS SELECT '{WORD}' || (i * 7919 % 1000003) || repeat('y', 200) AS s"
    " FROM range(400000) AS t(i)"
)


def holding(word: str, folder: Path) -> set[str]:
    """The files that hold the word, read by another process: ours may hold the database."""
    found = subprocess.run(["grep", "-rlaF", word, str(folder)], capture_output=True, text=True).stdout
    return {Path(line).name for line in found.splitlines()}


@pytest.fixture
def little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = [*opening.SETTINGS, "SET memory_limit = '70MB'", "SET threads = 1"]
    monkeypatch.setattr(opening, "SETTINGS", settings)


def _write_everywhere(store: Store, database: Path, backup: Path, key: str | None) -> None:
    """The word into the database, its log, a backup, and what a large query puts on the disk."""
    a_child(store, name=WORD)
    store.engine.settle()
    a_child(store, name=WORD)
    back_up(database, key, backup)
    cursor = store.engine._cursor()  # type: ignore[attr-defined]
    cursor.execute(SPILLS)
    assert list(opening.spilled_by(database).iterdir()), "nothing was spilled"


@pytest.mark.usefixtures("little_memory")
def test_no_file_holds_a_word_that_was_typed(encrypted: Path, tmp_path: Path) -> None:
    with open_store(str(encrypted)) as store:
        _write_everywhere(store, encrypted, tmp_path / "backup.tar", KEY)
        assert holding(WORD, tmp_path) == set()
        assert Path(f"{encrypted}.wal").exists()
    assert holding(KEY, tmp_path) == set()


@pytest.mark.usefixtures("little_memory")
def test_without_a_key_the_same_search_finds_the_word(duckdb_address: str, tmp_path: Path) -> None:
    database = Path(duckdb_address)
    with open_store(duckdb_address) as store:
        _write_everywhere(store, database, tmp_path / "backup.tar", None)
        found = holding(WORD, tmp_path)
    assert {"mace.duckdb", "mace.duckdb.wal", "backup.tar"} < found
    assert any(name.startswith("duckdb_temp") for name in found)


def test_a_wrong_key_a_missing_key_and_damage_are_told_apart(
    encrypted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(str(encrypted)) as store:
        child_id = a_child(store)
    monkeypatch.setenv("MACE_KEY", ANOTHER)
    with pytest.raises(KeyRefused, match="encrypted with another key"):
        open_store(str(encrypted))
    with pytest.raises(KeyRefused, match=r"database/mace.duckdb was encrypted with another key"):
        open_store(str(encrypted), private_copy=True)
    monkeypatch.delenv("MACE_KEY")
    with pytest.raises(KeyRefused, match=r"is encrypted\. Set MACE_KEY"):
        open_store(str(encrypted))
    monkeypatch.setenv("MACE_KEY", KEY)
    with open_store(str(encrypted)) as store, store.reading() as connection:
        assert connection.values("SELECT child_id FROM child") == [child_id]
    tear(encrypted)
    with pytest.raises(DatabaseUnavailable, match=r"is damaged.*The key is not the reason"):
        open_store(str(encrypted))


def test_an_unencrypted_database_is_not_opened_with_a_key_and_the_operator_is_told_what_to_do(
    duckdb_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MACE_KEY", KEY)
    with pytest.raises(KeyRefused, match=r"is not encrypted.*python -m data new-key"):
        open_store(duckdb_address)


def test_a_key_beside_the_data_or_easily_guessed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, elsewhere = tmp_path / "database" / "mace.duckdb", tmp_path / "key"
    (database.parent / "below").mkdir(parents=True)
    beside, link = database.parent / "below" / "key", tmp_path / "link"
    elsewhere.write_text(f"{KEY}\n")
    beside.write_text(KEY)
    link.symlink_to(beside)
    monkeypatch.setenv("MACE_KEY_FILE", str(elsewhere))
    assert key_of(database) == KEY
    for file in (beside, link):
        monkeypatch.setenv("MACE_KEY_FILE", str(file))
        with pytest.raises(DatabaseUnavailable, match="Keep the key away from the data"):
            key_of(database)
    monkeypatch.setenv("MACE_KEY_FILE", str(tmp_path / "none"))
    with pytest.raises(DatabaseUnavailable, match=r"cannot be read\. Check MACE_KEY_FILE"):
        key_of(database)
    monkeypatch.setenv("MACE_KEY", KEY)
    with pytest.raises(DatabaseUnavailable, match="not both"):
        key_of(database)
    monkeypatch.delenv("MACE_KEY_FILE")
    for weak in ("short", KEY + "\nand a second line"):
        monkeypatch.setenv("MACE_KEY", weak)
        with pytest.raises(DatabaseUnavailable, match="not strong enough") as refused:
            key_of(database)
        assert weak not in str(refused.value)


def test_nobody_is_left_to_believe_that_the_key_encrypts_postgres(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MACE_KEY", KEY)
    with pytest.raises(DatabaseUnavailable, match="encrypt an embedded database only"):
        open_store("postgresql://nobody@localhost/none")


def test_the_key_is_on_no_command_line_and_in_no_log(
    encrypted: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    commands: list[list[str]] = []
    run = subprocess.run

    def noting(command: list[str], **how: Any) -> Any:
        commands.append(command)
        return run(command, **how)

    monkeypatch.setattr(private_copy.subprocess, "run", noting)
    caplog.set_level(logging.DEBUG)
    with open_store(str(encrypted)) as store:
        a_child(store)
        store.engine.settle()
        assert not Path(f"{encrypted}.wal").exists(), "there was no checkpoint"
    assert [command[3] for command in commands] == ["copy", "read"]
    assert KEY not in str(commands)
    assert KEY not in caplog.text


def test_the_cryptography_fetches_nothing_once_the_database_is_open(encrypted: Path) -> None:
    with (
        opening.opened(encrypted, KEY) as root,
        pytest.raises(opening.duckdb.PermissionException),
    ):
        root.execute("SELECT * FROM read_csv('https://127.0.0.1:9/rows.csv')")


def test_a_torn_encrypted_file_goes_back_to_its_copy_and_waits_for_the_right_key(
    encrypted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(str(encrypted)) as store:
        child_id = a_child(store)
    before = Path(f"{encrypted}.before-checkpoint")
    before.mkdir()
    for path in files_of(encrypted):
        shutil.copy(path, before)
    tear(encrypted)
    monkeypatch.setenv("MACE_KEY", ANOTHER)
    with pytest.raises(KeyRefused, match="another key"):
        open_store(str(encrypted))
    assert before.exists()
    monkeypatch.setenv("MACE_KEY", KEY)
    with open_store(str(encrypted)) as store, store.reading() as connection:
        assert connection.values("SELECT child_id FROM child") == [child_id]


def test_a_killed_tool_loses_nothing_of_an_encrypted_database(encrypted: Path, tmp_path: Path) -> None:
    chance, paper = random.Random(3), tmp_path / "paper"
    for _ in range(3):
        kill_while_writing(str(encrypted), paper, chance, key=KEY)
    assert acknowledged(paper)
    assert_nothing_is_lost(str(encrypted), paper)


# A limit on the size of files stands for the full disk: the test needs no right to make a small one.
FILL = """
import resource, sys
from pathlib import Path
from data.database.engine import DiskFull
from data.database.readiness import why_not_ready
from data.database.store import open_store
from tests.store.writer import write_once
store = open_store(sys.argv[1])
print(write_once(store), flush=True)
most = Path(sys.argv[1] + ".wal").stat().st_size + 20_000
resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
try:
    while True:
        print(write_once(store), flush=True)
except DiskFull as full:
    print(full, file=sys.stderr)
    print(why_not_ready(store), file=sys.stderr)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(write_once(store), flush=True)
assert why_not_ready(store) is None
"""


def test_a_full_disk_is_told_in_words_loses_nothing_and_works_again_when_there_is_room(
    encrypted: Path, tmp_path: Path
) -> None:
    filled = subprocess.run([sys.executable, "-c", FILL, str(encrypted)], capture_output=True, text=True)
    assert "The disk of the database is full" in filled.stderr
    assert "is full, or cannot be written to" in filled.stderr
    assert filled.returncode == 0, "nothing could be written when there was room again"
    (tmp_path / "paper").write_text(filled.stdout)
    assert len(filled.stdout.split()) > 2
    assert_nothing_is_lost(str(encrypted), tmp_path / "paper")
    with open_store(str(encrypted)) as store:
        assert a_child(store)


def test_zeros_after_the_log_of_a_database_that_is_encrypted_lose_nothing(encrypted: Path) -> None:
    for number in range(9):  # among so many last bytes some are zeros of their own
        with open_store(str(encrypted)) as store:
            a_child(store)
        with open(log_of(encrypted), "ab") as file:
            file.write(bytes(64 + number))
    with open_store(str(encrypted)) as store:
        assert len(children_in(store)) == 9
