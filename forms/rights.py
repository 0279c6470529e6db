"""What is asked when somebody disputes what the record says, holds it for a court, or asks for it to be deleted.

Plain records, not forms about the child's life; so they are not in the registry.
"""

from __future__ import annotations

from forms.form import Form, Section
from forms.kinds import LongText, OneOf
from forms.kinds.one_of import Options

SOURCE = "UK GDPR articles 15 to 18 and 21; access.md, retention"

KINDS: Options = (
    ("disputed", "Something in the record is disputed"),
    ("correction", "Something is asked to be put right"),
    ("objection", "It is asked that something is not used, or is deleted"),
)

DISPUTED_BY: Options = (
    ("child", "The child"),
    ("parent", "A parent or carer"),
    ("practitioner", "A practitioner"),
    ("other", "Somebody else"),
)


def _one_question(key: str, title: str, button: str, words: LongText) -> Form:
    return Form(
        key,
        title,
        version=1,
        source=SOURCE,
        final_button=button,
        sections=(Section("why", title, questions=(words,)),),
    )


DISPUTE = Form(
    "dispute",
    "What is disputed or asked",
    version=1,
    source=SOURCE,
    final_button="Keep the note",
    sections=(
        Section(
            "what",
            "What is disputed",
            questions=(
                OneOf("kind", "What is it?", options=KINDS, required=True, missing="Select what it is"),
                OneOf(
                    "disputed_by",
                    "Who says so?",
                    options=DISPUTED_BY,
                    required=True,
                    missing="Select who says so",
                ),
                LongText(
                    "words",
                    "What do they say is wrong, and what would be right?",
                    help="In their own words. The note stands beside the form, on screen and in print",
                    required=True,
                    missing="Enter what is disputed",
                ),
            ),
        ),
    ),
)

HOLD = _one_question(
    "hold",
    "Hold the record",
    "Hold the record",
    LongText(
        "reason",
        "Why must the record be kept?",
        help="For example, a court case or an inquiry. A record that is held cannot be deleted",
        required=True,
        missing="Enter why the record must be kept",
    ),
)

ASK_FOR_DELETION = _one_question(
    "deletion",
    "Ask for the record to be deleted",
    "Ask for deletion",
    LongText(
        "reason",
        "Why should the record be deleted?",
        help="A manager of the area reads this and decides. It is deleted with the record; the certificate names nobody",
        required=True,
        missing="Enter why the record should be deleted",
    ),
)
