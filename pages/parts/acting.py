"""An act behind a button: what it did is said at the top of the page once, and so is why it was refused.

Always a callback: a click must not be lost to the run that keeps the last typed word, and what a control shows is read
when the button is pressed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Literal

import streamlit as st

from data.actor import Actor
from data.clock import new_id
from data.database.engine import Clash
from data.naming import MayName
from data.refusal import NotFilledIn, Problems, Refused
from forms.answers import Problem
from pages.parts import kept_words, landmarks, problems
from pages.parts.browser import current_actor
from pages.parts.navigation import go
from pages.parts.words import paragraphs

Address = tuple[str, dict[str, str]]
"""A page and its opaque ids."""
Said = str | Callable[[Any], str]
"""What is said once it is done; it may follow from what `do` gave. "" says nothing."""

NAMES_NOBODY = "names_nobody"
DOUBLE_CLICK = 1.0
"""Seconds."""
CLASHED = "Somebody else changed this meanwhile. Look at it as it stands now, then try again."


def offer(
    words: str,
    do: Callable[[Actor], object],
    said: Said = "Saved.",
    *,
    look: Literal["primary", "secondary"] = "secondary",
    key: str | None = None,
    leads_to: Callable[[Any], Address] | None = None,
) -> None:
    """`do` is done as whoever is signed in when it is pressed; what is typed or chosen it reads by `chosen`."""
    st.button(paragraphs(words), type=look, key=key, on_click=_press, args=(words, do, said, leads_to))


def chosen(key: str) -> Any:
    """What the control of this key shows when a button is pressed; "" for nothing."""
    st.session_state.setdefault("chosen_keys", []).append(key)
    return st.session_state.get(key) or ""


def _press(
    words: str, do: Callable[[Actor], object], said: Said, leads_to: Callable[[Any], Address] | None
) -> None:
    act(lambda: do(current_actor()), said, leads_to, of=words)


def act(
    do: Callable[[], object],
    said: Said,
    leads_to: Callable[[Any], Address] | None = None,
    *,
    of: str = "",
    clashed: str = CLASHED,
) -> bool:
    """For a callback: do it, and leave the sentence for the next drawing. `of`: the form that is filled in, or the button.
    Gives whether it was done."""
    forget()
    st.session_state.chosen_keys = []
    try:
        done = do()
    except (Problems, Refused, Clash) as refused:
        if not _is_second_click(of):
            _say_wrong(of, refused, clashed)
        return False
    st.session_state.pop("may_name", None)
    for key in st.session_state.chosen_keys:
        kept_words.forget(key)
    words = said if isinstance(said, str) else said(done)
    if words:
        st.session_state.acted = words
    if leads_to:
        st.session_state.leads_to = leads_to(done)
    st.session_state.done_last = of, time.monotonic(), words
    return True


def _is_second_click(of: str) -> bool:
    """Of a double click: the first has just done it, so that the second cannot. What was said is said once more."""
    last, at, words = st.session_state.get("done_last", ("", 0.0, ""))
    is_second = bool(of) and last == of and time.monotonic() - at < DOUBLE_CLICK
    if is_second and words:
        st.session_state.acted = words
    return is_second


def _say_wrong(of: str, refused: Problems | Refused | Clash, clashed: str) -> None:
    if isinstance(refused, MayName):
        st.session_state.may_name, st.session_state[NAMES_NOBODY] = True, False
    if isinstance(refused, NotFilledIn):
        say_wrong_at(of, refused.problems)
    elif isinstance(refused, Problems):
        st.session_state.acted_wrong = list(refused.sentences)
    else:
        st.session_state.acted_wrong = [clashed if isinstance(refused, Clash) else str(refused)]


def say_wrong_at(place: str, found: Sequence[Problem]) -> None:
    """Of one form of the page, until the next act. The id makes every failed try one of its own."""
    st.session_state.wrong_at = place, found, new_id()


def wrong_at(place: str) -> Sequence[Problem]:
    at, found, _ = st.session_state.get("wrong_at", ("", (), ""))
    return found if at == place else ()


def names_nobody() -> bool:
    """Whether the person said so of words that could name somebody; asked at the top of the page once they were refused."""
    return bool(st.session_state.get("may_name") and chosen(NAMES_NOBODY))


def forget() -> None:
    st.session_state.pop("wrong_at", None)


def lead_on() -> None:
    """To the page that the act leads to: first of all, where the act may have closed this page to who did it."""
    if "leads_to" in st.session_state:
        address, about = st.session_state.pop("leads_to")
        go(address, **about)


def show() -> None:
    """At the top of the page, once. Takes people on to the page that the act leads to, or to what is said."""
    lead_on()
    with st.container():  # always there: what comes and goes above an expander would fold it up
        at, _, tried = st.session_state.get("wrong_at", ("", (), ""))
        wrong = st.session_state.pop("acted_wrong", ())
        if wrong:
            problems.sentences(wrong)
            forget()
            at, tried = "", new_id()
        if "acted" in st.session_state:
            with st.container(key="what_was_done"):
                st.success(paragraphs(st.session_state.pop("acted")))
            at, tried = "", new_id()
        if st.session_state.get("may_name"):
            st.checkbox("I have read it again: it names nobody, and leads to nobody", key=NAMES_NOBODY)
        landmarks.name_them(f"{at} {tried}", "what is said" if tried else "")
