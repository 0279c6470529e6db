"""Doing what a button says, and drawing the page anew with what was done or refused at its top."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from data.refusal import Problems, Refused
from pages.parts import landmarks


def do(what: Callable[[], object], said: str = "") -> None:
    """`said`, once it is done, is for `acting.show` of the page."""
    try:
        what()
    except Problems as refused:
        st.session_state["what was refused"] = refused.sentences
    except Refused as refused:
        st.session_state["what was refused"] = [str(refused)]
    else:
        if said:
            st.session_state.acted = said
    st.rerun()


def what_was_refused() -> Sequence[str]:
    """The sentences of the last refusal, once. They are drawn by `problems.sentences`, and brought into view."""
    sentences: Sequence[str] = st.session_state.pop("what was refused", ())
    if sentences:
        landmarks.bring_into_view("there_is_a_problem")
    return sentences
