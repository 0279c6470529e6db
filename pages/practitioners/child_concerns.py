"""On one child's page: the national referral mechanism, and people and places of concern, in short, with the ways on."""

from __future__ import annotations

import streamlit as st

from data.child.children import ChildPage
from data.child.national_referrals import STAGES, waiting_in_words
from forms.kinds.date import in_words
from forms.nrm import stage
from pages.parts import lists, table
from pages.parts.lists import Entry
from pages.parts.navigation import link
from pages.parts.table import Link, Tag
from pages.practitioners.concern import BASIS
from pages.practitioners.concerns import NAMES, STATE_COLOURS
from pages.practitioners.concerns import STATES as CONCERN_STATES
from pages.practitioners.nrm import COLOURS


def nrm(page: ChildPage, may_record: bool) -> None:
    st.header("National referral mechanism (NRM)", anchor=False)
    child_id = page.heading.child_id
    lists.draw(
        [
            Entry(
                f"Referral submitted {in_words(row['submitted_on'])}" if row["submitted_on"] else "Referral not submitted",
                "nrm", {"child": child_id, "nrm": row["nrm_id"]}, (waiting_in_words(row),),
                STAGES[stage(row)], COLOURS[stage(row)],
            )
            for row in page.nrm
        ],
        "No NRM referral has been recorded.",
    )  # fmt: skip
    if may_record:
        link(
            "Record an NRM referral" if not page.nrm else "Record another NRM referral", "nrm", child=child_id
        )


def concerns(page: ChildPage, may_write: bool) -> None:
    """Those that this person may open, and not a word or number of any other."""
    if not page.concerns and not may_write:
        return
    child_id = page.heading.child_id
    st.header("People and places of concern", anchor=False)
    if page.concerns:
        table.draw(
            "Linked to the child",
            ("Name", "What it is", "What the link is", "Basis", "State"),
            [
                (
                    Link(row["name"], "concern", {"concern": row["concern_id"]}), NAMES[row["kind"]], row["nature"],
                    BASIS[row["basis"]], Tag(CONCERN_STATES[row["state"]], STATE_COLOURS[row["state"]]),
                )
                for row in page.concerns
            ],
            is_caption_shown=False,
            is_wide=True,
        )  # fmt: skip
        link("Map of the links", "link-map", child=child_id)
    else:
        st.text("No record that you can open is linked to the child.")
    if may_write:
        link("Link a person or place of concern", "concern-link", child=child_id)
