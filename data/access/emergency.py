"""Opening a record in an emergency ("break glass"): whose role may, for how long, and what it opens.

Part of the one rule in `data.access.rule`. The openings themselves are kept by `data.child.emergency`. Source: access.md.
"""

from __future__ import annotations

import datetime

from data import clock
from data.actor import Reading
from data.refusal import Refused

LASTS = datetime.timedelta(minutes=60)

LOOKS_AN_HOUR = 10
"""How often an account may look for a record within an hour: enough for the children of one family typed twice, too few to
guess names. Ours; no source names a figure."""

LOOKED = "record looked for in an emergency"
TOO_OFTEN = "looked too often in an emergency"
"""What the audit calls a look, and one too many (then with "refused: " before it)."""

MAY_OPEN = ("practitioner", "coordinator", "manager")
"""Who works with children, of any area. A meeting member reads papers, and asks their agency's practitioners."""

OPENED = "SELECT child_id FROM opening WHERE account_id = ${} AND ends_at > ${} AND opened_at > ${}"
"""The children whose records an account opened in an emergency and may still read: at a moment, since it has its post."""

READ_ONLY = (
    "You opened this record in an emergency: you can read it on the screen for an hour, and nothing more."
)


def check_may_look_again(work: Reading) -> None:
    """Counted in the audit trail, which nobody can shorten; looks that found nothing count as well."""
    hour = clock.now() - datetime.timedelta(hours=1)
    looked = "SELECT count(*) FROM audit WHERE account_id = $1 AND action = $2 AND happened_at > $3"
    if work.value(looked, [work.account.account_id, LOOKED, hour]) >= LOOKS_AN_HOUR:
        raise Refused(
            f"You have looked for {LOOKS_AN_HOUR} records in an emergency within the last hour. If a child is in danger "
            "now, call 999, or the front door of the child's area.",
            TOO_OFTEN,
        )


def closes_at(work: Reading, child_id: str) -> datetime.datetime | None:
    """When the record that this account opened closes again; None when it is not open by that."""
    if work.account.role not in MAY_OPEN:
        return None  # a role that was taken away closes what it opened
    closes: datetime.datetime | None = work.value(
        "SELECT max(ends_at) FROM opening"
        " WHERE account_id = $1 AND ends_at > $2 AND child_id = $3 AND opened_at > $4",
        [work.account.account_id, clock.now(), child_id, work.in_post_since],
    )
    return closes


def has_broken_glass(work: Reading, child_id: str) -> bool:
    return closes_at(work, child_id) is not None
