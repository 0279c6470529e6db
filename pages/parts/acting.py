"""An act behind a button: what it did is said at the top of the page once, and so is why it was refused."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.database.engine import Clash
from data.refusal import Problems, Refused
from pages.parts import problems
from pages.parts.words import paragraphs

CLASHED = "Somebody else changed this meanwhile. Look at it as it stands now, then try again."


def act(do: Callable[[], object], said: str) -> None:
    """For a callback: do it, and leave the sentence for the next drawing."""
    try:
        do()
    except Problems as refused:
        st.session_state.acted_wrong = list(refused.sentences)
    except Refused as refused:
        st.session_state.acted_wrong = [str(refused)]
    except Clash:
        st.session_state.acted_wrong = [CLASHED]
    else:
        st.session_state.acted = said


def show() -> None:
    """At the top of the page."""
    if "acted_wrong" in st.session_state:
        problems.sentences(st.session_state.pop("acted_wrong"))
    if "acted" in st.session_state:
        st.success(paragraphs(st.session_state.pop("acted")))
