"""Which tables say something about a child, and by which column: for how long a record is kept, its deletion and its copy."""

from __future__ import annotations

from collections.abc import Iterator

from data.database.records import DELETION
from data.database.schema import AUDIT, all_tables
from data.database.table import Table

STAYS = {AUDIT.name, DELETION.name, DELETION.history.name}
"""About a child, and kept when the record is deleted: ids, fixed words and numbers."""

NOT_OF_A_CHILD = {
    "account", "meeting", "invitation", "attendance", "weight_set", "narrative", "setting", "session", "ticket",
    "sign_in_failure", "sign_in_question", "minutes_version", "minutes_signature", "seat", "concern", "nomination", "disruption",
    "quarterly_return", "return_version", "published_return", "population", "head_kept", "known_browser",
}  # fmt: skip
"""Tables that say nothing about a child, with their histories. A new table is one of these or is found by `own_column`."""


def own_column(table: Table) -> str | None:
    """The column by which a table's rows are a child's: the child itself, a record of theirs, a draft of theirs.

    A flag is about a child, a place or a person, by their ids in one column.
    """
    return next((c for c in ("child_id", "about_id", "record_id", "draft_id") if c in table.columns), None)


def own_tables() -> Iterator[tuple[Table, str]]:
    """Every table that a deletion empties of a child, with its column."""
    for table in all_tables():
        column = own_column(table)
        if column and table.name not in STAYS:
            yield table, column
