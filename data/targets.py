"""The partnership's targets for how long a referral may wait, in days: settings, none until somebody sets them."""

from __future__ import annotations

from data.access import check_can_keep_accounts
from data.actor import Actor, Reading
from data.audit import Event
from data.refusal import Problems
from data.schema import SETTING

TARGETS = (("to_assessment", "to assessment"), ("to_first_meeting", "to the first meeting"))
LONGEST = 365


def target(work: Reading, what: str) -> int | None:
    """Days, or None while none is set."""
    setting = work.current(SETTING, _key(work, what))
    return int(setting["value"]) if setting and setting["value"] else None


def targets(actor: Actor) -> dict[str, int | None]:
    with actor.reading() as work:
        check_can_keep_accounts(work)
        return {what: target(work, what) for what, _ in TARGETS}


def keep(actor: Actor, what: str, typed: str) -> None:
    """Set a target of the administrator's partnership, or with nothing typed take it away."""
    days = typed.strip()
    if what not in dict(TARGETS):
        raise Problems("There is no such target.")
    if days and not (days.isascii() and days.isdecimal() and 1 <= int(days) <= LONGEST):
        raise Problems(
            f"Enter the target as a number of days from 1 to {LONGEST}, or leave it empty for none"
        )
    with actor.writing() as work:
        check_can_keep_accounts(work)
        work.save(
            SETTING,
            {"setting": _key(work, what), "value": days or None},
            Event("target changed", None, f"target {what}"),
        )


def _key(work: Reading, what: str) -> str:
    return f"target_days_{what}:{work.account.partnership_key}"
