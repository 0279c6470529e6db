"""Which stored record a row without a known reference may be: the same meeting, NRM referral or action, or a likely double.

Records of one child are compared by what they are. Children are compared by `data.child.child_search`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from data.bring_in.cohort_comparison import as_said, stored_value
from data.bring_in.cohort_workbook import Sheet
from data.names import plain

DAY = {
    "referrals": "received_on", "episodes": "opened_on", "discussions": "meeting_date", "nrm": "submitted_on",
    "actions": "meeting_date",
}  # fmt: skip
"""Sheet → the day that its records are known by."""

NEAR = datetime.timedelta(days=6)
"""Two days may be one that was corrected. Meetings are at most weekly (pathway.md 4)."""

ALIKE = 0.6
"""How alike the words of two actions must be to ask whether they are one."""


def alike_reference(reference: str) -> str:
    """A reference as it is compared: a spreadsheet drops zeros, people change case, spaces and dashes."""
    return re.sub(r"0*(\d+)", r"\1", re.sub(r"[\W_]+", "", reference.casefold()))


def is_the_same(sheet: Sheet, values: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    """The record is the row beyond doubt: a child is discussed once at a meeting; of others every cell is as it is stored."""
    if as_said(values[DAY[sheet.name]]) != as_said(record[DAY[sheet.name]]):
        return False
    return sheet.name == "discussions" or _rest_is_equal(sheet, values, record, every_cell=True)


def is_likely(sheet: Sheet, values: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    """The record may be the row, with a corrected day or other words."""
    day, known = values[DAY[sheet.name]], record[DAY[sheet.name]]
    if sheet.name == "nrm" and known is None:
        return True  # it was needed, and now it is submitted
    if day is None or known is None:
        return False
    is_near = abs(day - known) <= NEAR
    is_typing_error = _differ_by_one_part(day, known)
    if sheet.name == "actions":
        words = plain(values["action"] or ""), plain(record["action"] or "")
        if SequenceMatcher(None, *words, autojunk=False).ratio() >= ALIKE:
            return is_near or is_typing_error
        return day == known and _rest_is_equal(sheet, values, record, but="action", at_least=4)
    if sheet.name == "episodes" and _overlap(values, record):
        return True
    return is_near or (is_typing_error and _rest_is_equal(sheet, values, record))


def _differ_by_one_part(one: datetime.date, other: datetime.date) -> bool:
    """By the year, the month or the day alone, or with day and month exchanged."""
    parts = zip((one.year, one.month, one.day), (other.year, other.month, other.day), strict=True)
    is_exchanged = (one.year, one.month, one.day) == (other.year, other.day, other.month)
    return sum(a != b for a, b in parts) <= 1 or is_exchanged


def _rest_is_equal(
    sheet: Sheet,
    values: Mapping[str, Any],
    record: Mapping[str, Any],
    *,
    but: str = "",
    at_least: int = 1,
    every_cell: bool = False,
) -> bool:
    """All that both say besides the day; or `every_cell` that the row says."""
    said = [
        (as_said(value), as_said(stored_value(column, record)))
        for column, value in values.items()
        if value is not None and column not in sheet.references and column not in (DAY[sheet.name], but)
    ]
    both = [(one, other) for one, other in said if other is not None or every_cell]
    return len(both) >= (0 if every_cell else at_least) and all(one == other for one, other in both)


def _overlap(values: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    opened, known = values["opened_on"], record["opened_on"]
    ends = values.get("closed_on") or datetime.date.max, record["closed_on"] or datetime.date.max
    return bool(opened < ends[1] and known < ends[0])
