"""What a child, a family or anybody else says against the record or asks of it, and what became of that. Kept beside the record.

Sources: UK GDPR, Articles 15 to 18 and 21; access.md, retention. Nothing is overwritten: a correction is a new revision.
"""

from __future__ import annotations

from forms.form import Form, Section
from forms.kinds import Date, LongText, OneOf, Text
from forms.kinds.one_of import Options

KINDS: Options = (
    ("disputed", "Something in the record is disputed"),
    ("correction", "Something is asked to be put right"),
    ("copy", "A copy of the record is asked for"),
    ("objection", "It is asked that the record is not used, or is deleted"),
    ("legal_hold", "Legal hold: nothing of the record may be deleted"),
)

MADE_BY: Options = (
    ("child", "The child"),
    ("parent", "A parent or carer"),
    ("adult", "Another person who is named in the record"),
    ("professional", "A professional"),
    ("court", "A court, an inquiry or a lawyer"),
)

OUTCOMES: Options = (
    ("open", "Not decided yet"),
    ("agreed", "Agreed, and done"),
    ("in_part", "Agreed in part"),
    ("not_agreed", "Not agreed: the dispute stays beside the record"),
    ("ended", "Ended, or taken back"),
)

outcome = OneOf(
    "outcome", "What became of it?", options=OUTCOMES, required=True, missing="Select what became of it"
)
is_decided = outcome.is_one_of("agreed", "in_part", "not_agreed", "ended")

DISPUTE = Form(
    "dispute",
    "Dispute or request about the record",
    version=1,
    source="UK GDPR, Articles 15 to 18 and 21; access.md",
    purpose="Whoever reads the record sees that it is disputed, by whom, and what became of it.",
    final_button="Keep this record",
    sections=(
        Section(
            "said",
            "Who says what",
            questions=(
                OneOf("kind", "What is it?", options=KINDS, required=True, missing="Select what it is"),
                OneOf("made_by", "Who says or asks it?", options=MADE_BY, required=True, missing="Select who says it"),
                Text("made_by_name", "Name, and how to reach them"),
                Date("made_on", "Date they said it", required=True, may_be_future=False, missing="Enter the date they said it"),
                Text("about", "Which form or words it is about"),
                LongText("says", "What they say, in their own words", required=True, missing="Enter what they say"),
            ),
        ),
        Section(
            "decided",
            "What became of it",
            intro="Correct this form when it is decided. What was first written stays readable.",
            questions=(
                outcome,
                Date(
                    "decided_on", "Date it was decided", asked_if=is_decided, required=True, may_be_future=False,
                    missing="Enter the date it was decided",
                ),
                LongText("why", "Why", asked_if=is_decided, required=True, missing="Enter why it was decided so"),
            ),
        ),
    ),
)  # fmt: skip
