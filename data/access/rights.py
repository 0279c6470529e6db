"""Who may dispute, hold, hand out and delete a child's record. `check_can_x` raises `Refused` with the reason."""

from __future__ import annotations

from data.access.rule import NOT_YOURS, check_has_role, check_is_their_work, is_allowed
from data.actor import Reading
from data.database.engine import Row
from data.refusal import Refused


def check_can_dispute(work: Reading, child_id: str) -> None:
    """Practitioners, coordinators and managers whose work the child is may note that somebody disputes the record."""
    check_has_role(work, "record disputed", "practitioner", "coordinator", "manager", child_id=child_id)
    check_is_their_work(work, child_id, "record disputed")


def can_dispute(work: Reading, child_id: str) -> bool:
    return is_allowed(lambda: check_can_dispute(work, child_id))


def check_can_answer_for(work: Reading, child_id: str) -> None:
    """Retention, holds, answers to disputes and the child's own copy: coordinators and managers whose work the child is."""
    check_has_role(work, "record answered for", "coordinator", "manager", child_id=child_id)
    check_is_their_work(work, child_id, "record answered for")


def check_is_a_second_person(work: Reading, deletion: Row) -> None:
    """access.md: deletion is an act of two people."""
    if deletion["asked_by"] == work.account.account_id:
        raise Refused(
            "Another person must decide: whoever asked for the deletion cannot carry it out.",
            "deletion decided",
            deletion["child_id"],
            deletion["deletion_id"],
        )


def check_may_approve_copy(work: Reading, copy: Row) -> None:
    """standing_firm.md 15: a second person approves the child's own copy, who neither asked for approval nor struck a line."""
    struck_by = work.values(
        "SELECT DISTINCT recorded_by FROM own_copy_strike_history WHERE own_copy_id = $1",
        [copy["own_copy_id"]],
    )
    if work.account.account_id in {copy["prepared_by"], *struck_by}:
        raise Refused(
            "Another person must approve the copy: whoever prepared it cannot.",
            "own copy approved",
            copy["child_id"],
            copy["own_copy_id"],
        )


def may_approve_copy(work: Reading, copy: Row) -> bool:
    return is_allowed(lambda: check_may_approve_copy(work, copy))


def check_can_see_keeping(work: Reading) -> None:
    """Lists of what is due, held and deleted: coordinators and managers, of the records they answer for."""
    check_has_role(work, "retention listed", "coordinator", "manager")


def check_can_see_deletions_of(work: Reading, deletion: Row | None) -> None:
    """A deletion that was carried out has no child any more: it is its area's."""
    check_has_role(work, "deletion viewed", "coordinator", "manager")
    if deletion is None or deletion["area"] != work.account.area:
        raise Refused(NOT_YOURS, "deletion viewed")
