"""The days of a child's way through the pathway: none lies in the future, and each comes after the ones before it.

One source for what is typed in the tool and what a workbook brings in. Source: pathway.md 2, 3, 5, 6 and 8.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms import days
from forms.age import age_on


@dataclass(frozen=True)
class Order:
    """Two days by their keys, of which the second is not before the first."""

    earlier: str
    later: str
    sentence: str


_DECIDED = "The date of the decision must be from the day the referral was received up to today"
_MET = "The meeting must be on or after the day the child came into the meeting's oversight"

NOT_IN_THE_FUTURE = {
    "date_of_birth": "Date of birth must be today or in the past",
    "received_on": "The day the referral was received must be today or in the past",
    "decided_on": _DECIDED,
    "opened_on": "The day the child came into the meeting's oversight must be today or in the past",
    "assessment_date": "The date of the assessment must be today or in the past",
    "meeting_date": "The date of the meeting must be today or in the past: a decision is recorded once it is made",
    "submitted_on": "The day the NRM referral was submitted must be today or in the past",
    "reasonable_grounds_on": "The day of the reasonable grounds decision must be today or in the past",
    "conclusive_grounds_on": "The day of the conclusive grounds decision must be today or in the past",
    "action_closed_on": "The day the action was closed must be today or in the past",
    "closed_on": "The day the child leaves must be today or in the past",
}
"""Day → what is said of one to come. A review and the day an action is due are plans, and are not among them."""

ORDER = (
    Order("date_of_birth", "received_on", "The referral must be on or after the day the child was born"),
    Order("received_on", "decided_on", _DECIDED),
    Order("received_on", "opened_on", "The child comes in on or after the day the referral was received"),
    Order("decided_on", "opened_on", "The child comes in on or after the day the referral was accepted"),
    Order("date_of_birth", "assessment_date", "The assessment must be on or after the day the child was born"),
    Order("opened_on", "meeting_date", _MET),
    Order("date_of_birth", "submitted_on", "The NRM referral must be on or after the day the child was born"),
    Order("meeting_date", "action_closed_on", "The action is closed on or after the day of the meeting that set it"),
    Order("opened_on", "closed_on", "The child leaves on or after the day they came in"),
    Order("meeting_date", "closed_on", "The child leaves on or after the last discussion"),
)  # fmt: skip


def wrong_days(known: Mapping[str, datetime.date | None]) -> Iterator[tuple[str, str, str]]:
    """Yields (day, the day it must not be before or "", sentence) of each that cannot stand; days not known are left out."""
    for key, sentence in NOT_IN_THE_FUTURE.items():
        day = known.get(key)
        if day is not None and day > days.today():
            yield key, "", sentence
    for order in ORDER:
        earlier, later = known.get(order.earlier), known.get(order.later)
        if earlier is not None and later is not None and later < earlier:
            yield order.later, order.earlier, order.sentence


def turned_18_before(
    reason: str | None, born: datetime.date | None, left_on: datetime.date | None
) -> str | None:
    """Returns the sentence when a child is to leave for having turned 18 on a day before the birthday, else None."""
    if reason != "turned_18" or born is None or left_on is None or age_on(born, left_on) >= 18:
        return None
    return "Select another reason: the child is not 18 yet on the day they leave"
