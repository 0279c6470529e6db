"""Oversight of the national referral mechanism (NRM) for the meeting: every referral of the area, and what each waits for."""

from __future__ import annotations

import streamlit as st

from data.access.restricted import NOT_LISTED
from data.child import national_referrals
from data.child.national_referrals import STAGES, waiting_in_words
from data.child_line import line
from data.database.engine import Row
from forms.codes import NRM_STAGES
from forms.kinds.date import in_words
from pages.parts import table, turning
from pages.parts.browser import current_actor
from pages.parts.navigation import Page
from pages.parts.table import Line, Link, Tag
from pages.practitioners.nrm import COLOURS

ANY = "Any stage"
YES_OR_NO = {True: "Yes", False: "No", None: "Not recorded"}


def body() -> None:
    actor = current_actor()
    st.title("National referral mechanism (NRM)", anchor=False)
    st.text(
        "Referrals of your area's children, those that wait longest first. Open one to record what is known now."
    )
    chosen = st.selectbox(
        "Stage",
        [ANY, *STAGES],
        format_func=lambda key: STAGES.get(key, ANY),
        key="nrm_stage",
    )
    wanted = chosen if chosen in STAGES else None
    number = turning.page("nrm", wanted)
    found = national_referrals.oversee_nrm(actor, wanted, number)
    _counts(found.counts)
    if found.rows:
        table.draw(
            "NRM referrals",
            ("Child", "Stage", "Waiting", "Submitted", "Multi-agency forum", "Recorded as a crime"),
            [Line(_cells(row)) for row in found.rows],
            is_wide=True,
        )
    else:
        st.text("No NRM referral is at this stage. One is begun from the child's page.")
    st.text(NOT_LISTED)
    turning.draw("nrm", number, found.more)


def _counts(counts: dict[str, int]) -> None:
    table.headline([(words, counts.get(key, 0), "") for key, words in NRM_STAGES if counts.get(key)])


def _cells(row: Row) -> tuple[table.Cell, ...]:
    return (
        Link(line(row), "nrm", {"child": row["child_id"], "nrm": row["nrm_id"]}, "the NRM referral"),
        Tag(STAGES[row["stage"]], COLOURS[row["stage"]]),
        waiting_in_words(row),
        in_words(row["submitted_on"]) if row["submitted_on"] else "",
        YES_OR_NO[row["multi_agency"]],
        YES_OR_NO[row["is_crimed"]],
    )


PAGE = Page("NRM", "nrm-oversight", frozenset({"coordinator", "manager"}), body, wide=True)
