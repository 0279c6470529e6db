"""A map of links as a picture: rings around where it starts, always laid out the same, shapes that differ by what they are.

Names stand in it, so it is drawn for those only who may see each of them; what it shows is in a table beside it.
"""

from __future__ import annotations

import math

import plotly.graph_objects as go
import streamlit as st

from data.link_map import LinkMap, Node
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

Spot = tuple[float, float]


def spots(drawn: LinkMap) -> dict[str, Spot]:
    """Where each stands: the start in the middle, then a ring for each step, what hangs together side by side."""
    angle: dict[str, float] = {drawn.nodes[0].record_id: 0.0}
    found: dict[str, Spot] = {drawn.nodes[0].record_id: (0.0, 0.0)}
    for step in sorted({node.steps for node in drawn.nodes[1:]}):
        ring = [node for node in drawn.nodes if node.steps == step]
        ring.sort(key=lambda node: (angle.get(_inward(drawn, node, angle), 0.0), node.kind, node.name))
        for place, node in enumerate(ring):
            turn = math.tau * (place + (0.5 if step > 1 else 0.0)) / len(ring)
            angle[node.record_id] = turn
            found[node.record_id] = (step * math.sin(turn), step * math.cos(turn))
    return found


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
                    mode="markers+text", name=names[kind], text=[_short(node.name) for node in of_kind],
                    textposition="bottom center", cliponaxis=False,
                    marker={"symbol": shape, "color": colour, "size": 16, "line": {"color": "#ffffff", "width": 2}},
                )
            )  # fmt: skip
    reach = max((node.steps for node in drawn.nodes), default=0) + 0.6
    figure.update_layout(
        font={"family": FONT, "size": 14, "color": INK}, plot_bgcolor="#ffffff", paper_bgcolor="#ffffff", height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 8, "b": 24}, hovermode=False, dragmode=False, showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom", "itemclick": False,
                "itemdoubleclick": False},
    )  # fmt: skip
    figure.update_xaxes(visible=False, range=[-reach, reach])
    figure.update_yaxes(visible=False, range=[-reach, reach])
    st.plotly_chart(figure, key=f"network_{key}", theme=None, config=CONFIG, alt=finding)


def _short(name: str) -> str:
    """Escaped: Plotly reads a little HTML."""
    return as_html(name if len(name) <= LONGEST else name[: LONGEST - 1] + "…")
