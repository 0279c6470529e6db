"""Measure 8: referrals of children who left the meeting's oversight within the twelve months before."""

from __future__ import annotations

from data.measures.measure import Breakdown, Measure, Part, Scope, whole

REREFERRALS = Measure(
    8,
    "Re-referrals within twelve months",
    "Referrals accepted in the quarter for a child with no open episode on the day the referral was received (an "
    "episode closed on that day is closed), whose latest episode in any area of the partnership closed for a reason "
    "other than moved, at most twelve months before that day: the same day a year on is included, and from "
    "29 February it is 28. Each such referral counts. Pending are those received by quarter end and undecided at it, "
    "otherwise the same.",
    "referrals",
    "rereferred",
    (
        Part((whole("Accepted in the quarter"),), where="stage = 'accepted'"),
        Part((Breakdown("pending", "Apart: undecided at quarter end"),), where="stage = 'pending'"),
    ),
)

DECIDED = "('accepted', 'declined', 'returned')"
"""A referral sent again after being returned is undecided; its state says so."""


def source(scope: Scope) -> str:
    """`rereferred`: area (the referral's), child_id, stage."""
    accepted = f"state = 'accepted' AND decided_on BETWEEN {scope.first} AND {scope.last}"
    return f"""
asked AS (
    SELECT referral_id, child_id, area, received_on, CASE WHEN {accepted} THEN 'accepted' ELSE 'pending' END AS stage
    FROM referral
    WHERE area {scope.in_areas} AND (({accepted})
        OR received_on <= {scope.last} AND (state NOT IN {DECIDED} OR decided_on > {scope.last}))
),
earlier AS MATERIALIZED (
    SELECT a.referral_id, a.area, a.child_id, a.stage, a.received_on, e.area AS left_area, e.opened_on, e.closed_on,
        e.closure_reason, e.episode_id
    FROM asked a JOIN episode e ON e.child_id = a.child_id AND e.opened_on <= a.received_on
        AND e.referral_id IS DISTINCT FROM a.referral_id
),
latest AS (
    SELECT DISTINCT ON (referral_id) * FROM earlier WHERE left_area {scope.in_partnership}
    ORDER BY referral_id, opened_on DESC, closed_on DESC, episode_id DESC
),
rereferred AS (
    SELECT area, child_id, stage FROM latest
    WHERE closure_reason IS DISTINCT FROM 'moved' AND closed_on + INTERVAL '12 months' >= received_on
        AND referral_id NOT IN (
            SELECT referral_id FROM earlier WHERE closed_on IS NULL OR closed_on > received_on
        )
)"""
