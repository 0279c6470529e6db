"""Who assesses and when, in what context the child is exploited, where they were taken, and the chronology."""

from __future__ import annotations

from forms import codes
from forms.form import RepeatedRows, Section
from forms.kinds import AnyOf, Date, LongText, OneOf, Text

SOURCE = "Pan-Merseyside Child Exploitation Assessment"

LIVING_SITUATIONS = (
    ("at_home", "At home"),
    ("other_family", "With other family"),
    ("foster_care", "Foster care"),
    ("childrens_home", "Children's home"),
    ("semi_independent", "Semi-independent or independent living"),
    ("temporary", "Temporary accommodation"),
    ("secure_or_custody", "Secure accommodation or custody"),
)
"""The last is this tool's addition; the published form stops before it."""

ABOUT = Section(
    "about",
    "The assessment and where the child lives",
    source=SOURCE,
    intro="The child's name, date of birth, aliases, family, identity, status and lead practitioner are kept in the "
    "child's record: check them there.",
    questions=(
        Date(
            "assessed_on",
            "Date of assessment",
            required=True,
            may_be_future=False,
            missing="Enter the date of assessment",
        ),
        RepeatedRows(
            "professionals",
            "Professionals involved in the assessment",
            row_name="professional",
            questions=(
                Text("professional_name", "Name", required=True, missing="Enter the professional's name"),
                OneOf(
                    "professional_agency",
                    "Agency",
                    required=True,
                    missing="Select the professional's agency",
                    options=codes.AGENCIES,
                ),
                Text("professional_role", "Role"),
                Date("contributed_on", "Contributed on", may_be_future=False),
            ),
        ),
        LongText("other_professionals", "Other professionals involved with the family"),
        OneOf(
            "nrm_stage",
            "Stage of the National Referral Mechanism (NRM)",
            help="The national way to identify and support victims of modern slavery. A child's consent is not needed.",
            options=codes.NRM_STAGES,
            in_minutes=True,
        ),
        OneOf("living_situation", "Current living situation", options=LIVING_SITUATIONS),
    ),
)

_CRIMINAL = tuple(o for o in codes.CONTEXTS if o[0].startswith("criminal:"))
_SEXUAL = tuple(o for o in codes.CONTEXTS if o[0].startswith("sexual:"))

CHRONOLOGY = RepeatedRows(
    "chronology",
    "Chronology of exploitation concerns",
    help="Exploitation concerns only.",
    row_name="concern",
    in_minutes=True,
    questions=(
        Date(
            "happened_on",
            "Date",
            required=True,
            may_be_future=False,
            missing="Enter the date of the concern",
        ),
        LongText(
            "information", "Information", required=True, missing="Enter what is known about the concern"
        ),
    ),
)

EXPLOITATION = Section(
    "exploitation",
    "The exploitation: context, reason and chronology",
    source=SOURCE,
    questions=(
        AnyOf(
            "criminal_contexts",
            "Context of criminal exploitation",
            help="Select all that apply.",
            options=_CRIMINAL,
            in_minutes=True,
        ),
        AnyOf(
            "sexual_contexts",
            "Context of sexual exploitation",
            help="Select all that apply.",
            options=_SEXUAL,
            in_minutes=True,
        ),
        OneOf(
            "kind",
            "Reason for referral: kind of exploitation",
            required=True,
            missing="Select criminal, sexual or both",
            options=codes.KIND_OF_EXPLOITATION,
            in_minutes=True,
        ),
        LongText("referral_reason", "Reason for referral", in_minutes=True),
        AnyOf(
            "areas_gone_to",
            "Areas the child has been trafficked or gone to as part of the exploitation",
            help="Select all that apply.",
            options=codes.AREAS_GONE_TO,
            in_minutes=True,
        ),
        LongText(
            "areas_named",
            "Wards of the home authority, and other areas gone to",
            help="One to a line.",
            in_minutes=True,
        ),
        LongText("locations_found", "Locations where the child has been found", in_minutes=True),
        CHRONOLOGY,
    ),
    guidance=(
        "Before exploitation, children are often living with: a chaotic or dysfunctional household (parents' "
        "substance use, domestic violence, mental health or criminality); a history of abuse; recent bereavement or "
        "loss; gang association through relatives, peers or intimate relationships.",
        "Or with: learning disabilities or neurodiversity; being unsure about their sexual orientation, or unable to "
        "tell their family; low self-esteem; no friends of their own age; caring for somebody; homelessness; living in "
        "residential care, a hostel or a gang neighbourhood; friends, siblings or schoolmates who are exploited.",
        "Warning signs: regularly missing, or not reported missing; drug or alcohol misuse; money, new items or gifts "
        "that cannot be accounted for; changed appearance or behaviour; pregnancy, termination or repeat testing for "
        "sexually transmitted infections; coerced to take or share indecent images.",
        "Warning signs: arrests, or a pattern of no further action on offences; found or travelling out of the borough; "
        "several mobile phones; feels indebted to a person or group; the family or child had to leave home; items "
        "missing from home; carrying or concealing weapons; injuries.",
        "Warning signs: absent from school, a change of provider, or not in education, employment or training; services "
        "have not been able to engage with the child; self-harm or suicidal thoughts; relationships broken down; older or "
        "risky peers.",
        "Impact on the child and family: what triggered the exploitation? Threats, money owed, drug debt? Images or "
        "footage being shared? Where are the child and family in their understanding of it? What does research on "
        "adolescence, trauma and exploitation say? Did education or accommodation change?",
    ),
)
