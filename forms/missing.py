"""Missing episodes with their return home interviews, and school attendance (forms.md, "Records beside the forms")."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from forms.form import Form, Rule, Section
from forms.kinds import Date, OneOf, Text, WholeNumber, YesNo
from forms.kinds.one_of import Options

INTERVIEW_WITHIN = datetime.timedelta(days=3)
"""72 hours from the return, counted in days because times are often not known (standards.md, "Later law")."""

MISSING_FROM: Options = (
    ("home", "Home"),
    ("placement", "A placement, such as foster care or a children's home"),
    ("school", "School or college"),
    ("elsewhere", "Elsewhere"),
)

OCCASIONS: Options = (
    ("assessment", "At the assessment"),
    ("review", "At a review"),
    ("other", "Another time"),
)

TIMETABLES: Options = (
    ("full_time", "Full-time"),
    ("part_time", "Part-time timetable"),
    ("suspended", "Suspended"),
    ("excluded", "Permanently excluded"),
    ("not_enrolled", "Not enrolled anywhere"),
    ("home_educated", "Educated at home"),
)

_from_on = Date(
    "from_on",
    "Missing since",
    may_be_future=False,
    required=True,
    missing="Enter since when the child was missing",
)
_until_on = Date(
    "until_on",
    "Back on",
    help="Leave empty while the child is missing. For example, 13 11 2026",
    may_be_future=False,
)
_offered = YesNo("interview_offered", "Was a return home interview offered?")
_held = YesNo("interview_held", "Was it held?")
_interview_on = Date("interview_on", "Interview held on", may_be_future=False)


def is_in_time(until_on: datetime.date, interview_on: datetime.date) -> bool:
    """Held within 72 hours of the return, in days."""
    return interview_on <= until_on + INTERVIEW_WITHIN


def _back_after_going(answers: Mapping[str, Any], _: Mapping[str, Any]) -> str | None:
    went, back = answers.get("from_on"), answers.get("until_on")
    return (
        "Back on must be the day the child went missing or later: check both days"
        if went and back and back < went
        else None
    )


def _held_has_its_day(answers: Mapping[str, Any], _: Mapping[str, Any]) -> str | None:
    held, on, back = answers.get("interview_held"), answers.get("interview_on"), answers.get("until_on")
    if held and on is None:
        return "Enter when the interview was held"
    if on and not held:
        return "Say that the interview was held, or leave its date empty"
    if on and (back is None or on < back):
        return "The interview must be on the day the child came back or later: check “Back on” and this day"
    return None


MISSING_EPISODE = Form(
    "missing_episode",
    "Missing episode",
    version=1,
    source="forms.md, “Records beside the forms”",
    final_button="Save missing episode",
    sections=(
        Section(
            "missing",
            "The missing episode",
            questions=(
                OneOf(
                    "missing_from",
                    "Missing from",
                    options=MISSING_FROM,
                    required=True,
                    missing="Select where the child was missing from",
                ),
                _from_on,
                _until_on,
                Text("reported_by", "Reported by", help="Such as the parent, the foster carer or the school"),
                _offered,
                _held,
                _interview_on,
            ),
        ),
    ),
    rules=(Rule(_until_on, _back_after_going), Rule(_interview_on, _held_has_its_day)),
)

SCHOOL_ATTENDANCE = Form(
    "school_attendance",
    "School attendance",
    version=1,
    source="forms.md, “Records beside the forms”",
    final_button="Save school attendance",
    sections=(
        Section(
            "attendance",
            "School attendance",
            questions=(
                OneOf(
                    "occasion", "Occasion", options=OCCASIONS, required=True, missing="Select the occasion"
                ),
                Date(
                    "as_of",
                    "As it was on",
                    may_be_future=False,
                    required=True,
                    missing="Enter the day for which this holds",
                ),
                OneOf(
                    "timetable",
                    "Education",
                    options=TIMETABLES,
                    required=True,
                    missing="Select how the child is educated",
                ),
                WholeNumber(
                    "percent", "Attendance in percent", help="A whole number, for example 61", highest=100
                ),
            ),
        ),
    ),
)
