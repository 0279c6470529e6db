"""The meeting's pages, drawn as each person sees them, from the plan to an agency's answer."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from data import agency_answers, attendance
from data.actor import Actor
from data.store import Store
from tests.factories import an_account
from tests.meetings.made import a_meeting
from tests.meetings.test_members_reach_the_agenda import Sitting
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
    at.multiselect[0].select(officer.account_id).run()
    assert "Officer Made-Up" in words(press(at, "Invite"))
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


@pytest.mark.parametrize("module", ["coordinators.meeting", "coordinators.members", "everyone.papers"])
def test_a_meeting_that_is_not_there_is_said(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store, module: str
) -> None:
    person: Actor = an_account(duckdb_store, "coordinator")
    a_meeting(person)
    sign_in(monkeypatch, duckdb_store, person)
    assert "cannot be found" in draw(module, "nowhere").error[0].value
