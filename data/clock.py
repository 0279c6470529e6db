"""What time it is. Instants are kept in UTC; a day is a day in the United Kingdom."""

from __future__ import annotations

import datetime
import secrets
import time
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")
FOUR_WEEKS = datetime.timedelta(weeks=4)


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def today() -> datetime.date:
    return now().astimezone(UK).date()


def day_of(instant: datetime.datetime) -> datetime.date:
    return instant.astimezone(UK).date()


def new_id() -> str:
    """An opaque id that sorts by when it was made, so that a scan for recent things skips the old ones."""
    return f"{time.time_ns() // 1000:014x}{secrets.token_hex(9)}"
