"""How a DuckDB file is opened: its settings, its key, and what the person who runs the tool is told when it is not.

DuckDB's own messages are read here and go no further.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from data.database.engine import DatabaseUnavailable
from data.database.keys import KeyRefused

SETTINGS = [
    "SET GLOBAL integer_division = true",
    "SET GLOBAL default_null_order = 'postgres'",
    "SET GLOBAL TimeZone = 'UTC'",
    "SET wal_autocheckpoint = '1TB'",
    "PRAGMA disable_checkpoint_on_shutdown",
]
LOCK_DOWN = ("SET GLOBAL enable_external_access = false", "SET GLOBAL lock_configuration = true")

_OF_DUCKDB = {
    "Wrong encryption key": "another key",
    "without a key": "no key",
    "is not encrypted": "not encrypted",
}


def opened(database: Path, key: str | None) -> duckdb.DuckDBPyConnection:
    """The file attached as `mace`, made when it is not there, encrypted when there is a key, and locked down."""
    root = prepared(database, encrypts=key is not None)
    try:
        attach(root, database, "mace", key)
        for setting in LOCK_DOWN:
            root.execute(setting)
    except BaseException:
        root.close()
        raise
    return root


def prepared(database: Path, *, encrypts: bool) -> duckdb.DuckDBPyConnection:
    """A DuckDB with our settings and nothing attached. What it spills to the disk is as encrypted as the database."""
    root = duckdb.connect(":memory:")
    try:
        for setting in SETTINGS:
            root.execute(setting)
        root.execute(f"SET temp_directory = {_quoted(spilled_by(database))}")
        if encrypts:
            root.execute(f"LOAD {_quoted(_cryptography())}")
            root.execute("SET temp_file_encryption = true")
    except duckdb.Error:
        root.close()
        raise DatabaseUnavailable(
            "DuckDB could not be made ready. Install exactly what requirements.txt names: "
            "duckdb and duckdb-extension-httpfs must have the same version."
        ) from None
    return root


def attach(root: duckdb.DuckDBPyConnection, database: Path, name: str, key: str | None) -> None:
    """Raises `KeyRefused`, else `DatabaseUnavailable`."""
    encrypted = f" (ENCRYPTION_KEY {_quoted(key)})" if key is not None else ""
    try:
        root.execute(f"ATTACH {_quoted(database)} AS {name}{encrypted}")
    except duckdb.Error as error:
        raise _why(error, database) from None


def read_everything(root: duckdb.DuckDBPyConnection, database: Path, name: str = "mace") -> dict[str, object]:
    """Every row of every table, as a count and a hash that does not depend on their order. Raises as `attach` does.

    The primary keys' indexes are not visited, whatever is asked of all rows: `data.backups.anew` builds them again.
    """
    tables = "SELECT table_name FROM duckdb_tables() WHERE database_name = ?"
    try:
        return {
            table: root.execute(f"SELECT count(*), bit_xor(hash(t)) FROM {name}.{table} AS t").fetchone()
            for (table,) in root.execute(tables, [name]).fetchall()
        }
    except duckdb.Error as error:
        raise _why(error, database) from None


def spilled_by(database: Path) -> Path:
    """Where a query that is too large for memory puts what it works on."""
    return database.with_name(database.name + ".tmp")


def is_damage(error: Exception) -> bool:
    """A block that is not as it was written. DuckDB asks here whether the key is right; a wrong one never gets so far."""
    return "AES tag" in str(error) or "checksum" in str(error)


class Damaged(DatabaseUnavailable):
    def __init__(self, file: Path) -> None:
        super().__init__(
            f"A part of {file} is damaged: it is not as it was written. The key is not the reason: restore the last "
            "backup that is whole, with python -m data restore FILE"
        )


@contextmanager
def as_said_of(file: Path) -> Iterator[None]:
    """What is wrong with a copy is said of the file that it is a copy of, which people know."""
    try:
        yield
    except KeyRefused as refused:
        raise KeyRefused(file, refused.why) from None
    except Damaged:
        raise Damaged(file) from None


def _why(error: Exception, database: Path) -> DatabaseUnavailable:
    for words, why in _OF_DUCKDB.items():
        if words in str(error):
            return KeyRefused(database, why)
    if "file with version number" in str(error):
        return DatabaseUnavailable(
            f"{database} was written by another version of DuckDB than requirements.txt names, and cannot be read. Nothing "
            "was changed. Start the version of this tool that wrote it, or restore a backup that was made before the "
            "upgrade."
        )
    if is_damage(error):
        return Damaged(database)
    return DatabaseUnavailable(
        f"The database {database} cannot be opened. Check that it is a database of this tool and may be read and "
        "written by you, and that its disk has space; else restore the last backup."
    )


def _cryptography() -> Path:
    """The extension without which DuckDB writes no encrypted file, where pip put it: no network is needed."""
    package = importlib.util.find_spec("duckdb_extension_httpfs")
    places = package.submodule_search_locations if package else None
    return Path((places or ["."])[0]) / "extensions" / f"v{duckdb.__version__}" / "httpfs.duckdb_extension"


def _quoted(words: object) -> str:
    return "'" + str(words).replace("'", "''") + "'"
