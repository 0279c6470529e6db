"""An operator's decision to go on with a database that lost what was committed to it: audited, and only then usable again."""

from __future__ import annotations

from pathlib import Path

from data.actor import Actor, system_user
from data.database import audit
from data.database.head_file import EntriesMissing, HeadFile, Loss
from data.database.store import open_store


def accept_loss(database: Path) -> Loss | None:
    """Gives what was accepted; None when nothing is missing. Raises `EntriesMissing` for what cannot be accepted."""
    with open_store(str(database), despite_loss=True) as store:
        if store.loss is None:
            return None
        if store.loss.code is None:
            raise EntriesMissing(store.loss.sentence)
        with Actor(store, "operator").writing() as work:
            work.note(audit.Event("loss accepted", detail=f"{store.loss.code}, by {system_user()}"))
        with store.reading() as connection:
            HeadFile(database, store.chain_key).begin(audit.last_link(connection))
        return store.loss
