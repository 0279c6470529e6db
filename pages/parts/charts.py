"""Every chart: one palette, one look, its finding in a sentence, and the same numbers in a table beside it.

Colours differ in lightness, so that they are told apart without colour and in print. Charts hold counts only, no child.
"""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from pages.parts import table

SERIES = ("#1d4f78", "#8db4d2")
"""Dark and light of the one accent colour; each bar has a dark edge, as the light one alone is faint on white."""
INK, QUIET = "#1f2328", "#d0d7de"
ON_SERIES = ("#ffffff", INK)
EDGE = {"color": "#1d4f78", "width": 1}
FONT = "'Source Sans', sans-serif"
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showAxisDragHandles": False}
BAR_HEIGHT = 34
MONTHS_HEIGHT = 260

Lines = Sequence[tuple[str, Sequence[table.Cell]]]
"""A category and its numbers: first one for each series, then what stands in the table only. A link counts as its number."""


def bars(title: str, headings: Sequence[str], lines: Lines, finding: str, key: str, series: int = 1) -> None:
    """A bar for each category, the parts of it end to end, and their table.

    `headings`: what the categories are, then each column. `key` names the chart on the page.
    """
    figure = go.Figure(
        [
            go.Bar(
                name=headings[i + 1], y=[category for category, _ in lines], x=[_count(cells[i]) for _, cells in lines],
                text=[_count(cells[i]) or "" for _, cells in lines], orientation="h", textangle=0,
                textposition="inside" if series > 1 else "auto", insidetextanchor="end",
                insidetextfont={"color": ON_SERIES[i]}, marker={"color": SERIES[i], "line": EDGE},
            )
            for i in range(series)
        ]
    )  # fmt: skip
    figure.update_layout(barmode="stack", height=BAR_HEIGHT * len(lines) + (60 if series > 1 else 16))
    figure.update_yaxes(type="category", autorange="reversed", automargin=True, ticksuffix=" ")
    figure.update_xaxes(visible=False)
    _draw(figure, title, headings, lines, finding, key)


def by_month(
    title: str, headings: Sequence[str], lines: Lines, finding: str, key: str, series: int = 2
) -> None:
    """Bars side by side for each month, and their table."""
    figure = go.Figure(
        [
            go.Bar(
                name=headings[i + 1], x=[month.replace(" ", "<br>") for month, _ in lines], y=[_count(cells[i]) for _, cells in lines],
                marker={"color": SERIES[i], "line": EDGE},
            )
            for i in range(series)
        ]
    )  # fmt: skip
    figure.update_layout(barmode="group", height=MONTHS_HEIGHT, bargap=0.35)
    figure.update_yaxes(gridcolor=QUIET, rangemode="tozero", tickformat=",d", nticks=5, automargin=True)
    figure.update_xaxes(type="category", tickangle=0, nticks=6, automargin=True)
    _draw(figure, title, headings, lines, finding, key)


def _draw(
    figure: go.Figure, title: str, headings: Sequence[str], lines: Lines, finding: str, key: str
) -> None:
    figure.update_layout(
        font={"family": FONT, "size": 14, "color": INK}, plot_bgcolor="#ffffff", paper_bgcolor="#ffffff",
        margin={"l": 0, "r": 8, "t": 8, "b": 8}, hovermode=False, dragmode=False, showlegend=len(figure.data) > 1,
        legend={"orientation": "h", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom", "traceorder": "normal",
                "itemclick": False, "itemdoubleclick": False},
    )  # fmt: skip
    st.text(finding)
    chart, beside = st.columns([11, 9], gap="large")
    with chart:
        st.plotly_chart(figure, key=f"chart_{key}", theme=None, config=CONFIG, alt=finding)
    with beside:
        table.draw(title, headings, [table.Line((category, *cells)) for category, cells in lines])


def _count(cell: table.Cell) -> int:
    shown = cell.shown if isinstance(cell, table.Link) else cell
    return shown if isinstance(shown, int) else 0
