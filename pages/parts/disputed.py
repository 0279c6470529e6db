"""The notes that somebody disputes a form, above what the form says; and the way to add one."""

from __future__ import annotations

import streamlit as st

from data import disputes
from data.actor import Actor
from data.engine import Row
from data.pathway import DISPUTE_WAY
from data.refusal import Refused
from data.submissions import Submission
from forms.kinds.date import in_words
from forms.rights import DISPUTE, DISPUTED_BY
from pages.parts import acting, plain_form
from pages.parts.browser import current_actor
from pages.parts.words import as_html


def draw(actor: Actor, read: Submission) -> None:
    try:
        notes = disputes.disputes_of(actor, read.child_id)
    except Refused:
        return  # an invited member reads the form for the meeting, and answers there
    acting.show()
    mine = [note for note in notes if note["disputed_record_id"] == read.record_id]
    for note in mine:
        st.html(f'<div class="opening">{as_html_of(note)}</div>')
    with st.expander("Note that somebody disputes this form"):
        typed = plain_form.ask(DISPUTE, f"dispute {read.record_id} {len(mine)}", {})
        st.button(DISPUTE.final_button, on_click=_keep, args=(read, typed))


def _keep(read: Submission, typed: dict[str, object]) -> None:
    acting.act(
        lambda: disputes.raise_dispute(current_actor(), read.form.key, read.record_id, typed),
        "The note is kept beside the form.",
    )


def as_html_of(note: Row) -> str:
    whose = f"Disputed by: {dict(DISPUTED_BY)[note['disputed_by']].lower()}, {in_words(note['raised_on'])}"
    said = f"<p><strong>{as_html(whose)}</strong></p><p>{as_html(note['words'])}</p>"
    became = DISPUTE_WAY.state(note["state"]).words
    if note["answer"]:
        became += f", {in_words(note['answered_on'])}: {note['answer']}"
    return said + f"<p>{as_html(became)}</p>"
