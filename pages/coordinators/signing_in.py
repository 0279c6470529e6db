"""Signing in to one meeting: each person signs the confidentiality statement. Nobody's records are on this screen."""

from __future__ import annotations

import streamlit as st

from data import attendance, clock, meeting_keeping
from data.actor import Actor
from data.engine import Row
from data.meeting_keeping import MeetingNotReady
from data.refusal import Problems
from forms.codes import AGENCIES
from forms.kinds.date import in_words
from forms.places import partnership_of
from forms.terms_of_reference import CONFIDENTIALITY, SIGNING, TERMS_OF_REFERENCE
from pages.parts import lists, plain_form, problems
from pages.parts.browser import current_actor
from pages.parts.doing import do, what_was_refused
from pages.parts.navigation import Page, link
from pages.parts.words import as_html, paragraphs


def body() -> None:
    actor = current_actor()
    try:
        meeting = meeting_keeping.read_meeting(actor, st.query_params.get("meeting", ""))
    except Problems as problem:
        st.error(paragraphs(str(problem)))
        return
    st.title(paragraphs(f"Sign in to the meeting of {in_words(meeting['meets_on'])}"), anchor=False)
    if sentences := what_was_refused():
        problems.sentences(sentences)
    st.header("Confidentiality statement", anchor=False)
    said = "".join(f"<li>{as_html(sentence)}</li>" for sentence in CONFIDENTIALITY)
    st.html(f"<ul>{said}</ul>")
    people = attendance.attending(actor, meeting["meeting_id"])
    _sign(actor, meeting, len(people))
    _signed(actor, meeting, people)
    link("Back to the meeting", "meeting", meeting=meeting["meeting_id"])


def _sign(actor: Actor, meeting: Row, so_far: int) -> None:
    """The widgets carry how many have signed, so that the next person finds them empty."""
    if meeting["state"] not in ("papers_out", "held"):
        st.text("People sign in from papers out until the minutes are agreed.")
        return
    wrong = st.session_state.pop("signing_problems", ())
    if wrong:
        problems.sentences([problem.sentence for problem in wrong])
    typed = plain_form.ask(SIGNING, f"signing {meeting['meeting_id']} {so_far}", {}, wrong)
    if st.button(SIGNING.final_button, type="primary"):
        try:
            attendance.sign(actor, meeting["meeting_id"], typed)
        except MeetingNotReady as not_ready:
            st.session_state.signing_problems = not_ready.problems
        st.rerun()


def _signed(actor: Actor, meeting: Row, people: list[Row]) -> None:
    st.header("Who has signed", anchor=False)
    lists.table(
        "Signed in",
        ("Name", "Agency", "Role or team", "Deputising for", "Signed"),
        [
            (
                p["name"], dict(AGENCIES)[p["agency"]], p["role"], p["deputising_for"] or "",
                f"{p['signed_at'].astimezone(clock.UK):%H:%M}",
            )
            for p in people
        ],
        "Nobody has signed yet.",
    )  # fmt: skip
    present = {p["agency"] for p in people}
    absent = [
        seat.name
        for seat in TERMS_OF_REFERENCE[partnership_of(meeting["area"]).key]
        if seat.agency not in present and not seat.is_co_opted
    ]
    if absent:
        st.text(f"By the terms of reference, nobody has signed for: {', '.join(absent)}.")
    by_id = {p["attendance_id"]: p["name"] for p in people}
    if by_id and meeting["state"] in ("papers_out", "held"):
        with st.expander("Take somebody out who was signed in by mistake"):
            chosen = st.selectbox(
                "Who?",
                list(by_id),
                index=None,
                format_func=lambda key: by_id[key],
                placeholder="Choose a person",
                key="taken_out",
            )
            reason = st.text_area("Reason", key="taken_out_reason")
            if st.button("Take out") and chosen:
                do(lambda: attendance.take_out(actor, chosen, reason))


PAGE = Page("Sign in to the meeting", "signing-in", frozenset({"coordinator"}), body, in_menu=False)
