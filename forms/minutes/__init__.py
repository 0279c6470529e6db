"""The minutes of one child at one meeting, in the order of the published template; begun with the assessment's answers.

What a recorded decision sets in motion is `data.meeting.meetings`.
"""

from __future__ import annotations

from forms.form import Form, Rule
from forms.minutes.background import AREAS, NEEDS, REASON, SOURCE
from forms.minutes.concerns import OTHERS, POLICE, QUALITY, RISK
from forms.minutes.decision import (
    DECISION,
    DECISIONS,
    JUDGEMENT,
    STAYS_OPEN,
    closing_is_explained,
    closure_note,
    closure_reason,
    late_review_has_reason,
    latest_review,
    open_actions,
    open_actions_are_decided_on,
    review_by,
    review_date_fits,
    review_reason,
    turned_18_is_at_18,
)
from forms.minutes.plan import ACTIONS, PLAN, transitions_plan
from forms.minutes.self_challenge import SELF_CHALLENGE
from forms.minutes.updates import DISCUSSION, NRM
from forms.transitions import plan_or_reason

__all__ = ["DECISIONS", "MINUTES", "STAYS_OPEN", "latest_review"]

MINUTES = Form(
    "minutes",
    "Minutes of the meeting about the child",
    version=3,
    source=SOURCE,
    purpose="Records what the meeting heard, judged and decided about one child.",
    opening_words=("Record what the meeting decided. The decision takes effect when you send it.",),
    final_button="Record decision",
    many_hands=True,
    at_the_meeting=True,
    sections=(
        REASON,
        AREAS,
        NEEDS,
        NRM,
        DISCUSSION,
        PLAN,
        ACTIONS,
        POLICE,
        OTHERS,
        RISK,
        QUALITY,
        JUDGEMENT,
        DECISION,
        SELF_CHALLENGE,
    ),
    rules=(
        Rule(review_by, review_date_fits),
        Rule(review_reason, late_review_has_reason),
        Rule(closure_note, closing_is_explained),
        Rule(open_actions, open_actions_are_decided_on),
        Rule(closure_reason, turned_18_is_at_18),
        Rule(transitions_plan, plan_or_reason),
    ),
)
