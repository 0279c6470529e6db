"""What a submitted form sets in motion, in the same transaction: one function a form, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from data.actor import Writing
from data.answers.draft_reading import Draft
from data.child import assessments, child_search, referrals
from data.database.engine import Row
from data.meeting import meetings
from data.scores import scorings

Effect = Callable[[Writing, Draft, Row, Mapping[str, Any]], None]

EFFECTS: dict[str, Effect] = {
    "child": child_search.take_effect,
    "referral": referrals.take_effect,
    "assessment": assessments.take_effect,
    "tracker": scorings.take_effect,
    "minutes": meetings.take_effect,
}
