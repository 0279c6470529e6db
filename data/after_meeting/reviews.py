"""The review of an episode: the date the meeting set, the chairs' other date, and new information that brings it forward.

A changed date is a revision of the last discussion, so that agendas, lists and figures read one date; who changed it and
why is a `review_change`. Lists are `data.after_meeting.review_list`. Source: pathway.md 7.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from data import clock
from data.access.rule import (
    answers_for_sensitive,
    can_coordinate,
    can_write_child,
    check_can_coordinate,
    check_can_see_child,
    check_can_write_child,
    child_of,
)
from data.actor import Actor, Reading, Writing
from data.answers.short_forms import read
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import DISCUSSION, EPISODE, REVIEW_CHANGE
from data.refusal import NotFilledIn, Problems
from data.trail.views import note_view
from forms.answers import Problem
from forms.kinds.date import in_words
from forms.minutes import latest_review
from forms.question import Typed
from forms.review import NEW_INFORMATION, VARIED


@dataclass(frozen=True)
class Review:
    """One episode's review as this account may see it."""

    episode: Row
    last: Row | None
    """The last discussion of the episode; None before the first."""
    latest_date: datetime.date | None
    """No review may be later: six calendar months after the last discussion."""
    changes: tuple[Row, ...]
    """kind, review_before, review_by, decided_by, strategy_meeting_on, recorded_at, name (who recorded it) and reason,
    latest first. The reason is None where this account may not read it."""
    may_vary: bool
    may_bring_forward: bool


def read_review(actor: Actor, episode_id: str) -> Review:
    """The view is audited. Reasons may tell of intelligence: the coordinators and managers whose work the child is, and who
    recorded them, read them."""
    with actor.writing() as work:
        episode = _found(work, episode_id)
        note_view(work, "review viewed", episode["child_id"], episode_id)
        last = last_discussion(work, episode_id)
        changes = work.rows(
            "SELECT r.*, a.name FROM review_change r LEFT JOIN account a ON a.account_id = r.recorded_by"
            " WHERE r.episode_id = $1 ORDER BY r.recorded_at DESC, r.review_change_id DESC LIMIT 100",
            [episode_id],
        )
        me, is_open = work.account, episode["closed_on"] is None
        reads_all = answers_for_sensitive(work, episode["child_id"])
        return Review(
            episode,
            last,
            latest_review(last["meeting_date"]) if last else None,
            tuple(
                row if reads_all or row["recorded_by"] == me.account_id else {**row, "reason": None}
                for row in changes
            ),
            may_vary=is_open and last is not None and can_coordinate(work, episode["area"]),
            may_bring_forward=is_open and can_write_child(work, episode["child_id"]),
        )


def vary(actor: Actor, episode_id: str, typed: Mapping[str, Typed]) -> None:
    """The chairs set another date, with a reason; never later than six calendar months. Answers to `VARIED`."""
    with actor.writing() as work:
        episode = _found(work, episode_id)
        check_can_coordinate(work, episode["area"], "review varied", episode["child_id"])
        _check_is_open(episode)
        answers = read(VARIED, typed)
        last = last_discussion(work, episode_id)
        if last is None:
            raise Problems("The meeting has not discussed the child yet, so there is no review to vary.")
        latest = latest_review(last["meeting_date"])
        if answers["review_by"] > latest:
            raise NotFilledIn(
                Problem(
                    "review_by",
                    f"The review must be at most six calendar months after the last discussion: by {in_words(latest)}",
                )
            )
        _note_change(work, episode, last, "varied", answers)
        _set_date(work, last, answers["review_by"])


def bring_forward(actor: Actor, episode_id: str, typed: Mapping[str, Typed]) -> None:
    """New significant information: the review is due earlier, and the next agenda proposes the child. Answers to
    `NEW_INFORMATION`, from whoever writes about the child."""
    with actor.writing() as work:
        episode = _found(work, episode_id)
        check_can_write_child(work, episode["child_id"])
        _check_is_open(episode)
        answers = read(NEW_INFORMATION, typed)
        last = last_discussion(work, episode_id)
        standing = last and last["review_by"]
        if standing and standing >= clock.today() and answers["review_by"] > standing:
            raise NotFilledIn(
                Problem(
                    "review_by",
                    f"The review is due by {in_words(standing)}: enter that day or an earlier one",
                )
            )
        _note_change(work, episode, last, "new_information", answers)
        if last and (standing is None or answers["review_by"] < standing):
            _set_date(work, last, answers["review_by"])


def last_discussion(work: Reading, episode_id: str) -> Row | None:
    return work.row(
        "SELECT * FROM discussion WHERE episode_id = $1 ORDER BY meeting_date DESC, recorded_at DESC LIMIT 1",
        [episode_id],
    )


def _found(work: Reading, episode_id: str) -> Row:
    episode = work.current(EPISODE, episode_id)
    check_can_see_child(work, child_of(episode))
    if episode is None:
        raise Problems("This review cannot be found. Go back to the child's page.")
    return episode


def _check_is_open(episode: Row) -> None:
    if episode["closed_on"] is not None:
        raise Problems("The child has left the meeting's oversight, so there is no review.")


def _note_change(work: Writing, episode: Row, last: Row | None, kind: str, answers: Row) -> None:
    review_change_id = clock.new_id()
    work.save(
        REVIEW_CHANGE,
        {
            "review_change_id": review_change_id, "episode_id": episode["episode_id"],
            "child_id": episode["child_id"], "kind": kind, "review_before": last and last["review_by"], **answers,
        },
        Event(
            "review varied" if kind == "varied" else "new information recorded",
            episode["child_id"],
            review_change_id,
        ),
    )  # fmt: skip


def _set_date(work: Writing, last: Row, review_by: datetime.date) -> None:
    """What changed since the discussion is told by when it was first recorded: that instant stays with it. The reason stands
    in the `review_change` alone, as not everybody who reads the discussion may read it."""
    work.save(
        DISCUSSION,
        {
            "discussion_id": last["discussion_id"], "review_by": review_by,
            "discussed_at": last["discussed_at"] or last["recorded_at"],
        },
        Event("review date changed", last["child_id"], last["discussion_id"]),
    )  # fmt: skip
