"""Signing in to one meeting: each person signs the confidentiality statement. Nobody's records are on this screen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from data import clock
from data.actor import Actor
from data.database.engine import Row
from data.meeting import attendance, meeting_keeping
from data.meeting.attendance import Seated
from data.refusal import NotFilledIn
from data.settings import in_force
from forms.codes import AGENCIES
from forms.kinds.date import in_words
from forms.terms_of_reference import CONFIDENTIALITY, HOW_THERE, NOT_THERE, SIGNING
from pages.parts import acting, free_text, lists, plain_form, problems, table
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.words import as_html, paragraphs

NAMES = dict(AGENCIES)


def body() -> None:
    actor = current_actor()
    meeting = meeting_keeping.read_meeting(actor, st.query_params.get("meeting", ""))
    st.title(paragraphs(f"Sign in to the meeting of {in_words(meeting['meets_on'])}"), anchor=False)
    acting.show()
    st.header("Confidentiality statement", anchor=False)
    said = "".join(f"<li>{as_html(sentence)}</li>" for sentence in CONFIDENTIALITY)
    st.html(f"<ul>{said}</ul>")
    people = attendance.attending(actor, meeting["meeting_id"])
    seats = attendance.seats(actor, meeting["meeting_id"])
    _sign(actor, meeting, seats, len(people))
    _members(actor, meeting, seats, people)
    _signed(actor, meeting, people)
    link("Back to the meeting", "meeting", meeting=meeting["meeting_id"])


def _sign(actor: Actor, meeting: Row, seats: list[Seated], so_far: int) -> None:
    """The widgets carry how many have signed, so that the next person finds them empty."""
    if meeting["state"] not in ("papers_out", "held"):
        st.text("People sign in from papers out until the minutes are agreed.")
        return
    wrong = st.session_state.pop("signing_problems", ())
    if wrong:
        problems.sentences([problem.sentence for problem in wrong])
    by_key = {one.seat.key: one for one in seats if one.how not in ("attending", "deputy")}
    key = f"signing {meeting['meeting_id']} {so_far}"
    chosen = st.selectbox(
        "Which member is this? (optional)\n\nLeave this empty for somebody who is not in the terms of reference.",
        list(by_key),
        index=None,
        format_func=lambda seat: by_key[seat].seat.name,
        placeholder="Choose a member",
        key=f"seat {key}",
        on_change=_begin_with_the_seat,
        args=(key, by_key),
    )
    typed = plain_form.ask(SIGNING, key, {}, wrong)
    if st.button(SIGNING.final_button, type="primary"):
        try:
            attendance.sign(actor, meeting["meeting_id"], typed, chosen)
        except NotFilledIn as not_ready:
            st.session_state.signing_problems = not_ready.problems
        st.rerun()
    if chosen:
        for how, words in NOT_THERE:
            if st.button(paragraphs(f"{words}: {by_key[chosen].seat.name}"), key=f"not there {how}"):
                acting.do(partial(attendance.say_not_there, actor, meeting["meeting_id"], chosen, how))


def _begin_with_the_seat(key: str, by_key: dict[str, Seated]) -> None:
    """The seat's agency and name; what was typed of the person stays."""
    chosen = by_key.get(st.session_state[f"seat {key}"])
    if chosen:
        st.session_state[f"{key}-agency"] = chosen.seat.agency
        st.session_state[f"{key}-role"] = chosen.seat.name


def _members(actor: Actor, meeting: Row, seats: list[Seated], people: list[Row]) -> None:
    st.header("Members in the terms of reference", anchor=False)
    st.text(quorum_in_words(in_force(actor, meeting["area"])["quorum"], {p["agency"] for p in people}))
    table.draw(
        "Members",
        ("Member", "Agency", "Attends?", "Name"),
        [
            (
                one.seat.name + (" (co-opted)" if one.seat.is_co_opted else ""),
                NAMES[one.seat.agency],
                dict(HOW_THERE)[one.how] if one.how else "Not said yet",
                one.name or "",
            )
            for one in seats
        ],
        is_wide=True,
    )


def quorum_in_words(quorum: Sequence[str], there: set[str]) -> str:
    missing = [NAMES[key] for key in quorum if key not in there]
    needed = f"The meeting may begin once these have signed: {', '.join(NAMES[key] for key in quorum)}."
    return f"{needed} Still to sign: {', '.join(missing)}." if missing else f"{needed} They have."


def _signed(actor: Actor, meeting: Row, people: list[Row]) -> None:
    st.header("Who has signed", anchor=False)
    lists.table(
        "Signed in",
        ("Name", "Agency", "Role or team", "Deputising for", "Signed"),
        [
            (
                p["name"], NAMES[p["agency"]], p["role"], p["deputising_for"] or "",
                f"{p['signed_at'].astimezone(clock.UK):%H:%M}",
            )
            for p in people
        ],
        "Nobody has signed yet.",
    )  # fmt: skip
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
            reason = free_text.several_lines("Reason", key="taken_out_reason")
            if st.button("Take out") and chosen:
                acting.do(lambda: attendance.take_out(actor, chosen, reason))


PAGE = Page("Sign in to the meeting", "signing-in", frozenset({"coordinator"}), body, in_menu=False)
