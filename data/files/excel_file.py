"""An Excel workbook as this tool makes them: what people typed stays words, and its properties name the service."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import xlsxwriter

from data.files.service import SERVICE

SAFELY = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip


@contextmanager
def a_workbook(
    file: Path | io.BytesIO, title: str, made_at: datetime.datetime, *, about: str = ""
) -> Iterator[xlsxwriter.Workbook]:
    """A workbook to be filled, which is written to `file` at the end. `about`: the subject among its properties."""
    with xlsxwriter.Workbook(file, SAFELY) as book:
        book.set_properties(
            {
                "title": title,
                "subject": about,
                "author": SERVICE,
                "created": made_at.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0),
            }
        )
        yield book
