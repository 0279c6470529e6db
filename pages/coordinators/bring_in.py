"""Bringing in an existing cohort: the empty workbook to fill, and the filled one to check and bring in."""

from __future__ import annotations

from typing import BinaryIO

import streamlit as st

from data.bring_in.cohort_import import Brought, import_cohort
from data.bring_in.cohort_reading import read_cohort
from data.bring_in.cohort_workbook import SHEETS, CohortRefused
from data.commands.template import template_workbook
from data.refusal import Refused
from pages.parts import landmarks, table
from pages.parts.browser import current_actor
from pages.parts.navigation import Page
from pages.parts.words import paragraphs

SHOWN = 200
"""More problems than these are counted, not listed."""


def body() -> None:
    landmarks.name_them("bring in a cohort", "")
    st.title("Bring in a cohort", anchor=False)
    st.text(
        "If your area keeps its children in a spreadsheet, bring them in here. Nothing is stored unless everything is "
        "right, and the same file twice changes nothing."
    )
    st.header("1. Fill in the workbook", anchor=False)
    st.download_button(
        "Download the empty workbook",
        template_workbook,
        file_name="cohort.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        on_click="ignore",
    )
    st.header("2. Bring it in", anchor=False)
    file = st.file_uploader("The filled workbook, an Excel file (.xlsx)", type="xlsx", key="cohort_file")
    update = st.checkbox("Change what was brought in before and says something else now", key="cohort_update")
    if st.button("Check and bring in", type="primary", disabled=file is None) and file is not None:
        _bring_in(file, update)


def _bring_in(file: BinaryIO, update: bool) -> None:
    """What came of it stands open on the page: it is what there is to do next."""
    try:
        with st.spinner("Checking the workbook"):
            brought = import_cohort(current_actor(), read_cohort(file), update=update)
    except CohortRefused as refused:
        _problems(refused)
    except Refused as refused:
        st.error(paragraphs(str(refused)))
    else:
        st.success("The cohort is brought in.")
        _report(brought)


def _problems(refused: CohortRefused) -> None:
    many = len(refused.problems)
    st.error(
        f"**There is a problem**\n\n{many:,} {'thing' if many == 1 else 'things'} to put right. Nothing was stored."
    )
    table.draw(
        "What to put right",
        ("Sheet", "Row", "Column", "What to do"),
        [(p.sheet, str(p.row or ""), p.column or "", p.sentence) for p in refused.problems[:SHOWN]],
        is_wide=True,
    )
    if many > SHOWN:
        st.text(f"And {many - SHOWN:,} more.")


def _report(brought: Brought) -> None:
    table.draw(
        "What was brought in",
        ("Sheet", "New", "Changed", "As it was"),
        [
            (sheet.name, brought.new[sheet.name], brought.changed[sheet.name], brought.unchanged[sheet.name])
            for sheet in SHEETS
        ],
    )
    for warning in brought.warnings:
        st.text(f"Worth a look: {warning}")


PAGE = Page("Bring in a cohort", "bring-in", frozenset({"coordinator"}), body)
