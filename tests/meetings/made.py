"""Meetings in any state, made by the calls that screens make. Every word here is made up."""

from __future__ import annotations

import datetime

from data import clock
from data.actor import Actor
from data.meeting import agendas, attendance, meeting_keeping, minuting
from tests.factories import a_child, an_episode
from tests.filled_in import on

SIGNS = {"name": "Attendee Made-Up", "agency": "social_care", "role": "Team manager"}
OFFICER_SIGNS = {"name": "Officer Made-Up", "agency": "police", "role": "Inspector"}


def quorum_signs(coordinator: Actor, meeting_id: str) -> None:
    """Those sign whom the meeting may not begin without."""
    for who in (SIGNS, OFFICER_SIGNS):
        attendance.sign(coordinator, meeting_id, who)


def a_meeting(coordinator: Actor, *moves: str, meets_on: datetime.date | None = None) -> str:
    """A meeting of the coordinator's area, today unless told. Before any move, what is proposed goes on the agenda,
    or a child of its own when nobody is."""
    day = meets_on or clock.today()
    meeting_id = meeting_keeping.plan(coordinator, {"meets_on": on(day), "place": "Made-up room"})
    if moves:
        proposed = agendas.read_agenda(coordinator, meeting_id).proposed
        if not proposed:
            an_episode(coordinator.store, a_child(coordinator.store))
            proposed = agendas.read_agenda(coordinator, meeting_id).proposed
        agendas.add(coordinator, meeting_id, [candidate.episode_id for candidate in proposed])
    for name in moves:
        if name == "hold":
            quorum_signs(coordinator, meeting_id)
        if name == "agree":
            for item in agendas.read_agenda(coordinator, meeting_id).items:
                minuting.go_on(coordinator, item["item_id"], "Not reached in the time")
        meeting_keeping.move(coordinator, meeting_id, name, "A made-up reason")
    return meeting_id
