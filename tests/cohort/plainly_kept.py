"""How the work is kept, the same figures by group, rates and the shift of scores, in plain loops."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

from data.dashboard.section import days, share
from data.measures.oversight import DEMOGRAPHICS
from tests.cohort.long_histories import History, Record
from tests.cohort.plainly import percentile
from tests.cohort.plainly_followed import Table, middle
from tests.cohort.plainly_open import Areas, Open, in_year, open_children, talks, then

STAYS = ("review", None)
"""Decisions with which a child does not leave."""


def kept(history: History, areas: Areas, day: date, **filters: str) -> Table:
    """Filters narrow the children, not what is told by assessment, review and closure."""
    assessed = [
        a
        for a in then(history, "assessment", day)
        if a["child_area"] in areas and in_year(a["assessed_on"], day) and a["submitted_on"] <= day
    ]
    without = sum(not a["child_voice"] for a in assessed)
    reviewed, late, closed, undecided = 0, 0, 0, 0
    for episode in (e for e in then(history, "episode", day) if e["area"] in areas):
        met = talks(history, episode, day)
        for before, review in pairwise(met):
            promised = history.revisions("discussion", before)[0]["review_by"]
            if promised and in_year(review["meeting_date"], day):
                reviewed += 1
                late += review["meeting_date"] > promised
        if in_year(episode["closed_on"], day):
            closed += 1
            on_the_day = [d for d in met if d["meeting_date"] == episode["closed_on"]]
            undecided += all(d["decision"] in STAYS for d in on_the_day)
    children = [c for c in open_children(history, areas, day, **filters) if c.is_counted and c.scoring]
    overridden = sum(c.is_override for c in children)
    return {
        "Assessments without the child's voice": (without, share(without, len(assessed))),
        "Reviews held after the date that was set": (late, share(late, reviewed)),
        "Episodes closed without a meeting's decision on the day": (undecided, share(undecided, closed)),
        "Handled in another band by judgement": (overridden, share(overridden, len(children))),
    }


def by_group(history: History, areas: Areas, day: date, **filters: str) -> Table:
    children = [c for c in open_children(history, areas, day, **filters) if c.is_counted]
    table: Table = {}
    for column in ("gender", "ethnicity_group"):
        title, options = DEMOGRAPHICS[column]
        for key, label in options:
            of = [c for c in children if f"{column}={key}" in c.groups]
            if of:
                table[f"{title} {label.lower()}" if key == "not_known" else label] = (
                    len(of), sum(c.being_or_may_be == "being" for c in of), sum(c.band == "high" for c in of),
                    sum(c.is_override for c in of), sum(c.is_overdue for c in of), *middle([(day - c.opened_on).days for c in of]),
                )  # fmt: skip
    return table


def rates(history: History, areas: Areas, day: date, **filters: str) -> Counter[str]:
    counted: Counter[str] = Counter()
    for child in open_children(history, areas, day, **filters):
        if child.is_counted and child.age != "18_and_over":
            sex = {"F": "female", "M": "male"}.get(child.child["sex"])
            group = child.groups[1].partition("=")[2]
            counted.update(
                f"rate={key}" for key in ("everyone", sex, group) if key not in (None, "not_known")
            )
    return counted


def shifts(
    history: History, areas: Areas, day: date, **filters: str
) -> tuple[str | None, list[tuple[int, int]]]:
    """The weights under which most children in oversight were last scored, and each child's first and latest score by them."""
    children = [c for c in open_children(history, areas, day, **filters) if c.is_counted]
    last = Counter(c.scoring["weight_set_id"] for c in children if c.scoring)
    if not last:
        return None, []
    weights = max(last, key=lambda key: (last[key], key))
    found = []
    for child in children:
        begun = _begun(history, child, day)
        of = [
            s
            for s in then(history, "scoring", day)
            if s["child_id"] == child.child_id and s["weight_set_id"] == weights
        ]
        totals = [s["total"] for s in sorted(of, key=_order) if begun <= s["scored_on"] <= day]
        if len(totals) > 1:
            found.append((totals[0], totals[-1]))
    return weights, found


def _begun(history: History, child: Open, day: date) -> date:
    """When the referral of the open episode was received, or it opened: of several the earliest."""
    received = {r["referral_id"]: r["received_on"] for r in then(history, "referral", day)}
    return min(min(received.get(e["referral_id"]) or e["opened_on"], e["opened_on"]) for e in child.episodes)


def _order(scoring: Record) -> tuple[date, str]:
    return scoring["scored_on"], scoring["scoring_id"]


def shift_tables(moved: list[tuple[int, int]]) -> tuple[Table, Table]:
    change: Table = {
        "Lower than at first (better)": (sum(last < first for first, last in moved),),
        "As at first": (sum(last == first for first, last in moved),),
        "Higher than at first (worse)": (sum(last > first for first, last in moved),),
        "Cannot be told: answers became unknown or known": (0,),  # no answers are kept in these histories
    }
    steps = {f"{n} to {n + 9}": range(n, n + 10) for n in range(0, 100, 10)} | {
        "100 and over": range(100, 999)
    }
    return change, {
        words: (sum(first in step for first, _ in moved), sum(last in step for _, last in moved))
        for words, step in steps.items()
    }


def middle_change(moved: list[tuple[int, int]]) -> float | int | None:
    return days(percentile([last - first for first, last in moved], 0.5)) if moved else None
