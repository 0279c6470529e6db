"""A meeting as a calendar file (iCalendar, RFC 5545 and 5546), for the calendars of those who are invited. It names no child."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from icalendar import Calendar, Event, vCalAddress

from data.actor import Actor, Reading
from data.clock import UK
from data.database import audit
from data.database.engine import Row
from data.database.records import MEETING
from data.meeting.meeting_keeping import found
from data.settings import values
from forms.pasted_text import cleaned
from forms.places import area_name

USUAL = datetime.timedelta(hours=2)
"""How long a meeting lasts when nobody has said."""
NO_ADDRESS = "invalid:nomail"
"""An organiser without an email address; calendars know these words."""


def meeting_as_calendar(actor: Actor, meeting_id: str) -> bytes:
    """Sent anew after a change it replaces what it was, and a cancelled meeting goes from the calendar."""
    with actor.writing() as work:
        meeting = found(work, meeting_id)
        work.note(audit.Event("calendar file made", None, meeting_id))
        at, of_area, planner = work.at, values(work, meeting["area"]), _planner(work, meeting_id)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//MACE//Meetings//EN")
    calendar.add("method", "CANCEL" if meeting["state"] == "cancelled" else "PUBLISH")
    calendar.add_component(_event(meeting, at, of_area, planner))
    made: bytes = calendar.to_ical()
    return made


def _event(meeting: Row, at: datetime.datetime, of_area: Mapping[str, Any], planner: Row) -> Event:
    is_cancelled = meeting["state"] == "cancelled"
    event = Event()
    event.add("uid", f"{meeting['meeting_id']}@mace")
    event.add("sequence", meeting["revision"])
    event.add("dtstamp", at.astimezone(datetime.UTC))
    starts, ends = _from_to(meeting)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("organizer", _organiser(planner))
    event.add("summary", cleaned(f"{of_area['meeting']} meeting, {area_name(meeting['area'])}"))
    event.add("location", cleaned(meeting["place"]))
    said = [of_area["meeting_in_full"]]
    if meeting["starts_at"]:
        said.append(f"Time: {meeting['starts_at']}")
    if is_cancelled and meeting["change_reason"]:
        said.append(f"Cancelled: {meeting['change_reason']}")
    event.add("description", cleaned("\n".join(said)))
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event


def _from_to(meeting: Row) -> tuple[datetime.date, datetime.date]:
    """Instants in UTC; whole days, the end being the day after, where the time cannot be read."""
    day: datetime.date = meeting["meets_on"]
    starts = time_of(meeting["starts_at"])
    if starts is None:
        return day, day + datetime.timedelta(days=1)
    instant = datetime.datetime.combine(day, starts, UK).astimezone(datetime.UTC)
    minutes = meeting["lasts_minutes"]
    return instant, instant + (datetime.timedelta(minutes=minutes) if minutes else USUAL)


def _planner(work: Reading, meeting_id: str) -> Row:
    """Who planned it, the same in every file of this meeting: a calendar takes a change from its organiser only."""
    first = work.revisions(MEETING, meeting_id)[0]
    return work.row("SELECT name, email FROM account WHERE account_id = $1", [first["recorded_by"]]) or {}


def _organiser(planner: Row) -> vCalAddress:
    address = vCalAddress(f"mailto:{planner['email']}" if planner.get("email") else NO_ADDRESS)
    if planner.get("name"):
        address.params["cn"] = cleaned(planner["name"]).replace('"', "")
    return address


def time_of(words: str | None) -> datetime.time | None:
    """The time that somebody typed: "10 am", "14:30", "2.30pm"; None for anything else, which then is said in words."""
    found = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])?\.?(?:m\.?)?", (words or "").strip().lower())
    if not found or not (found[2] or found[3]):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "p" else 0)
    return datetime.time(hour, minute) if hour < 24 and minute < 60 else None
