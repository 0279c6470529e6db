"""What is asked when somebody disputes what the record says, holds it for a court, or asks for it to be deleted.

Plain records, not forms about the child's life; so they are not in the registry.
"""

from __future__ import annotations

from forms.form import Form, Section
from forms.kinds import Date, LongText, OneOf, Text
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

REQUESTED_FOR: Options = (
    ("self", "The child themselves"),
    ("parent", "A parent or carer, for the child"),
    ("solicitor", "A solicitor or advocate, for the child"),
    ("other", "Somebody else with authority to act for the child"),
)

REQUEST = Form(
    "own_copy",
    "A request for the child's own copy",
    version=1,
    source=SOURCE,
    final_button="Keep the request",
    sections=(
        Section(
            "request",
            "The request",
            questions=(
                Text(
                    "requested_by",
                    "Who asked?",
                    required=True,
                    missing="Enter the name of the person who asked",
                ),
                OneOf(
                    "requested_for",
                    "Who is it, and for whom do they ask?",
                    options=REQUESTED_FOR,
                    required=True,
                    missing="Select who asked",
                ),
                LongText(
                    "checked_how",
                    "How was it checked who they are, and that they may ask?",
                    required=True,
                    missing="Enter how it was checked",
                ),
                Date(
                    "requested_on",
                    "When was it asked for?",
                    help="A copy is due within one month",
                    may_be_future=False,
                    required=True,
                    missing="Enter when it was asked for",
                ),
            ),
        ),
    ),
)

SENT = Form(
    "own_copy_sent",
    "The copy was sent",
    version=1,
    source=SOURCE,
    final_button="It was sent",
    sections=(
        Section(
            "sent",
            "The copy was sent",
            questions=(
                Text("sent_to", "To whom was it sent?", required=True, missing="Enter to whom it was sent"),
                Text(
                    "sent_how",
                    "How?",
                    help="For example, by secure email, or handed over",
                    required=True,
                    missing="Enter how it was sent",
                ),
                Date(
                    "sent_on", "When?", may_be_future=False, required=True, missing="Enter when it was sent"
                ),
            ),
        ),
    ),
)

WHY_STRUCK: Options = (
    ("others", "It is about another person"),
    ("harm", "It could seriously harm the child or somebody else"),
    ("crime", "It could hinder preventing or detecting a crime"),
    ("privilege", "It is legal advice, or was given in confidence"),
)
"""UK GDPR article 15(4); Data Protection Act 2018, schedules 2 and 3."""

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
