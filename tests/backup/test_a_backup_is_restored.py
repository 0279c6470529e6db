"""The restore drill: back up under writes, wreck the database, restore; and what a restore refuses to do."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

from data.backups.backup import back_up
from data.backups.restore import restore
from data.database import checkpoint
from data.database.engine import DatabaseUnavailable
from data.database.keys import KeyRefused
from data.database.schema import SESSION
from data.database.store import Store, open_store
from data.refusal import Problems
from tests.backup.keys import ANOTHER, KEY
from tests.factories import a_child
from tests.store.chain import ROOT, first_broken_link, records_by_halves
from tests.store.test_a_torn_file import children_in, tear
from tests.store.writer import acknowledged, processes, write_for_ever

pytestmark = pytest.mark.slow


def command(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "data", *words], cwd=ROOT, capture_output=True, text=True, env=os.environ
    )


def wreck(database: Path) -> None:
    tear(database)
    Path(f"{database}.wal").unlink(missing_ok=True)


def test_what_was_stored_before_a_backup_under_writes_is_there_after_the_restore(
    encrypted: Path, tmp_path: Path
) -> None:
    paper, backup = tmp_path / "paper", tmp_path / "backups" / "night.tar"
    backup.parent.mkdir()
    writer = processes.Process(target=write_for_ever, args=(str(encrypted), str(paper), KEY))
    writer.start()
    try:
        while len(acknowledged(paper)) < 20:
            assert writer.is_alive()
            time.sleep(0.01)
        stored = set(acknowledged(paper))
        made = command("backup", str(backup))
        assert "Head of the audit trail: " in made.stdout, made.stderr
        refused = command("restore", str(backup))
        assert "Stop the tool first" in refused.stderr
    finally:
        writer.kill()
        writer.join()
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [path.name for path in backup.parent.iterdir()] == ["night.tar"]
    wreck(encrypted)
    restored = command("restore", str(backup))
    assert "The audit trail is whole" in restored.stdout, restored.stderr
    assert made.stdout.split("Head")[1] in restored.stdout
    with open_store(str(encrypted)) as store, store.reading() as connection:
        assert stored <= set(connection.values("SELECT link_id FROM child_link"))
        assert first_broken_link(connection) is None
        assert records_by_halves(connection) == []
        assert connection.value("SELECT count(*) FROM audit WHERE action = 'database restored'") == 1
    kept = list(encrypted.parent.glob("mace.duckdb.before-restore-*"))
    assert len(kept) == 1
    assert (kept[0] / "mace.duckdb").exists()
    assert "mace.duckdb.restoring" not in os.listdir(encrypted.parent)


@pytest.fixture
def backup(encrypted: Path, tmp_path: Path) -> Path:
    """Of a database with one child; another child was added after it was made."""
    file = tmp_path / "backup.tar"
    with open_store(str(encrypted)) as store:
        a_child(store)
        _sign_in(store)
        back_up(encrypted, KEY, file)
        a_child(store)
    return file


def _sign_in(store: Store) -> None:
    with store.writing() as transaction:
        transaction.connection.insert(SESSION.name, {"token_hash": "a", "account_id": "a"})


def children(database: Path) -> int:
    with open_store(str(database)) as store:
        return len(children_in(store))


def test_a_backup_is_never_written_over_a_file(encrypted: Path, backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(Problems, match="Give the backup another name"):
        back_up(encrypted, KEY, backup)
    assert backup.read_bytes() == before


def test_a_backup_that_is_not_whole_changes_nothing(encrypted: Path, backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    cuts = {
        "half": whole[: len(whole) // 2],
        "without its last part": whole[:-10_240],
        "none": b"",
        "other": b"x" * 9999,
    }
    for name, cut in cuts.items():
        (tmp_path / name).write_bytes(cut)
        with pytest.raises(Problems, match="is not a whole backup of this tool"):
            restore(encrypted, KEY, tmp_path / name)
    spoilt = bytearray(whole)
    with tarfile.open(backup) as tar:
        begins = tar.getmember("mace.duckdb").offset_data + 4096
    spoilt[begins : begins + 60_000] = b"x" * 60_000
    (tmp_path / "spoilt").write_bytes(spoilt)
    with pytest.raises(DatabaseUnavailable, match="spoilt is damaged"):
        restore(encrypted, KEY, tmp_path / "spoilt")
    with pytest.raises(KeyRefused, match=r"backup\.tar was encrypted with another key"):
        restore(encrypted, ANOTHER, backup)
    assert children(encrypted) == 2


def test_whoever_was_signed_in_when_the_backup_was_made_signs_in_again(encrypted: Path, backup: Path) -> None:
    restore(encrypted, KEY, backup)
    with open_store(str(encrypted)) as store, store.reading() as connection:
        assert connection.value("SELECT count(*) FROM session WHERE ended_at IS NULL") == 0
        assert connection.value("SELECT count(*) FROM session") == 1


def test_a_restore_that_was_cut_off_is_finished_at_the_next_start(
    encrypted: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(database: Path, taking_back: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cutting:
        cutting.setattr(checkpoint, "_take_back", cut_off)
        with pytest.raises(KeyboardInterrupt):
            restore(encrypted, KEY, backup)
    assert children(encrypted) == 1


def test_a_restore_keeps_the_log_of_a_database_whose_file_is_missing(encrypted: Path, backup: Path) -> None:
    """Found again, the file and its log are what was stored since the backup."""
    found_again = encrypted.rename(encrypted.with_name("found-again"))
    assert Path(f"{encrypted}.wal").exists()
    kept = restore(encrypted, KEY, backup).kept
    assert kept is not None
    assert children(encrypted) == 1
    found_again.rename(kept / encrypted.name)
    assert children(kept / encrypted.name) == 2


def test_a_backup_is_restored_on_a_machine_that_has_nothing_yet(
    encrypted: Path, backup: Path, tmp_path: Path
) -> None:
    database = tmp_path / "new" / "called-otherwise.duckdb"
    assert restore(database, KEY, backup).kept is None
    assert children(database) == 1


def test_a_backup_whose_audit_trail_was_changed_is_restored_only_when_told_to(
    encrypted: Path, tmp_path: Path
) -> None:
    with open_store(str(encrypted)) as store:
        a_child(store)
        with store.writing() as transaction:
            transaction.connection.run("UPDATE audit SET action = 'something else' WHERE seq = 1")
        back_up(encrypted, KEY, tmp_path / "changed.tar")
        a_child(store)
    with pytest.raises(Problems, match=r"is not as it was written.*--despite-the-audit"):
        restore(encrypted, KEY, tmp_path / "changed.tar")
    assert children(encrypted) == 2
    restored = restore(encrypted, KEY, tmp_path / "changed.tar", despite_the_audit=True)
    assert restored.verdict
    assert restored.verdict.fault
    assert children(encrypted) == 1


def test_without_the_key_of_the_audit_trail_a_restore_says_that_nothing_was_checked(
    encrypted: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MACE_AUDIT_KEY")
    assert restore(encrypted, KEY, backup).verdict is None


@pytest.mark.parametrize("words", [("backup", "b.tar"), ("restore", "b.tar"), ("new-key",)])
def test_for_postgres_its_own_programs_are_named(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    from data.__main__ import main

    monkeypatch.setenv("MACE_DATABASE", "postgresql://nobody@localhost/none")
    said: list[str] = []
    monkeypatch.setattr("data.__main__.said", lambda sentence: said.append(sentence) or 2)
    assert main(list(words)) == 2
    assert "pg_dump" in said[0]
    assert "pg_restore" in said[0]
