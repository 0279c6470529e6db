"""Reading a workbook (.xlsx) or a folder of CSV files into rows, with a problem for each cell that cannot be read.

Nothing here looks into the store. Columns and what they may hold: `data.bring_in.cohort_workbook`.
"""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from data.bring_in.cohort_workbook import (
    BY_NAME,
    EXAMPLE,
    CheckedRow,
    CohortRefused,
    Problem,
    Sheet,
    Workbook,
)
from forms.question import Wrong

NOT_READ = ("how to fill this in", "allowed values")
"""The template's own sheets besides those with data."""

MOST_ROWS = 500_000

Lines = Iterable[Sequence[Any]]


class _Unreadable:
    """A cell that holds a formula or an error of the spreadsheet instead of a value."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence


FORMULA = _Unreadable("Replace the formula with its value: copy the cell and paste it as a value")
BROKEN = _Unreadable("Correct the cell: the spreadsheet shows an error in it")


def read_cohort(source: Path | BinaryIO) -> Workbook:
    """The rows and all problems with single cells. Raises `CohortRefused` when the file itself cannot be read."""
    workbook = Workbook()
    for name, lines in _folder(source) if isinstance(source, Path) and source.is_dir() else _xlsx(source):
        sheet = BY_NAME.get(name.strip().casefold())
        if sheet is None:
            if name.strip().casefold() not in NOT_READ:
                known = ", ".join(BY_NAME)
                workbook.problems.append(
                    Problem(name, None, None, f"Rename or remove this sheet: the sheets are {known}")
                )
        elif sheet.name in workbook.rows:
            workbook.problems.append(Problem(sheet.name, None, None, "Keep one sheet of this name"))
        else:
            workbook.rows[sheet.name] = list(_rows(sheet, iter(lines), workbook.problems))
    if not workbook.rows and not workbook.problems:
        workbook.problems.append(
            Problem(
                "workbook", None, None, f"Add the sheets ({', '.join(BY_NAME)}): there is none of them yet"
            )
        )
    return workbook


def _xlsx(source: Path | BinaryIO) -> Iterator[tuple[str, Lines]]:
    # Formulas are looked at, not their last result: a result is missing when a program wrote the file.
    try:
        book = openpyxl.load_workbook(source, read_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # some programs write a wrong size, and rows would be lost
            yield sheet.title, ([_cell(cell) for cell in row] for row in sheet.iter_rows())
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        OSError,
        SyntaxError,
        EOFError,
    ):
        sentence = "Save it as an Excel workbook (.xlsx), or as a folder of CSV files: it could not be read"
        raise CohortRefused([Problem("file", None, None, sentence)]) from None


def _folder(folder: Path) -> Iterator[tuple[str, Lines]]:
    for path in sorted(folder.glob("*.[cC][sS][vV]")):
        try:
            text = path.read_text(encoding="utf-8-sig")
            yield path.stem, list(csv.reader(io.StringIO(text, newline=""), strict=True))
        except (UnicodeDecodeError, csv.Error):
            sentence = "Save the file as CSV with commas, in UTF-8: it could not be read"
            raise CohortRefused([Problem(path.name, None, None, sentence)]) from None


def _cell(cell: Any) -> Any:
    if cell.data_type == "f":
        return FORMULA
    if cell.data_type == "e":
        return BROKEN
    value = cell.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ") if value.time() != datetime.time() else value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value


def _rows(sheet: Sheet, lines: Iterator[Sequence[Any]], problems: list[Problem]) -> Iterator[CheckedRow]:
    headings = [_text(cell) for cell in next(lines, ())]
    names = [heading.casefold() for heading in headings]
    known = {column.name for column in sheet.columns}
    for heading, name in zip(headings, names, strict=True):
        if name and name not in known:
            problems.append(
                Problem(sheet.name, 1, None, f"Rename or remove the column “{heading}”: it is not known")
            )
        elif name and names.count(name) > 1:
            problems.append(Problem(sheet.name, 1, name, "Keep one column of this name"))
    for column in sheet.columns:
        if column.required and column.name not in names:
            problems.append(Problem(sheet.name, 1, column.name, "Add this column"))
    seen: dict[tuple[str, str], Any] = {}
    for number, line in enumerate(lines, start=2):
        cells = {name: line[i] if i < len(line) else None for i, name in enumerate(names)}
        if not any(_text(cell) for cell in line) or _text(line[0]).upper().startswith(EXAMPLE):
            continue
        if number > MOST_ROWS:
            problems.append(
                Problem(sheet.name, number, None, f"Split the file: a sheet has at most {MOST_ROWS:,} rows")
            )
            return
        yield CheckedRow(sheet, number, dict(_values(sheet, number, cells, seen, problems)))


def _values(
    sheet: Sheet,
    number: int,
    cells: dict[str, Any],
    seen: dict[tuple[str, str], Any],
    problems: list[Problem],
) -> Iterator[tuple[str, Any]]:
    """Each column's value. `seen`: what was read before, by column and text; most cells of a column are alike."""
    for column in sheet.columns:
        cell = cells.get(column.name)
        value = None
        try:
            if isinstance(cell, _Unreadable):
                raise Wrong(cell.sentence)
            text = _text(cell)
            if text and (column.name, text) in seen:
                value = seen[column.name, text]
            elif text:
                value = seen[column.name, text] = column.read(text)
            elif column.required and column.name in cells:
                raise Wrong(f"Enter {_with_article(column.name)}")
        except Wrong as wrong:
            problems.append(Problem(sheet.name, number, column.name, str(wrong)))
        yield column.name, value


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return "formula" if isinstance(cell, _Unreadable) else str(cell).strip()


def _with_article(name: str) -> str:
    words = name.replace("_ref", " reference").replace("_on", " date").replace("_", " ")
    return f"the {words}"
