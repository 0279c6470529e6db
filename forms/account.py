"""What is known of a person who uses the tool. Filled in by an administrator; no form about a child, so not in the registry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from forms.codes import AGENCIES
from forms.form import Form, Rule, Section
from forms.kinds import AnyOf, LongText, OneOf, Postcode, Text
from forms.kinds.one_of import Options
from forms.places import AREAS, PARTNERSHIPS
from forms.referral import WORKING_DAYS

ROLES: Options = (
    ("practitioner", "Practitioner"),
    ("coordinator", "Coordinator"),
    ("manager", "Manager"),
    ("partnership_lead", "Partnership lead"),
    ("meeting_member", "Meeting member"),
    ("administrator", "Administrator"),
)
"""pathway.md, "The people". A chair is a coordinator's or manager's account named chair of a meeting."""

VETTING: Options = (
    ("none", "None recorded"),
    ("bpss", "Baseline personnel security standard (BPSS)"),
    ("nppv2", "Non-police personnel vetting (NPPV) level 2"),
    ("nppv3", "Non-police personnel vetting (NPPV) level 3"),
    ("sc", "Security check (SC)"),
    ("dv", "Developed vetting (DV)"),
)

name = Text(
    "name",
    "Name",
    required=True,
    missing="Enter the person's name",
    help="As colleagues know them; it stands beside what they write",
)
username = Text(
    "username",
    "User name",
    required=True,
    missing="Enter a user name",
    help="What they sign in with: letters, digits, dots, hyphens, underscores and @",
)
role = OneOf("role", "Role", options=ROLES, required=True, missing="Select a role")
of_an_area = role.is_one_of("practitioner", "coordinator", "manager", "meeting_member")
of_a_partnership = role.is_one_of("partnership_lead", "administrator")

WHO = Section(
    "who",
    "Who they are and what they may do",
    questions=(
        name,
        username,
        role,
        OneOf("area", "Area", options=AREAS, asked_if=of_an_area, required=True, missing="Select their area"),
        OneOf(
            "agency",
            "Agency",
            options=AGENCIES,
            asked_if=of_an_area,
            required=True,
            missing="Select the agency they work for",
        ),
        OneOf(
            "partnership",
            "Partnership",
            options=tuple((p.key, p.name) for p in PARTNERSHIPS),
            asked_if=of_a_partnership,
            required=True,
            missing="Select their partnership",
        ),
        OneOf(
            "vetting",
            "Vetting level",
            options=VETTING,
            required=True,
            missing="Select a vetting level, or “None recorded”",
        ),
    ),
)

CONTACT = Section(
    "contact",
    "Job and contact details",
    intro="These begin the forms they fill in.",
    questions=(
        Text("job_title", "Job title"),
        Text("email", "Work email address"),
        Text("telephone", "Work telephone number"),
        LongText("address", "Work address"),
        Postcode("postcode", "Work postcode"),
        AnyOf("working_days", "Working days", options=WORKING_DAYS),
    ),
)

identity_email = Text(
    "identity_email",
    "Email address at the sign-in service",
    help="They are recognised by it at their first sign-in, if the service has verified it",
)
identity_subject = Text(
    "identity_subject",
    "Identifier at the sign-in service",
    help="Filled in by the tool at their first sign-in. Empty it to have them recognised by their email address again",
)
SIGN_IN_SERVICE = Section(
    "sign_in_service",
    "Your organisation's sign-in service",
    intro="Enter one of these if they sign in with your organisation's account.",
    questions=(identity_email, identity_subject),
)


def _shape_of_identity_email(answers: Mapping[str, Any], _: Mapping[str, Any]) -> str | None:
    given = answers.get("identity_email")
    if not given or re.fullmatch(r"[!-?A-~]+@[!-?A-~]+", given):
        return None
    return "Enter the email address at the sign-in service in the form name@example.org"


def _shape_of_username(answers: Mapping[str, Any], _: Mapping[str, Any]) -> str | None:
    given = answers.get("username")
    if not given or re.fullmatch(r"[A-Za-z0-9._@-]{2,100}", given):
        return None
    return "Enter a user name of 2 to 100 letters, digits, dots, hyphens, underscores and @, without spaces"


ACCOUNT = Form(
    "account",
    "Account",
    version=1,
    sections=(WHO, SIGN_IN_SERVICE, CONTACT),
    final_button="Save account",
    source="access.md and pathway.md, “The people”",
    rules=(Rule(username, _shape_of_username), Rule(identity_email, _shape_of_identity_email)),
)
