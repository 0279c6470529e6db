"""Time in oversight, plans for turning 18, decisions waited for, actions in time, disruption, missing, school and places."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from data.access.rule import Refused
from data.cohort import children_listed, read_view
from data.database.records import ATTENDANCE, MEETING
from data.database.store import Store
from data.refusal import Problems
from tests.cohort.cohorts import (
    BEFORE,
    ON,
    a_disruption,
    a_missing_episode,
    a_place,
    a_small_cohort,
    an_action,
    at_school,
    on_that_day,
    read,
)
from tests.factories import MADE, a_child_in_oversight, a_submission, an_account, an_nrm, the_operator
from tests.settings.test_each_partnership_sets_its_own import an_administrator, set_to

LIVERPOOL = ("liverpool",)
DAYS = timedelta


def test_time_in_oversight_is_told_by_its_middle_and_its_ninetieth(store: Store) -> None:
    for n, judgement in enumerate("ABCCC"):
        a_child_in_oversight(store, judgement, "liverpool", ON - DAYS(100 * (n + 1)))
    days = read(the_operator(store), LIVERPOOL, ON, "follow").tables["Days in oversight"]
    assert days == {
        "Being exploited": (2, 150, 190, 0), "May be exploited": (3, 400, 480, 2), "All in oversight": (5, 300, 460, 2),
    }  # fmt: skip


def test_who_turns_17_and_a_half_without_a_plan_or_a_reason_is_counted_and_listed(store: Store) -> None:
    actor = the_operator(store)
    for years_days, plan in ((6393, None), (6393, "plan"), (6393, "reason"), (6300, None)):
        child = a_child_in_oversight(store, "B", "liverpool", BEFORE, born=ON - DAYS(years_days))
        with actor.reading() as work:
            talk = work.value("SELECT discussion_id FROM discussion WHERE child_id = $1", [child.child_id])
        if plan:
            key = "transitions_plan" if plan == "plan" else "transitions_plan_missing_reason"
            a_submission(store, "minutes", child.child_id, record_id=talk, **{key: "Made-up"})
    found = read(actor, LIVERPOOL, ON, "follow")
    assert found.tables["Young people of 17½ or older, by transitions plan"] == {
        "No plan and no reason": (1,), "No plan, with the reason": (1,), "With a plan": (1,),
    }  # fmt: skip
    assert len(children_listed(actor, "liverpool", ON, "transition=none;from=17_6")[0]) == 1
    assert len(children_listed(actor, "liverpool", ON, "transition=none;from=17")[0]) == 2


def test_the_nrm_is_told_in_days_decided_and_waited(store: Store) -> None:
    made = a_small_cohort(store)
    sent = date(2026, 5, 1)
    an_nrm(
        store, made["being"].child_id, submitted_on=sent, reasonable_grounds="positive",
        reasonable_grounds_on=sent + DAYS(5), conclusive_grounds="positive", conclusive_grounds_on=ON + DAYS(1),
    )  # fmt: skip
    an_nrm(store, made["may be"].child_id, submitted_on=ON - DAYS(9))
    an_nrm(
        store, made["two areas"].child_id, submitted_on=sent, reasonable_grounds="negative", reasonable_grounds_on=sent + DAYS(15)
    )  # fmt: skip
    an_nrm(store, made["closed"].child_id, submitted_on=sent)
    assert read(the_operator(store), LIVERPOOL, ON, "follow").tables["Days until the NRM decides"] == {
        "Reasonable grounds": (10, 14, 2, 1, 9), "Conclusive grounds": (None, None, 0, 1, 55),
    }  # fmt: skip


def test_actions_that_fell_due_are_told_by_what_became_of_them(store: Store) -> None:
    being = a_small_cohort(store)["being"]
    due = date(2026, 6, 1)
    done = {"state": "completed"}
    an_action(store, being, "police", due, closed_on=due, **done)
    an_action(store, being, "police", due, closed_on=due + DAYS(1), **done)
    an_action(store, being, "police", due, closed_on=ON + DAYS(1), **done)
    an_action(store, being, "health", due, closed_on=due, state="not_achieved")
    an_action(store, being, "health", ON + DAYS(1))
    an_action(store, being, "health", None)
    actions = read(the_operator(store), LIVERPOOL, ON, "follow").tables[
        "Actions that fell due in twelve months, by agency"
    ]
    assert actions == {
        "Police": (3, 1, 1, 0, 1, "1 of 3 (33%)"), "Health": (1, 0, 0, 1, 0, "0 of 1 (0%)"),
        "All agencies": (4, 1, 1, 1, 1, "1 of 4 (25%)"),
    }  # fmt: skip


def test_disruption_is_told_as_it_stood_with_the_children_linked(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_that_day(monkeypatch, ON)
    made = a_small_cohort(store)
    shop = a_place(store, made["being"].child_id, made["may be"].child_id, made["closed"].child_id)
    elsewhere = a_place(store)
    a_disruption(store, shop, BEFORE, ends=ON)
    a_disruption(store, shop, None)
    a_disruption(store, elsewhere, BEFORE, ends=date(2027, 1, 1))
    a_disruption(store, elsewhere, BEFORE, ended=ON)
    a_disruption(store, elsewhere, ON + DAYS(1))
    assert read(the_operator(store), LIVERPOOL, ON, "follow").tables["Disruption measures, and children linked"] == {
        "Asked for, not served yet": (2, 2), "In force": (2, 2), "Of these, ending within four weeks": (1, 2),
        "Ended in the twelve months": (1, 0),
    }  # fmt: skip


def test_missing_and_interviews_are_told_by_children_and_by_times_back(store: Store) -> None:
    made = a_small_cohort(store)
    being, may_be = made["being"].child_id, made["may be"].child_id
    back = date(2026, 5, 10)
    for n in range(3):
        a_missing_episode(
            store, being, back + DAYS(7 * n), back + DAYS(7 * n), held=back + DAYS(7 * n + 2 + n)
        )
    a_missing_episode(store, may_be, ON - DAYS(2), ON - DAYS(1), interview_offered=True)
    a_missing_episode(store, may_be, ON, None)
    a_missing_episode(
        store, made["prevention"].child_id, date(2025, 3, 1), date(2025, 3, 2), held=date(2025, 3, 2)
    )
    a_missing_episode(store, made["closed"].child_id, ON, None)
    tables = read(the_operator(store), LIVERPOOL, ON, "away").tables
    assert tables["Children who went missing"] == {
        "Missing on the day": (1, 0), "Missing at least once in the twelve months": (2, 0),
        "Missing 3 times or more in the twelve months": (1, 0),
        "Came back, and no return home interview was held within 72 hours": (2, 0),
    }  # fmt: skip
    assert tables["Return home interviews, by times a child came back"] == {
        "12 months to the day": (4, 4, 3, 2, "2 of 4 (50%)"), "12 months before": (1, 1, 1, 1, "1 of 1 (100%)"),
    }  # fmt: skip


def test_school_is_told_by_the_latest_record_up_to_the_day(store: Store) -> None:
    made = a_small_cohort(store)
    at_school(store, made["being"].child_id, BEFORE, "full_time", 97)
    at_school(store, made["being"].child_id, ON, "part_time", 50)
    at_school(store, made["being"].child_id, ON + DAYS(1), "excluded", 0)
    tables = read(the_operator(store), LIVERPOOL, ON, "away").tables
    assert {k: v for k, v in tables["Education, children"].items() if v != (0,)} == {
        "Part-time timetable": (1,), "Not recorded": (5,),
    }  # fmt: skip
    assert tables["Attendance in percent, children"]["50 to 89%"] == (1,)


def test_a_place_is_named_as_its_reader_may_read_it(store: Store) -> None:
    made = a_small_cohort(store)
    being, may_be = made["being"].child_id, made["may be"].child_id
    shop = a_place(store, being, may_be)
    a_place(store, being, name="Mill Made-Up", label="a takeaway")
    a_place(store, may_be, name="Bus station Made-Up")
    shown = {
        "Corner shop Made-Up": (2,),
        "Mill Made-Up": (1,),
        "Bus station Made-Up": (1,),
        "Any place": (2,),
    }
    caption = "Places of concern, children linked"
    manager, lead = an_account(store, "manager"), an_account(store, "partnership_lead")
    assert read(manager, LIVERPOOL, ON, "places").tables[caption] == shown
    told = read(lead, LIVERPOOL, ON, "places").tables[caption]
    assert told == {
        "A place the area has not approved for sharing": (2,),
        "a takeaway": (1,),
        "Any place": (2,),
    }
    assert len(children_listed(manager, "liverpool", ON, f"place={shop}")[0]) == 2
    with pytest.raises(Refused):
        children_listed(lead, "liverpool", ON, f"place={shop}")
    for unknown in ("place=x'; --", "place=" + "y" * 41, "nothing"):
        with pytest.raises(Problems):
            children_listed(manager, "liverpool", ON, unknown)
    assert read_view(manager, "places", LIVERPOOL, BEFORE - DAYS(1)).figures["place=any"] == 0


def test_a_meeting_has_its_quorum_by_the_partnerships_own_setting(store: Store) -> None:
    def attended(meeting_id: str, *agencies: str) -> None:
        with the_operator(store).writing() as work:
            work.save(
                MEETING,
                {"meeting_id": meeting_id, "area": "liverpool", "meets_on": ON, "state": "held"},
                MADE,
            )
            for agency in agencies:
                record = {
                    "attendance_id": f"{meeting_id} {agency}",
                    "meeting_id": meeting_id,
                    "agency": agency,
                }
                work.save(ATTENDANCE, record, MADE)

    def with_a_quorum() -> object:
        tables = read(the_operator(store), LIVERPOOL, ON, "quality").tables
        return tables["Meetings held in twelve months, by who attended"]["With a quorum"]

    attended("one", "social_care", "police")
    attended("two", "health")
    attended("three")
    assert with_a_quorum() == (1, "1 of 3 (33%)")
    administrator = an_administrator(store)
    set_to(administrator, "partnership", "pan_merseyside", quorum=["social_care", "police", "health"])
    assert with_a_quorum() == (0, "0 of 3 (0%)")
    set_to(administrator, "partnership", "pan_merseyside", quorum=[])
    assert with_a_quorum() == (3, "3 of 3 (100%)")
