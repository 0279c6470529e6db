"""People, groups, places and issues of concern, and what links them to children and to one another.

Records that are kept and added to, not forms that are sent. Source: pathway.md 10; forms.md, “Records beside the forms”.
"""

from __future__ import annotations

from forms.form import Form, Section
from forms.kinds import Date, LongText, OneOf, Postcode, Text
from forms.kinds.one_of import Options

KINDS: Options = (
    ("person", "Person"),
    ("group", "Group or network"),
    ("place", "Place"),
    ("issue", "Issue"),
)
IS_FLAGGED = ("person", "group", "place")
"""Kinds that a flag can be on (forms.md, “Flag”): an issue stands on nobody's system."""

BASES: Options = (("evidence", "Evidence"), ("professional_judgement", "Professional judgement"))

kind = OneOf("kind", "What is it?", options=KINDS, required=True, missing="Select what it is")
name = Text(
    "name",
    "Name, or what it is known by",
    required=True,
    missing="Enter the name, or what it is known by",
)

CONCERN = Form(
    "concern",
    "Person, group, place or issue of concern",
    version=1,
    is_record=True,
    source="pathway.md 10; forms.md, “Records beside the forms”",
    purpose="Seen by the area's coordinators and managers, and by those who wrote it. Linked to children on its own page.",
    final_button="Save record",
    sections=(
        Section(
            "what",
            "Who or what it is",
            questions=(
                kind,
                name,
                Text("aliases", "Other names", help="Put a comma between them"),
                Date(
                    "date_of_birth", "Date of birth", may_be_future=False, asked_if=kind.is_("person"),
                    help="As day, month and year, such as 13 11 2026. It tells people of the same name apart",
                ),
                Text("address", "Address", asked_if=kind.is_one_of("person", "place")),
                Postcode("postcode", "Postcode", asked_if=kind.is_one_of("person", "place")),
                LongText("description", "Description"),
                LongText(
                    "why", "Why is it of concern?", required=True, missing="Enter why it is of concern",
                ),
                Text(
                    "label_for_return", "Label for the quarterly return", asked_if=kind.is_("place"),
                    help="General words that point to nobody, such as “a takeaway in the town centre”. The partnership's "
                    "lead reads this label and no other words, once the coordinator has approved it",
                ),
            ),
        ),
    ),
)  # fmt: skip

CONCERN_LINK = Form(
    "concern_link",
    "Link of a person, group, place or issue of concern",
    version=1,
    is_record=True,
    source="pathway.md 10; forms.md, “Records beside the forms”",
    purpose="To a child, or to another record: with its nature, source and basis.",
    final_button="Save link",
    sections=(
        Section(
            "link",
            "The link",
            questions=(
                Text(
                    "nature", "What is the link?", required=True, missing="Enter what the link is",
                    help="For example, “seen together”, “picks up from school” or “said to live there”",
                ),
                Text("source", "Where is it known from?", required=True, missing="Enter where it is known from"),
                OneOf("basis", "Basis", options=BASES, required=True, missing="Select what it is based on"),
            ),
        ),
    ),
)  # fmt: skip
