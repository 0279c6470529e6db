"""The short form of a record that is kept: begun with what stands, saved by its one button, problems at their questions.

Saving is a callback, because a click must not be lost to the run that keeps the last typed word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from data.answers.short_forms import NotFilledIn
from data.clock import new_id
from data.database.engine import Clash
from data.refusal import Problems, Refused
from forms.form import Form
from forms.question import Typed
from pages.parts import acting, form_look, landmarks, plain_form, problems
from pages.parts.navigation import go
from pages.parts.words import paragraphs

Address = tuple[str, dict[str, str]]
"""Where to go after saving: a page and its opaque ids."""

Save = Callable[[dict[str, Typed], str, int], Address]
"""Keeps what was typed: given the record's id and the revision that was seen (0 for a new record)."""

CLASHED = acting.CLASHED + " What you typed is still here; start again to see theirs."


def draw(
    form: Form,
    place: str,
    standing: Mapping[str, Any],
    record_id: str | None,
    save: Save,
    before_the_button: Callable[[], object] = lambda: None,
) -> None:
    """`place` says whose answers: what is typed about one record never reaches another."""
    if leads_to := st.session_state.pop(f"{place} leads to", None):
        forget(place)  # a second click may have left something
        go(leads_to[0], **leads_to[1])
    form_look.set_up()
    wrong = st.session_state.get(f"{place} wrong", ())
    if wrong:
        problems.sentences([problem.sentence for problem in wrong])
    acting.show()
    key = f"question_{place}"
    # Held from the first drawing on: a second click saves nothing twice, a change by somebody else is noticed.
    if not plain_form.is_begun(form, key):
        st.session_state[f"{place} seen"] = standing.get("revision", 0)
        st.session_state[f"{place} id"] = record_id or new_id()
    seen, held = st.session_state[f"{place} seen"], st.session_state[f"{place} id"]
    with st.container(key="questions"):
        plain_form.ask(form, key, standing, wrong)
        before_the_button()
    landmarks.name_them(f"{place} {len(wrong)}", "the summary" if wrong else "")
    st.button(
        paragraphs(form.final_button),
        type="primary",
        on_click=_save,
        args=(form, place, standing, held, seen, save),
    )
    if seen:
        st.button("Start again from what is saved", on_click=forget, args=(place,))


def _save(form: Form, place: str, standing: Mapping[str, Any], record_id: str, seen: int, save: Save) -> None:
    typed = plain_form.now(form, f"question_{place}", standing)
    st.session_state.pop(f"{place} wrong", None)
    try:
        leads_to = save(typed, record_id, seen)
    except NotFilledIn as refused:
        st.session_state[f"{place} wrong"] = refused.problems
    except Problems as refused:
        st.session_state.acted_wrong = list(refused.sentences)
    except Refused as refused:
        st.session_state.acted_wrong = [str(refused)]
    except Clash:
        st.session_state.acted_wrong = [CLASHED]
    else:
        forget(place)
        st.session_state.acted = "Saved."
        st.session_state[f"{place} leads to"] = leads_to


def forget(place: str) -> None:
    plain_form.forget(f"question_{place}")
    for what in ("wrong", "seen", "id"):
        st.session_state.pop(f"{place} {what}", None)
