"""A date, typed as day, month and year. Reads back as "13 November 2026"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from dateutil.relativedelta import relativedelta

from forms import days
from forms.conditions import Condition
from forms.question import Answer, Question, Typed, Wrong

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Date(Question):
    may_be_future: bool = True
    may_be_past: bool = True

    column_type: ClassVar[str] = "date"
    kind_in_words: ClassVar[str] = "Date"

    def read(self, typed: Typed) -> datetime.date | None:
        if typed is None or isinstance(typed, datetime.date):
            answer = typed
        else:
            answer = self._read_text(str(typed).strip())
        if answer is None:
            return None
        name = self.label.rstrip("?:")
        today = days.today()
        if answer > today and not self.may_be_future:
            raise Wrong(f"{name} must be today or in the past")
        if answer < today and not self.may_be_past:
            raise Wrong(f"{name} must be today or in the future")
        return answer

    def _read_text(self, text: str) -> datetime.date | None:
        if not text:
            return None
        name = self.label.rstrip("?:")
        iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text, re.ASCII)
        parts = [iso[3], iso[2], iso[1]] if iso else re.split(r"[\s/.\-]+", text)
        if len(parts) != 3:
            raise Wrong(f"{name} must have a day, a month and a year, such as 13 11 2026")
        day, month, year = parts
        number = next(
            (
                str(i)
                for i, m in enumerate(MONTHS, 1)
                if len(month) > 2 and m.lower().startswith(month.lower())
            ),
            month,
        )
        if not all(re.fullmatch(r"\d{1,4}", part, re.ASCII) for part in (day, number, year)):
            raise Wrong(f"{name} must have a day, a month and a year, such as 13 11 2026")
        if len(year) != 4:
            raise Wrong(f"{name} must have a year of four digits, such as 2026")
        try:
            answer = datetime.date(int(year), int(number), int(day))
        except ValueError:
            raise Wrong(f"{name} must be a real date: check the day and the month") from None
        if answer.year < 1900:
            raise Wrong(f"{name} must be in 1900 or later")
        return answer

    def typed(self, answer: Answer) -> Typed:
        return None if answer is None else f"{answer.day} {answer.month} {answer.year}"

    def _in_words(self, answer: Answer) -> str:
        return in_words(answer)

    def is_older_than(self, *, months: int) -> Condition:
        """The date lies more than so many months before today; six months before 31 August is 28 or 29 February."""
        return OlderThan(self, "is older than", (months,))


@dataclass(frozen=True, eq=False)
class OlderThan(Condition):
    def holds(self, answers: Mapping[str, Any]) -> bool:
        date = answers.get(self.question.key)
        return date is not None and date < days.today() - relativedelta(months=self.answers[0])

    def in_words(self) -> str:
        return f"“{self.question.label}” is more than {self.answers[0]} months ago"


def in_words(date: datetime.date) -> str:
    """A date as people read it: "13 November 2026"."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"
