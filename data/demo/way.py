"""What may happen to a child of the demo: screened, referred, overseen, moved, referred again; and how often."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, NamedTuple

from stdnum.gb import nhs

from data.database.records import ACTION, EPISODE
from data.demo import beside, invented, meeting, unfinished
from data.demo.chance import Chance, working_day
from data.demo.life import Life
from data.demo.made import Made
from data.demo.people import People
from forms.age import age_on
from forms.open_actions import END, GO_ON
from forms.places import AREAS

AREA_WEIGHTS = {"liverpool": 28, "sheffield": 20, "wirral": 16, "sefton": 14, "knowsley": 12, "st_helens": 10}
TWO_YEARS = 730


def _oversee(life: Life, opened_on: datetime.date, reason: str | None) -> datetime.date | None:
    """An episode from its opening until it closes for `reason`, or is still open; gives the day it closed."""
    row: dict[str, Any] = {
        "episode_id": life.chance.new_id(opened_on), "child_id": life.child_id,
        "referral_id": life.accepted_referral, "area": life.area, "opened_on": opened_on, "is_imported": False,
    }  # fmt: skip
    life.made.record(life.chance, EPISODE, dict(row), opened_on, life.team.coordinator)
    closed_on, reason = meeting.meet_until_closed(life, row["episode_id"], opened_on, reason)
    closing: dict[str, Any] = {"closed_on": closed_on, "closure_reason": reason if closed_on else None}
    if closed_on and reason:
        closing["closure_note"] = invented.CLOSING[reason]
        if reason == "turned_18":  # between two meetings: an exception, agreed with the area's lead
            closing |= {
                "agreed_by": life.team.coordinator.name,
                "agreed_role": "Child exploitation lead",
                "agreed_on": closed_on,
            }
        closing |= _end_actions(life, row["episode_id"], closed_on)
        life.made.record(life.chance, EPISODE, row | closing, closed_on, life.team.coordinator)
        if reason != "moved":  # the next area's meeting goes on with them
            beside.follow_closing(life, closed_on)
    life.episodes.append(row | closing)
    return closed_on


def _end_actions(life: Life, episode_id: str, closed_on: datetime.date) -> dict[str, str]:
    """What becomes of the open actions, as the closing says: of a child who left lately a few go on."""
    chance, left = Chance(f"closing {episode_id}"), life.open_actions
    life.open_actions = []
    if not left:
        return {}
    if closed_on > life.as_of - meeting.FORGOTTEN and chance.happens(0.7):
        return {"open_actions": GO_ON}
    for row in left:
        ended = {"state": "not_achieved", "not_achieved_reason": invented.LEFT, "closed_on": closed_on}
        life.made.record(chance, ACTION, row | ended, closed_on, life.team.coordinator)
    return {"open_actions": END, "open_actions_reason": invented.LEFT}


def _screened(life: Life, day: datetime.date) -> None:
    life.screen(day, refers=False)


def _referred(state: str) -> Callable[[Life, datetime.date], None]:
    def live(life: Life, day: datetime.date) -> None:
        life.first_referral(day, state)

    return live


def _overseen(reason: str | None) -> Callable[[Life, datetime.date], None]:
    def live(life: Life, day: datetime.date) -> None:
        opened = life.first_referral(day)
        if opened:
            _oversee(life, opened, reason)

    return live


def _moves(life: Life, day: datetime.date) -> None:
    """Moves to another area, whose team is told and opens an episode of its own."""
    opened = life.first_referral(day)
    closed = opened and _oversee(life, opened, "moved")
    if closed and life.episodes[-1]["closure_reason"] == "moved":
        before = life.area
        life.area = life.chance.one({area: w for area, w in AREA_WEIGHTS.items() if area != before})
        life.keep_details(closed)
        _again(life, closed, 3, 10)


def _comes_back(life: Life, day: datetime.date) -> None:
    """Leaves because the risk has reduced, and is referred again: mostly within a year."""
    opened = life.first_referral(day)
    closed = opened and _oversee(life, opened, "risk_reduced")
    if closed:
        _again(life, closed, 20, 390)


def _again(life: Life, after: datetime.date, least: int, most: int) -> None:
    received = life.chance.days(after, least, most)
    decided = life.chance.days(received, 2, 10)
    if received > life.as_of or age_on(life.child.date_of_birth, decided) >= 18:
        return
    if decided > life.as_of:
        life.refer(received)
    else:
        life.accepted_referral = life.refer(received, "accepted", decided)
        _oversee(life, decided, None)


class Story(NamedTuple):
    live: Callable[[Life, datetime.date], None]
    weight: float
    began: tuple[int, int] = (TWO_YEARS, 0)
    """The first concern lies so many days before the last day, at most and at least."""
    age: int | None = None


STORIES = {
    "screened only": Story(_screened, 12),
    "screening begun": Story(unfinished.screening_begun, 0.5, (12, 4)),
    "waits for the coordinator": Story(_referred("submitted"), 3, (24, 14)),
    "waits for the manager": Story(_referred("awaiting_sign_off"), 0.5, (24, 14)),
    "returned": Story(_referred("returned"), 2, (40, 26)),
    "declined": Story(_referred("declined"), 6),
    "assessment begun": Story(unfinished.assessment_begun, 1, (44, 34)),
    "stays in oversight": Story(_overseen(None), 30),
    "risk reduces": Story(_overseen("risk_reduced"), 22),
    "turns 18": Story(_overseen("turned_18"), 6, age=17),
    "cannot be engaged": Story(_overseen("unable_to_engage"), 4),
    "no consent": Story(_overseen("lack_of_consent"), 2),
    "leaves for another reason": Story(_overseen("other"), 2),
    "moves": Story(_moves, 4),
    "comes back": Story(_comes_back, 8, (TWO_YEARS, 330)),
}
"""What may happen, and how often. The first children of a demo have one story each, so that none is missing."""

SIGNS_OFF = "st_helens"
"""The area whose social care asks its manager to sign off referrals, to show what that is like."""


def live(number: int, seed: int, made: Made, people: People, nhs_number: str | None) -> None:
    """Make everything about child `number`."""
    names, areas = list(STORIES), [area for area, _ in AREAS]
    chance = Chance(f"story {seed} {number}")
    name = names[number] if number < len(names) else chance.one({n: s.weight for n, s in STORIES.items()})
    story = STORIES[name]
    area = areas[number] if number < len(areas) else chance.one(AREA_WEIGHTS)
    life = Life(number, seed, made, people, SIGNS_OFF if "manager" in name else area, nhs_number)
    most, least = story.began
    age = story.age
    if (
        number < len(names) and most == TWO_YEARS
    ):  # the whole story is told: it begins early, with a younger child
        least, age = TWO_YEARS - 60, age or 13
    day = made.as_of - datetime.timedelta(days=life.chance.randint(least, most))
    day = min(working_day(day), made.as_of)
    life.begin(day, age)
    story.live(life, day)


def nhs_numbers(seed: int, count: int) -> list[str | None]:
    """Different numbers of the synthetic range (999 000 0000 to 999 999 9999); one child in twenty has none known."""
    chance = Chance(f"nhs {seed}")
    found: dict[str, None] = {}
    while len(found) < count:
        start = f"999{chance.randint(0, 999_999):06}"
        found |= {start + check: None for check in "0123456789" if nhs.is_valid(start + check)}
    return [number if chance.happens(0.95) else None for number in list(found)[:count]]
