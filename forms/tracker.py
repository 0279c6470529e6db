"""The Child Exploitation Tracker Assessment: 33 indicators, each answered by the agency that holds the knowledge.

What is asked and what may be answered live here; what an answer scores is a weight set (see `scoring`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from forms.age import age_on
from forms.form import Form, Section
from forms.kinds import Date, LongText, OneOf, YesNo
from forms.kinds.one_of import Options

SOURCE = "Sheffield MACE guidance, Child Exploitation Tracker Assessment Tool"
UNKNOWN = "unknown"

AGE_GROUPS: Options = (
    ("under_13", "Under 13"),
    ("13_to_14", "13–14"),
    ("15_to_16", "15–16"),
    ("17_and_over", "17 and over"),
)
"""Indicator 1, "age": derived from the date of birth on the day of scoring, so it is no question."""

YES_NO: Options = (("yes", "Yes"), ("no", "No"))
YES_NO_HISTORICAL: Options = (*YES_NO, ("historical", "Historical"))


def _indicator(
    code: str, label: str, agency: str, answers: Options = YES_NO_HISTORICAL, help: str = ""
) -> OneOf:
    """The source names the indicators only; the answers are this tool's reading, and "Unknown" is always one."""
    return OneOf(code, label, agency=agency, help=help, options=(*answers, (UNKNOWN, "Unknown")))


SOCIAL_CARE = Section(
    "social_care",
    "Children's social care",
    source=SOURCE,
    questions=(
        _indicator(
            "known_to_social_services",
            "Known to social services",
            "social_care",
            (
                ("never", "Never"),
                ("previously", "Previously"),
                ("early_help", "Early help"),
                ("child_in_need", "Child in need"),
                ("child_protection", "Child protection"),
            ),
        ),
        _indicator(
            "looked_after",
            "Looked after child",
            "social_care",
            (*YES_NO, ("previously", "Previously")),
        ),
    ),
)

HEALTH_AND_WELLBEING = Section(
    "health_and_wellbeing",
    "Missing, health and wellbeing",
    source=SOURCE,
    questions=(
        _indicator(
            "wanted_missing",
            "Currently wanted or missing",
            "police",
            (("no", "No"), ("wanted", "Wanted"), ("missing", "Missing"), ("both", "Both")),
        ),
        _indicator("self_harm", "Self-harm or suicidal", "any"),
        _indicator(
            "mental_health",
            "Mental health",
            "health",
            (
                ("none_known", "None known"),
                ("concern", "Concern"),
                ("diagnosed", "Diagnosed or in treatment"),
            ),
        ),
        _indicator(
            "learning_difficulties",
            "Learning difficulties",
            "health",
            (
                ("none_known", "None known"),
                ("suspected", "Suspected or on pathway"),
                ("diagnosed", "Diagnosed"),
            ),
        ),
        _indicator("drug_alcohol", "Drug or alcohol use that is problematic", "any"),
        _indicator(
            "ace_score",
            "Adverse childhood experiences (ACE) score",
            "any",
            tuple((str(n), str(n)) for n in range(11)),
            help="The number of kinds of adverse experience known, from 0 to 10.",
        ),
        LongText("ace_type", "Type of adverse childhood experience (ACE)", help="Never scored."),
    ),
)

VICTIM_OR_WITNESS = Section(
    "victim_or_witness",
    "Victim or witness",
    source=SOURCE,
    questions=(
        _indicator("victim_sexual_crime", "Victim of sexual crime", "police"),
        _indicator("victim_serious_violence", "Victim of serious violence", "police"),
        _indicator("victim_modern_slavery", "Victim of modern slavery", "police"),
        _indicator("victim_other_crime", "Victim of other crime", "police"),
        _indicator("witness_serious_crime", "Witness of sexual or serious violent crime", "police"),
        _indicator("domestic_abuse", "Experienced domestic abuse", "police"),
    ),
)

SUSPECT_OR_INTELLIGENCE = Section(
    "suspect_or_intelligence",
    "Suspect, accused or intelligence",
    source=SOURCE,
    intro="A child who is a suspect may also be a victim: what they did may have been done under coercion.",
    questions=(
        _indicator("suspect_serious_violence", "Suspect or accused of sexual or serious violence", "police"),
        _indicator("suspect_other_crime", "Suspect or accused of other crime", "police"),
        _indicator("suspect_weapon", "Suspect or accused of possession of a weapon", "police"),
        _indicator("intelligence_weapon", "Intelligence on firearms or knives", "police"),
        _indicator(
            "suspect_pwits", "Suspect or accused of possession with intent to supply (PWITS)", "police"
        ),
        _indicator("county_line_arrest", "County line arrest", "police"),
        _indicator("stopped_other_force", "Stopped in another force area", "police"),
        _indicator("county_line_intelligence", "County line intelligence", "police"),
        _indicator(
            "cuckooing",
            "Cuckooing of home address",
            "police",
            help="Cuckooing: criminals take over a person's home and use it for their own ends.",
        ),
        _indicator("sexually_inappropriate", "Sexually inappropriate behaviour", "any"),
    ),
)

EDUCATION = Section(
    "education",
    "Education",
    source=SOURCE,
    intro="Answered by education; in Sheffield also by the Multi-Agency Support Team (MAST).",
    questions=(
        _indicator("neet", "Not in education, employment or training", "education", YES_NO),
        _indicator(
            "attendance",
            "Attendance",
            "education",
            (
                ("95_and_over", "95% and over"),
                ("90_to_under_95", "90 to under 95%"),
                ("50_to_under_90", "50 to under 90%"),
                ("under_50", "Under 50%"),
                ("not_on_a_roll", "Not on a roll"),
            ),
        ),
        _indicator("home_schooled", "Home schooled", "education", YES_NO),
    ),
)

PEOPLE_AROUND = Section(
    "people_around",
    "People around the child",
    source=SOURCE,
    questions=(
        _indicator("ocg_association", "Mapped organised crime group association", "police"),
        _indicator(
            "associates_exploited",
            "Associates with others who are being exploited (sexually or otherwise)",
            "any",
            help="Answered by the police, or by any agency that knows.",
        ),
        _indicator("social_isolation", "Social isolation", "any", YES_NO),
        _indicator(
            "parental_engagement",
            "Level of parental engagement",
            "any",
            (("good", "Good"), ("some", "Some"), ("poor", "Poor"), ("none_or_harmful", "None or harmful")),
        ),
    ),
)

modern_slavery_investigation = YesNo(
    "modern_slavery_investigation",
    "Is the child in an active modern slavery investigation?",
    agency="police",
    help="Not scored. While it is “Yes”, the child is handled as high whatever the score.",
)
modern_slavery_on = Date(
    "modern_slavery_on",
    "Date on which the police said so",
    agency="police",
    may_be_future=False,
    asked_if=modern_slavery_investigation.is_one_of(True, False),
    required=True,
    missing="Enter the date on which the police said whether there is an active investigation",
)

INVESTIGATION = Section(
    "investigation",
    "Modern slavery investigation",
    source=SOURCE,
    questions=(modern_slavery_investigation, modern_slavery_on),
)


def age_group(date_of_birth: datetime.date, on: datetime.date) -> str:
    """Key of `AGE_GROUPS` on that day."""
    age = age_on(date_of_birth, on)
    if age < 13:
        return "under_13"
    if age < 15:
        return "13_to_14"
    return "15_to_16" if age < 17 else "17_and_over"


def indicators() -> Iterator[OneOf]:
    """The questions that can score, in order; with "age", which is derived, these are the 32 that can."""
    answered = (q for q in TRACKER.questions() if isinstance(q, OneOf) and q.agency)
    return (q for q in answered if q is not modern_slavery_investigation)


def _counts(answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    given = [answers.get(q.key) for q in indicators()]
    return [
        ("Answered", str(sum(a not in (None, UNKNOWN) for a in given))),
        ("Unknown", str(given.count(UNKNOWN))),
        ("Not answered yet", str(given.count(None))),
    ]


OCCASIONS: Options = (
    ("referral", "At referral"),
    ("meeting", "For the meeting"),
    ("before_intervention", "Before an intervention"),
    ("after_intervention", "After an intervention"),
    ("new_information", "New information"),
)

OCCASION = Section(
    "occasion",
    "Why the score is recorded now",
    source="tracker history: a score is kept with who, when and why",
    questions=(
        OneOf(
            "occasion",
            "Why is the score recorded now?",
            options=OCCASIONS,
            required=True,
            missing="Select why the score is recorded now",
        ),
        LongText("intervention", "Which intervention, or what is new?"),
    ),
)

TRACKER = Form(
    "tracker",
    "Child Exploitation Tracker Assessment",
    version=1,
    source=SOURCE,
    purpose="What each agency knows, added up. The score supports the partnership's judgement and decides nothing by itself.",
    final_button="Record answers and score",
    many_hands=True,
    one_per_child=True,
    summary=_counts,
    sections=(
        SOCIAL_CARE,
        HEALTH_AND_WELLBEING,
        VICTIM_OR_WITNESS,
        SUSPECT_OR_INTELLIGENCE,
        EDUCATION,
        PEOPLE_AROUND,
        INVESTIGATION,
        OCCASION,
    ),
)
