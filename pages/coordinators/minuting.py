"""The meeting, one child at a time: what is known and what changed beside the minutes, and the way to the next child."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data.answers.opened_draft import OpenedDraft
from data.answers.submissions import Submission
from data.meeting import minuting
from data.meeting.meeting_keeping import NotQuorate
from data.meeting.minuting import Minuted
from data.meeting.since_last_time import Since
from data.refusal import Problems, Refused
from forms.form import Section
from forms.kinds.date import in_words
from forms.question import NOT_ASKED
from pages.parts import (
    child_heading,
    form_look,
    form_screen,
    free_text,
    keeping,
    landmarks,
    lists,
    look,
    meeting_files,
    problems,
    table,
    typing,
)
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, go, link
from pages.parts.read_back import section_as_html
from pages.parts.table import Link
from pages.parts.words import as_html, paragraphs

FOR_EVERY_CHILD = ("discussion", "actions", "judgement", "decision")
"""Sections that the meeting writes for each; the others begin with what is known and are opened to correct it."""

STATES = {"ongoing": "Ongoing", "completed": "Completed", "not_achieved": "Not achieved"}


def body() -> None:
    form_look.set_up()
    if meeting_id := st.session_state.pop("the last child was minuted", ""):
        go("meeting", meeting=meeting_id)
    actor = current_actor()
    try:
        opened = minuting.open_child(actor, st.query_params.get("item", ""))
    except NotQuorate as problem:
        st.error(paragraphs(str(problem)))
        with actor.reading() as work:
            runs = work.account.role == "coordinator"
        if runs:
            link("Sign people in", "signing-in", meeting=problem.meeting_id)
        else:
            link("Back to the papers", "papers", meeting=problem.meeting_id)
        return
    child_heading.show(opened.heading)
    st.title(paragraphs(f"Child {opened.place} of {opened.of}"), anchor=False)
    look.name_the_tab(f"Minutes · child {opened.place} of {opened.of}")
    known, minutes = st.columns([2, 3], gap="large")
    with known:
        _since(opened.since)
        with st.expander("What agencies hold"):
            lists.facts(opened.held)
        _assessment(opened.assessment)
    with minutes:
        _minutes(opened)
        if opened.is_runner:
            _go_on(opened)
    if opened.is_runner:
        if opened.record_id:
            meeting_files.minutes(
                "Download this child's minutes as Word",
                opened.meeting["meeting_id"],
                opened.item["item_id"],
            )
        link("Back to the meeting", "meeting", meeting=opened.meeting["meeting_id"])
    else:
        link("Back to the papers", "papers", meeting=opened.meeting["meeting_id"])
    landmarks.name_them(opened.item["item_id"], st.session_state.pop("go to", ""))


def _since(since: Since) -> None:
    st.html('<h2 class="section-title" tabindex="-1">What changed since last time</h2>')
    if since.last is None:
        st.text("The meeting has not discussed this child before in this episode.")
    else:
        lists.facts(
            [
                ("Last discussed", in_words(since.last["meeting_date"])),
                ("Judgement", _then_and_now(since.judgement)),
                ("Scale, 1 at risk to 10 no longer at risk", _then_and_now(since.scale)),
                ("Tracker score, higher is worse", _then_and_now(since.score)),
            ]
        )
        if since.about_score:
            st.text(since.about_score)
    for words, labels in (
        ("Newly yes", since.newly_yes),
        ("Now historical", since.now_historical),
        ("No longer there", since.now_no),
        ("Was unknown, is no", since.unknown_resolved),
        ("Was yes, is unknown now", since.became_unknown),
    ):
        if labels:
            listed = "".join(f"<li>{as_html(label)}</li>" for label in labels)
            st.html(f"<h3>{as_html(words)} ({len(labels)})</h3><ul>{listed}</ul>")
    if since.actions:
        table.draw(
            "Actions since last time",
            ("Action", "Who", "By", "State", "What came of it"),
            [
                (
                    Link(row["action"], "action", {"action": row["action_id"]}), row["owner"] or "",
                    in_words(row["due_on"]) if row["due_on"] else "", STATES[row["state"]],
                    (row["not_achieved_reason"] or row["impact"] or "") if row["state"] != "ongoing" else "",
                )
                for row in since.actions
            ],
            is_wide=True,
        )  # fmt: skip


def _then_and_now(pair: tuple[object, object]) -> str:
    then, now = ("not known" if one is None else str(one) for one in pair)
    return f"{then} then, {now} now"


def _assessment(read: Submission | None) -> None:
    """What the assessment hands on to the minutes and says, in its own order; one element, as each costs at a click."""
    st.header("From the assessment", anchor=False)
    if read is None:
        st.text("No assessment has been sent.")
        return
    shown = []
    for section in read.form.sections:
        handed_on = tuple(
            item
            for item in section.questions
            if item.in_minutes and (item.key in read.hidden or _is_said(read.answers.get(item.key)))
        )
        if handed_on:
            answers = section_as_html(
                replace(section, questions=handed_on), read.answers, read.form_version, read.hidden
            )
            shown.append(f"<h3>{as_html(section.title)}</h3>{answers}")
    st.html("".join(shown) or "<p>It says nothing of what the minutes begin with.</p>")
    link("The whole assessment", "submission", form="assessment", record=read.record_id)


def _is_said(answer: object) -> bool:
    return answer is not NOT_ASKED and answer is not None and answer != []


def _minutes(opened: Minuted) -> None:
    st.header("Minutes", anchor=False)
    if opened.draft is None:
        st.text("The decision about this child is recorded.")
        link("Read the recorded minutes", "submission", form="minutes", record=opened.record_id or "")
        return
    typing.commit_while_typing()
    keeping.put_again(opened.draft)
    if st.session_state.get(_asked_for(opened.item["item_id"])):
        form_screen.note_try(opened.draft.draft)
    with st.container(key="questions"):
        sections = opened.draft.draft.form.sections
        form_screen.draw_parts(opened.draft, [s for s in sections if s.key in FOR_EVERY_CHILD])
        _another_part(opened.draft, [s for s in sections if s.key not in FOR_EVERY_CHILD])


def _another_part(draft: OpenedDraft, sections: list[Section]) -> None:
    """One at a time, its questions drawn once it is chosen: the minutes have ninety. Not a fragment: within one, a part that
    was opened a second time came back empty in the browser, and the empty control was then kept."""
    by_key = {section.key: section for section in sections}
    _, checked = form_screen.checked_now(draft)
    tried = form_screen.tried(draft.draft)
    wrong = {problem.rows_key or problem.key for problem in checked.problems} if tried else set()
    chosen = st.radio(
        "Open another part of the minutes",
        list(by_key),
        index=None,
        format_func=lambda key: paragraphs(_named(by_key[key], wrong)),
        key=f"part_{draft.draft.draft_id}",
    )
    if chosen:
        form_screen.draw_parts(draft, [by_key[chosen]])


def _named(section: Section, wrong: set[str]) -> str:
    if any(item.key in wrong for item in section.questions):
        return f"{section.title}: there is a problem"
    begun = any(item.pulled_from for item in section.questions)
    return f"{section.title} (begun with the assessment)" if begun else section.title


def _go_on(opened: Minuted) -> None:
    """Record and go on; what is missing is asked for first, and the chair may go on all the same with a reason."""
    item_id = opened.item["item_id"]
    words = "Next child" if opened.next_item_id else "Finish the last child"
    asked_for = st.session_state.get(_asked_for(item_id), ())
    if asked_for:
        problems.sentences(asked_for)
    if opened.draft:
        words = f"Record and go on: {words.lower()}"
    here = (item_id, opened.meeting["meeting_id"])
    st.button(paragraphs(words), type="primary", on_click=_leave, args=here)
    if asked_for:
        free_text.several_lines("Or go on without it. Why?", key=f"went on {item_id}")
        st.button("Go on without it", on_click=_leave, args=(*here, True))


def _asked_for(item_id: str) -> str:
    return f"asked for {item_id}"


def _leave(item_id: str, meeting_id: str, without: bool = False) -> None:
    """A callback, so that this child's page is not drawn once more before the next child's."""
    reason = st.session_state.get(f"went on {item_id}") or "" if without else ""
    if without and not reason.strip():
        st.session_state[_asked_for(item_id)] = ("Enter why the meeting goes on without it",)
        return
    try:
        next_item_id = minuting.go_on(current_actor(), item_id, reason)
    except Problems as refused:
        st.session_state[_asked_for(item_id)] = refused.sentences
    except Refused as refused:
        st.session_state[_asked_for(item_id)] = (str(refused),)
    else:
        st.session_state.pop(_asked_for(item_id), None)
        st.session_state["go to"] = "section"
        if next_item_id:
            st.query_params["item"] = next_item_id
        else:
            st.session_state["the last child was minuted"] = meeting_id


PAGE = Page(
    "Minutes at the meeting",
    "minuting",
    frozenset({"coordinator", "practitioner", "meeting_member"}),
    body,
    in_menu=False,
    wide=True,
)
