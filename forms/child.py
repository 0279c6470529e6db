"""The child's own details: entered once, shown on every form, corrected with history. Also the rule that the tool is for children.

Being under 18 is no rule of this form, because the record outlives childhood; screening and referral hold it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms import days
from forms.age import age_on
from forms.codes import AGENCIES, DISABILITY, ETHNICITY, GENDER, SEN, SERVICE_STATUS, SEX
from forms.form import Form, RepeatedRows, Rule, Section
from forms.kinds import AnyOf, Date, LongText, NHSNumber, OneOf, Postcode, Text, YesNo
from forms.places import AREAS

date_of_birth = Date(
    "date_of_birth",
    "Date of birth",
    required=True,
    missing="Enter the child's date of birth",
    may_be_future=False,
    help="For example, 13 11 2012. If nobody knows it, enter the nearest date you can, and say below that it is an estimate",
)

disability = AnyOf("disability", "Disability", options=DISABILITY)

WHO = Section(
    "who",
    "Who the child is",
    questions=(
        Text("name", "Name", required=True, missing="Enter the child's name"),
        Text(
            "aliases",
            "Other names the child is known by",
            help="Aliases and nicknames, with commas between them",
        ),
        date_of_birth,
        YesNo("date_of_birth_is_estimate", "Is the date of birth an estimate?"),
        NHSNumber("nhs_number", "NHS number", help="Ten digits, for example 999 123 4551"),
        Text(
            "lcs_number",
            "LCS number",
            help="The child's number on the council's case system, Liquidlogic Children's System (LCS)",
        ),
    ),
)

WHERE = Section(
    "where",
    "Where the child lives",
    questions=(
        LongText("address", "Address", leads_home=True),
        Postcode("postcode", "Postcode", help="ZZ99 3VZ stands for no fixed abode", leads_home=True),
        OneOf(
            "area",
            "Area where the child lives",
            help="If the child lives in none of these, tell the front door and the police of the area where they live. "
            "To keep a record here too, select the area that is responsible for the child",
            options=AREAS,
            required=True,
            missing="Select the area where the child lives",
        ),
        Text(
            "responsible_authority",
            "Responsible local authority, if another",
            help="For a child placed here by another local authority: its name",
            leads_home=True,
        ),
        Date(
            "placed_on",
            "Date placed",
            help="The day the other local authority placed the child in this area",
            may_be_future=False,
        ),
    ),
)

IDENTITY = Section(
    "identity",
    "Identity and needs",
    intro="Gender and sexual identity are as the child describes them.",
    questions=(
        OneOf("sex", "Sex", options=SEX),
        OneOf("gender", "Gender", options=GENDER),
        Text("sexual_identity", "Sexual identity"),
        OneOf("ethnicity", "Ethnicity", options=ETHNICITY),
        Text("nationality", "Nationality"),
        Text("first_language", "First language"),
        YesNo("interpreter_needed", "Is an interpreter needed?"),
        disability,
        OneOf("sen", "Special educational needs (SEN)", options=SEN),
    ),
)

FAMILY = Section(
    "family",
    "Family and home",
    questions=(
        RepeatedRows(
            "adults",
            "Parents, carers and other adults at home",
            row_name="parent, carer or other adult",
            questions=(
                Text("name", "Name", required=True, missing="Enter the adult's name"),
                Text("relation", "Relation to the child", help="For example, mother, foster carer, uncle"),
                Date("date_of_birth", "Date of birth", may_be_future=False),
                YesNo("parental_responsibility", "Does this person have parental responsibility?"),
                Text("contact", "Contact", help="Telephone number or email address", leads_home=True),
            ),
            about_others=True,
        ),
        RepeatedRows(
            "siblings",
            "Brothers and sisters",
            row_name="brother or sister",
            questions=(
                Text("name", "Name", required=True, missing="Enter the brother's or sister's name"),
                Date("date_of_birth", "Date of birth", may_be_future=False),
                YesNo("lives_with_child", "Does this brother or sister live with the child?"),
            ),
            about_others=True,
        ),
    ),
)

SERVICES = Section(
    "services",
    "School and services",
    questions=(
        Text("school", "School or provision", leads_home=True),
        OneOf("service_status", "Service status", options=SERVICE_STATUS),
        Text("lead_practitioner_name", "Lead practitioner's name"),
        OneOf("lead_practitioner_agency", "Lead practitioner's agency", options=AGENCIES),
        Text(
            "lead_practitioner_contact",
            "Lead practitioner's contact",
            help="Telephone number or email address",
        ),
    ),
)


def _born_too_long_ago(answers: Mapping[str, Any], about: Mapping[str, Any]) -> str | None:
    born = answers.get("date_of_birth")
    today = about.get("today") or days.today()
    if born is None or age_on(born, today) <= 130:
        return None
    return "Date of birth must be within the last 130 years: check the year"


def _none_and_some(answers: Mapping[str, Any], _about: Mapping[str, Any]) -> str | None:
    chosen = answers.get("disability") or []
    return (
        "Select “None”, or the disabilities the child has" if "NONE" in chosen and len(chosen) > 1 else None
    )


CHILD = Form(
    "child",
    "Child's details",
    version=1,
    source="Sheffield MACE referral form; Pan-Merseyside CE Assessment; children in need census codes",
    purpose="Entered once, shown on every form about the child, and corrected with history.",
    final_button="Save child's details",
    one_per_child=True,
    sections=(WHO, WHERE, IDENTITY, FAMILY, SERVICES),
    rules=(Rule(date_of_birth, _born_too_long_ago), Rule(disability, _none_and_some)),
)

TOO_OLD = (
    "This tool is for children under 18. For a person aged 18 or over, follow the safeguarding adults "
    "procedure of the area where they live"
)


def children_only(_answers: Mapping[str, Any], about: Mapping[str, Any]) -> str | None:
    """A rule's problem: the sentence when the child is 18 or over on the day, else None.

    Whoever corrects an old submission passes the day it was first submitted as `today`.
    """
    born = about.get("date_of_birth")
    today = about.get("today") or days.today()
    return TOO_OLD if born is not None and age_on(born, today) >= 18 else None
