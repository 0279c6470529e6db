"""Versions of a meeting's minutes: when one is agreed, the revisions that it holds are written down and stand.

Who signs a version, and how its correction begins, is `data.meeting.minutes_signing`.
"""

from __future__ import annotations

from collections.abc import Sequence

from data.actor import Reading, Writing
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import MINUTES_VERSION
from data.database.schema import MINUTES_FROZEN
from data.meeting.pulled_through import latest_assessment
from data.ways.pathway import MINUTES_WAY


def versions(work: Reading, meeting_id: str) -> list[Row]:
    """Every version, the first first."""
    return work.rows("SELECT * FROM minutes_version WHERE meeting_id = $1 ORDER BY version", [meeting_id])


def begin_version(work: Writing, meeting: Row, name: str, reason: str | None = None) -> Row:
    """The next version, by a move of `MINUTES_WAY` that begins one."""
    number = len(versions(work, meeting["meeting_id"])) + 1
    move = MINUTES_WAY.move(name, None, work.account.role, reason)
    version_id = f"{meeting['meeting_id']}:{number}"
    return work.save(
        MINUTES_VERSION,
        {
            "minutes_version_id": version_id, "meeting_id": meeting["meeting_id"], "version": number,
            "state": move.end, "reason": reason,
        },
        Event(move.audit, None, version_id),
        why=reason,
    )  # fmt: skip


def freeze(work: Writing, version: Row, meeting: Row, items: Sequence[Row]) -> None:
    """Write down which revision of each child's minutes and assessment this version holds."""
    version_id = version["minutes_version_id"]
    frozen = []
    for item in items:
        minutes_id, assessment_id, assessment_revision = as_it_stands(work, meeting, item)
        minutes_revision = minutes_id and work.value(
            "SELECT revision FROM minutes_form WHERE record_id = $1", [minutes_id]
        )
        frozen.append(
            {
                "minutes_version_id": version_id, "item_id": item["item_id"], "child_id": item["child_id"],
                "minutes_id": minutes_id, "minutes_revision": minutes_revision, "assessment_id": assessment_id,
                "assessment_revision": assessment_revision,
            }
        )  # fmt: skip
    work.add_many(MINUTES_FROZEN, frozen, Event("minutes frozen", None, version_id))


def as_it_stands(work: Reading, meeting: Row, item: Row) -> tuple[str | None, str | None, int | None]:
    """Of a child on the agenda now: the minutes recorded at the meeting; the assessment discussed, or the latest, and
    its revision."""
    discussed = work.row(
        "SELECT d.discussion_id, d.assessment_id, d.assessment_revision FROM discussion d"
        " JOIN minutes_form f ON f.record_id = d.discussion_id WHERE d.episode_id = $1 AND d.meeting_date = $2",
        [item["episode_id"], meeting["meets_on"]],
    )
    if discussed and discussed["assessment_id"]:
        return discussed["discussion_id"], discussed["assessment_id"], discussed["assessment_revision"]
    minutes_id = discussed["discussion_id"] if discussed else None
    latest = latest_assessment(work, item["child_id"])
    if latest is None:
        return minutes_id, None, None
    return minutes_id, latest["record_id"], latest["revision"]


def frozen_in(work: Reading, version_id: str) -> dict[str, Row]:
    """By agenda item: which revisions the version holds; empty while it is being corrected for the first time."""
    return {
        row["item_id"]: row
        for row in work.rows("SELECT * FROM minutes_frozen WHERE minutes_version_id = $1", [version_id])
    }
