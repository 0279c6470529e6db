"""The return as an Excel workbook: summary, demographics, themes, definitions and notes. Numbers are numbers, words are words."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data import clock
from data.actor import Actor
from data.audit import Event
from data.measures import themes
from data.measures.measure import TOTAL, Measure
from data.measures.oversight import BEING_OR_MAY_BE, DEMOGRAPHICS
from data.measures.reckoning import MEASURES
from data.quarters import Quarter
from data.returns import Return, by_place, draft_return

RISKY = ("=", "+", "-", "@", "\t", "\r", "\0")
"""How a cell begins that a spreadsheet would take for a formula, after leading spaces."""

LANDSCAPE_A4 = 9


def make_workbook(actor: Actor, quarter: Quarter, areas: Sequence[str] | None = None) -> bytes:
    """The return of `draft_return` as the bytes of a file, stamped with who made it and when. The export is audited."""
    drafted = draft_return(actor, quarter, areas)
    with actor.writing() as work:
        work.note(Event("return exported", None, f"return {quarter}", "excel"))
    return in_workbook(drafted)


def in_workbook(drafted: Return) -> bytes:
    file = io.BytesIO()
    safely = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, safely) as book:
        book.set_properties({"title": f"Quarterly return {drafted.quarter}", "author": drafted.drafted_by})
        for write in (_summary, _demographics, _themes, _definitions, _notes):
            write(Page(book, drafted))
    return file.getvalue()


class Page:
    """One sheet being written downwards, its heading and stamp first."""

    def __init__(self, book: xlsxwriter.Workbook, drafted: Return) -> None:
        self.book, self.drafted = book, drafted
        self.row = 0
        self.width = 0

    def begin(self, name: str, heading: str, widths: Sequence[float]) -> None:
        self.sheet: Worksheet = self.book.add_worksheet(name)
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        made = self.drafted.drafted_at.astimezone(clock.UK)
        q = self.drafted.quarter
        self.line(heading, bold=True, font_size=14)
        self.line(
            f"{self.drafted.partnership.name}, {q}: {q.first:%-d %B %Y} to {q.last:%-d %B %Y}. "
            f"Areas: {', '.join(self.drafted.area_names)}."
        )
        self.line(
            f"Drafted by {self.drafted.drafted_by}, {made:%-d %B %Y %H:%M}. Definitions {self.drafted.definitions}. "
            "Restricted: small numbers are shown."
        )
        self.row += 1

    def line(self, words: str, **how: Any) -> None:
        self.text(0, words, **how)
        self.row += 1

    def text(self, column: int, words: str, **how: Any) -> None:
        """Words, also when a spreadsheet would read them as a formula."""
        if words.lstrip(" ").startswith(RISKY):
            how["quote_prefix"] = True
        if self.sheet.write_string(self.row, column, words, self._format(how)):
            raise ValueError("a cell does not hold that many characters")
        self.width = max(self.width, column)

    def number(self, column: int, value: float, **how: Any) -> None:
        self.sheet.write_number(self.row, column, value, self._format({"num_format": "#,##0", **how}))
        self.width = max(self.width, column)

    def heading(self, words: Sequence[str], **how: Any) -> None:
        for column, word in enumerate(words):
            self.text(column, word, **{**HEADING, **how})
        self.row += 1

    def end(self, headings: tuple[int, int], *, frozen_columns: int = 0) -> None:
        """Set the print: landscape, as wide as the page, `headings` (first and last row) on every page."""
        self.sheet.repeat_rows(*headings)
        self.sheet.freeze_panes(headings[1] + 1, frozen_columns)
        self.sheet.print_area(0, 0, max(self.row - 1, headings[1]), self.width)
        self.sheet.set_landscape()
        self.sheet.set_paper(LANDSCAPE_A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer(f"&L{self.drafted.quarter}&CPage &P of &N&RRestricted")

    def _format(self, how: dict[str, Any]) -> Format | None:
        return self.book.add_format({"valign": "top", **how}) if how else None


HEADING = {"bold": True, "text_wrap": True, "bottom": 1}


def _summary(page: Page) -> None:
    """Areas as rows, then the total and the total of the quarter before; measure 4 has a sheet of its own."""
    columns = [(m, b) for m in MEASURES if m.number != 4 for b in m.breakdowns]
    page.begin("Summary", "Quarterly return: summary", [26] + [12] * len(columns))
    first = page.row
    at = 1
    for m, own in _together(columns):
        _over(page, at, len(own), f"{m.number}. {m.title}")
        at += len(own)
    page.row += 1
    page.sheet.set_row(first, 75)
    page.heading(["Area", *(b.label for _, b in columns)])
    page.sheet.set_row(page.row - 1, 75)
    now, before = page.drafted.values(), by_place(page.drafted.last_quarter)
    for area in (*page.drafted.area_names, TOTAL):
        _numbers(page, area, (now[area, m.number, b.name] for m, b in columns), bold=area == TOTAL)
    earlier = page.drafted.quarter.before()
    _numbers(page, f"Total of {earlier}", (before[TOTAL, m.number, b.name] for m, b in columns), italic=True)
    page.end((first, first + 1), frozen_columns=1)


def _together(columns: Iterable[tuple[Measure, Any]]) -> list[tuple[Measure, list[Any]]]:
    groups: dict[int, tuple[Measure, list[Any]]] = {}
    for m, b in columns:
        groups.setdefault(m.number, (m, []))[1].append(b)
    return list(groups.values())


def _over(page: Page, column: int, columns: int, words: str) -> None:
    """A heading over several columns."""
    if columns == 1:
        page.text(column, words, **HEADING)
    else:
        merged = page.book.add_format({**HEADING, "valign": "top", "left": 1})
        page.sheet.merge_range(page.row, column, page.row, column + columns - 1, words, merged)


def _numbers(page: Page, name: str, values: Iterable[int], **how: Any) -> None:
    page.text(0, name, **how)
    for column, value in enumerate(values, 1):
        page.number(column, value, **how)
    page.row += 1


def _demographics(page: Page) -> None:
    """A table for each area and the total, ways of dividing the children beneath each other."""
    page.begin("Demographics", "Measure 4: the children in the meeting's oversight", [18, 26, 38, 12, 12, 12])
    first = page.row
    page.heading(["Area", "", "", "All", *(label for _, label in BEING_OR_MAY_BE)])
    values = page.drafted.values()
    for area in (*page.drafted.area_names, TOTAL):
        for column, (title, options) in DEMOGRAPHICS.items():
            for key, label in options:
                page.text(0, area)
                page.text(1, title)
                page.text(2, label)
                name = f"{column}={key}"
                page.number(3, values[area, 4, name])
                for at, (judgement, _) in enumerate(BEING_OR_MAY_BE, 4):
                    page.number(at, values[area, 4, f"{name};judgement={judgement}"])
                page.row += 1
    page.sheet.autofilter(first, 0, page.row - 1, 2)
    page.end((first, first), frozen_columns=3)


def _themes(page: Page) -> None:
    page.begin("Themes", "Measure 3: emerging themes, in children", [18, 26, 90, 12, 16, 12])
    first = page.row
    page.heading(["Area", "Kind", "Label", "This quarter", "Mean of the four before", "Difference"])
    kinds = dict(themes.KINDS)
    for t in page.drafted.themes:
        page.text(0, t.area)
        page.text(1, kinds[t.kind])
        page.text(2, t.label, text_wrap=True)
        page.number(3, t.this_quarter)
        page.number(4, t.mean_of_four_before, num_format="#,##0.00")
        page.number(5, t.this_quarter - t.mean_of_four_before, num_format="+#,##0.00;-#,##0.00;0.00")
        page.row += 1
    if not page.drafted.themes:
        page.line("No context, sign or place was recorded in these five quarters.")
    page.end((first, first))


def _definitions(page: Page) -> None:
    page.begin(
        "Definitions", f"What each measure counts: definitions {page.drafted.definitions}", [10, 50, 110]
    )
    first = page.row
    page.heading(["Measure", "Title", "Definition"])
    said = {m.number: (m.title, m.sentence) for m in MEASURES} | {3: (themes.TITLE, themes.SENTENCE)}
    for number, (title, sentence) in sorted(said.items()):
        page.number(0, number)
        page.text(1, title, text_wrap=True)
        page.text(2, sentence, text_wrap=True)
        page.row += 1
    page.end((first, first))


def _notes(page: Page) -> None:
    """What the coordinators wrote, and whether each figure adds up."""
    page.begin("Notes", "Narratives and checks", [18, 10, 14, 120])
    first = page.row
    page.heading(["Area", "Measure", "What", "Words"])
    for n in page.drafted.narratives:
        if n.text:
            _note(page, n.area, n.measure, "Narrative", n.text)
    for c in page.drafted.checks:
        _note(page, c.area, c.measure, "Check" if c.holds else "Does not add up", c.sentence)
    page.end((first, first))


def _note(page: Page, area: str, measure: int, what: str, words: str) -> None:
    page.text(0, area)
    page.number(1, measure)
    page.text(2, what)
    page.text(3, words, text_wrap=True)
    page.row += 1
