"""Which day it is, for what is asked: a day in the United Kingdom, whatever clock the server keeps."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")


def today() -> datetime.date:
    return datetime.datetime.now(UK).date()
