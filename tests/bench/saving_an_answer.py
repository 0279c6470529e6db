"""Saving one answer (who asks, may they, the draft, the audit) against its own statements issued bare.

The statements are written down while the tool saves, and replayed on a twin database in one bare transaction each.
Save and replay take turns, so that both meet the same machine.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import Any
from unittest import mock

import duckdb

from data.actor import Actor
from data.answers import drafts
from data.database.engine_duckdb import DuckDBConnection
from data.database.store import Store, open_store
from forms.screening import SCREENING
from tests.factories import a_child, a_link, an_account

QUESTION = "changes_observed"
TIMES = 300
AT_FIRST = 30
"""Not counted: the first ones fill the caches of both."""

Statement = tuple[str, list[Any]]


def ratios() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        draft_id, account = _filled(Path(folder) / "tool.duckdb")
        twin = duckdb.connect(str(_copy(Path(folder) / "tool.duckdb", Path(folder) / "twin.duckdb")))
        store = open_store(str(Path(folder) / "tool.duckdb"))
        try:
            return {
                "saving an answer / its statements bare": _measure(store, account, draft_id, twin),
                "saving an answer / the same without the head file": _with_and_without_head(
                    store, account, draft_id
                ),
            }
        finally:
            store.close()
            twin.close()


def _filled(path: Path) -> tuple[str, str]:
    store = open_store(str(path))
    try:
        actor = an_account(store)
        child_id = a_child(store)
        a_link(store, child_id, actor)
        return drafts.start_draft(actor, SCREENING, child_id), actor.account_id
    finally:
        store.engine.settle()
        store.close()


def _copy(source: Path, target: Path) -> Path:
    target.write_bytes(source.read_bytes())
    log = source.with_name(source.name + ".wal")
    if log.exists():
        target.with_name(target.name + ".wal").write_bytes(log.read_bytes())
    return target


def _measure(store: Store, account_id: str, draft_id: str, twin: duckdb.DuckDBPyConnection) -> float:
    twin.execute("SET wal_autocheckpoint = '1TB'")
    actor = Actor(store, account_id)
    saves, bare = [], []
    for time_round in range(TIMES):
        written: list[Statement] = []
        with _writing_down(written):
            began = time.perf_counter()
            drafts.save_answer(actor, draft_id, QUESTION, f"Typed for the {time_round}th time")
            saves.append(time.perf_counter() - began)
        began = time.perf_counter()
        cursor = twin.cursor()
        cursor.execute("BEGIN TRANSACTION")
        for sql, parameters in written:
            cursor.execute(sql, parameters)
            if sql.startswith("SELECT"):
                cursor.fetchall()
        cursor.execute("COMMIT")
        cursor.close()
        bare.append(time.perf_counter() - began)
    return statistics.median(saves[AT_FIRST:]) / statistics.median(bare[AT_FIRST:])


def _with_and_without_head(store: Store, account_id: str, draft_id: str) -> float:
    """What it costs that the number and hash of the last entry are written beside the database after each commit."""
    actor, head = Actor(store, account_id), store.head
    took: dict[bool, list[float]] = {True: [], False: []}
    for time_round in range(TIMES):
        for is_kept, times in took.items():
            store.head = head if is_kept else None
            began = time.perf_counter()
            drafts.save_answer(
                actor, draft_id, QUESTION, f"Typed again for the {time_round}th time {is_kept}"
            )
            times.append(time.perf_counter() - began)
    store.head = head
    return statistics.median(took[True][AT_FIRST:]) / statistics.median(took[False][AT_FIRST:])


def _writing_down(written: list[Statement]) -> Any:
    """Keep a note of every statement that reaches the database, beside issuing it: not of answers that were remembered."""
    run, rows = DuckDBConnection._run, DuckDBConnection._rows

    def noting_run(self: DuckDBConnection, sql: str, parameters: Any) -> None:
        written.append((sql, list(parameters)))
        run(self, sql, parameters)

    def noting_rows(self: DuckDBConnection, sql: str, parameters: Any) -> Any:
        written.append((sql, list(parameters)))
        return rows(self, sql, parameters)

    return mock.patch.multiple(DuckDBConnection, _run=noting_run, _rows=noting_rows)
