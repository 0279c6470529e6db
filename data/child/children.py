"""The child's record on one page: who, what is due, and everything that was sent. Finding a child is `data.child.child_search`."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from data import clock
from data.access.emergency import closes_at
from data.access.reach import as_it_stood
from data.access.rule import check_can_read_child, is_in_their_work
from data.actor import Actor, Reading, Writing
from data.after_meeting.flags import flags_on
from data.answers.disputes import not_answered
from data.answers.submissions import submissions_of_child
from data.child.child_search import (
    STATE,
    STATES,
    Found,
    LikelyMatch,
    likely_matches,
    matches_of_draft,
    say_another_child,
    search,
)
from data.child.kept import Retention, retention_now
from data.child.links import linked_to
from data.child.national_referrals import nrm_of_child
from data.child.protection import said_of
from data.child.restriction import names_of
from data.child_line import born
from data.concern.concern_links import concerns_of_child
from data.database.engine import Row
from data.database.records import ACTION, DISCUSSION, EPISODE, REFERRAL, SCORING
from data.database.schema import form_table
from data.database.table import RecordTable
from data.refusal import Problems
from data.scores.band_reading import band_read, enough_known
from data.settings import value
from data.trail.views import note_view
from data.ways.pathway import REFERRAL_WAY
from forms.age import age_on
from forms.child import CHILD as CHILD_FORM
from forms.flag import SYSTEMS_IN_SHORT
from forms.kinds.date import in_words
from forms.missing import INTERVIEW_WITHIN
from forms.places import area_name

__all__ = [
    "STATES", "ChildPage", "Found", "Heading", "LikelyMatch", "heading", "likely_matches", "matches_of_draft",
    "read_child", "say_another_child", "search",
]  # fmt: skip


CHILD = form_table(CHILD_FORM)

NOT_FOUND = "This child's record cannot be found. Search for the child."


@dataclass(frozen=True)
class Heading:
    """What stands at the top of every page about a child."""

    child_id: str
    name: str
    date_of_birth: datetime.date
    age: int
    area: str
    state: str
    approaching_18: bool
    is_estimate: bool = False
    """Is the date of birth, and so the age, an estimate?"""
    open_until: datetime.datetime | None = None
    """For who opened the record in an emergency: when it closes to them again."""
    until: datetime.datetime | None = None
    """For a former area: when it ceased to answer for the child. The record is shown as it stood then."""

    protected: str = ""
    """The sentence to stand there when where the child lives is protected: see `data.child.protection`."""

    @property
    def born(self) -> str:
        return born(self.date_of_birth, self.is_estimate)

    @property
    def age_in_words(self) -> str:
        return f"about {self.age}" if self.is_estimate else str(self.age)


def heading(actor: Actor, child_id: str) -> Heading:
    """Name, age, area and state; to a former area as it knew them last. Not a view of the record by itself: the page
    notes its own."""
    with actor.reading() as work:
        return heading_of(work, child_id, check_can_read_child(work, child_id))


def heading_of(work: Reading, child_id: str, until: datetime.datetime | None = None) -> Heading:
    """`until`: from `data.access.rule.check_can_read_child`."""
    if until:
        return _heading_as_it_stood(work, child_id, until)
    row = work.row(
        f"SELECT c.child_id, c.name, c.date_of_birth, c.date_of_birth_is_estimate, c.area, {STATE} AS state FROM child c WHERE c.child_id = $1",
        [child_id],
    )
    if row is None:
        raise Problems(NOT_FOUND)
    age = age_on(row["date_of_birth"], clock.today())
    return Heading(
        child_id,
        row["name"],
        row["date_of_birth"],
        age,
        area_name(row["area"]),
        STATES[row["state"]],
        age == 17,
        is_estimate=bool(row["date_of_birth_is_estimate"]),
        protected=said_of(work, child_id),
        open_until=None if is_in_their_work(work, child_id) else closes_at(work, child_id),
    )


def _heading_as_it_stood(work: Reading, child_id: str, until: datetime.datetime) -> Heading:
    row = _child_as_it_stood(work, child_id, until)
    born = row["date_of_birth"]
    return Heading(
        child_id,
        row["name"],
        born,
        age_on(born, clock.day_of(until)),
        area_name(row["area"]),
        "Another area's now",
        False,
        is_estimate=bool(row["date_of_birth_is_estimate"]),
        until=until,
    )


def _child_as_it_stood(work: Reading, child_id: str, until: datetime.datetime) -> Row:
    row = work.row(as_it_stood(CHILD, 1), [child_id, until])
    if row is None:
        raise Problems(NOT_FOUND)
    return row


@dataclass(frozen=True)
class ChildPage:
    """Everything the child's page shows: one read, one view noted."""

    heading: Heading
    meeting: str
    """What the child's partnership calls the meeting."""
    retention: Retention
    """Until when the record is kept."""
    child: Row
    submissions: tuple[Row, ...]
    referrals: tuple[Row, ...]
    episodes: tuple[Row, ...]
    discussions: tuple[Row, ...]
    actions: tuple[Row, ...]
    scorings: tuple[Row, ...]
    """With `band_read`, the key of the band to show."""
    links: tuple[Row, ...]
    nrm: tuple[Row, ...]
    """Referrals to the national referral mechanism, the latest first, without what is sensitive."""
    concerns: tuple[Row, ...]
    """People, groups, places and issues linked to the child, those that this account may open."""
    restricted_to: tuple[str, ...]
    """Names of those to whom this record is restricted; empty when it is not."""
    disputed: tuple[Row, ...]
    """What is disputed and not answered yet: see `data.answers.disputes`."""
    flags: tuple[Row, ...] = ()
    """Standing ones first: see `data.after_meeting.flags`."""
    not_interviewed: tuple[Row, ...] = ()
    """Missing episodes from which the child is back, of whose return home interview nothing is recorded: until_on."""

    @property
    def open_episode(self) -> Row | None:
        return next((e for e in self.episodes if e["closed_on"] is None), None)

    @property
    def latest_discussion(self) -> Row | None:
        """Of the open episode, or when none is open, of the last: an earlier stay's judgement is not today's."""
        episode = self.open_episode
        here = [d for d in self.discussions if episode is None or d["episode_id"] == episode["episode_id"]]
        return here[0] if here else None

    @property
    def review_by(self) -> datetime.date | None:
        """As the last meeting of the open episode set it; an earlier episode's review is over."""
        episode_id = self.open_episode and self.open_episode["episode_id"]
        return next((d["review_by"] for d in self.discussions if d["episode_id"] == episode_id), None)

    def due(self) -> list[tuple[str, datetime.date | None, bool]]:
        """What is due, earliest first: what, by when (None: now), overdue."""
        today = clock.today()
        found: list[tuple[str, datetime.date | None, bool]] = []
        for referral in self.referrals:
            state = REFERRAL_WAY.state(referral["state"])
            if state.owner:
                found.append((f"Referral: {state.words.lower()}", None, False))
        if self.open_episode:
            review = self.review_by
            if review:
                found.append((f"Review at the {self.meeting}", review, review < today))
            else:
                found.append((f"First discussion at the {self.meeting}", None, False))
        found += [
            (
                f"Action: {action['action']}",
                action["due_on"],
                bool(action["due_on"] and action["due_on"] < today),
            )
            for action in self.actions
            if action["state"] == "ongoing"
        ]
        found += [
            (
                f"Review of the flag: {SYSTEMS_IN_SHORT[flag['system']]}",
                flag["review_on"],
                flag["review_on"] < today,
            )
            for flag in self.flags
            if flag["state"] == "placed" and flag["review_on"]
        ]
        found += [
            (f"Decide on the flag: {SYSTEMS_IN_SHORT[flag['system']]}", None, False)
            for flag in self.flags
            if flag["state"] == "placed" and not flag["review_on"]
        ]
        found += [
            (
                f"Record as expired the flag: {SYSTEMS_IN_SHORT[flag['system']]}",
                flag["expires_on"],
                flag["expires_on"] < today,
            )
            for flag in self.flags
            if flag["state"] == "removed" and flag["expires_on"] and flag["expires_on"] <= today
        ]
        for episode in self.not_interviewed:
            by = episode["until_on"] + INTERVIEW_WITHIN
            back = in_words(episode["until_on"])
            found.append((f"Return home interview, back on {back}", by, by < today))
        return sorted(found, key=lambda due: due[1] or datetime.date.min)


def read_child(actor: Actor, child_id: str) -> ChildPage:
    """The child's page; to a former area as the record stood when it ceased to answer for the child. The view is
    audited."""
    with actor.writing() as work:
        until = check_can_read_child(work, child_id)
        if until:
            return _page_as_it_stood(work, child_id, until)
        child = work.row("SELECT * FROM child WHERE child_id = $1", [child_id])
        if child is None:
            raise Problems(NOT_FOUND)
        note_view(work, "child viewed", child_id)

        def of_child(columns: str, table: str, order: str) -> tuple[Row, ...]:
            return tuple(
                work.rows(
                    f"SELECT {columns} FROM {table} WHERE child_id = $1 ORDER BY {order} LIMIT 200",
                    [child_id],
                )
            )

        enough = enough_known(work, child["area"])
        return ChildPage(
            heading=heading_of(work, child_id),
            meeting=value(work, child["area"], "meeting"),
            retention=retention_now(work, child_id),
            child=child,
            submissions=tuple(submissions_of_child(work, child_id)),
            referrals=of_child("*", "referral", "received_on DESC, referral_id DESC"),
            episodes=of_child("*", "episode", "opened_on DESC, episode_id DESC"),
            discussions=of_child("*", "discussion", "meeting_date DESC, recorded_at DESC"),
            actions=of_child("*", "action", "due_on"),
            scorings=tuple(
                {**row, "band_read": band_read(row, enough)}
                for row in of_child("*", "scoring", "scored_on DESC, recorded_at DESC")
            ),
            links=tuple(linked_to(work, child_id)),
            flags=tuple(flags_on(work, child_id)),
            not_interviewed=tuple(
                work.rows(
                    "SELECT until_on FROM missing_episode WHERE child_id = $1 AND until_on IS NOT NULL"
                    " AND interview_held IS NULL ORDER BY until_on LIMIT 50",
                    [child_id],
                )
            ),
            nrm=tuple(nrm_of_child(work, child_id)),
            concerns=tuple(concerns_of_child(work, child_id)),
            restricted_to=names_of(work, child_id),
            disputed=tuple(not_answered(work, child_id)),
        )


def _page_as_it_stood(work: Writing, child_id: str, until: datetime.datetime) -> ChildPage:
    """For a former area. What is kept up to date beside the forms (flags, NRM, people of concern) is not shown: it belongs to
    the area that answers for the child now."""
    note_view(work, "child viewed", child_id)
    child = _child_as_it_stood(work, child_id, until)

    def of_child(table: RecordTable, order: str) -> tuple[Row, ...]:
        stood = f"SELECT * FROM ({as_it_stood(table, 1)}) AS stood ORDER BY {order} LIMIT 200"
        return tuple(work.rows(stood, [child_id, until]))

    return ChildPage(
        heading=heading_of(work, child_id, until),
        meeting=value(work, child["area"], "meeting"),
        retention=Retention((), None, None, None),
        child=child,
        submissions=tuple(submissions_of_child(work, child_id, until)),
        referrals=of_child(REFERRAL, "received_on DESC, referral_id DESC"),
        episodes=of_child(EPISODE, "opened_on DESC, episode_id DESC"),
        discussions=of_child(DISCUSSION, "meeting_date DESC, recorded_at DESC"),
        actions=of_child(ACTION, "due_on"),
        scorings=of_child(SCORING, "scored_on DESC, recorded_at DESC"),
        links=(),
        nrm=(),
        concerns=(),
        restricted_to=(),
        disputed=(),
    )
