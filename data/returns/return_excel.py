"""The return as an Excel workbook: summary, demographics, themes, definitions and notes. How a sheet is written: `return_sheet`."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from data.actor import Actor
from data.files.excel_file import a_workbook
from data.measures import themes
from data.measures.chance import compared
from data.measures.measure import TOTAL
from data.measures.oversight import BEING_OR_MAY_BE, DEMOGRAPHICS
from data.quarters import Quarter
from data.returns.return_files import DRAFT, made_at, to_send_out
from data.returns.return_shape import Return, Said, by_place, shown
from data.returns.return_sheet import HEADING, Page

AGES = "age"


def make_workbook(
    actor: Actor, quarter: Quarter, areas: Sequence[str] | None = None, which: str = DRAFT
) -> bytes:
    """The return of `return_files.asked_for` as the bytes of a file, stamped with who made it and when. Audited."""
    return in_workbook(to_send_out(actor, quarter, areas, which, "excel"))


def in_workbook(made: Return) -> bytes:
    file = io.BytesIO()
    with a_workbook(file, f"Quarterly return {made.quarter}", made_at(made), about=made.marking) as book:
        for write in (_summary, _demographics, _themes, _definitions, _notes):
            write(Page(book, made))
    return file.getvalue()


def _summary(page: Page) -> None:
    """Areas as rows, then the total and the total of the quarter before; measure 4 has a sheet of its own."""
    measures = [said for said in page.of.measures if said.number not in (3, 4)]
    columns = [(said, name, label) for said in measures for name, label in said.breakdowns]
    page.begin("Summary", "Quarterly return: summary", [26] + [12] * len(columns))
    first = page.row
    at = 1
    for said in measures:
        _over(page, at, len(said.breakdowns), f"{said.number}. {said.title}")
        at += len(said.breakdowns)
    page.row += 1
    page.sheet.set_row(first, 75)
    page.heading(["Area", *(label for _, _, label in columns)])
    page.sheet.set_row(page.row - 1, 75)
    now, before = page.of.values(), by_place(page.of.last_quarter)
    areas = page.row
    for area in (*page.of.area_names, TOTAL):
        _numbers(page, area, (now[area, said.number, name] for said, name, _ in columns), bold=area == TOTAL)
    if before:
        how = ", as locked" if page.of.is_last_quarter_locked else ""
        name = f"Total of {page.of.quarter.before()}{how}"
        _numbers(page, name, (before.get((TOTAL, said.number, b), "") for said, b, _ in columns), italic=True)
    _chart_of_areas(page, areas, [(said.number, name) for said, name, _ in columns])
    page.end((first, first + 1), frozen_columns=1)


def _chart_of_areas(page: Page, first: int, columns: list[tuple[int, str]]) -> None:
    places = [(label, 1 + columns.index((2, f"judgement={key}"))) for key, label in BEING_OR_MAY_BE]
    values = page.of.values()
    page.row += 1
    page.chart(
        "Children in the meeting's oversight",
        f"Bars of the children being and perhaps being exploited in each area: {spoken_areas(page.of)}",
        (page.row, 0),
        [
            (area, first + at, [values[area, 2, f"judgement={key}"] for key, _ in BEING_OR_MAY_BE])
            for at, area in enumerate(page.of.area_names)
        ],
        0,
        places,
    )
    page.row += 6 + 2 * len(page.of.areas)


def spoken_areas(made: Return) -> str:
    """What a chart of measure 2 says, in words."""
    values = made.values()
    return "; ".join(
        f"{area} {values[area, 2, 'judgement=being']} and {values[area, 2, 'judgement=may_be']}"
        for area in made.area_names
    )


def _over(page: Page, column: int, columns: int, words: str) -> None:
    """A heading over several columns."""
    if columns == 1:
        page.text(column, words, **HEADING)
    else:
        merged = page.book.add_format({**HEADING, "valign": "top", "left": 1})
        page.sheet.merge_range(page.row, column, page.row, column + columns - 1, words, merged)


def _numbers(page: Page, name: str, values: Iterable[Any], **how: Any) -> None:
    page.text(0, name, **how)
    for column, value in enumerate(values, 1):
        if value != "":
            page.number(column, value, **how)
    page.row += 1


def _demographics(page: Page) -> None:
    """A table for each area and the total, ways of dividing the children beneath each other."""
    page.begin("Demographics", "Measure 4: the children in the meeting's oversight", [18, 26, 38, 12, 12, 12])
    first = page.row
    page.heading(["Area", "Breakdown", "Group", "All", *(label for _, label in BEING_OR_MAY_BE)])
    values = page.of.values()
    for area in (*page.of.area_names, TOTAL):
        for column, (title, options) in DEMOGRAPHICS.items():
            began = page.row
            for key, label in options:
                name = f"{column}={key}"
                if (area, 4, name) not in values:
                    continue  # a return that was locked before there was such a group
                page.text(0, area)
                page.text(1, title)
                page.text(2, label)
                page.number(3, values[area, 4, name])
                for at, (judgement, _) in enumerate(BEING_OR_MAY_BE, 4):
                    page.number(at, values[area, 4, f"{name};judgement={judgement}"])
                page.row += 1
            if (area, column) == (TOTAL, AGES):
                _chart_of_ages(
                    page,
                    (first, 7),
                    began,
                    [option for option in options if (area, 4, f"{column}={option[0]}") in values],
                )
    page.sheet.autofilter(first, 0, page.row - 1, 2)
    page.end((first, first), frozen_columns=3)


def _chart_of_ages(page: Page, at: tuple[int, int], first: int, ages: Sequence[tuple[str, str]]) -> None:
    values = page.of.values()
    words = "; ".join(f"{label} {values[TOTAL, 4, f'age={key}']}" for key, label in ages)
    page.chart(
        "Age at quarter end, all areas",
        f"Bars of children by age: {words}",
        at,
        [
            (
                label,
                row,
                [values[TOTAL, 4, f"age={key};judgement={judgement}"] for judgement, _ in BEING_OR_MAY_BE],
            )
            for row, (key, label) in enumerate(ages, first)
        ],
        2,
        [(label, column) for column, (_, label) in enumerate(BEING_OR_MAY_BE, 4)],
    )


def _themes(page: Page) -> None:
    page.begin("Themes", "Measure 3: emerging themes, in children", [18, 26, 90, 12, 16, 12, 16, 34])
    first, kinds, is_public = page.row, dict(themes.KINDS), bool(page.of.published)
    headings = ["Area", "Kind", "Label", "This quarter"]
    more = ["Mean of the four before", "Difference", "By chance alone", "Reading"]
    page.heading(headings if is_public else headings + more)
    for t in page.of.themes:
        page.text(0, t.area)
        page.text(1, kinds[t.kind])
        page.text(2, t.words, text_wrap=True)
        page.number(3, shown(t.this_quarter))
        if not is_public:
            against = compared(t.this_quarter, t.mean_of_four_before)
            page.number(4, t.mean_of_four_before, num_format="#,##0.00")
            page.number(5, t.this_quarter - t.mean_of_four_before, num_format="+#,##0.00;-#,##0.00;0.00")
            page.text(6, against.interval)
            page.text(7, against.words, text_wrap=True)
        page.row += 1
    if not page.of.themes:
        page.line("No context, sign or place was recorded in these five quarters.")
    page.end((first, first))


def _definitions(page: Page) -> None:
    page.begin("Definitions", f"What each measure counts: definitions {page.of.definitions}", [10, 50, 110])
    first = page.row
    page.heading(["Measure", "Title", "Definition"])
    for said in page.of.measures:
        _definition(page, said)
    page.end((first, first))


def _definition(page: Page, said: Said) -> None:
    page.number(0, said.number)
    page.text(1, said.title, text_wrap=True)
    page.text(2, said.sentence, text_wrap=True)
    page.row += 1


def _notes(page: Page) -> None:
    """What the coordinators wrote, and whether each figure adds up."""
    page.begin("Notes", "Narratives and checks", [18, 10, 22, 120])
    first = page.row
    page.heading(["Area", "Measure", "What", "Words"])
    if page.of.published:
        page.line(NOT_PUBLISHED)
    if page.of.locked and page.of.locked.reason:
        page.text(2, "Why it was corrected")
        page.text(3, page.of.locked.reason, text_wrap=True)
        page.row += 1
    for rule in page.of.agenda_rules:
        page.text(0, rule.area)
        page.text(2, "Rule for the agenda")
        page.text(3, rule.words, text_wrap=True)
        page.row += 1
    for n in page.of.narratives:
        if n.text:
            _note(page, n.area, n.measure, "Narrative", n.text)
    for c in page.of.checks:
        _note(page, c.area, c.measure, "Check" if c.holds else "To be looked at", c.sentence)
    page.end((first, first))


NOT_PUBLISHED = "Narratives, checks, themes of single areas and comparisons with other quarters are no part of the copy for publication."


def _note(page: Page, area: str, measure: int, what: str, words: str) -> None:
    page.text(0, area)
    page.number(1, measure)
    page.text(2, what)
    page.text(3, words, text_wrap=True)
    page.row += 1
