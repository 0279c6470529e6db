"""The demo's meetings of each area: one to come, its papers out and some agencies' answers given; and one held, its
minutes agreed and waiting for a chair to sign.

What is written here is what the tool's own calls write, on the days on which people would have made them.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from data.actor import Writing
from data.database.engine import Row
from data.database.records import (
    AGENCY_ANSWER,
    AGENDA_ITEM,
    ATTENDANCE,
    INVITATION,
    MEETING,
    MINUTES_SIGNATURE,
    MINUTES_VERSION,
)
from data.demo.chance import Chance
from data.demo.made import Made
from data.demo.meeting import MEETING_WEEKDAY
from data.demo.people import People, Person, Team
from data.meeting.agendas import candidates_for
from data.meeting.minutes_freezing import freeze
from forms.places import AREAS, partnership_of
from forms.settings import BY_KEY, place_of
from forms.terms_of_reference import TERMS_OF_REFERENCE

Day = datetime.date

ON_AN_AGENDA = 8
HELD = (
    "Two reports of the last month name the same car park. Nothing since.",
    "Attendance has risen to 82%. Talks most to the learning mentor.",
    "Has come to three appointments out of four, and asked to go on.",
)


def add(work: Writing, seed: int, as_of: Day, everyone: People) -> None:
    """After the children are written: the agendas are made of those in oversight."""
    for area, _ in AREAS:
        made, chance, team = Made(as_of), Chance(f"meetings {seed} {area}"), everyone.teams[area]
        agreed = _held(work, chance, made, area, team)
        _to_come(work, chance, made, area, team)
        made.write(work)
        if agreed:
            meeting, items = agreed
            version = {"minutes_version_id": f"{meeting['meeting_id']}:1"}
            freeze(work, version, meeting, items)


def _held(work: Writing, chance: Chance, made: Made, area: str, team: Team) -> tuple[Row, list[Row]] | None:
    """Of the last weeks' meetings the one with most children; None in an area where nobody was discussed."""
    day = work.value(
        "SELECT d.meeting_date FROM discussion d JOIN episode e ON e.episode_id = d.episode_id WHERE e.area = $1"
        " AND d.meeting_date BETWEEN $2 AND $3 GROUP BY d.meeting_date ORDER BY count(*) DESC, d.meeting_date DESC LIMIT 1",
        [area, made.as_of - datetime.timedelta(days=28), made.as_of - datetime.timedelta(days=1)],
    )
    if day is None:
        return None
    meeting = _planned(chance, made, area, team, day)
    discussed = work.rows(
        "SELECT d.episode_id, d.child_id, e.opened_on, NOT EXISTS (SELECT 1 FROM discussion o"
        " WHERE o.episode_id = d.episode_id AND o.meeting_date < d.meeting_date) AS is_new FROM discussion d"
        " JOIN episode e ON e.episode_id = d.episode_id WHERE e.area = $1 AND d.meeting_date = $2"
        " ORDER BY e.opened_on, d.episode_id LIMIT 20",
        [area, day],
    )
    for row in discussed:
        row["why"] = ["new" if row["is_new"] else "review"]
    items = _agenda(chance, made, meeting, team, discussed)
    _invite(chance, made, meeting, team)
    _move(chance, made, meeting, team, "papers_out", day - datetime.timedelta(days=7))
    for item in items:
        for person, words in zip(team.practitioners, HELD, strict=True):
            _answer(chance, made, item, person, words if chance.happens(0.5) else None, day)
    _sign_in(chance, made, meeting, team)
    _move(chance, made, meeting, team, "held", day)
    meeting["chairs"] = _chairs(area)
    agreed_on = min(made.as_of, day + datetime.timedelta(days=3))
    _move(chance, made, meeting, team, "agreed", agreed_on)
    version = {"minutes_version_id": f"{meeting['meeting_id']}:1", "meeting_id": meeting["meeting_id"]}
    made.record(
        chance, MINUTES_VERSION, {**version, "version": 1, "state": "agreed"}, agreed_on, team.coordinator
    )
    if "police" in meeting["chairs"]:  # who has signed; the other chair has still to
        officer = team.of("police")
        signature = {
            "signature_id": f"{version['minutes_version_id']}:police", "chair": "police", "name": officer.name,
            "minutes_version_id": version["minutes_version_id"], "account_id": officer.account_id,
        }  # fmt: skip
        made.record(chance, MINUTES_SIGNATURE, signature, agreed_on, officer)
    return meeting, items


def _to_come(work: Writing, chance: Chance, made: Made, area: str, team: Team) -> None:
    """Next week, with the children that the tool proposes. Two agencies have answered, for some of them."""
    monday = made.as_of + datetime.timedelta(days=7 - made.as_of.weekday())
    meeting = _planned(chance, made, area, team, monday + datetime.timedelta(days=MEETING_WEEKDAY[area]))
    due = [
        {"episode_id": one.episode_id, "child_id": one.child_id, "why": list(one.why)}
        for one in candidates_for(work, meeting)
        if one.why
    ]
    due.sort(key=lambda row: not {"new", "review"} & set(row["why"]))
    items = _agenda(chance, made, meeting, team, due[:ON_AN_AGENDA])
    _invite(chance, made, meeting, team)
    if not items:
        return
    _move(chance, made, meeting, team, "papers_out", made.as_of)
    for person, words, how_many in zip((team.of("police"), team.second), HELD, (3, 1), strict=False):
        for item in items[:how_many]:
            _answer(chance, made, item, person, words if item is items[0] else None, made.as_of)


def _planned(chance: Chance, made: Made, area: str, team: Team, day: Day) -> Row:
    officer = team.of("police")
    planned_on = min(made.as_of, day) - datetime.timedelta(days=21)
    meeting: Row = {
        "meeting_id": chance.new_id(planned_on), "area": area, "meets_on": day, "starts_at": "10 am",
        "place": "Online, by the link sent with the invitation", "state": "planned", "chair_social_care": team.manager.name,
        "chair_social_care_account": team.manager.account_id,
    }  # fmt: skip
    if "police" in _chairs(area):
        meeting |= {"chair_police": officer.name, "chair_police_account": officer.account_id}
    made.record(chance, MEETING, dict(meeting), planned_on, team.coordinator)
    return meeting


def _chairs(area: str) -> list[str]:
    chairs = BY_KEY["chairs"].default_of(place_of("chairs", area))
    assert isinstance(chairs, list)
    return chairs


def _move(chance: Chance, made: Made, meeting: Row, team: Team, state: str, day: Day) -> None:
    meeting["state"] = state
    made.record(chance, MEETING, dict(meeting), day, team.coordinator)


def _agenda(chance: Chance, made: Made, meeting: Row, team: Team, children: Sequence[Row]) -> list[Row]:
    meeting_id = meeting["meeting_id"]
    items: list[Row] = [
        {
            "item_id": f"{meeting_id}:{child['episode_id']}", "meeting_id": meeting_id,
            "episode_id": child["episode_id"], "child_id": child["child_id"], "why": child["why"], "position": position,
        }
        for position, child in enumerate(children, 1)
    ]  # fmt: skip
    for item in items:
        made.record(chance, AGENDA_ITEM, dict(item), _before(made, meeting, 8), team.coordinator)
    return items


def _invite(chance: Chance, made: Made, meeting: Row, team: Team) -> None:
    for person in team.invited:
        row = {
            "invitation_id": f"{meeting['meeting_id']}:{person.account_id}", "meeting_id": meeting["meeting_id"],
            "account_id": person.account_id,
        }  # fmt: skip
        made.record(chance, INVITATION, row, _before(made, meeting, 8), team.coordinator)


def _answer(chance: Chance, made: Made, item: Row, person: Person, words: str | None, latest: Day) -> None:
    row = {
        "answer_id": f"{item['item_id']}:{person.agency}", "meeting_id": item["meeting_id"], "item_id": item["item_id"],
        "child_id": item["child_id"], "agency": person.agency, "holds": words is not None, "words": words,
    }  # fmt: skip
    made.record(chance, AGENCY_ANSWER, row, latest, person)


def _sign_in(chance: Chance, made: Made, meeting: Row, team: Team) -> None:
    """Each signs for the first free seat of their agency in the terms of reference."""
    seats = list(TERMS_OF_REFERENCE[partnership_of(meeting["area"]).key])
    for person in (team.coordinator, team.manager, *team.invited):
        seat = next((one for one in seats if one.agency == person.agency), None)
        if seat:
            seats.remove(seat)
        row = {
            "attendance_id": chance.new_id(meeting["meets_on"]), "meeting_id": meeting["meeting_id"],
            "name": person.name, "agency": person.agency, "role": person.record["job_title"],
            "signed_at": made.instant(chance, meeting["meets_on"]), "seat": seat and seat.key,
        }  # fmt: skip
        made.record(chance, ATTENDANCE, row, meeting["meets_on"], team.coordinator)


def _before(made: Made, meeting: Row, days: int) -> Day:
    """So many days before the meeting, and not after the demo's last day."""
    return min(made.as_of, meeting["meets_on"] - datetime.timedelta(days=days))
