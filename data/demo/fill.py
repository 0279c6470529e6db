"""Filling an empty database with the demo's people and children, in one transaction."""

from __future__ import annotations

import datetime

from data.actor import Actor, Writing, system_user
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import ACCOUNT, NARRATIVE, POPULATION, SETTING
from data.database.store import Store
from data.demo import area_meetings, concerns, invented, need_to_know, people, way
from data.demo.chance import Chance
from data.demo.made import MADE, Made
from data.demo.people import People
from data.quarters import Quarter
from data.refusal import Problems
from forms.places import AREAS, partnership_of

AT_ONCE = 400
"""Children made before they are written: enough to write in bulk, few enough to hold."""


def fill(store: Store, children: int, seed: int, as_of: datetime.date) -> tuple[People, dict[str, str]]:
    """Children over the two years before `as_of`; gives the people and their passwords by account id.

    Raises `Problems` when the database is not empty.
    """
    with Actor(store, "operator").writing() as work:
        if work.value("SELECT (SELECT count(*) FROM child) + (SELECT count(*) FROM account)"):
            raise Problems(
                "This database has children or accounts in it already. Name an empty one with MACE_DATABASE."
            )
        since = as_of - datetime.timedelta(days=way.TWO_YEARS + 30)
        everyone = people.invent_people(seed, since)
        passwords = people.give_passwords(everyone)
        work.save_new(
            ACCOUNT,
            [p.record for p in everyone.everyone],
            lambda r: Event("account added", record_id=r["account_id"]),
        )
        for setting in ("is_demo", f"sign_off:{way.SIGNS_OFF}:social_care"):
            work.save(
                SETTING, {"setting": setting, "value": "yes"}, Event("setting changed", record_id=setting)
            )
        _children(work, children, seed, as_of, everyone)
        concerns.add(work, seed, as_of, everyone)
        area_meetings.add(work, seed, as_of, everyone)
        need_to_know.add(work, seed, as_of, everyone)
        work.save_new(
            POPULATION,
            _populations(as_of, everyone),
            lambda r: Event(MADE.action, record_id=r["population_id"]),
        )
        narratives = _narratives(seed, as_of, everyone)
        work.save_new(NARRATIVE, narratives, lambda r: Event(MADE.action, record_id=r["narrative_id"]))
        work.note(Event("demo filled", detail=f"by {system_user()}"))
        return everyone, passwords


def _children(work: Writing, children: int, seed: int, as_of: datetime.date, everyone: People) -> None:
    numbers = way.nhs_numbers(seed, children)
    for first in range(0, children, AT_ONCE):
        made = Made(as_of)
        for number in range(first, min(first + AT_ONCE, children)):
            way.live(number, seed, made, everyone, numbers[number])
        made.write(work)


def _populations(as_of: datetime.date, people: People) -> list[Row]:
    """Of the year before; round numbers, which are no area's own."""
    leads = {
        one.record["partnership"]: one.account_id
        for one in people.everyone
        if one.record["role"] == "partnership_lead"
    }
    found = []
    for at, (area, _) in enumerate(AREAS):
        everyone = 30_000 + 10_000 * at
        found.append(
            {
                "population_id": f"{area} {as_of.year - 1}", "area": area, "year": as_of.year - 1,
                "source": "Made up for the demo", "everyone": everyone, "female": everyone * 49 // 100, "male": everyone * 51 // 100,
                "white": everyone * 80 // 100, **dict.fromkeys(("mixed", "asian", "black", "other"), everyone // 20),
                "recorded_at": datetime.datetime.combine(as_of, datetime.time(), datetime.UTC),
                "recorded_by": leads[partnership_of(area).key],
            }
        )  # fmt: skip
    return found


def _narratives(seed: int, as_of: datetime.date, everyone: People) -> list[Row]:
    """The coordinators' words for the last four whole quarters."""
    chance = Chance(f"narratives {seed}")
    quarter = Quarter.of(as_of)
    last = quarter if quarter.last == as_of else quarter.before()
    found = []
    for back in range(4):
        one = last.before(back)
        day = min(as_of, one.last)
        for area, _ in AREAS:
            for measure, words in invented.NARRATIVES.items():
                found.append(
                    {
                        "narrative_id": f"{partnership_of(area).key}:{area}:{one}:{measure}",
                        "partnership": partnership_of(area).key, "area": area,
                        "quarter": str(one), "measure": measure, "words": chance.choice(words),
                        "recorded_at": datetime.datetime.combine(day, datetime.time(), datetime.UTC),
                        "recorded_by": everyone.teams[area].coordinator.account_id,
                    }
                )  # fmt: skip
    return found
