"""Whatever becomes of the files of a database, it does not start as if nothing were missing. DuckDB only."""

from __future__ import annotations

import os
import shutil
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from data.__main__ import main
from data.backups.accepted_loss import accept_loss
from data.backups.backup import back_up
from data.backups.key_change import change_key
from data.database import head_file
from data.database.engine import DatabaseUnavailable
from data.database.head_file import EntriesMissing
from data.database.private_copy import head_file_of, log_of
from data.database.readiness import BEHIND, why_not_ready
from data.database.store import Store, open_store
from data.trail.audit_reading import verify
from tests.audit.tampering import tamper
from tests.backup.keys import KEY
from tests.factories import a_child
from tests.store.test_a_torn_file import children_in

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def written(duckdb_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a closed database: two children in the file, three in the log of commits, five entries."""
    folder = tmp_path_factory.mktemp("written")
    shutil.copytree(duckdb_template.parent, folder, dirs_exist_ok=True)
    with open_store(str(folder / "mace.duckdb")) as store:
        for at in range(5):
            a_child(store)
            if at == 1:
                store.engine.settle()
    return folder


@pytest.fixture
def database(written: Path, tmp_path: Path) -> Path:
    shutil.copytree(written, tmp_path, dirs_exist_ok=True)
    return tmp_path / "mace.duckdb"


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith(".lock")}


def _cut_by(number: int) -> Callable[[Path], None]:
    def cut(database: Path) -> None:
        os.truncate(log_of(database), log_of(database).stat().st_size - number)

    return cut


def _emptied(database: Path) -> None:
    os.truncate(log_of(database), 0)


def _log_missing(database: Path) -> None:
    log_of(database).unlink()


def _log_of_zeros(database: Path) -> None:
    log_of(database).write_bytes(bytes(8192))


@pytest.mark.parametrize(
    ("happened", "number"),
    [
        *((_cut_by(number), 1) for number in (1, 20, 100, 1000)),
        (_emptied, 3), (_log_missing, 3), (_log_of_zeros, 3),
    ],
)  # fmt: skip
def test_a_log_that_lost_its_end_is_noticed_with_how_many_entries_and_nothing_starts(
    happened: Callable[[Path], None], number: int, database: Path
) -> None:
    happened(database)
    words = rf"^{number} entr(y|ies) of the audit trail .*missing.*python -m data accept-loss$"
    for attempt in (
        lambda: open_store(str(database)),
        lambda: open_store(str(database), private_copy=True),
        lambda: back_up(database, None, database.with_name("backup.tar")),
        lambda: change_key(database, None, KEY),
    ):
        with pytest.raises(EntriesMissing, match=words):
            attempt()
    assert not database.with_name("backup.tar").exists()


def test_the_whole_log_opens(database: Path) -> None:
    with open_store(str(database)) as store:
        assert len(children_in(store)) == 5


@pytest.mark.parametrize("left", ["the log", "the head file", "both"])
def test_a_missing_or_empty_database_beside_what_is_left_of_it_is_not_an_empty_beginning(
    left: str, database: Path
) -> None:
    database.unlink()
    if left == "the log":
        head_file_of(database).unlink()
    if left == "the head file":
        log_of(database).unlink()
    for _ in range(2):
        before = bytes_of(database.parent)
        with pytest.raises(EntriesMissing, match=r"is missing or empty.*no empty one was put in its place"):
            open_store(str(database))
        assert bytes_of(database.parent) == before
        database.touch()


def test_a_beginning_that_was_cut_off_can_be_begun_again(tmp_path: Path) -> None:
    database = tmp_path / "mace.duckdb"
    head_file.HeadFile(database, b"key").begin(head_file.audit.BEGINNING)
    with open_store(str(database)) as store:
        assert children_in(store) == []


@pytest.mark.parametrize("number", [1, 16, 17, 64, 4096, 100_000])
def test_zeros_after_the_log_lose_nothing_and_writing_goes_on(number: int, database: Path) -> None:
    with open(log_of(database), "ab") as file:
        file.write(bytes(number))
    with open_store(str(database)) as store:
        assert len(children_in(store)) == 5
        a_child(store)
    with open_store(str(database)) as store:
        assert len(children_in(store)) == 6
        assert verify(store).fault is None


def test_an_operator_may_accept_the_loss_and_the_trail_keeps_that_it_was(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MACE_DATABASE", str(database))
    _log_missing(database)
    assert main(["verify"]) == 1
    assert capsys.readouterr().out.startswith("3 entries of the audit trail")
    assert main(["accept-loss"]) == 0
    assert "entries 3 to 5" in capsys.readouterr().out
    with open_store(str(database)) as store:
        assert len(children_in(store)) == 2
        with store.reading() as connection:
            said = connection.value("SELECT detail FROM audit WHERE action = 'loss accepted'")
        assert said.startswith("entries 3 to 5, by ")
        a_child(store)
    assert main(["verify"]) == 0
    assert main(["accept-loss"]) == 1


@pytest.mark.parametrize("happened", ["missing", "emptied", "changed", "of another key"])
def test_without_its_head_file_nobody_can_tell_and_that_is_said(happened: str, database: Path) -> None:
    file = head_file_of(database)
    if happened == "missing":
        file.unlink()
    elif happened == "emptied":
        os.truncate(file, 0)
    elif happened == "changed":
        whole = file.read_bytes()
        file.write_bytes(b"1" + whole[1 : head_file.SLOT] + b"1" + whole[head_file.SLOT + 1 :])
    else:
        head_file.HeadFile(database, b"another key").begin(head_file.audit.BEGINNING)
    with pytest.raises(EntriesMissing, match=r"cannot be told.*ends with entry 5"):
        open_store(str(database))
    assert accept_loss(database)
    open_store(str(database)).close()


def test_a_torn_write_of_the_head_file_leaves_the_one_before(database: Path) -> None:
    with open_store(str(database)) as store:
        a_child(store)
        a_child(store)
    whole = head_file_of(database).read_bytes()
    for torn in (bytes(head_file.SLOT) + whole[head_file.SLOT :], whole[: head_file.SLOT] + bytes(100)):
        head_file_of(database).write_bytes(torn)
        with open_store(str(database)) as store:
            assert len(children_in(store)) == 7


def test_an_older_copy_in_the_place_of_the_database_is_noticed_though_it_was_written_to(
    written: Path, database: Path
) -> None:
    elsewhere = database.parent / "elsewhere"
    shutil.copytree(written, elsewhere)
    for place, children in ((elsewhere / "mace.duckdb", 3), (database, 2)):
        with open_store(str(place)) as store:
            for _ in range(children):
                a_child(store)
    for path in (database, log_of(database)):
        shutil.copy(elsewhere / path.name, path)
    with pytest.raises(EntriesMissing, match="is another database, or an older one"):
        open_store(str(database))


def test_a_database_of_before_there_were_head_files_opens_and_gets_one(database: Path) -> None:
    tamper(str(database), "DROP TABLE head_kept", "CHECKPOINT")
    head_file_of(database).unlink()
    with open_store(str(database)) as store:
        assert len(children_in(store)) == 5
    head_file_of(database).unlink()
    with pytest.raises(EntriesMissing, match="cannot be told"):
        open_store(str(database))


def test_a_head_file_that_cannot_be_written_stops_nobody_and_is_said(
    duckdb_store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    file = head_file_of(duckdb_store.engine.path)  # type: ignore[attr-defined]
    file.unlink()
    file.mkdir()
    a_child(duckdb_store)
    a_child(duckdb_store)
    assert caplog.text.count("could not be written beside the database") == 1
    assert why_not_ready(duckdb_store) == BEHIND
    file.rmdir()
    a_child(duckdb_store)
    assert why_not_ready(duckdb_store) is None
    assert file.is_file()


def test_another_key_of_the_audit_trail_is_found_at_the_start(
    store: Store, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_child(store)
    store.close()
    monkeypatch.setenv("MACE_AUDIT_KEY", "a key for other tests only")
    with pytest.raises(DatabaseUnavailable, match="The key of the audit trail is not the one"):
        open_store(address)
    monkeypatch.undo()
    open_store(address).close()


@pytest.mark.parametrize(
    "widened", ["ALTER TABLE child ADD COLUMN of_tomorrow text", "CREATE TABLE of_tomorrow (id text)"]
)
def test_the_file_of_a_newer_version_is_refused_untouched(widened: str, database: Path) -> None:
    tamper(str(database), widened)
    before = bytes_of(database.parent)
    for private_copy in (False, True):
        with pytest.raises(
            DatabaseUnavailable, match=r"by a newer version of this tool\. Nothing was changed"
        ):
            open_store(str(database), private_copy=private_copy)
    assert bytes_of(database.parent) == before


def checksum_of(block: bytes) -> int:
    """DuckDB's own, of a whole number of eight bytes."""
    found = 5381
    for (word,) in struct.iter_unpack("<Q", block):
        found ^= word * 0xBF58476D1CE4E5B9 % 2**64
    return found


def test_a_file_of_another_version_of_duckdb_is_said_to_be_one(database: Path) -> None:
    with open(database, "r+b") as file:
        header = bytearray(file.read(4096))
        header[12:20] = (200).to_bytes(8, "little")
        header[:8] = checksum_of(bytes(header[8:])).to_bytes(8, "little")
        file.seek(0)
        file.write(header)
    before = bytes_of(database.parent)
    with pytest.raises(DatabaseUnavailable, match="by another version of DuckDB"):
        open_store(str(database))
    assert bytes_of(database.parent) == before


def test_a_log_is_cut_at_any_commit_and_never_opens_as_if_it_were_whole(database: Path) -> None:
    """At places spread over the log: either everything is there, or the loss is said."""
    whole = log_of(database).read_bytes()
    for length in range(0, len(whole), max(1, len(whole) // 12)):
        log_of(database).write_bytes(whole[:length])
        with pytest.raises(DatabaseUnavailable):
            open_store(str(database))
    log_of(database).write_bytes(whole)
    with open_store(str(database)) as store:
        assert len(children_in(store)) == 5
