"""A clock that is told, and a check of passwords that compares: bcrypt is slow on purpose and tested elsewhere."""

from __future__ import annotations

import datetime

PASSWORD = "three random words"


class Clock:
    def __init__(self) -> None:
        self.at = datetime.datetime(2026, 9, 30, 9, 0, tzinfo=datetime.UTC)

    def now(self) -> datetime.datetime:
        self.at += datetime.timedelta(microseconds=1)
        return self.at

    def wait(self, time: datetime.timedelta) -> None:
        self.at += time


def check(password: str, standing: str) -> bool:
    return password == standing
