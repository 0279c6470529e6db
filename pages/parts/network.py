"""A map of links as a picture: rings around where it starts, always laid out the same, shapes that differ by what they are.

Names stand in it, so it is drawn for those only who may see each of them; what it shows is in a table beside it.
"""

from __future__ import annotations

import math
import textwrap

import plotly.graph_objects as go
import streamlit as st

from data.concern.link_map import LinkMap, Node
from pages.parts.charts import CONFIG, FONT, INK
from pages.parts.words import as_html

SHAPES = {
    "child": ("circle", "#1d4f78"), "person": ("square", "#6a4300"), "group": ("diamond", "#6a4300"),
    "place": ("triangle-up", "#17512d"), "issue": ("cross", "#3d444d"),
}  # fmt: skip
LINE = "#6b7280"
HEIGHT = 460
LONGEST = 22
"""Characters of a name that fit beside its shape."""

START = math.tau / 16
"""Where the first ring begins: a little past the top, so that no two labels stand on one line with the middle."""

Spot = tuple[float, float]


def spots(drawn: LinkMap) -> dict[str, Spot]:
    """Where each stands: the start in the middle, then a ring for each step, each near what it hangs on."""
    turns = {drawn.nodes[0].record_id: 0.0}
    found: dict[str, Spot] = {drawn.nodes[0].record_id: (0.0, 0.0)}
    for step in sorted({node.steps for node in drawn.nodes[1:]}):
        ring = [node for node in drawn.nodes if node.steps == step]
        wanted = {
            node.record_id: 0.0 if step == 1 else turns.get(_inward(drawn, node, turns), 0.0) for node in ring
        }
        ring.sort(key=lambda node: (wanted[node.record_id], node.kind, node.name))
        placed = _apart([wanted[node.record_id] for node in ring], step)
        for node, turn in zip(ring, placed, strict=True):
            turns[node.record_id] = turn
            found[node.record_id] = (step * math.sin(turn), step * math.cos(turn))
    return found


def _apart(wanted: list[float], step: int) -> list[float]:
    """Turns in the same order, near the wanted ones, and far enough from each other; evenly around where they are many."""
    even = math.tau / len(wanted)
    gap = 0.5
    if step == 1 or even <= gap:
        return [START + even * place for place in range(len(wanted))]
    found: list[float] = []
    for turn in wanted:
        siblings = wanted.count(turn)
        found.append(max(turn - gap * (siblings - 1) / 2, found[-1] + gap if found else -math.inf))
    return found if found[-1] - found[0] <= math.tau - gap else [even * place for place in range(len(wanted))]


def _inward(drawn: LinkMap, node: Node, placed: dict[str, float]) -> str:
    """The first neighbour that has its place already."""
    for edge in drawn.edges:
        for here, there in ((edge.one, edge.other), (edge.other, edge.one)):
            if here == node.record_id and there in placed:
                return there
    return ""


def draw(drawn: LinkMap, names: dict[str, str], finding: str, key: str) -> None:
    """`names`: what each kind is called. The finding is said in words, and to a screen reader instead of the picture."""
    at = spots(drawn)
    figure = go.Figure()
    for edge in drawn.edges:
        (x1, y1), (x2, y2) = at[edge.one], at[edge.other]
        dash = "solid" if edge.basis == "evidence" else "dot"
        figure.add_trace(
            go.Scatter(
                x=[x1, x2], y=[y1, y2], mode="lines", line={"color": LINE, "width": 1.5, "dash": dash}, showlegend=False
            )
        )  # fmt: skip
    for kind, (shape, colour) in SHAPES.items():
        of_kind = [node for node in drawn.nodes if node.kind == kind]
        if of_kind:
            figure.add_trace(
                go.Scatter(
                    x=[at[node.record_id][0] for node in of_kind], y=[at[node.record_id][1] for node in of_kind],
                    mode="markers", name=names[kind], cliponaxis=False,
                    marker={"symbol": shape, "color": colour, "size": 16, "line": {"color": "#ffffff", "width": 2}},
                )
            )  # fmt: skip
    for node in drawn.nodes:  # on a ground of their own: lines cross them
        x, y = at[node.record_id]
        figure.add_annotation(
            x=x,
            y=y,
            yshift=-8,
            yanchor="top",
            text=_short(node.name),
            showarrow=False,
            bgcolor="rgba(255,255,255,.85)",
            borderpad=1,
        )
    (left, right), (low, high) = (
        (min(spot[axis] for spot in at.values()), max(spot[axis] for spot in at.values())) for axis in (0, 1)
    )
    figure.update_layout(
        font={"family": FONT, "size": 14, "color": INK}, plot_bgcolor="#ffffff", paper_bgcolor="#ffffff", height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 8, "b": 24}, hovermode=False, dragmode=False, showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom", "itemclick": False,
                "itemdoubleclick": False},
    )  # fmt: skip
    figure.update_xaxes(visible=False, range=[left - 0.5, right + 0.5])
    figure.update_yaxes(visible=False, range=[low - 0.4, high + 0.2])
    st.plotly_chart(figure, key=f"network_{key}", theme=None, config=CONFIG, alt=finding)


def _short(name: str) -> str:
    """On two lines, and escaped: Plotly reads a little HTML."""
    said = name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
    return "<br>".join(as_html(part) for part in textwrap.wrap(said, LONGEST // 2 + 2))
