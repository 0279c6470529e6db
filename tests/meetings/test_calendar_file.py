"""A meeting as a calendar file keeps to RFC 5545 whatever was typed, and names no child."""

from __future__ import annotations

import datetime
import re

import pytest

from data import clock
from data.database.store import Store
from data.meeting import calendar_file, meeting_keeping
from data.meeting.calendar_file import FOLDED_AT, folded, meeting_as_calendar, time_of
from data.refusal import Refused
from tests.factories import an_account
from tests.filled_in import on
from tests.meetings.made import a_meeting
from tests.meetings.test_members_reach_the_agenda import Sitting

SUMMER = datetime.date(2099, 7, 1)


def read(file: bytes) -> list[tuple[str, str]]:
    """As a calendar reads it: lines unfolded, then name and value, the value as it was before it was escaped."""
    assert file.endswith(b"\r\n")
    assert all(len(line) <= FOLDED_AT for line in file.split(b"\r\n"))
    lines = file.decode().replace("\r\n ", "").split("\r\n")[:-1]
    pairs = [line.split(":", 1) for line in lines]
    unescaped = {"\\n": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}
    return [(name, re.sub(r"\\[n,;\\]", lambda sign: unescaped[sign[0]], value)) for name, value in pairs]


def test_what_was_typed_cannot_begin_a_line_of_its_own(store: Store) -> None:
    sitting = Sitting(store)
    place = "Room 2, “Ærø”; a\\b " + "very long " * 12
    typed = {"meets_on": on(SUMMER), "place": place, "starts_at": "2:30 pm"}
    meeting_keeping.change(sitting.coordinator, sitting.meeting_id, typed)
    lines = read(meeting_as_calendar(sitting.coordinator, sitting.meeting_id))
    found = dict(lines)
    assert len(lines) == len(found) + 2  # BEGIN and END, twice each
    assert found["LOCATION"] == place.strip()
    assert found["DTSTART"] == "20990701T133000Z"  # summer time is an hour ahead
    assert found["SUMMARY"] == "MACCSE meeting, Liverpool"
    assert found["UID"] == f"{sitting.meeting_id}@mace"
    assert "Child Made-Up" not in repr(lines)
    assert [value for name, value in lines if name == "BEGIN"] == ["VCALENDAR", "VEVENT"]


def test_no_line_is_cut_within_a_sign_and_none_is_too_long() -> None:
    for words in ("x" * 75, "x" * 76, "é" * 200, "a🙂" * 60, ""):
        pieces = folded(words).removesuffix(b"\r\n").split(b"\r\n ")
        assert b"".join(pieces).decode() == words
        assert all(len(piece.decode().encode()) <= FOLDED_AT for piece in pieces)


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
    found = dict(read(meeting_as_calendar(coordinator, meeting_id)))
    assert found["DTSTART;VALUE=DATE"] == "20990701"
    assert "Time: after lunch" in found["DESCRIPTION"]
    assert found["STATUS"] == "CONFIRMED"
    before = int(found["SEQUENCE"])
    meeting_keeping.move(coordinator, meeting_id, "cancel", "A made-up reason")
    found = dict(read(meeting_as_calendar(coordinator, meeting_id)))
    assert found["STATUS"] == "CANCELLED"
    assert int(found["SEQUENCE"]) > before


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
