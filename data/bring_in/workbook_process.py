"""Reads a workbook (.xlsx) in a process of its own, with limits of time, memory, rows and unpacked size.

`read_workbook` starts the process and gives the cells. A file of 1 KB may claim two thousand million rows, or unpack to
more than the machine holds; whatever it does, it does to a child process that has no keys and ends.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HOME = Path(__file__).parents[2]

MOST_BYTES = 50 * 1024**2
MOST_UNPACKED = 100 * 1024**2
MOST_PARTS = 1_000
MOST_MEMORY = 1024**3
MOST_ROWS = 200_000
"""Of all sheets together; and no row may have a higher number."""
MOST_COLUMNS = 200
SECONDS = 60
"""Of processor time. What waits for the process gives up after twice as long."""

REFUSALS = {
    "unreadable": "Save it as an Excel workbook (.xlsx), or as a folder of CSV files: it could not be read",
    "large": "Split the file, or save its filled cells in a new workbook: it is too large to be read",
    "rows": f"Split the file, or save its filled cells in a new workbook: it has cells below row {MOST_ROWS:,}, or more rows in all",
    "columns": f"Clear the cells to the right of column {MOST_COLUMNS}: a sheet has far fewer columns",
}  # fmt: skip

ONE_AT_A_TIME = threading.Lock()

Cell = str | None | dict[str, str]
"""The cell's text; None when it is empty; `{"unreadable": "formula"}` or `"error"` where it holds no value."""


class WorkbookRefused(Exception):
    """The file cannot be read. `why` is a key of `REFUSALS`."""

    def __init__(self, why: str) -> None:
        super().__init__(REFUSALS[why])


@dataclass
class Line:
    number: int
    is_hidden: bool
    cells: list[Cell]


@dataclass
class SheetRead:
    """One sheet as it was found, the heading among its lines. Empty rows are left out."""

    title: str
    is_hidden: bool = False
    lines: list[Line] = field(default_factory=list)
    hidden_columns: frozenset[int] = frozenset()
    """Counted from 0."""
    merged: int = 0
    """How many ranges of merged cells there are."""


def read_workbook(content: bytes) -> list[SheetRead]:
    """The sheets of a workbook. Raises `WorkbookRefused` whatever is wrong with the file."""
    if len(content) > MOST_BYTES:
        raise WorkbookRefused("large")
    with ONE_AT_A_TIME:
        try:
            child = subprocess.run(
                [sys.executable, "-m", "data.bring_in.workbook_process"],
                cwd=HOME,
                env={"PATH": os.defpath, "LANG": "C.UTF-8", "OPENPYXL_LXML": "False"},
                input=content,
                capture_output=True,
                timeout=2 * SECONDS,
            )
        except subprocess.TimeoutExpired:
            raise WorkbookRefused("large") from None
    if child.returncode < 0:  # ended by the system: out of processor time or memory
        raise WorkbookRefused("large")
    if child.returncode:
        raise WorkbookRefused("unreadable")
    sheets: list[SheetRead] = []
    for line in child.stdout.splitlines():
        match json.loads(line):
            case ["refused", why]:
                raise WorkbookRefused(why)
            case ["sheet", title, is_hidden]:
                sheets.append(SheetRead(title, is_hidden))
            case ["row", number, is_hidden, cells]:
                sheets[-1].lines.append(Line(number, is_hidden, cells))
            case ["end", hidden_columns, merged]:
                sheets[-1].hidden_columns, sheets[-1].merged = frozenset(hidden_columns), merged
    return sheets


def cells_of(content: bytes) -> Iterator[list[Any]]:
    """What the child process writes, a list to a line: see `read_workbook`. Raises `WorkbookRefused`, or anything."""
    import openpyxl
    from openpyxl.utils import column_index_from_string
    from openpyxl.worksheet._reader import WorkSheetParser

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise WorkbookRefused("large")
        if archive.testzip() is not None:  # openpyxl passes over a sheet whose name was damaged
            raise WorkbookRefused("unreadable")
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    rows = 0
    for sheet in book.worksheets:
        yield ["sheet", sheet.title, sheet.sheet_state != "visible"]
        # openpyxl's own way through a sheet fills the gaps between rows with empty ones, two thousand million if need be.
        with sheet._get_source() as source:
            parser = WorkSheetParser(
                source,
                sheet._shared_strings,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            for number, row in parser.parse():
                rows += 1
                if number > MOST_ROWS or rows > MOST_ROWS:
                    raise WorkbookRefused("rows")
                cells: dict[int, Cell] = {cell["column"] - 1: _cell(cell) for cell in row}
                filled = [at for at, cell in cells.items() if cell is not None]
                shape = parser.row_dimensions.get(str(number), {})
                parser.row_dimensions.clear()
                if not filled:
                    continue
                if max(filled) >= MOST_COLUMNS:
                    raise WorkbookRefused("columns")
                yield [
                    "row",
                    number,
                    is_hidden(shape, "ht"),
                    [cells.get(at) for at in range(max(filled) + 1)],
                ]
            hidden = [
                at
                for letter, shape in parser.column_dimensions.items()
                if is_hidden(shape, "width")
                for at in range(column_index_from_string(letter) - 1, min(int(shape["max"]), MOST_COLUMNS))
            ]
            yield ["end", hidden, len(parser.merged_cells.mergeCell) if parser.merged_cells else 0]


def is_hidden(shape: dict[str, str], size: str) -> bool:
    return shape.get("hidden") in ("1", "true") or bool(size in shape and float(shape[size]) == 0)


def _cell(cell: dict[str, Any]) -> Cell:
    import datetime

    value = cell["value"]
    if cell["data_type"] == "f":
        return {"unreadable": "formula"}
    if cell["data_type"] == "e":
        return {"unreadable": "error"}
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ") if value.time() != datetime.time() else value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _main() -> int:
    import resource

    os.nice(10)  # a large workbook waits for people, and not they for it
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl does without, and starts in half the time
    with os.fdopen(1, "w", encoding="utf-8") as to_parent:  # a pipe, see `read_workbook`
        for line in _answer(sys.stdin.buffer.read()):
            to_parent.write(json.dumps(line) + "\n")
    return 0


def _answer(content: bytes) -> Iterator[list[Any]]:
    """Yields the cells, and last of all why they are not all of them."""
    try:
        yield from cells_of(content)
    except WorkbookRefused as refused:
        yield ["refused", next(key for key, sentence in REFUSALS.items() if sentence == str(refused))]
    except MemoryError:
        yield ["refused", "large"]
    except Exception:
        # Whatever a damaged file does to the libraries: no message of theirs may quote it.
        yield ["refused", "unreadable"]


if __name__ == "__main__":
    sys.exit(_main())
