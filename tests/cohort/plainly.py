"""The dashboard's new figures once more, in plain loops over every record, and random histories to try both on."""

from __future__ import annotations

import calendar
import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

from forms.codes import AGENCIES, CONTEXTS
from tests.cohort.plainly_open import band_of

Record = dict[str, Any]
History = dict[str, list[Record]]

FIRST, LAST = date(2024, 6, 1), date(2026, 9, 30)
DAY = date(2026, 6, 30)


def a_history(seed: int, children: int = 30) -> History:
    """Stays of children that do not overlap, with referrals, discussions, actions, assessments and scores."""
    chance = random.Random(seed)
    history: History = {
        name: [] for name in ("child", "referral", "episode", "discussion", "action", "assessment", "scoring")
    }

    def some_day(after: date = FIRST) -> date:
        return after + timedelta(chance.randrange(max((LAST - after).days, 1)))

    for at in range(children):
        child = f"child{seed}-{at:03}"
        born = date(2008, 1, 1) + timedelta(chance.randrange(3000))
        history["child"].append(
            {"record_id": child, "child_id": child, "area": "liverpool", "date_of_birth": born, "name": "A B"}
        )
        closed: date | None = FIRST
        while closed is not None and closed < LAST and chance.random() < 0.8:
            opened = some_day(closed)
            closed = some_day(opened) if chance.random() < 0.6 else None
            _stay(chance, history, child, opened, closed)
    return history


def _stay(chance: random.Random, history: History, child: str, opened: date, closed: date | None) -> None:
    number = len(history["episode"])
    episode, referral = f"{child}-e{number}", f"{child}-r{number}"
    area = chance.choice(("liverpool", "liverpool", "wirral"))
    received = opened - timedelta(chance.randrange(12))
    history["referral"].append({
        "referral_id": referral, "child_id": child, "area": area, "received_on": received, "decided_on": opened, "state": "accepted",
        "kind": chance.choice(("criminal", "sexual", "both")), "referring_agency": chance.choice(("police", "health", "education")),
    })  # fmt: skip
    history["episode"].append({
        "episode_id": episode, "child_id": child, "referral_id": referral, "area": area, "opened_on": opened, "closed_on": closed,
        "closure_reason": closed and chance.choice(("risk_reduced", "moved", "turned_18")),
    })  # fmt: skip
    met = opened + timedelta(chance.randrange(40))
    while met <= (closed or LAST) and chance.random() < 0.85:
        talk = f"{episode}-{met}"
        history["discussion"].append({
            "discussion_id": talk, "episode_id": episode, "child_id": child, "meeting_date": met,
            "assessment_date": chance.choice((None, met - timedelta(3))), "kind": chance.choice(("criminal", "sexual", None)),
            "judgement": chance.choice("ABCDE"), "scale": chance.choice((None, *range(1, 11))),
            "review_by": chance.choice((None, met + timedelta(84))), "contexts": [k for k, _ in chance.sample(CONTEXTS, 2)],
        })  # fmt: skip
        for n in range(chance.randrange(3)):
            ended = chance.choice((None, met + timedelta(chance.randrange(200))))
            history["action"].append({
                "action_id": f"{talk}-{n}", "episode_id": episode, "child_id": child, "meeting_date": met,
                "agency": chance.choice(AGENCIES[:4])[0], "due_on": chance.choice((None, met + timedelta(chance.randrange(150)))),
                "closed_on": ended, "state": "completed" if ended else "ongoing",
            })  # fmt: skip
        met += timedelta(20 + chance.randrange(80))
    if chance.random() < 0.7:
        on = received + timedelta(chance.randrange(60))
        history["assessment"].append({"record_id": f"{episode}-a", "child_id": child, "child_area": area, "assessed_on": on,
                                      "submitted_on": on, "child_voice": chance.choice((None, "Said"))})  # fmt: skip
    for n in range(chance.randrange(3)):
        history["scoring"].append({
            "scoring_id": f"{episode}-s{n}", "child_id": child, "scored_on": some_day_of(chance, opened), "weight_set_id": "illustrative",
            "total": chance.randrange(110), "highest": 120, "band": "low", "handled_band": chance.choice(("low", "medium", "high")),
            "answers": "{}",
        })  # fmt: skip


def some_day_of(chance: random.Random, opened: date) -> date:
    return opened + timedelta(chance.randrange(300))


def standing(history: History, area: str, day: date) -> list[Record]:
    """Each open child of the area: judgement, talks, review, scale, kind, agency and band, as they stood on the day."""
    found = []
    for episode in history["episode"]:
        if (
            episode["area"] != area
            or episode["opened_on"] > day
            or (episode["closed_on"] and episode["closed_on"] <= day)
        ):
            continue
        talks = [
            d
            for d in history["discussion"]
            if d["episode_id"] == episode["episode_id"] and d["meeting_date"] <= day
        ]
        talks.sort(key=lambda d: d["meeting_date"])
        [referral] = [r for r in history["referral"] if r["referral_id"] == episode["referral_id"]]
        latest = talks[-1] if talks else {}
        scales = [d["scale"] for d in talks if d["scale"]]
        scored = sorted(
            (s["scored_on"], s["scoring_id"], band_of(s), s["total"])
            for s in history["scoring"] if s["child_id"] == episode["child_id"] and s["scored_on"] <= day
        )  # fmt: skip
        found.append({
            "episode": episode, "child_id": episode["child_id"], "talks": talks, "judgement": latest.get("judgement"),
            "review_by": latest.get("review_by"), "contexts": latest.get("contexts", []), "scales": scales,
            "kind": latest.get("kind") or referral["kind"], "agency": referral["referring_agency"],
            "band": scored[-1][2] if scored else None, "totals": [s[3] for s in scored],
        })  # fmt: skip
    return found


def figures(history: History, area: str, day: date, **filters: str) -> Counter[str]:
    """The figures that open, by the names of their cuts, those that are not zero."""
    counted: Counter[str] = Counter()
    children = [
        c for c in standing(history, area, day) if all(c[key] == value for key, value in filters.items())
    ]
    for child in children:
        counted["open"] += 1
        is_overdue = bool(child["review_by"] and child["review_by"] < day)
        counted["review=overdue"] += is_overdue
        counted["review=soon"] += bool(
            child["review_by"] and day <= child["review_by"] <= day + timedelta(28)
        )
        counted["review=none"] += child["review_by"] is None
        counted["review=first"] += not child["talks"]
        counted["review=never"] += len(child["talks"]) <= 1
        for context in child["contexts"]:
            counted[f"context={context}"] += 1
        mine = [
            a for a in history["action"] if a["episode_id"] == child["episode"]["episode_id"] and a["meeting_date"] <= day
            and (a["closed_on"] is None or a["closed_on"] > day)
        ]  # fmt: skip
        for agency in {a["agency"] for a in mine if a["due_on"] and a["due_on"] < day}:
            counted[f"overdue_action={agency}"] += 1
        if child["judgement"] in ("A", "B", "C"):
            counted["total"] += 1
            counted[f"band={child['band'] or 'none'}"] += 1
            _scale(counted, child["scales"])
    _months(counted, history, area, day, filters)
    return +counted


def _scale(counted: Counter[str], scales: list[int]) -> None:
    if not scales:
        counted["scale=none"] += 1
    elif len(scales) == 1:
        counted["scale=once"] += 1
    else:
        change = scales[-1] - scales[0]
        counted["scale=higher" if change > 0 else "scale=lower" if change < 0 else "scale=same"] += 1


def _months(counted: Counter[str], history: History, area: str, day: date, filters: dict[str, str]) -> None:
    if filters:
        return  # an episode that is closed has filters of its own; they are tried on the open ones
    first = date(day.year - 1, day.month, 1) + timedelta(31)
    first = first.replace(day=1)
    for episode in history["episode"]:
        if episode["area"] != area:
            continue
        if first <= episode["opened_on"] <= day:
            month = f"{episode['opened_on']:%Y-%m}"
            counted[f"opened={month}"] += 1
            counted[f"repeat={month}"] += is_repeat(history, episode)
        if episode["closed_on"] and first <= episode["closed_on"] <= day:
            counted[f"closed={episode['closed_on']:%Y-%m}"] += 1


def is_repeat(history: History, episode: Record) -> bool:
    [referral] = [r for r in history["referral"] if r["referral_id"] == episode["referral_id"]]
    received = referral["received_on"]
    before = [
        e for e in history["episode"]
        if e["child_id"] == episode["child_id"] and e is not episode and e["opened_on"] <= received
    ]  # fmt: skip
    if not before:
        return False
    left = max(before, key=lambda e: (e["opened_on"], e["closed_on"] or date.max, e["episode_id"]))
    closed = left["closed_on"]
    return bool(closed and closed <= received <= a_year_on(closed) and left["closure_reason"] != "moved")


def a_year_on(day: date) -> date:
    last = calendar.monthrange(day.year + 1, day.month)[1]
    return date(day.year + 1, day.month, min(day.day, last))


def waits(history: History, area: str, day: date) -> dict[str, list[int]]:
    """Days from referral to assessment and to first meeting, of the episodes opened in the year that ends on the day."""
    found: dict[str, list[int]] = {"to_assessment": [], "to_first_meeting": []}
    for episode in history["episode"]:
        if episode["area"] != area or not a_year_on_before(day) < episode["opened_on"] <= day:
            continue
        [referral] = [r for r in history["referral"] if r["referral_id"] == episode["referral_id"]]
        received = referral["received_on"]
        talks = [
            d
            for d in history["discussion"]
            if d["episode_id"] == episode["episode_id"] and d["meeting_date"] <= day
        ]
        assessed = [
            a["assessed_on"]
            for a in history["assessment"]
            if a["child_id"] == episode["child_id"] and a["assessed_on"] <= day
        ]
        assessed += [d["assessment_date"] for d in talks if d["assessment_date"]]
        assessed = [on for on in assessed if on >= received]
        if assessed:
            found["to_assessment"].append((min(assessed) - received).days)
        if talks:
            found["to_first_meeting"].append((min(d["meeting_date"] for d in talks) - received).days)
    return found


def a_year_on_before(day: date) -> date:
    return date(day.year - 1, day.month, day.day)


def percentile(values: list[int], part: float) -> float:
    ordered, place = sorted(values), (len(values) - 1) * part
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
