"""The notes that somebody disputes a form, above what the form says; and the way to add one."""

from __future__ import annotations

import streamlit as st

from data.access.rights import can_dispute
from data.actor import Actor
from data.answers import disputes
from data.answers.submissions import Submission
from data.database.engine import Row
from data.ways.ways_beside import DISPUTE_WAY
from forms.kinds.date import in_words
from forms.rights import DISPUTE, DISPUTED_BY, KINDS
from pages.parts import acting, plain_form
from pages.parts.browser import current_actor
from pages.parts.words import as_html


def draw(actor: Actor, read: Submission) -> None:
    notes = disputes.disputes_of(actor, read.child_id)
    acting.show()
    mine = [note for note in notes if note["disputed_record_id"] == read.record_id]
    for note in mine:
        st.html(f'<div class="opening">{as_html_of(note)}</div>')
    with actor.reading() as work:
        if not can_dispute(work, read.child_id):
            return
    with st.expander("Note that somebody disputes this form, or asks for it to be put right"):
        typed = plain_form.ask(DISPUTE, f"dispute {read.record_id} {len(mine)}", {})
        st.button(DISPUTE.final_button, on_click=_keep, args=(read, typed))


def _keep(read: Submission, typed: dict[str, object]) -> None:
    acting.act(
        lambda: disputes.raise_dispute(current_actor(), read.form.key, read.record_id, typed),
        "The note is kept beside the form.",
    )


def as_html_of(note: Row) -> str:
    who = dict(DISPUTED_BY)[note["disputed_by"]]
    whose = f"{dict(KINDS)[note['kind']]}. {who}, {in_words(note['raised_on'])}"
    said = f"<p><strong>{as_html(whose)}</strong></p><p>{as_html(note['words'])}</p>"
    became = DISPUTE_WAY.state(note["state"]).words
    if note["answer"]:
        became += f", {in_words(note['answered_on'])}: {note['answer']}"
    return said + f"<p>{as_html(became)}</p>"
