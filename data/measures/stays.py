"""Where an episode stands at quarter end, for the measures that ask it (2, 4, 5, 6, 7 and 9): one pass over the discussions.

An episode closed in the quarter is read as on its last day, any other as at quarter end. What was decided by then counts,
by the dates of meetings and closures; a discussion without a judgement is skipped.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from dateutil.relativedelta import relativedelta

from data.measures.measure import Scope, day


def source(scope: Scope, also: Mapping[str, str] | None = None, *, is_judged: bool = True) -> str:
    """`stay`: episode_id, child_id, area, is_open, closure_reason, code (A 5, B 4 … E 1, not judged 0), over_six_months.
    `also`: further columns, in SQL that aggregates the discussions `d` of the same pass. Without `is_judged` there is neither
    code nor over_six_months, and where nothing else is asked of them the discussions are not read.

    The latest judgement is the greatest of day and judgement in one number. Exploited for over six months: judged A or B
    on or before the last day that lies far enough back, and never other than A or B since.
    """
    relevant = (
        f"e.area {scope.in_areas} AND e.opened_on <= {scope.last}"
        f" AND (e.closed_on IS NULL OR e.closed_on >= {scope.first})"
    )
    long_ago = day(months_and_more_before(scope.quarter.last, 6))
    judged = f"""max(70 - ascii(d.judgement) + 8 * (d.meeting_date - DATE '1900-01-01')) % 8 AS code,
        max(CASE WHEN d.judgement IN ('A', 'B') AND d.meeting_date <= {long_ago} THEN d.meeting_date END) AS exploited,
        max(CASE WHEN d.judgement NOT IN ('A', 'B') THEN d.meeting_date END) AS otherwise"""
    so_judged = """coalesce(t.code, 0) AS code,
        CASE WHEN t.code >= 4 AND t.exploited > coalesce(t.otherwise, DATE '1900-01-01')
            THEN 1 ELSE 0 END AS over_six_months"""
    said = [*([judged] if is_judged else []), *(f"{sql} AS {name}" for name, sql in (also or {}).items())]
    told = [*([so_judged] if is_judged else []), *(f"t.{name}" for name in also or {})]
    talked = f"""talked AS (
    SELECT d.episode_id, {", ".join(said)} FROM episode e JOIN discussion d USING (episode_id)
    WHERE {relevant} AND d.meeting_date <= {scope.last} AND (e.closed_on IS NULL OR d.meeting_date <= e.closed_on)
    GROUP BY d.episode_id
),"""
    return f"""{talked if said else ""}
stay AS (
    SELECT {", ".join(("e.episode_id, e.child_id, e.area, e.opened_on, e.closed_on, e.closure_reason, e.referral_id", *told))},
        e.closed_on IS NULL OR e.closed_on > {scope.last} AS is_open
    FROM episode e {"LEFT JOIN talked t USING (episode_id)" if said else ""} WHERE {relevant}
)"""


def months_and_more_before(last: datetime.date, months: int) -> datetime.date:
    """The latest day to which so many calendar months can be added and still lie before `last`."""
    first = last - relativedelta(months=months) + datetime.timedelta(days=4)
    return next(
        early
        for early in (first - datetime.timedelta(days=n) for n in range(10))
        if early + relativedelta(months=months) < last
    )
