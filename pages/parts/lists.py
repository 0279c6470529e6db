"""Lists that lead somewhere, and facts as names and values. Every word shown is escaped: much of it was typed by people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from pages.parts import table as parts_table
from pages.parts.navigation import link
from pages.parts.words import as_html, tag


@dataclass(frozen=True)
class Entry:
    """One line of a list: a link, a few facts, and a state in a word."""

    words: str
    url_path: str
    about: dict[str, str] = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    state: str = ""
    colour: str = "grey"


def draw(entries: Sequence[Entry], empty: str) -> None:
    """The list, or a sentence of what will be here and how to begin."""
    if not entries:
        st.text(empty)
    for entry in entries:
        with st.container(gap=None):
            link(entry.words, entry.url_path, **entry.about)
            said = " · ".join(as_html(fact) for fact in entry.facts if fact)
            state = tag(entry.state, entry.colour) if entry.state else ""
            if said or state:
                st.html(f'<span class="facts">{said}</span> {state}')


def table(
    caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]], empty: str = "None yet."
) -> None:
    """A table of facts, or a sentence where there are none."""
    if rows:
        parts_table.draw(caption, headings, [tuple(row) for row in rows], is_wide=True)
    else:
        st.text(empty)


def facts(pairs: Sequence[tuple[str, str]]) -> None:
    """What is known, as names and values."""
    said = "".join(f"<div><dt>{as_html(name)}</dt><dd>{as_html(value)}</dd></div>" for name, value in pairs)
    st.html(f'<dl class="facts-list">{said}</dl>')
