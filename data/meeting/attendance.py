"""Who attends a meeting: each signs the confidentiality statement, and only then is the first child opened.

Source: pathway.md 4; forms.md, "Minutes".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data import clock
from data.actor import Actor, Reading
from data.answers.short_forms import read
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import ATTENDANCE, SEAT
from data.meeting.meeting_keeping import found, meeting_to_run
from data.refusal import Problems
from forms.places import partnership_of
from forms.question import Typed
from forms.terms_of_reference import NOT_THERE, SIGNING, TERMS_OF_REFERENCE, Seat


@dataclass(frozen=True)
class Seated:
    """One seat of the terms of reference at one meeting."""

    seat: Seat
    how: str | None
    """attending, deputy, apologies, absent; None while nothing is said."""
    name: str | None
    """Who signed for it."""


def sign(actor: Actor, meeting_id: str, typed: Mapping[str, Typed], seat: str | None = None) -> str:
    """One person signs, at the coordinator's screen; from answers to `SIGNING`, for a seat of the terms of reference or
    besides them. Gives the attendance's id."""
    with actor.writing() as work:
        meeting = meeting_to_run(work, meeting_id, "papers_out", "held")
        if seat is not None:
            _seat(meeting, seat)
        answers = read(SIGNING, typed)
        attendance_id = clock.new_id()
        work.save(
            ATTENDANCE,
            {
                "attendance_id": attendance_id, "meeting_id": meeting_id, "signed_at": work.at, "seat": seat,
                **answers,
            },
            Event("confidentiality statement signed", None, attendance_id),
        )  # fmt: skip
        return attendance_id


def take_out(actor: Actor, attendance_id: str, reason: str) -> None:
    """Somebody was signed in by mistake; the row and the reason stay in the history."""
    with actor.writing() as work:
        row = work.current(ATTENDANCE, attendance_id)
        meeting_to_run(work, row["meeting_id"] if row else "", "papers_out", "held")
        if row is None or row["taken_out_reason"] is not None:
            raise Problems("This person is not signed in. Open the meeting again to see who is.")
        if not reason.strip():
            raise Problems("Enter why the person is taken out")
        work.save(
            ATTENDANCE,
            {"attendance_id": attendance_id, "taken_out_reason": reason.strip()},
            Event("attendance taken out", None, attendance_id),
        )


def say_not_there(actor: Actor, meeting_id: str, seat: str, how: str) -> None:
    """A seat sent apologies, or is absent. Whoever signs for it later is there all the same."""
    with actor.writing() as work:
        meeting = meeting_to_run(work, meeting_id, "papers_out", "held")
        _seat(meeting, seat)
        if how not in dict(NOT_THERE):
            raise Problems("Select apologies or absent")
        seat_id = f"{meeting_id}:{seat}"
        work.save(
            SEAT,
            {"seat_id": seat_id, "meeting_id": meeting_id, "seat": seat, "how": how},
            Event("seat not taken", None, seat_id, how),
        )


def seats(actor: Actor, meeting_id: str) -> list[Seated]:
    """The membership of the terms of reference, in their order, and who is there of it."""
    with actor.reading() as work:
        return seats_of(work, found(work, meeting_id))


def seats_of(work: Reading, meeting: Row) -> list[Seated]:
    there = {row["seat"]: row for row in signed(work, meeting["meeting_id"]) if row["seat"]}
    not_there = {
        row["seat"]: row["how"]
        for row in work.rows("SELECT seat, how FROM seat WHERE meeting_id = $1", [meeting["meeting_id"]])
    }
    return [
        Seated(seat, "deputy" if row["deputising_for"] else "attending", row["name"])
        if (row := there.get(seat.key))
        else Seated(seat, not_there.get(seat.key), None)
        for seat in TERMS_OF_REFERENCE[partnership_of(meeting["area"]).key]
    ]


def _seat(meeting: Row, key: str) -> None:
    if key not in {seat.key for seat in TERMS_OF_REFERENCE[partnership_of(meeting["area"]).key]}:
        raise Problems("Select a member of the terms of reference")


def attending(actor: Actor, meeting_id: str) -> list[Row]:
    """attendance_id, name, agency, role, deputising_for, signed_at; in the order of signing."""
    with actor.reading() as work:
        found(work, meeting_id)
        return signed(work, meeting_id)


def signed(work: Reading, meeting_id: str) -> list[Row]:
    return work.rows(
        "SELECT * FROM attendance WHERE meeting_id = $1 AND taken_out_reason IS NULL ORDER BY signed_at, attendance_id",
        [meeting_id],
    )
