"""The return reckoned once more, from its definitions (returns.md) and in plain loops, to hold the tool's figures against.

Nothing is shared with data/measures but the names of breakdowns. Histories are lists of dicts as the tables hold them.
"""

from __future__ import annotations

import calendar
from collections import Counter
from datetime import date
from typing import Any

Record = dict[str, Any]
Figures = Counter[tuple[str, int, str]]

BEING = {"A": "being", "B": "being", "C": "may_be"}
APART = {"D": "oversight_after_harm", "E": "prevention", None: "not_judged"}
GROUP = {"W": "white", "M": "mixed", "B": "black", "O": "other"}


def months_on(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def reckoned(history: dict[str, list[Record]], first: date, last: date, areas: tuple[str, ...]) -> Figures:
    """Area's key or "Total", measure and breakdown → how many; zeros left out. `areas` are the whole partnership's."""
    figures: Figures = Counter()

    def count(area: str, measure: int, *breakdowns: str) -> None:
        if area in areas:
            for breakdown in breakdowns:
                figures[area, measure, breakdown] += 1
                if measure not in (2, 4, 9):
                    figures["Total", measure, breakdown] += 1

    for episode in history["episode"]:
        talks = sorted(
            (d for d in history["discussion"] if d["episode_id"] == episode["episode_id"]),
            key=lambda d: d["meeting_date"],
        )
        _assessments(count, episode, talks, first, last)
        _closing(count, episode, talks, first, last)
    _oversight(figures, history, last, areas)
    _referrals(count, history, first, last, areas)
    for nrm in history["nrm"]:
        if nrm["submitted_on"] and first <= nrm["submitted_on"] <= last:
            forum = {True: "yes", False: "no", None: "not_recorded"}[nrm["multi_agency"]]
            count(_area_of(nrm, history), 10, "total", f"multi_agency={forum}")
    return figures


def _assessments(count: Any, episode: Record, talks: list[Record], first: date, last: date) -> None:
    for assessed in {d["assessment_date"] for d in talks} - {None}:
        about_it = [d for d in talks if d["assessment_date"] == assessed]
        kinds = [d["kind"] for d in about_it if d["kind"]]
        if first <= about_it[0]["meeting_date"] <= last:
            count(episode["area"], 1, "total", *(f"kind={kind}" for kind in kinds[:1]))


def _closing(count: Any, episode: Record, talks: list[Record], first: date, last: date) -> None:
    closed, reason = episode["closed_on"], episode["closure_reason"]
    if closed is None or not first <= closed <= last:
        return
    judgements = [d["judgement"] for d in talks if d["judgement"] and d["meeting_date"] <= closed]
    if reason == "risk_reduced":
        count(episode["area"], 5, "total")
    if reason == "turned_18":
        count(episode["area"], 6, "total", f"judgement={judgements[-1] if judgements else 'none'}")
    if reason in ("unable_to_engage", "lack_of_consent"):
        count(episode["area"], 7, "total", f"reason={reason}")


def _oversight(
    figures: Figures, history: dict[str, list[Record]], last: date, areas: tuple[str, ...]
) -> None:
    # A child has one open episode at most: that is a rule of the pathway, which the histories keep.
    for episode in history["episode"]:
        if episode["area"] not in areas or episode["opened_on"] > last:
            continue
        if episode["closed_on"] and episode["closed_on"] <= last:
            continue
        decided = sorted(
            (d["meeting_date"], d["judgement"])
            for d in history["discussion"]
            if d["episode_id"] == episode["episode_id"] and d["judgement"] and d["meeting_date"] <= last
        )
        latest = decided[-1][1] if decided else None
        found = (
            [(2, f"apart={APART[latest]}")]
            if latest not in BEING
            else [(2, "total"), (2, f"judgement={BEING[latest]}")]
        )
        if latest in BEING:
            (child,) = [c for c in history["child"] if c["child_id"] == episode["child_id"]]
            for breakdown in _who(child, last):
                found += [(4, breakdown), (4, f"{breakdown};judgement={BEING[latest]}")]
        if latest in ("A", "B"):
            since = None
            for met, judgement in decided:
                since = (since or met) if judgement in ("A", "B") else None
            if since and months_on(since, 6) < last:
                found.append((9, "total"))
        for measure, breakdown in found:
            figures[episode["area"], measure, breakdown] += 1
            figures["Total", measure, breakdown] += 1


def _who(child: Record, last: date) -> list[str]:
    born = child["date_of_birth"]
    age = last.year - born.year - ((last.month, last.day) < (born.month, born.day))
    band = "under_10" if age < 10 else "10_12" if age < 13 else "18_and_over" if age >= 18 else str(age)
    gender = child["gender"] or {"F": "female", "M": "male"}.get(child["sex"], "not_known")
    ethnicity = child["ethnicity"] or "NOBT"
    group = "not_known" if ethnicity in ("REFU", "NOBT") else "asian" if ethnicity == "CHNE" else (
        "asian" if ethnicity in ("AIND", "APKN", "ABAN", "AOTH") else GROUP[ethnicity[0]]
    )  # fmt: skip
    sen = {"N": "none", "K": "sen_support", "E": "ehcp", None: "not_known"}[child["sen"]]
    return [
        f"age={band}",
        f"gender={gender}",
        f"ethnicity_group={group}",
        f"ethnicity={ethnicity}",
        f"sen={sen}",
    ]


def _referrals(
    count: Any, history: dict[str, list[Record]], first: date, last: date, areas: tuple[str, ...]
) -> None:
    for referral in history["referral"]:
        received, decided = referral["received_on"], referral["decided_on"]
        accepted = referral["state"] == "accepted" and first <= decided <= last
        undecided = received <= last and (decided is None or decided > last)
        if not accepted and not undecided:
            continue
        before = [
            e for e in history["episode"]
            if e["child_id"] == referral["child_id"] and e["opened_on"] <= received
            and (e["referral_id"] is None or e["referral_id"] != referral["referral_id"])
        ]  # fmt: skip
        if any(e["closed_on"] is None or e["closed_on"] > received for e in before):
            continue
        here = sorted(
            (e for e in before if e["area"] in areas), key=lambda e: (e["opened_on"], e["closed_on"])
        )
        if not here or here[-1]["closure_reason"] == "moved":
            continue
        if received <= months_on(here[-1]["closed_on"], 12):
            count(referral["area"], 8, "total" if accepted else "pending")


def _area_of(nrm: Record, history: dict[str, list[Record]]) -> str:
    day = nrm["submitted_on"]
    for e in history["episode"]:
        if (
            e["child_id"] == nrm["child_id"]
            and e["opened_on"] <= day
            and (e["closed_on"] is None or e["closed_on"] > day)
        ):
            return str(e["area"])
    (child,) = [c for c in history["child"] if c["child_id"] == nrm["child_id"]]
    return str(child["area"])
