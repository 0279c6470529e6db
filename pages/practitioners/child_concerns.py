"""On one child's page: the national referral mechanism, in short, with the way to its own page."""

from __future__ import annotations

import streamlit as st

from data.children import ChildPage
from data.national_referrals import waiting_in_words
from forms.kinds.date import in_words
from forms.nrm import stage
from pages.parts import lists
from pages.parts.lists import Entry
from pages.parts.navigation import link
from pages.practitioners.nrm import COLOURS, STAGES


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
