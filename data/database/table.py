"""What a table is: its columns, and for a record its history beside it. Which there are is `data.database.records` and `data.database.schema`."""

from __future__ import annotations

from dataclasses import dataclass, field

HISTORY = "_history"
"""How the table of all revisions ends, after the name of the table of the latest."""


@dataclass(frozen=True)
class Table:
    name: str
    key: tuple[str, ...]
    columns: dict[str, str]
    """Column → type; types are those of `data.database.engine.type_name`."""
    indexes: tuple[str, ...] = ()
    """Columns to index on PostgreSQL. DuckDB has none: see docs/decisions/."""
    labels: dict[str, str] = field(default_factory=dict)
    """Column → the question's label, kept in the database beside the column."""


@dataclass(frozen=True)
class RecordTable(Table):
    """One row per record: its latest revision. The key is one column."""

    @property
    def id_column(self) -> str:
        return self.key[0]

    @property
    def history(self) -> Table:
        return Table(
            f"{self.name}{HISTORY}", (self.id_column, "revision"), self.columns, self.indexes, self.labels
        )


EVERY_RECORD = {
    "revision": "integer",
    "recorded_at": "timestamptz",
    "recorded_by": "text",
    "change_reason": "text",
}


def record(name: str, id_column: str, columns: dict[str, str], *indexes: str) -> RecordTable:
    return RecordTable(name, (id_column,), {id_column: "text", **columns, **EVERY_RECORD}, indexes)
