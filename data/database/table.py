"""What a table is: its columns, and for a record its history beside it. Which there are is `data.database.records` and `data.database.schema`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

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

    derived: Mapping[str, tuple[str, Callable[[Mapping[str, Any]], Any]]] = field(default_factory=dict)
    """Columns that are worked out from the others with every revision, to search by: type and how. See `data.search_keys`."""

    @property
    def id_column(self) -> str:
        return self.key[0]

    def with_derived(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Returns the record with its derived columns worked out anew."""
        return {**record, **{column: work_out(record) for column, (_, work_out) in self.derived.items()}}

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


def record(
    name: str,
    id_column: str,
    columns: dict[str, str],
    *indexes: str,
    derived: Mapping[str, tuple[str, Callable[[Mapping[str, Any]], Any]]] | None = None,
) -> RecordTable:
    worked_out = {column: kind for column, (kind, _) in (derived or {}).items()}
    return RecordTable(
        name,
        (id_column,),
        {id_column: "text", **columns, **worked_out, **EVERY_RECORD},
        indexes,
        derived=derived or {},
    )
