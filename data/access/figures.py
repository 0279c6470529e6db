"""Who may see figures and keep the return: neither holds a name. The pairs of `data.access.rule` go on here."""

from __future__ import annotations

from data.access.rule import check_has_role
from data.actor import Reading
from data.refusal import Refused


def check_can_see_cohort(work: Reading, areas: tuple[str, ...]) -> None:
    """Figures without names: coordinator and manager of the area, and the partnership's lead for all its areas."""
    check_has_role(work, "cohort viewed", "coordinator", "manager", "partnership_lead", "operator")
    if not set(areas) <= set(work.account.areas):
        raise Refused("You can see the figures of your own area only.", "cohort viewed")


def check_can_lock_return(work: Reading, partnership: str, action: str) -> None:
    """Locking, correcting and publishing a return: the lead of its partnership."""
    check_has_role(work, action, "partnership_lead")
    if work.account.partnership_key != partnership:
        raise Refused("Only the lead of that partnership can do this.", action)
