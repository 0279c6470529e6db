"""What happens to one child of the demo, in the order of the pathway: screened, referred, discussed, closed, referred again."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from dateutil.relativedelta import relativedelta
from stdnum.gb import nhs

from data.child.referrals import is_repeat_after
from data.database.records import EPISODE, REFERRAL
from data.demo import filled, invented, meeting, unfinished
from data.demo.chance import Chance, working_day
from data.demo.filled import Portrait
from data.demo.made import Made
from data.demo.people import People, Team
from forms.age import age_on
from forms.child import CHILD
from forms.codes import ETHNICITY
from forms.places import AREAS
from forms.referral import REFERRAL as REFERRAL_FORM
from forms.screening import SCREENING

AREA_WEIGHTS = {"liverpool": 28, "sheffield": 20, "wirral": 16, "sefton": 14, "knowsley": 12, "st_helens": 10}
AGE_WEIGHTS = {10: 2, 11: 5, 12: 10, 13: 17, 14: 22, 15: 22, 16: 16, 17: 6}
ETHNICITY_WEIGHTS = {key: 1.0 for key, _ in ETHNICITY} | {
    "WBRI": 70,
    "MWBC": 5,
    "BAFR": 4,
    "APKN": 3,
    "NOBT": 4,
}

TWO_YEARS = 730


class Life:
    """One child: who they are, where they live, and their episodes so far."""

    def __init__(
        self, number: int, seed: int, made: Made, people: People, area: str, nhs_number: str | None
    ) -> None:
        self.chance = Chance(f"child {seed} {number}")
        self.made, self.people, self.area, self.nhs_number = made, people, area, nhs_number
        self.episodes: list[Mapping[str, Any]] = []
        self.tracker_id: str | None = None
        self.screening_id: str | None = None
        self.flags: dict[str, dict[str, Any]] = {}
        """Standing ones, by system."""

    @property
    def team(self) -> Team:
        return self.people.teams[self.area]

    @property
    def as_of(self) -> datetime.date:
        return self.made.as_of

    def begin(self, first_concern: datetime.date, age: int | None = None) -> None:
        """The child becomes known on that day, `age` years old."""
        age = age if age is not None else self.chance.one(AGE_WEIGHTS)
        # Nobody turns 18 between the first concern and the coordinator's decision.
        days = self.chance.randint(0, 320)
        born = first_concern - relativedelta(years=age) - datetime.timedelta(days=days)
        self.child = filled.portrait(self.chance, born)
        self.child_id = self.chance.new_id(first_concern)
        self.details = self._details(self.child, born)
        self.keep_details(first_concern)

    def _details(self, child: Portrait, born: datetime.date) -> dict[str, Any]:
        chance = self.chance
        names = invented.FIRST_NAMES.get(child.sex) or (
            *invented.FIRST_NAMES["F"],
            *invented.FIRST_NAMES["M"],
        )
        family = chance.choice(invented.FAMILY_NAMES)
        first = chance.choice(names)
        adults = [
            {"name": f"{chance.choice(invented.FIRST_NAMES[sex])} {family}", "relation": relation,
             "parental_responsibility": True, "contact": f"01632 960{chance.randint(0, 999):03}"}
            for sex, relation in chance.some((("F", "mother"), ("M", "father"), ("F", "grandmother")), 1, 2)
        ]  # fmt: skip
        worker = self.team.of("social_care")
        return {
            "name": f"{first} {family}",
            "aliases": f"{first[:3]}z" if chance.happens(0.1) else None,
            "date_of_birth": born,
            "nhs_number": self.nhs_number,
            "lcs_number": f"{chance.randint(100000, 999999)}" if chance.happens(0.8) else None,
            "sex": child.sex,
            "gender": chance.one({None: 40, "female" if child.sex == "F" else "male": 57, "another": 3}),
            "ethnicity": chance.one({**ETHNICITY_WEIGHTS, None: 3}),
            "nationality": chance.one({"British": 88, "Polish": 3, "Romanian": 3, "Albanian": 2, None: 4}),
            "first_language": chance.one({"English": 92, "Polish": 4, "Romanian": 4}),
            "interpreter_needed": False,
            "disability": chance.one({None: 60, "NONE": 22, "LD": 8, "AUT": 6, "BEH": 4}),
            "sen": child.sen,
            "school": child.school,
            "service_status": child.service_status,
            "lead_practitioner_name": worker.name,
            "lead_practitioner_agency": worker.agency,
            "lead_practitioner_contact": worker.record["telephone"],
            "adults": adults,
            "siblings": [
                {"name": f"{chance.choice(invented.FIRST_NAMES[sex])} {family}", "lives_with_child": True,
                 "date_of_birth": born + datetime.timedelta(days=chance.randint(-1500, -400))}
                for sex in chance.some(("F", "M"), 0, 2)
            ],
        }  # fmt: skip

    def keep_details(self, day: datetime.date) -> None:
        """The child's own record as it stands on that day; its next revision when it is there already."""
        outward = self.chance.choice(invented.OUTWARD[self.area])
        inward = "".join(self.chance.choice("ABDEFGHJLNPQRSTUWXYZ") for _ in range(2))
        answers = {
            **self.details,
            "disability": [self.details["disability"]] if self.details["disability"] else None,
            "area": self.area,
            "address": f"{self.chance.randint(1, 150)} {self.chance.choice(invented.STREETS)}",
            "postcode": f"{outward} {self.chance.randint(1, 9)}{inward}",
        }
        by = self.team.of("social_care")
        self.made.form(self.chance, CHILD, self.child_id, self.area, day, by, answers)

    def screen(self, day: datetime.date, refers: bool = True) -> None:
        by = self.chance.choice(self.team.practitioners)
        answers = filled.screening(self.chance, self.child, refers)
        self.screening_id = self.made.form(self.chance, SCREENING, self.child_id, self.area, day, by, answers)

    def refer(
        self, day: datetime.date, state: str = "submitted", decided_on: datetime.date | None = None
    ) -> str:
        """A referral received on that day, in the state it has in the end; gives its id."""
        answers = filled.referral(self.chance, self.child, self.team, day)
        by = next(p for p in self.team.practitioners if p.name == answers["practitioner_name"])
        if state == "awaiting_sign_off":
            by = self.team.of("social_care")  # the agency that asks for its manager's sign-off
        form_id = self.made.form(self.chance, REFERRAL_FORM, self.child_id, self.area, day, by, answers)
        row = {
            "referral_id": self.chance.new_id(day), "child_id": self.child_id, "area": self.area, "received_on": day,
            "route": answers["route"], "kind": self.child.kind, "form_id": form_id, "screening_id": self.screening_id,
            "is_repeat": is_repeat_after(self.episodes, self.area, day), "is_imported": False,
            "referred_by": by.account_id, "referring_agency": by.agency,
        }  # fmt: skip
        first = "awaiting_sign_off" if state == "awaiting_sign_off" else "submitted"
        self.made.record(self.chance, REFERRAL, {**row, "state": first}, day, by)
        if state != first:
            reasons = {"returned": invented.RETURNED, "declined": invented.DECLINED}
            decision = {
                "state": state,
                "decided_on": decided_on,
                "decided_by": self.team.coordinator.account_id,
                "decision_reason": self.chance.choice(reasons[state]) if state in reasons else None,
            }
            self.made.record(self.chance, REFERRAL, row | decision, decided_on or day, self.team.coordinator)
        return str(row["referral_id"])

    def first_referral(self, first_concern: datetime.date, state: str = "accepted") -> datetime.date | None:
        """From the first concern to the coordinator's decision; gives its day, or None when that has not come."""
        self.screen(first_concern)
        received = self.chance.days(first_concern, 1, 10)
        decided = self.chance.days(received, 2, 12)
        if received > self.as_of:
            return None
        if decided > self.as_of or state in ("submitted", "awaiting_sign_off"):
            self.refer(received, "awaiting_sign_off" if state == "awaiting_sign_off" else "submitted")
            return None
        self.accepted_referral = self.refer(received, state, decided)
        return decided

    def oversee(self, opened_on: datetime.date, reason: str | None) -> datetime.date | None:
        """An episode from its opening until it closes for `reason`, or is still open; gives the day it closed."""
        row: dict[str, Any] = {
            "episode_id": self.chance.new_id(opened_on), "child_id": self.child_id,
            "referral_id": self.accepted_referral, "area": self.area, "opened_on": opened_on, "is_imported": False,
        }  # fmt: skip
        self.made.record(self.chance, EPISODE, dict(row), opened_on, self.team.coordinator)
        closed_on, reason = meeting.meet_until_closed(self, row["episode_id"], opened_on, reason)
        closing: dict[str, Any] = {"closed_on": closed_on, "closure_reason": reason if closed_on else None}
        if closed_on and reason:
            closing["closure_note"] = invented.CLOSING[reason]
            if reason == "turned_18":  # between two meetings: an exception, agreed with the area's lead
                closing |= {
                    "agreed_by": self.team.coordinator.name,
                    "agreed_role": "Child exploitation lead",
                    "agreed_on": closed_on,
                }
            self.made.record(self.chance, EPISODE, row | closing, closed_on, self.team.coordinator)
        self.episodes.append(row | closing)
        return closed_on


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
            life.oversee(opened, reason)

    return live


def _moves(life: Life, day: datetime.date) -> None:
    """Moves to another area, whose team is told and opens an episode of its own."""
    opened = life.first_referral(day)
    closed = opened and life.oversee(opened, "moved")
    if closed and life.episodes[-1]["closure_reason"] == "moved":
        before = life.area
        life.area = life.chance.one({area: w for area, w in AREA_WEIGHTS.items() if area != before})
        life.keep_details(closed)
        _again(life, closed, 3, 10)


def _comes_back(life: Life, day: datetime.date) -> None:
    """Leaves because the risk has reduced, and is referred again: mostly within a year."""
    opened = life.first_referral(day)
    closed = opened and life.oversee(opened, "risk_reduced")
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
        life.oversee(decided, None)


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
    "returned": Story(_referred("returned"), 2),
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
