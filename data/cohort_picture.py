"""One chart of a view as a picture: the bars that the screen shows, with its finding, of what it is and who made it when."""

from __future__ import annotations

import datetime

from data.cohort import Shown
from data.cohort_excel import stamp
from data.dashboard.section import Cell, Section, value_of
from data.files.bar_picture import bars


def in_picture(shown: Shown, section: Section, made_by: str, made_at: datetime.datetime) -> bytes:
    """A PNG. That it was made is audited by `data.cohort.note_export`."""
    where, who = stamp(shown, made_by, made_at)
    drawn = section.lines[:-1] if section.has_total else section.lines
    return bars(
        [(words, [_number(cell) for cell in cells[: section.series]]) for words, cells in drawn],
        section.headings[1 : section.series + 1],
        above=(section.caption, section.finding, *section.warnings),
        below=(where, who),
        is_side_by_side=section.chart != "bars",
    )


def _number(cell: Cell) -> int | float | str:
    value = value_of(cell)
    return 0 if value is None else value
