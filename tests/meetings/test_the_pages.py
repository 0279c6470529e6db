"""The meeting's pages, drawn as each person sees them, from the plan to an agency's answer."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from data.access.meeting import NOT_YOUR_MEETING
from data.database.store import Store
from data.meeting import agency_answers, attendance, meeting_keeping
from data.refusal import Refused
from tests.factories import an_account
from tests.meetings.test_members_reach_the_agenda import Sitting
from tests.meetings.test_signed_and_locked import Agreed
from tests.screens.signed_in import sign_in, words


def draw(module: str, meeting_id: str = "") -> AppTest:
    folder, name = module.split(".")
    at = AppTest.from_string(
        f"from pages.{folder} import {name}\nfrom pages.parts import look\nlook.set_up(True)\n{name}.body()",
        default_timeout=60,
    )
    if meeting_id:
        at.query_params["meeting"] = meeting_id
    at.run()
    assert not at.exception
    return at


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def test_planning_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, duckdb_store: Store) -> None:
    sign_in(monkeypatch, duckdb_store, an_account(duckdb_store, "coordinator"))
    at = press(draw("coordinators.meetings"), "Plan meeting")
    assert "There is a problem" in words(at)
    assert "Enter the date of the meeting" in words(at)


def test_a_coordinator_sends_papers_invites_and_signs_in(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store
) -> None:
    sitting = Sitting(duckdb_store)
    officer = an_account(duckdb_store, "meeting_member", agency="police", name="Officer Made-Up")
    sign_in(monkeypatch, duckdb_store, sitting.coordinator)
    assert "Papers out" in words(press(draw("coordinators.meeting", sitting.meeting_id), "Send papers out"))
    at = draw("coordinators.members", sitting.meeting_id)
    assert "Select the people you invite" in words(press(at, "Invite"))
    at.multiselect[0].select(officer.account_id).run()
    at = press(at, "Invite")
    assert [one.value for one in at.success] == ["Invited."]
    at = press(at, "Invite")  # the second of a double click, which finds nobody chosen any more
    assert [one.value for one in at.success] == ["Invited."]
    assert "There is a problem" not in words(at)
    assert "Officer Made-Up" in words(at)
    assert "is not invited" in words(press(at, "Withdraw invitation"))
    at = press(draw("coordinators.signing_in", sitting.meeting_id), "Sign the confidentiality statement")
    assert "Enter the name of the person" in words(at)
    at.text_input[0].set_value("Attendee Made-Up")
    at.radio[0].set_value("police")
    at.text_input[1].set_value("Inspector").run()
    at = press(at, "Sign the confidentiality statement")
    assert [p["name"] for p in attendance.attending(sitting.coordinator, sitting.meeting_id)] == [
        "Attendee Made-Up"
    ]
    assert at.text_input[0].value in (None, "")


def test_a_member_answers_from_the_papers(monkeypatch: pytest.MonkeyPatch, duckdb_store: Store) -> None:
    sitting = Sitting(duckdb_store)
    sitting.moves("send papers")
    sign_in(monkeypatch, duckdb_store, sitting.member)
    assert len(draw("everyone.papers").get("page_link")) == 1
    at = draw("everyone.papers", sitting.meeting_id)
    at.radio[0].set_value(False).run()
    at = press(at, "Save answer")
    assert "Nothing held" in words(at)
    [one] = agency_answers.answers(sitting.member, sitting.meeting_id)
    assert [(row["agency"], row["holds"]) for row in one.answers] == [("health", False)]


def test_a_meeting_that_is_not_there_is_refused_as_one_that_is_not_theirs(duckdb_store: Store) -> None:
    for actor in (an_account(duckdb_store, "coordinator"), an_account(duckdb_store, "manager", "wirral")):
        with pytest.raises(Refused, match=NOT_YOUR_MEETING):
            meeting_keeping.read_meeting(actor, "nowhere")


def test_a_seat_brings_its_agency_and_keeps_what_was_typed_and_says_who_is_not_there(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store
) -> None:
    sitting = Sitting(duckdb_store)
    sitting.moves("send papers")
    sign_in(monkeypatch, duckdb_store, sitting.coordinator)
    at = draw("coordinators.signing_in", sitting.meeting_id)
    assert "Still to sign: Children's social care, Police." in words(at)
    at.text_input[0].set_value("Officer Made-Up").run()
    at.selectbox[0].select("local_policing").run()
    at = press(at, "Sign the confidentiality statement")
    [row] = attendance.attending(sitting.coordinator, sitting.meeting_id)
    assert (row["name"], row["agency"], row["role"], row["seat"]) == (
        "Officer Made-Up", "police", "Local policing", "local_policing",
    )  # fmt: skip
    at.selectbox[0].select("camhs").run()
    assert not at.exception
    press(at, "Apologies: Child and adolescent mental health services (CAMHS)")
    there = {
        one.seat.key: one.how for one in attendance.seats(sitting.coordinator, sitting.meeting_id) if one.how
    }
    assert there == {"local_policing": "attending", "camhs": "apologies"}


def test_chairs_are_named_and_minutes_signed_and_corrected_on_the_screen(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store
) -> None:
    meeting = Agreed(duckdb_store)
    sign_in(monkeypatch, duckdb_store, meeting.coordinator)
    at = draw("coordinators.members", meeting.meeting_id)
    box = next(box for box in at.selectbox if box.label == "Account of the chair from children's services")
    box.select(meeting.manager.account_id).run()
    at = press(at, "Save the chair from children's services")
    next(t for t in at.text_input if t.key.startswith("name police")).set_value("Chair Made-Up").run()
    press(at, "Save the chair from the police")
    at = draw("everyone.minutes", meeting.meeting_id)
    at = press(at, "Record the signature of Chair Made-Up")
    assert "Enter how the chair signed" in words(at)
    at.text_input[0].set_value("On paper").run()
    press(at, "Record the signature of Chair Made-Up")
    assert meeting.states() == [(1, "agreed")]
    sign_in(monkeypatch, duckdb_store, meeting.manager)
    at = press(draw("everyone.minutes", meeting.meeting_id), "Sign the minutes")
    assert "Signed and locked" in words(at)
    assert "Correct the minutes" not in [e.label for e in at.expander]
    sign_in(monkeypatch, duckdb_store, meeting.coordinator)
    at = draw("everyone.minutes", meeting.meeting_id)
    at.text_area[0].set_value("The scale was misheard").run()
    at = press(at, "Begin the correction")
    assert "Being corrected" in words(at)
    at = press(at, "The corrected minutes are agreed")
    assert meeting.states() == [(1, "signed"), (2, "agreed")]
    assert "Minutes: agreed, waiting for the chairs to sign" in words(draw("coordinators.meetings"))
    assert "Earlier versions" in [header.value for header in at.header]


def test_minutes_that_are_not_agreed_are_not_signed_yet(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store
) -> None:
    sitting = Sitting(duckdb_store)
    sitting.moves("send papers")
    sign_in(monkeypatch, duckdb_store, sitting.coordinator)
    at = draw("everyone.minutes", sitting.meeting_id)
    assert "The minutes are not agreed yet" in words(at)
    assert [b.label for b in at.button] == []
