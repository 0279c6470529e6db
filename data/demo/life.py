"""One child of the demo: who they are, and what is known of them until they are in oversight."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from dateutil.relativedelta import relativedelta

from data.child.referrals import is_repeat_after
from data.database.records import REFERRAL
from data.demo import filled, invented
from data.demo.chance import Chance
from data.demo.filled import Portrait
from data.demo.made import Made
from data.demo.people import People, Team
from forms.child import CHILD
from forms.codes import ETHNICITY
from forms.referral import REFERRAL as REFERRAL_FORM
from forms.screening import SCREENING

AGE_WEIGHTS = {10: 2, 11: 5, 12: 10, 13: 17, 14: 22, 15: 22, 16: 16, 17: 6}
ETHNICITY_WEIGHTS = {key: 1.0 for key, _ in ETHNICITY} | {
    "WBRI": 70,
    "MWBC": 5,
    "BAFR": 4,
    "APKN": 3,
    "NOBT": 4,
}


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
        self.open_actions: list[dict[str, Any]] = []
        """Of the episode that is open."""

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
