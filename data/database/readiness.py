"""Whether the tool can do its work now: read, and save. For whoever watches it, and for what stands in front of it."""

from __future__ import annotations

from data.database.engine import DatabaseUnavailable
from data.database.store import Store

BEHIND = "The head of the audit trail cannot be written beside the database."


def why_not_ready(store: Store) -> str | None:
    """A sentence that says nothing of what is stored; None when it is ready."""
    try:
        store.engine.check_it_can_write()
        with store.reading() as connection:
            connection.value("SELECT 1")
    except DatabaseUnavailable as unavailable:
        return str(unavailable)
    return BEHIND if store.head and store.head.is_behind else None
