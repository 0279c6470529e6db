"""Noting that somebody looked: once per account, child, page and quarter of an hour, not at every rerun."""

from __future__ import annotations

import datetime

from data.actor import Writing
from data.database.audit import Event

ONCE_IN = datetime.timedelta(minutes=15)


def note_view(work: Writing, action: str, child_id: str | None, record_id: str | None = None) -> None:
    seen = work.value(
        "SELECT count(*) FROM audit WHERE happened_at > $1 AND account_id = $2 AND action = $3"
        " AND child_id IS NOT DISTINCT FROM $4::text AND record_id IS NOT DISTINCT FROM $5::text",
        [work.at - ONCE_IN, work.account.account_id, action, child_id, record_id],
    )
    if not seen:
        work.note(Event(action, child_id, record_id))
