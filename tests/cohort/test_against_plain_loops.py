"""Any history at all: the dashboard and a reckoning in plain loops get the same figures, on both engines."""

from __future__ import annotations

import pytest

from data.dashboard.section import days
from data.database.audit import Event
from data.database.records import ACTION, DISCUSSION, EPISODE, REFERRAL, SCORING
from data.database.schema import form_table
from data.database.store import Store
from forms.registry import form
from tests.cohort.cohorts import read
from tests.cohort.plainly import DAY, History, a_history, figures, percentile, waits
from tests.factories import the_operator

TABLES = {
    "child": form_table(form("child")), "referral": REFERRAL, "episode": EPISODE, "discussion": DISCUSSION, "action": ACTION,
    "assessment": form_table(form("assessment")), "scoring": SCORING,
}  # fmt: skip
VIEWS = ("glance", "flow", "due", "seen", "change")
COMPARED = (
    "open", "total", "review=", "context=", "overdue_action=", "band=", "scale=", "opened=2", "closed=2", "repeat=2",
)  # fmt: skip
NOT_RECKONED = ("review=later", ";", "action=any")


def keep(store: Store, history: History) -> None:
    with the_operator(store).writing() as work:
        for name, table in TABLES.items():
            work.save_new(table, history[name], lambda _: Event("made for a test"))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_dashboard_and_a_plain_reckoning_get_the_same_figures(store: Store, seed: int) -> None:
    history = a_history(seed)
    keep(store, history)
    actor = the_operator(store)
    for narrowed in ({}, {"kind": "criminal"}, {"agency": "health"}, {"band": "high"}):
        views = VIEWS if not narrowed else tuple(view for view in VIEWS if view != "flow")
        found = read(actor, ("liverpool",), DAY, *views, **narrowed).figures
        kept = {
            name: n
            for name, n in found.items()
            if n and name.startswith(COMPARED) and not any(part in name for part in NOT_RECKONED)
        }
        assert kept == dict(figures(history, "liverpool", DAY, **narrowed)), narrowed
    assert len(kept) > 5


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_waits_are_those_of_a_plain_reckoning(store: Store, seed: int) -> None:
    history = a_history(seed)
    keep(store, history)
    tables = read(the_operator(store), ("liverpool",), DAY, "flow").tables
    for what, values in waits(history, "liverpool", DAY).items():
        [caption] = [
            c
            for c in tables
            if c.startswith("Days") and c.endswith(what.removeprefix("to_").replace("_", " "))
        ]
        assert len(values) > 3
        assert tables[caption]["12 months to the day"][:3] == (
            days(percentile(values, 0.5)), days(percentile(values, 0.9)), len(values),
        ), what  # fmt: skip
