"""A browser for the administrator's pages, and a running tool in which something has happened already."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from data.child.children import read_child
from data.database.store import open_store
from tests.browser.fixtures import make_accounts
from tests.browser.tool import Tool, running
from tests.factories import a_child, an_account


class Known(NamedTuple):
    """What the tests need to know of the running tool's database."""

    child_id: str
    person_id: str


@pytest.fixture(scope="session")
def known(
    new_database: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Tool, Known]]:
    """Everybody of `tests.browser.fixtures`, Sam Made-Up, and a child of the same last name whom two have looked at."""
    folder = tmp_path_factory.mktemp("tool")
    address = new_database(folder)
    make_accounts(address)
    with open_store(address) as store:
        person = an_account(
            store, username="sam", name="Sam Made-Up", telephone="0151 496 0000", vetting="bpss"
        )
        child_id = a_child(store, name="Rowan Made-Up", linked_to=person)
        coordinator = an_account(store, "coordinator", name="Kim Example")
        for actor in (person, coordinator):
            read_child(actor, child_id)
    with running(Tool(address, folder / "log")) as tool:
        yield tool, Known(child_id, person.account_id)


@pytest.fixture(scope="session")
def tool(known: tuple[Tool, Known]) -> Tool:
    return known[0]
