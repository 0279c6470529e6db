"""One child's referral to the national referral mechanism (NRM): what is asked, and the stage that follows from it.

The record of a referral that goes on for months, kept by the coordinator; no form that is sent once.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from forms.form import Form, Rule, Section
from forms.kinds import Date, LongText, OneOf, Text, YesNo
from forms.kinds.one_of import Options

FIRST_RESPONDERS: Options = (
    ("police", "Police force"),
    ("local_authority", "Local authority"),
    ("ukvi", "Home Office: UK Visas and Immigration"),
    ("border_force", "Home Office: Border Force"),
    ("immigration_enforcement", "Home Office: Immigration Enforcement"),
    ("nca", "National Crime Agency"),
    ("glaa", "Gangmasters and Labour Abuse Authority"),
    ("salvation_army", "Salvation Army"),
    ("migrant_help", "Migrant Help"),
    ("medaille_trust", "Medaille Trust"),
    ("kalayaan", "Kalayaan"),
    ("barnardos", "Barnardo's"),
    ("unseen", "Unseen"),
    ("nspcc", "National Society for the Prevention of Cruelty to Children (NSPCC)"),
    ("bawso", "BAWSO"),
    ("new_pathways", "New Pathways"),
    ("refugee_council", "Refugee Council"),
)
"""Organisations that may refer, by the protocol. A new one is a new line; a key stays for ever."""

GROUNDS: Options = (("positive", "Positive"), ("negative", "Negative"))

required = YesNo(
    "is_required",
    "Does the child need to be referred to the NRM?",
    required=True,
    missing="Answer whether the child needs to be referred",
    help="Refer a child whenever modern slavery is suspected. The child's consent is not needed",
)
submitted_on = Date("submitted_on", "Date the referral was submitted", may_be_future=False)
first_responder = OneOf("first_responder", "First responder organisation", options=FIRST_RESPONDERS)
crimed = YesNo("is_crimed", "Has it been recorded as a crime?")
reasonable = OneOf("reasonable_grounds", "Reasonable grounds decision", options=GROUNDS)
reasonable_on = Date(
    "reasonable_grounds_on",
    "Date of the reasonable grounds decision",
    may_be_future=False,
    required=True,
    missing="Enter the date of the reasonable grounds decision",
    asked_if=reasonable.is_one_of("positive", "negative"),
)
conclusive = OneOf(
    "conclusive_grounds",
    "Conclusive grounds decision",
    options=GROUNDS,
    asked_if=reasonable.is_("positive"),
)
conclusive_on = Date(
    "conclusive_grounds_on",
    "Date of the conclusive grounds decision",
    may_be_future=False,
    required=True,
    missing="Enter the date of the conclusive grounds decision",
    asked_if=conclusive.is_one_of("positive", "negative"),
)
told = YesNo("is_child_told", "Has the child been told?")


def _required_once_submitted(answers: Mapping[str, Any], _: Mapping[str, Any]) -> str | None:
    if answers.get("is_required") is False and answers.get("submitted_on"):
        return "Answer Yes, as the referral was submitted; or take out the date it was submitted"
    return None


def _whose_referral(answers: Mapping[str, Any], _: Mapping[str, Any]) -> str | None:
    if answers.get("submitted_on") and not answers.get("first_responder"):
        return "Select the first responder organisation that submitted the referral"
    return None


def _submitted_before_decided(answers: Mapping[str, Any], _: Mapping[str, Any]) -> str | None:
    if answers.get("reasonable_grounds") and not answers.get("submitted_on"):
        return "Enter the date the referral was submitted: a decision came after it"
    return None


def _reasonable_after_submitted(answers: Mapping[str, Any], _: Mapping[str, Any]) -> str | None:
    return _after(answers, "reasonable_grounds_on", "submitted_on", "the referral was submitted")


def _conclusive_after_reasonable(answers: Mapping[str, Any], _: Mapping[str, Any]) -> str | None:
    return _after(
        answers, "conclusive_grounds_on", "reasonable_grounds_on", "reasonable grounds were decided"
    )


def _after(answers: Mapping[str, Any], later: str, earlier: str, what: str) -> str | None:
    if answers.get(later) and answers.get(earlier) and answers[later] < answers[earlier]:
        return f"Enter a date on or after the day {what}"
    return None


NRM = Form(
    "nrm",
    "National referral mechanism (NRM) referral",
    version=1,
    is_record=True,
    source="pathway.md 9; standards.md, NRM; Pan-Merseyside protocol, section 6 and the agenda of the meeting",
    purpose="One child's referral, from the day it is needed to the last decision. Kept by the area's coordinator.",
    final_button="Save NRM referral",
    sections=(
        Section(
            "referral",
            "The referral",
            questions=(
                required,
                submitted_on,
                first_responder,
                YesNo("multi_agency", "Was it completed in a multi-agency forum?"),
                crimed,
                Text("crime_reference", "Crime reference", asked_if=crimed.is_(True)),
                YesNo("is_copied", "Was a copy sent to children's social care?"),
            ),
        ),
        Section("decisions", "The decisions", questions=(reasonable, reasonable_on, conclusive, conclusive_on)),
        Section(
            "after",
            "What followed",
            questions=(
                LongText("investigation", "Outcome of the investigation", sensitive=True),
                LongText("court_outcome", "Outcome at court", sensitive=True),
                LongText("support_package", "Support package"),
                told,
                Date("child_told_on", "When was the child told?", may_be_future=False, asked_if=told.is_(True)),
                Text("child_told_how", "How was the child told, and by whom?", asked_if=told.is_(True)),
                Text("child_not_told_why", "Why has the child not been told?", asked_if=told.is_(False)),
            ),
        ),
    ),
    rules=(
        Rule(required, _required_once_submitted),
        Rule(first_responder, _whose_referral),
        Rule(submitted_on, _submitted_before_decided),
        Rule(reasonable_on, _reasonable_after_submitted),
        Rule(conclusive_on, _conclusive_after_reasonable),
    ),
)  # fmt: skip


def stage(answers: Mapping[str, Any]) -> str:
    """The key of `forms.codes.NRM_STAGES` that follows (pathway.md 9): the conclusive grounds decision, else the reasonable grounds
    decision, else referred if submitted, else needs to be referred if required, else not applicable."""
    for decided, positive in (
        ("conclusive_grounds", "conclusive"),
        ("reasonable_grounds", "positive_reasonable"),
    ):
        if answers.get(decided):
            return positive if answers[decided] == "positive" else "negative"
    if answers.get("submitted_on"):
        return "referred"
    return "needs_referral" if answers.get("is_required") else "not_applicable"


def waits(answers: Mapping[str, Any]) -> tuple[str, datetime.date | None] | None:
    """For which decision the referral waits, and since when where that is known; None when it waits for none."""
    if stage(answers) == "referred":
        return "reasonable grounds", answers["submitted_on"]
    if stage(answers) == "positive_reasonable":
        return "conclusive grounds", answers.get("reasonable_grounds_on")
    return None
