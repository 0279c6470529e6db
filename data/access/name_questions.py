"""How often an account may ask whether a child who is not theirs to open is known, by an exact name or number.

The answer says that there is such a child and whom to ask; who tries many names would learn who is known where.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets

from data import clock
from data.access.emergency import LOOKS_AN_HOUR
from data.actor import Reading, Writing
from data.database.audit import Event

ASKED = "child asked about"
ASKED_TOO_OFTEN = "refused: asked about too many children"

STOPS_AT = 2 * LOOKS_AN_HOUR
"""Questions an hour. Up to `LOOKS_AN_HOUR`, as in an emergency, each is answered; from there on one a minute; then none.
Ours; no source names a figure."""
PACE = datetime.timedelta(minutes=1)
HOUR = datetime.timedelta(hours=1)

SLOWED = (
    "You have asked about many children within an hour. Wait a minute before you look up the next one: whether a child who is "
    "not yours to open is known is not said until then."
)
STOPPED = (
    "You have asked about too many children within an hour. Whether a child who is not yours to open is known is not said "
    "until that hour is over. If a child is in danger now, call 999, or the front door of the child's area."
)

_SALT = secrets.token_bytes(16)


def question(*words: object) -> str:
    """Returns a mark of what is asked for, to know the same question again when a page is drawn again.

    It is salted anew in every process, so that no name can be found out from the audit.
    """
    return hashlib.blake2b(repr(words).encode(), key=_SALT, digest_size=12).hexdigest()


def why_not_answered(work: Reading, mark: str) -> str:
    """Returns the sentence why this question is not answered now; empty when it is. Counted in the audit."""
    asked = work.rows(
        "SELECT record_id, min(happened_at) AS first FROM audit WHERE account_id = $1 AND action = $2 AND happened_at > $3"
        " GROUP BY record_id",
        [work.account.account_id, ASKED, _now(work) - HOUR],
    )
    if mark in {row["record_id"] for row in asked} or len(asked) < LOOKS_AN_HOUR:
        return ""
    if len(asked) >= STOPS_AT:
        return STOPPED
    return SLOWED if max(row["first"] for row in asked) > _now(work) - PACE else ""


def count_question(work: Writing, mark: str) -> str:
    """Counts the question once, and returns the sentence why it is not answered now; empty when it is."""
    why_not = why_not_answered(work, mark)
    action = ASKED_TOO_OFTEN if why_not else ASKED
    noted = work.value(
        "SELECT count(*) FROM audit WHERE account_id = $1 AND action = $2 AND record_id = $3 AND happened_at > $4",
        [work.account.account_id, action, mark, _now(work) - HOUR],
    )
    if not noted:
        work.note(Event(action, None, mark))
    return why_not


def _now(work: Reading) -> datetime.datetime:
    return work.at if isinstance(work, Writing) else clock.now()
