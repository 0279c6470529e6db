"""The demo's people: for each area a coordinator, a manager, three practitioners and a member of its meetings only; leads;
an administrator."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from data.database.engine import Row
from data.demo import invented
from data.demo.chance import Chance
from data.sign_in import passwords
from forms.places import AREAS, PARTNERSHIPS, area_name, partnership_of


@dataclass(frozen=True, eq=False)
class Person:
    record: Row

    @property
    def account_id(self) -> str:
        return str(self.record["account_id"])

    @property
    def agency(self) -> str:
        return str(self.record["agency"])

    @property
    def name(self) -> str:
        return str(self.record["name"])


@dataclass(frozen=True)
class Team:
    """Who works in one area."""

    coordinator: Person
    manager: Person
    practitioners: tuple[Person, ...]
    member: Person
    """Comes to the meetings, and opens no child but those of their agenda."""

    @property
    def invited(self) -> tuple[Person, ...]:
        return (*self.practitioners, self.member)

    def of(self, agency: str) -> Person:
        return next(person for person in self.practitioners if person.agency == agency)

    @property
    def second(self) -> Person:
        """The practitioner from education or health."""
        return next(p for p in self.practitioners if p.agency in ("education", "health"))


@dataclass(frozen=True)
class People:
    teams: dict[str, Team]
    others: tuple[Person, ...]

    @property
    def everyone(self) -> list[Person]:
        teams = self.teams.values()
        return [p for t in teams for p in (t.coordinator, t.manager, *t.invited)] + list(self.others)


def invent_people(seed: int, since: datetime.date) -> People:
    """Accounts in a fixed order, without passwords."""
    chance = Chance(f"people {seed}")
    teams: dict[str, Team] = {}
    for number, (area, _) in enumerate(AREAS):
        second = ("education", "health")[number % 2]
        teams[area] = Team(
            _person(chance, since, "coordinator", "social_care", area),
            _person(chance, since, "manager", "social_care", area),
            tuple(
                _person(chance, since, "practitioner", agency, area)
                for agency in ("social_care", second, "police")
            ),
            _person(Chance(f"member {seed} {area}"), since, "meeting_member", "youth_justice", area),
        )
    leads = [
        _person(chance, since, "partnership_lead", "social_care", None, partnership.key)
        for partnership in PARTNERSHIPS
    ]
    administrator = _person(chance, since, "administrator", "other", None, PARTNERSHIPS[0].key)
    return People(teams, (*leads, administrator))


def _person(
    chance: Chance,
    since: datetime.date,
    role: str,
    agency: str,
    area: str | None,
    partnership: str | None = None,
) -> Person:
    first = chance.choice([*invented.FIRST_NAMES["F"], *invented.FIRST_NAMES["M"]])
    partnership = partnership or partnership_of(area or "").key
    what = agency if role == "practitioner" else {"partnership_lead": "lead"}.get(role, role)
    where = area or ("" if role == "administrator" else partnership)
    username = ".".join(part for part in (where, what) if part).replace("_", "-")
    job = invented.JOBS[agency if role == "practitioner" else role]
    record: Row = {
        "account_id": chance.new_id(since),
        "username": username,
        "name": f"{first} {chance.choice(invented.FAMILY_NAMES)}",
        "email": f"{username}@example.org",
        "telephone": f"01632 960{chance.randint(0, 999):03}",
        "job_title": job,
        "address": f"{chance.randint(1, 90)} {chance.choice(invented.STREETS)}",
        "working_days": ["mon", "tue", "wed", "thu", "fri"],
        "role": role,
        "agency": agency,
        "area": area,
        "partnership": partnership,
        "must_change_password": False,
        "is_demo": True,
        "is_suspended": False,
        "recorded_at": datetime.datetime.combine(since, datetime.time(9), datetime.UTC),
    }
    return Person(record)


def give_passwords(people: People) -> dict[str, str]:
    """New random passwords by account id; the records keep their hashes only."""
    everyone = people.everyone
    given = {person.account_id: passwords.made_up() for person in everyone}
    with ThreadPoolExecutor() as pool:  # the hash is slow on purpose, and computed outside Python's lock
        hashes = list(pool.map(passwords.hashed, given.values()))
    for person, hashed in zip(everyone, hashes, strict=True):
        person.record["password_hash"] = hashed
    return given


def sign_in_table(people: People, given: dict[str, str]) -> str:
    """What is printed once: who can sign in, and how."""
    lines = [("username", "password", "role", "area")]
    for person in people.everyone:
        record = person.record
        partnership = next(p.name for p in PARTNERSHIPS if p.key == record["partnership"])
        where = area_name(record["area"]) if record["area"] else partnership
        role = f"{record['role'].replace('_', ' ')} ({record['job_title']})"
        lines.append((record["username"], given[person.account_id], role, where))
    widths = [max(len(line[i]) for line in lines) for i in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip() for line in lines
    )
