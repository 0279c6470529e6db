"""Returns in any state of their life, in one line: drafted, locked, being corrected, published."""

from __future__ import annotations

from data.actor import Actor
from data.database.store import Store
from data.quarters import Quarter
from data.returns import return_lock
from data.returns.return_document import fingerprint
from data.returns.return_shape import Return
from data.returns.returns import draft_return
from tests.factories import an_account

QUARTER = Quarter.parse("2026-27 Q1")


def lock(lead: Actor, quarter: Quarter = QUARTER) -> Return:
    return return_lock.lock(lead, quarter, fingerprint(draft_return(lead, quarter)), although_not_whole=True)


def a_return(store: Store, *moves: str) -> str:
    """Pan-Merseyside's, after these moves; gives its record's id."""
    lead = an_account(store, "partnership_lead")
    for move in moves:
        if move == "lock":
            lock(lead)
        elif move == "correct":
            return_lock.begin_correction(lead, QUARTER, "A made-up reason")
        else:
            return_lock.drop_correction(lead, QUARTER)
    return f"pan_merseyside:{QUARTER}"
