"""How the minutes of a child end: judgement and scale, the decision with its review date, and the rules that hold."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from forms.codes import CLOSURE_REASONS, JUDGEMENTS
from forms.form import Section
from forms.kinds import Date, LongText, OneOf, Scale, YesNo
from forms.kinds.one_of import Options
from forms.minutes.background import SOURCE
from forms.open_actions import are_decided_on, asked_on_leaving
from forms.pathway_dates import turned_18_before
from forms.settings import told

DECISIONS: Options = (
    ("review", "Review by a date: the child stays in the meeting's oversight"),
    ("remove", "Remove from the meeting and remove the flags"),
    ("remove_keep_leds", "Remove from the meeting, keep the LEDS (PNC) flag until a review date"),
    ("unable_to_engage", "Close: agencies have been unable to engage the child"),
    ("prevention", "Signpost, or give advice on prevention, and close"),
)
"""pathway.md 5. LEDS is the Law Enforcement Data Service, PNC the Police National Computer."""

STAYS_OPEN = ("review",)
LATEST_MONTHS = 6

decision = OneOf("decision", "What did the meeting decide?", options=DECISIONS, required=True)
decision_reason = LongText(
    "decision_reason",
    "Why did the meeting decide this?",
    help="It is asked for before the next child. To go on without it, say why.",
)
goes_on = decision.is_("review")
review_by = Date(
    "review_by", "Review by", asked_if=goes_on, required=True, missing="Enter the date to review by"
)
review_reason = LongText(
    "review_reason",
    "Why is the review later than the meeting's review period?",
    help="The period is 12 weeks unless the partnership has set another. A child in custody is one example. "
    "A review is never later than six calendar months.",
    asked_if=goes_on,
)
closure_reason = OneOf(
    "closure_reason",
    "Why does the child leave the meeting's oversight?",
    options=CLOSURE_REASONS,
    asked_if=decision.is_one_of("remove", "remove_keep_leds", "prevention"),
    required=True,
)
closure_note = LongText(
    "closure_note",
    "What was tried, or what else should be known about the closing?",
    asked_if=decision.is_one_of("remove", "remove_keep_leds", "unable_to_engage", "prevention"),
)

LEAVES = tuple(key for key, _ in DECISIONS if key not in STAYS_OPEN)
open_actions, open_actions_reason = asked_on_leaving(since=3, asked_if=decision.is_one_of(*LEAVES))


def latest_review(meeting: datetime.date) -> datetime.date:
    """Six calendar months after the meeting; the last day of a month that is shorter."""
    month = meeting.month + LATEST_MONTHS
    year, month = meeting.year + (month - 1) // 12, (month - 1) % 12 + 1
    for day in range(meeting.day, 0, -1):
        try:
            return datetime.date(year, month, day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def review_date_fits(answers: Mapping[str, Any], about: Mapping[str, Any]) -> str | None:
    met, review = answers.get("meeting_date"), answers.get("review_by")
    if met is None or review is None:
        return None
    if review <= met:
        return "The review must be after the meeting"
    if review > latest_review(met):
        return "The review must be at most six calendar months after the meeting"
    return None


def late_review_has_reason(answers: Mapping[str, Any], about: Mapping[str, Any]) -> str | None:
    met, review = answers.get("meeting_date"), answers.get("review_by")
    weeks = told(about, "review_weeks")
    is_late = met and review and review > met + datetime.timedelta(weeks=weeks)
    return (
        f"Enter why the review is later than {weeks} {'week' if weeks == 1 else 'weeks'}"
        if is_late and not answers.get("review_reason")
        else None
    )


def closing_is_explained(answers: Mapping[str, Any], about: Mapping[str, Any]) -> str | None:
    needs_words = answers.get("decision") == "unable_to_engage" or answers.get("closure_reason") == "other"
    return (
        "Enter what was tried, or the other reason"
        if needs_words and not answers.get("closure_note")
        else None
    )


def open_actions_are_decided_on(answers: Mapping[str, Any], about: Mapping[str, Any]) -> str | None:
    return are_decided_on(answers, about) if answers.get("decision") in LEAVES else None


def turned_18_is_at_18(answers: Mapping[str, Any], about: Mapping[str, Any]) -> str | None:
    return turned_18_before(
        answers.get("closure_reason"), about.get("date_of_birth"), answers.get("meeting_date")
    )


JUDGEMENT = Section(
    "judgement",
    "Judgement and scale",
    source=SOURCE,
    questions=(
        OneOf(
            "judgement",
            "What does the meeting believe?",
            options=JUDGEMENTS,
            pulled_from=("judgement",),
        ),
        Scale(
            "scale",
            "Scale to show progress, from 1 to 10",
            lowest_means="Believed to be at risk of harm from exploitation",
            highest_means="Not being exploited, or no longer believed to be at risk of harm from exploitation",
            pulled_from=("scale",),
        ),
    ),
)

DECISION = Section(
    "decision",
    "Decision",
    source=SOURCE,
    questions=(
        decision,
        decision_reason,
        review_by,
        review_reason,
        closure_reason,
        closure_note,
        LongText(
            "prevention_advice",
            "What was advised, or where was the family signposted?",
            asked_if=decision.is_("prevention"),
            required=True,
            missing="Enter what was advised, or where the family was signposted",
        ),
        Date(
            "leds_review_on",
            "Keep the LEDS (PNC) flag until",
            help="LEDS is the Law Enforcement Data Service, before that the Police National Computer (PNC).",
            asked_if=decision.is_("remove_keep_leds"),
            required=True,
            missing="Enter the date until which the flag is kept",
        ),
        open_actions,
        open_actions_reason,
        YesNo("escalated", "Is it escalated to the chairs?", required=True),
    ),
)
