"""A small cohort with something in every figure, and days to look at it on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import forms.weights
from data import clock
from data.engine import Row
from data.schema import EPISODE, SCORING, WEIGHT_SET, RecordTable
from data.store import Store
from tests.factories import (
    MADE,
    Oversight,
    a_child,
    a_child_in_oversight,
    a_discussion,
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


def _save(store: Store, table: RecordTable, record: Row) -> None:
    with the_operator(store).writing() as work:
        work.save(table, record, MADE)
