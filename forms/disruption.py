"""A measure of disruption against a person, group, place or issue of concern: asked for, served, monitored, ended."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from forms.age import age_on
from forms.form import Form, Rule, Section
from forms.kinds import Date, LongText, OneOf, Text, YesNo
from forms.kinds.one_of import Options

MEASURES: Options = (
    ("cawn", "Child abduction warning notice (CAWN)"),
    ("cce_warning", "Child criminal exploitation (CCE) warning notice"),
    ("shpo", "Sexual harm prevention order (SHPO)"),
    ("sro", "Sexual risk order (SRO)"),
    ("stpo", "Slavery and trafficking prevention order (STPO)"),
    ("stro", "Slavery and trafficking risk order (STRO)"),
    ("gang_injunction", "Gang injunction"),
    ("notification_order", "Notification order"),
    ("non_molestation", "Non-molestation order"),
    ("exclusion", "Exclusion order"),
    ("wardship", "Wardship"),
    ("licensing", "Licensing action"),
    ("environmental_health", "Environmental health"),
    ("other_crime", "Investigation of other crime"),
    ("police_attention", "Police attention to an individual"),
    ("patrol", "Patrol"),
    ("internet_provider", "Internet provider"),
    ("other", "Another measure"),
)

measure = OneOf("measure", "Measure", options=MEASURES, required=True, missing="Select the measure")
other_measure = Text(
    "other_measure",
    "Which measure?",
    required=True,
    missing="Enter which measure it is",
    asked_if=measure.is_("other"),
)
began_on = Date(
    "began_on",
    "Date it was served or began",
    help="As day, month and year, such as 13 11 2026. Leave it empty while it is only asked for",
    may_be_future=False,
)
ends_on = Date("ends_on", "Date it ends by itself")
ended_on = Date("ended_on", "Date it ended", may_be_future=False)
under_18 = YesNo(
    "is_under_18",
    "Is it against a person under 18?",
    required=True,
    missing="Answer whether it is against a person under 18",
)
consulted = YesNo(
    "youth_justice_consulted",
    "Was youth justice consulted?",
    required=True,
    missing="Answer whether youth justice was consulted",
    asked_if=under_18.is_(True),
)
breached = YesNo("is_breached", "Has it been breached?")


def _age_fits(answers: Mapping[str, Any], about: Mapping[str, Any]) -> str | None:
    """`about`: `date_of_birth` of the person, where it is known, and `today`."""
    born, on = about.get("date_of_birth"), answers.get("began_on") or about.get("today")
    if born and on and age_on(born, on) < 18 and answers.get("is_under_18") is False:
        return "Answer Yes: by the date of birth on the record the person was under 18 then"
    return None


def _youth_justice_first(answers: Mapping[str, Any], _: Mapping[str, Any]) -> str | None:
    if answers.get("is_under_18") and answers.get("youth_justice_consulted") is False:
        return "Consult youth justice first, then record the measure: the person is under 18"
    return None


def _ends_after_it_began(answers: Mapping[str, Any], _: Mapping[str, Any]) -> str | None:
    return _not_before_it_began(answers, "ends_on")


def _ended_after_it_began(answers: Mapping[str, Any], _: Mapping[str, Any]) -> str | None:
    return _not_before_it_began(answers, "ended_on")


def _not_before_it_began(answers: Mapping[str, Any], key: str) -> str | None:
    if answers.get(key) and answers.get("began_on") and answers[key] < answers["began_on"]:
        return "Enter a date on or after the day it was served or began"
    return None


DISRUPTION = Form(
    "disruption",
    "Disruption measure",
    version=1,
    is_record=True,
    source="pathway.md 10; Sheffield guidance, disruption measures",
    purpose="Against a person, group, place or issue of concern.",
    final_button="Save measure",
    sections=(
        Section(
            "measure",
            "The measure",
            questions=(
                measure,
                other_measure,
                under_18,
                consulted,
                Text("requested_by", "Asked for by", required=True, missing="Enter who asked for the measure"),
                Text("served_by", "Served or taken by"),
                began_on,
                ends_on,
                Text("monitored_at", "Where it is monitored", help="The meeting or team that looks at it"),
            ),
        ),
        Section(
            "outcome",
            "Breach and end",
            questions=(
                breached,
                LongText("breach", "What was the breach, and what followed?", asked_if=breached.is_(True)),
                ended_on,
                LongText("how_ended", "How did it end?"),
            ),
        ),
    ),
    rules=(
        Rule(under_18, _age_fits),
        Rule(consulted, _youth_justice_first),
        Rule(ends_on, _ends_after_it_began),
        Rule(ended_on, _ended_after_it_began),
    ),
)  # fmt: skip

ENDING_SOON = datetime.timedelta(weeks=4)

STATES: Options = (
    ("asked_for", "Asked for"),
    ("in_force", "In force"),
    ("ending_soon", "In force, ends within four weeks"),
    ("ended", "Ended"),
)


def state(answers: Mapping[str, Any], today: datetime.date) -> str:
    """The key of `STATES` that follows from its dates; on its last day a measure is still in force."""
    if answers.get("ended_on") or (answers.get("ends_on") and answers["ends_on"] < today):
        return "ended"
    if not answers.get("began_on"):
        return "asked_for"
    if answers.get("ends_on") and answers["ends_on"] <= today + ENDING_SOON:
        return "ending_soon"
    return "in_force"
