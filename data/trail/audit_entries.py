"""Reading the audit trail: for the administrator without what the records say, and who has seen one child.

Whether the trail is whole is `data.trail.audit_reading`; what stands out in it is `data.trail.anomalies`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.access.accounts import check_can_read_audit, check_can_see_who_has_seen
from data.accounts import OPERATOR_ID, ROLES
from data.actor import TOLD_OF, Actor
from data.clock import UK
from data.database.audit import Event
from data.database.engine import Row
from data.trail.audit_reading import Head, Verdict, head, verify
from data.trail.views import note_view
from forms.registry import FORMS

PAGE = 50
ROWS_OF_A_CHILD = 25
LONGEST_SHOWN = 24

IS_A_VIEW = "(action LIKE '%viewed%' OR action LIKE '%compared%' OR action = 'record opened in an emergency' OR action LIKE '%printed%') AND action NOT LIKE 'refused: %'"
"""Of `audit`: somebody looked at a record, or took it away on paper."""

WROTE = "wrote"


@dataclass(frozen=True)
class Asked:
    """Which entries: of one account (id), of one action, of one day in the United Kingdom; None for all."""

    account_id: str | None = None
    action: str | None = None
    day: datetime.date | None = None


@dataclass(frozen=True)
class Shown:
    """An entry as the administrator may read it: no child, no record by name, ids cut to their last six signs."""

    seq: int
    happened_at: datetime.datetime
    account_id: str
    name: str
    role: str
    action: str
    child: str
    record: str
    detail: str


@dataclass(frozen=True)
class Page:
    entries: tuple[Shown, ...]
    more: bool


def entries(actor: Actor, asked: Asked, page: int = 0) -> Page:
    """Newest first, 50 to a page."""
    begins = _midnight(asked.day) if asked.day else None
    ends = _midnight(asked.day + datetime.timedelta(days=1)) if asked.day else None
    with actor.writing() as work:
        check_can_read_audit(work)
        note_view(work, "audit read", None)
        rows = work.rows(
            "SELECT e.*, a.name FROM audit e LEFT JOIN account a ON a.account_id = e.account_id"
            " WHERE ($1::text IS NULL OR e.account_id = $1) AND ($2::text IS NULL OR e.action = $2)"
            " AND ($3::timestamptz IS NULL OR e.happened_at >= $3) AND ($4::timestamptz IS NULL OR e.happened_at < $4)"
            f" ORDER BY e.seq DESC LIMIT {PAGE + 1} OFFSET $5",
            [asked.account_id, asked.action, begins, ends, page * PAGE],
        )
    return Page(tuple(map(_shown, rows[:PAGE])), len(rows) > PAGE)


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.min, UK)


def _shown(row: Row) -> Shown:
    return Shown(
        seq=row["seq"],
        happened_at=row["happened_at"],
        account_id=row["account_id"],
        name=name_of(row),
        role=str(ROLES.get(row["role"], row["role"])),
        action=row["action"],
        child=_short(row["child_id"]),
        record=_short(row["record_id"]),
        detail=""
        if row["child_id"]
        else row["detail"] or "",  # a child's band or score is what a record says
    )


def name_of(row: Mapping[str, Any]) -> str:
    """Whose entry it is, from a row with `account_id` and the account's `name`."""
    if row["account_id"] == OPERATOR_ID:
        return ROLES[OPERATOR_ID]
    return str(row["name"] or "Nobody who has an account")


def _short(record_id: str | None) -> str:
    if record_id is None or len(record_id) <= LONGEST_SHOWN:
        return record_id or ""
    return f"…{record_id[-6:]}"


def actions(actor: Actor) -> list[str]:
    """Every action there is an entry of, to choose from."""
    with actor.reading() as work:
        check_can_read_audit(work)
        return [str(action) for action in work.values("SELECT DISTINCT action FROM audit ORDER BY action")]


def account_named(actor: Actor, username: str) -> str | None:
    """The id behind a user name, for choosing whose entries to read."""
    with actor.reading() as work:
        check_can_read_audit(work)
        found = work.value(
            "SELECT account_id FROM account WHERE lower(username) = lower($1)", [username.strip()]
        )
        return str(found) if found else None


def head_now(actor: Actor) -> Head | None:
    with actor.writing() as work:
        check_can_read_audit(work)
        note_view(work, "audit head read", None)
    return head(actor.store)


def check_chain(actor: Actor, kept: tuple[Head, ...] = ()) -> Verdict:
    """Verify the whole trail; that it was checked, and what was found, is an entry of its own."""
    with actor.reading() as work:
        check_can_read_audit(work)
    verdict = verify(actor.store, kept)
    with actor.writing() as work:
        check_can_read_audit(work)
        work.note(Event("audit checked", detail=verdict.fault.kind if verdict.fault else "whole"))
    return verdict


@dataclass(frozen=True)
class Seen:
    """What one account did with one child's record on one day."""

    name: str
    role: str
    agency: str | None
    what: str
    first: datetime.datetime
    last: datetime.datetime
    times: int


@dataclass(frozen=True)
class SeenPage:
    rows: tuple[Seen, ...]
    more: bool


def who_has_seen(actor: Actor, child_id: str, page: int = 0) -> SeenPage:
    """Who looked at, printed, wrote or was refused this child's record, latest first; 25 rows to a page."""
    with actor.writing() as work:
        check_can_see_who_has_seen(work, child_id)
        note_view(work, "audit of child viewed", child_id)
        rows = work.rows(
            "SELECT s.*, a.name, a.agency FROM (SELECT account_id, role,"
            f" CASE WHEN action LIKE 'refused: %' OR {IS_A_VIEW} THEN action ELSE '{WROTE}' END AS what,"
            " (happened_at AT TIME ZONE 'Europe/London')::date AS day,"
            " min(happened_at) AS first, max(happened_at) AS last, count(*) AS times"
            " FROM audit WHERE child_id = $1 GROUP BY 1, 2, 3, 4) AS s"
            " LEFT JOIN account a ON a.account_id = s.account_id"
            f" ORDER BY s.last DESC, s.account_id, s.what LIMIT {ROWS_OF_A_CHILD + 1} OFFSET $2",
            [child_id, page * ROWS_OF_A_CHILD],
        )
    shown = tuple(
        Seen(
            name_of(row), str(ROLES.get(row["role"], row["role"])), row["agency"], in_words(row["what"]),
            row["first"], row["last"], row["times"],
        )
        for row in rows[:ROWS_OF_A_CHILD]
    )  # fmt: skip
    return SeenPage(shown, len(rows) > ROWS_OF_A_CHILD)


LOOKED_AT = {
    "child viewed": "Looked at the child's page",
    "referral viewed": "Looked at the referral's way",
    "score viewed": "Looked at a score",
    "scores compared": "Compared scores",
    "child over time viewed": "Looked at scores and judgements over time",
    "child opened at the meeting": "Opened the child at the meeting",
    "changes since last time viewed": "Looked at what changed since the last meeting",
    "action viewed": "Looked at an action",
    "review viewed": "Looked at the review date",
    "flags viewed": "Looked at the flags",
    "missing episodes viewed": "Looked at missing episodes and school attendance",
    "nrm viewed": "Looked at the referral to the national referral mechanism (NRM)",
    "link map viewed": "Looked at the map of linked children and concerns",
    "restriction viewed": "Looked at who may open the record",
    "address protection viewed": "Looked at who is given where the child lives",
    "access viewed": "Looked at who reaches the record, and why",
    "retention viewed": "Looked at rights and retention",
    "form printed": "Printed a form",
    "record opened in an emergency": "Opened the record in an emergency",
    "audit of child viewed": "Looked at who has seen the record",
    "record compared with a file": "Compared the record with a file to be brought in",
    TOLD_OF: "Was told that the child is known, without the record",
    WROTE: "Wrote in the record",
}


def in_words(action: str) -> str:
    """An action on a child's record as people say it."""
    if action.startswith("refused: "):
        return f"Was refused ({action.removeprefix('refused: ')})"
    kind, _, key = action.partition(": ")
    title = next((form.title.lower() for form in FORMS if form.key == key), key)
    looked = {"form viewed": f"Looked at: {title}", "draft viewed": f"Looked at a draft of: {title}"}
    return looked.get(kind) or LOOKED_AT.get(action) or action.capitalize()
