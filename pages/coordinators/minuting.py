"""The meeting, one child at a time: what is known and what changed beside the minutes, and the way to the next child."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data.actor import Actor
from data.answers.opened_draft import OpenedDraft, open_draft
from data.answers.submissions import read_submission
from data.meeting import minuting, since_last_time
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
    landmarks,
    lists,
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

OPEN_AT_FIRST = ("discussion", "actions", "judgement", "decision")
"""What is written for every child; the other sections begin with what is known and are opened to correct it."""

STATES = {"ongoing": "Ongoing", "completed": "Completed", "not_achieved": "Not achieved"}


def body() -> None:
    form_look.set_up()
    if meeting_id := st.session_state.pop("the last child was minuted", ""):
        go("meeting", meeting=meeting_id)
    actor = current_actor()
    try:
        opened = minuting.open_child(actor, st.query_params.get("item", ""))
    except Problems as problem:
        st.error(paragraphs(str(problem)))
        return
    with actor.reading() as work:
        runs = work.account.role == "coordinator"
    child_heading.draw(actor, opened.item["child_id"])
    st.title(paragraphs(f"Child {opened.place} of {opened.of}"), anchor=False)
    known, minutes = st.columns([2, 3], gap="large")
    with known:
        _since(since_last_time.since_last_time(actor, opened.item["episode_id"]))
        with st.expander("What agencies hold"):
            lists.facts(opened.held)
        _assessment(actor, opened)
    with minutes:
        _minutes(actor, opened)
        if runs:
            _go_on(opened)
    if runs:
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
    for words, labels in (
        ("Newly yes", since.newly_yes),
        ("Now historical", since.now_historical),
        ("No longer there", since.now_no),
        ("Was unknown, is no", since.unknown_resolved),
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


def _assessment(actor: Actor, opened: Minuted) -> None:
    """What the assessment hands on to the minutes and says, in its own order; one element, as each costs at a click."""
    st.header("From the assessment", anchor=False)
    if opened.assessment_id is None:
        st.text("No assessment has been sent.")
        return
    read = read_submission(actor, "assessment", opened.assessment_id)
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
    link("The whole assessment", "submission", form="assessment", record=opened.assessment_id)


def _is_said(answer: object) -> bool:
    return answer is not NOT_ASKED and answer is not None and answer != []


def _minutes(actor: Actor, opened: Minuted) -> None:
    st.header("Minutes", anchor=False)
    if opened.draft_id is None:
        st.text("The decision about this child is recorded.")
        link("Read the recorded minutes", "submission", form="minutes", record=opened.record_id or "")
        return
    draft = open_draft(actor, opened.draft_id)
    typing.commit_while_typing()
    with st.container(key="questions"):
        for section in draft.draft.form.sections:
            _part(draft, section)


@st.fragment
def _part(draft: OpenedDraft, section: Section) -> None:
    """One section, its questions drawn only while it is open: the minutes have ninety."""
    begun = any(item.pulled_from for item in section.questions)
    words = f"{section.title} (begun with the assessment)" if begun else section.title
    is_open = section.key in OPEN_AT_FIRST
    key = f"part_{draft.draft.draft_id}_{section.key}"
    with st.expander(paragraphs(words), expanded=is_open, key=key, on_change="rerun") as part:
        if part.open:
            form_screen.draw_questions(draft, section)


def _go_on(opened: Minuted) -> None:
    """Record and go on; what is missing is asked for first, and the chair may go on all the same with a reason."""
    item_id = opened.item["item_id"]
    words = "Next child" if opened.next_item_id else "Finish the last child"
    asked_for = st.session_state.get(_asked_for(item_id), ())
    if asked_for:
        problems.sentences(asked_for)
    if opened.draft_id:
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
