"""Information about a child passed on outside the tool, or a decision not to pass it on: what, to whom, why, and on what ground.

Sources: access.md; Sheffield MACE guidance, "What is good information sharing practice?".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms.emergency import LAWFUL_BASES
from forms.form import Form, Section
from forms.kinds import Date, LongText, OneOf, Text
from forms.kinds.one_of import Options

DECISIONS: Options = (
    ("shared", "Information was shared"),
    ("not_shared", "It was decided not to share"),
)

METHODS: Options = (
    ("meeting", "At a meeting"),
    ("in_person", "In person"),
    ("telephone", "By telephone"),
    ("secure_email", "By secure email"),
    ("secure_transfer", "By secure transfer of files"),
    ("paper", "On paper"),
    ("other", "In another way"),
)

PERMISSION: Options = (
    ("own", "Not needed: the information is my own agency's"),
    ("given", "Given"),
    ("not_asked", "Not asked: it could not wait, or asking would put somebody in danger"),
    ("refused", "Refused"),
)

BASES: Options = (*LAWFUL_BASES, ("consent", "Consent of the person whom it is about"))

decision = OneOf(
    "decision", "What was decided?", options=DECISIONS, required=True, missing="Select what was decided"
)
is_shared, is_not_shared = decision.is_("shared"), decision.is_("not_shared")

WHAT = Section(
    "what",
    "What, to whom and why",
    source="access.md",
    questions=(
        decision,
        Date(
            "decided_on",
            "Date it was shared, or decided",
            required=True,
            may_be_future=False,
            missing="Enter the date it was shared or decided",
        ),
        LongText(
            "what",
            "What information was this about?",
            required=True,
            missing="Enter what information this was about",
            help="No more than is needed to know later what was passed on",
        ),
        Text(
            "to_organisation",
            "Organisation or meeting",
            required=True,
            missing="Enter the organisation or meeting",
            help="To which it was shared, or which asked for it",
        ),
        Text("to_whom", "Name and job of the person there"),
        LongText(
            "why",
            "Why was it shared?",
            asked_if=is_shared,
            required=True,
            missing="Enter why it was shared",
        ),
        LongText(
            "why_not",
            "Why was it decided not to share?",
            asked_if=is_not_shared,
            required=True,
            missing="Enter why it was decided not to share",
            help="The law expects agencies to share what keeps a child safe (Children Act 2004, section 16LA: check in "
            "force), so the reason not to is kept",
        ),
    ),
)

GROUND = Section(
    "ground",
    "On what ground, and how",
    source="access.md; Sheffield MACE guidance",
    questions=(
        OneOf(
            "permission",
            "Permission of the agency that owns the information",
            options=PERMISSION,
            asked_if=is_shared,
            required=True,
            missing="Select whether the owner of the information gave permission",
        ),
        Text("data_owner", "Agency that owns it, and who was asked there", asked_if=is_shared),
        OneOf(
            "lawful_basis",
            "Lawful basis",
            options=BASES,
            asked_if=is_shared,
            required=True,
            missing="Select the lawful basis",
        ),
        LongText(
            "necessary_and_proportionate",
            "Why was it necessary, and no more than was needed?",
            asked_if=is_shared,
            required=True,
            missing="Enter why it was necessary and proportionate",
        ),
        OneOf(
            "method",
            "How was it passed on?",
            options=METHODS,
            asked_if=is_shared,
            required=True,
            missing="Select how it was passed on",
        ),
        LongText(
            "kept_secure",
            "How was it kept secure?",
            asked_if=is_shared,
            required=True,
            missing="Enter how it was kept secure",
            help="On the way, and by who received it",
        ),
    ),
)

DISCLOSURE = Form(
    "disclosure",
    "Information passed on",
    version=1,
    source="access.md; Sheffield MACE guidance",
    purpose="Keeps what was passed on outside this tool, or why it was not, with its ground and who decided it.",
    final_button="Keep this record",
    sections=(WHAT, GROUND),
)


@dataclass(frozen=True)
class Usual:
    """Sharing that is done again and again: its answers begin the form, and the person checks each."""

    key: str
    words: str
    area: str
    band_colour: str
    """Offered for a child who is handled in the band of this colour."""
    answers: Mapping[str, Any]


TACTICAL_MEETING = Usual(
    "tactical_meeting",
    "Record sharing with the Vulnerable Young Persons Tactical Meeting",
    "sheffield",
    "red",
    {
        "decision": "shared",
        "what": "The child's name, date of birth, and that the tracker handles the child in the red band",
        "to_organisation": "Vulnerable Young Persons Tactical Meeting",
        "why": "Children in the red band are shared with Sheffield partners through this meeting, to keep them safe",
        "lawful_basis": "public_task",
        "method": "meeting",
    },
)
"""Sheffield MACE guidance: "The high-risk RAG rated red cases will be shared with Sheffield partners through the
Vulnerable Young Persons Tactical Meeting"."""

USUAL = (TACTICAL_MEETING,)
