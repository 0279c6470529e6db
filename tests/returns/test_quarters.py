"""Quarters of the financial year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import dates

from data.quarters import Quarter
from data.refusal import Problems


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026-27 Q1", date(2026, 4, 1), date(2026, 6, 30)),
        ("2026-27 Q2", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-27 Q3", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-27 Q4", date(2027, 1, 1), date(2027, 3, 31)),
        ("1999-00 Q4", date(2000, 1, 1), date(2000, 3, 31)),
    ],
)
def test_a_quarter_has_a_first_and_a_last_day_and_a_name(name: str, first: date, last: date) -> None:
    quarter = Quarter.parse(name)
    assert (quarter.first, quarter.last, str(quarter)) == (first, last, name)


@given(dates(date(1901, 1, 1), date(2200, 1, 1)))
def test_every_day_lies_in_one_quarter_and_the_one_before_ends_the_day_before_it(day: date) -> None:
    quarter = Quarter.of(day)
    assert quarter.first <= day <= quarter.last
    assert quarter.before().last == quarter.first - timedelta(days=1)
    assert quarter.before(4).year == quarter.year - 1
    assert Quarter.parse(str(quarter)) == quarter


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-27",
        "2026-27 Q0",
        "2026-27 Q5",
        "2026-28 Q1",
        "2026 Q1",
        "Q1 2026-27",
        "0000-01 Q1",
        "２０２６-27 Q1",
    ],
)
def test_another_way_of_writing_a_quarter_is_refused_with_how_to_write_it(text: str) -> None:
    with pytest.raises(Problems, match="2026-27 Q1"):
        Quarter.parse(text)
