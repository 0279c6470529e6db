"""A short form with its one button: what is missing stands above it and beside the question; once done, it is empty again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

import streamlit as st

from data.answers.short_forms import NotFilledIn
from data.database.engine import Clash
from data.refusal import Problems, Refused
from forms.form import Form
from forms.question import Typed
from pages.parts import plain_form, problems
from pages.parts.acting import CLASHED
from pages.parts.words import paragraphs

Look = Literal["primary", "secondary"]


def draw(
    form: Form,
    key: str,
    do: Callable[[dict[str, Typed]], object],
    said: str,
    *,
    standing: Mapping[str, Any] | None = None,
    look: Look = "primary",
) -> None:
    """Ask the form, and on its button `do` it with what was typed. `said` is shown at the top by `acting.show`.

    The widgets carry how often it was done, so that the next time finds them empty.
    """
    times = int(st.session_state.get(f"{key} times", 0))
    wrong = st.session_state.pop(f"{key} wrong", ())
    if wrong:
        problems.sentences([problem.sentence for problem in wrong])
    typed = plain_form.ask(form, f"{key} {times}", standing or {}, wrong)
    if not st.button(paragraphs(form.final_button), type=look, key=f"{key} button"):
        return
    try:
        do(typed)
    except NotFilledIn as refused:
        st.session_state[f"{key} wrong"] = refused.problems
    except Problems as refused:
        st.session_state.acted_wrong = list(refused.sentences)
    except Refused as refused:
        st.session_state.acted_wrong = [str(refused)]
    except Clash:
        st.session_state.acted_wrong = [CLASHED]
    else:
        st.session_state.acted = said
        st.session_state[f"{key} times"] = times + 1
    st.rerun()
