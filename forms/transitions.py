"""The plan for becoming an adult: from 17½ the minutes hold it, or the reason there is none (pathway.md 8)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from dateutil.relativedelta import relativedelta

from forms.kinds import LongText
from forms.settings import told

ASKED_FROM = {"17": relativedelta(years=17), "17_6": relativedelta(years=17, months=6)}
"""By the partnership's setting `transitions_from`."""

transitions_plan_missing_reason = LongText(
    "transitions_plan_missing_reason",
    "Reason there is no transitions plan",
    help="A plan is asked for from the age of 17 and a half: who supports the young person from 18, and how.",
)


def is_asked_for(date_of_birth: datetime.date, day: datetime.date, since: str = "17_6") -> bool:
    return date_of_birth <= day - ASKED_FROM[since]


def plan_or_reason(answers: Mapping[str, Any], about: Mapping[str, Any]) -> str | None:
    born, met = about.get("date_of_birth"), answers.get("meeting_date")
    if born is None or met is None or not is_asked_for(born, met, told(about, "transitions_from")):
        return None
    if answers.get("transitions_plan") or answers.get(transitions_plan_missing_reason.key):
        return None
    return "Enter the transitions plan, or the reason there is none: the child is at the age to ask for it"
