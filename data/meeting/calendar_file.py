"""A meeting as a calendar file (iCalendar, RFC 5545), for the calendars of those who are invited. It names no child."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from data.actor import Actor
from data.clock import UK
from data.database.audit import Event
from data.database.engine import Row
from data.meeting.meeting_keeping import found
from data.settings import values
from forms.places import area_name

FOLDED_AT = 75  # bytes of a line, without its end (RFC 5545, 3.1)


def meeting_as_calendar(actor: Actor, meeting_id: str) -> bytes:
    """Sent anew after a change it replaces what it was, and a cancelled meeting goes from the calendar."""
    with actor.writing() as work:
        meeting = found(work, meeting_id)
        work.note(Event("calendar file made", None, meeting_id))
        at, of_area = work.at, values(work, meeting["area"])
    return b"".join(folded(line) for line in _lines(meeting, at, of_area))


def _lines(meeting: Row, at: datetime.datetime, of_area: Mapping[str, Any]) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//MACE//Meetings//EN"
    yield "METHOD:PUBLISH"
    yield "BEGIN:VEVENT"
    yield f"UID:{meeting['meeting_id']}@mace"
    yield f"SEQUENCE:{meeting['revision']}"
    yield f"DTSTAMP:{at.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"
    starts = time_of(meeting["starts_at"])
    if starts:
        instant = datetime.datetime.combine(meeting["meets_on"], starts, UK).astimezone(datetime.UTC)
        yield f"DTSTART:{instant:%Y%m%dT%H%M%SZ}"
    else:
        yield f"DTSTART;VALUE=DATE:{meeting['meets_on']:%Y%m%d}"
    yield "SUMMARY:" + escaped(f"{of_area['meeting']} meeting, {area_name(meeting['area'])}")
    yield f"LOCATION:{escaped(meeting['place'])}"
    said = [of_area["meeting_in_full"], *([f"Time: {meeting['starts_at']}"] if meeting["starts_at"] else [])]
    yield "DESCRIPTION:" + escaped("\n".join(said))
    yield f"STATUS:{'CANCELLED' if meeting['state'] == 'cancelled' else 'CONFIRMED'}"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"
    yield "END:VCALENDAR"


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


def escaped(text: str) -> str:
    """RFC 5545, 3.3.11: what is typed cannot begin another line or property."""
    plain = re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", "", text.replace("\r\n", "\n"))
    return re.sub(r"([\\;,])", r"\\\1", plain).replace("\n", "\\n")


def folded(line: str) -> bytes:
    """The line in pieces of at most 75 bytes, each but the first after a space, and no sign is cut in two."""
    pieces, piece = [], b""
    for sign in line:
        coded = sign.encode()
        if len(piece) + len(coded) > FOLDED_AT:
            pieces.append(piece)
            piece = b" "
        piece += coded
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
