"""Doing what a button says, and drawing the page anew with what was refused at its top."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from data.refusal import Problems, Refused


def do(what: Callable[[], object]) -> None:
    try:
        what()
    except Problems as refused:
        st.session_state["what was refused"] = refused.sentences
    except Refused as refused:
        st.session_state["what was refused"] = [str(refused)]
    st.rerun()


def what_was_refused() -> Sequence[str]:
    """The sentences of the last refusal, once."""
    sentences: Sequence[str] = st.session_state.pop("what was refused", ())
    return sentences
