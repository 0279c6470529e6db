"""What was passed on about children of the area outside the tool, and what it was decided not to pass on."""

from __future__ import annotations

import streamlit as st

from data.child.disclosures import disclosures
from data.child_line import line
from forms.codes import AGENCIES
from forms.disclosure import DECISIONS, DISCLOSURE
from forms.kinds.date import in_words
from pages.parts import table, turning
from pages.parts.browser import current_actor
from pages.parts.navigation import Page
from pages.parts.table import Link, Tag

COLOURS = {"shared": "blue", "not_shared": "grey"}


def body() -> None:
    number = turning.page("disclosures", "")
    rows, more = disclosures(current_actor(), number)
    st.html(table.STYLE)
    st.title(DISCLOSURE.title, anchor=False)
    st.text(
        "What was shared outside this tool about children of your area, and what it was decided not to share."
    )
    if rows:
        table.draw(
            "Records, latest first",
            ("Child", "Date", "Decided", "Organisation or meeting", "By"),
            [
                (
                    Link(
                        line(row), "submission", {"form": DISCLOSURE.key, "record": row["record_id"]},
                        spoken=f"what was passed on, {in_words(row['decided_on'])}",
                    ),
                    in_words(row["decided_on"]),
                    Tag(dict(DECISIONS)[row["decision"]], COLOURS[row["decision"]]),
                    row["to_organisation"] or "Not shown",
                    ", ".join(filter(None, (row["who"], dict(AGENCIES).get(row["by_agency"] or "")))),
                )
                for row in rows
            ],
            is_wide=True,
        )  # fmt: skip
    else:
        st.text("Nothing yet. A record is begun from a child's page by those who may write in it.")
    turning.draw("disclosures", number, more)


PAGE = Page(DISCLOSURE.title, "disclosures", frozenset({"coordinator", "manager"}), body, wide=True)
