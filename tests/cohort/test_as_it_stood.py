"""A past day shows what had been decided by then: what was changed since is read from its history."""

from __future__ import annotations

from datetime import date

import pytest

from data.answers.submissions import read_submission
from data.child.child_over_time import read_over_time
from data.database.records import ACTION, NRM, SCORING
from data.database.store import Store
from forms.tracker import TRACKER
from tests.cohort.cohorts import BEFORE, ON, a_small_cohort, an_action, on_that_day, read
from tests.factories import MADE, an_account, an_nrm, the_operator
from tests.filled_in import sent

LIVERPOOL = ("liverpool",)
MAY = date(2026, 5, 31)


def test_a_band_by_judgement_counts_from_the_day_it_was_given(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    child, actor = a_small_cohort(store)["being"].child_id, the_operator(store)
    scoring = {"scoring_id": "s", "child_id": child, "scored_on": BEFORE, "weight_set_id": "illustrative", "total": 10,
               "highest": 20, "band": "low", "handled_band": "low", "answers": "{}"}  # fmt: skip
    for day, change in (
        (BEFORE, scoring),
        (date(2026, 6, 1), {"handled_band": "high", "override_reason": "Made-up"}),
    ):
        on_that_day(monkeypatch, day)
        with actor.writing() as work:
            work.save(SCORING, {"scoring_id": "s", **change}, MADE)
    then, now = (read(actor, LIVERPOOL, day, "glance", "quality").figures for day in (MAY, ON))
    assert (then["band=low"], then["band=high"], then["overridden"]) == (1, 0, 0)
    assert (now["band=low"], now["band=high"], now["overridden"]) == (0, 1, 1)
    assert (now["band_change=first"], then["band_change=first"]) == (1, 1), "not scored by the end of March"


def test_an_action_is_overdue_by_the_date_it_hadthen(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made, actor = a_small_cohort(store)["being"], the_operator(store)
    on_that_day(monkeypatch, BEFORE)
    an_action(store, made, "police", date(2026, 5, 20), action_id="a")
    an_action(store, made, "police", date(2026, 5, 20), action_id="b")
    on_that_day(monkeypatch, date(2026, 6, 10))
    with actor.writing() as work:
        work.save(ACTION, {"action_id": "a", "due_on": date(2026, 8, 1), "agency": "health"}, MADE)
        work.save(ACTION, {"action_id": "b", "state": "completed", "closed_on": date(2026, 6, 5)}, MADE)
    table = "Open actions, by the agency that holds them"
    assert read(actor, LIVERPOOL, MAY, "due").tables[table]["Police"] == (0, 2, 2, 1)
    assert read(actor, LIVERPOOL, date(2026, 6, 5), "due").tables[table]["Police"] == (0, 1, 1, 1), (
        "closed that day"
    )
    assert read(actor, LIVERPOOL, ON, "due").tables[table]["Health"] == (1, 0, 1, 0)


def test_what_the_mechanism_decided_later_is_not_known_before(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, actor = a_small_cohort(store), the_operator(store)
    on_that_day(monkeypatch, BEFORE)
    an_nrm(store, made["being"].child_id, nrm_id="n", submitted_on=date(2026, 5, 1))
    an_nrm(store, made["may be"].child_id, nrm_id="m", is_required=False)
    on_that_day(monkeypatch, date(2026, 6, 10))
    with actor.writing() as work:
        decided = {"reasonable_grounds": "negative", "reasonable_grounds_on": date(2026, 6, 9)}
        work.save(NRM, {"nrm_id": "n", **decided}, MADE)
        work.save(NRM, {"nrm_id": "m", "is_required": True}, MADE)
    names = ("nrm=0", "nrm=1", "nrm=2", "nrm=negative")

    def funnel(on: date) -> list[int]:
        figures = read(actor, LIVERPOOL, on, "seen").figures
        return [figures[name] for name in names]

    assert funnel(date(2026, 4, 14)) == [0, 0, 0, 0]
    assert funnel(date(2026, 4, 30)) == [1, 0, 0, 0]
    assert funnel(MAY) == [1, 1, 0, 0]
    assert funnel(date(2026, 6, 9)) == [1, 1, 0, 1]
    assert funnel(ON) == [2, 1, 0, 1]


def test_a_closure_typed_later_counts_from_its_own_day(store: Store) -> None:
    a_small_cohort(store)  # all of it is recorded today, long after
    actor = the_operator(store)
    assert read(actor, LIVERPOOL, MAY, "glance").figures["open"] == 6
    compared = read(actor, LIVERPOOL, ON, "glance").tables[
        "The cohort now and at the end of earlier quarters"
    ]
    assert compared["In oversight"] == (3, 0, 0)
    assert compared["Episodes closed in the quarter"] == (1, 0, 0)


def test_a_tracker_counts_from_the_day_it_was_first_sent_and_as_it_was_then(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    coordinator = an_account(store, "coordinator")
    child = a_small_cohort(store)["being"].child_id
    on_that_day(monkeypatch, date(2026, 6, 10))
    record_id = sent(coordinator, TRACKER, child, {"wanted_missing": "missing", "occasion": "referral"})
    on_that_day(monkeypatch, date(2026, 9, 1))
    sent(
        coordinator,
        TRACKER,
        child,
        {"wanted_missing": "no", "occasion": "after_intervention", "intervention": "Made-up"},
    )
    table = "Currently wanted or missing, children"
    for day, answer, without in (
        (MAY, "Not answered, or no tracker", 6),
        (ON, "Missing", 5),
        (date(2026, 9, 2), "No", 5),
    ):
        shown = read(coordinator, LIVERPOOL, day, "seen", "quality")
        assert shown.tables[table][answer] == ((6,) if day == MAY else (1,)), day
        assert shown.figures["no_tracker"] == without, day
    assert read_submission(coordinator, "tracker", record_id).submitted_on == date(2026, 6, 10)
    marks = [mark for mark in read_over_time(coordinator, child).marks if mark.kind == "intervention"]
    assert [mark.on for mark in marks] == [date(2026, 9, 1)]
