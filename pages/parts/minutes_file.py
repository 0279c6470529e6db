"""The button that gives the minutes as a Word document: made on click, for whoever is signed in at this browser then."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data import meeting_documents, sessions
from data.actor import Actor
from data.refusal import Refused
from pages.parts import browser
from pages.parts.words import paragraphs

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def draw(words: str, meeting_id: str, item_id: str | None = None) -> None:
    st.download_button(
        paragraphs(words),
        _maker(meeting_id, item_id),
        file_name=f"minutes-{(item_id or meeting_id)[-8:]}.docx",
        mime=WORD,
        on_click="ignore",
    )


def _maker(meeting_id: str, item_id: str | None) -> Callable[[], bytes]:
    token = browser.browser_token()

    def make() -> bytes:
        account = sessions.account_behind(browser.store(), token)
        if account is None:
            raise Refused("You have been signed out. Sign in again.", "document made")
        actor = Actor(browser.store(), account.account_id)
        return meeting_documents.minutes_as_word(actor, meeting_id, item_id)

    return make
