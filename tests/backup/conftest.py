"""An encrypted database for each test, made by copying one, with its key in the environment."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from data.database.store import open_store
from tests.backup.keys import KEY


@pytest.fixture(scope="session")
def encrypted_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("encrypted") / "mace.duckdb"
    with pytest.MonkeyPatch.context() as settings:
        settings.setenv("MACE_KEY", KEY)
        open_store(str(path)).close()
    return path


@pytest.fixture
def encrypted(encrypted_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a fresh encrypted database lies, closed, with nothing else in its folder; MACE_KEY and MACE_DATABASE fit."""
    folder = tmp_path / "database"
    folder.mkdir()
    for part in encrypted_template.parent.glob("mace.duckdb*"):
        shutil.copy(part, folder / part.name)
    monkeypatch.setenv("MACE_KEY", KEY)
    monkeypatch.setenv("MACE_DATABASE", str(folder / "mace.duckdb"))
    return folder / "mace.duckdb"
