import random
from pathlib import Path

import pytest

from data.database.store import open_store
from tests.store.chain import first_broken_link, records_by_halves
from tests.store.writer import acknowledged, kill_while_writing

pytestmark = pytest.mark.slow


def assert_nothing_is_lost(address: str, paper: Path) -> None:
    """Everything acknowledged is there, whole, and the audit chain recomputes."""
    with open_store(address) as store, store.reading() as connection:
        links = set(connection.values("SELECT link_id FROM child_link"))
        answers = connection.rows("SELECT draft_id, count(*) AS answers FROM draft_answer GROUP BY draft_id")
        audited = set(connection.values("SELECT record_id FROM audit"))
        assert set(acknowledged(paper)) <= links
        assert links == {row["draft_id"] for row in answers} == audited
        assert all(row["answers"] == 2 for row in answers)
        assert first_broken_link(connection) is None
        assert records_by_halves(connection) == []


def test_a_killed_duckdb_writer_loses_nothing_it_said_was_stored(duckdb_address: str, tmp_path: Path) -> None:
    chance, paper = random.Random(1), tmp_path / "paper"
    for kill in range(1, 26):
        kill_while_writing(duckdb_address, paper, chance)
        if kill % 5 == 0:
            assert_nothing_is_lost(duckdb_address, paper)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == [], "copies are left behind"


def test_a_killed_postgres_writer_loses_nothing_and_lets_others_write(
    postgres_address: str, tmp_path: Path
) -> None:
    chance, paper = random.Random(2), tmp_path / "paper"
    for _ in range(5):
        kill_while_writing(postgres_address, paper, chance)
    assert_nothing_is_lost(postgres_address, paper)
