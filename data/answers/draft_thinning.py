"""Once a form was sent, of what one person typed at one question within one minute only the last is kept.

Every pause in typing is a revision, and most say the same words a little shorter. Never thinned are the words of different
people, and what stood beside an answer that was set aside: those say who decided what.
"""

from __future__ import annotations

from data.actor import Writing

_BEFORE, _NEXT = (
    f"{way}({{0}}) OVER (PARTITION BY rows_key, row_id, question_key ORDER BY revision)"
    for way in ("lag", "lead")
)

_PASSED_BY = f"""
SELECT rows_key, row_id, question_key, revision FROM (
    SELECT rows_key, row_id, question_key, revision, saved_by, saved_at, is_set_aside,
        {_NEXT.format("saved_by")} AS next_by, {_NEXT.format("saved_at")} AS next_at,
        {_NEXT.format("is_set_aside")} AS next_aside, {_BEFORE.format("is_set_aside")} AS before_aside
    FROM draft_answer WHERE draft_id = $1
) AS typed
WHERE next_by = saved_by AND date_trunc('minute', next_at) = date_trunc('minute', saved_at)
    AND is_set_aside IS NOT TRUE AND next_aside IS NOT TRUE AND before_aside IS NOT TRUE
"""


def thin(work: Writing, draft_id: str) -> None:
    """The audit trail keeps that each was saved."""
    for row in work.rows(_PASSED_BY, [draft_id]):
        work.connection.run(
            "DELETE FROM draft_answer WHERE draft_id = $1 AND rows_key = $2 AND row_id = $3 AND question_key = $4"
            " AND revision = $5",
            [draft_id, *row.values()],
        )
