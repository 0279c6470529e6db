"""Every chart: one palette, one look, its finding in a sentence, and the same numbers in a table beside it.

Series differ in lightness and pattern, so that they are told apart without colour and in print. Charts hold counts only, no
child.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
import streamlit as st

from pages.parts import table

SERIES = ("#1d4f78", "#8db4d2", "#ffffff")
"""Dark, light and hatched of the one accent colour; each bar has a dark edge, as the light ones alone are faint on white."""
PATTERNS = ("", "", "/")
INK, QUIET = "#1f2328", "#d0d7de"
ON_SERIES = ("#ffffff", INK, INK)
EDGE = {"color": "#1d4f78", "width": 1}
FONT = "'Source Sans', sans-serif"
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showAxisDragHandles": False}
BAR_HEIGHT = 34
MONTHS_HEIGHT = 260
A_LINE = 30
"""Characters of a category beside its bar; longer ones go on below."""

Lines = Sequence[tuple[str, Sequence[table.Cell]]]
"""A category and its numbers: first one for each series, then what stands in the table only. A link counts as its number."""


@dataclass(frozen=True)
class Shown:
    """What a chart and its table show. `headings`: what the categories are, then each column."""

    title: str
    headings: Sequence[str]
    lines: Lines
    finding: str
    series: int = 1
    has_total: bool = False
    """The last line is the sum of the others; it stands in the table only."""

    @property
    def drawn(self) -> Lines:
        return self.lines[:-1] if self.has_total else self.lines

    def numbers(self, series: int) -> list[int | float]:
        return [_count(cells[series]) for _, cells in self.drawn]


def bars(shown: Shown) -> None:
    """A bar for each category, the parts of it end to end."""
    several = shown.series > 1
    figure = go.Figure(
        [
            go.Bar(
                name=shown.headings[i + 1], y=_categories(shown), x=shown.numbers(i), orientation="h", textangle=0,
                text=[n or "" for n in shown.numbers(i)], textposition="inside" if several else "auto", insidetextanchor="end",
                insidetextfont={"color": ON_SERIES[i]}, marker=_marker(i),
            )
            for i in range(shown.series)
        ]
    )  # fmt: skip
    figure.update_layout(barmode="stack", height=_height(shown, BAR_HEIGHT) + (60 if several else 16))
    _lying(figure)
    _draw(figure, shown)


def groups(shown: Shown) -> None:
    """For each category a bar for each series, side by side, to be compared."""
    figure = go.Figure(
        [
            go.Bar(
                name=shown.headings[i + 1], y=_categories(shown), x=shown.numbers(i), orientation="h", textangle=0,
                text=[n or "" for n in shown.numbers(i)], textposition="outside",
                cliponaxis=False, marker=_marker(i),
            )
            for i in range(shown.series)
        ]
    )  # fmt: skip
    figure.update_layout(barmode="group", height=_height(shown, 22 * shown.series) + 60, bargap=0.25)
    _lying(figure)
    _draw(figure, shown)


def by_month(shown: Shown) -> None:
    """Bars side by side for each month."""
    figure = go.Figure(
        [
            go.Bar(
                name=shown.headings[i + 1], x=[month.replace(" ", "<br>") for month, _ in shown.drawn], y=shown.numbers(i),
                marker=_marker(i),
            )
            for i in range(shown.series)
        ]
    )  # fmt: skip
    figure.update_layout(barmode="group", height=MONTHS_HEIGHT, bargap=0.35)
    figure.update_yaxes(gridcolor=QUIET, rangemode="tozero", tickformat=",d", nticks=5, automargin=True)
    figure.update_xaxes(type="category", tickangle=0, nticks=6, automargin=True)
    _draw(figure, shown)


def _marker(series: int) -> dict[str, object]:
    pattern = {"shape": PATTERNS[series], "fgcolor": EDGE["color"], "size": 5} if PATTERNS[series] else {}
    return {"color": SERIES[series], "line": EDGE, "pattern": pattern}


def _categories(shown: Shown) -> list[str]:
    return ["<br>".join(textwrap.wrap(category, A_LINE)) for category, _ in shown.drawn]


def _height(shown: Shown, for_each: int) -> int:
    lines = (len(textwrap.wrap(category, A_LINE)) for category, _ in shown.drawn)
    return sum(max(for_each, 20 * n) for n in lines)


def _lying(figure: go.Figure) -> None:
    figure.update_yaxes(type="category", autorange="reversed", automargin=True, ticksuffix=" ")
    figure.update_xaxes(visible=False)


def _draw(figure: go.Figure, shown: Shown) -> None:
    chart, beside = st.columns([11, 9], gap="large")
    with chart:
        plot(figure, shown.title, shown.finding)
    with beside:
        last = len(shown.lines) - 1
        rows = [
            table.Line((category, *cells), "total" if shown.has_total and at == last else "")
            for at, (category, cells) in enumerate(shown.lines)
        ]
        table.draw(shown.title, shown.headings, rows)


def _look(figure: go.Figure) -> None:
    figure.update_layout(
        font={"family": FONT, "size": 14, "color": INK}, plot_bgcolor="#ffffff", paper_bgcolor="#ffffff",
        margin={"l": 0, "r": 8, "t": 8, "b": 8}, hovermode=False, dragmode=False, showlegend=len(figure.data) > 1,
        legend={"orientation": "h", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom", "traceorder": "normal",
                "itemclick": False, "itemdoubleclick": False},
    )  # fmt: skip


def plot(figure: go.Figure, title: str, finding: str) -> None:
    """The picture alone, in the look of all charts; its table is the caller's."""
    _look(figure)
    st.plotly_chart(figure, key=f"chart {title}", theme=None, config=CONFIG, alt=finding)


def _count(cell: table.Cell) -> int | float:
    shown = cell.shown if isinstance(cell, table.Link | table.Decimal) else cell
    return shown if isinstance(shown, int | float) else 0
