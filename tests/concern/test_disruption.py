"""MARTHR nominations and measures of disruption: what is asked, what follows from dates, and feedback to the meeting."""

from __future__ import annotations

import datetime

import pytest

from data import clock
from data.actor import Actor
from data.concern.concerns import move_concern
from data.concern.disruption import measures, measures_of, read_measure, save_measure
from data.concern.nominations import (
    accept,
    decline,
    feed_back,
    marthr_feedback,
    nominate,
    nominations,
    read_nomination,
)
from data.database.engine import Clash
from data.database.store import Store
from data.meeting import agendas
from data.refusal import NotFilledIn, Problems
from forms.disruption import MEASURES, STATES, state
from forms.kinds.date import in_words
from tests.concern.typed import (
    A_MEASURE,
    A_NOMINATION,
    A_PERSON,
    A_PLACE,
    ACCEPTED,
    FED_BACK,
    a_concern,
    a_link_to,
    a_measure,
    a_nomination,
    a_nomination_moved,
    days_ago,
)
from tests.factories import a_child_in_oversight, a_discussion, an_account
from tests.meetings.made import a_meeting

TODAY = clock.today()
DAYS = datetime.timedelta


@pytest.mark.parametrize(
    ("typed", "changed", "says"),
    [
        (A_PERSON, {"thresholds": []}, "Select at least one threshold"),
        (A_PERSON, {"thresholds": ["linked"]}, "Link the child to the record first"),
        (A_PERSON, {"thresholds": ["place_or_issue"]}, "this record is neither"),
        (A_PERSON, {"activity": []}, "Select the activity"),
        (A_PERSON, {"nominated_on": days_ago(-1)}, "must be today or in the past"),
        (A_PLACE, {"nominated_by": ""}, "Enter who nominates"),
    ],
)
def test_a_nomination_says_what_is_missing_or_does_not_fit(
    duckdb_store: Store, typed: dict, changed: dict, says: str
) -> None:
    coordinator = an_account(duckdb_store, "coordinator")
    with pytest.raises(NotFilledIn, match=says):
        a_nomination(coordinator, a_concern(coordinator, typed), **changed)
    assert nominations(coordinator).rows == ()


def test_a_nomination_is_accepted_with_a_response_and_fed_back_with_its_outcome(store: Store) -> None:
    coordinator = an_account(store, "coordinator", name="Coordinator Made-Up")
    place = a_concern(coordinator, A_PLACE)
    assert read_nomination(coordinator, place).record["nominated_by"] == "Coordinator Made-Up"
    nomination_id = a_nomination(coordinator, place, thresholds=["place_or_issue", "information"])
    with pytest.raises(Clash):
        nominate(coordinator, place, nomination_id, A_NOMINATION)
    with pytest.raises(NotFilledIn, match="Select the response"):
        accept(coordinator, nomination_id, {})
    with pytest.raises(Problems, match="can no longer be done"):
        feed_back(coordinator, nomination_id, FED_BACK)
    accept(coordinator, nomination_id, ACCEPTED)
    with pytest.raises(Problems, match="can no longer be done"):
        decline(coordinator, nomination_id, "A reason")
    with pytest.raises(NotFilledIn, match="Enter what the meeting is told"):
        feed_back(coordinator, nomination_id, {"outcome": "Words"})
    feed_back(coordinator, nomination_id, FED_BACK)
    (row,) = nominations(coordinator, "fed_back").rows
    assert (row["name"], row["response"], row["children"]) == ("Made-Up Takeaway", "act_with_partners", 0)
    assert read_nomination(coordinator, nomination_id=nomination_id).record["feedback"] == "Made-up feedback"


def test_a_closed_record_and_an_area_without_marthr_are_not_nominated(duckdb_store: Store) -> None:
    sheffield = an_account(duckdb_store, "coordinator", area="sheffield")
    with pytest.raises(Problems, match="no MARTHR"):
        a_nomination(sheffield)
    coordinator = an_account(duckdb_store, "coordinator")
    concern_id = a_concern(coordinator)
    move_concern(coordinator, concern_id, "close", "A made-up reason")
    with pytest.raises(Problems, match="Open it again"):
        a_nomination(coordinator, concern_id)


def feedback(coordinator: Actor) -> dict[str, str]:
    with coordinator.reading() as work:
        return marthr_feedback(work, "liverpool")


def test_the_agenda_says_for_which_children_feedback_is_waited_for_or_has_arrived(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    waits, told, other = (a_child_in_oversight(store) for _ in range(3))
    person, place = a_concern(coordinator), a_concern(coordinator, A_PLACE)
    a_link_to(coordinator, person, waits.child_id)
    a_link_to(coordinator, place, told.child_id)
    a_nomination_moved(coordinator, "accept", concern_id=person)
    a_nomination_moved(coordinator, "decline", "feed back", concern_id=place)
    assert feedback(coordinator) == {waits.episode_id: "waited", told.episode_id: "arrived"}
    agenda = agendas.read_agenda(coordinator, a_meeting(coordinator))
    assert [(c.episode_id, c.why) for c in agenda.proposed] == [(told.episode_id, ("marthr_arrived",))]
    due = agendas.read_agenda(coordinator, a_meeting(coordinator, meets_on=TODAY + DAYS(weeks=13)))
    assert {c.episode_id: c.why for c in due.proposed} == {
        waits.episode_id: ("review", "marthr_waited"),
        told.episode_id: ("review", "marthr_arrived"),
        other.episode_id: ("review",),
    }


def test_feedback_that_a_discussion_has_followed_is_no_news(store: Store) -> None:
    coordinator, child = an_account(store, "coordinator"), a_child_in_oversight(store)
    person = a_concern(coordinator)
    a_link_to(coordinator, person, child.child_id)
    a_nomination_moved(coordinator, "accept", "feed back", concern_id=person)
    assert feedback(coordinator) == {child.episode_id: "arrived"}
    a_discussion(store, child.episode_id, child.child_id)
    assert feedback(coordinator) == {}


STATE_OF = {
    (None, None, None): "asked_for", (None, 5, None): "asked_for", (-5, None, None): "in_force",
    (0, 29, None): "in_force", (-5, 28, None): "ending_soon", (-5, 0, None): "ending_soon",
    (-5, -1, None): "ended", (-5, 90, -1): "ended", (None, None, 0): "ended", (None, -1, None): "ended",
}  # fmt: skip
"""(began, ends, ended), in days from today."""


def dated(began: int | None, ends: int | None, ended: int | None) -> dict[str, datetime.date | None]:
    days = {"began_on": began, "ends_on": ends, "ended_on": ended}
    return {key: None if n is None else TODAY + DAYS(days=n) for key, n in days.items()}


def test_the_state_of_a_measure_follows_from_its_dates_in_lists_too(store: Store) -> None:
    assert {case: state(dated(*case), TODAY) for case in STATE_OF} == STATE_OF
    assert set(STATE_OF.values()) == dict(STATES).keys()
    coordinator = an_account(store, "coordinator")
    concern_id = a_concern(coordinator)
    for case in STATE_OF:
        typed = {key: "" if day is None else in_words(day) for key, day in dated(*case).items()}
        a_measure(coordinator, concern_id, **typed)
    listed = measures(coordinator)
    assert sorted(row["state"] for row in listed.rows) == sorted(STATE_OF.values())
    assert all(row["state"] == state(row, TODAY) for row in listed.rows)
    assert listed.counts == {"asked_for": 2, "in_force": 2, "ending_soon": 2, "ended": 4}
    assert len(measures(coordinator, "ending_soon").rows) == 2
    with coordinator.reading() as work:
        assert len(measures_of(work, concern_id)) == 10


def test_every_measure_of_the_pathway_is_offered() -> None:
    offered = " ".join(words for _, words in MEASURES)
    for named in ("CAWN", "CCE", "SHPO", "SRO", "STPO", "STRO", "Gang injunction", "Notification order", "Wardship",
                  "Non-molestation", "Exclusion", "Licensing", "Environmental health", "other crime",
                  "attention to an individual", "Patrol", "Internet provider"):  # fmt: skip
        assert named in offered
    assert len(MEASURES) == 18


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"is_under_18": "yes"}, "Answer whether youth justice was consulted"),
        ({"is_under_18": "yes", "youth_justice_consulted": "no"}, "Consult youth justice first"),
        ({"is_under_18": ""}, "under 18"),
        ({"ends_on": days_ago(11)}, "on or after the day it was served or began"),
        ({"ended_on": days_ago(11)}, "on or after the day it was served or began"),
        ({"began_on": days_ago(-1)}, "must be today or in the past"),
        ({"measure": "other"}, "Enter which measure it is"),
    ],
)
def test_a_measure_says_what_is_missing_or_wrong(duckdb_store: Store, changed: dict, says: str) -> None:
    coordinator = an_account(duckdb_store, "coordinator")
    with pytest.raises(NotFilledIn, match=says):
        a_measure(coordinator, **changed)
    assert measures(coordinator).rows == ()


def test_for_a_person_under_18_by_the_record_youth_justice_is_consulted(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    young = a_concern(coordinator, date_of_birth=in_words(TODAY.replace(year=TODAY.year - 16, day=1)))
    with pytest.raises(NotFilledIn, match="the person was under 18 then"):
        a_measure(coordinator, young)
    consulted = {"is_under_18": "yes", "youth_justice_consulted": "yes"}
    disruption_id = a_measure(coordinator, young, **consulted)
    save_measure(coordinator, young, disruption_id, {**A_MEASURE, **consulted, "is_breached": "yes"}, 1)
    with pytest.raises(Clash):
        save_measure(coordinator, young, disruption_id, {**A_MEASURE, **consulted}, 1)
    with pytest.raises(Problems, match="cannot be found"):
        save_measure(coordinator, a_concern(coordinator), disruption_id, {**A_MEASURE, **consulted}, 2)
    assert read_measure(coordinator, disruption_id=disruption_id).record["is_breached"] is True
