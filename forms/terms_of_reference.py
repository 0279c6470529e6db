"""Who belongs to each partnership's meeting, and what everybody signs before the first child is opened."""

from __future__ import annotations

from dataclasses import dataclass

from forms.codes import AGENCIES
from forms.form import Form, Section
from forms.kinds import OneOf, Text


@dataclass(frozen=True)
class Seat:
    key: str
    name: str
    agency: str
    """Of `forms.codes.AGENCIES`."""
    is_co_opted: bool = False


TERMS_OF_REFERENCE: dict[str, tuple[Seat, ...]] = {
    "pan_merseyside": (
        Seat("childrens_services", "Children's service teams", "social_care"),
        Seat("early_help", "Early help", "early_help"),
        Seat("youth_justice", "Youth justice", "youth_justice"),
        Seat("sexual_health", "Sexual health", "health"),
        Seat("health", "Health", "health"),
        Seat("local_policing", "Local policing", "police"),
        Seat("catch_22", "Catch 22", "voluntary"),
        Seat("education_safeguarding", "Education safeguarding lead", "education"),
        Seat("camhs", "Child and adolescent mental health services (CAMHS)", "health"),
        Seat("crime_and_communities", "Crime and communities", "community_safety"),
        Seat("probation", "Probation", "probation"),
        Seat("ce_coordinator", "Child exploitation coordinator", "social_care"),
        Seat("post_16", "Post-16 education, training and employment", "education"),
        Seat("drugs_services", "Drugs services", "health"),
        Seat("ce_team", "Child exploitation team", "police"),
        Seat("licensing", "Licensing", "community_safety", is_co_opted=True),
        Seat("housing", "Housing", "housing", is_co_opted=True),
    ),
    "sheffield": (
        Seat("early_help", "Early help", "early_help"),
        Seat("social_work", "Social work", "social_care"),
        Seat("police", "Police", "police"),
        Seat("youth_justice", "Youth justice", "youth_justice"),
        Seat("health", "Health", "health"),
        Seat("community_and_youth", "Community and youth teams", "community_safety"),
    ),
}
"""By partnership, in the order of its terms of reference."""


def member_agencies(partnership: str) -> tuple[str, ...]:
    """Those that answer for each child before the meeting, present or not; co-opted ones only when invited."""
    found = {seat.agency for seat in TERMS_OF_REFERENCE[partnership] if not seat.is_co_opted}
    return tuple(key for key, _ in AGENCIES if key in found)


NOT_THERE = (("apologies", "Apologies"), ("absent", "Absent"))
HOW_THERE = (("attending", "Attending"), ("deputy", "Deputy"), *NOT_THERE)
"""How a seat is taken at a meeting, or not."""

CONFIDENTIALITY = (
    "What is said and shown at this meeting is confidential.",
    "I use it only to keep children safe, share it only with those who need it for that, and keep it secure.",
    "I take nothing about a child away from the meeting but what my agency needs for its actions.",
    "If I know a child or family other than through my work, I say so before that child is discussed.",
)
"""The statement each person signs. A partnership's own words replace these here."""

SIGNING = Form(
    "signing",
    "Sign in",
    version=1,
    source="Pan-Merseyside protocol, MACCSE confidential signing in sheet",
    final_button="Sign the confidentiality statement",
    sections=(
        Section(
            "who",
            "Who attends",
            questions=(
                Text("name", "Name", required=True, missing="Enter the name of the person"),
                OneOf(
                    "agency",
                    "Agency",
                    options=AGENCIES,
                    required=True,
                    missing="Select the person's agency",
                ),
                Text("role", "Role, or team", required=True, missing="Enter the person's role or team"),
                Text("deputising_for", "Deputising for"),
            ),
        ),
    ),
)
