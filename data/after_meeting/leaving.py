"""The only way a child leaves the meeting's oversight without a meeting: an exception, agreed with the area's lead.

Source: pathway.md 5; Pan-Merseyside protocol, process map.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from data.access.rule import check_can_coordinate, check_can_see_child, child_of
from data.actor import Actor, Reading, Writing
from data.after_meeting.flags import remove_all
from data.after_meeting.reviews import last_discussion
from data.answers.short_forms import read
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import AGENDA_ITEM, EPISODE
from data.meeting.meeting_keeping import BEFORE_IT_IS_HELD
from data.refusal import NotFilledIn, Problems
from data.trail.views import note_view
from data.ways.pathway import EPISODE_WAY
from forms.answers import Problem
from forms.leaving import EXCEPTION
from forms.pathway_dates import wrong_days
from forms.question import Typed


def read_episode(actor: Actor, episode_id: str) -> Row:
    """The episode to close, for the coordinator of its area. The view is audited."""
    with actor.writing() as work:
        episode = _found(work, episode_id)
        note_view(work, "episode viewed", episode["child_id"], episode_id)
        return episode


def close_by_exception(actor: Actor, episode_id: str, typed: Mapping[str, Typed]) -> None:
    """Answers to `EXCEPTION`. The child also leaves the agendas of meetings to come."""
    with actor.writing() as work:
        episode = _found(work, episode_id)
        answers = read(EXCEPTION, typed, {"date_of_birth": _born(work, episode["child_id"])})
        standing = "open" if episode["closed_on"] is None else "closed"
        move = EPISODE_WAY.move("close by exception", standing, work.account.role, answers["closure_note"])
        last = last_discussion(work, episode_id)
        days = {"opened_on": episode["opened_on"], "meeting_date": last["meeting_date"] if last else None,
                "closed_on": answers["closed_on"]}  # fmt: skip
        if wrong := [
            Problem("closed_on", sentence) for day, _, sentence in wrong_days(days) if day == "closed_on"
        ]:
            raise NotFilledIn(wrong[0])
        flags_removed = answers.pop("flags_removed")
        work.save(
            EPISODE,
            {"episode_id": episode_id, **answers},
            Event(move.audit, episode["child_id"], episode_id, answers["closure_reason"]),
        )
        if flags_removed:
            remove_all(work, episode["child_id"], answers["closed_on"], "exception")
        _take_off_agendas(work, episode_id)


def _found(work: Reading, episode_id: str) -> Row:
    episode = work.current(EPISODE, episode_id)
    check_can_see_child(work, child_of(episode))
    if episode is None:
        raise Problems("This cannot be found. Go back to the child's page.")
    check_can_coordinate(work, episode["area"], "episode closed by exception", episode["child_id"])
    return episode


def _born(work: Reading, child_id: str) -> datetime.date | None:
    born: datetime.date | None = work.value("SELECT date_of_birth FROM child WHERE child_id = $1", [child_id])
    return born


def _take_off_agendas(work: Writing, episode_id: str) -> None:
    for item in work.rows(
        "SELECT i.item_id, i.child_id FROM agenda_item i JOIN meeting m ON m.meeting_id = i.meeting_id"
        " WHERE i.episode_id = $1 AND i.removed_reason IS NULL AND m.state = ANY($2)",
        [episode_id, list(BEFORE_IT_IS_HELD)],
    ):
        work.save(
            AGENDA_ITEM,
            {"item_id": item["item_id"], "removed_reason": "Closed by exception"},
            Event("removed from the agenda", item["child_id"], item["item_id"]),
        )
