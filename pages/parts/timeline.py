"""One figure over time as a line, with the meetings and interventions marked. One scale to a picture, both ends labelled."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from data.child.child_over_time import Mark
from pages.parts import charts

HEIGHT = 260
Span = tuple[datetime.date, datetime.date]
"""The days that a picture covers, so that several of one child stand over each other."""

DASHES = {"meeting": "dot", "intervention": "solid"}


def draw(
    title: str, points: Sequence[tuple[datetime.date, int]], ticks: Mapping[int, str], ends: tuple[int, int],
    marks: Sequence[Mark], finding: str, span: Span, *, lines_at: Sequence[int] = (), is_stepped: bool = False,
) -> None:  # fmt: skip
    """`ticks`: value → how the axis says it; `lines_at`: values with a line across, such as thresholds."""
    figure = go.Figure(
        go.Scatter(
            x=[on for on, _ in points], y=[value for _, value in points], mode="lines+markers",
            line={"color": charts.SERIES[0], "width": 2, "shape": "hv" if is_stepped else "linear"},
            marker={"color": charts.SERIES[0], "size": 9},
        )
    )  # fmt: skip
    for mark in marks:
        figure.add_vline(
            x=mark.on.isoformat(), line={"color": "#6b7280", "width": 1, "dash": DASHES[mark.kind]}
        )
    for at in lines_at:
        figure.add_hline(y=at, line={"color": charts.QUIET, "width": 1})
    low, high = ends
    room = (high - low) * 0.06
    figure.update_layout(height=HEIGHT)
    figure.update_yaxes(
        range=[low - room, high + room], tickvals=list(ticks), ticktext=list(ticks.values()), automargin=True,
        gridcolor=charts.QUIET, zeroline=False,
    )  # fmt: skip
    room_beside = datetime.timedelta(days=max(7, (span[1] - span[0]).days // 30))
    figure.update_xaxes(
        range=[span[0] - room_beside, span[1] + room_beside],
        automargin=True,
        nticks=6,
        tickformat="%b<br>%Y",
        showgrid=False,
    )
    charts.plot(figure, title, finding)
