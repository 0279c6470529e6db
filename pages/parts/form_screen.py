"""The screen of a draft: one section's questions beside the list of all sections, for every form alike.

The draft is read once for each full run. The questions are one fragment: an answer costs its own save and nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data import clock
from data.answers.drafts import Draft
from data.answers.opened_draft import OpenedDraft
from data.child_line import age
from forms.answers import Checked, check, section_state
from forms.codes import AGENCIES
from forms.form import Form, RepeatedRows, Section
from forms.question import Question
from pages.parts import child_heading, keeping, landmarks, problems, typing
from pages.parts.asking import Asking, ask_all, guidance
from pages.parts.repeated_rows import ask_rows
from pages.parts.words import as_html, at_time, paragraphs, tag

CHECK = "check"
"""The address of "Check your answers", where others have the key of a section."""
CHECK_TITLE = "Check your answers"

COLOURS = {"Completed": "green", "In progress": "blue", "There is a problem": "red", "Not started": "grey"}


@dataclass(frozen=True)
class Outside:
    """Where the questions change what stands outside of them. Drawn at each run of the fragment, also when nothing
    changed: what a fragment drew once and does not draw again is taken away.
    """

    heading: DeltaGenerator | None
    """Of a child who is being added."""
    here: DeltaGenerator
    """The line of this section in the list."""
    counts: DeltaGenerator


def go_to(section_key: str, field: str = "") -> None:
    """Show another section; for callbacks. `field`: the key of the control to go to."""
    st.query_params["section"] = section_key
    st.session_state["go to"] = field or "section"


def tried(draft: Draft) -> bool:
    """Has the person asked for their answers to be checked? Then what is missing is said too."""
    return bool(st.session_state.get(f"tried {draft.draft_id}"))


def note_try(draft: Draft) -> None:
    st.session_state[f"tried {draft.draft_id}"] = True


def checked_now(opened: OpenedDraft) -> tuple[Draft, Checked]:
    """The draft as it stands on this screen, read as it would be submitted."""
    draft = keeping.on_the_screen(opened.draft)
    return draft, check(draft.form, draft.typed, opened.about)


def draw_section(opened: OpenedDraft, section: Section, heading: DeltaGenerator | None) -> None:
    draft, checked = checked_now(opened)
    beside, aside = st.columns([13, 6], gap="large")
    with aside:
        here, counts = draw_sections(draft, checked, section.key, opened.agency)
    with beside:
        typing.commit_while_typing()
        if tried(draft):
            problems.summary(draft, problems.to_show(draft, checked, has_tried=True), go_to)
        _title(opened, section)
        with st.container(key="questions"):
            _questions(opened, section, Outside(heading, here, counts))
        _previous_and_next(draft.form, section)
    landmarks.name_them(f"{draft.draft_id} {section.key}", st.session_state.pop("go to", ""))


@st.fragment
def draw_parts(opened: OpenedDraft, sections: Sequence[Section]) -> None:
    """Sections beneath each other, for a page that has its own way from section to section."""
    draft, checked = checked_now(opened)
    asking = Asking(opened.draft, checked.answers, problems.to_show(draft, checked, tried(draft)))
    for section in sections:
        state = section_state(section, draft.typed, checked)
        st.html(f'<h3 class="part">{as_html(section.title)}{tag(state, COLOURS[state])}</h3>')
        _ask_items(asking, section)
    st.html(_saved(draft))


def _title(opened: OpenedDraft, section: Section) -> None:
    sections = opened.draft.form.sections
    said = [words for words in (section.intro, _written(opened, section)) if words]
    st.html(
        f'<p class="quiet">Section {sections.index(section) + 1} of {len(sections)}</p>'
        f'<h2 class="section-title" tabindex="-1">{as_html(section.title)}</h2>'
        + "".join(f'<p class="intro">{as_html(words)}</p>' for words in said)
    )
    if section.guidance:
        guidance("Guidance for this section", section.guidance)


@st.fragment
def _questions(opened: OpenedDraft, section: Section, outside: Outside) -> None:
    draft, checked = checked_now(opened)
    shown = problems.to_show(draft, checked, tried(draft))
    _ask_items(Asking(opened.draft, checked.answers, shown), section)
    st.html(_saved(draft))
    outside.here.html(_here(section.title, section_state(section, draft.typed, checked)))
    if draft.form.summary is not None:
        outside.counts.html(_counts(draft.form, checked.answers))
    if outside.heading is not None:
        outside.heading.html(new_heading(checked.answers))


def _ask_items(asking: Asking, section: Section) -> None:
    """In the order of the form: questions one after the other, and rows where they stand."""
    singles: list[Question] = []
    for item in section.questions:
        if isinstance(item, RepeatedRows):
            ask_all(asking, singles, asking.answers)
            singles = []
            if item.key in asking.answers:
                ask_rows(asking, item)
        else:
            singles.append(item)
    ask_all(asking, singles, asking.answers)


def _written(opened: OpenedDraft, section: Section) -> str:
    """For a form of many hands: who wrote this section last."""
    last = opened.last_written(section) if opened.draft.form.many_hands else None
    if last is None:
        return "Nobody has written in this section yet." if opened.draft.form.many_hands else ""
    writer, at = last
    agency = dict(AGENCIES).get(writer.agency or "", "")
    return f"Last written by {writer.name}{', ' + agency if agency else ''}, {at_time(at)}."


def _saved(draft: Draft) -> str:
    """The line that stays at the foot of the window; a status, so that a screen reader says it."""
    waiting = len(keeping.unsaved(draft))
    if waiting:
        answers = "1 answer is" if waiting == 1 else f"{waiting} answers are"
        return _status(f"{answers} not saved. See beside the question.", "saved not-saved")
    last = max((answer.saved_at for answer in draft.saved.values()), default=None)
    words = f"Saved {at_time(last)}" if last else "Each answer is saved as you give it"
    return _status(words, "saved")


def _status(words: str, look: str) -> str:
    """`pages/scripts/connection.js` says in its place what is still on the way; that is not read out at every word."""
    return (
        f'<p class="{look}" role="status"><span class="standing">{as_html(words)}</span>'
        '<span class="on-the-way" aria-hidden="true"></span></p>'
    )


def new_heading(answers: Mapping[str, Any]) -> str:
    """Of a child who is being added: what is known so far."""
    born = answers.get("date_of_birth")
    years = age(born, answers.get("date_of_birth_is_estimate"), clock.today()) if born else ""
    return child_heading.of_a_new_child(answers.get("name"), years)


def draw_sections(
    draft: Draft, checked: Checked, current: str, agency: str | None
) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Every section with its state, in any order, and which hold what the reader's agency is asked; gives the places of
    the current line and of the counts."""
    here = counts = st.empty()
    with st.container(key="sections", gap=None):
        st.html("<h2>Sections</h2>")
        for section in draft.form.sections:
            state = section_state(section, draft.typed, checked)
            if section.key == current:
                here = st.empty()
                here.html(_here(section.title, state))
            else:
                _line(_named(section, agency), section.key, tag(state, COLOURS[state]))
        if current == CHECK:
            st.html(_here(CHECK_TITLE, ""))
        else:
            _line(CHECK_TITLE, CHECK, "")
    with st.container(key="counts"):
        counts = st.empty()
        counts.html(_counts(draft.form, checked.answers))
    return here, counts


def _named(section: Section, agency: str | None) -> str:
    is_asked = agency and any(q.agency == agency for q in section.questions if isinstance(q, Question))
    return f"{section.title} (asked of your agency)" if is_asked else section.title


def _line(title: str, key: str, state: str) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"section_{key}"):
        st.button(paragraphs(title), key=f"go_to_{key}", type="tertiary", on_click=go_to, args=(key,))
        if state:
            st.html(state, width="content")


def _here(title: str, state: str) -> str:
    said = tag(state, COLOURS[state]) if state else ""
    return f'<p class="here" aria-current="page"><strong>{as_html(title)}</strong>{said}</p>'


def _counts(form: Form, answers: Mapping[str, Any]) -> str:
    if form.summary is None:
        return "<i></i>"
    lines = "".join(
        f"<div><dt>{as_html(what)}</dt><dd>{as_html(many)}</dd></div>" for what, many in form.summary(answers)
    )
    return f'<h2>So far</h2><dl class="counts">{lines}</dl>'


def _previous_and_next(form: Form, section: Section) -> None:
    at = form.sections.index(section)
    with st.container(horizontal=True, key="previous_and_next"):
        if at > 0:
            before = form.sections[at - 1]
            st.button(
                paragraphs(f"Previous: {before.title}"), on_click=go_to, args=(before.key,), key="previous"
            )
        after = form.sections[at + 1] if at + 1 < len(form.sections) else None
        words, key = (f"Next: {after.title}", after.key) if after else (CHECK_TITLE, CHECK)
        st.button(paragraphs(words), on_click=go_to, args=(key,), type="primary", key="next")
