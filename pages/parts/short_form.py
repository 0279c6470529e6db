"""A short form: all its questions at once, done by its one button. Problems stand above it and beside their questions;
once done, it is empty again or leads on.

The button is a callback, because a click must not be lost to the run that keeps the last typed word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeVar

import streamlit as st

from data.actor import Actor
from forms.form import Form
from forms.question import Typed
from pages.parts import acting, form_look, kept_words, plain_form, problems
from pages.parts.acting import Address
from pages.parts.browser import current_actor
from pages.parts.words import paragraphs

Do = Callable[[Actor, dict[str, Typed]], object]
"""What the button does with what was typed, as whoever is signed in when it is pressed."""

CLASHED = acting.CLASHED + " What you typed is still here; start again to see theirs."
Held = TypeVar("Held")


def draw(
    form: Form,
    place: str,
    do: Do,
    said: str = "Saved.",
    *,
    standing: Mapping[str, Any] | None = None,
    look: Literal["primary", "secondary"] = "primary",
    leads_to: Callable[[Any], Address] | None = None,
    before_the_button: Callable[[], object] = lambda: None,
) -> None:
    """`place` says whose answers: what is typed about one record never reaches another. `standing` is what the form
    begins with. `said` is shown by `acting.show`, at the top of this page or of the one it `leads_to` with what was done.
    """
    standing, key = standing or {}, _key(place)
    form_look.set_up()
    wrong = acting.wrong_at(place) if plain_form.is_begun(form, key) else ()
    if wrong:
        problems.sentences([problem.sentence for problem in wrong])
    with st.container(key=f"questions {place}"):
        plain_form.ask(form, key, standing, wrong)
        before_the_button()
    st.button(
        paragraphs(form.final_button),
        type=look,
        key=f"{place} button",
        on_click=_press,
        args=(form, place, key, standing, do, said, leads_to),
    )
    if standing:
        st.button("Start again from what is saved", key=f"{place} again", on_click=_empty, args=(place,))


def held(form: Form, place: str, now: Held) -> Held:
    """What stood when the form was begun, until it is done: a change by somebody else meanwhile is noticed, and what is
    new keeps its id. Before `draw`."""
    if not plain_form.is_begun(form, _key(place)):
        st.session_state[f"{place} held"] = now
    begun: Held = st.session_state[f"{place} held"]
    return begun


def fill(form: Form, place: str, answers: Mapping[str, Typed]) -> None:
    """Have the form of this place show these answers; whatever else is typed stays. For a callback."""
    for key, typed in answers.items():
        plain_form.show(form, _key(place), key, typed)


def _press(
    form: Form,
    place: str,
    key: str,
    standing: Mapping[str, Any],
    do: Do,
    said: str,
    leads_to: Callable[[Any], Address] | None,
) -> None:
    if key != _key(place):
        return  # a second click, after the first has done it
    is_done = acting.act(
        lambda: do(current_actor(), plain_form.now(form, key, standing)),
        said,
        leads_to,
        of=place,
        clashed=CLASHED if standing else acting.CLASHED,
    )
    if is_done:
        _empty(place)


def _key(place: str) -> str:
    """Of the widgets; carries how often the form was emptied, so that the next time finds them empty."""
    return f"question_{place} {st.session_state.get(f'{place} turn', 0)}"


def _empty(place: str) -> None:
    kept_words.forget_those_of(f"{_key(place)}-")
    st.session_state[f"{place} turn"] = st.session_state.get(f"{place} turn", 0) + 1
