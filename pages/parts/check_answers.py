"""The last screen of a draft: every answer read back with a way to change it, and the button that sends the form."""

from __future__ import annotations

import streamlit as st

from data.actor import Actor
from data.answers import submissions
from data.answers.drafts import Draft
from data.answers.opened_draft import OpenedDraft
from data.child.child_search import Found, LikelyMatch, say_another_child
from data.child_line import line
from data.refusal import Problems, Refused
from forms.places import area_name
from pages.parts import browser, free_text, landmarks, navigation, problems
from pages.parts.form_screen import CHECK, CHECK_TITLE, checked_now, draw_sections, go_to, note_try
from pages.parts.read_back import answers_of_draft, section_as_html
from pages.parts.words import as_html, paragraphs

TRIES = "tries to send"
SEND_A_CORRECTION = {"referral": "Send the corrected referral"}


def draw(actor: Actor, opened: OpenedDraft) -> None:
    draft, checked = checked_now(opened)
    note_try(draft)
    beside, aside = st.columns([13, 6], gap="large")
    with aside:
        draw_sections(draft, checked, CHECK, opened.agency)
    with beside:
        above = st.container()
        st.html(f'<h2 class="section-title" tabindex="-1">{CHECK_TITLE}</h2>')
        answers = answers_of_draft(draft, checked)
        for section in draft.form.sections:
            with st.container(horizontal=True, vertical_alignment="center", key=f"read_back_{section.key}"):
                st.html(f"<h3>{as_html(section.title)}</h3>", width="stretch")
                st.button(
                    paragraphs(f"Change {section.title[:1].lower()}{section.title[1:]}"),
                    key=f"change_{section.key}",
                    type="tertiary",
                    on_click=go_to,
                    args=(section.key,),
                )
            st.html(section_as_html(section, answers, draft.form.version))
        why = _ask_why() if draft.base_revision is not None else None
        words = (
            draft.form.final_button
            if draft.base_revision is None
            else SEND_A_CORRECTION.get(draft.form.key, "Save the correction")
        )
        asked_to_send = st.button(paragraphs(words), type="primary", key="send", on_click=_count_the_try)
        found = problems.to_show(draft, checked, has_tried=True)
        with above:
            if asked_to_send and not found:
                _send(actor, draft, why)
            else:
                problems.summary(draft, found, go_to)
    tries = st.session_state.get(TRIES, 0)
    landmarks.name_them(f"{draft.draft_id} {CHECK} {tries}", st.session_state.pop("go to", ""))


def _count_the_try() -> None:
    """What stops the form is said at the top of a long screen: each try leads there, the second as the first."""
    st.session_state[TRIES] = st.session_state.get(TRIES, 0) + 1
    st.session_state["go to"] = "problem"


def _ask_why() -> str:
    return free_text.several_lines(
        "Why is this form corrected?",
        under="It is kept with the correction, and the form as it was stays readable.",
        key="why_corrected",
    ).strip()


def _send(actor: Actor, draft: Draft, why: str | None) -> None:
    if why == "":
        problems.sentences(["Enter why this form is corrected"])
        return
    try:
        record_id = submissions.submit(actor, draft.draft_id, why=why)
    except submissions.NotReady as not_ready:
        problems.summary(draft, not_ready.problems, go_to)
    except LikelyMatch as match:
        _put_matches_to_the_person(draft, match)
    except (Problems, Refused) as refused:
        problems.sentences(getattr(refused, "sentences", [str(refused)]))
    else:
        st.session_state[f"sent {record_id}"] = True
        navigation.go("submission", form=draft.form.key, record=record_id)


def _put_matches_to_the_person(draft: Draft, match: LikelyMatch) -> None:
    problems.sentences(match.sentences)
    draw_matches(match.found)
    st.button("This is another child", on_click=_say_another_child, args=(draft,), key="another_child")


def _say_another_child(draft: Draft) -> None:
    say_another_child(browser.current_actor(), draft.draft_id)


def draw_matches(found: Found) -> None:
    """Likely matches: those that may be opened by name, the others by whom to ask."""
    for child in found.children:
        navigation.link(line(child), "child", child=child["child_id"])
    for area in found.ask:
        st.text(
            f"A child who may be the same is known in {area_name(area)}. Ask the coordinator of that area."
        )
    if found.not_answered:
        st.warning(paragraphs(found.not_answered))
