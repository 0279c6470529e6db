"""What is asked of who opens a record in an emergency, and of the manager who looks at it afterwards. No form about a child.

Source: access.md. The lawful bases are those of the UK GDPR, Article 6, that safeguarding rests on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.form import Form, Rule, Section
from forms.kinds import Date, LongText, NHSNumber, OneOf, Text
from forms.kinds.one_of import Options

LAWFUL_BASES: Options = (
    ("vital_interests", "Vital interests: somebody's life or safety is in danger"),
    ("public_task", "Public task: safeguarding a child is part of my agency's public duty"),
    ("legal_obligation", "Legal obligation: the law requires it of my agency"),
    ("legitimate_interests", "Legitimate interests: safeguarding, for an agency that is no public body"),
)
"""Consent is none of them: it cannot be freely given in an emergency."""

FINDINGS: Options = (
    ("appropriate", "Appropriate: the reason called for it"),
    ("not_appropriate", "Not appropriate"),
)

nhs_number = NHSNumber(
    "nhs_number", "NHS number", help="If you know it; otherwise the full name and date of birth"
)
name = Text("name", "Child's full name", help="Exactly as it is recorded, in any order of its words")
date_of_birth = Date("date_of_birth", "Child's date of birth", may_be_future=False)

reason = LongText(
    "reason",
    "Why you need this record now",
    required=True,
    missing="Enter why you need this record now",
    help="What has happened, and what you will do with what you read",
)

FEWEST_LETTERS, FEWEST_WORDS = 10, 2


def _says_who(answers: Mapping[str, Any], _: Mapping[str, Any]) -> str | None:
    if answers.get("nhs_number") or (answers.get("name") and answers.get("date_of_birth")):
        return None
    return "Enter the NHS number, or both the full name and the date of birth"


def _says_something(answers: Mapping[str, Any], _: Mapping[str, Any]) -> str | None:
    """A manager decides by it afterwards whether it was right: "x" or "urgent" tells them nothing."""
    given = answers.get("reason")
    words = [word for word in (given or "").split() if any(letter.isalpha() for letter in word)]
    if not given or (len(words) >= FEWEST_WORDS and sum(map(str.isalpha, given)) >= FEWEST_LETTERS):
        return None
    return "Enter the reason in a few words: what has happened, and what you will do with what you read"


EMERGENCY = Form(
    "emergency",
    "Open a record in an emergency",
    version=1,
    source="access.md, break glass",
    final_button="Open the record",
    rules=(Rule(nhs_number, _says_who), Rule(reason, _says_something)),
    sections=(
        Section("who", "Which child", questions=(nhs_number, name, date_of_birth)),
        Section(
            "why",
            "Why",
            questions=(
                reason,
                OneOf(
                    "lawful_basis",
                    "Lawful basis",
                    options=LAWFUL_BASES,
                    required=True,
                    missing="Select the lawful basis",
                ),
            ),
        ),
    ),
)
