"""Noting that somebody looked: once per account, child, page and quarter of an hour, not at every rerun."""

from __future__ import annotations

import datetime

from data.actor import Writing
from data.database.audit import Event

ONCE_IN = datetime.timedelta(minutes=15)


def note_view(work: Writing, action: str, child_id: str | None, record_id: str | None = None) -> None:
    seen = work.rows(  # the same for every view of a child that one page notes
        "SELECT DISTINCT action, record_id FROM audit WHERE happened_at > $1 AND account_id = $2"
        " AND child_id IS NOT DISTINCT FROM $3::text",
        [work.at - ONCE_IN, work.account.account_id, child_id],
    )
    if {"action": action, "record_id": record_id} not in seen:
        work.note(Event(action, child_id, record_id))
