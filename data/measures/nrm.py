"""Measure 10: submissions to the National Referral Mechanism (NRM), and where they were completed."""

from __future__ import annotations

from data.measures.measure import Breakdown, Measure, Part, Scope, each, whole

SUBMITTED = Measure(
    10,
    "National Referral Mechanism (NRM) submissions, and whether completed in a multi-agency forum",
    "NRM referrals with a submission date in the quarter, by whether they were completed in a multi-agency forum. The "
    "area is that of the child's episode open on that day, else the area recorded for the child at that date; the "
    "first area recorded holds for all earlier dates.",
    "submissions",
    "submitted",
    (
        Part(
            (
                whole("All submissions"),
                *each(
                    "multi_agency",
                    (
                        ("yes", "In a multi-agency forum"),
                        ("no", "Not in a multi-agency forum"),
                        ("not_recorded", "Not recorded"),
                    ),
                ),
            ),
            ("multi_agency",),
        ),
        Part(
            (Breakdown("multi_agency=missing", "submissions that do not say where they were completed"),),
            where="multi_agency = 'not_recorded'",
            is_missing=True,
        ),
    ),
)


def source(scope: Scope) -> str:
    """`submitted`: area, child_id, multi_agency."""
    recorded_by_then = "CAST(h.recorded_at AT TIME ZONE 'Europe/London' AS date) <= s.submitted_on"  # a day is a day in the UK
    return f"""
sent AS MATERIALIZED (
    SELECT nrm_id, child_id, submitted_on, multi_agency FROM nrm
    WHERE submitted_on BETWEEN {scope.first} AND {scope.last}
),
open_then AS (
    SELECT DISTINCT ON (s.nrm_id) s.nrm_id, e.area
    FROM sent s JOIN episode e ON e.child_id = s.child_id AND e.opened_on <= s.submitted_on
        AND (e.closed_on IS NULL OR e.closed_on > s.submitted_on)
    ORDER BY s.nrm_id, e.opened_on DESC, e.episode_id DESC
),
lived_then AS (
    SELECT DISTINCT ON (s.nrm_id) s.nrm_id, h.area
    FROM sent s JOIN child_history h ON h.child_id = s.child_id
    ORDER BY s.nrm_id, CASE WHEN {recorded_by_then} THEN h.revision ELSE -h.revision END DESC
),
submitted AS (
    SELECT area, child_id, multi_agency FROM (
        SELECT coalesce(o.area, l.area) AS area, s.child_id,
            CASE WHEN s.multi_agency THEN 'yes' WHEN NOT s.multi_agency THEN 'no' ELSE 'not_recorded' END AS multi_agency
        FROM sent s LEFT JOIN open_then o USING (nrm_id) LEFT JOIN lived_then l USING (nrm_id)
    ) AS placed
    WHERE area {scope.in_areas}
)"""
