"""A meeting as a calendar file keeps to RFC 5545 whatever was typed, and names no child."""

from __future__ import annotations

import datetime

import pytest
from icalendar import Calendar, Event

from data import clock
from data.database.store import Store
from data.meeting import calendar_file, meeting_keeping
from data.meeting.calendar_file import meeting_as_calendar, time_of
from data.refusal import Refused
from tests.factories import an_account
from tests.filled_in import on
from tests.meetings.made import a_meeting
from tests.meetings.test_members_reach_the_agenda import Sitting

SUMMER = datetime.date(2099, 7, 1)


def read(file: bytes) -> Event:
    """As a calendar reads it, by a library, once the lines keep to the standard."""
    assert file.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    calendar = Calendar.from_ical(file)
    assert isinstance(calendar, Calendar)
    [event] = calendar.walk("VEVENT")
    assert not event.errors
    assert (calendar["VERSION"], calendar["METHOD"] == "CANCEL") == ("2.0", event["STATUS"] == "CANCELLED")
    for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "ORGANIZER", "SEQUENCE", "SUMMARY"):  # RFC 5546, 3.2
        assert name in event, name
    assert "ATTENDEE" not in event
    assert event.decoded("DTEND") > event.decoded("DTSTART")
    return event


def test_what_was_typed_cannot_begin_a_line_of_its_own(store: Store) -> None:
    sitting = Sitting(store)
    place = "Room 2, “Ærø”; a\\b\x0b" + "very long " * 12
    typed = {"meets_on": on(SUMMER), "place": place, "starts_at": "2:30 pm", "lasts_minutes": "90"}
    meeting_keeping.change(sitting.coordinator, sitting.meeting_id, typed)
    file = meeting_as_calendar(sitting.coordinator, sitting.meeting_id)
    event = read(file)
    assert event["LOCATION"] == place.replace("\x0b", " ").strip()
    assert event.decoded("DTSTART") == datetime.datetime(
        2099, 7, 1, 13, 30, tzinfo=datetime.UTC
    )  # summer time
    assert event.decoded("DTEND") == datetime.datetime(2099, 7, 1, 15, 0, tzinfo=datetime.UTC)
    assert event["SUMMARY"] == "MACCSE meeting, Liverpool"
    assert event["UID"] == f"{sitting.meeting_id}@mace"
    assert "Child Made-Up" not in file.decode()
    assert file.count(b"BEGIN:") == 2


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("10 am", (10, 0)), ("10am", (10, 0)), ("12 pm", (12, 0)), ("12.15 a.m.", (0, 15)), ("14:30", (14, 30)),
        ("2.30pm", (14, 30)), ("09.05", (9, 5)), ("24:00", None), ("13 pm", None), ("10", None), ("10:75", None),
        ("after lunch", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_type_it(words: str | None, time: tuple[int, int] | None) -> None:
    assert time_of(words) == (datetime.time(*time) if time else None)


def test_a_time_that_cannot_be_read_is_said_in_words_and_the_day_is_whole(duckdb_store: Store) -> None:
    coordinator = an_account(duckdb_store, "coordinator")
    meeting_id = a_meeting(coordinator)
    typed = {"meets_on": on(SUMMER), "place": "Room 2", "starts_at": "after lunch"}
    meeting_keeping.change(coordinator, meeting_id, typed)
    event = read(meeting_as_calendar(coordinator, meeting_id))
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (SUMMER, SUMMER + datetime.timedelta(days=1))
    assert "Time: after lunch" in event["DESCRIPTION"]


def test_a_cancelled_meeting_goes_from_calendars_and_says_why(duckdb_store: Store) -> None:
    """As RFC 5546 asks: the method, the same organiser and a higher sequence than before."""
    coordinator = an_account(duckdb_store, "coordinator", name='Kim "K" Made-Up', email="kim@example.org")
    meeting_id = a_meeting(coordinator)
    before = read(meeting_as_calendar(coordinator, meeting_id))
    meeting_keeping.move(coordinator, meeting_id, "cancel", "The room\u2028is flooded")
    another = an_account(duckdb_store, "coordinator", email="lee@example.org")
    file = meeting_as_calendar(another, meeting_id)
    event = read(file)
    assert b"METHOD:CANCEL" in file
    assert event["STATUS"] == "CANCELLED"
    assert event["UID"] == before["UID"]
    assert event["ORGANIZER"] == before["ORGANIZER"] == "mailto:kim@example.org"
    assert event["ORGANIZER"].params["CN"] == "Kim K Made-Up"
    assert event["SEQUENCE"] > before["SEQUENCE"]
    assert "Cancelled: The room\nis flooded" in event["DESCRIPTION"]


def test_it_is_for_those_who_see_the_meeting(duckdb_store: Store) -> None:
    sitting = Sitting(duckdb_store)
    with pytest.raises(Refused):
        meeting_as_calendar(sitting.member, sitting.meeting_id)
    sitting.moves("send papers")
    assert meeting_as_calendar(sitting.member, sitting.meeting_id).startswith(b"BEGIN:VCALENDAR")
    for person in (an_account(duckdb_store, "meeting_member"), an_account(duckdb_store, "partnership_lead")):
        with pytest.raises(Refused):
            meeting_as_calendar(person, sitting.meeting_id)
    assert calendar_file.time_of(str(clock.today())) is None
