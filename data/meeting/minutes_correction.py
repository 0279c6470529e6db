"""A correction of recorded minutes: what the child's record says of the discussion follows, what was decided stands.

Corrections are made while a version of the meeting's minutes is being corrected: see `data.meeting.minutes_signing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data.access.rule import check_can_coordinate
from data.actor import Reading, Writing
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import DISCUSSION, EPISODE
from data.database.schema import form_table, rows_table
from data.refusal import Problems
from forms.codes import AREAS_GONE_TO
from forms.minutes import MINUTES

STANDS = ("meeting_date", "decision", "closure_reason", "leds_review_on", "open_actions")
"""Took effect when it was recorded: another decision is the next meeting's to make."""

MOVED_SINCE = ("review_by", "review_reason")
"""May have been moved since by the chairs (`data.after_meeting.reviews`): a correction of something else leaves them as they stand."""

AS_ANSWERED = (
    "assessment_date", "kind", "judgement", "scale", "review_by", "review_reason", "contexts", "escalated", "discussion",
)  # fmt: skip


def said(answers: Mapping[str, Any]) -> Row:
    """What the discussion keeps of the minutes' answers besides the decision."""
    listed = dict(AREAS_GONE_TO)
    areas = [listed[key] for key in answers.get("gone_to") or ()]
    areas += [line.strip() for line in (answers.get("areas_named") or "").replace(";", "\n").splitlines()]
    return {
        "areas_gone_to": list(dict.fromkeys(filter(None, areas))) or None,
        "decision_note": answers.get("prevention_advice") or answers.get("closure_note"),
        **{key: answers.get(key) for key in AS_ANSWERED},
    }


def take_correction(work: Writing, record: Row, answers: Mapping[str, Any]) -> None:
    discussion = work.current(DISCUSSION, record["record_id"])
    if discussion is None or not _is_being_corrected(work, discussion):
        raise Problems(
            "Recorded minutes are corrected from the minutes of the meeting: begin the correction there, with its reason."
        )
    episode = work.current(EPISODE, discussion["episode_id"])
    check_can_coordinate(work, episode["area"] if episode else "", "minutes corrected", record["child_id"])
    table = form_table(MINUTES)
    before = next(
        r for r in work.revisions(table, record["record_id"]) if r["revision"] == record["revision"] - 1
    )
    if any(before[key] != record[key] for key in STANDS):
        raise Problems(
            "The date, the decision and why the child leaves took effect, and stand. The next meeting may decide anew."
        )
    if _actions(work, before) != _actions(work, record):
        raise Problems(
            "Actions that were set are followed up in their own list, and stay in the minutes as set."
        )
    changes = said(answers)
    if all(before[key] == record[key] for key in MOVED_SINCE):
        changes = {key: value for key, value in changes.items() if key not in MOVED_SINCE}
    work.save(
        DISCUSSION,
        {
            "discussion_id": record["record_id"],
            "discussed_at": discussion["discussed_at"] or discussion["recorded_at"],
            **changes,
        },
        Event("discussion corrected", record["child_id"], record["record_id"]),
        why=record["change_reason"],
    )


def _is_being_corrected(work: Reading, discussion: Row) -> bool:
    return bool(
        work.value(
            "SELECT count(*) FROM agenda_item i JOIN meeting m ON m.meeting_id = i.meeting_id"
            " JOIN minutes_version v ON v.meeting_id = m.meeting_id"
            " WHERE i.episode_id = $1 AND m.meets_on = $2 AND v.state = 'correcting' AND i.removed_reason IS NULL",
            [discussion["episode_id"], discussion["meeting_date"]],
        )
    )


def _actions(work: Reading, record: Row) -> list[Row]:
    rows = next(rows for rows in MINUTES.rows() if rows.key == "new_actions")
    columns = ", ".join(question.key for question in rows.questions)
    return work.rows(
        f"SELECT {columns} FROM {rows_table(MINUTES, rows).name} WHERE record_id = $1 AND revision = $2 ORDER BY position",
        [record["record_id"], record["revision"]],
    )
