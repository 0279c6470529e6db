"""What stands out in a week, each with a history that shows it and one just short of it, on both engines."""

from __future__ import annotations

import datetime

import pytest

from data.accounts import ROLES
from data.actor import Actor
from data.database.audit import Event
from data.database.store import Store
from data.refusal import Refused
from data.trail import anomalies as found_in
from data.trail.anomalies import anomalies, thresholds_on
from tests.audit.tampering import at_time
from tests.factories import a_child, an_account

WEDNESDAY = datetime.datetime(2026, 6, 3, 12, 0, tzinfo=datetime.UTC)  # 13:00 in the United Kingdom
FRIDAY_EVENING = datetime.datetime(2026, 6, 5, 18, 0, tzinfo=datetime.UTC)
MINUTE, HOUR, DAY = (datetime.timedelta(minutes=m) for m in (1, 60, 24 * 60))


def look(actor: Actor, child_id: str, at: datetime.datetime, action: str = "child viewed") -> None:
    with at_time(at), actor.writing() as work:
        work.note(Event(action, child_id))


def found(store: Store, until: datetime.datetime = FRIDAY_EVENING) -> list[tuple[str, str]]:
    administrator = an_account(store, "administrator")
    return [(anomaly.kind, anomaly.sentence) for anomaly in anomalies(administrator, until)]


def test_looking_at_a_child_of_ones_own_name_or_postcode_stands_out(store: Store) -> None:
    sam = an_account(store, name="Sam Ó’Made-Up", postcode="L1 8JQ")
    cousin = a_child(store, name="Rowan  O'MADE-UP", postcode="L2 2AA")
    neighbour = a_child(store, name="Ash Example", postcode="L18JQ")
    stranger = a_child(store, name="Made-Up Example", postcode="L3 3AA")
    for child_id in (cousin, cousin, neighbour, stranger):
        look(sam, child_id, WEDNESDAY)
    assert found(store) == [
        ("own family", "Sam Ó’Made-Up looked at 2 children with their own last name or postcode.")
    ]


def test_no_name_and_no_postcode_are_nobodys_own(store: Store) -> None:
    look(an_account(store, name="", postcode=None), a_child(store, name="Rowan Example"), WEDNESDAY)
    look(an_account(store, name="Sam Example", postcode=""), a_child(store, name="Ash Made-Up"), WEDNESDAY)
    assert found(store) == []


def test_twenty_children_within_an_hour_stand_out_and_nineteen_or_a_slower_twenty_do_not(
    store: Store,
) -> None:
    children = [a_child(store, name="Rowan Example") for _ in range(20)]
    fast, slow, few = (an_account(store, name=f"{name} Made-Up") for name in ("Fast", "Slow", "Few"))
    for number, child_id in enumerate(children):
        look(fast, child_id, WEDNESDAY + number * 3 * MINUTE)  # the twentieth after 57 minutes
        look(slow, child_id, WEDNESDAY + number * 4 * MINUTE)
        look(few, children[number % 19], WEDNESDAY + number * MINUTE)
    assert found(store) == [
        (
            "many children",
            "Fast Made-Up looked at 20 children within 60 minutes, from 13:00 on 3 June 2026.",
        )
    ]


def test_looking_out_of_hours_stands_out_by_the_clock_of_the_united_kingdom(store: Store) -> None:
    early, late, weekend, in_time = (
        an_account(store, name=f"{name} Made-Up") for name in ("Early", "Late", "Weekend", "In-Time")
    )
    one, two = a_child(store, name="Rowan Example"), a_child(store, name="Ash Example")
    look(in_time, one, WEDNESDAY.replace(hour=6))  # 7:00
    look(in_time, one, WEDNESDAY.replace(hour=18, minute=59))  # 19:59
    look(early, one, WEDNESDAY.replace(hour=5, minute=59))
    look(late, one, WEDNESDAY.replace(hour=19))
    look(late, two, WEDNESDAY.replace(hour=20))
    look(weekend, one, WEDNESDAY - 4 * DAY)
    hours = "outside 7:00 to 20:00 or at the weekend"
    assert found(store) == [
        ("out of hours", f"Early Made-Up looked at 1 child {hours}, first at 06:59 on 3 June 2026."),
        ("out of hours", f"Late Made-Up looked at 2 children {hours}, first at 20:00 on 3 June 2026."),
        ("out of hours", f"Weekend Made-Up looked at 1 child {hours}, first at 13:00 on 30 May 2026."),
    ]


def test_only_looks_of_the_seven_days_before_count_and_refusals_and_writes_are_no_looks(store: Store) -> None:
    sam = an_account(store, name="Sam Example")
    child_id = a_child(store, name="Rowan Example")
    look(sam, child_id, FRIDAY_EVENING - 7 * DAY)
    look(sam, child_id, FRIDAY_EVENING + MINUTE)
    look(sam, child_id, WEDNESDAY, "refused: child viewed")
    look(sam, child_id, WEDNESDAY, "answer saved")
    assert found(store) == []
    look(sam, child_id, FRIDAY_EVENING - 7 * DAY + MINUTE)
    assert [kind for kind, _ in found(store)] == ["own family"]


def test_thresholds_are_those_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    first = found_in.THRESHOLDS[0]
    later = found_in.Thresholds(datetime.date(2027, 4, 1), 10, HOUR, 8, 18)
    monkeypatch.setattr(found_in, "THRESHOLDS", (first, later))
    assert thresholds_on(datetime.date(2027, 3, 31)) == first
    assert thresholds_on(datetime.date(2027, 4, 1)) == later
    assert thresholds_on(datetime.date(2020, 1, 1)) == first


def test_no_sentence_names_a_child_and_only_the_administrator_reads_them(store: Store) -> None:
    sam = an_account(store, name="Sam Example")
    child_id = a_child(store, name="Rowan Example")
    look(sam, child_id, WEDNESDAY.replace(hour=22))
    said = str(found(store))
    assert "Rowan" not in said
    assert child_id not in said
    for role in set(ROLES) - {"operator", "administrator"}:
        with pytest.raises(Refused):
            anomalies(an_account(store, role), FRIDAY_EVENING)
