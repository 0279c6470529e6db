"""Words that blame children: the list that authors are shown, and how often its words were changed or kept. No author
and no child is named.
"""

from __future__ import annotations

import streamlit as st

from data.answers.language import Count, counts
from forms.language import PHRASES, VERSION
from pages.parts import table
from pages.parts.browser import current_actor
from pages.parts.navigation import Page


def body() -> None:
    st.title("Words about children", anchor=False)
    st.text(
        "When somebody writes one of these in a form, the tool points at it, says why, and offers better words. Saving "
        "is never stopped, and a child's own words in quotation marks are left alone."
    )
    counted = counts(current_actor())
    times = sum(one.changed + one.kept for one in counted)
    st.header("Changed and kept", anchor=False)
    if times:
        table.draw(
            "How often authors of your partnership changed or kept their words",
            ("Words", "Changed", "Kept"),
            [
                *((one.phrase.avoid, one.changed, one.kept) for one in counted if one.changed or one.kept),
                _total(counted),
            ],
        )
    else:
        st.text(
            "Nothing has been counted yet. Each time an author changes or keeps such words, it shows here."
        )
    st.header("The list", anchor=False)
    table.draw(
        f"Version {VERSION}",
        ("Avoid", "Why", "Better", "Source"),
        [(p.avoid, f"It {p.why}", "; ".join(p.better), p.source) for p in PHRASES],
        is_wide=True,
    )


def _total(counted: list[Count]) -> table.Line:
    changed, kept = sum(one.changed for one in counted), sum(one.kept for one in counted)
    return table.Line(("Total", changed, kept), "total")


PAGE = Page(
    "Words about children",
    "language",
    frozenset({"coordinator", "manager", "partnership_lead"}),
    body,
    wide=True,
)
