"""Fifty people for ten minutes, and two hundred kills while people type; for `make soak`.

MACE_SOAK_SECONDS and MACE_SOAK_KILLS say how long and how many (else 600 and 300).
"""

from __future__ import annotations

import os
import random
import statistics
import time
from pathlib import Path

import pytest

from tests.backup.keys import KEY
from tests.browser.tool import running
from tests.soak.people import Typing, a_tool, assert_every_word_is_there, is_up_again

SECONDS = float(os.environ.get("MACE_SOAK_SECONDS", "600"))
KILLS = int(os.environ.get("MACE_SOAK_KILLS", "300"))
START_UNDER = 5.0
"""Seconds until the tool answers again after a kill: what the people who run it are promised."""


def test_fifty_people_lose_nothing(tmp_path: Path) -> None:
    tool, people = a_tool(tmp_path, 50)
    with running(tool), Typing(people, tool, seed=int(time.time()), pause=2) as typing:
        typing.go_on_for(SECONDS)
    waits = sorted(wait for person in people for wait in person.waits)
    centiles = statistics.quantiles(waits, n=20)
    kept = assert_every_word_is_there(tool, people)
    print(f"{kept} answers of 50 people kept; p50 {centiles[9]:.3f} s, p95 {centiles[18]:.3f} s")
    assert all(person.saved for person in people)


@pytest.mark.parametrize("key", ["", KEY], ids=["plain", "encrypted"])
def test_kills_under_typing_lose_nothing(key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MACE_KEY", key)
    tool, people = a_tool(tmp_path, 8)
    seed = int(time.time())
    chance, starts = random.Random(seed), []
    tool.start()
    with Typing(people, tool, seed) as typing:
        for kill in range(1, KILLS + 1):
            typing.until_somebody_saves()
            typing.go_on_for(chance.uniform(0, 1))
            tool.stop(kill=True)
            starts.append(is_up_again(tool))
            if kill % 10 == 0:
                print(
                    f"seed {seed}: {kill} kills, {typing.many_saved} answers, slowest start {max(starts):.2f} s"
                )
    tool.stop(kill=True)
    assert assert_every_word_is_there(tool, people) >= KILLS
    assert max(starts) < START_UNDER
