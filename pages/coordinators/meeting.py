"""One meeting: when and where, its agenda, and what can be done next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import streamlit as st

from data import clock, settings
from data.actor import Actor
from data.child_line import in_a_line, line
from data.database.engine import Row
from data.meeting import agendas, invitations, meeting_keeping, papers
from data.meeting.agendas import Agenda, Candidate
from data.meeting.chairs import Chair, chairs
from data.meeting.meeting_keeping import BEFORE_IT_IS_HELD
from data.meeting.minuting import AT_THE_MEETING
from data.ways.pathway import MEETING_WAY
from data.ways.way import Move
from forms.kinds.date import in_words
from forms.meeting import MEETING, STANDARD_ITEMS, WHY_ON_AGENDA
from forms.places import area_name
from forms.settings import BY_KEY
from pages.coordinators.meetings import COLOURS
from pages.parts import acting, free_text, lists, look, meeting_files, plain_form, table
from pages.parts.acting import chosen
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.table import Link
from pages.parts.words import as_html, paragraphs, tag

Look = Literal["primary", "secondary"]


def body() -> None:
    actor = current_actor()
    meeting = meeting_keeping.read_meeting(actor, st.query_params.get("meeting", ""))
    agenda = agendas.read_agenda(actor, meeting["meeting_id"])
    with actor.reading() as work:
        moves = MEETING_WAY.moves_from(meeting["state"], work.account.role)
        runs = work.account.role == "coordinator"
    st.title(paragraphs(f"Meeting of {in_words(meeting['meets_on'])}"), anchor=False)
    look.name_the_tab(f"Meeting · {in_words(meeting['meets_on'])}")
    st.html(tag(MEETING_WAY.state(meeting["state"]).words, COLOURS[meeting["state"]]))
    acting.show()
    told = settings.in_force(actor, meeting["area"])
    _about(meeting, chairs(actor, meeting["meeting_id"]), told)
    undecided = [line(item) for item in agenda.items if not item["is_recorded"]]
    if runs and meeting["state"] == "held" and undecided:
        st.text(
            f"No decision is recorded for: {', '.join(undecided)}. Record it before the minutes are agreed, if there was one."
        )
    _move_on(meeting, moves, bool(agenda.items))
    if meeting["state"] == "agreed":
        link("Signatures and versions of the minutes", "minutes", meeting=meeting["meeting_id"])
    if runs:
        if meeting["state"] in BEFORE_IT_IS_HELD and not invitations.invited(actor, meeting["meeting_id"]):
            st.text("Nobody is invited yet: no agency can read the papers or answer for a child.")
        with st.container(horizontal=True):
            link("Members, chairs, and what agencies hold", "meeting-members", meeting=meeting["meeting_id"])
            if meeting["state"] in ("papers_out", "held"):
                link("Sign in", "signing-in", meeting=meeting["meeting_id"])
                if agenda.items:
                    link("Minute the first child", "minuting", item=agenda.items[0]["item_id"])
    _agenda(meeting, agenda, told, runs)
    if runs and meeting["state"] in BEFORE_IT_IS_HELD:
        _candidates(meeting, agenda)
        _order(agenda)
        _change(meeting)
    _files(actor, meeting, runs)
    link("All meetings", "meetings")


def _files(actor: Actor, meeting: Row, runs: bool) -> None:
    st.header("Files", anchor=False)
    meeting_files.calendar(meeting["meeting_id"])
    if meeting["state"] not in ("planned", "cancelled"):
        meeting_files.minutes("Download the minutes as Word", meeting["meeting_id"])
    if runs and meeting["state"] in papers.ARE_OUT:
        invited = papers.agencies_invited(actor, meeting["meeting_id"])
        if invited:
            meeting_files.papers_for(meeting["meeting_id"], invited)
        else:
            st.text("Invite members to make papers for their agencies.")


def _about(meeting: Row, who_chairs: list[Chair], told: Mapping[str, Any]) -> None:
    lists.facts(
        [
            ("Meeting", f"{told['meeting_in_full']} ({told['meeting']})"),
            ("Area", area_name(meeting["area"])),
            ("Time", meeting["starts_at"] or "Not set"),
            ("Place", meeting["place"]),
            *((chair.words, chair.name or "Not named") for chair in who_chairs),
            ("Meets at least", BY_KEY["frequency"].question.as_text(told["frequency"])),
            ("May begin once these have signed", BY_KEY["quorum"].question.as_text(told["quorum"])),
        ]
    )


def _move_on(meeting: Row, moves: list[Move], is_ready: bool) -> None:
    """The next state, the one filled button once the agenda has a child and, for a meeting that was held, its day has
    come; cancelling asks for its reason."""
    meeting_id = meeting["meeting_id"]
    for move in moves:
        key, said = f"reason {move.name} {meeting_id}", f"{MEETING_WAY.state(move.end).words}."

        def make(actor: Actor, name: str = move.name, key: str = key) -> None:
            meeting_keeping.move(actor, meeting_id, name, chosen(key))

        if not move.needs_reason:
            is_next = is_ready and (move.end != "held" or meeting["meets_on"] <= clock.today())
            look: Look = "primary" if is_next else "secondary"
            acting.offer(move.words, make, said, look=look, key=f"move {move.name}")
            continue
        with st.expander(paragraphs(move.words)):
            free_text.several_lines("Reason", key=key)
            acting.offer(move.words, make, said, key=f"move {move.name}")


def _agenda(meeting: Row, agenda: Agenda, told: Mapping[str, Any], runs: bool) -> None:
    st.header("Agenda", anchor=False)
    if told["agenda_rule"]:
        st.text(told["agenda_rule"])
    items = "".join(f"<li>{as_html(item)}</li>" for item in STANDARD_ITEMS)
    st.html(f"<p>On every agenda:</p><ol>{items}</ol>")
    with st.container(horizontal=True):
        link("NRM decisions waited for", "nrm-oversight")
        link("People and places of concern", "concerns")
        if told["marthr"]:
            link("Feedback from MARTHR", "nominations")
    if not agenda.items:
        st.text("No child is on the agenda yet.")
        return
    is_minuted = meeting["state"] in AT_THE_MEETING and runs
    table.draw(
        "Children on the agenda",
        ("Order", "Child", "Why", *(["Minutes"] if is_minuted else [])),
        [
            (
                place,
                Link(line(item), "child", {"child": item["child_id"]}),
                _why(item["why"]),
                *(
                    [
                        Link(
                            _how_far(item),
                            "minuting",
                            {"item": item["item_id"]},
                            f"the minutes of {line(item)}",
                        )
                    ]
                    if is_minuted
                    else []
                ),
            )
            for place, item in enumerate(agenda.items, 1)
        ],
        is_wide=True,
    )


def _candidates(meeting: Row, agenda: Agenda) -> None:
    meeting_id = meeting["meeting_id"]
    st.header("Proposed for the agenda", anchor=False)
    if agenda.proposed:
        table.draw(
            "Proposed and not on the agenda yet",
            ("Child", "Why"),
            [
                (Link(in_a_line(c.name, c.who), "child", {"child": c.child_id}), _why(c.why))
                for c in agenda.proposed
            ],
            is_wide=True,
        )
        look: Look = "secondary" if agenda.items else "primary"
        acting.offer(
            "Put all proposed on the agenda",
            lambda actor: agendas.add(actor, meeting_id, [c.episode_id for c in agenda.proposed]),
            "They are on the agenda.",
            look=look,
        )
    else:
        st.text("Nobody else is due before the next meeting.")
    if agenda.removed:
        table.draw(
            "Removed from this agenda",
            ("Child", "Why it was removed"),
            [(in_a_line(c.name, c.who), c.removed_reason) for c in agenda.removed],
            is_wide=True,
        )
    by_id = {c.episode_id: c for c in (*agenda.proposed, *agenda.removed, *agenda.others)}
    if by_id:
        key = f"candidate {meeting_id}"
        st.selectbox(
            "Put one child on the agenda",
            list(by_id),
            index=None,
            format_func=lambda episode_id: _candidate(by_id[episode_id]),
            placeholder="Choose a child",
            key=key,
        )
        acting.offer(
            "Put on the agenda",
            lambda actor: agendas.add(actor, meeting_id, [chosen(key)]),
            "The child is on the agenda.",
        )


def _order(agenda: Agenda) -> None:
    if not agenda.items:
        return
    st.header("Order, and who is removed", anchor=False)
    names = {item["item_id"]: f"{place}. {line(item)}" for place, item in enumerate(agenda.items, 1)}
    item_id = st.selectbox(
        "Child on the agenda",
        list(names),
        index=None,
        format_func=lambda item_id: names[item_id],
        placeholder="Choose a child",
        key="chosen_item",
    )
    if item_id is None or item_id not in names:
        return

    def move(actor: Actor) -> None:
        place = chosen(f"place {item_id}").strip()
        agendas.put_at(actor, item_id, int(place) if place.isdecimal() else 0)

    st.text_input(f"New place, from 1 to {len(names)}", key=f"place {item_id}")
    acting.offer("Move to this place", move, "Moved.")
    free_text.several_lines("Why the child is removed from the agenda", key=f"removed {item_id}")
    acting.offer(
        "Remove from the agenda",
        lambda actor: agendas.remove(actor, item_id, chosen(f"removed {item_id}")),
        "Removed from the agenda.",
    )


def _change(meeting: Row) -> None:
    key = f"change {meeting['meeting_id']}"
    with st.expander("Change date or place"):
        plain_form.ask(MEETING, key, meeting)
        acting.offer(
            "Save changes",
            lambda actor: meeting_keeping.change(
                actor, meeting["meeting_id"], plain_form.now(MEETING, key, meeting)
            ),
        )


def _how_far(item: Row) -> str:
    if item["is_recorded"]:
        return "Recorded"
    return "Left without a decision" if item["went_on_reason"] else "Begin"


def _why(keys: list[str] | tuple[str, ...]) -> str:
    return ". ".join(dict(WHY_ON_AGENDA)[key] for key in keys)


def _candidate(candidate: Candidate) -> str:
    why = "removed" if candidate.removed_reason else _why(candidate.why)
    words = in_a_line(candidate.name, candidate.who)
    return f"{words} ({why})" if why else words


PAGE = Page("Meeting", "meeting", frozenset({"coordinator", "manager"}), body, in_menu=False, wide=True)
