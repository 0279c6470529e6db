"""Age in whole years. Always derived from the date of birth on the day asked about, never typed or stored."""

from __future__ import annotations

import datetime


def age_on(date_of_birth: datetime.date, day: datetime.date) -> int:
    """Whole years reached on that day; below zero before birth.

    A child born on 29 February has a birthday on 1 March in other years, as English law counts it.
    """
    had_birthday = (day.month, day.day) >= (date_of_birth.month, date_of_birth.day)
    return day.year - date_of_birth.year - (not had_birthday)
