"""The referral to the meeting: who refers and by which route, what exploitation, on what evidence, and is the child safe now.

The screening is found by the tool and the day of receipt is recorded by the pathway, so neither is asked.
"""

from __future__ import annotations

from forms.child import children_only
from forms.codes import AGENCIES, FRONT_DOOR_DECISIONS, KIND_OF_EXPLOITATION, REFERRAL_ROUTES
from forms.form import Form, Rule, Section
from forms.kinds import AnyOf, Date, LongText, OneOf, Postcode, Text, YesNo
from forms.kinds.one_of import Options
from forms.question import Follows
from forms.referral.evidence import FURTHER, SOURCE, WHY
from forms.referral.nature import NATURE, kind_that_follows

__all__ = ["REFERRAL", "kind_that_follows"]

WORKING_DAYS: Options = (
    ("mon", "Monday"),
    ("tue", "Tuesday"),
    ("wed", "Wednesday"),
    ("thu", "Thursday"),
    ("fri", "Friday"),
)

PRACTITIONER = Section(
    "practitioner",
    "Practitioner completing the referral",
    source=SOURCE,
    intro="Filled in from your account. Change what is different for this referral.",
    questions=(
        Text("practitioner_name", "Your name", filled_from="name", required=True),
        OneOf(
            "practitioner_agency",
            "Your agency",
            options=AGENCIES,
            filled_from="agency",
            required=True,
            missing="Select your agency",
        ),
        Text("practitioner_job_role", "Your job role", filled_from="job_title"),
        LongText("practitioner_address", "Your work address", filled_from="address"),
        Postcode("practitioner_postcode", "Your work postcode", filled_from="postcode"),
        Text("practitioner_telephone", "Your telephone number", filled_from="telephone"),
        Text("practitioner_email", "Your email address", filled_from="email"),
        AnyOf(
            "practitioner_working_days",
            "Working days you are available",
            options=WORKING_DAYS,
            filled_from="working_days",
        ),
    ),
)

route = OneOf(
    "route",
    "How does this referral reach the meeting?",
    options=REFERRAL_ROUTES,
    required=True,
    missing="Select how this referral reaches the meeting",
)
by_front_door = route.is_("front_door")
of_an_open_child = route.is_("open_case")

form_sent = OneOf(
    "form_sent",
    "Has a referral form been sent to the front door or the police?",
    help="MARF: multi-agency referral form. eVPRF: electronic vulnerable person referral form",
    options=(("marf", "MARF sent"), ("evprf", "eVPRF sent"), ("both", "Both sent"), ("none", "Neither sent")),
)

ROUTE = Section(
    "route",
    "Route",
    source=f"{SOURCE}, figures 1 to 3",
    intro="The front door is the area's safeguarding hub, also called the multi-agency safeguarding hub (MASH).",
    questions=(
        route,
        OneOf(
            "front_door_decision",
            "What did the front door decide?",
            options=FRONT_DOOR_DECISIONS,
            asked_if=by_front_door,
        ),
        Date(
            "front_door_decided_on",
            "Date of the front door's decision",
            asked_if=by_front_door,
            may_be_future=False,
        ),
        OneOf(
            "manager_decision",
            "What did the allocated worker's manager decide?",
            options=tuple(option for option in FRONT_DOOR_DECISIONS if option[0] != "early_help"),
            asked_if=of_an_open_child,
        ),
        Date(
            "manager_decided_on",
            "Date of the manager's decision",
            asked_if=of_an_open_child,
            may_be_future=False,
        ),
        Date(
            "strategy_meeting_on",
            "Date of the strategy meeting",
            asked_if=route.is_("strategy_meeting"),
            may_be_future=False,
        ),
        form_sent,
        Date(
            "form_sent_on",
            "Date the form was sent",
            asked_if=form_sent.is_one_of("marf", "evprf", "both"),
            may_be_future=False,
        ),
    ),
)

nature = AnyOf("nature", "What is the nature of the exploitation?", options=NATURE)

NATURE_AND_KIND = Section(
    "nature",
    "Nature of exploitation",
    source=SOURCE,
    questions=(
        nature,
        Text(
            "nature_other",
            "Other nature of exploitation",
            asked_if=nature.includes("other"),
            required=True,
            missing="Enter the other nature of exploitation",
        ),
        OneOf(
            "kind",
            "Which kind of exploitation is it?",
            help="This follows from the nature where it can. Correct it if it is different",
            follows=Follows(nature, lambda chosen: kind_that_follows(chosen or ())),
            options=KIND_OF_EXPLOITATION,
            required=True,
            missing="Select the kind of exploitation",
        ),
    ),
)

lead_agency = OneOf(
    "lead_agency",
    "Lead agency involvement",
    options=(
        ("none", "No lead agency"),
        ("child_in_need", "Child in need"),
        ("child_protection", "Child protection plan"),
        ("looked_after", "Looked after or leaving care"),
    ),
)
placed = YesNo("placed_by_another_authority", "Is the child placed here by another local authority?")
placed_and_looked_after = placed.is_(True) & lead_agency.is_("looked_after")
home_worker_told = YesNo(
    "home_social_worker_told",
    "Has the home area's social worker been told of this referral?",
    asked_if=placed_and_looked_after,
)
learning_need = OneOf(
    "learning_need",
    "Diagnosed learning need",
    options=(
        ("none", "None"),
        ("diagnosed", "Diagnosed"),
        ("on_pathway", "On pathway for assessment"),
        ("referral_requested", "Referral requested"),
    ),
)

SERVICES = Section(
    "services",
    "Services and needs",
    source=SOURCE,
    questions=(
        lead_agency,
        Text("lead_practitioner", "Lead practitioner's name"),
        placed,
        Text(
            "placing_authority",
            "Which local authority placed the child?",
            asked_if=placed.is_(True),
            leads_home=True,
        ),
        Date("placed_since", "Date placed since", asked_if=placed.is_(True), may_be_future=False),
        home_worker_told,
        Date(
            "home_social_worker_told_on",
            "Date the home area's social worker was told",
            asked_if=home_worker_told.is_(True),
            may_be_future=False,
        ),
        OneOf(
            "ehcp",
            "Education, health and care plan (EHCP)",
            options=(("yes", "Yes"), ("no", "No"), ("not_applicable", "Not applicable")),
        ),
        learning_need,
        LongText(
            "learning_need_details",
            "Details of the learning need",
            asked_if=learning_need.is_one_of("diagnosed", "on_pathway", "referral_requested"),
        ),
    ),
)

SAFETY = Section(
    "safety",
    "Immediate safety",
    intro="If the child is in immediate danger, call 999.",
    questions=(
        OneOf(
            "safe_now",
            "Is the child safe now?",
            options=(("yes", "Yes"), ("no", "No"), ("not_known", "Not known")),
        ),
        LongText("safety_done", "What has been done to keep the child safe?"),
    ),
)


def _views(who: str, person: str) -> tuple[YesNo | LongText, ...]:
    """Does this person know, their views, or why they were not asked."""
    asked = YesNo(f"{who}_asked", f"Has {person} been asked for their views?")
    return (
        YesNo(f"{who}_knows", f"Does {person} know about this referral?"),
        asked,
        LongText(
            f"{who}_views",
            f"What are the views of {person}?",
            asked_if=asked.is_(True),
            about_others=who != "child",
        ),
        LongText(f"{who}_not_asked", f"Why has {person} not been asked?", asked_if=asked.is_(False)),
    )


CONSENT = Section(
    "consent",
    "Consent and views",
    questions=(*_views("child", "the child"), *_views("parent", "the parent or carer")),
)

REFERRAL = Form(
    "referral",
    "Referral to the meeting",
    version=1,
    source=SOURCE,
    purpose="Brings a child who may be exploited to the multi-agency meeting of the area where the child lives.",
    opening_words=(
        "If the child is in immediate danger, call 999.",
        "If you are concerned that the child is suffering significant harm, or is likely to, tell the front door of "
        "the area where the child lives now, and not through this tool.",
        "If you believe a parent or carer is involved, follow the child protection procedure.",
        "The referral goes to the area where the child lives.",
    ),
    final_button="Send referral",
    sections=(PRACTITIONER, ROUTE, NATURE_AND_KIND, SERVICES, WHY, FURTHER, SAFETY, CONSENT),
    rules=(Rule(route, children_only),),
)
