"""Hundreds of kills, for `make soak`: `pytest tests/soak/many_kills.py`. MACE_SOAK_KILLS says how many (else 300)."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from tests.backup.keys import KEY
from tests.store.test_a_killed_tool_loses_nothing import assert_nothing_is_lost
from tests.store.writer import acknowledged, kill_while_writing


@pytest.mark.parametrize("key", ["", KEY], ids=["plain", "encrypted"])
def test_hundreds_of_kills_lose_nothing(key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MACE_KEY", key)
    address = str(tmp_path / "database" / "mace.duckdb")
    seed = int(time.time())
    kills, chance, paper = (
        int(os.environ.get("MACE_SOAK_KILLS", "300")),
        random.Random(seed),
        tmp_path / "paper",
    )
    cut_off = 0
    for kill in range(1, kills + 1):
        kill_while_writing(address, paper, chance, longest=0.8, key=key)
        cut_off += Path(f"{address}.before-checkpoint").exists()
        if kill % 10 == 0:
            assert_nothing_is_lost(address, paper)
            print(
                f"seed {seed}: {kill} kills, {cut_off} during a checkpoint, {len(acknowledged(paper))} kept"
            )
    assert cut_off > kills / 20, "too few kills met a checkpoint"
