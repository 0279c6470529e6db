"""What must hold of every database, however it was treated: read by the tests that kill, tear and race."""

from __future__ import annotations

from pathlib import Path

from data.database.audit import COLUMNS, START_OF_CHAIN, chained
from data.database.engine import Connection
from data.database.records import RECORDS
from data.database.schema import AUDIT
from tests.conftest import AUDIT_KEY

ROOT = Path(__file__).parent.parent.parent


def first_broken_link(connection: Connection) -> int | None:
    """The place of the first audit entry that does not follow from the one before, or None."""
    previous = START_OF_CHAIN
    entries = connection.rows(f"SELECT {', '.join(COLUMNS)} FROM {AUDIT.name} ORDER BY seq")
    for place, entry in enumerate(entries, start=1):
        if entry["seq"] != place or entry["chain"] != chained(AUDIT_KEY.encode(), previous, entry):
            return place
        previous = entry["chain"]
    return None


def records_by_halves(connection: Connection) -> list[str]:
    """Tables whose latest rows and history disagree, and records that the audit knows nothing of."""
    wrong = []
    for table in RECORDS:
        key = table.id_column
        latest = set(connection.values(f"SELECT concat({key}, ' ', revision) FROM {table.name}"))
        history = set(
            connection.values(
                f"SELECT concat({key}, ' ', max(revision)) FROM {table.history.name} GROUP BY {key}"
            )
        )
        if latest != history:
            wrong.append(table.name)
    return wrong
