"""Quarters of the financial year, as the return names them: "2026-27 Q1" is 1 April to 30 June 2026, both days included."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from data.refusal import Problems

WRITTEN = re.compile(r"(\d{4})-(\d{2}) Q([1-4])", re.ASCII)


@dataclass(frozen=True, order=True)
class Quarter:
    year: int
    """The calendar year in which the financial year begins."""
    number: int
    """1 to 4; 1 begins on 1 April."""

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Raises `Problems` with what to write instead."""
        written = WRITTEN.fullmatch(text.strip())
        year = int(written[1]) if written else 0
        if not written or not 1900 <= year <= 9998 or (year + 1) % 100 != int(written[2]):
            raise Problems("Write the quarter as the financial year and Q1 to Q4, such as “2026-27 Q1”.")
        return cls(year, int(written[3]))

    @classmethod
    def of(cls, day: datetime.date) -> Quarter:
        """The quarter in which the day falls."""
        quarters = day.year * 4 + (day.month - 1) // 3 - 1
        return cls(quarters // 4, quarters % 4 + 1)

    def before(self, quarters: int = 1) -> Quarter:
        earlier = self.year * 4 + self.number - 1 - quarters
        return Quarter(earlier // 4, earlier % 4 + 1)

    @property
    def first(self) -> datetime.date:
        return datetime.date(self.year + (self.number == 4), self.number * 3 % 12 + 1, 1)

    @property
    def last(self) -> datetime.date:
        return self.before(-1).first - datetime.timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.year}-{(self.year + 1) % 100:02} Q{self.number}"
