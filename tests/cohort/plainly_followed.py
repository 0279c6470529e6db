"""Following through, in plain loops: time in oversight, transitions plans, the NRM, actions that fell due, disruption measures."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from data import clock
from data.dashboard.section import days, share
from forms.codes import AGENCIES
from tests.cohort.long_histories import History, Record
from tests.cohort.plainly import percentile
from tests.cohort.plainly_open import (
    A_YEAR,
    Areas,
    Open,
    in_year,
    months_old,
    open_children,
    talks,
    then,
    weeks,
)

Table = dict[str, tuple[Any, ...]]


def figures(history: History, areas: Areas, day: date, **filters: str) -> Counter[str]:
    """The figures that open, by the names of their cuts."""
    counted: Counter[str] = Counter()
    against = linked(history, areas, day)
    for child in open_children(history, areas, day, **filters):
        if child.is_counted and child.opened_on + A_YEAR < day:
            counted["long"] += 1
            counted[f"long;judgement={child.being_or_may_be}"] += 1
        referrals = [n for n in then(history, "nrm", day) if n["child_id"] == child.child_id]
        for decision in ("reasonable", "conclusive"):
            counted[f"nrm_waits={decision}"] += any(waited(n, decision, day) is not None for n in referrals)
        for name, months in (("17", 204), ("17_6", 210)):
            if months_old(child.child["date_of_birth"], day) >= months:
                counted[f"transition={plan(history, child, day)};from={name}"] += 1
        for state, children in against.items():
            counted[f"measure={state}"] += child.child_id in children
    return +counted


def stays(history: History, areas: Areas, day: date, **filters: str) -> Table:
    children = [c for c in open_children(history, areas, day, **filters) if c.is_counted]
    groups = {"May be exploited": ("C",), "Being exploited": ("A", "B"), "All in oversight": ("A", "B", "C")}
    table: Table = {}
    for words, judgements in groups.items():
        of = [c for c in children if c.judgement in judgements]
        stayed = [(day - c.opened_on).days for c in of]
        table[words] = (len(of), *middle(stayed), sum(c.opened_on + A_YEAR < day for c in of))
    return table


def middle(numbers: list[int]) -> tuple[Any, Any]:
    """The median and the ninetieth centile."""
    if not numbers:
        return None, None
    return days(percentile(numbers, 0.5)), days(percentile(numbers, 0.9))


def plan(history: History, child: Open, day: date) -> str:
    """By the minutes of the latest discussion in the open episode, of several the latest."""
    met = [talk for episode in child.episodes for talk in talks(history, episode, day)]
    latest = max(met, key=lambda d: (d["meeting_date"], d["discussion_id"]), default=None)
    minutes = [
        m for m in then(history, "minutes", day) if latest and m["record_id"] == latest["discussion_id"]
    ]
    if not minutes:
        return "none"
    if minutes[0]["transitions_plan"]:
        return "plan"
    return "reason" if minutes[0]["transitions_plan_missing_reason"] else "none"


def _since(nrm: Record, decision: str) -> date | None:
    """Since when the decision is waited for, or was: of no other referral is it."""
    if decision == "reasonable":
        return nrm["submitted_on"]  # type: ignore[no-any-return]
    return nrm.get("reasonable_grounds_on") if nrm.get("reasonable_grounds") == "positive" else None


def waited(nrm: Record, decision: str, day: date) -> int | None:
    since, decided = _since(nrm, decision), nrm.get(f"{decision}_grounds")
    on = nrm.get(f"{decision}_grounds_on")
    if since is None or since > day or (decided and (on is None or on <= day)):
        return None
    return (day - since).days


def nrm(history: History, areas: Areas, day: date, **filters: str) -> Table:
    children = {c.child_id for c in open_children(history, areas, day, **filters)}
    referrals = [n for n in then(history, "nrm", day) if n["child_id"] in children]
    table: Table = {}
    for words, decision in (("Reasonable grounds", "reasonable"), ("Conclusive grounds", "conclusive")):
        took = [
            (n[f"{decision}_grounds_on"] - since).days for n in referrals
            if in_year(n.get(f"{decision}_grounds_on"), day) and (since := _since(n, decision))
        ]  # fmt: skip
        waits = {n["nrm_id"]: many for n in referrals if (many := waited(n, decision, day)) is not None}
        waiting = {n["child_id"] for n in referrals if n["nrm_id"] in waits}
        table[words] = (*middle(took), len(took), len(waiting), max(waits.values(), default=None))
    return table


def fell_due(history: History, areas: Areas, day: date) -> Table:
    episodes = {e["episode_id"] for e in then(history, "episode", day) if e["area"] in areas}
    counted: dict[str, Counter[str]] = {}
    names = {**dict(AGENCIES), None: "Agency not recorded"}
    for action in then(history, "action", day):
        if action["episode_id"] not in episodes or not in_year(action["due_on"], day):
            continue
        what = _became(action, day)
        for words in (names[action["agency"]], "All agencies"):
            if what:
                counted.setdefault(words, Counter()).update(("due", what))
    return {
        words: (
            n["due"],
            n["on time"],
            n["late"],
            n["not_achieved"],
            n["open"],
            share(n["on time"], n["due"]),
        )
        for words, n in counted.items()
    }


def open_actions(history: History, areas: Areas, day: date, **filters: str) -> Table:
    """Set by the day and not closed by then, of children with an open episode; agency and date as they stood."""
    episodes = {e["episode_id"]: c for c in open_children(history, areas, day, **filters) for e in c.episodes}
    late, early, whose = Counter[str](), Counter[str](), dict[str, set[str]]()
    names = {**dict(AGENCIES), None: "Agency not recorded"}
    for action in then(history, "action", day):
        if action["episode_id"] not in episodes or action["meeting_date"] > day or not _is_open(action, day):
            continue
        is_late = bool(action["due_on"] and action["due_on"] < day)
        for words in (names[action["agency"]], "All agencies"):
            (late if is_late else early)[words] += 1
            whose.setdefault(words, set()).update(
                {episodes[action["episode_id"]].child_id} if is_late else ()
            )
    return {
        words: (
            early[words],
            late[words],
            early[words] + late[words],
            None if words == names[None] else len(children),
        )
        for words, children in whose.items()
    }


def _is_open(action: Record, day: date) -> bool:
    return bool(action["closed_on"] > day if action["closed_on"] else action["state"] == "ongoing")


def _became(action: Record, day: date) -> str:
    if _is_open(action, day):
        return "open"
    if action["closed_on"] is None:
        return ""  # nobody knows when
    if action["state"] == "not_achieved":
        return "not_achieved"
    return "on time" if action["closed_on"] <= action["due_on"] else "late"


def measures(history: History, areas: Areas, day: date) -> dict[str, list[Record]]:
    """By state: on its last day a measure is in force, and it is asked for from the day on which it was first recorded."""
    states: dict[str, list[Record]] = {
        state: [] for state in ("asked_for", "in_force", "ending_soon", "ended")
    }
    kept = {c["concern_id"] for c in then(history, "concern", day) if c["area"] in areas}
    for now in then(history, "disruption", day):
        if now["concern_id"] not in kept:
            continue
        revisions, ends = history.revisions("disruption", now), now["ends_on"]
        over = min(filter(None, (now["ended_on"], ends and ends + timedelta(1))), default=date.max)
        if over <= day:
            states["ended"] += [now] if in_year(over, day) else []
        elif now["began_on"] and now["began_on"] <= day:
            states["in_force"].append(now)
            states["ending_soon"] += [now] if ends and ends <= day + weeks(4) else []
        elif clock.day_of(revisions[0]["recorded_at"]) <= day:
            states["asked_for"].append(now)
    return states


def linked(history: History, areas: Areas, day: date) -> dict[str, set[str]]:
    links = links_by(history, day)
    return {
        state: {link["child_id"] for m in of for link in links if link["concern_id"] == m["concern_id"]}
        for state, of in measures(history, areas, day).items()
    }


def links_by(history: History, day: date) -> list[Record]:
    """Made by the day, and not by mistake."""
    links = then(history, "concern_link", day)
    return [link for link in links if link["linked_on"] <= day and not link["removed_reason"]]
