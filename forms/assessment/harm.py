"""Where the risk of harm outside the home comes from: people, places, phones, money and missing episodes."""

from __future__ import annotations

from forms.assessment.about import SOURCE
from forms.form import Section
from forms.kinds import AnyOf, LongText, YesNo

unsafe_relationships = YesNo(
    "unsafe_relationships",
    "Is the child affected by or experiencing unsafe or controlling relationships?",
)

HARM_FROM_PEOPLE = Section(
    "harm_from_people",
    "Harm outside the home: people",
    source=SOURCE,
    intro="Where the risk of harm comes from, and what is being done or can be done.",
    questions=(
        unsafe_relationships,
        LongText(
            "adults_of_concern",
            "Names of adults of concern, and why",
            asked_if=unsafe_relationships.is_(True),
            sensitive=True,
            in_minutes=True,
        ),
        AnyOf(
            "adults_referred_to",
            "Where have these adults been referred?",
            help="MARTHR is the Multi-Agency Response to Threat, Harm, Risk.",
            options=(("marthr", "MARTHR"), ("police", "Police")),
            asked_if=unsafe_relationships.is_(True),
            sensitive=True,
            in_minutes=True,
        ),
        LongText(
            "children_of_concern",
            "Names of other children of concern, and why",
            asked_if=unsafe_relationships.is_(True),
            in_minutes=True,
            about_others=True,
        ),
        LongText(
            "positive_people", "Names of children or adults who are positive, and why", about_others=True
        ),
        LongText("coercive_control", "Concerns around coercive control or domestic abuse", about_others=True),
        LongText("relationships_response", "What is being done or can be done?"),
    ),
    guidance=(
        "Who is the child spending time with outside the home?",
        "Are there concerns about friends or acquaintances who may be influencing, coercing or exploiting them?",
        "Is there a difference of power?",
        "Are there associations with older peers or adults, gang-affiliated individuals, or people of unknown background?",
        "Does the child show signs of feeling pressured to do things they are uncomfortable with?",
        "Do they express fear or anxiety about anyone in their life?",
        "Have they become secretive or withdrawn around friendships and relationships?",
        "Is the child communicating with unknown individuals online?",
        "Have they been exposed to online grooming, sexual exploitation or coercive sharing of images?",
        "How do these relationships make the child feel: safe, anxious, trapped?",
        "Are they aware of potential risks, or do they see the relationship as protective?",
    ),
)

unsafe_locations = YesNo(
    "unsafe_locations",
    "Is the child being pushed or pulled to unsafe locations?",
    prompts=(
        "Where are the child's safe spaces?",
        "Locations of concern and why, including party locations or possibly cuckooed addresses: who owns the property?",
        "Can these locations be made safer?",
        "Are there rival groups or gangs?",
        "How has the child travelled: date, time, and who with?",
    ),
)
online_concerns = YesNo(
    "online_concerns",
    "Are there concerns around social media, phone or online?",
    prompts=(
        "Social media profile details: consider obtaining actual profile names",
        "Access and usage? Apps used?",
        "Multiple phones and SIM cards?",
        "Has the child been targeted or abused online?",
        "Has the child been coerced to take or share images?",
        "What do parents or carers know of social media, and what is their safety plan?",
    ),
)
financial_exploitation = YesNo(
    "financial_exploitation",
    "Are there concerns of financial exploitation?",
    prompts=(
        "Does the child have access to unexplained money, given their age and circumstances?",
        "Is there evidence that the child is being used in online scams, thefts or fraud?",
        "Does the child have several bank accounts, or tried to open them?",
        "Is the child being forced to hand over bank details, or store money?",
        "Are there unexplained withdrawals from the child's bank account?",
    ),
)
missing_episodes = YesNo(
    "missing_episodes",
    "Are there missing episodes?",
    prompts=(
        "Are there periods of the child being unaccounted for?",
        "How frequent are missing episodes, and how long?",
        "Is the child where they should be in the day?",
        "Missing incidents: timings, reasons, patterns, places and associations whilst missing",
        "Do parents or carers report their child missing? If not, why?",
        "Is it safe for them to be where they should be?",
    ),
)
reported_missing = YesNo(
    "reported_missing",
    "Are they being reported missing by parents or carers?",
    asked_if=missing_episodes.is_(True),
)

HARM_FROM_PLACES = Section(
    "harm_from_places",
    "Harm outside the home: places, online, money and missing",
    source=SOURCE,
    questions=(
        unsafe_locations,
        LongText(
            "locations_of_concern",
            "Locations of concern the child has been in, and why",
            asked_if=unsafe_locations.is_(True),
        ),
        LongText("safe_locations", "Locations the child feels safe, and why"),
        online_concerns,
        LongText(
            "handles_of_concern",
            "Social media handles of concern",
            asked_if=online_concerns.is_(True),
            about_others=True,
        ),
        LongText("positive_handles", "Social media handles that are positive", about_others=True),
        financial_exploitation,
        LongText(
            "financial_detail",
            "Detail of the financial exploitation",
            asked_if=financial_exploitation.is_(True),
        ),
        missing_episodes,
        LongText(
            "return_interviews",
            "What are the missing return home interviews telling us?",
            asked_if=missing_episodes.is_(True),
        ),
        LongText(
            "push_and_pull",
            "Patterns of push and pull factors",
            asked_if=missing_episodes.is_(True),
        ),
        reported_missing,
        LongText(
            "not_reported_why",
            "Reason they are not reported missing",
            asked_if=reported_missing.is_(False),
        ),
    ),
)
