"""Who attends a meeting: each signs the confidentiality statement, and only then is the first child opened.

Source: pathway.md 4; forms.md, "Minutes".
"""

from __future__ import annotations

from collections.abc import Mapping

from data import clock
from data.actor import Actor, Reading
from data.audit import Event
from data.engine import Row
from data.meeting_keeping import MeetingNotReady, found, meeting_to_run
from data.refusal import Problems
from data.schema import ATTENDANCE
from forms.answers import check
from forms.question import Typed
from forms.terms_of_reference import SIGNING


def sign(actor: Actor, meeting_id: str, typed: Mapping[str, Typed]) -> str:
    """One person signs, at the coordinator's screen; from answers to `SIGNING`. Gives the attendance's id."""
    with actor.writing() as work:
        meeting_to_run(work, meeting_id, "papers_out", "held")
        checked = check(SIGNING, typed)
        if checked.problems:
            raise MeetingNotReady(*checked.problems)
        attendance_id = clock.new_id()
        work.save(
            ATTENDANCE,
            {
                "attendance_id": attendance_id, "meeting_id": meeting_id, "signed_at": work.at,
                **{question.key: checked.answers.get(question.key) for question in SIGNING.questions()},
            },
            Event("confidentiality statement signed", None, attendance_id),
        )  # fmt: skip
        return attendance_id


def take_out(actor: Actor, attendance_id: str, reason: str) -> None:
    """Somebody was signed in by mistake; the row and the reason stay in the history."""
    with actor.writing() as work:
        row = work.current(ATTENDANCE, attendance_id)
        if row is not None:
            meeting_to_run(work, row["meeting_id"], "papers_out", "held")
        if row is None or row["taken_out_reason"] is not None:
            raise Problems("This person is not signed in. Open the meeting again to see who is.")
        if not reason.strip():
            raise Problems("Enter why the person is taken out")
        work.save(
            ATTENDANCE,
            {"attendance_id": attendance_id, "taken_out_reason": reason.strip()},
            Event("attendance taken out", None, attendance_id),
        )


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
