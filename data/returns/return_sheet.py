"""One sheet of the return's workbook, written downwards: its heading and stamp first, numbers as numbers, words as words.

What stands on which sheet is `data.returns.return_excel`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from data.returns.return_files import stamp, what_it_is_of
from data.returns.return_shape import HIDDEN, Return

RISKY = ("=", "+", "-", "@", "\t", "\r", "\0")
"""How a cell begins that a spreadsheet would take for a formula, after leading spaces."""

LANDSCAPE_A4 = 9
HEADING = {"bold": True, "text_wrap": True, "bottom": 1}
DARK, LIGHT = "#1D4F78", "#8DB4D2"


class Page:
    def __init__(self, book: xlsxwriter.Workbook, of: Return) -> None:
        self.book, self.of = book, of
        self.row = 0
        self.width = 0

    def begin(self, name: str, heading: str, widths: Sequence[float]) -> None:
        self.name = name
        self.sheet: Worksheet = self.book.add_worksheet(name)
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        self.line(heading, bold=True, font_size=14)
        self.line(what_it_is_of(self.of))
        self.line(f"{stamp(self.of)} {self.of.marking}")
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

    def number(self, column: int, value: float | str, **how: Any) -> None:
        """A real number; where it is withheld, the sign that says so."""
        if value == HIDDEN:
            self.text(column, HIDDEN, align="right", **how)
            return
        self.sheet.write_number(self.row, column, float(value), self._format({"num_format": "#,##0", **how}))
        self.width = max(self.width, column)

    def heading(self, words: Sequence[str], **how: Any) -> None:
        for column, word in enumerate(words):
            self.text(column, word, **{**HEADING, **how})
        self.row += 1

    def chart(
        self,
        title: str,
        spoken: str,
        at: tuple[int, int],
        lines: Sequence[tuple[str, int, Sequence[Any]]],
        names: int,
        series: Sequence[tuple[str, int]],
    ) -> None:
        """Bars of the sheet's own cells: `lines` have a name, a row and their numbers, `series` a heading and a column;
        `names` is the column of the names. A line with a number that is withheld has no bar, and the title says so: a
        chart would take the sign for a nought, and draw the rest as if it were all."""
        drawn = [line for line in lines if HIDDEN not in line[2]]
        if not drawn:
            return
        if left_out := [name for name, _, numbers in lines if HIDDEN in numbers]:
            title += f". Not drawn, as numbers are withheld: {', '.join(left_out)}"
        chart = self.book.add_chart({"type": "bar", "subtype": "stacked"})
        rows = [row for _, row, _ in drawn]
        for which, ((name, numbers), colour) in enumerate(zip(series, (DARK, LIGHT), strict=False)):
            chart.add_series(
                {
                    "name": name,
                    "categories": self._cells(rows, names),
                    "categories_data": [line[0] for line in drawn],
                    "values": self._cells(rows, numbers),
                    "values_data": [line[2][which] for line in drawn],
                    "fill": {"color": colour},
                    "border": {"color": DARK},
                    "gap": 60,
                }
            )
        chart.set_title({"name": title, "name_font": {"size": 12, "bold": True}, "overlay": False})
        chart.set_y_axis({"reverse": True, "major_tick_mark": "none"})
        chart.set_x_axis(
            {"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#D0D7DE"}}}
        )
        chart.set_legend({"position": "bottom"} if len(series) > 1 else {"none": True})
        chart.set_size({"width": 640, "height": 90 + 32 * len(drawn)})
        self.sheet.insert_chart(*at, chart, {"description": spoken, "object_position": 2})

    def _cells(self, rows: Sequence[int], column: int) -> str:
        """These cells of a column, as a chart asks for them."""
        cells = [f"{self.name}!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}" for row in rows]
        return f"=({','.join(cells)})" if len(cells) > 1 else f"={cells[0]}"

    def end(self, headings: tuple[int, int], *, frozen_columns: int = 0) -> None:
        """Set the print: landscape, as wide as the page, `headings` (first and last row) on every page."""
        self.sheet.repeat_rows(*headings)
        self.sheet.freeze_panes(headings[1] + 1, frozen_columns)
        self.sheet.print_area(0, 0, max(self.row - 1, headings[1]), self.width)
        self.sheet.set_landscape()
        self.sheet.set_paper(LANDSCAPE_A4)
        self.sheet.fit_to_pages(1, 0)
        who_may = "Copy for publication" if self.of.published else "Restricted"
        self.sheet.set_header(f"&C&B{who_may}")
        self.sheet.set_footer(f"&L{self.of.quarter}, {self.of.stage}&CPage &P of &N&R{who_may}")

    def _format(self, how: dict[str, Any]) -> Format | None:
        return self.book.add_format({"valign": "top", **how}) if how else None
