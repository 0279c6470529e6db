"""Who may see and do what about NRM referrals, people and places of concern, and disruption (access.md, pathway.md 9, 10).

Free text on adults of concern and intelligence is for coordinators, managers and those who contributed to that record.
"""

from __future__ import annotations

import datetime
from typing import Any

from data.access.reach import counts_from, cutoffs
from data.access.restricted import NOT_YOURS
from data.access.rule import answers_for_sensitive, check_has_role, check_is_their_work, is_allowed
from data.actor import Reading
from data.database.table import RecordTable
from data.refusal import Refused


def check_can_write_nrm(work: Reading, child_id: str) -> None:
    """The coordinators whose work the child is keep its NRM referral."""
    check_has_role(work, "nrm written", "coordinator", "operator", child_id=child_id)
    check_is_their_work(work, child_id, "nrm written")


def can_write_nrm(work: Reading, child_id: str) -> bool:
    return is_allowed(lambda: check_can_write_nrm(work, child_id))


def check_can_oversee_nrm(work: Reading) -> None:
    """The list for the meeting: coordinators and managers, of the children they may see."""
    check_has_role(work, "nrm listed", "coordinator", "manager", "operator")


def has_contributed(
    work: Reading, table: RecordTable, record_id: str, since: datetime.datetime | None = None
) -> bool:
    """Has this account written any revision of the record, in the post that the person has now (or since `since`)?"""
    return bool(
        work.value(
            f"SELECT count(*) FROM {table.history.name}"
            f" WHERE {table.id_column} = $1 AND recorded_by = $2 AND recorded_at > $3",
            [record_id, work.account.account_id, since or work.in_post_since],
        )
    )


def check_can_see_sensitive_of(work: Reading, child_id: str, table: RecordTable, record_id: str) -> None:
    """The sensitive answers of a record about a child that is kept: coordinators and managers whose work the child is,
    contributors."""
    if answers_for_sensitive(work, child_id):
        return
    if not has_contributed(work, table, record_id, counts_from(work, child_id)):
        raise Refused(NOT_YOURS, "intelligence viewed", record_id=record_id)


def can_see_sensitive_of(work: Reading, child_id: str, table: RecordTable, record_id: str) -> bool:
    return is_allowed(lambda: check_can_see_sensitive_of(work, child_id, table, record_id))


def check_can_see_concern(work: Reading, concern_id: str) -> None:
    """A person, group, place or issue of concern: the coordinators and managers of the area that holds it, and the
    practitioners who wrote it, as long as they have the post in which they did, and for some days after it is closed.
    Nobody else, whoever is linked to it."""
    visible, parameters = visible_concerns(work, 2)
    if work.value(
        f"SELECT count(*) FROM concern c WHERE concern_id = $1 AND {visible}", [concern_id, *parameters]
    ):
        return
    is_there = work.value("SELECT count(*) FROM concern WHERE concern_id = $1", [concern_id])
    raise Refused(NOT_YOURS, "concern viewed", record_id=concern_id if is_there else None)


def can_see_concern(work: Reading, concern_id: str) -> bool:
    return is_allowed(lambda: check_can_see_concern(work, concern_id))


def visible_concerns(work: Reading, first: int) -> tuple[str, list[Any]]:
    """The rule of `check_can_see_concern` for lists: a condition on `concern c`, its parameters numbered from `first`."""
    account = work.account
    if account.role == "operator":
        return "true", []
    if account.role in ("coordinator", "manager"):
        return f"c.area = ${first}", [account.area]
    if account.role == "practitioner":
        return (
            f"(c.concern_id IN (SELECT concern_id FROM concern_history WHERE recorded_by = ${first}"
            f" AND recorded_at > ${first + 1}) AND (c.state = 'open'"
            f" OR CAST(c.recorded_at AT TIME ZONE 'Europe/London' AS date) >= {cutoffs(work, 'c')}))",
            [account.account_id, work.in_post_since],
        )
    return "false", []


def check_can_list_concerns(work: Reading) -> None:
    check_has_role(work, "concerns searched", "practitioner", "coordinator", "manager", "operator")


def check_can_add_concern(work: Reading) -> None:
    """For their own area, which then holds the record."""
    check_has_role(work, "concern added", "practitioner", "coordinator")


def check_can_write_concern(work: Reading, concern_id: str) -> None:
    """As for seeing, but a manager only reads."""
    check_has_role(work, "concern written", "practitioner", "coordinator", "operator")
    check_can_see_concern(work, concern_id)


def can_write_concern(work: Reading, concern_id: str) -> bool:
    return is_allowed(lambda: check_can_write_concern(work, concern_id))


def check_can_coordinate_concern(work: Reading, concern_id: str, action: str) -> None:
    """What the coordinator of the area that holds it decides: closing, the label that leaves the area."""
    check_has_role(work, action, "coordinator", "operator")
    check_can_see_concern(work, concern_id)


def can_coordinate_concern(work: Reading, concern_id: str) -> bool:
    return is_allowed(lambda: check_can_coordinate_concern(work, concern_id, "asked"))
