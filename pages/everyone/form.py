"""A form being filled in: the draft in the address, one section of it at a time."""

from __future__ import annotations

import streamlit as st

from data.answers.drafts import Draft, discard_draft
from data.answers.opened_draft import open_draft
from data.refusal import Refused
from forms.form import Form
from pages.parts import (
    acting,
    browser,
    check_answers,
    child_heading,
    form_look,
    form_screen,
    keeping,
    kept_words,
    look,
    navigation,
)
from pages.parts.navigation import Page
from pages.parts.words import as_html, day_and_month


def body() -> None:
    form_look.set_up()
    actor = browser.current_actor()
    try:
        opened = open_draft(actor, st.query_params.get("draft", ""))
    except Refused as refused:
        st.title("This form cannot be opened", anchor=False)
        st.text(str(refused))
        navigation.link("Go to My work", "my-work")
        kept_words.show()
        return
    draft = opened.draft
    keeping.put_again(opened)
    if draft.state == "submitted" and draft.record_id:
        navigation.go("submission", form=draft.form.key, record=draft.record_id)
    if draft.state == "discarded":
        navigation.go("child", child=draft.child_id) if draft.child_id else navigation.go("children")
    if draft.child_id:
        new_child = None
        child_heading.draw(actor, draft.child_id)
    else:
        new_child = st.empty()
        new_child.html(form_screen.new_heading(form_screen.checked_now(opened)[1].answers))
    st.title(draft.form.title, anchor=False)
    look.name_the_tab(f"{draft.form.title} · begun {day_and_month(draft.started_at)}")
    wanted = st.query_params.get("section", "")
    sections = draft.form.sections
    section = next((s for s in sections if s.key == wanted), sections[0])
    is_check = wanted == form_screen.CHECK
    _opening_words(draft.form, in_full=is_check or section is sections[0])
    if is_check:
        check_answers.draw(actor, opened)
    else:
        form_screen.draw_section(opened, section, new_child)
    if draft.started_by == opened.account_id and not draft.form.at_the_meeting:
        _not_needed(draft)


def _not_needed(draft: Draft) -> None:
    """What was begun by mistake need not stay among one's drafts."""
    with st.expander("This form is not needed"):
        others = ", and out of everybody's who writes in it" if draft.form.many_hands else ""
        st.text(
            f"It goes out of your drafts{others}. It is not sent, and what was typed stays in the history."
        )
        st.button("Put this draft away", key="put_away", on_click=_put_away, args=(draft.draft_id,))


def _put_away(draft_id: str) -> None:
    acting.act(lambda: discard_draft(browser.current_actor(), draft_id), "The draft is put away.")


def _opening_words(form: Form, in_full: bool) -> None:
    """Whom to call in danger stands on every screen of a form; the rest where it begins and before it is sent."""
    said = "".join(f"<p>{as_html(words)}</p>" for words in form.opening_words[: None if in_full else 1])
    if said:
        st.html(f'<div class="opening">{said}</div>')


PAGE = Page(
    "Form", "form", frozenset({"practitioner", "coordinator", "meeting_member"}), body, in_menu=False, wide=True,
)  # fmt: skip
