"""Who is on a meeting's agenda, and why: proposed by what is due, ordered and removed by the coordinator.

Source: pathway.md 4, 7 and 8.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from data.access.restricted import check_is_named, closed_to_me, left_out
from data.actor import Actor, Reading, Writing
from data.concern.nominations import marthr_feedback
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import AGENDA_ITEM
from data.meeting.invitations import REACHES
from data.meeting.meeting_keeping import BEFORE_IT_IS_HELD, found, meeting_to_run, on_the_agenda
from data.refusal import Problems
from data.scores.band_reading import band_read_in_sql, enough_known
from data.settings import value
from data.trail.views import note_view
from forms.bands import bands_on
from forms.meeting import WHY_ON_AGENDA
from scoring import NOT_ENOUGH_KNOWN

SCHEDULING = ("new", "review", "review_soon")
"""What is said of a restricted child to who is not named: no more than an agenda needs."""


@dataclass(frozen=True)
class Candidate:
    """A child in the area's oversight who is not on the agenda."""

    episode_id: str
    child_id: str
    name: str
    why: tuple[str, ...]
    """Keys of `forms.meeting.WHY_ON_AGENDA`; empty when nothing asks for the child to be discussed."""
    removed_reason: str | None
    """Why the coordinator removed the child from this agenda."""
    who: tuple[str, ...] = ()
    """What stands beside a child's name: see `data.child_line`."""


@dataclass(frozen=True)
class Agenda:
    items: tuple[Row, ...]
    """In order: item_id, episode_id, child_id, name, why, position."""
    proposed: tuple[Candidate, ...]
    removed: tuple[Candidate, ...]
    others: tuple[Candidate, ...]
    """In oversight with nothing due; the coordinator may choose them all the same."""


def read_agenda(actor: Actor, meeting_id: str) -> Agenda:
    """The agenda as it stands. Candidates are found only until the meeting is held, and not for who is invited: they reach
    the children on the agenda and no others. The view is audited."""
    with actor.writing() as work:
        meeting = found(work, meeting_id)
        note_view(work, "agenda viewed", None, meeting_id)
        is_open = meeting["state"] in BEFORE_IT_IS_HELD and work.account.role not in REACHES
        candidates = candidates_for(work, meeting) if is_open else []
        removed = [c for c in candidates if c.removed_reason]
        return Agenda(
            items=tuple(on_the_agenda(work, meeting_id)),
            proposed=tuple(c for c in candidates if c.why and not c.removed_reason),
            removed=tuple(removed),
            others=tuple(c for c in candidates if not c.why and not c.removed_reason),
        )


def add(actor: Actor, meeting_id: str, episode_ids: Sequence[str]) -> None:
    """Put children at the end of the agenda, with why they were proposed, or as the coordinator's own choice."""
    with actor.writing() as work:
        meeting = meeting_to_run(work, meeting_id, *BEFORE_IT_IS_HELD)
        candidates = {c.episode_id: c for c in candidates_for(work, meeting)}
        last = max((item["position"] for item in on_the_agenda(work, meeting_id)), default=0)
        for position, episode_id in enumerate(episode_ids, last + 1):
            chosen = candidates.get(episode_id)
            if chosen is None:
                raise Problems("Select a child in your area's oversight who is on no other agenda")
            item_id = f"{meeting_id}:{episode_id}"
            work.save(
                AGENDA_ITEM,
                {
                    "item_id": item_id, "meeting_id": meeting_id, "episode_id": episode_id,
                    "child_id": chosen.child_id, "why": list(chosen.why) or ["chosen"], "position": position,
                    "removed_reason": None,
                },
                Event("put on the agenda", chosen.child_id, item_id),
            )  # fmt: skip


def remove(actor: Actor, item_id: str, reason: str) -> None:
    with actor.writing() as work:
        item = _item_to_run(work, item_id)
        check_is_named(work, item["child_id"], "removed from the agenda")
        if not reason.strip():
            raise Problems("Enter why the child is removed from the agenda")
        work.save(
            AGENDA_ITEM,
            {"item_id": item_id, "removed_reason": reason.strip()},
            Event("removed from the agenda", item["child_id"], item_id),
        )


def put_at(actor: Actor, item_id: str, place: int) -> None:
    """Put the child at that place of the order, 1 for the first; the others keep theirs among themselves."""
    with actor.writing() as work:
        moved = _item_to_run(work, item_id)
        items = on_the_agenda(work, moved["meeting_id"])
        if not 1 <= place <= len(items):
            raise Problems(f"Enter a place from 1 to {len(items)}")
        order = [item for item in items if item["item_id"] != item_id]
        order.insert(place - 1, moved)
        for position, item in enumerate(order, 1):
            if item["position"] != position:
                work.save(
                    AGENDA_ITEM,
                    {"item_id": item["item_id"], "position": position},
                    Event("agenda ordered", item["child_id"], item["item_id"]),
                )


def _item_to_run(work: Writing, item_id: str) -> Row:
    item = work.current(AGENDA_ITEM, item_id)
    meeting_to_run(work, item["meeting_id"] if item else "", *BEFORE_IT_IS_HELD)
    if item is None or item["removed_reason"] is not None:
        raise Problems("This child is no longer on the agenda. Open the meeting again to see it.")
    return item


def candidates_for(work: Reading, meeting: Row) -> list[Candidate]:
    """Every child in the area's oversight who is neither on this agenda nor on that of another meeting to come.

    A change counts when it was recorded after the last discussion was. What asks for the child soonest comes first.
    """
    rows = work.rows(
        _CANDIDATES,
        [
            meeting["area"], meeting["meets_on"], meeting["meeting_id"], list(BEFORE_IT_IS_HELD),
            _next_meeting(work, meeting), enough_known(work, meeting["area"]),
        ],
    )  # fmt: skip
    feedback = marthr_feedback(work, meeting["area"])
    closed = closed_to_me(work, [row["child_id"] for row in rows])
    candidates = [
        Candidate(
            row["episode_id"],
            row["child_id"],
            row["name"],
            _why(row, feedback.get(row["episode_id"]), row["child_id"] in closed),
            "Removed" if row["removed_reason"] and row["child_id"] in closed else row["removed_reason"],
            row["who"],
        )
        for row in left_out(work, rows)
    ]
    return sorted(
        candidates, key=lambda c: list(dict(WHY_ON_AGENDA)).index(c.why[0]) if c.why else len(WHY_ON_AGENDA)
    )


def _next_meeting(work: Reading, meeting: Row) -> datetime.date:
    """The day of the area's next one, else the latest that it may be on: a review that falls before it would be late by then."""
    met: datetime.date = meeting["meets_on"]
    planned: datetime.date | None = work.value(
        "SELECT min(meets_on) FROM meeting WHERE area = $1 AND meets_on > $2 AND state = ANY($3)",
        [meeting["area"], met, list(BEFORE_IT_IS_HELD)],
    )
    every = {"weekly": relativedelta(weeks=1), "monthly": relativedelta(months=1)}
    return planned or met + every[value(work, meeting["area"], "frequency")]


def _why(row: Row, feedback: str | None, is_closed: bool) -> tuple[str, ...]:
    """Feedback that is only waited for proposes nobody: it is said beside another reason."""
    if is_closed:
        return tuple(key for key in SCHEDULING if row[f"is_{key}"])
    why = [key for key in _PROPOSED_BY if row[f"is_{key}"]]
    if feedback == "arrived" or (feedback and why):
        why.append(f"marthr_{feedback}")
    return tuple(why)


_PROPOSED_BY = tuple(key for key, _ in WHY_ON_AGENDA if key != "chosen" and not key.startswith("marthr_"))

_BAND_READ = band_read_in_sql("s", bands_on(datetime.date.max), "$6::integer")

_CANDIDATES = f"""
WITH open_episode AS (
    SELECT episode_id, child_id, opened_on FROM episode WHERE area = $1 AND closed_on IS NULL
), discussed AS (
    SELECT * FROM (
        SELECT d.episode_id, d.review_by, d.judgement, d.escalated,
            coalesce(d.discussed_at, d.recorded_at) AS recorded_at, row_number() OVER (
            PARTITION BY d.episode_id ORDER BY d.meeting_date DESC, d.recorded_at DESC) AS latest
        FROM discussion d JOIN open_episode e ON e.episode_id = d.episode_id
    ) AS ordered WHERE latest = 1
), assessed AS (
    SELECT * FROM (
        SELECT a.child_id, a.judgement, a.recorded_at, row_number() OVER (
            PARTITION BY a.child_id ORDER BY a.assessed_on DESC, a.recorded_at DESC) AS latest
        FROM assessment_form a JOIN open_episode e ON e.child_id = a.child_id
    ) AS ordered WHERE latest = 1
), scored AS (
    SELECT s.child_id, {_BAND_READ} AS band_read, s.recorded_at > d.recorded_at AS is_since, row_number() OVER (
        PARTITION BY s.child_id, s.recorded_at > d.recorded_at ORDER BY s.scored_on DESC, s.recorded_at DESC) AS latest
    FROM scoring s JOIN open_episode e ON e.child_id = s.child_id JOIN discussed d ON d.episode_id = e.episode_id
), overdue AS (
    SELECT DISTINCT episode_id FROM action WHERE state = 'ongoing' AND due_on < $2
), informed AS (
    SELECT DISTINCT r.episode_id FROM review_change r LEFT JOIN discussed d ON d.episode_id = r.episode_id
    WHERE r.kind = 'new_information' AND (d.episode_id IS NULL OR r.recorded_at > d.recorded_at)
), nrm_waiting AS (
    SELECT DISTINCT child_id FROM nrm WHERE submitted_on IS NOT NULL AND conclusive_grounds IS NULL
        AND coalesce(reasonable_grounds, '') <> 'negative'
), elsewhere AS (
    SELECT i.episode_id FROM agenda_item i JOIN meeting m ON m.meeting_id = i.meeting_id
    WHERE i.removed_reason IS NULL AND (m.meeting_id = $3 OR m.state = ANY($4))
)
SELECT e.episode_id, e.child_id, c.name, here.removed_reason,
    d.episode_id IS NULL AS is_new,
    coalesce(d.review_by <= $2, false) AS is_review,
    coalesce(d.review_by > $2 AND d.review_by < $5, false) AS is_review_soon,
    n.episode_id IS NOT NULL AS is_new_information,
    coalesce(d.escalated, false) AS is_escalated,
    w.child_id IS NOT NULL AS is_nrm,
    o.episode_id IS NOT NULL AS is_overdue_action,
    coalesce(a.recorded_at > d.recorded_at AND a.judgement IS DISTINCT FROM d.judgement, false) AS is_judgement,
    coalesce(now_at.band_read <> then_at.band_read AND '{NOT_ENOUGH_KNOWN}' NOT IN (now_at.band_read, then_at.band_read), false)
        AS is_band,
    coalesce(now_at.band_read <> then_at.band_read AND now_at.band_read = '{NOT_ENOUGH_KNOWN}', false) AS is_band_unknown
FROM open_episode e JOIN child c ON c.child_id = e.child_id
LEFT JOIN discussed d ON d.episode_id = e.episode_id
LEFT JOIN assessed a ON a.child_id = e.child_id
LEFT JOIN scored now_at ON now_at.child_id = e.child_id AND now_at.is_since AND now_at.latest = 1
LEFT JOIN scored then_at ON then_at.child_id = e.child_id AND NOT then_at.is_since AND then_at.latest = 1
LEFT JOIN overdue o ON o.episode_id = e.episode_id
LEFT JOIN informed n ON n.episode_id = e.episode_id
LEFT JOIN nrm_waiting w ON w.child_id = e.child_id
LEFT JOIN agenda_item here ON here.meeting_id = $3 AND here.episode_id = e.episode_id
WHERE e.episode_id NOT IN (SELECT episode_id FROM elsewhere)
ORDER BY e.opened_on, e.episode_id
"""
