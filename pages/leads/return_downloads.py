"""The files of the return: made on click, for the account as it stands then; nothing lies ready."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from data.actor import Actor
from data.quarters import Quarter
from data.returns.return_csv import make_csv
from data.returns.return_excel import make_workbook
from data.returns.return_files import file_name
from data.returns.return_report import make_pdf, make_word
from data.returns.return_shape import Return
from pages.parts.made_on_click import PDF, WORD, made_on_click
from pages.parts.words import paragraphs

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Make = Callable[[Actor, Quarter, Sequence[str], str], bytes]


def draw(made: Return, which: str, *, is_main: bool) -> None:
    """`is_main`: whether taking the file is the next thing to do on the page."""
    st.text(made.marking)
    with st.container(horizontal=True):
        _button("Download the return as Excel", made, which, make_workbook, "xlsx", EXCEL, is_main)
        _button("Download the report as Word", made, which, make_word, "docx", WORD)
        _button("Download the report as PDF", made, which, make_pdf, "pdf", PDF)
        _button("Download the figures as CSV", made, which, make_csv, "csv", "text/csv")


def _button(
    words: str, made: Return, which: str, make: Make, ending: str, kind: str, is_main: bool = False
) -> None:
    quarter, areas = made.quarter, made.areas
    st.download_button(
        paragraphs(words),
        made_on_click(lambda actor: make(actor, quarter, areas, which)),
        file_name(made, ending),
        kind,
        on_click="ignore",
        type="primary" if is_main else "secondary",
    )
