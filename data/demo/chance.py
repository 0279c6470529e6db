"""Seeded chance: the same seed gives the same children, days and ids, whatever the clock says."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance(random.Random):
    def one(self, weighted: Mapping[T, float]) -> T:
        return self.choices(list(weighted), list(weighted.values()))[0]

    def some(self, among: Sequence[T], least: int, most: int) -> list[T]:
        """Different ones, in the order of `among`."""
        chosen = self.sample(range(len(among)), min(len(among), self.randint(least, most)))
        return [among[i] for i in sorted(chosen)]

    def happens(self, probability: float) -> bool:
        return self.random() < probability

    def instant(self, day: datetime.date) -> datetime.datetime:
        """A moment of that working day."""
        at = datetime.time(self.randint(8, 16), self.randint(0, 59), self.randint(0, 59))
        return datetime.datetime.combine(day, at, datetime.UTC)

    def new_id(self, day: datetime.date) -> str:
        """In the shape of `data.clock.new_id`, as if made on that day."""
        micros = int(self.instant(day).timestamp() * 1_000_000) + self.randint(0, 999_999)
        return f"{micros:014x}{self.getrandbits(72):018x}"

    def days(self, day: datetime.date, least: int, most: int) -> datetime.date:
        """A working day so many days later."""
        return working_day(day + datetime.timedelta(days=self.randint(least, most)))


def working_day(day: datetime.date) -> datetime.date:
    """The day itself, or the Monday after a weekend."""
    return day + datetime.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
