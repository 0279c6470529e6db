"""Choices kept in the address as codes, so that a page can be gone back to and sent on. Codes of ours only, nothing typed."""

from __future__ import annotations

import streamlit as st

from forms.kinds.one_of import Options
from pages.parts.words import paragraphs

ALL = "all"
WIDTH = 280


def view(label: str, options: Options, name: str) -> str:
    """One of several views of a page, as a row of radios; the first unless the address says another."""
    codes = [code for code, _ in options]
    place = _place(name, codes, codes[0])
    labels = dict(options)
    st.radio(
        paragraphs(label),
        codes,
        codes.index(st.session_state[place]),
        format_func=lambda code: paragraphs(labels[code]),
        key=place,
        horizontal=True,
        on_change=_keep,
        args=(place, name, codes[0]),
    )
    return str(st.session_state[place])


def narrowed(label: str, options: Options, name: str, help: str) -> str | None:
    """The code of the option that is chosen, or None for all."""
    place = _place(name, [code for code, _ in options], ALL)
    labels = {ALL: "All", **dict(options)}
    st.selectbox(
        paragraphs(label),
        list(labels),
        list(labels).index(st.session_state[place]),
        format_func=lambda code: labels[code],
        key=place,
        width=WIDTH,
        help=paragraphs(help),
        on_change=_keep,
        args=(place, name, ALL),
    )
    chosen = str(st.session_state[place])
    return None if chosen == ALL else chosen


def _place(name: str, codes: list[str], otherwise: str) -> str:
    """Where the choice is kept while the page is open; it follows the address, which the browser's way back changes too."""
    place = f"address_{name}"
    given, seen = st.query_params.get(name, otherwise), f"{place}_seen"
    if given != st.session_state.get(seen) or st.session_state.get(place) not in (*codes, otherwise):
        st.session_state[place] = given if given in codes else otherwise
    st.session_state[seen] = given
    return place


def _keep(place: str, name: str, otherwise: str) -> None:
    chosen = st.session_state[place]
    if chosen == otherwise:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = chosen
