"""`python -m data template`: an empty workbook for a cohort, with headings, allowed values and an example row."""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from data import clock
from data.bring_in.cohort_workbook import EXAMPLE, SHEETS, Column
from data.files.excel_file import a_workbook

HOW_TO = (
    "One sheet for each kind of record; one row for each record. Keep the headings.",
    "Dates are YYYY-MM-DD. Leave a cell blank when it is not known. Columns with a bold heading must be filled.",
    "If nobody knows the date of birth, enter the nearest date you can, and yes in date_of_birth_is_estimate.",
    "References (child_ref, referral_ref, episode_ref) are your own: any words or numbers, each used once in its sheet.",
    f"The rows that begin with {EXAMPLE} are examples and are passed over as long as they are as they came.",
    "Where several values may stand in a cell, put ; between them.",
    "Names, dates of birth and the like are sensitive: keep this file where such files are kept, and delete it afterwards.",
)

ROWS_WITH_A_LIST = 20_000
"""How far down a cell offers its allowed values."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FILE.xlsx", help="the workbook to write; it must not be there yet"
    )


def run(arguments: argparse.Namespace) -> int:
    if arguments.file.exists() and arguments.file.stat().st_size:
        raise FileExistsError(None, "a file of that name is there already")
    write_template(arguments.file)
    print(f"Wrote {arguments.file}.")
    return 0


def template_workbook() -> bytes:
    """The empty workbook, for a page to offer."""
    file = io.BytesIO()
    write_template(file)
    return file.getvalue()


def write_template(file: Path | io.BytesIO) -> None:
    with a_workbook(file, "Workbook that brings in a cohort", clock.now()) as book:
        must, may = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"italic": True})
        text = book.add_format({"num_format": "@"})  # keeps 2026-03-04 and 0123 as they are typed
        for sheet in SHEETS:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            for number, column in enumerate(sheet.columns):
                page.set_column(
                    number, number, max(14, len(column.name) + 2, min(len(column.example) + 2, 40)), text
                )
                page.write_string(0, number, column.name, must if column.required else may)
                if column.example:
                    page.write_string(1, number, column.example, text)
        guide = book.add_worksheet("how to fill this in")
        guide.set_column(0, 0, 110)
        for number, sentence in enumerate(HOW_TO):
            guide.write_string(number, 0, sentence)
        allowed = book.add_worksheet("allowed values")
        with_values = [(sheet, column) for sheet in SHEETS for column in sheet.columns if column.allowed]
        for number, (sheet, column) in enumerate(with_values):
            allowed.set_column(number, number, 26)
            allowed.write_string(0, number, f"{sheet.name}: {column.name}", must)
            for row, value in enumerate(column.allowed, start=1):
                allowed.write_string(row, number, value)
            _offer(book.get_worksheet_by_name(sheet.name), sheet.columns.index(column), column, number)


def _offer(page: Worksheet, at: int, column: Column, listed_in: int) -> None:
    """Offer the allowed values in the cell, where it takes one of them; other words are left to the import to judge."""
    if not column.several:
        letter = xl_col_to_name(listed_in)
        page.data_validation(
            1, at, ROWS_WITH_A_LIST, at,
            {
                "validate": "list", "source": f"='allowed values'!${letter}$2:${letter}${len(column.allowed) + 1}",
                "error_type": "information",
            },
        )  # fmt: skip
