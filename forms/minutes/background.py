"""How the minutes of a child begin: why the child is here, where they have gone, what they and their parents need."""

from __future__ import annotations

from forms.codes import CONTEXTS
from forms.form import Section
from forms.kinds import AnyOf, Date, Text
from forms.minutes.pulled import pulled, pulled_rows

SOURCE = "Pan-Merseyside protocol, MACCSE minutes"

meeting_date = Date(
    "meeting_date",
    "Date of the meeting",
    required=True,
    may_be_future=False,
    missing="Enter the date of the meeting",
)

REASON = Section(
    "reason",
    "Reason, context and chronology",
    source=SOURCE,
    questions=(
        meeting_date,
        Date(
            "assessment_date",
            "Date of the assessment discussed",
            may_be_future=False,
            pulled_from=("assessed_on",),
        ),
        pulled("kind"),
        pulled("referral_reason"),
        AnyOf(
            "contexts",
            "Contexts of exploitation",
            help="Select all that apply.",
            options=CONTEXTS,
            pulled_from=("criminal_contexts", "sexual_contexts"),
        ),
        pulled_rows("chronology"),
    ),
)

AREAS = Section(
    "areas",
    "Where the child has gone, and was found",
    source=SOURCE,
    questions=(
        pulled("areas_gone_to", as_key="gone_to"),
        pulled("areas_named"),
        Text(
            "areas_gone_to",
            "Areas the child has been taken or gone to",
            help="Put a semicolon between areas.",
            until=2,
        ),
        pulled("locations_found"),
    ),
)

NEEDS = Section(
    "needs",
    "Needs and diversity of child and parents",
    source=SOURCE,
    questions=tuple(
        pulled(key)
        for key in (
            "school", "has_ehcp", "diagnosis", "on_pathway", "child_support", "parent_diversity", "parent_support",
        )
    ),
)  # fmt: skip
