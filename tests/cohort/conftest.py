"""Long histories, each kept once for all tests of a module that only read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from data.database.store import Store, open_store
from tests.cohort.long_histories import History, a_long_history, keep
from tests.conftest import a_postgres_database


class Kept(NamedTuple):
    history: History
    store: Store


@pytest.fixture(scope="module", params=["duckdb-1", "postgres-1", "duckdb-2"])
def kept(
    request: pytest.FixtureRequest,
    new_database: Callable[[Path], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Kept]:
    engine, _, seed = request.param.partition("-")
    history = a_long_history(int(seed))
    with ExitStack() as stack:
        if engine == "duckdb":
            address = new_database(tmp_path_factory.mktemp("long"))
        else:
            address = stack.enter_context(a_postgres_database(request.getfixturevalue("postgres_template")))
        store = open_store(address)
        stack.callback(store.close)
        keep(store, history)
        yield Kept(history, store)
