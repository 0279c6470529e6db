"""Missing episodes with their return home interviews, and school attendance: facts beside the forms, with history."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from data import clock
from data.access.rule import can_write_child, check_can_see_child, check_can_write_child
from data.actor import Actor
from data.answers.short_forms import read
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import MISSING_EPISODE, SCHOOL_ATTENDANCE
from data.refusal import Problems
from data.trail.views import note_view
from forms.missing import INTERVIEW_WITHIN, is_in_time
from forms.missing import MISSING_EPISODE as MISSING_FORM
from forms.missing import SCHOOL_ATTENDANCE as SCHOOL_FORM
from forms.question import Typed

SHOWN = 200


@dataclass(frozen=True)
class Interviews:
    """Of the times the child came back: how many interviews were offered, held, and held within 72 hours."""

    returns: int
    offered: int
    held: int
    in_time: int


@dataclass(frozen=True)
class MissingPage:
    episodes: tuple[Row, ...]
    """The columns of `missing_episode`, latest first."""
    interviews: Interviews
    attendance: tuple[Row, ...]
    """The columns of `school_attendance`, latest first."""
    may_write: bool


def read_missing(actor: Actor, child_id: str) -> MissingPage:
    """The view is audited."""
    with actor.writing() as work:
        check_can_see_child(work, child_id)
        note_view(work, "missing episodes viewed", child_id)
        episodes = work.rows(
            f"SELECT * FROM missing_episode WHERE child_id = $1 ORDER BY from_on DESC, missing_episode_id DESC LIMIT {SHOWN}",
            [child_id],
        )
        attendance = work.rows(
            f"SELECT * FROM school_attendance WHERE child_id = $1 ORDER BY as_of DESC, recorded_at DESC LIMIT {SHOWN}",
            [child_id],
        )
        return MissingPage(
            tuple(episodes), interviews(episodes), tuple(attendance), can_write_child(work, child_id)
        )


def interviews(episodes: list[Row]) -> Interviews:
    back = [e for e in episodes if e["until_on"]]
    held = [e for e in back if e["interview_held"]]
    return Interviews(
        len(back),
        sum(bool(e["interview_offered"]) for e in back),
        len(held),
        sum(is_in_time(e["until_on"], e["interview_on"]) for e in held),
    )


def interview_in_words(episode: Row, today: datetime.date) -> tuple[str, bool]:
    """How the return home interview stands, and whether it is late."""
    back, held_on = episode["until_on"], episode["interview_on"]
    if back is None:
        return "Still missing", False
    if episode["interview_held"]:
        return ("Held within 72 hours", False) if is_in_time(back, held_on) else ("Held late", True)
    if episode["interview_held"] is False:
        return "Offered, not held" if episode["interview_offered"] else "Not held", False
    return (
        ("Not held in time", True)
        if today > back + INTERVIEW_WITHIN
        else ("To be held within 72 hours", False)
    )


def save_episode(
    actor: Actor, child_id: str, typed: Mapping[str, Typed], missing_episode_id: str | None = None
) -> str:
    """Add a missing episode, or with its id bring it up to date: answers to `forms.missing.MISSING_EPISODE`."""
    with actor.writing() as work:
        check_can_write_child(work, child_id)
        answers = read(MISSING_FORM, typed)
        if missing_episode_id:
            standing = work.current(MISSING_EPISODE, missing_episode_id)
            if standing is None or standing["child_id"] != child_id:
                raise Problems("This missing episode cannot be found. Go back to the child's page.")
        record_id = missing_episode_id or clock.new_id()
        word = "missing episode corrected" if missing_episode_id else "missing episode recorded"
        record = {"missing_episode_id": record_id, "child_id": child_id, **answers}
        work.save(MISSING_EPISODE, record, Event(word, child_id, record_id))
        return record_id


def save_attendance(actor: Actor, child_id: str, typed: Mapping[str, Typed]) -> str:
    """Add how the child attends school: answers to `forms.missing.SCHOOL_ATTENDANCE`."""
    with actor.writing() as work:
        check_can_write_child(work, child_id)
        record_id = clock.new_id()
        record = {"school_attendance_id": record_id, "child_id": child_id, **read(SCHOOL_FORM, typed)}
        work.save(SCHOOL_ATTENDANCE, record, Event("school attendance recorded", child_id, record_id))
        return record_id
