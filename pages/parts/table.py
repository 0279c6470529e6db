"""A table as real HTML: a caption, headings that belong to their rows and columns, numbers that align.

The data grid is a picture to a screen reader and offers its own download, so figures and lists are shown here instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

import streamlit as st

from data.returns.return_shape import HIDDEN
from pages.parts import words

STYLE = """
<style>
.figures { overflow-x: auto; max-width: 100%; margin: 0 0 0.5rem; }
.figures:focus-visible { outline: 3px solid #ffbf47; box-shadow: 0 0 0 5px #1f2328; }
.figures table { border-collapse: collapse; font-size: 0.9375rem; line-height: 1.35; color: #1f2328; }
.figures.is-wide table { width: 100%; }
.figures caption { text-align: left; font-weight: 600; padding: 0 0 0.375rem; }
.figures caption.unseen, .unseen {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.figures th, .figures td { padding: 0.3125rem 1rem 0.3125rem 0; text-align: left; vertical-align: baseline;
  border-bottom: 1px solid #d0d7de; font-weight: 400; }
.figures td { white-space: nowrap; }
.figures td.words { white-space: normal; min-width: 14rem; overflow-wrap: anywhere; }
.figures tbody th, .figures tbody td { vertical-align: top; line-height: 24px; }
.figures tbody th { min-width: 6.5rem; }
.figures tbody th.words { min-width: 10rem; }
.figures thead th { font-weight: 600; vertical-align: bottom; border-bottom: 1px solid #6b7280; }
.figures .number { text-align: right; font-variant-numeric: tabular-nums; padding-left: 0.5rem; }
.figures .number + :not(.number) { padding-left: 0.75rem; }
@media (max-width: 640px) { .figures caption { max-width: calc(100vw - 3rem); } }
.figures tr.total th, .figures tr.total td { font-weight: 600; border-top: 1px solid #6b7280; }
.figures tr.part th { padding-left: 1rem; }
.figures a { color: #1d4f78; display: inline-block; min-width: 24px; min-height: 24px; line-height: 24px; }
.figures thead th { max-width: 11rem; }
.figures .late { font-weight: 600; color: #86190f; }
.figures .tag, .headline .tag { display: inline-block; padding: .05rem .5rem; border-radius: 3px; font-size: .875rem;
  line-height: 1.5; white-space: nowrap; background: #eef0f2; color: #3d444d; }
.figures .tag.blue { background: #e2ecf5; color: #173f60; }
.figures .tag.green { background: #e2f1e7; color: #17512d; }
.figures .tag.amber { background: #fdf0d5; color: #6b4300; }
.figures .tag.red { background: #fbe5e2; color: #86190f; }
.stHtml dl.headline { display: flex; flex-wrap: wrap; gap: 1rem 3rem; margin: 0; padding: 0; }
/* Where it is narrow each record of a list stands by itself, what each cell is before it. */
.figures.is-list { container-type: inline-size; width: 100%; }
@container (max-width: 480px) {
  .figures.is-list :is(table, caption, tbody, tr, tbody th, td) { display: block; }
  .figures.is-list thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .figures.is-list tr { border-bottom: 1px solid #6b7280; padding: .375rem 0; }
  .figures.is-list :is(tbody th, td, td.words, tbody th.words) { border: 0; padding: 0; min-width: 0; white-space: normal;
    text-align: left; }
  .figures.is-list tbody th { font-weight: 600; }
  .figures.is-list :is(td, tbody th)[data-heading]::before { content: attr(data-heading) ": "; color: #57606a;
    font-weight: 400; }
  .figures.is-list td:empty { display: none; }
}
dl.headline div { display: flex; flex-direction: column; max-width: 14rem; }
dl.headline dt { order: 1; font-weight: 600; }
dl.headline dd { margin: 0; }
dl.headline dd.value { font-size: 2.25rem; line-height: 1.15; font-weight: 600; font-variant-numeric: tabular-nums; }
dl.headline dd.value a { color: #1d4f78; }
dl.headline dd.note { order: 2; color: #57606a; font-size: .9375rem; }
[data-testid="stExpander"] summary, [data-testid="stExpander"] summary * { color: #3d444d !important; opacity: 1 !important; }
</style>
"""


@dataclass(frozen=True)
class Link:
    """A cell that leads to a page. `about`: opaque ids and codes only, for the address line."""

    shown: str | int
    url_path: str
    about: Mapping[str, str] = field(default_factory=dict)
    spoken: str = ""
    """What a screen reader adds, where the shown words alone would not say where the link leads."""


@dataclass(frozen=True)
class Tag:
    """A state as a word in a quiet coloured tag: grey, blue, green, amber, red."""

    shown: str
    colour: str = "grey"


@dataclass(frozen=True)
class Late:
    """Words about something that is overdue; the words say so too."""

    shown: str


@dataclass(frozen=True)
class Decimal:
    """A number with one place after the point."""

    shown: float


NO_NUMBER = "–"
"""Stands where a number is not known, in line with the others."""

A_LINE = 28
"""Characters that a cell keeps on one line."""

Cell = str | int | Link | Tag | Late | Decimal | None


@dataclass(frozen=True)
class Line:
    """One row; the first cell is its heading. `look`: "total" for a sum, "part" for a part of the row above."""

    cells: tuple[Cell, ...]
    look: str = ""


def draw(
    caption: str,
    headings: Sequence[str],
    lines: Sequence[Line | Sequence[Cell]],
    *,
    is_caption_shown: bool = True,
    is_wide: bool = False,
) -> None:
    st.html(as_html(caption, headings, lines, is_caption_shown=is_caption_shown, is_wide=is_wide))


def headline(figures: Sequence[tuple[str, Cell, str]]) -> None:
    """A few figures large enough to be read from two metres: the words, the number, and of what it is."""
    said = "".join(
        f'<div><dt>{words.as_html(name)}</dt><dd class="value">{_cell(cell)}</dd>'
        f'<dd class="note">{words.as_html(note)}</dd></div>'
        for name, cell, note in figures
    )
    st.html(f'<dl class="headline">{said}</dl>')


def as_html(
    caption: str,
    headings: Sequence[str],
    lines: Sequence[Line | Sequence[Cell]],
    *,
    is_caption_shown: bool = True,
    is_wide: bool = False,
) -> str:
    """The group can be reached and scrolled by keyboard, as a table of figures is cut off on a narrow screen. A list's
    roles are said, because a browser forgets them where its rows stand by themselves."""
    rows = [line if isinstance(line, Line) else Line(tuple(line)) for line in lines]
    are_numbers = [all(_is_number(row.cells[i]) for row in rows) for i in range(len(headings))]
    head = "".join(
        f'<th scope="col"{_class("number" if is_number and i else "")}>{words.as_html(heading)}</th>'
        for i, (heading, is_number) in enumerate(zip(headings, are_numbers, strict=True))
    )
    is_list = is_wide and _is_list(rows)
    body = "".join(
        f"<tr{_role('row', is_list)}{_class(row.look)}>{_row(row, headings if is_list else ())}</tr>"
        for row in rows
    )
    title = words.as_html(caption)
    looks = f"figures{' is-wide' if is_wide else ''}{' is-list' if is_list else ''}"
    return (
        f'<div class="{looks}" role="group" tabindex="0" aria-label="{title}">'
        f"<table{_role('table', is_list)}><caption{_class('' if is_caption_shown else 'unseen')}>{title}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _is_list(rows: Sequence[Line]) -> bool:
    """Of records that lead somewhere, or of words alone: nobody compares its columns as those of figures."""
    cells = [cell for row in rows for cell in row.cells]
    leads = any(isinstance(cell, Link) and isinstance(cell.shown, str) for cell in cells)
    return leads or not any(_is_number(cell) for cell in cells)


def _row(row: Line, headings: Sequence[str]) -> str:
    """`headings`: of a list, said before each cell where the rows stand by themselves; but before one that is a name."""
    is_list = bool(headings)
    first, *others = row.cells
    cells = "".join(
        f"<td{_role('cell', is_list)}{_class(_look(cell))}{_heading(headings, at)}>{_cell(cell)}</td>"
        for at, cell in enumerate(others, 1)
    )
    look = "words" if _look(first) == "words" else ""
    heading = _heading(headings, 0) if _is_number(first) else ""
    return f'<th scope="row"{_role("rowheader", is_list)}{_class(look)}{heading}>{_cell(first)}</th>{cells}'


def _heading(headings: Sequence[str], at: int) -> str:
    said = headings[at] if headings else ""
    return f' data-heading="{words.as_html(said)}"' if said else ""


def _role(name: str, is_said: bool) -> str:
    return f' role="{words.as_html(name)}"' if is_said else ""


def _cell(cell: Cell) -> str:
    if isinstance(cell, Tag):
        return words.tag(cell.shown, cell.colour)
    if isinstance(cell, Late):
        return f'<span class="late">{words.as_html(cell.shown)}</span>'
    if isinstance(cell, Link):
        address = words.as_html(f"/{cell.url_path}?{urlencode(dict(cell.about))}")
        spoken = f'<span class="unseen"> {words.as_html(cell.spoken)}</span>' if cell.spoken else ""
        return f'<a href="{address}">{_number(cell.shown)}{spoken}</a>'
    if isinstance(cell, Decimal):
        return words.as_html(f"{cell.shown:,.1f}")
    return _number(cell)


def _number(shown: str | int | None) -> str:
    if shown is None:
        return ""
    return f"{shown:,}" if isinstance(shown, int) else words.as_html(shown)


def _look(cell: Cell) -> str:
    """Short words stay on one line, and a table that is then too wide scrolls; sentences break."""
    if _is_number(cell):
        return "number"
    shown = cell.shown if isinstance(cell, Link) else cell
    return "words" if isinstance(shown, str) and len(shown) > A_LINE else ""


def _is_number(cell: Cell) -> bool:
    return (
        cell in (NO_NUMBER, HIDDEN)
        or isinstance(cell, Decimal)
        or isinstance(cell.shown if isinstance(cell, Link) else cell, int)
    )


def _class(name: str) -> str:
    return f' class="{words.as_html(name)}"' if name else ""
