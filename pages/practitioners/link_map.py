"""A map of the links around one child or record of concern, beside the table of the same links."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from data.access.restricted import NOT_LISTED
from data.child_line import in_a_line
from data.concern.link_map import LinkMap, read_link_map
from forms.concern import BASES
from pages.parts import network, table
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.table import Link
from pages.parts.words import paragraphs
from pages.practitioners.concerns import NAMES

KINDS = {"child": "Child", **NAMES}
BASIS = dict(BASES)


def body() -> None:
    about = st.query_params
    concern_id, child_id = about.get("concern"), about.get("child")
    drawn = read_link_map(current_actor(), concern_id=concern_id, child_id=child_id)
    start = drawn.nodes[0]
    st.title(paragraphs(f"Links around {start.name}"), anchor=False)
    finding = in_a_sentence(drawn)
    st.text(finding)
    if drawn.edges:
        network.draw(drawn, KINDS, finding, start.record_id)
        st.text("A full line stands for evidence, a dotted one for professional judgement.")
        _table(drawn)
    st.text(NOT_LISTED)
    if drawn.more:
        st.text("More is linked than is shown. Open one of the records to see the links around it.")
    if concern_id:
        link("Back to the record", "concern", concern=concern_id)
    else:
        link("Back to the child", "child", child=child_id or "")


def in_a_sentence(drawn: LinkMap) -> str:
    """What the picture shows."""
    start, *others = drawn.nodes
    if not others:
        return f"Nothing that you can open is linked to {start.name}."
    children = sum(node.kind == "child" for node in others)
    counted = [
        f"{n:,} {words if n == 1 else plural}"
        for n, words, plural in (
            (children, "child", "children"),
            (len(others) - children, "person, group, place or issue", "people, groups, places and issues"),
        )
        if n
    ]
    direct = sum(node.steps == 1 for node in others)
    ends = Counter(end for edge in drawn.edges for end in {edge.one, edge.other})
    most, links = max(((node, ends[node.record_id]) for node in others), key=lambda found: found[1])
    said = f"{start.name} is linked to {' and '.join(counted)}, {direct:,} of them directly."
    return f"{said} After it, {most.name} has the most links: {links:,}." if len(others) > 1 else said


def _table(drawn: LinkMap) -> None:
    named = {node.record_id: node for node in drawn.nodes}

    def cell(record_id: str) -> table.Cell:
        node = named[record_id]
        page = "child" if node.kind == "child" else "concern"
        return Link(in_a_line(node.name, node.who), page, {page: record_id}, KINDS[node.kind])

    table.draw(
        "The same links",
        ("Record", "Linked to", "What the link is", "Basis"),
        [(cell(edge.one), cell(edge.other), edge.nature, BASIS[edge.basis]) for edge in drawn.edges],
        is_wide=True,
    )


PAGE = Page(
    "Map of links",
    "link-map",
    frozenset({"practitioner", "coordinator", "manager"}),
    body,
    in_menu=False,
    wide=True,
)
