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

from data.bring_in.cohort_workbook import BY_NAME
from forms.age import age_on
from forms.answers import check
from forms.child import CHILD
from forms.minutes.decision import review_date_fits
from forms.nrm import NRM
from forms.pathway_dates import turned_18_before, wrong_days


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

DAYS = {
    "children": {"date_of_birth": "date_of_birth"},
    "referrals": {"received_on": "received_on", "decided_on": "decided_on"},
    "episodes": {"opened_on": "opened_on", "closed_on": "closed_on"},
    "discussions": {"assessment_date": "assessment_date", "meeting_date": "meeting_date"},
    "nrm": {"submitted_on": "submitted_on"},
    "actions": {"meeting_date": "meeting_date", "action_closed_on": "closed_on"},
}
"""Sheet → the days of the pathway that it says → its column. The order of NRM decisions is a rule of their form."""


def broken_rules(cohort: Cohort) -> Iterator[Broken]:
    for rule in RULES:
        yield from rule(cohort)


def _the_one_to_change(a: Fact, column_a: str, b: Fact, column_b: str) -> tuple[Fact, str]:
    """Between two facts that do not fit, the one that is being brought in; the first when both are."""
    return (a, column_a) if a.row is not None or b.row is None else (b, column_b)


def _days_in_order(cohort: Cohort) -> Iterator[Broken]:
    """Each day of the pathway after the ones before it, none to come: `forms.pathway_dates`, as for what is typed."""
    for sheet, columns in DAYS.items():
        for fact in cohort.of(sheet).values():
            episode = cohort.episodes.get(fact["episode_id"]) if sheet in ("discussions", "actions") else None
            child, referral = cohort.children.get(fact["child_id"]), cohort.referrals.get(fact["referral_id"])
            before = {
                "date_of_birth": (child, "date_of_birth"),
                "received_on": (referral if sheet == "episodes" else None, "received_on"),
                "decided_on": (referral if sheet == "episodes" else None, "decided_on"),
                "opened_on": (episode, "opened_on"),
            }
            known = {day: (of, of[day]) for day, (of, _) in before.items() if of is not None}
            own = {day: (fact, fact[column]) for day, column in columns.items()}
            known |= own
            for day, earlier, sentence in wrong_days({day: on for day, (_, on) in known.items()}):
                if day in own:
                    where = fact, columns[day]
                    if earlier and earlier not in own:
                        where = _the_one_to_change(fact, columns[day], known[earlier][0], earlier)
                    yield *where, sentence


def _referred_as_a_child(cohort: Cohort) -> Iterator[Broken]:
    for referral in cohort.referrals.values():
        child, received = cohort.children.get(referral["child_id"]), referral["received_on"]
        if child is None or received is None or child["date_of_birth"] is None:
            continue
        if age_on(child["date_of_birth"], received) >= 18:
            where = _the_one_to_change(referral, "received_on", child, "date_of_birth")
            yield *where, "Take this referral out, or correct the dates: the child was 18 or over that day"


def _states_and_their_days(cohort: Cohort) -> Iterator[Broken]:
    for referral in cohort.referrals.values():
        state, decided = referral["state"], referral["decided_on"]
        if state == "accepted" and decided is None:
            yield referral, "decided_on", "Enter the day the referral was accepted"
        elif state in ("submitted", "awaiting_sign_off") and decided is not None:
            sentence = "Clear the date, or enter the outcome: a pending referral is not decided"
            yield referral, "decided_on", sentence
    for action in cohort.actions.values():
        if action["state"] == "ongoing" and action["closed_on"] is not None:
            yield (
                action,
                "closed_on",
                "Clear the date, or enter how the action ended: an ongoing action has no closing day",
            )
    for episode in cohort.episodes.values():
        child = cohort.children.get(episode["child_id"])
        born = child["date_of_birth"] if child is not None else None
        if sentence_18 := turned_18_before(episode["closure_reason"], born, episode["closed_on"]):
            yield episode, "closure_reason", sentence_18


def _as_the_forms_ask(cohort: Cohort) -> Iterator[Broken]:
    """The rules of the forms that these records are typed into, of what the workbook has columns for."""
    for form, facts in ((NRM, cohort.nrm), (CHILD, cohort.children)):
        for fact in facts.values():
            typed = {question.key: question.typed(fact[question.key]) for question in form.questions()}
            checked = check(form, typed)
            missing = {question.if_missing() for question in form.questions()}
            for problem in checked.problems:
                if problem.sentence not in missing and BY_NAME[fact.sheet].column(problem.key):
                    yield fact, problem.key, problem.sentence
            for key in checked.not_asked:
                if fact[key] is not None and BY_NAME[fact.sheet].column(key):
                    yield fact, key, "Clear this cell, or fill in the decision that it follows"


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


def _closes_for_a_reason(cohort: Cohort) -> Iterator[Broken]:
    for episode in cohort.episodes.values():
        closed, reason = episode["closed_on"], episode["closure_reason"]
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


def _met_before_it_closed(cohort: Cohort) -> Iterator[Broken]:
    for fact in (*cohort.discussions.values(), *cohort.actions.values()):
        episode = cohort.episodes.get(fact["episode_id"])
        if episode is None:
            continue
        days = {"meeting_date": fact["meeting_date"], "closed_on": episode["closed_on"]}
        for day, earlier, sentence in wrong_days(days):
            if (day, earlier) == ("closed_on", "meeting_date"):
                where = _the_one_to_change(fact, "meeting_date", episode, "closed_on")
                yield *where, sentence


def _reviewed_in_time(cohort: Cohort) -> Iterator[Broken]:
    for discussion in cohort.discussions.values():
        if sentence := review_date_fits(discussion.values, {}):
            yield discussion, "review_by", sentence


RULES: tuple[Rule, ...] = (
    _days_in_order,
    _referred_as_a_child,
    _states_and_their_days,
    _as_the_forms_ask,
    _accepted_means_an_episode,
    _episode_follows_its_referral,
    _closes_for_a_reason,
    _no_two_at_once,
    _met_before_it_closed,
    _reviewed_in_time,
)
