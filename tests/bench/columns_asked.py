"""Which columns a page's queries look at, told by the database's own plans, so that the bare scan beside them is of the same."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from data.actor import Reading
from data.database.engine_duckdb import DuckDBConnection


def columns_asked(work: Reading, page: Callable[[Reading], object]) -> dict[str, list[str]]:
    """Table → its columns. `page` runs once; then what it asked is explained."""
    with _heard() as statements:
        page(work)
    found: dict[str, set[str]] = {}
    for sql, parameters in statements:
        explained = work.rows(f"EXPLAIN (FORMAT json) {sql}", parameters)[0]
        for node in _nodes(json.loads(explained["explain_value"])):
            about = node.get("extra_info") or {}
            if not about.get("Table"):
                continue
            table = about["Table"].split(".")[-1].strip('"')
            named = re.findall(r"\w+", f"{about.get('Projections', '')} {about.get('Filters', '')}")
            found.setdefault(table, set()).update(named)
    return {table: there for table, named in found.items() if (there := _of_table(work, table, named))}


@contextmanager
def _heard() -> Iterator[list[tuple[str, Any]]]:
    heard: list[tuple[str, Any]] = []
    rows = DuckDBConnection._rows

    def listening(self: DuckDBConnection, sql: str, parameters: Any) -> Any:
        heard.append((sql, parameters))
        return rows(self, sql, parameters)

    DuckDBConnection._rows = listening  # type: ignore[method-assign]
    try:
        yield heard
    finally:
        DuckDBConnection._rows = rows  # type: ignore[method-assign]


def _nodes(plan: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in plan:
        yield node
        yield from _nodes(node.get("children", []))


def _of_table(work: Reading, table: str, named: set[str]) -> list[str]:
    there = work.values("SELECT column_name FROM duckdb_columns() WHERE table_name = $1", [table])
    return sorted(named & set(there))
