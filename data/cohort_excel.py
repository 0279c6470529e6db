"""A view of the cohort as an Excel workbook: a sheet of figures and one of how they are counted. No child is named in it."""

from __future__ import annotations

import datetime
import io
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from data import clock
from data.cohort import Shown
from data.dashboard.past import AS_IT_STOOD
from data.dashboard.section import Cell, Count, Section
from data.files.excel_file import a_workbook
from data.returns.return_sheet import HEADING, LANDSCAPE_A4, RISKY
from forms.places import area_name


def in_workbook(shown: Shown, made_by: str, made_at: datetime.datetime) -> bytes:
    """The bytes of a file, stamped with who made it and when. That it was made is audited by `data.cohort.note_export`."""
    file = io.BytesIO()
    with a_workbook(file, f"Cohort: {shown.view.title}", made_at) as book:
        figures, counted = (
            Sheet(book, "Figures", (46, *([16] * 9))),
            Sheet(book, "How it is counted", (46, 120)),
        )
        for sheet in (figures, counted):
            _stamp(sheet, shown, made_by, made_at)
        counted.write("How a day is read", AS_IT_STOOD)
        for section in shown.sections:
            _figures(figures, section)
            for sentence in section.counted:
                counted.write(section.title, sentence)
    return file.getvalue()


class Sheet:
    """One sheet being written downwards."""

    def __init__(self, book: xlsxwriter.Workbook, name: str, widths: tuple[float, ...]) -> None:
        self._sheet, self._book, self._row = book.add_worksheet(name), book, 0
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)
        self._sheet.set_landscape()
        self._sheet.set_paper(LANDSCAPE_A4)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_footer("&CPage &P of &N&RRestricted")

    def write(self, *cells: Cell, **how: Any) -> None:
        for column, cell in enumerate(cells):
            value = cell.value if isinstance(cell, Count) else cell
            if isinstance(value, str):
                risky = {"quote_prefix": True} if value.lstrip(" ").startswith(RISKY) else {}
                self._sheet.write_string(
                    self._row, column, value, self._format({"text_wrap": column > 0, **how, **risky})
                )
            elif value is not None:
                self._sheet.write_number(
                    self._row,
                    column,
                    value,
                    self._format({"num_format": "#,##0.#" if value % 1 else "#,##0", **how}),
                )
        self._row += 1

    def space(self) -> None:
        self._row += 1

    def _format(self, how: dict[str, Any]) -> Format:
        return self._book.add_format({"valign": "top", **how})


def stamp(shown: Shown, made_by: str, made_at: datetime.datetime) -> tuple[str, str]:
    """Of what a file is, and who made it when."""
    asked, made = shown.asked, made_at.astimezone(clock.UK)
    areas = ", ".join(area_name(area) for area in asked.areas)
    only = "".join(f" Only: {words}." for words in asked.words)
    without = "".join(f" {words}" for words in shown.left_out)
    return (
        f"{areas}, as it stood at the end of {asked.on:%-d %B %Y}.{only}{without}",
        f"Made by {made_by}, {made:%-d %B %Y %H:%M}. Restricted: small numbers are shown. Not for publication.",
    )


def _stamp(sheet: Sheet, shown: Shown, made_by: str, made_at: datetime.datetime) -> None:
    sheet.write(f"Cohort: {shown.view.title}", bold=True, font_size=14, text_wrap=False)
    for words in stamp(shown, made_by, made_at):
        sheet.write(words, text_wrap=False)
    sheet.space()


def _figures(sheet: Sheet, section: Section) -> None:
    sheet.write(section.title, bold=True, font_size=12, text_wrap=False)
    sheet.write(section.finding, text_wrap=False)
    for warning in section.warnings:
        sheet.write(warning, italic=True, text_wrap=False)
    if section.lines:
        sheet.write(*section.headings, **HEADING)
        for at, (words, cells) in enumerate(section.lines):
            sheet.write(words, *cells, bold=section.has_total and at == len(section.lines) - 1)
    sheet.space()
