"""Opening the record of a child who is not one's work, in an emergency: for an hour, to read, and seen by the area at once."""

from __future__ import annotations

import streamlit as st

from data.child.emergency import EmergencyNotReady, open_record
from data.refusal import Problems, Refused
from forms.emergency import EMERGENCY
from pages.parts import plain_form, problems
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, go


def body() -> None:
    actor = current_actor()
    st.title(EMERGENCY.title, anchor=False)
    wrong = st.session_state.pop("emergency_problems", ())
    if sentences := st.session_state.pop("emergency_sentences", ()):
        problems.sentences(sentences)
    st.text("If a child is in immediate danger, call 999 first.")
    st.text(
        "Use this when a child's safety cannot wait for the area's coordinator. It opens the record of one child for an "
        "hour, to read on the screen. The coordinators and managers of the child's area are shown at once that you "
        "did, and why; a manager reviews it. It cannot be undone or hidden."
    )
    typed = plain_form.ask(EMERGENCY, "emergency", {}, wrong)
    if st.button(EMERGENCY.final_button, type="primary"):
        try:
            child_id = open_record(actor, typed)
        except EmergencyNotReady as not_ready:
            st.session_state.emergency_problems = not_ready.problems
            st.session_state.emergency_sentences = not_ready.sentences
            st.rerun()
        except Problems as refused:
            st.session_state.emergency_sentences = refused.sentences
            st.rerun()
        except Refused as refused:
            st.session_state.emergency_sentences = [str(refused)]
            st.rerun()
        go("child", child=child_id)


PAGE = Page(
    "Open in an emergency",
    "emergency",
    frozenset({"practitioner", "coordinator", "manager"}),
    body,
    in_menu=False,
)
