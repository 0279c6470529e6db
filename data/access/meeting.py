"""Who may open a meeting, minute its children and sign its minutes (pathway.md 4 and 5). The pairs of
`data.access.rule` go on here."""

from __future__ import annotations

from data.access.reach import meetings_reached
from data.access.restricted import check_is_named
from data.access.rule import (
    check_can_coordinate,
    check_can_write_child,
    check_has_role,
    is_allowed,
    is_invited_about,
    known,
)
from data.actor import Reading
from data.database.engine import Row
from data.refusal import Refused

NOT_YOUR_MEETING = "You cannot open this meeting. If you need it for your work, ask the area's coordinator."


def check_can_see_meeting(work: Reading, meeting: Row) -> None:
    """The meeting and its agenda: the coordinator and managers of its area, and while its papers are out and until its
    minutes are agreed those invited."""
    account = work.account
    if account.role == "operator":
        return
    if account.role in ("coordinator", "manager") and account.area == meeting["area"]:
        return
    if account.role in ("practitioner", "meeting_member"):
        invited = f"SELECT count(*) FROM ({meetings_reached(work, 1)}) AS reached WHERE meeting_id = $2"
        if work.value(invited, [account.account_id, meeting["meeting_id"]]):
            return
    raise Refused(NOT_YOUR_MEETING, "meeting viewed", record_id=meeting["meeting_id"])


def is_chair(work: Reading, meeting: Row) -> bool:
    return work.account.account_id in (meeting["chair_social_care_account"], meeting["chair_police_account"])


def is_to_be_signed_by(work: Reading, meeting: Row) -> bool:
    """Is this account a chair of the meeting, and does a version of its minutes wait for signatures?"""
    waiting = "SELECT count(*) FROM minutes_version WHERE meeting_id = $1 AND state = 'agreed'"
    return is_chair(work, meeting) and bool(work.value(waiting, [meeting["meeting_id"]]))


def check_can_minute(work: Reading, child_id: str, episode_id: str | None) -> None:
    """The minutes of a child are written by the coordinators of the episode's area, and with them by the police who are
    invited, from papers out until the minutes are agreed."""
    account = work.account
    area = work.value(
        "SELECT area FROM episode WHERE episode_id = $1 AND child_id = $2", [episode_id, child_id]
    )
    if account.role in ("coordinator", "operator"):
        check_can_write_child(work, child_id)
        if area:
            check_can_coordinate(work, area, "minutes written", child_id)
        return
    check_has_role(work, "minutes written", "practitioner", "meeting_member", child_id=child_id)
    if account.agency != "police" or account.area != area or not is_invited_about(work, child_id):
        raise Refused(
            "The minutes are written by the coordinator and the police who are invited to the meeting.",
            "minutes written",
            known(work, child_id),
        )
    check_is_named(work, child_id, "minutes written")


def check_can_sign_minutes(work: Reading, meeting: Row, chair_account_id: str | None) -> None:
    """A chair named as an account signs as that account and nobody for them; of a chair known by name only, the area's
    coordinator records the signature."""
    check_can_see_meeting(work, meeting)
    if chair_account_id is None:
        check_can_coordinate(work, meeting["area"], "minutes signed")
    elif chair_account_id != work.account.account_id:
        raise Refused(
            "Only the chair named signs the minutes.", "minutes signed", record_id=meeting["meeting_id"]
        )


def can_sign_minutes(work: Reading, meeting: Row, chair_account_id: str | None) -> bool:
    return is_allowed(lambda: check_can_sign_minutes(work, meeting, chair_account_id))
