"""An act behind a button: what it did is said at the top of the page once, and so is why it was refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from data.clock import new_id
from data.database.engine import Clash
from data.refusal import Problems, Refused
from forms.answers import Problem
from pages.parts import landmarks, problems
from pages.parts.navigation import go
from pages.parts.words import paragraphs

Address = tuple[str, dict[str, str]]
"""A page and its opaque ids."""

CLASHED = "Somebody else changed this meanwhile. Look at it as it stands now, then try again."


def act(do: Callable[[], object], said: str) -> None:
    """For a callback: do it, and leave the sentence for the next drawing."""
    forget()
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


def do(what: Callable[[], object], said: str = "", then: str = "") -> None:
    """For a button's own run: do it and draw the page anew, whatever became of it. `then`: the page it leads to."""
    forget()
    try:
        what()
        if said:
            st.session_state.acted = said
        if then:
            go(then)
    except (Problems, Refused) as refused:
        st.session_state.acted_wrong = (
            list(refused.sentences) if isinstance(refused, Problems) else [str(refused)]
        )
    st.rerun()


def say_wrong_at(place: str, found: Sequence[Problem]) -> None:
    """Of one form of the page, until the next act. The id makes every failed try one of its own."""
    st.session_state.wrong_at = place, found, new_id()


def wrong_at(place: str) -> Sequence[Problem]:
    at, found, _ = st.session_state.get("wrong_at", ("", (), ""))
    return found if at == place else ()


def forget() -> None:
    st.session_state.pop("wrong_at", None)


def show() -> None:
    """At the top of the page, once, and takes people there: the button may be far below. Or to the page that the act leads to."""
    if "leads_to" in st.session_state:
        address, about = st.session_state.pop("leads_to")
        go(address, **about)
    at, _, tried = st.session_state.get("wrong_at", ("", (), ""))
    if "acted_wrong" in st.session_state:
        problems.sentences(st.session_state.pop("acted_wrong"))
        forget()
        at, tried = "", new_id()
    if "acted" in st.session_state:
        with st.container(key="what_was_done"):
            st.success(paragraphs(st.session_state.pop("acted")))
        at, tried = "", new_id()
    landmarks.name_them(f"{at} {tried}", "what is said" if tried else "")
