"""The history of one answer, beside it: what was typed there before, by whom and when, and what was set aside."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.answers import answer_history
from data.answers.answer_history import Version
from data.answers.draft_reading import Place
from forms.form import Form
from forms.question import Question
from pages.parts import browser
from pages.parts.controls import in_words
from pages.parts.words import as_html, at_time


def in_draft(draft_id: str, question: Question, place: Place, key: str) -> None:
    """Read, and noted as read, only while it is open."""
    with st.expander(
        "History of this answer", key=f"history_{key}", on_change="rerun", type="compact"
    ) as opened:
        if opened.open:
            _draw(question, answer_history.in_draft(browser.current_actor(), draft_id, place))


def in_submission(form: Form, record_id: str) -> None:
    """Of every answer that changed before the form was sent, or was set aside."""
    key = f"history_{record_id}"
    with st.expander("History of the answers", key=key, on_change="rerun", type="compact") as opened:
        if not opened.open:
            return
        found = answer_history.in_submission(browser.current_actor(), form.key, record_id)
        if not found:
            st.text("No answer was changed or set aside before the form was sent.")
        for (rows_key, _, question_key), versions in found.items():
            question = form.question(question_key, rows_key)
            st.html(f'<h3 class="row-name">{as_html(question.label)}</h3>')
            _draw(question, versions)


def _draw(question: Question, versions: Sequence[Version]) -> None:
    said = "".join(_line(question, version) for version in versions)
    st.html(f'<ol class="versions">{said}</ol>')


def _line(question: Question, version: Version) -> str:
    words = in_words(question, version.typed) or "No answer"
    aside = ", set aside: another answer stood" if version.is_set_aside else ""
    who = f"{version.name}, {at_time(version.at)}{aside}"
    return f'<li><p class="whose">{as_html(who)}</p><p class="words">{as_html(words)}</p></li>'
