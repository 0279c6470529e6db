"""Workbooks that are damaged, or larger than they look."""

from __future__ import annotations

import io
import zipfile

import openpyxl

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_row(number: int, rows: bytes = b"") -> bytes:
    """A workbook whose sheet `children` claims a row of this number; or has these rows."""
    rows = rows or b"<row r='%d'><c r='A%d' t='inlineStr'><is><t>x</t></is></c></row>" % (number, number)
    return _with_sheet(b"<worksheet xmlns='%s'><sheetData>%s</sheetData></worksheet>" % (NAMESPACE, rows))


def with_unpacked_size(size: int) -> bytes:
    """A workbook of few bytes whose sheet is that large once it is unpacked."""
    return _with_sheet(
        b"<worksheet xmlns='%s'><sheetData>%s</sheetData></worksheet>" % (NAMESPACE, b" " * size)
    )


def damaged(content: bytes, at: int) -> bytes:
    """The same with one byte turned over."""
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def _with_sheet(xml: bytes) -> bytes:
    book, empty, made = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.active.title = "children"
    book.save(empty)
    needed = ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    with (
        zipfile.ZipFile(empty) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for name in needed:
            new.writestr(name, old.read(name))
        new.writestr(SHEET, xml)
    return made.getvalue()
