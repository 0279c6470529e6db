"""Nothing in the code changes or removes what was recorded: read from the code itself."""

import re
from pathlib import Path

import pytest

from data.database.schema import (
    EXTERNAL_REFERENCE,
    KNOWN_BROWSER,
    SESSION,
    SIGN_IN_FAILURE,
    SIGN_IN_QUESTION,
    TICKET,
)
from tests.store.chain import ROOT

MAY_CHANGE = {
    table.name
    for table in (SESSION, TICKET, SIGN_IN_FAILURE, SIGN_IN_QUESTION, KNOWN_BROWSER, EXTERNAL_REFERENCE)
}
"""What is no record of a child: signing in, and the notes of an import about its own files."""

CHANGES = re.compile(
    r"\b(?:UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?|DROP\s+TABLE|MERGE\s+INTO|OR\s+REPLACE\s+INTO)\s+(?!SET\b)([\w{.]+)"
)
ERASES = {"deletion.py", "draft_thinning.py"}
"""The one place where a child's record is removed, by two people; and what one person typed over within a minute, of a form
that was sent."""

DERIVES = {"schema.py": {"{table.name"}}
"""The one statement that fills columns to search by, which are worked out from the others and say nothing of their own."""

REPLACING = re.compile(r"replacing=|DO UPDATE")


def changed_tables(source: str) -> set[str]:
    return set(CHANGES.findall(source))


def sources() -> list[Path]:
    return [
        path
        for folder in ("data", "pages", "forms", ".")
        for path in (ROOT / folder).glob("**/*.py" if folder != "." else "*.py")
    ]


def test_no_statement_changes_or_removes_a_record() -> None:
    assert len(sources()) > 30
    changed = {
        path.name: changed_tables(path.read_text()) - MAY_CHANGE - DERIVES.get(path.name, set())
        for path in sources()
        if path.name not in ERASES
    }
    assert {name: tables for name, tables in changed.items() if tables} == {}


def test_only_columns_to_search_by_are_filled_in_later() -> None:
    source = (ROOT / "data/database/schema.py").read_text()
    assert len(re.findall(r"UPDATE \{", source)) == 1
    assert 'changes = ", ".join(f"{column} = filled.{column}" for column in columns)' in source
    assert "columns = list(record.derived)" in source


def test_only_the_latest_row_of_a_record_is_replaced_and_in_one_place() -> None:
    assert {path.name for path in sources() if REPLACING.search(path.read_text())} == {
        "engine.py",
        "actor.py",
    }
    assert (ROOT / "data/actor.py").read_text().count("replacing=") == 1


@pytest.mark.parametrize(
    "planted",
    [
        "UPDATE episode_history SET closed_on = $1",
        "DELETE FROM audit",
        'f"DELETE FROM {table.name} WHERE x"',
        "TRUNCATE TABLE child",
        "DROP TABLE audit",
        "INSERT OR REPLACE INTO child_history VALUES (1)",
    ],
)
def test_a_planted_violation_is_found(planted: str) -> None:
    assert changed_tables(planted) - MAY_CHANGE
