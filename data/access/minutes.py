"""Who may sign a meeting's minutes. The pairs of `data.access.rule` go on here."""

from __future__ import annotations

from data.access.rule import check_can_coordinate, check_can_see_meeting
from data.actor import Reading
from data.database.engine import Row
from data.refusal import Refused


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
    try:
        check_can_sign_minutes(work, meeting, chair_account_id)
    except Refused:
        return False
    return True
