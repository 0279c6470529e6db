"""Who is invited to a meeting: from papers out until the minutes are agreed they reach the children on its agenda.

The rule itself is in `data.access.rule`. Source: pathway.md, "The people"; access.md.
"""

from __future__ import annotations

from collections.abc import Sequence

from data import clock
from data.access.reach import EVERY_ACCOUNT, invitation_holds, meetings_reached
from data.access.rule import check_has_role
from data.account_line import with_people_lines
from data.actor import Actor, Reading
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import INVITATION
from data.meeting.meeting_keeping import BEFORE_IT_IS_HELD, found, meeting_to_run
from data.refusal import Problems

REACHES = ("practitioner", "meeting_member")
"""Roles that reach a meeting's children by being invited; others reach them by their area."""


def invite(actor: Actor, meeting_id: str, account_ids: Sequence[str]) -> None:
    with actor.writing() as work:
        meeting = meeting_to_run(work, meeting_id, *BEFORE_IT_IS_HELD)
        if not account_ids:
            raise Problems("Select the people you invite")
        fitting = {person["account_id"] for person in _people(work, meeting)}
        for account_id in account_ids:
            if account_id not in fitting:
                raise Problems("Select a practitioner or meeting member of the area who is not invited yet")
            invitation_id = f"{meeting_id}:{account_id}"
            work.save(
                INVITATION,
                {
                    "invitation_id": invitation_id, "meeting_id": meeting_id, "account_id": account_id,
                    "withdrawn_on": None,
                },
                Event("invited to the meeting", None, invitation_id),
            )  # fmt: skip


def withdraw(actor: Actor, meeting_id: str, account_id: str) -> None:
    """End what the person may see through this meeting, at any time."""
    with actor.writing() as work:
        meeting_to_run(work, meeting_id)
        invitation_id = f"{meeting_id}:{account_id}"
        standing = work.current(INVITATION, invitation_id)
        if standing is None or standing["withdrawn_on"] is not None:
            raise Problems("This person is not invited to the meeting")
        work.save(
            INVITATION,
            {"invitation_id": invitation_id, "withdrawn_on": clock.today()},
            Event("invitation withdrawn", None, invitation_id),
        )


def invited(actor: Actor, meeting_id: str) -> list[Row]:
    """account_id, name, agency, job_title of those invited."""
    with actor.reading() as work:
        found(work, meeting_id)
        return with_people_lines(work, people_invited(work, meeting_id))


def people_invited(work: Reading, meeting_id: str) -> list[Row]:
    return work.rows(
        "SELECT a.account_id, a.name, a.agency, a.job_title FROM invitation v"
        " JOIN account a ON a.account_id = v.account_id"
        f" WHERE v.meeting_id = $1 AND {invitation_holds(EVERY_ACCOUNT)} ORDER BY a.agency, a.name",
        [meeting_id],
    )


def accounts_of(work: Reading, meeting_id: str, agency: str) -> list[str]:
    """Of those invited, the accounts of one agency: who reads what is made for it."""
    return [p["account_id"] for p in people_invited(work, meeting_id) if p["agency"] == agency]


def people_to_invite(actor: Actor, meeting_id: str) -> list[Row]:
    """Practitioners and meeting members of the area who are not invited: account_id, name, agency, job_title."""
    with actor.reading() as work:
        return with_people_lines(work, _people(work, meeting_to_run(work, meeting_id)))


def invitations_of(actor: Actor) -> list[Row]:
    """The meetings this account is invited to and whose papers are out, or whose minutes it has to sign: the
    meeting's columns, earliest first."""
    with actor.reading() as work:
        check_has_role(work, "meetings listed", *REACHES)
        return work.rows(
            f"SELECT m.* FROM ({meetings_reached(work, 1)}) AS m ORDER BY m.meets_on, m.meeting_id",
            [work.account.account_id],
        )


def _people(work: Reading, meeting: Row) -> list[Row]:
    return work.rows(
        "SELECT a.account_id, a.name, a.agency, a.job_title FROM account a"
        " WHERE a.area = $1 AND a.role = ANY($2) AND NOT a.is_suspended AND NOT EXISTS (SELECT 1 FROM invitation v"
        f" WHERE v.meeting_id = $3 AND {invitation_holds(EVERY_ACCOUNT)})"
        " ORDER BY a.role, a.agency, a.name LIMIT 500",
        [meeting["area"], list(REACHES), meeting["meeting_id"]],
    )
