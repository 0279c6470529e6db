"""A Word file as this tool makes them: real headings and tables, marked, paged, and stamped with who printed it.

Knows no form. All text arrives as plain text: nothing in it is read as markup, a field or a formula.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Sequence

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from data.files.service import SERVICE
from forms.pasted_text import cleaned

LANGUAGE = "en-GB"
FONT = "Arial"
INK = RGBColor(0x1F, 0x23, 0x28)
LINES, HEAD = "9CA3AF", "F3F4F6"
SHORT = 800  # characters: a row of fewer is kept on one page
WIDTH_IN_CM = 17.0  # A4 less two margins of 2 cm


def printable(text: str) -> str:
    """Without what XML 1.0 cannot hold; what was stored as any kind of line break is one."""
    return cleaned(text)


class WordFile:
    def __init__(self, title: str, *, marking: str, stamp: str, is_landscape: bool = False) -> None:
        """`marking` heads every page; `stamp` stands at its foot beside the page's number."""
        self._is_landscape = is_landscape
        self._width = WIDTH_IN_CM + (29.7 - 21 if is_landscape else 0)
        self._document = Document()
        about = self._document.core_properties
        about.title, about.language, about.comments = printable(title), LANGUAGE, ""
        about.author = about.last_modified_by = SERVICE
        self._set_styles()
        self._set_page(printable(marking), printable(stamp))
        self.heading(title, 1)

    def heading(self, text: str, level: int) -> None:
        self._document.add_heading(printable(text), level)

    def paragraph(self, text: str) -> None:
        self._document.add_paragraph(printable(text))

    def facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """Lines of a name and what it is."""
        for name, what in facts:
            line = self._document.add_paragraph()
            line.paragraph_format.space_after = Pt(2)
            line.add_run(printable(f"{name}: ")).bold = True
            line.add_run(printable(what))

    def table(
        self,
        heads: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        caption: str,
        shares: Sequence[float],
        numbers_from: int = 1_000,
    ) -> None:
        """A table whose first row repeats on each page and is marked as its header. `shares` of the width add up to 1.
        Columns from `numbers_from` on hold numbers, which align."""
        table = self._document.add_table(1, len(heads))
        before = table._tbl.getprevious()
        if isinstance(before, CT_P):  # what leads to a table is on the page where the table begins
            Paragraph(before, self._document).paragraph_format.keep_with_next = True
        table.autofit = False
        properties = table._tbl.tblPr
        properties.append(_borders())
        properties.append(_element("w:tblCaption", val=printable(caption)))
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Cm(self._width * share)
        head = table.rows[0]
        head._tr.get_or_add_trPr().append(_element("w:tblHeader"))
        for at, (cell, text) in enumerate(zip(head.cells, heads, strict=True)):
            _write(cell, text, bold=True, is_number=at >= numbers_from)
            cell.paragraphs[0].paragraph_format.keep_with_next = True
            cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=HEAD))
        for texts in rows:
            row = table.add_row()
            if max(map(len, texts)) < SHORT:
                row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
            for at, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                _write(cell, text, is_number=at >= numbers_from)
        gap = self._document.add_paragraph().paragraph_format  # without it, Word joins two tables into one
        gap.line_spacing, gap.space_after = Pt(6), Pt(0)

    def picture(self, png: bytes, spoken: str, *, caption: str, share: float = 0.6) -> None:
        """A picture over a share of the width, beneath what it is of. `spoken`: what it says, for those who do not see it."""
        over = self._document.add_paragraph()
        over.add_run(printable(caption)).bold = True
        over.paragraph_format.keep_with_next = True
        drawn = self._document.add_picture(io.BytesIO(png), width=Cm(self._width * share))
        about = drawn._inline.docPr
        about.set("descr", printable(spoken))

    def dated(self, at: datetime.datetime) -> None:
        """The instant that the file says it was made at."""
        about = self._document.core_properties
        about.created = about.modified = at.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)

    def as_bytes(self) -> bytes:
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()

    def _set_styles(self) -> None:
        styles = self._document.styles
        for language in styles.element.iter(qn("w:lang")):
            language.set(qn("w:val"), LANGUAGE)
        normal = styles["Normal"]
        assert isinstance(normal, ParagraphStyle)
        normal.font.name, normal.font.size, normal.font.color.rgb = FONT, Pt(10.5), INK
        normal.paragraph_format.space_after = Pt(6)
        for level, size in ((1, 20), (2, 14), (3, 12), (4, 10.5), (5, 10.5)):
            style = styles[f"Heading {level}"]
            assert isinstance(style, ParagraphStyle)
            # The template's own face comes from its theme, which would win over a name given here.
            style.element.rPr.remove(style.element.rPr.rFonts)
            style.font.size, style.font.bold, style.font.italic = Pt(size), True, False
            style.font.color.rgb = INK
            style.paragraph_format.space_before = Pt(16 if level > 1 else 0)
            style.paragraph_format.space_after = Pt(6)

    def _set_page(self, marking: str, stamp: str) -> None:
        page = self._document.sections[0]
        short, long = Cm(21), Cm(29.7)
        page.page_width, page.page_height = (long, short) if self._is_landscape else (short, long)
        if self._is_landscape:
            page.orientation = WD_ORIENT.LANDSCAPE
        page.left_margin = page.right_margin = Cm(2)
        page.top_margin = page.bottom_margin = Cm(2.2)
        head = page.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        head.add_run(marking).bold = True
        foot = page.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        foot.add_run(f"{stamp}. Page ")
        _add_field(foot, "PAGE")
        foot.add_run(" of ")
        _add_field(foot, "NUMPAGES")
        for run in foot.runs:
            run.font.size = Pt(8.5)


def _write(cell: _Cell, text: str, *, bold: bool = False, is_number: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    if is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    paragraph.add_run(printable(text)).bold = bold or None


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _borders() -> BaseOxmlElement:
    """Fine lines between rows and none between columns."""
    borders = _element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color=LINES))
    return borders


def _add_field(paragraph: Paragraph, code: str) -> None:
    """A number that Word counts: the page's, or how many there are."""
    field = _element("w:fldSimple", instr=code)
    run = OxmlElement("w:r")
    size = OxmlElement("w:rPr")
    size.append(_element("w:sz", val="17"))
    run.append(size)
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
