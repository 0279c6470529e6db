"""A section of figures on the screen: its finding in a sentence, the chart, the table beside it, and how it is counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import streamlit as st

from data.dashboard.asked import BANDS
from data.dashboard.section import Cell, Count, Section
from pages.parts import charts, table
from pages.parts.words import paragraphs
from scoring import NOT_ENOUGH_IN_WORDS, NOT_ENOUGH_KNOWN


@dataclass(frozen=True)
class Opens:
    """Where figures lead: the area and day, and the filters that are on. No area: for those who may see no child."""

    area: str | None
    on: str
    filters: Mapping[str, str] = field(default_factory=dict)

    def cell(self, cell: Cell) -> table.Cell:
        """The number, leading to the children behind it where there are any that may be seen."""
        if isinstance(cell, Count):
            if not self.area or not cell.value:
                return cell.value
            about = {"area": self.area, "on": self.on, "figure": cell.cut, **self.filters}
            return table.Link(cell.value, "figure", about, "children: show who")
        if isinstance(cell, float):
            return table.Decimal(cell)
        return table.NO_NUMBER if cell is None else cell


def draw(section: Section, opens: Opens, picture: Callable[[], bytes] | None = None) -> None:
    """`picture`: makes the chart as a file, where it may leave the tool."""
    st.header(section.title, anchor=False)
    if section.look == "headline":
        table.headline([(words, opens.cell(cells[0]), str(cells[1])) for words, cells in section.lines])
    st.text(section.finding)
    for warning in section.warnings:
        st.warning(paragraphs(warning))
    if section.lines and section.look != "headline":
        _table(section, opens)
    if section.chart and section.lines and picture:
        st.download_button(
            paragraphs(f"Download “{section.caption}” as a picture"),
            picture,
            f"{'-'.join(re.findall(r'[a-z0-9]+', section.caption.lower()))}.png",
            "image/png",
            key=f"picture {section.caption}",
            on_click="ignore",
            type="tertiary",
        )
    if section.counted:
        how_counted(*section.counted)


def _table(section: Section, opens: Opens) -> None:
    lines = [(words, tuple(opens.cell(cell) for cell in cells)) for words, cells in section.lines]
    if section.chart:
        shown = charts.Shown(
            section.caption, section.headings, lines, section.finding, section.series, section.has_total
        )
        {"bars": charts.bars, "groups": charts.groups, "months": charts.by_month}[section.chart](shown)
        return
    rows: list[table.Line] = []
    for at, (words, cells) in enumerate(lines):
        first: table.Cell = _band_named(words) if section.look == "bands" else words
        is_total = section.has_total and at == len(lines) - 1
        rows.append(table.Line((first, *cells), "total" if is_total else ""))
    table.draw(section.caption, section.headings, rows)


def _band_named(words: str) -> table.Tag:
    if words == NOT_ENOUGH_IN_WORDS:
        return band_tag(NOT_ENOUGH_KNOWN)
    return band_tag(next((band.key for band in BANDS if words == f"{band.name} ({band.colour})"), None))


def band_tag(key: str | None) -> table.Tag:
    """The band in words; its colour repeats one of them."""
    if key == NOT_ENOUGH_KNOWN:
        return table.Tag(NOT_ENOUGH_IN_WORDS)
    band = next((band for band in BANDS if band.key == key), None)
    return table.Tag(f"{band.name} ({band.colour})", band.colour) if band else table.Tag("Not scored")


def how_counted(*sentences: str) -> None:
    with st.expander("How this is counted", type="compact"):
        for sentence in sentences:
            st.text(sentence)
