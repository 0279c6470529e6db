"""What one kind of waiting work says of itself, and the SQL that its rows are made of. The kinds are `data.waiting_kinds`."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from data.access.reach import IN_POST_SINCE
from data.accounts import WAITING

CAN_WORK = f"NOT coalesce(a.is_suspended, false) AND a.confirmation IS DISTINCT FROM '{WAITING}'"


def nobody(role: str, of: str = "w.area", besides: str = "true") -> str:
    """Is no account of the role at work in the area (or, for roles without one, in the partnership)?"""
    where = "a.partnership" if role in ("partnership_lead", "administrator") else "a.area"
    return f"NOT EXISTS (SELECT 1 FROM account a WHERE a.role = '{role}' AND {where} = {of} AND {CAN_WORK} AND {besides})"


def person_is_gone(account_id: str, given_at: str) -> str:
    """Suspended, or in another post than when it was given."""
    return (
        f"NOT EXISTS (SELECT 1 FROM account a WHERE a.account_id = {account_id} AND {CAN_WORK}"
        f" AND {IN_POST_SINCE.format('a.account_id')} < {given_at})"
    )


def day(instant: str) -> str:
    return f"CAST({instant} AT TIME ZONE 'Europe/London' AS date)"


@dataclass(frozen=True)
class WaitingKind:
    key: str
    words: str
    """What stands in the list, before the name of the child or the thing."""
    waits_for: str
    """Whom it waits for, in words."""
    roles: tuple[str, ...]
    """Whose it is to do."""
    fallback: tuple[str, ...]
    """Who sees it, and sees to it, when that person is gone or late."""
    late_after: datetime.timedelta
    rows: str
    """SQL, a row for each: about, child_id, named (for what is no child), area, partnership, account_id (the person, if it
    waits for one), since (a day), is_gone (is nobody there to do it?)."""
    url_path: str
    parameter: str = ""
    """Of the address, for `about`; or "child"."""
    stands_in: str = ""
    """The section of My work in which those it waits for have it; empty: with the others, in "Also waiting for you"."""
    late_in: str = ""
    """The section of My work in which the fallback has what is late already; then only what was left is shown again."""
    states: tuple[str, ...] = ()
    """Of `data.ways`, as "way.state": those whose owner this list shows."""


def row(
    about: str, since: str, *, source: str, child_id: str = "NULL", named: str = "NULL", area: str = "NULL",
    partnership: str = "NULL", account_id: str = "NULL", is_gone: str = "false",
) -> str:  # fmt: skip
    return (
        f"SELECT {about} AS about, CAST({child_id} AS text) AS child_id, CAST({named} AS text) AS named,"
        f" CAST({area} AS text) AS area, CAST({partnership} AS text) AS partnership,"
        f" CAST({account_id} AS text) AS account_id, {since} AS since, {is_gone} AS is_gone FROM {source}"
    )
