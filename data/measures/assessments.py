"""Measure 1: assessments that proceeded to the meeting."""

from __future__ import annotations

from data.measures.measure import Breakdown, Measure, Part, Scope, each, whole
from forms.codes import KIND_OF_EXPLOITATION

ASSESSMENTS = Measure(
    1,
    "Child exploitation assessments that proceeded to the meeting",
    "Submitted assessments first discussed at a meeting held in the quarter, by the kind of exploitation recorded on "
    "the assessment. An assessment is one per episode and assessment date: discussed again it counts once, in the "
    "quarter of its first discussion. A review is a new assessment; a correction is not. A discussion without an "
    "assessment date is not counted and is listed as missing.",
    "assessments",
    "assessed",
    (
        Part(
            (whole("All assessments"), *each("kind", KIND_OF_EXPLOITATION)), ("kind",), "dated = 'yes'"
        ),
        Part(
            (Breakdown("kind=missing", "of them without a kind of exploitation"),),
            where="dated = 'yes' AND kind IS NULL",
            is_missing=True,
        ),
        Part(
            (Breakdown("assessment_date=missing", "discussions without an assessment date, not counted"),),
            where="dated = 'no'",
            is_missing=True,
        ),
    ),
)  # fmt: skip


def source(scope: Scope) -> str:
    """`assessed`: area, child_id, kind, dated.

    The kind is the first recorded along the assessment's discussions: the least of day and kind in one number.
    """
    in_quarter = f"meeting_date BETWEEN {scope.first} AND {scope.last}"
    return f"""
first_discussed AS (
    SELECT episode_id, assessment_date,
        min(CASE kind WHEN 'criminal' THEN 1 WHEN 'sexual' THEN 2 WHEN 'both' THEN 3 END
            + 4 * (meeting_date - DATE '1900-01-01')) % 4 AS kind
    FROM discussion
    WHERE (episode_id, assessment_date) IN (
        SELECT episode_id, assessment_date FROM discussion WHERE {in_quarter} AND assessment_date IS NOT NULL
    )
    GROUP BY episode_id, assessment_date
    HAVING min(meeting_date) >= {scope.first}
),
assessed AS (
    SELECT e.area, e.child_id,
        CASE f.kind WHEN 1 THEN 'criminal' WHEN 2 THEN 'sexual' WHEN 3 THEN 'both' END AS kind, 'yes' AS dated
    FROM first_discussed f JOIN episode e USING (episode_id) WHERE e.area {scope.in_areas}
    UNION ALL
    SELECT e.area, e.child_id, NULL, 'no'
    FROM discussion d JOIN episode e USING (episode_id)
    WHERE d.{in_quarter} AND d.assessment_date IS NULL AND e.area {scope.in_areas}
)"""
