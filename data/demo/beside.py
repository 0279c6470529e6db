"""What the demo keeps beside the meetings: flags that follow them, missing episodes, school attendance, information
passed on.

A chance of its own, so that the rest of a child's story does not depend on it.
"""

from __future__ import annotations

import datetime
from typing import Any

from data.database.records import FLAG, MISSING_EPISODE, SCHOOL_ATTENDANCE
from data.demo.chance import Chance
from data.demo.life import Life
from forms.disclosure import DISCLOSURE
from forms.flag import expires_on

Day = datetime.date
LATELY = datetime.timedelta(weeks=8)
TWELVE_WEEKS = datetime.timedelta(weeks=12)


def follow_meeting(life: Life, met: Day, judgement: str, decision: str) -> None:
    """After one child's part of a meeting."""
    chance = Chance(f"beside {life.child_id} {met}")
    _flags(life, chance, met, judgement, decision)
    _school(life, chance, met)
    if judgement in ("A", "B") and chance.happens(0.6):
        _missing(life, chance, met)
    if judgement in ("A", "B") and chance.happens(0.3):
        _disclosure(life, chance, met)


def _disclosure(life: Life, chance: Chance, met: Day) -> None:
    """What the meeting passed on to a housing provider, or decided not to."""
    is_shared = chance.happens(0.7)
    answers = {
        "decision": "shared" if is_shared else "not_shared", "decided_on": met,
        "what": "That an address near the home is a place of concern", "to_organisation": "Made-Up Homes",
        "why": "So that the provider can watch the entrance and the stairs", "permission": "own",
        "why_not": "The police are still looking into the address", "lawful_basis": "public_task",
        "necessary_and_proportionate": "The address only, and no child's name", "method": "secure_email",
        "kept_secure": "Sent encrypted to a named person",
    }  # fmt: skip
    life.made.form(chance, DISCLOSURE, life.child_id, life.area, met, life.team.coordinator, answers)


def _flags(life: Life, chance: Chance, met: Day, judgement: str, decision: str) -> None:
    by = life.team.coordinator
    if judgement in ("A", "B") and decision == "review" and not life.flags:
        for system in ("police", "social_care", *(["leds"] if chance.happens(0.3) else [])):
            life.flags[system] = {
                "flag_id": chance.new_id(met), "about": "child", "about_id": life.child_id, "area": life.area,
                "system": system, "state": "placed", "placed_on": met, "placed_by": "meeting", "decided_on": met,
            }  # fmt: skip
    for system, flag in list(life.flags.items()):
        if not decision.startswith("remove") or (decision == "remove_keep_leds" and system == "leds"):
            flag["review_on"] = met + TWELVE_WEEKS
            life.made.record(chance, FLAG, dict(flag), met, by)
            continue
        _remove(life, chance, flag, met)
        del life.flags[system]


def follow_closing(life: Life, closed_on: Day) -> None:
    """Flags that stayed when the child left are reviewed twelve weeks later, and removed."""
    chance, by = Chance(f"flags after {life.child_id} {closed_on}"), life.team.coordinator
    day = closed_on + TWELVE_WEEKS
    for system, flag in list(life.flags.items()):
        if day <= life.as_of:
            _remove(life, chance, flag, day)
            del life.flags[system]
        elif (flag.get("review_on") or day) < life.as_of:
            life.made.record(chance, FLAG, flag | {"review_on": day}, closed_on, by)


def _remove(life: Life, chance: Chance, flag: dict[str, Any], day: Day) -> None:
    by, gone = life.team.coordinator, expires_on(flag["system"], day)
    flag |= {"removed_on": day, "removed_by": "meeting", "expires_on": gone}
    flag["state"] = "removed" if gone else "taken_off"
    life.made.record(chance, FLAG, dict(flag), day, by)
    if gone and gone <= life.as_of:
        life.made.record(chance, FLAG, {**flag, "state": "expired"}, gone, by)


def _school(life: Life, chance: Chance, met: Day) -> None:
    timetable = chance.one({"full_time": 60, "part_time": 25, "suspended": 8, "not_enrolled": 7})
    row = {
        "child_id": life.child_id, "occasion": "review", "as_of": met, "timetable": timetable,
        "percent": chance.randint(85, 100) if timetable == "full_time" else chance.randint(0, 70),
    }  # fmt: skip
    life.made.record(chance, SCHOOL_ATTENDANCE, row, met, life.team.of("social_care"))


def _missing(life: Life, chance: Chance, met: Day) -> None:
    for _ in range(chance.randint(1, 2)):
        gone = met - datetime.timedelta(days=chance.randint(8, 60))
        back = gone + datetime.timedelta(days=chance.randint(0, 2))
        held = chance.one({True: 65, False: 25, None: 10})
        if not held:
            held = None if back > life.as_of - LATELY else False
        row = {
            "child_id": life.child_id, "missing_from": chance.one({"home": 60, "placement": 25, "school": 15}),
            "from_on": gone, "until_on": back, "reported_by": chance.choice(("Parent", "Carer", "School")),
            "interview_offered": None if held is None else True, "interview_held": held,
            "interview_on": back + datetime.timedelta(days=chance.randint(1, 5)) if held else None,
        }  # fmt: skip
        life.made.record(chance, MISSING_EPISODE, row, met, life.team.of("social_care"))
