"""A running tool whose database holds the world of `tests.access.world`, and people who are signed in to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from data import sessions
from data.store import open_store
from tests.access.world import World
from tests.browser.fixtures import PASSWORD, cookie_of, make_accounts
from tests.browser.tool import Tool, running
from tests.factories import an_account


class Open(NamedTuple):
    tool: Tool
    ids: dict[str, str]
    """What addresses name: the ids of the child and of one of each of the child's records."""


@pytest.fixture(scope="package")
def in_use(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """Besides everybody of `tests.browser.fixtures`, a coordinator and a manager of Wirral are signed in; their cookies
    are those of the `coordinator_elsewhere` and the `manager_elsewhere`."""
    folder = tmp_path_factory.mktemp("tool")
    address = str(folder / "mace.duckdb")
    make_accounts(address)
    with open_store(address) as store:
        for role in ("coordinator", "manager"):
            name = f"{role}_elsewhere"
            an_account(store, role, "wirral", username=name, password_hash="hash")
            ticket = sessions.sign_in(store, name, PASSWORD, lambda password, _: password == PASSWORD)
            assert sessions.redeem(store, ticket, cookie_of(name))
        world = World(store)
        ids = {
            "child": world.child_id, "draft": world.shared, "form": "screening", "record": world.record_id,
            "referral": world.referrals[0], "score": world.after, "meeting": world.meeting_id, "item": world.item_id,
            "account": world.newcomer.account_id,
        }  # fmt: skip
    with running(Tool(address, folder / "log")) as tool:
        yield Open(tool, ids)
