"""The area's reviews a page at a time: what is due and late, what was escalated, what is new. For coordinator and manager."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from data import clock
from data.access.restricted import CLOSED_TO, left_out
from data.access.rule import check_has_role
from data.actor import Actor
from data.database.engine import Row
from data.trail.views import note_view
from forms.transitions import is_asked_for

PAGE = 50

WHICH = {
    "overdue": "Overdue",
    "due": "Due within four weeks, and overdue",
    "new": "New significant information",
    "escalated": "Escalated to the chairs",
    "all": "All in the meeting's oversight",
}
_WHERE = {
    "overdue": "d.review_by < $2",
    "due": "(d.review_by IS NULL OR d.review_by <= $3)",
    "new": f"n.episode_id IS NOT NULL AND e.child_id NOT IN ({CLOSED_TO.format(4)})",
    "escalated": f"d.escalated AND e.child_id NOT IN ({CLOSED_TO.format(4)})",
    "all": "true",
}


@dataclass(frozen=True)
class DueReview:
    episode_id: str
    child_id: str
    name: str
    opened_on: datetime.date
    discussed_on: datetime.date | None
    review_by: datetime.date | None
    """None before the first discussion, or when the last one set no date."""
    is_overdue: bool
    is_escalated: bool
    is_new: bool
    """New significant information since the last discussion."""
    strategy_meeting_on: datetime.date | None
    needs_transitions_plan: bool
    """17½ or older on the day of the list, and the last minutes hold neither a plan nor why there is none."""
    who: tuple[str, ...] = ()
    """What stands beside the name: see `data.child_line`."""


def list_reviews(actor: Actor, which: str = "due", page: int = 0) -> tuple[list[DueReview], bool]:
    """Episodes of the account's area in the order of their dates, and whether more follow. The view is audited."""
    today = clock.today()
    with actor.writing() as work:
        check_has_role(work, "reviews listed", "coordinator", "manager")
        note_view(work, "reviews listed", None)
        rows = work.rows(
            _REVIEWS.format(where=_WHERE[which], limit=PAGE + 1, offset=page * PAGE),
            [work.account.area, today, today + clock.FOUR_WEEKS, work.account.account_id],
        )
        return [_review(row, today) for row in left_out(work, rows[:PAGE])], len(rows) > PAGE


def _review(row: Row, today: datetime.date) -> DueReview:
    return DueReview(
        row["episode_id"], row["child_id"], row["name"], row["opened_on"], row["meeting_date"], row["review_by"],
        is_overdue=bool(row["review_by"] and row["review_by"] < today),
        is_escalated=bool(row["escalated"]),
        is_new=row["is_new"],
        strategy_meeting_on=row["strategy_meeting_on"],
        needs_transitions_plan=bool(row["date_of_birth"])
        and is_asked_for(row["date_of_birth"], today)
        and not row["has_plan"],
        who=row["who"],
    )  # fmt: skip


_REVIEWS = """
WITH e AS (
    SELECT episode_id, child_id, opened_on FROM episode WHERE area = $1 AND closed_on IS NULL
), d AS (
    SELECT * FROM (
        SELECT d.*, row_number() OVER (
            PARTITION BY d.episode_id ORDER BY d.meeting_date DESC, d.recorded_at DESC) AS latest
        FROM discussion d JOIN e ON e.episode_id = d.episode_id
    ) AS ordered WHERE latest = 1
), n AS (
    SELECT r.episode_id, max(r.strategy_meeting_on) AS strategy_meeting_on FROM review_change r
    JOIN e ON e.episode_id = r.episode_id LEFT JOIN d ON d.episode_id = r.episode_id
    WHERE r.kind = 'new_information'
    AND (d.episode_id IS NULL OR r.recorded_at > coalesce(d.discussed_at, d.recorded_at))
    GROUP BY r.episode_id
)
SELECT e.episode_id, e.child_id, c.name, c.date_of_birth, e.opened_on, d.meeting_date, d.review_by, d.escalated,
    n.episode_id IS NOT NULL AS is_new, n.strategy_meeting_on,
    m.transitions_plan IS NOT NULL OR m.transitions_plan_missing_reason IS NOT NULL AS has_plan
FROM e JOIN child c ON c.child_id = e.child_id
LEFT JOIN d ON d.episode_id = e.episode_id
LEFT JOIN n ON n.episode_id = e.episode_id
LEFT JOIN minutes_form m ON m.record_id = d.discussion_id
WHERE $2::date <= $3::date AND $4::text IS NOT NULL AND {where}
ORDER BY coalesce(d.review_by, e.opened_on), e.episode_id LIMIT {limit} OFFSET {offset}
"""
