"""A workbook with one damaged byte at each of 500 places, one of 1 KB that claims 1,999,999,999 rows and one that unpacks to
200 MB, each read as the tool reads an upload: a plain sentence each, within ten seconds. Run: `pytest -s` this file.
"""

from __future__ import annotations

import io
import time
from pathlib import Path

from data.bring_in.cohort_reading import read_cohort
from data.bring_in.cohort_workbook import CohortRefused, Workbook
from data.bring_in.workbook_process import REFUSALS
from tests.import_.cohorts import another_child, as_workbook, one_child, together
from tests.import_.damaged import damaged, with_row, with_unpacked_size

PLACES = 500
LONGEST = 10.0
"""Seconds."""


def test_a_plain_sentence_each_within_ten_seconds(tmp_path: Path) -> None:
    content = as_workbook(together(one_child(), another_child()), tmp_path / "cohort.xlsx").read_bytes()
    whole, slowest, refused = read_cohort(io.BytesIO(content)), 0.0, 0
    for number in range(PLACES):
        found, took = _read(damaged(content, number * len(content) // PLACES))
        slowest = max(slowest, took)
        refused += isinstance(found, str)
        assert found in REFUSALS.values() or _rows(found) == _rows(whole)
    print(
        f"{PLACES} places: {refused} refused, the others read as they were; the slowest took {slowest:.1f} s"
    )
    for name, made in (
        ("row 1,999,999,999", with_row(1_999_999_999)),
        ("200 MB unpacked", with_unpacked_size(200 * 1024**2)),
    ):
        found, took = _read(made)
        print(f"{name} ({len(made):,} bytes): {took:.1f} s: {found}")
        assert found in REFUSALS.values()
        slowest = max(slowest, took)
    assert slowest < LONGEST


def _read(content: bytes) -> tuple[str | Workbook, float]:
    began = time.monotonic()
    try:
        return read_cohort(io.BytesIO(content)), time.monotonic() - began
    except CohortRefused as refused:
        (problem,) = refused.problems
        return problem.sentence, time.monotonic() - began


def _rows(found: str | Workbook) -> object:
    assert isinstance(found, Workbook)
    return {sheet: [row.values for row in rows] for sheet, rows in found.rows.items()}
