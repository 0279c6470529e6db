"""The rules of the pathway that a whole cohort must keep (pathway.md; import.md). Pure: nothing is read or stored here.

Each rule gives the facts that break it, and a sentence that says what to do.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from forms.age import age_on
from forms.minutes import latest_review


@dataclass(frozen=True)
class Fact:
    """A record as it will stand, in the store's words, and the row it comes from (None: it is in the store already)."""

    sheet: str
    row: int | None
    values: dict[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values.get(column)


@dataclass
class Cohort:
    """Facts by record id."""

    children: dict[str, Fact] = field(default_factory=dict)
    referrals: dict[str, Fact] = field(default_factory=dict)
    episodes: dict[str, Fact] = field(default_factory=dict)
    discussions: dict[str, Fact] = field(default_factory=dict)
    nrm: dict[str, Fact] = field(default_factory=dict)
    actions: dict[str, Fact] = field(default_factory=dict)

    def of(self, sheet: str) -> dict[str, Fact]:
        facts: dict[str, Fact] = getattr(self, sheet)
        return facts


Broken = tuple[Fact, str, str]
"""(the fact to put right, its column, what to do)."""

Rule = Callable[[Cohort], Iterator[Broken]]


def broken_rules(cohort: Cohort) -> Iterator[Broken]:
    for rule in RULES:
        yield from rule(cohort)


def _the_one_to_change(a: Fact, column_a: str, b: Fact, column_b: str) -> tuple[Fact, str]:
    """Between two facts that do not fit, the one that is being brought in; the first when both are."""
    return (a, column_a) if a.row is not None or b.row is None else (b, column_b)


def _referred_as_a_child(cohort: Cohort) -> Iterator[Broken]:
    for referral in cohort.referrals.values():
        child, received = cohort.children.get(referral["child_id"]), referral["received_on"]
        if child is None or received is None or child["date_of_birth"] is None:
            continue
        where = _the_one_to_change(referral, "received_on", child, "date_of_birth")
        age = age_on(child["date_of_birth"], received)
        if age < 0:
            yield *where, "Correct one of the dates: the child was born after the referral"
        elif age >= 18:
            yield *where, "Take this referral out, or correct the dates: the child was 18 or over that day"


def _decided_after_received(cohort: Cohort) -> Iterator[Broken]:
    for referral in cohort.referrals.values():
        state, received, decided = referral["state"], referral["received_on"], referral["decided_on"]
        if state == "accepted" and decided is None:
            yield referral, "decided_on", "Enter the day the referral was accepted"
        elif state in ("submitted", "awaiting_sign_off") and decided is not None:
            yield (
                referral,
                "decided_on",
                "Clear the date, or enter the outcome: a pending referral is not decided",
            )
        elif decided and received and decided < received:
            yield referral, "decided_on", "Correct one of the dates: it was decided before it was received"


def _accepted_means_an_episode(cohort: Cohort) -> Iterator[Broken]:
    with_episode = {episode["referral_id"] for episode in cohort.episodes.values()}
    for referral_id, referral in cohort.referrals.items():
        if referral["state"] == "accepted" and referral_id not in with_episode:
            yield referral, "outcome", "Add the episode that this accepted referral opened"


def _episode_follows_its_referral(cohort: Cohort) -> Iterator[Broken]:
    for episode in cohort.episodes.values():
        referral = cohort.referrals.get(episode["referral_id"])
        if referral is None:
            continue
        if referral["child_id"] != episode["child_id"]:
            yield episode, "referral_ref", "Enter a referral of the same child"
        elif referral["state"] not in (None, "accepted"):
            where = _the_one_to_change(episode, "referral_ref", referral, "outcome")
            yield *where, "Only an accepted referral opens an episode: correct the outcome or the reference"
        elif episode["opened_on"] and any(
            day and episode["opened_on"] < day for day in (referral["received_on"], referral["decided_on"])
        ):
            where = _the_one_to_change(episode, "opened_on", referral, "decided_on")
            yield *where, "Correct the dates: the episode opens on the day the referral is accepted"


def _closes_after_it_opens(cohort: Cohort) -> Iterator[Broken]:
    for episode in cohort.episodes.values():
        opened, closed, reason = episode["opened_on"], episode["closed_on"], episode["closure_reason"]
        if closed and opened and closed < opened:
            yield episode, "closed_on", "Enter a date on or after the day the episode opened"
        if closed and not reason:
            yield episode, "closure_reason", "Enter the reason for closing, or clear closed_on"
        if reason and not closed:
            yield episode, "closed_on", "Enter the day the episode closed, or clear closure_reason"


def _no_two_at_once(cohort: Cohort) -> Iterator[Broken]:
    of_child: dict[str, list[Fact]] = defaultdict(list)
    for episode in cohort.episodes.values():
        if episode["opened_on"]:
            of_child[episode["child_id"]].append(episode)
    for episodes in of_child.values():
        # One may open on the day another closes, so an episode of a single day stands before one that opens that day.
        episodes.sort(key=lambda e: (e["opened_on"], _end(e)))
        latest = episodes[0]
        for _, episode in pairwise(episodes):
            if episode["opened_on"] < _end(latest):
                where = _the_one_to_change(episode, "opened_on", latest, "closed_on")
                yield *where, "Correct the dates: the child has another episode at the same time"
            latest = max(latest, episode, key=_end)


def _end(episode: Fact) -> datetime.date:
    return episode["closed_on"] or datetime.date.max


def _met_during_the_episode(cohort: Cohort) -> Iterator[Broken]:
    for fact in (*cohort.discussions.values(), *cohort.actions.values()):
        episode, met = cohort.episodes.get(fact["episode_id"]), fact["meeting_date"]
        if episode is None or met is None or episode["opened_on"] is None:
            continue
        if met < episode["opened_on"]:
            where = _the_one_to_change(fact, "meeting_date", episode, "opened_on")
            yield *where, "Correct the dates: the meeting was before the episode opened"
        elif met > _end(episode):
            where = _the_one_to_change(fact, "meeting_date", episode, "closed_on")
            yield *where, "Correct the dates: the meeting was after the episode closed"


def _reviewed_in_time(cohort: Cohort) -> Iterator[Broken]:
    for discussion in cohort.discussions.values():
        met, review = discussion["meeting_date"], discussion["review_by"]
        if met is None or review is None:
            continue
        if review < met:
            yield discussion, "review_by", "Enter a date after the meeting"
        elif review > latest_review(met):
            yield discussion, "review_by", "Enter a date at most six calendar months after the meeting"


RULES: tuple[Rule, ...] = (
    _referred_as_a_child,
    _decided_after_received,
    _accepted_means_an_episode,
    _episode_follows_its_referral,
    _closes_after_it_opens,
    _no_two_at_once,
    _met_during_the_episode,
    _reviewed_in_time,
)
