"""The demo's meetings about one child: assessment, discussion, judgement, actions, score and NRM, until the child leaves."""

from __future__ import annotations

import datetime
import json
from typing import Any

from dateutil.relativedelta import relativedelta

import scoring
from data.database.records import ACTION, DISCUSSION, NRM, SCORING
from data.demo import beside, filled, invented
from data.demo.chance import Chance
from data.demo.life import Life
from data.meeting.pulled_through import source_of
from data.scores.scorings import ILLUSTRATIVE, tracker_answers
from forms.assessment import ASSESSMENT
from forms.minutes import MINUTES
from forms.tracker import TRACKER
from forms.transitions import is_asked_for
from forms.weights import illustrative_weights

Day = datetime.date

HALF_A_YEAR = datetime.timedelta(weeks=26)
A_YEAR = datetime.timedelta(days=365)
FORGOTTEN = datetime.timedelta(weeks=10)
"""Nothing of the demo waits longer than that for what people do: a real list would have been worked through."""

Assessed = tuple[str, Day, dict[str, Any]]
"""An assessment: its id, its date, its answers."""

MEETING_WEEKDAY = {"liverpool": 1, "knowsley": 3, "sefton": 2, "st_helens": 0, "wirral": 3, "sheffield": 2}

NEXT_JUDGEMENT = {
    "A": {"A": 45, "B": 45, "C": 10},
    "B": {"A": 5, "B": 51, "C": 27, "D": 17},
    "C": {"B": 16, "C": 48, "D": 20, "E": 16},
    "D": {"C": 14, "D": 50, "E": 36},
    "E": {"C": 12, "E": 88},
}

DECISIONS = {
    "risk_reduced": ("remove", "remove_keep_leds", "prevention"),
    "unable_to_engage": ("unable_to_engage",),
}


def meet_until_closed(
    life: Life, episode_id: str, opened_on: Day, reason: str | None
) -> tuple[Day | None, str | None]:
    """Hold this child's meetings. Gives the day the episode closed and why; (None, …) while it is open."""
    chance = life.chance
    turns_18 = life.child.date_of_birth + relativedelta(years=18)
    how_many = 99 if reason in (None, "turned_18") else chance.randint(2, 6)
    met = _meeting_day(life, chance.days(opened_on, 12, 40))
    assessed: Assessed | None = None
    judgement: str | None = None
    score(life, opened_on, "B" if life.child.heaviness > 0.5 else "C", "referral", episode_id)
    for number in range(1, how_many + 1):
        if met >= turns_18:
            return (turns_18, "turned_18") if turns_18 <= life.as_of else (None, None)
        if met > life.as_of:
            return None, None
        leaves = number == how_many
        judgement = _judgement(chance, life, judgement, leaves and reason == "risk_reduced")
        if judgement == "E" and number > 1 and not leaves and chance.happens(0.75):
            leaves, reason = True, "risk_reduced"
        assessed_before = assessed
        if assessed is None or chance.happens(0.6):
            assessed = assess(
                life, max(opened_on, met - datetime.timedelta(days=chance.randint(2, 9))), judgement
            )
        hold(life, episode_id, met, assessed, judgement, reason if leaves else None)
        if assessed is not assessed_before and chance.happens(0.6):
            score(life, met, judgement, "meeting" if number == 1 else "after_intervention", episode_id)
        if number == 1 and judgement in ("A", "B") and chance.happens(0.7):
            national_referral(life, met)
        if leaves:
            return met, reason
        weeks = 11 if chance.happens(0.85) else 16  # a few are late
        met = _meeting_day(life, met + datetime.timedelta(weeks=weeks - chance.randint(0, 2)))
    return None, None


def _meeting_day(life: Life, day: Day) -> Day:
    return day + datetime.timedelta(days=(MEETING_WEEKDAY[life.area] - day.weekday()) % 7)


def _judgement(chance: Chance, life: Life, before: str | None, is_safe: bool) -> str:
    if is_safe:
        return "E"
    if before is None:
        heavy = life.child.heaviness
        return chance.one({"A": 0.25 * heavy, "B": 0.8 * heavy, "C": 1.05 - 0.6 * heavy})
    return chance.one(NEXT_JUDGEMENT[before])


def assess(life: Life, day: Day, judgement: str) -> Assessed:
    """An assessment by social care, the police and a third agency; gives its id, its date and its answers."""
    team = life.team
    answers = filled.assessment(life.chance, life.child, team, day, judgement)
    also_by = {team.of("police"): filled.WRITTEN_BY_POLICE, team.second: filled.WRITTEN_BY_SECOND}
    by = team.of("social_care")
    record_id = life.made.form(life.chance, ASSESSMENT, life.child_id, life.area, day, by, answers, also_by)
    return record_id, day, answers


def hold(
    life: Life, episode_id: str, met: Day, assessed: Assessed, judgement: str, leaves_for: str | None
) -> None:
    """One child's part of one meeting, with its actions."""
    chance, child, by = life.chance, life.child, life.team.coordinator
    decision = chance.choice(DECISIONS.get(leaves_for, ("remove",))) if leaves_for else "review"
    late = leaves_for is None and chance.happens(0.02)
    review_by = met + (relativedelta(months=6) if late else relativedelta(weeks=12))
    shared: dict[str, Any] = {
        "meeting_date": met, "assessment_date": assessed[1], "kind": child.kind, "contexts": child.contexts,
        "discussion": chance.choice(invented.DISCUSSED), "judgement": judgement,
        "scale": chance.randint(*filled.SCALE_OF[judgement]), "decision": decision,
        "review_by": None if leaves_for else review_by,
        "review_reason": "The child is in custody until then; the youth justice worker visits." if late else None,
        "escalated": judgement == "A" and chance.happens(0.3),
    }  # fmt: skip
    actions = [] if leaves_for else [_new_action(life, met) for _ in range(chance.randint(1, 3))]
    pulled = {item.key: source_of(item, assessed[2]) for item in MINUTES.questions() if item.pulled_from}
    minutes = (
        pulled
        | shared
        | {
            "closure_reason": leaves_for,
            "closure_note": invented.CLOSING[leaves_for] if leaves_for else None,
            "leds_review_on": met + relativedelta(months=6),
            "new_actions": actions,
            "prevention_advice": invented.ADVICE,
            "transitions_plan": invented.TRANSITIONS if is_asked_for(child.date_of_birth, met) else None,
        }
    )
    discussion_id = life.made.form(chance, MINUTES, life.child_id, life.area, met, by, minutes)
    discussion = shared | {
        "discussion_id": discussion_id, "episode_id": episode_id, "child_id": life.child_id,
        "assessment_id": assessed[0], "areas_gone_to": child.gone_to or None, 
        "decision_note": invented.ADVICE if decision == "prevention" else minutes["closure_note"],
    }  # fmt: skip
    life.made.record(chance, DISCUSSION, discussion, met, by)
    beside.follow_meeting(life, met, judgement, decision)
    for action in actions:
        _follow_action(life, episode_id, met, action)


def _new_action(life: Life, met: Day) -> dict[str, Any]:
    chance = life.chance
    agency = chance.choice(list(invented.ACTIONS))
    owner = next((p for p in life.team.practitioners if p.agency == agency), None)
    return {
        "action": chance.choice(invented.ACTIONS[agency]), "action_agency": agency,
        "owner": owner.name if owner else None, "due_on": chance.days(met, 14, 42),
        "four_p": chance.choice(("prepare", "prevent", "pursue", "protect")),
    }  # fmt: skip


def _follow_action(life: Life, episode_id: str, met: Day, new: dict[str, Any]) -> None:
    """The action as it was set, and its end where it has come; some are overdue."""
    chance = life.chance
    owner = next((p for p in life.team.practitioners if p.name == new["owner"]), None)
    row = {
        "action_id": chance.new_id(met), "episode_id": episode_id, "child_id": life.child_id, "meeting_date": met,
        "action": new["action"], "agency": new["action_agency"], "owner": new["owner"],
        "owner_account_id": owner.account_id if owner else None, "due_on": new["due_on"], "four_p": new["four_p"],
        "state": "ongoing",
    }  # fmt: skip
    life.made.record(chance, ACTION, dict(row), met, life.team.coordinator)
    ended = chance.days(met, 7, 60)
    is_ended = chance.happens(0.88) or new["due_on"] < life.as_of - FORGOTTEN
    if ended > life.as_of or not is_ended:
        life.open_actions.append(row)
        return
    if chance.happens(0.9):
        row |= {
            "state": "completed",
            "evidence": invented.WHAT_WAS_DONE,
            "impact": chance.choice(invented.IMPACTS),
        }
    else:
        row |= {"state": "not_achieved", "not_achieved_reason": chance.choice(invented.NOT_ACHIEVED)}
    life.made.record(chance, ACTION, row | {"closed_on": ended}, ended, owner or life.team.coordinator)


def score(life: Life, day: Day, judgement: str, occasion: str, episode_id: str) -> None:
    """The tracker brought up to date, and the snapshot of its score under the illustrative weights."""
    chance, team = life.chance, life.team
    answers = filled.tracker(chance, life.child, day, judgement, occasion)
    also_by = {team.of("police"): ("victim_or_witness", "suspect_or_intelligence", "investigation")}
    by = team.of("social_care")
    life.tracker_id = life.made.form(
        chance, TRACKER, life.child_id, life.area, day, by, answers, also_by, record_id=life.tracker_id
    )
    given = tracker_answers(answers)
    scored = scoring.score(given, life.child.date_of_birth, day, illustrative_weights())
    row = {
        "child_id": life.child_id, "episode_id": episode_id, "tracker_id": life.tracker_id,
        "tracker_revision": life.made.revisions["tracker_form", life.tracker_id], "scored_on": day,
        "occasion": occasion, "weight_set_id": ILLUSTRATIVE, "total": scored.total, "highest": scored.highest,
        "band": scored.band.key, "handled_band": scoring.handled_band(scored).band.key, "known": scored.known, "answers": json.dumps(given),
        "thresholds": scored.bands.since.isoformat(),
    }  # fmt: skip
    life.made.record(chance, SCORING, row, day, by)


def national_referral(life: Life, day: Day) -> None:
    """The National Referral Mechanism (NRM), as far as it has come."""
    chance, by = life.chance, life.team.of("social_care")
    row: dict[str, Any] = {"nrm_id": chance.new_id(day), "child_id": life.child_id, "is_required": True}
    steps = []
    submitted, reasonable = chance.days(day, 1, 30), chance.days(day, 35, 60)
    if chance.happens(0.65) or submitted < life.as_of - HALF_A_YEAR:
        multi_agency = chance.one({True: 70, False: 20, None: 10})
        responder = chance.choice(("local_authority", "police"))
        steps.append(
            (
                submitted,
                {"submitted_on": submitted, "multi_agency": multi_agency, "first_responder": responder},
            )
        )
        if chance.happens(0.85) or reasonable < life.as_of - FORGOTTEN:
            grounds = chance.one({"positive": 88, "negative": 12})
            steps.append((reasonable, {"reasonable_grounds": grounds, "reasonable_grounds_on": reasonable}))
            is_decided = chance.happens(0.7) or reasonable < life.as_of - A_YEAR
            if grounds == "positive" and is_decided:
                conclusive = chance.days(reasonable, 120, 320)
                result = chance.one({"positive": 70, "negative": 30})
                steps.append(
                    (conclusive, {"conclusive_grounds": result, "conclusive_grounds_on": conclusive})
                )
    life.made.record(chance, NRM, dict(row), day, by)
    for on, step in steps:
        if on > life.as_of:
            break
        row |= step
        life.made.record(chance, NRM, dict(row), on, by)
