"""How long fifty people wait until the screen says that an answer is saved, against one person who types alone."""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from tests.browser.tool import Tool, running
from tests.soak.people import Person, Typing, a_tool

SECONDS = 30.0
PAUSE = 2.0
"""Seconds between two answers of one person, on average: faster than anybody reads the next question."""


def ratios() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        tool, people = a_tool(Path(folder), 50)
        with running(tool):
            alone = _waits(tool, people[-1:], pause=0.2)
            together = _waits(tool, people, PAUSE)
    one = statistics.median(alone)
    centiles = statistics.quantiles(together, n=20)
    print(
        f"alone p50 {one * 1000:.0f} ms; fifty p50 {centiles[9] * 1000:.0f} ms, p95 {centiles[18] * 1000:.0f} ms",
        file=sys.stderr,
    )
    return {
        "a save among fifty people, p50 / alone": centiles[9] / one,
        "a save among fifty people, p95 / alone p50": centiles[18] / one,
    }


def _waits(tool: Tool, people: list[Person], pause: float) -> list[float]:
    for person in people:
        person.waits.clear()
    with Typing(people, tool, seed=1, pause=pause) as typing:
        typing.go_on_for(SECONDS)
    return [wait for person in people for wait in person.waits]
