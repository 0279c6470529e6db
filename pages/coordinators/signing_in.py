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
from data.settings import in_force
from forms.codes import AGENCIES
from forms.kinds.date import in_words
from forms.terms_of_reference import CONFIDENTIALITY, HOW_THERE, NOT_THERE, SIGNING
from pages.parts import acting, free_text, lists, short_form, table
from pages.parts.acting import chosen
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
    _sign(meeting, seats, len(people))
    _members(actor, meeting, seats, people)
    _signed(meeting, people)
    link("Back to the meeting", "meeting", meeting=meeting["meeting_id"])


def _sign(meeting: Row, seats: list[Seated], so_far: int) -> None:
    """The seat's control carries how many have signed, so that the next person finds it empty."""
    if meeting["state"] not in ("papers_out", "held"):
        st.text("People sign in from papers out until the minutes are agreed.")
        return
    meeting_id = meeting["meeting_id"]
    by_key = {one.seat.key: one for one in seats if one.how not in ("attending", "deputy")}
    place, key = f"signing {meeting_id}", f"seat {meeting_id} {so_far}"
    seat = st.selectbox(
        "Which member is this? (optional)\n\nLeave this empty for somebody who is not in the terms of reference.",
        list(by_key),
        index=None,
        format_func=lambda seat: by_key[seat].seat.name,
        placeholder="Choose a member",
        key=key,
        on_change=_begin_with_the_seat,
        args=(place, key, by_key),
    )
    short_form.draw(
        SIGNING,
        place,
        lambda actor, typed: attendance.sign(actor, meeting_id, typed, chosen(key) or None),
        "Signed in.",
    )
    if seat:
        for how, words in NOT_THERE:
            acting.offer(
                f"{words}: {by_key[seat].seat.name}",
                partial(_not_there, meeting_id, key, how),
                key=f"not there {how}",
            )


def _not_there(meeting_id: str, key: str, how: str, actor: Actor) -> None:
    attendance.say_not_there(actor, meeting_id, chosen(key), how)


def _begin_with_the_seat(place: str, key: str, by_key: dict[str, Seated]) -> None:
    """The seat's agency and name; what was typed of the person stays."""
    one = by_key.get(chosen(key))
    if one:
        short_form.fill(SIGNING, place, {"agency": one.seat.agency, "role": one.seat.name})


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


def _signed(meeting: Row, people: list[Row]) -> None:
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
            attendance_id = st.selectbox(
                "Who?",
                list(by_id),
                index=None,
                format_func=lambda key: by_id[key],
                placeholder="Choose a person",
                key="taken_out",
            )
            why = f"why {attendance_id}"
            free_text.several_lines("Reason", key=why)
            acting.offer(
                "Take out",
                lambda actor: attendance.take_out(actor, chosen("taken_out"), chosen(why)),
                "Taken out. It stays in the history.",
            )


PAGE = Page("Sign in to the meeting", "signing-in", frozenset({"coordinator"}), body, in_menu=False)
