"""Who chairs a meeting: by the partnership's setting one chair or two, named as accounts, or by name only.

A chair named as an account signs the minutes as that account. Source: pathway.md 4, "The people".
"""

from __future__ import annotations

from dataclasses import dataclass

from data.access.reach import EVERY_ACCOUNT, invitation_holds
from data.account_line import with_people_lines
from data.actor import Actor, Reading
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import MEETING
from data.meeting.meeting_keeping import found, meeting_to_run
from data.meeting.minutes_freezing import versions
from data.refusal import Problems
from data.settings import value
from forms.meeting import CHAIRS


@dataclass(frozen=True)
class Chair:
    key: str
    """Of `forms.meeting.CHAIRS`."""
    words: str
    name: str | None
    account_id: str | None


def chairs_of(work: Reading, meeting: Row) -> list[Chair]:
    """The chairs that sign this meeting's minutes, named or not: those of the partnership's setting, and from the day the
    minutes are agreed those they were agreed with, so that no signature is waited for that nobody can give."""
    return [
        Chair(key, dict(CHAIRS)[key], meeting[f"chair_{key}"], meeting[f"chair_{key}_account"])
        for key in meeting["chairs"] or value(work, meeting["area"], "chairs")
    ]


def chairs(actor: Actor, meeting_id: str) -> list[Chair]:
    """The same for a screen."""
    with actor.reading() as work:
        return chairs_of(work, found(work, meeting_id))


def people_to_chair(actor: Actor, meeting_id: str, chair: str) -> list[Row]:
    """Who may be named: account_id, name, agency, job_title."""
    with actor.reading() as work:
        return with_people_lines(work, _people(work, found(work, meeting_id), chair))


def name_chair(
    actor: Actor, meeting_id: str, chair: str, account_id: str | None = None, *, name: str = ""
) -> None:
    """Name an account as chair, or somebody without an account by name only, until the minutes are signed."""
    with actor.writing() as work:
        meeting = meeting_to_run(work, meeting_id, "planned", "papers_out", "held", "agreed")
        people = _people(work, meeting, chair)
        person = next((p for p in people if p["account_id"] == account_id), None) if account_id else None
        if account_id and person is None:
            raise Problems(
                "Select a coordinator or manager of the area; for the police also an officer who is invited"
            )
        named = person["name"] if person else name.strip()
        if not named:
            raise Problems("Enter the name of the chair")
        if account_id and account_id in [c.account_id for c in chairs_of(work, meeting) if c.key != chair]:
            raise Problems("Select another person: the two chairs are two people")
        if _has_signed(work, meeting_id, chair):
            raise Problems("This chair has signed the minutes already")
        work.save(
            MEETING,
            {"meeting_id": meeting_id, f"chair_{chair}": named, f"chair_{chair}_account": account_id},
            Event("chair named", None, meeting_id, chair),
        )


def _has_signed(work: Reading, meeting_id: str, chair: str) -> bool:
    there = versions(work, meeting_id)
    signed = "SELECT count(*) FROM minutes_signature WHERE minutes_version_id = $1 AND chair = $2"
    return bool(there and work.value(signed, [there[-1]["minutes_version_id"], chair]))


def _people(work: Reading, meeting: Row, chair: str) -> list[Row]:
    """For children's services a coordinator or manager who is not of the police; for the police one who is, or an
    officer of the area who is invited."""
    if chair not in [one.key for one in chairs_of(work, meeting)]:
        raise Problems("This partnership's meeting has no such chair")
    return work.rows(
        "SELECT a.account_id, a.name, a.agency, a.job_title FROM account a WHERE a.area = $1 AND NOT a.is_suspended"
        " AND (a.role IN ('coordinator', 'manager') AND (coalesce(a.agency, '') = 'police') = $2 OR $2"
        " AND a.agency = 'police' AND a.role IN ('practitioner', 'meeting_member') AND EXISTS (SELECT 1 FROM invitation v"
        f" WHERE v.meeting_id = $3 AND {invitation_holds(EVERY_ACCOUNT)}))"
        " ORDER BY a.name, a.account_id LIMIT 200",
        [meeting["area"], chair == "police", meeting["meeting_id"]],
    )
