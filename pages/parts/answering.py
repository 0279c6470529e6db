"""An agency's answer about one child before the meeting: something held and what, or nothing held."""

from __future__ import annotations

import streamlit as st

from data.actor import Actor
from data.meeting import agency_answers
from data.meeting.agency_answers import WORDS, Answered
from pages.parts import acting, free_text
from pages.parts.words import paragraphs


def ask(actor: Actor, one: Answered, agency: str) -> None:
    """For the agency named; begun with what it answered already."""
    item_id = one.item["item_id"]
    told = next((row for row in one.answers if row["agency"] == agency), None)
    key = f"{item_id} {agency}"
    holds = st.radio(
        paragraphs(f"Does the agency hold anything about {one.item['name']}?"),
        (True, False),
        index=None if told is None else 0 if told["holds"] else 1,
        format_func=lambda yes: "Yes" if yes else "Nothing held",
        horizontal=True,
        key=f"holds {key}",
    )
    words = None
    if holds:
        words = free_text.several_lines(
            WORDS.label, value=told["words"] if told else None, key=f"words {key}"
        )
    if st.button("Save answer", key=f"save {key}"):
        acting.do(lambda: agency_answers.answer(actor, item_id, holds, words, agency=agency))
