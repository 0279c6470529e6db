"""The members of one meeting: who is invited, and which agencies have answered for each child."""

from __future__ import annotations

import streamlit as st

from data.account_line import person
from data.actor import Actor
from data.child_line import line
from data.database.engine import Row
from data.meeting import agency_answers, chairs, invitations, meeting_keeping
from data.meeting.agency_answers import Answered
from data.meeting.chairs import Chair
from data.meeting.meeting_keeping import BEFORE_IT_IS_HELD
from forms.codes import AGENCIES
from forms.kinds.date import in_words
from forms.places import partnership_of
from forms.terms_of_reference import TERMS_OF_REFERENCE
from pages.parts import acting, answering, lists, table
from pages.parts.acting import chosen
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.table import Link
from pages.parts.words import paragraphs

NAMES = dict(AGENCIES)


def body() -> None:
    actor = current_actor()
    meeting = meeting_keeping.read_meeting(actor, st.query_params.get("meeting", ""))
    with actor.reading() as work:
        runs = work.account.role == "coordinator"
    st.title(paragraphs(f"Members of the meeting of {in_words(meeting['meets_on'])}"), anchor=False)
    acting.show()
    _invited(actor, meeting, runs)
    _chairs(actor, meeting, runs)
    _answers(actor, meeting, runs)
    _terms(meeting)
    link("Back to the meeting", "meeting", meeting=meeting["meeting_id"])


def _invited(actor: Actor, meeting: Row, runs: bool) -> None:
    meeting_id = meeting["meeting_id"]
    st.header("Who is invited", anchor=False)
    st.text(
        "They can open the children on the agenda from the day papers go out until the minutes are agreed."
    )
    people = invitations.invited(actor, meeting_id)
    lists.table(
        "Invited",
        ("Name", "Agency", "Job"),
        [(p["name"], NAMES.get(p["agency"] or "", ""), p["job_title"] or "") for p in people],
        "Nobody is invited yet.",
    )
    if not runs:
        return
    if meeting["state"] in BEFORE_IT_IS_HELD:
        others = {p["account_id"]: p for p in invitations.people_to_invite(actor, meeting_id)}
        key = f"invite {meeting_id} {len(people)}"
        st.multiselect(
            "Whom do you invite?",
            list(others),
            format_func=lambda key: person(others[key]),
            placeholder="Choose people of the area",
            key=key,
        )
        acting.offer(
            "Invite",
            lambda actor: invitations.invite(actor, meeting_id, chosen(key)),
            "Invited.",
            look="primary" if not people else "secondary",
        )
    if people:
        by_id = {p["account_id"]: p for p in people}
        leaves = f"withdraw {meeting_id}"
        st.selectbox(
            "Whose invitation do you withdraw?",
            list(by_id),
            index=None,
            format_func=lambda key: person(by_id[key]),
            placeholder="Choose a person",
            key=leaves,
        )
        acting.offer(
            "Withdraw invitation",
            lambda actor: invitations.withdraw(actor, meeting_id, chosen(leaves)),
            "The invitation is withdrawn.",
        )


def _chairs(actor: Actor, meeting: Row, runs: bool) -> None:
    st.header("Who chairs", anchor=False)
    st.text("The chairs sign the minutes. Name an account, so that they sign here themselves.")
    meeting_id, named = meeting["meeting_id"], chairs.chairs(actor, meeting["meeting_id"])
    lists.table(
        "Chairs",
        ("Chair", "Name", "Signs"),
        [(c.words, c.name or "Not named", "Here" if c.account_id else "On paper") for c in named],
    )
    if not runs or meeting["state"] == "cancelled":
        return
    for chair in named:
        _name(actor, meeting_id, chair)


def _name(actor: Actor, meeting_id: str, chair: Chair) -> None:
    words = f"{chair.words[:1].lower()}{chair.words[1:]}"
    key = f"{chair.key} {chair.account_id or chair.name}"
    with st.expander(paragraphs(f"{'Change' if chair.name else 'Name'} the {words}")):
        people = {p["account_id"]: p for p in chairs.people_to_chair(actor, meeting_id, chair.key)}
        st.selectbox(
            paragraphs(f"Account of the {words}"),
            list(people),
            index=None,
            format_func=lambda account_id: person(people[account_id]),
            placeholder="Choose a person" if people else "Nobody yet: invite an officer first",
            key=f"chair {key}",
        )
        st.text_input("Or the name of somebody without an account", key=f"name {key}", autocomplete="off")
        acting.offer(
            f"Save the {words}",
            lambda actor: chairs.name_chair(
                actor, meeting_id, chair.key, chosen(f"chair {key}") or None, name=chosen(f"name {key}")
            ),
        )


def _answers(actor: Actor, meeting: Row, runs: bool) -> None:
    st.header("What agencies hold", anchor=False)
    st.text("Every member agency answers for each child before the meeting, present or not.")
    found = agency_answers.answers(actor, meeting["meeting_id"])
    if not found:
        st.text("No child is on the agenda yet.")
        return
    table.draw(
        "Answers of the agencies",
        ("Child", "Holds something", "Nothing held", "Not answered"),
        [
            (
                Link(line(one.item), "child", {"child": one.item["child_id"]}),
                _agencies(one, True), _agencies(one, False), ", ".join(NAMES[key] for key in one.missing),
            )
            for one in found
        ],
        is_wide=True,
    )  # fmt: skip
    if runs and meeting["state"] in ("papers_out", "held"):
        by_item = {one.item["item_id"]: one for one in found}
        st.subheader("Read or record an agency's answer", anchor=False)
        item_id = st.selectbox(
            "Child",
            list(by_item),
            index=None,
            format_func=lambda key: line(by_item[key].item),
            placeholder="Choose a child",
            key="answered_for",
        )
        if item_id:
            for row in by_item[item_id].answers:
                st.text(f"{NAMES[row['agency']]}: {row['words'] or 'nothing held'}")
            agency = st.selectbox(
                "Agency",
                list(NAMES),
                index=None,
                format_func=lambda key: NAMES[key],
                placeholder="Choose an agency",
                key=f"agency {item_id}",
            )
            if agency:
                answering.ask(by_item[item_id], agency)


def _terms(meeting: Row) -> None:
    with st.expander("Members in the terms of reference"):
        lists.table(
            "Terms of reference",
            ("Member", "Agency", ""),
            [
                (seat.name, NAMES[seat.agency], "Co-opted" if seat.is_co_opted else "")
                for seat in TERMS_OF_REFERENCE[partnership_of(meeting["area"]).key]
            ],
        )


def _agencies(one: Answered, holds: bool) -> str:
    return ", ".join(NAMES[row["agency"]] for row in one.answers if row["holds"] is holds)


PAGE = Page(
    "Meeting members",
    "meeting-members",
    frozenset({"coordinator", "manager"}),
    body,
    in_menu=False,
    wide=True,
)
