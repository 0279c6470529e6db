"""Reading a workbook (.xlsx) or a folder of CSV files into rows, with a problem for each cell that cannot be read, and a
question for what cannot be seen in the file or would be left out.

Nothing here looks into the store. Columns and what they may hold: `data.bring_in.cohort_workbook`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from data.bring_in.cohort_workbook import (
    BY_NAME,
    EXAMPLE,
    CheckedRow,
    CohortRefused,
    Problem,
    Question,
    Sheet,
    Workbook,
)
from data.bring_in.workbook_process import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    REFUSALS,
    Cell,
    Line,
    SheetRead,
    WorkbookRefused,
    read_workbook,
)
from forms.question import Wrong

NOT_READ = ("how to fill this in", "allowed values")
"""The template's own sheets besides those with data."""

UNREADABLE = {
    "formula": "Replace the formula with its value: copy the cell and paste it as a value",
    "error": "Correct the cell: the spreadsheet shows an error in it",
}

LEFT_OUT, BROUGHT_IN = "out", "in"
IN_OR_OUT = ((LEFT_OUT, "Leave it out"), (BROUGHT_IN, "Bring it in"))
IN_ALONE = ((BROUGHT_IN, "Bring it in: no row can do without it"),)
"""Options of what is asked about a part of the file."""


def read_cohort(source: Path | BinaryIO) -> Workbook:
    """The rows, with all problems of single cells. Raises `CohortRefused` when the file itself cannot be read."""
    try:
        sheets = (
            _folder(source) if isinstance(source, Path) and source.is_dir() else read_workbook(_bytes(source))
        )
    except WorkbookRefused as refused:
        raise CohortRefused([Problem("file", None, None, str(refused))]) from None
    workbook = Workbook()
    for found in sheets:
        name = found.title.strip().casefold()
        sheet = BY_NAME.get(name)
        if sheet is None:
            if name not in NOT_READ:
                workbook.of_sheets.append(
                    Problem(
                        found.title,
                        None,
                        None,
                        f"Rename or remove this sheet: the sheets are {', '.join(BY_NAME)}",
                    )
                )
        elif sheet.name in workbook.rows:
            workbook.of_sheets.append(Problem(sheet.name, None, None, "Keep one sheet of this name"))
        else:
            workbook.rows[sheet.name] = list(_SheetReading(sheet, found, workbook).rows())
    if not workbook.rows and not workbook.problems:
        workbook.of_sheets.append(
            Problem(
                "workbook", None, None, f"Add the sheets ({', '.join(BY_NAME)}): there is none of them yet"
            )
        )
    return workbook


def _bytes(source: Path | BinaryIO) -> bytes:
    """The file's content, but never much more than may be read."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    source.seek(0)
    return source.read(MOST_BYTES + 1)


def _folder(folder: Path) -> list[SheetRead]:
    return [_csv_file(path) for path in sorted(folder.glob("*.[cC][sS][vV]"))]


def _csv_file(path: Path) -> SheetRead:
    content = _bytes(path)
    if len(content) > MOST_BYTES:
        raise CohortRefused([Problem(path.name, None, None, REFUSALS["large"])])
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        sentence = "Save the file as CSV with commas, in UTF-8: it could not be read"
        raise CohortRefused([Problem(path.name, None, None, sentence)]) from None
    if len(lines) > MOST_ROWS:
        raise CohortRefused([Problem(path.name, None, None, REFUSALS["rows"])])
    if any(len(line) > MOST_COLUMNS for line in lines):
        raise CohortRefused([Problem(path.name, None, None, REFUSALS["columns"])])
    return SheetRead(
        path.stem,
        lines=[
            Line(number, False, [cell.strip() or None for cell in line])
            for number, line in enumerate(lines, start=1)
            if any(cell.strip() for cell in line)
        ],
    )


class _SheetReading:
    """One sheet: its heading, then its rows; what is asked and noted goes to the workbook."""

    def __init__(self, sheet: Sheet, found: SheetRead, workbook: Workbook) -> None:
        self.sheet, self.found, self.workbook = sheet, found, workbook
        has_heading = bool(found.lines) and found.lines[0].number == 1
        self.headings = [_text(cell) for cell in found.lines[0].cells] if has_heading else []
        self.names = [heading.casefold() for heading in self.headings]
        self.lines = found.lines[1:] if has_heading else found.lines
        self.seen: dict[tuple[str, str], Any] = {}
        """What was read before, by column and text; most cells of a column are alike."""

    def rows(self) -> Iterator[CheckedRow]:
        self._check_headings()
        examples = [line for line in self.lines if self._is_the_example(line)]
        lines = [line for line in self.lines if not self._is_the_example(line)]
        if examples:
            self._note(
                _many(
                    len(examples),
                    "row is the template's example and was",
                    "rows are the template's examples and were",
                )
            )
        of_sheet = self._ask_of_sheet() if lines else ()
        self._ask_of_columns(lines)
        by_row = self._ask_of_rows(lines)
        for line in lines:
            asked_by = (*of_sheet, *by_row.get(line.number, ()))
            row = CheckedRow(self.sheet, line.number, {}, asked_by=asked_by)
            row.values = dict(self._values(line, row.problems))
            if any(value is not None for value in row.values.values()) or row.problems:
                yield row

    def _check_headings(self) -> None:
        known = {column.name for column in self.sheet.columns}
        for heading, name in zip(self.headings, self.names, strict=True):
            if name and name not in known:
                self._problem(None, f"Rename or remove the column “{heading}”: it is not known")
            elif name and self.names.count(name) > 1:
                self._problem(name, "Keep one column of this name")
        for column in self.sheet.columns:
            if column.required and column.name not in self.names:
                self._problem(column.name, "Add this column")

    def _is_the_example(self, line: Line) -> bool:
        """Every filled cell is the template's own. A row that only begins like it is somebody's."""
        cells = dict(zip(self.names, line.cells, strict=False))
        own = [(_text(cells.get(column.name)), column.example) for column in self.sheet.columns]
        return self._begins_like_it(line) and all(text in ("", example) for text, example in own)

    @staticmethod
    def _begins_like_it(line: Line) -> bool:
        return _text(line.cells[0]).upper().startswith(EXAMPLE)

    def _ask_of_sheet(self) -> tuple[str, ...]:
        if self.found.merged:
            merged = _many(self.found.merged, "range of cells is merged", "ranges of cells are merged")
            self._ask(
                f"{merged}: only the first cell of each holds words, and the others are blank.",
                (("go", "Read them as they are"),),
            )
        if not self.found.is_hidden:
            return ()
        return (
            self._ask(f"This sheet is hidden, and has {_many(len(self.lines), 'row', 'rows')}.", IN_OR_OUT),
        )

    def _ask_of_columns(self, lines: list[Line]) -> None:
        for at in sorted(self.found.hidden_columns):
            filled = sum(_is_filled(line, at) for line in lines)
            if at < len(self.names) and self.names[at] and filled:
                name = self.names[at]
                sentence = f"This column is hidden, and {_many(filled, 'cell', 'cells')} of it are filled."
                is_required = any(column.required for column in self.sheet.columns if column.name == name)
                options = IN_ALONE if is_required else IN_OR_OUT
                self.workbook.hidden_columns[self.sheet.name, name] = self._ask(sentence, options, name)
        width = max((len(line.cells) for line in lines), default=0)
        for at in range(width):
            filled = sum(_is_filled(line, at) for line in lines)
            if filled and not (at < len(self.names) and self.names[at]):
                self._ask(
                    f"Column {_letters(at)} has no heading, and {_many(filled, 'filled cell', 'filled cells')}."
                    " Give it a heading, or:",
                    ((LEFT_OUT, "Leave these cells out"),),
                )

    def _ask_of_rows(self, lines: list[Line]) -> dict[int, tuple[str, ...]]:
        """Row → the questions that ask whether it is brought in."""
        found: dict[int, tuple[str, ...]] = {}
        hidden = [line.number for line in lines if line.is_hidden]
        like_example = [line.number for line in lines if self._begins_like_it(line)]
        for numbers, one, several in (
            (hidden, "row is hidden", "rows are hidden"),
            (like_example, f"row begins with {EXAMPLE} and is not the template's own", f"rows begin with {EXAMPLE} and are not the template's own"),
        ):  # fmt: skip
            if numbers:
                key = self._ask(f"{_many(len(numbers), one, several)}: {_listed(numbers)}.", IN_OR_OUT)
                for number in numbers:
                    found[number] = (*found.get(number, ()), key)
        return found

    def _values(self, line: Line, problems: list[Problem]) -> Iterator[tuple[str, Any]]:
        """The value of each column that the sheet has."""
        cells = dict(zip(self.names, [*line.cells, *[None] * len(self.names)], strict=False))
        for column in self.sheet.columns:
            if column.name not in cells:
                continue
            cell, value = cells[column.name], None
            try:
                if isinstance(cell, dict):
                    raise Wrong(UNREADABLE[cell["unreadable"]])
                text = _text(cell)
                if text and (column.name, text) in self.seen:
                    value = self.seen[column.name, text]
                elif text:
                    value = self.seen[column.name, text] = column.read(text)
                elif column.required:
                    raise Wrong(f"Enter {_with_article(column.name)}")
            except Wrong as wrong:
                problems.append(Problem(self.sheet.name, line.number, column.name, str(wrong)))
            yield column.name, value

    def _problem(self, column: str | None, sentence: str) -> None:
        self.workbook.of_sheets.append(Problem(self.sheet.name, 1, column, sentence))

    def _ask(self, sentence: str, options: tuple[tuple[str, str], ...], column: str | None = None) -> str:
        question = Question(self.sheet.name, None, column, sentence, options)
        self.workbook.questions.append(question)
        return question.key

    def _note(self, what: str) -> None:
        self.workbook.notes.append(f"{self.sheet.name}: {what} left out")


def _is_filled(line: Line, at: int) -> bool:
    return at < len(line.cells) and line.cells[at] is not None


def _many(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:10]))
    return f"{shown} and {len(numbers) - 10:,} more" if len(numbers) > 10 else shown


def _letters(at: int) -> str:
    """The name that a spreadsheet gives to a column, counted from 0."""
    return (_letters(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return "formula" if isinstance(cell, dict) else cell.strip()


def _with_article(name: str) -> str:
    words = name.replace("_ref", " reference").replace("_on", " date").replace("_", " ")
    return f"the {words}"
