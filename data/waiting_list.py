"""What waits for an account besides the other lists of My work, and what waits for others who are gone or late."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from data import clock
from data.access.restricted import left_out
from data.actor import Reading
from data.child_line import line
from data.waiting_kind import WaitingKind
from data.waiting_kinds import KINDS
from forms.kinds.date import in_words

SHOWN = 25

_KIND = {kind.key: kind for kind in KINDS}


@dataclass(frozen=True)
class Waits:
    kind: WaitingKind
    about: str
    child_id: str | None
    name: str
    """Of the child, or of what it is about."""
    person: str | None
    """For whom it waits, where that is one person."""
    since: datetime.date
    is_gone: bool
    """Is nobody there to do it?"""
    is_late: bool
    is_mine: bool
    """Is it for this account to do, rather than for somebody who is gone or late?"""


def waiting(work: Reading) -> list[Waits]:
    """For this account: what is its own to do and stands in no other list, and what its role sees to where the person is gone
    or late. The longest first, at most `SHOWN` of each."""
    mine = [kind for kind in KINDS if work.account.role in kind.roles and not kind.stands_in]
    others = [kind for kind in KINDS if work.account.role in kind.fallback]
    return _rows(work, mine, is_mine=True) + _rows(work, others, is_mine=False)


def is_left_or_late(work: Reading, key: str, about: str) -> bool:
    """Is this thing of that kind there for the fallback to see to?"""
    condition = _condition(_KIND[key], is_mine=False, today=clock.today())
    found = f"SELECT count(*) FROM ({_KIND[key].rows}) AS w WHERE w.about = $1 AND {condition}"
    return bool(work.value(found, [about]))


def _rows(work: Reading, kinds: list[WaitingKind], *, is_mine: bool) -> list[Waits]:
    """One question for all of these kinds, so that a home page does not ask twenty. What has no day waits since today."""
    if not kinds:
        return []
    me, today = work.account, clock.today()
    parts = [
        f"SELECT '{kind.key}' AS kind, w.* FROM ({kind.rows}) AS w WHERE (w.area = $1 OR w.partnership = $2)"
        f" AND {_condition(kind, is_mine, today)}"
        for kind in kinds
    ]
    rows = work.rows(
        "SELECT w.*, coalesce(c.name, w.named) AS name, p.name AS person"
        f" FROM ({' UNION ALL '.join(parts)}) AS w LEFT JOIN child c ON c.child_id = w.child_id"
        " LEFT JOIN account p ON p.account_id = w.account_id"
        f" WHERE $3::text IS NOT NULL ORDER BY w.since, w.about LIMIT {SHOWN}",
        [me.area, me.partnership_key, me.account_id],
    )
    return [
        Waits(
            _KIND[row["kind"]], row["about"], row["child_id"], line(row) if row["child_id"] else _named(row["name"]), row["person"], row["since"] or today,
            row["is_gone"], (row["since"] or today) < today - _KIND[row["kind"]].late_after, is_mine,
        )
        for row in left_out(work, rows)
    ]  # fmt: skip


def _condition(kind: WaitingKind, is_mine: bool, today: datetime.date) -> str:
    if is_mine:
        return "(w.account_id IS NULL OR w.account_id = $3)"
    late = f"w.since < DATE '{today - kind.late_after}'"
    return "w.is_gone" if kind.late_in else f"(w.is_gone OR {late})"


def _named(name: str | None) -> str:
    """A meeting is named by its day."""
    try:
        return f"Meeting of {in_words(datetime.date.fromisoformat(name or ''))}"
    except ValueError:
        return name or ""
