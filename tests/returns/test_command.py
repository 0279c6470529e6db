"""`python -m data return`, as it is run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from data.database.store import open_store
from tests.factories import a_child_in_oversight

HOME = Path(__file__).parent.parent.parent


def run(address: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "data", "return", *words],
        cwd=HOME, env={**os.environ, "MACE_DATABASE": address}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def test_json_is_the_long_form_of_all_areas_of_pan_merseyside(address: str) -> None:
    store = open_store(address)
    a_child_in_oversight(store, area="st_helens", opened_on=date(2026, 5, 1))
    store.close()
    done = run(address, "--quarter", "2026-27 Q1", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    printed = json.loads(done.stdout)
    assert list(printed) == ["quarter", "definitions", "figures", "narratives", "themes"]
    assert list(dict.fromkeys(f["area"] for f in printed["figures"])) == [
        "Liverpool", "Knowsley", "Sefton", "St Helens", "Wirral", "Total",
    ]  # fmt: skip
    assert {"area": "St Helens", "measure": 2, "breakdown": "judgement=being", "value": 1} in printed[
        "figures"
    ]
    with open_store(address).reading() as connection:
        assert connection.value("SELECT account_id FROM audit WHERE action = 'return viewed'") == "operator"


def test_areas_and_partnership_may_be_named_and_a_table_is_readable(duckdb_address: str) -> None:
    done = run(duckdb_address, "--quarter", "2026-27 Q1", "--area", "Wirral", "--area", "liverpool", "--json")
    assert list(dict.fromkeys(f["area"] for f in json.loads(done.stdout)["figures"])) == [
        "Liverpool", "Wirral", "Total",
    ]  # fmt: skip
    done = run(duckdb_address, "--quarter", "2026-27 Q1", "--partnership", "Sheffield")
    assert done.returncode == 0
    assert "Sheffield, 2026-27 Q1 (1 April 2026 to 30 June 2026)" in done.stdout


def test_it_reads_while_the_tool_holds_the_database(duckdb_address: str) -> None:
    store = open_store(duckdb_address)
    try:
        a_child_in_oversight(store, opened_on=date(2026, 5, 1))
        done = run(duckdb_address, "--quarter", "2026-27 Q1", "--area", "Liverpool", "--json")
    finally:
        store.close()
    assert done.returncode == 0
    assert {"area": "Total", "measure": 2, "breakdown": "total", "value": 1} in json.loads(done.stdout)[
        "figures"
    ]


def test_what_cannot_be_is_said_in_a_sentence_and_nothing_is_printed(duckdb_address: str) -> None:
    for words, sentence in (
        (("--quarter", "2026 Q1"), "Write the quarter as"),
        (("--quarter", "2026-27 Q1", "--area", "Leeds"), "There is no area of that name"),
        (("--quarter", "2026-27 Q1", "--partnership", "Leeds"), "There is no partnership of that name"),
        (
            ("--quarter", "2026-27 Q1", "--area", "Liverpool", "--area", "Sheffield"),
            "areas of one partnership",
        ),
    ):
        done = run(duckdb_address, *words)
        assert (done.returncode, done.stdout) == (2, "")
        assert sentence in done.stderr


def test_a_missing_database_is_said_and_not_made(tmp_path: Path) -> None:
    done = run(str(tmp_path / "none" / "mace.duckdb"), "--quarter", "2026-27 Q1")
    assert done.returncode == 2
    assert "There is no database" in done.stderr
    assert list(tmp_path.iterdir()) == []
