"""Turning the pages of a list. Searching for something else begins at the first page again."""

from __future__ import annotations

import streamlit as st


def page(name: str, asked: object) -> int:
    """The number of the page to show, from 0. `asked` is what the list was asked for."""
    if st.session_state.get(f"{name}_asked") != asked:
        st.session_state[f"{name}_page"] = 0
    st.session_state[f"{name}_asked"] = asked
    return int(st.session_state.get(f"{name}_page", 0))


def draw(name: str, number: int, more: bool) -> None:
    with st.container(horizontal=True):
        if number:
            st.button("Earlier in the list", key=f"{name}_earlier", on_click=_turn, args=(name, number - 1))
        if more:
            st.button("Later in the list", key=f"{name}_later", on_click=_turn, args=(name, number + 1))


def _turn(name: str, number: int) -> None:
    st.session_state[f"{name}_page"] = number
