"""A small cohort with something in every figure, and days to look at it on."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

import forms.weights
from data import clock, cohort
from data.actor import Actor
from data.dashboard.section import Count
from data.database.engine import Row
from data.database.records import (
    ACTION,
    CONCERN,
    CONCERN_LINK,
    DISRUPTION,
    EPISODE,
    MISSING_EPISODE,
    POPULATION,
    SCHOOL_ATTENDANCE,
    SCORING,
    WEIGHT_SET,
)  # fmt: skip
from data.database.store import Store
from data.database.table import RecordTable
from tests.factories import (
    MADE,
    Oversight,
    a_child,
    a_child_in_oversight,
    a_discussion,
    a_submission,
    an_episode,
    the_operator,
)

ON = date(2026, 6, 30)
"""A quarter end, so that the return's figures are those of the day too."""
BEFORE = date(2026, 4, 15)


def a_small_cohort(store: Store) -> dict[str, Oversight]:
    """Six open children in Liverpool, one of them open in Sefton too; one closed there, one in Sefton only."""

    def child(judgement: str, name: str, area: str = "liverpool", **details: object) -> Oversight:
        return a_child_in_oversight(store, judgement, area, BEFORE, name=f"{name} Made-Up", **details)

    made = {
        "being": child("A", "Ada", born=date(2012, 7, 1), sex="F", ethnicity="WBRI", sen="K"),
        "may be": child("C", "Bo", born=date(2010, 6, 30), gender="male", ethnicity="BCRB"),
        "after harm": child("D", "Cem"),
        "prevention": child("E", "Dee"),
        "two areas": child("B", "Eli", sex="M", sen="E"),
        "closed": child("B", "Fay"),
        "elsewhere": child("B", "Gus", "sefton"),
    }
    twice = made["two areas"].child_id
    a_discussion(store, an_episode(store, twice, "sefton", opened_on=BEFORE), twice, "C", meeting_date=BEFORE)
    an_episode(store, a_child(store, "Hal Made-Up", born=date(2013, 1, 1)), opened_on=ON)
    closed = {"closed_on": date(2026, 6, 1), "closure_reason": "risk_reduced"}
    _save(store, EPISODE, {"episode_id": made["closed"].episode_id, **closed})
    return made


def a_score(store: Store, child_id: str, on: date, band: str, weight_set: str = "illustrative") -> None:
    """A scoring of the low band that is handled as `band`."""
    _save(store, SCORING, {
        "scoring_id": clock.new_id(), "child_id": child_id, "scored_on": on, "weight_set_id": weight_set,
        "total": 10, "highest": 20, "band": "low", "handled_band": band, "answers": "{}",
    })  # fmt: skip


def an_approved_weight_set(store: Store) -> str:
    points = Path(forms.weights.__file__).with_name("illustrative.csv").read_text(encoding="utf-8")
    _save(store, WEIGHT_SET, {
        "weight_set_id": "ours", "name": "Ours", "version": "1", "status": "approved", "source": "The board",
        "points": points, "approved_by": "Person Made-Up", "approved_on": BEFORE,
    })  # fmt: skip
    return "ours"


class Read(NamedTuple):
    figures: dict[str, int]
    """By the names of their cuts, of the views named."""
    about_scores: tuple[str, ...]
    tables: dict[str, dict[str, tuple[object, ...]]]
    """Caption → words of the line → its numbers."""


def read(actor: Actor, areas: tuple[str, ...], on: date, *views: str, **filters: str) -> Read:
    """The figures as the dashboard has them; of the first page and of who the children are, unless told."""
    sections = [
        section
        for view in views or ("glance", "people")
        for section in cohort.read_view(actor, view, areas, on, filters).sections
    ]
    figures: dict[str, int] = {}
    for section in sections:
        for cut, value in section.counts().items():
            assert figures.setdefault(cut, value) == value, f"{cut} has two values"
    tables = {
        s.caption: {
            words: tuple(c.value if isinstance(c, Count) else c for c in cells) for words, cells in s.lines
        }
        for s in sections
    }
    return Read(figures, tuple(dict.fromkeys(w for s in sections for w in s.warnings)), tables)


def _save(store: Store, table: RecordTable, record: Row) -> None:
    with the_operator(store).writing() as work:
        work.save(table, record, MADE)


def an_action(store: Store, of: Oversight, agency: str, due_on: date | None, **given: object) -> str:
    """Set at the meeting on `BEFORE`, unless told."""
    action_id = str(given.pop("action_id", clock.new_id()))
    _save(store, ACTION, {
        "action_id": action_id, "episode_id": of.episode_id, "child_id": of.child_id, "meeting_date": BEFORE, "state": "ongoing",
        "action": "Made-up", "agency": agency, "due_on": due_on, **given,
    })  # fmt: skip
    return action_id


def a_tracker(store: Store, child_id: str, on: date, **answers: object) -> str:
    return a_submission(store, "tracker", child_id, submitted_on=on, **answers)


def a_missing_episode(
    store: Store, child_id: str, since: date, until: date | None, held: date | None = None, **given: object
) -> None:
    _save(store, MISSING_EPISODE, {
        "missing_episode_id": clock.new_id(), "child_id": child_id, "missing_from": "home", "from_on": since, "until_on": until,
        "interview_offered": held is not None, "interview_held": held is not None, "interview_on": held, **given,
    })  # fmt: skip


def at_school(store: Store, child_id: str, on: date, timetable: str, percent: int | None) -> None:
    _save(store, SCHOOL_ATTENDANCE, {
        "school_attendance_id": clock.new_id(), "child_id": child_id, "occasion": "review", "as_of": on,
        "timetable": timetable, "percent": percent,
    })  # fmt: skip


def a_place(
    store: Store, *child_ids: str, name: str = "Corner shop Made-Up", label: str | None = None
) -> str:
    """Linked to these children on `BEFORE`; with a label, the coordinator has approved it."""
    concern_id = clock.new_id()
    _save(store, CONCERN, {
        "concern_id": concern_id, "area": "liverpool", "kind": "place", "name": name, "label_for_return": label,
        "label_approved_on": BEFORE if label else None,
    })  # fmt: skip
    for child_id in child_ids:
        _save(store, CONCERN_LINK, {
            "link_id": clock.new_id(), "concern_id": concern_id, "child_id": child_id, "child_area": "liverpool", "linked_on": BEFORE,
        })  # fmt: skip
    return concern_id


def a_disruption(
    store: Store, concern_id: str, began: date | None, ends: date | None = None, ended: date | None = None
) -> None:
    _save(store, DISRUPTION, {
        "disruption_id": clock.new_id(), "concern_id": concern_id, "measure": "cawn", "began_on": began, "ends_on": ends, "ended_on": ended,
    })  # fmt: skip


def a_population(store: Store, area: str, year: int = 2026, everyone: int = 10_000, **counts: int) -> None:
    """Half of them girls, and four in five white, unless told."""
    _save(store, POPULATION, {
        "population_id": f"{area} {year}", "area": area, "year": year, "source": "Made-up", "everyone": everyone,
        "female": everyone // 2, "male": everyone // 2, "white": everyone * 8 // 10, "mixed": everyone // 20,
        "asian": everyone // 20, "black": everyone // 20, "other": everyone // 20, **counts,
    })  # fmt: skip


def on_that_day(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """What is written from now on is written on that day."""
    at = datetime(day.year, day.month, day.day, 12, tzinfo=clock.UK)
    monkeypatch.setattr(clock, "now", lambda: at)
