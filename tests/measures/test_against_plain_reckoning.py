"""Any history at all: the tool and a reckoning in plain loops get the same figures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import clock
from data.database.audit import Event
from data.database.records import DISCUSSION, EPISODE, NRM, REFERRAL
from data.database.schema import form_table
from data.database.store import Store
from data.measures.reckoning import reckon
from forms.codes import CLOSURE_REASONS, ETHNICITY
from forms.places import area_name
from forms.registry import form
from tests.factories import the_operator
from tests.measures.history import FIRST, LAST, MERSEYSIDE, scope
from tests.measures.plainly import Record, reckoned

TABLES = {
    "child": form_table(form("child")),
    "referral": REFERRAL,
    "episode": EPISODE,
    "discussion": DISCUSSION,
    "nrm": NRM,
}

# Days near the edges that the definitions name are drawn as often as all others together.
EDGES = [
    FIRST, LAST, FIRST - timedelta(1), LAST + timedelta(1), date(2025, 12, 29), date(2025, 12, 30), date(2025, 12, 31),
    date(2025, 6, 30), date(2025, 4, 1), date(2024, 2, 29),
]  # fmt: skip
DAYS = st.one_of(st.sampled_from(EDGES), st.dates(date(2024, 1, 1), date(2026, 9, 30)))
AREAS = st.sampled_from(["liverpool", "wirral", "sheffield"])
BIRTHS = st.one_of(
    st.sampled_from([date(2008, 6, 30), date(2008, 7, 1), date(2008, 2, 29), date(2012, 2, 29)]),
    st.dates(date(2007, 1, 1), date(2017, 12, 31)),
)


def _or_none(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from([*values, None])


@st.composite
def histories(draw: st.DrawFn) -> dict[str, list[Record]]:
    """Up to four children, each with stays that do not overlap, discussions inside them, referrals and NRM."""
    history: dict[str, list[Record]] = {name: [] for name in TABLES}
    for _ in range(draw(st.integers(1, 4))):
        child = clock.new_id()
        history["child"].append({
            "record_id": child, "child_id": child, "area": draw(AREAS), "date_of_birth": draw(BIRTHS),
            "sex": draw(_or_none("F", "M", "U")), "gender": draw(_or_none("female", "male", "another", "not_known")),
            "ethnicity": draw(_or_none(*(code for code, _ in ETHNICITY))), "sen": draw(_or_none("N", "K", "E")),
        })  # fmt: skip
        days = sorted(draw(st.lists(DAYS, min_size=2, max_size=6)))
        stays = list(zip(days[::2], days[1::2], strict=False))
        for opened, closed in stays:
            is_open = (opened, closed) == stays[-1] and draw(st.booleans())
            _stay(draw, history, child, opened, None if is_open else closed)
        for _ in range(draw(st.integers(0, 2))):
            history["referral"].append(_referral(draw, child, draw(DAYS)))
        for _ in range(draw(st.integers(0, 2))):
            history["nrm"].append({
                "nrm_id": clock.new_id(), "child_id": child, "submitted_on": draw(st.one_of(DAYS, st.none())),
                "multi_agency": draw(_or_none(True, False)),
            })  # fmt: skip
    return history


def _referral(draw: st.DrawFn, child: str, received: date) -> Record:
    state = draw(st.sampled_from(["accepted", "declined", "returned", "submitted", "awaiting_sign_off"]))
    decided = (
        received + timedelta(draw(st.integers(0, 40)))
        if state in ("accepted", "declined", "returned")
        else None
    )
    return {
        "referral_id": clock.new_id(), "child_id": child, "area": draw(AREAS), "received_on": received,
        "state": state, "decided_on": decided,
    }  # fmt: skip


def _stay(
    draw: st.DrawFn, history: dict[str, list[Record]], child: str, opened: date, closed: date | None
) -> None:
    referral = None
    if draw(st.booleans()):
        referral = {
            **_referral(draw, child, opened - timedelta(draw(st.integers(0, 5)))),
            "state": "accepted",
            "decided_on": opened,
        }
        history["referral"].append(referral)
    episode = {
        "episode_id": clock.new_id(), "child_id": child, "referral_id": referral and referral["referral_id"],
        "area": draw(AREAS), "opened_on": opened, "closed_on": closed,
        "closure_reason": closed and draw(st.sampled_from([key for key, _ in CLOSURE_REASONS])),
    }  # fmt: skip
    history["episode"].append(episode)
    inside = [
        day for day in draw(st.lists(DAYS, max_size=6, unique=True)) if opened <= day <= (closed or day)
    ]
    for met in {opened, *inside}:
        history["discussion"].append({
            "discussion_id": clock.new_id(), "episode_id": episode["episode_id"], "child_id": child, "meeting_date": met,
            "assessment_date": draw(_or_none(opened, met)), "kind": draw(_or_none("criminal", "sexual", "both")),
            "judgement": draw(_or_none("A", "B", "C", "D", "E")),
        })  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories())
def test_the_tool_and_a_plain_reckoning_get_the_same_figures(
    store: Store, history: dict[str, list[Record]]
) -> None:
    with the_operator(store).writing() as work:
        for name, table in TABLES.items():
            for kept in (name, f"{name}_history"):
                work.connection.run(f"DELETE FROM {kept}")
            work.save_new(table, history[name], lambda _: Event("made for a test"))
    with the_operator(store).reading() as work:
        found = {(f.area, f.measure, f.breakdown): f.value for f in reckon(work, scope()).figures if f.value}
    plain = reckoned(history, FIRST, LAST, MERSEYSIDE.areas)
    assert found == {
        (area if area == "Total" else area_name(area), measure, breakdown): n
        for (area, measure, breakdown), n in plain.items()
        if n
    }
