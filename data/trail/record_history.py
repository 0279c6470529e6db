"""What changed in a record from revision to revision: who saved it, when and why, with the words before and after.

Whoever calls has checked that the account may see the record.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass

from data.actor import Reading
from data.database.engine import Row
from data.database.table import RecordTable
from forms.form import Form


@dataclass(frozen=True)
class Change:
    at: datetime.datetime
    by: str
    why: str | None
    changed: tuple[tuple[str, str, str], ...]
    """The question, and its answer before and after; before the first revision nothing."""


def changes(
    work: Reading,
    table: RecordTable,
    form: Form,
    record_id: str,
    *,
    state: Callable[[Row], str] | None = None,
    without: Collection[str] = (),
) -> tuple[Change, ...]:
    """The latest first. `state`: the record's state in words; `without`: questions that are kept from this account."""
    revisions = work.revisions(table, record_id)
    rows = work.rows(
        "SELECT account_id, name FROM account WHERE account_id = ANY($1)",
        [[revision["recorded_by"] for revision in revisions]],
    )
    names = {row["account_id"]: row["name"] for row in rows}
    found = []
    for before, after in zip([None, *revisions], revisions, strict=False):
        changed = [
            (q.label, q.as_text(before[q.key]) if before else "", q.as_text(after[q.key]))
            for q in form.questions()
            if q.key not in without and (before[q.key] if before else None) != after[q.key]
        ]
        if state and before and state(before) != state(after):
            changed.append(("State", state(before), state(after)))
        by = names.get(after["recorded_by"], "The operator")
        found.append(Change(after["recorded_at"], by, after["change_reason"], tuple(changed)))
    return tuple(reversed(found))
