"""The meeting itself as a record: when, where, what is always on its agenda. No form about a child."""

from __future__ import annotations

from forms.form import Form, Section
from forms.kinds import Date, Text, WholeNumber
from forms.kinds.one_of import Options

SOURCE = "pathway.md 4; Pan-Merseyside protocol, MACCSE minutes and terms of reference"

MEETING = Form(
    "meeting",
    "Meeting",
    version=2,
    source=SOURCE,
    final_button="Plan meeting",
    sections=(
        Section(
            "when_and_where",
            "When and where",
            questions=(
                Date("meets_on", "Date", required=True, missing="Enter the date of the meeting"),
                Text("starts_at", "Time", help="For example, 10 am"),
                WholeNumber(
                    "lasts_minutes",
                    "How long will it last, in minutes?",
                    lowest=15,
                    highest=600,
                    help="For calendars. Without it, they show two hours",
                    since=2,
                ),
                Text(
                    "place",
                    "Place",
                    required=True,
                    missing="Enter the place, or “online” and how to join",
                    help="A room and its address, or “online” and how to join",
                ),
            ),
        ),
    ),
)

CHAIRS: Options = (
    ("social_care", "Chair from children's services"),
    ("police", "Chair from the police"),
)
"""Which of them a partnership has is its setting (`forms.settings`, `chairs`)."""

WHY_ON_AGENDA: Options = (
    ("new", "New: not discussed yet"),
    ("review", "Review due"),
    ("new_information", "New significant information"),
    ("escalated", "Escalated to the chairs at the last discussion"),
    ("nrm", "Decision of the national referral mechanism (NRM) waited for"),
    ("overdue_action", "Overdue action"),
    ("judgement", "Judgement changed since the last discussion"),
    ("band", "Band of the tracker score changed since the last discussion"),
    (
        "band_unknown",
        "Not enough known for a band since the last discussion: whether it changed cannot be told",
    ),
    ("review_soon", "Review due before the next meeting"),
    ("marthr_arrived", "Feedback from the meeting about people and places of concern (MARTHR) has arrived"),
    ("marthr_waited", "Feedback from MARTHR is waited for"),
    ("chosen", "Chosen by the coordinator"),
)
"""Why a child is on the agenda. All but the last two are what the tool proposes by."""

STANDARD_ITEMS = (
    "Assessments, initial and review",
    "Oversight of the national referral mechanism (NRM)",
    "Recent intelligence",
    "Strategic update",
    "What works, and barriers",
    "Links to the meeting about people and places of concern (MARTHR)",
)
"""On every agenda, in the order of the minutes."""
