"""Missing, school and places of concern, in plain loops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from data.dashboard.section import share
from tests.cohort.long_histories import History, Record
from tests.cohort.plainly_followed import Table, links_by
from tests.cohort.plainly_open import Areas, in_year, in_year_before, open_children, then, weeks

IN_TIME = weeks(1) * 3 / 7
"""72 hours, in days."""


def figures(history: History, areas: Areas, day: date, **filters: str) -> Counter[str]:
    counted: Counter[str] = Counter()
    for child in open_children(history, areas, day, **filters):
        counted["open"] += 1
        went = _went(history, child.child_id, day)
        times = [
            m for m in went if m["until_on"] is None or m["until_on"] > day or in_year(m["until_on"], day)
        ]
        counted["missing=now"] += any(m["until_on"] is None or m["until_on"] > day for m in went)
        counted["missing=year"] += bool(times)
        counted["missing=often"] += len(times) >= 3
        back = [m for m in went if in_year(m["until_on"], day)]
        counted["missing=no_interview"] += not all(_is_in_time(m, day) for m in back)
        of = [
            r
            for r in then(history, "school_attendance", day)
            if r["child_id"] == child.child_id and r["as_of"] <= day
        ]
        last = max(of, key=lambda r: (r["as_of"], r["school_attendance_id"]), default=None)
        counted[f"education={last['timetable'] if last else 'none'}"] += 1
        counted[f"percent={_step(last and last['percent'])}"] += 1
        places = places_of(history, areas, child.child_id, day)
        counted["place=any"] += bool(places)
    return +counted


def _went(history: History, child_id: str, day: date) -> list[Record]:
    return [
        m for m in then(history, "missing_episode", day) if m["child_id"] == child_id and m["from_on"] <= day
    ]


def _is_held(missing: Record, day: date) -> bool:
    return bool(missing["interview_held"]) and missing["interview_on"] <= day


def _is_in_time(missing: Record, day: date) -> bool:
    return _is_held(missing, day) and missing["interview_on"] <= missing["until_on"] + IN_TIME


def _step(percent: int | None) -> str:
    if percent is None:
        return "none"
    return "95" if percent >= 95 else "90" if percent >= 90 else "50" if percent >= 50 else "0"


def interviews(history: History, areas: Areas, day: date, **filters: str) -> Table:
    back = [m for c in open_children(history, areas, day, **filters) for m in _went(history, c.child_id, day)]
    table: Table = {}
    spans: tuple[tuple[str, Callable[[Any, date], bool]], ...] = (
        ("12 months to the day", in_year), ("12 months before", in_year_before),
    )  # fmt: skip
    for words, within in spans:
        of = [m for m in back if within(m["until_on"], day)]
        in_time = sum(_is_in_time(m, day) for m in of)
        held = sum(_is_held(m, day) for m in of)
        offered = sum(m["interview_offered"] is True for m in of)
        table[words] = (len(of), offered, held, in_time, share(in_time, len(of)))
    return table


def places_of(history: History, areas: Areas, child_id: str, day: date) -> list[Record]:
    """Those that the areas keep."""
    ids = {link["concern_id"] for link in links_by(history, day) if link["child_id"] == child_id}
    kept = [c for c in then(history, "concern", day) if c["area"] in areas and c["kind"] == "place"]
    return [c for c in kept if c["concern_id"] in ids]


def places(history: History, areas: Areas, day: date, typed: Areas, but: set[str], **filters: str) -> Table:
    """By name where its reader keeps the records of that area (`typed`), else by the label that was approved; a child once.
    `but`: children whom the reader is not told of."""
    by_name: dict[str, set[str]] = {}
    for child in (c for c in open_children(history, areas, day, **filters) if c.child_id not in but):
        for place in places_of(history, areas, child.child_id, day):
            label = place["label_approved_on"] and place["label_for_return"]
            words = place["name"] if place["area"] in typed else label
            for name in (words or "A place the area has not approved for sharing", "Any place"):
                by_name.setdefault(name, set()).add(child.child_id)
    return {"Any place": (0,)} | {name: (len(children),) for name, children in by_name.items()}
