"""The button that gives the minutes as a Word document."""

from __future__ import annotations

import streamlit as st

from data import meeting_documents
from pages.parts.made_on_click import WORD, made_on_click
from pages.parts.words import paragraphs


def draw(words: str, meeting_id: str, item_id: str | None = None) -> None:
    st.download_button(
        paragraphs(words),
        made_on_click(lambda actor: meeting_documents.minutes_as_word(actor, meeting_id, item_id)),
        file_name=f"minutes-{(item_id or meeting_id)[-8:]}.docx",
        mime=WORD,
        on_click="ignore",
    )
