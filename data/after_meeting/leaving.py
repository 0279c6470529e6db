"""How a child leaves the meeting's oversight: by the meeting's decision, by an exception agreed with the area's lead, or
brought in as closed. Whatever the way, the same follows.

Source: pathway.md 5; Pan-Merseyside protocol, process map.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from data.access.rule import check_can_coordinate, check_can_see_child, child_of
from data.actor import Actor, Reading, Writing
from data.after_meeting.flags import remove_all
from data.after_meeting.reviews import last_discussion
from data.answers.short_forms import read
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import ACTION, AGENDA_ITEM, EPISODE
from data.meeting.meeting_keeping import BEFORE_IT_IS_HELD
from data.refusal import NotFilledIn, Problems
from data.trail.views import note_view
from data.ways.pathway import ACTION_WAY, EPISODE_WAY
from forms.answers import Problem
from forms.leaving import EXCEPTION
from forms.open_actions import ABOUT, END
from forms.pathway_dates import wrong_days
from forms.question import Typed

LEFT = "The child has left the meeting's oversight"


def read_episode(actor: Actor, episode_id: str) -> tuple[Row, list[Row]]:
    """The episode to close and its open actions, for the coordinator of its area. The view is audited."""
    with actor.writing() as work:
        episode = _found(work, episode_id)
        note_view(work, "episode viewed", episode["child_id"], episode_id)
        return episode, open_actions_of(work, episode_id)


def close_by_exception(actor: Actor, episode_id: str, typed: Mapping[str, Typed]) -> None:
    """Answers to `EXCEPTION`."""
    with actor.writing() as work:
        episode = _found(work, episode_id)
        open_now = open_actions_of(work, episode_id)
        told = {"date_of_birth": _born(work, episode["child_id"]), ABOUT: len(open_now)}
        answers = read(EXCEPTION, typed, told)
        last = last_discussion(work, episode_id)
        days = {"opened_on": episode["opened_on"], "meeting_date": last["meeting_date"] if last else None,
                "closed_on": answers["closed_on"]}  # fmt: skip
        if wrong := [
            Problem("closed_on", sentence) for day, _, sentence in wrong_days(days) if day == "closed_on"
        ]:
            raise NotFilledIn(wrong[0])
        flags_removed_by = "exception" if answers.pop("flags_removed") else None
        close(
            work,
            episode,
            "close by exception",
            answers,
            open_now=open_now,
            flags_removed_by=flags_removed_by,
        )


def close(
    work: Writing,
    episode: Row,
    way: str,
    closing: Row,
    *,
    open_now: Sequence[Row],
    flags_removed_by: str | None = None,
    but_flag: str | None = None,
    met: datetime.date | None = None,
) -> None:
    """Closes the episode and does all that follows, in the caller's transaction. Who may is checked before.

    `way`: a move of `EPISODE_WAY`. `closing`: the episode's columns, such as the day and the reason. `open_now`: the actions
    that were open when it was decided. `flags_removed_by`: of `forms.flag.REMOVED_BY`; None when the flags stay, as the one
    on the system `but_flag` does. `met`: the day of the meeting that decided it, on whose agenda the child stays.
    """
    standing = "open" if episode["closed_on"] is None else "closed"
    move = EPISODE_WAY.move(way, standing, work.account.role, closing["closure_reason"])
    work.save(
        EPISODE,
        {"episode_id": episode["episode_id"], **closing},
        Event(move.audit, episode["child_id"], episode["episode_id"], closing["closure_reason"]),
    )
    if flags_removed_by:
        remove_all(work, episode["child_id"], closing["closed_on"], flags_removed_by, but=but_flag)
    if closing["open_actions"] == END:
        _end_actions(work, open_now, closing)
    follow_closing(work, episode["episode_id"], met)


def follow_closing(work: Writing, episode_id: str, met: datetime.date | None = None) -> None:
    """What follows however an episode came to be closed: the child leaves the agendas of meetings to come."""
    for item in work.rows(
        "SELECT i.item_id, i.child_id FROM agenda_item i JOIN meeting m ON m.meeting_id = i.meeting_id"
        " WHERE i.episode_id = $1 AND i.removed_reason IS NULL AND m.state = ANY($2)"
        " AND m.meets_on IS DISTINCT FROM $3::date",
        [episode_id, list(BEFORE_IT_IS_HELD), met],
    ):
        work.save(
            AGENDA_ITEM,
            {"item_id": item["item_id"], "removed_reason": LEFT},
            Event("removed from the agenda", item["child_id"], item["item_id"]),
        )


def open_actions_of(work: Reading, episode_id: str) -> list[Row]:
    """The episode's actions that are not ended, the earliest due first."""
    return work.rows(
        "SELECT * FROM action WHERE episode_id = $1 AND state = 'ongoing' ORDER BY due_on, action_id",
        [episode_id],
    )


def _end_actions(work: Writing, open_now: Sequence[Row], closing: Row) -> None:
    reason = closing["open_actions_reason"]
    for action in open_now:
        move = ACTION_WAY.move("give up", action["state"], work.account.role, reason)
        work.save(
            ACTION,
            {
                "action_id": action["action_id"], "state": move.end, "closed_on": closing["closed_on"],
                "not_achieved_reason": reason,
            },
            Event(move.audit, action["child_id"], action["action_id"]),
        )  # fmt: skip


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
