"""The rows that figures are counted from: `spell`, a row for each episode, and `standing`, a row for each child who is open.

All as it stood at the end of the day asked for: by the dates of meetings, decisions and closures, and where a record was
changed later (a band, an action's date) by its history. Who is in oversight is decided in `data.measures` alone.
"""

from __future__ import annotations

import datetime

from dateutil.relativedelta import relativedelta

from data.dashboard.asked import Asked
from data.measures import oversight, stays
from data.measures.measure import TOTAL, day
from data.measures.oversight import AGE_FROM

SOON_18 = relativedelta(months=6)
EPOCH = "DATE '1900-01-01'"


def spells(asked: Asked, since: datetime.date | None = None) -> str:
    """`spell`: the episodes open on the day, and those closed on or after `since`. Columns: episode_id, child_id, area,
    is_open, code (A 5 … E 1, not judged 0), over_six_months, opened_on, closed_on, closure_reason, received_on, agency, kind,
    talks (discussions), first_met_on, review_by and is_overdue, scale_first and scale_now, age, band, scored_band,
    weight_set_id, is_override.
    """
    return f"""{stays.source(asked.scope(since))},
talked AS (
    SELECT d.episode_id, count(*) AS talks, min(d.meeting_date) AS first_met_on, max(d.meeting_date) AS met_on,
        count(d.scale) AS scales, min(16 * (d.meeting_date - {EPOCH}) + d.scale) % 16 AS scale_first,
        max(16 * (d.meeting_date - {EPOCH}) + d.scale) % 16 AS scale_now
    FROM stay s JOIN discussion d USING (episode_id) WHERE d.meeting_date <= {asked.last} GROUP BY d.episode_id
),
latest_talk AS (
    SELECT t.episode_id, min(d.review_by) AS review_by, max(d.kind) AS kind
    FROM talked t JOIN discussion d ON d.episode_id = t.episode_id AND d.meeting_date = t.met_on GROUP BY t.episode_id
),
{scored(asked)},
every_spell AS (
    SELECT s.episode_id, s.child_id, s.area, s.is_open, s.code, s.over_six_months, e.opened_on,
        CASE WHEN e.closed_on <= {asked.last} THEN e.closed_on END AS closed_on,
        CASE WHEN e.closed_on <= {asked.last} THEN e.closure_reason END AS closure_reason,
        r.received_on, r.referring_agency AS agency, coalesce(l.kind, r.kind) AS kind, coalesce(t.talks, 0) AS talks,
        t.first_met_on, l.review_by, coalesce(l.review_by < {asked.last}, FALSE) AS is_overdue,
        CASE WHEN t.scales > 1 THEN t.scale_first END AS scale_first, t.scale_now,
        {_age(asked)} AS age, x.band, x.scored_band, x.weight_set_id,
        coalesce(x.is_override, FALSE) AS is_override
    FROM stay s JOIN episode e USING (episode_id) LEFT JOIN child c ON c.child_id = s.child_id
    LEFT JOIN referral r ON r.referral_id = e.referral_id
    LEFT JOIN talked t ON t.episode_id = s.episode_id LEFT JOIN latest_talk l ON l.episode_id = s.episode_id
    LEFT JOIN scored x ON x.child_id = s.child_id
),
spell AS MATERIALIZED (SELECT * FROM every_spell WHERE {asked.condition})"""


def standing(asked: Asked, since: datetime.date | None = None) -> str:
    """`standing`: a row for each child with an open episode, in each area and once under the area Total. The columns of
    `oversight`, code, and of the child's open episodes those of `spell`, the graver or sooner of several; turns_18 (within six
    months).
    """
    is_18, turns_18 = (day(d - relativedelta(years=18)) for d in (asked.on, asked.on + SOON_18))
    together = """
        min(opened_on) AS opened_on, min(agency) AS agency, min(episode_id) AS episode_id,
        CASE WHEN min(kind) <> max(kind) THEN 'both' ELSE min(kind) END AS kind, CAST(sum(talks) AS bigint) AS talks,
        min(review_by) AS review_by, max(CASE WHEN is_overdue THEN 1 ELSE 0 END) = 1 AS is_overdue,
        min(scale_first) AS scale_first, min(scale_now) AS scale_now, min(band) AS band, min(scored_band) AS scored_band,
        min(weight_set_id) AS weight_set_id, max(CASE WHEN is_override THEN 1 ELSE 0 END) = 1 AS is_override"""
    return f"""{spells(asked.unfiltered(), since)}, {oversight.source(asked.scope(since))},
openly AS (
    SELECT area, child_id, {together} FROM spell WHERE is_open GROUP BY area, child_id
    UNION ALL
    SELECT '{TOTAL}', child_id, {together} FROM spell WHERE is_open GROUP BY child_id
),
every_standing AS (
    SELECT v.*, o.code, p.opened_on, p.agency, p.episode_id, p.kind, p.talks, p.review_by, p.is_overdue, p.scale_first, p.scale_now,
        p.band, p.scored_band, p.weight_set_id, p.is_override,
        coalesce(c.date_of_birth > {is_18} AND c.date_of_birth <= {turns_18}, FALSE) AS turns_18
    FROM oversight v JOIN open_child o ON o.child_id = v.child_id AND o.area = v.area
    JOIN openly p ON p.child_id = v.child_id AND p.area = v.area
    LEFT JOIN child c ON c.child_id = v.child_id
),
standing AS MATERIALIZED (SELECT * FROM every_standing WHERE {asked.condition})"""


def by_then(asked: Asked) -> str:
    """Of a row `h` of a history: it stood on the day. A first revision always did, as what was decided before it was typed
    counts from the day that it was decided."""
    return f"(h.revision = 1 OR CAST(h.recorded_at AT TIME ZONE 'Europe/London' AS date) <= {asked.last})"


def scored(asked: Asked, name: str = "scored") -> str:
    """The latest scoring of each child of `stay`, in the band in which the child was handled on that day."""
    return f"""{name} AS (
    SELECT DISTINCT ON (h.child_id) h.child_id, h.handled_band AS band, h.band AS scored_band, h.weight_set_id, h.scoring_id,
        h.override_reason IS NOT NULL AS is_override
    FROM scoring_history h
    WHERE h.child_id IN (SELECT child_id FROM stay) AND h.scored_on <= {asked.last} AND {by_then(asked)}
    ORDER BY h.child_id, h.scored_on DESC, h.scoring_id DESC, h.revision DESC
)"""


def _age(asked: Asked) -> str:
    whens = " ".join(
        f"WHEN c.date_of_birth <= {day(asked.on - relativedelta(years=age))} THEN '{key}'"
        for key, age in AGE_FROM.items()
    )
    return f"CASE {whens} WHEN c.date_of_birth IS NOT NULL THEN 'under_10' END"
