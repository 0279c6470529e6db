"""Exploitation flags on the systems of police and social care (forms.md, "Records beside the forms")."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from dateutil.relativedelta import relativedelta

from forms.form import Form, Rule, Section
from forms.kinds import Date, LongText, OneOf
from forms.kinds.one_of import Options

SOURCE = "forms.md, Flag; Pan-Merseyside protocol, assessments and reviews"

SYSTEMS: Options = (
    ("police", "Police"),
    ("social_care", "Children's social care"),
    ("leds", "Law Enforcement Data Service (LEDS), before that the Police National Computer (PNC)"),
)
SYSTEMS_IN_SHORT = {"police": "Police", "social_care": "Social care", "leds": "LEDS (PNC)"}

PLACED_BY: Options = (("meeting", "The meeting"), ("strategy_meeting", "A strategy meeting"))
TAKEN_OFF_BY: Options = (
    ("meeting", "The meeting"),
    ("local_authority", "The local authority's child exploitation lead"),
    ("police", "The police"),
)
REMOVED_BY = {**dict(TAKEN_OFF_BY), "exception": "Closing by exception"}

ON_POLICE_SYSTEMS = ("police", "leds")
STAYS_FOR = relativedelta(months=6)
"""“The flag will still remain on Police systems for a further six-month period before expiry.”"""


def expires_on(system: str, removed_on: datetime.date) -> datetime.date | None:
    """The day a removed flag is gone from the police's systems; None where it is gone at once."""
    return removed_on + STAYS_FOR if system in ON_POLICE_SYSTEMS else None


_placed_on = Date(
    "placed_on", "Placed on", may_be_future=False, required=True, missing="Enter when the flag was placed"
)
_placed_by = OneOf(
    "placed_by",
    "Which meeting decided it?",
    options=PLACED_BY,
    required=True,
    missing="Select which meeting decided it",
)
_review_on = Date(
    "review_on",
    "Review the flag on",
    required=True,
    missing="Enter when the flag is to be reviewed",
)


def _reviewed_after_placing(answers: Mapping[str, Any], _: Mapping[str, Any]) -> str | None:
    placed, review = answers.get("placed_on"), answers.get("review_on")
    if placed is None or review is None or review > placed:
        return None
    return "The review must be after the day the flag was placed"


PLACED = Form(
    "flag_placed",
    "Record a flag",
    version=1,
    source=SOURCE,
    final_button="Record the flag",
    sections=(
        Section(
            "flag",
            "The flag",
            questions=(
                OneOf(
                    "system",
                    "On which system?",
                    options=SYSTEMS,
                    required=True,
                    missing="Select the system the flag is on",
                ),
                _placed_on,
                _placed_by,
                Date(
                    "decided_on",
                    "Date of that meeting",
                    may_be_future=False,
                    required=True,
                    missing="Enter the date of the meeting that decided it",
                ),
                _review_on,
            ),
        ),
    ),
    rules=(Rule(_review_on, _reviewed_after_placing),),
)

KEPT = Form(
    "flag_kept",
    "The flag stays",
    version=1,
    source=SOURCE,
    final_button="Keep the flag",
    sections=(
        Section(
            "kept",
            "Reviewed and kept",
            questions=(
                Date(
                    "review_on",
                    "Review the flag again on",
                    may_be_past=False,
                    required=True,
                    missing="Enter when the flag is to be reviewed again",
                ),
                LongText("reason", "Why does it stay?", required=True, missing="Enter why the flag stays"),
            ),
        ),
    ),
)

REMOVED = Form(
    "flag_removed",
    "The flag is removed",
    version=1,
    source=SOURCE,
    final_button="Record the removal",
    sections=(
        Section(
            "removed",
            "Removed",
            questions=(
                Date(
                    "removed_on",
                    "Removed on",
                    may_be_future=False,
                    required=True,
                    missing="Enter when the flag was removed",
                ),
                OneOf(
                    "removed_by",
                    "Who decided it?",
                    options=TAKEN_OFF_BY,
                    required=True,
                    missing="Select who decided it",
                ),
                LongText("reason", "Why is it removed?", required=True, missing="Enter why it is removed"),
            ),
        ),
    ),
)
