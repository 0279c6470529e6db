"""How often the ways to the sign-in service are used from one network address (a stranger's press costs a row, an entry of
the audit trail and a question to the service), and how much one person uploads.

Kept in memory, as it keeps nobody out for longer than a minute or an hour. Passwords have a lock of their own: `data.sign_in.tries`.
"""

from __future__ import annotations

import ipaddress
import threading
from collections import OrderedDict
from datetime import datetime, timedelta

from data import clock

WITHIN = timedelta(minutes=1)
TIMES = 240
"""Two for each person who signs in: an office whose people all come from one address at nine o'clock is let in."""
REMEMBERED = 10_000


class Pace:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._since: OrderedDict[str, tuple[datetime, int]] = OrderedDict()

    def allows(self, address: str) -> bool:
        """Whether to go on; counts this time too."""
        at, whose = clock.now(), network_of(address)
        with self._lock:
            begun, times = self._since.pop(whose, (at, 0))
            if at - begun >= WITHIN:
                begun, times = at, 0
            self._since[whose] = begun, times + 1
            if len(self._since) > REMEMBERED:
                self._since.popitem(last=False)
        return times < TIMES


UPLOADS_WITHIN = timedelta(hours=1)
MOST_UPLOADS, MOST_UPLOADED = 60, 200_000_000
"""Files, and bytes. A cohort's workbook is tried a few times until its rows are right, and is no larger than 10 MB."""


class Uploads:
    """How much a person uploads: the memory and the disk are everybody's."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of: OrderedDict[str, list[tuple[datetime, int]]] = OrderedDict()

    def allows(self, account_id: str, size: int) -> bool:
        """Whether to take a file of so many bytes; counts it when it is taken."""
        at = clock.now()
        with self._lock:
            lately = [one for one in self._of.pop(account_id, []) if at - one[0] < UPLOADS_WITHIN]
            is_taken = len(lately) < MOST_UPLOADS and sum(n for _, n in lately) + size <= MOST_UPLOADED
            self._of[account_id] = [*lately, (at, size)] if is_taken else lately
            if len(self._of) > REMEMBERED:
                self._of.popitem(last=False)
        return is_taken


def network_of(address: str) -> str:
    """Whoever has one address of version 6 has as many as they like of its network."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if found.version == 4 else str(ipaddress.ip_network((int(found), 64), strict=False))
