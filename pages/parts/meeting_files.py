"""The buttons that give a meeting's files: each made on click, for whoever is signed in at this browser then."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.actor import Actor
from data.meeting import calendar_file, meeting_documents, papers
from forms.codes import AGENCIES
from pages.parts.made_on_click import WORD, made_on_click
from pages.parts.words import paragraphs

NAMES = dict(AGENCIES)


def minutes(
    words: str,
    meeting_id: str,
    item_id: str | None = None,
    *,
    version: int | None = None,
    agency: str | None = None,
) -> None:
    name = "-".join(
        part
        for part in ("minutes", (item_id or meeting_id)[-8:], version and f"version-{version}", agency)
        if part
    )
    _button(
        words,
        f"{name}.docx",
        WORD,
        lambda actor: meeting_documents.minutes_as_word(
            actor, meeting_id, item_id, version=version, agency=agency
        ),
    )


def minutes_for(meeting_id: str, agencies: list[str]) -> None:
    """The copy for an agency that attended, once one is chosen."""
    agency = st.selectbox(
        "Minutes for one agency, without what it may not see",
        agencies,
        index=None,
        format_func=lambda key: NAMES[key],
        placeholder="Choose an agency that attended",
        key=f"minutes_for {meeting_id}",
    )
    if agency:
        minutes(f"Download the minutes for {NAMES[agency]}", meeting_id, agency=agency)


def papers_for(meeting_id: str, agencies: list[str]) -> None:
    """The papers of an agency that is invited, once one is chosen."""
    agency = st.selectbox(
        "Papers for one agency, holding only what it may see",
        agencies,
        index=None,
        format_func=lambda key: NAMES[key],
        placeholder="Choose an agency that is invited",
        key=f"papers_for {meeting_id}",
    )
    if agency:
        papers_of(f"Download the papers for {NAMES[agency]}", meeting_id, agency)


def papers_of(words: str, meeting_id: str, agency: str) -> None:
    _button(
        words,
        f"papers-{meeting_id[-8:]}-{agency}.docx",
        WORD,
        lambda actor: papers.papers_as_word(actor, meeting_id, agency),
    )


def calendar(meeting_id: str) -> None:
    _button(
        "Download for your calendar",
        f"meeting-{meeting_id[-8:]}.ics",
        "text/calendar",
        lambda actor: calendar_file.meeting_as_calendar(actor, meeting_id),
    )


def _button(words: str, file_name: str, mime: str, make: Callable[[Actor], bytes]) -> None:
    st.download_button(
        paragraphs(words), made_on_click(make), file_name=file_name, mime=mime, on_click="ignore"
    )
