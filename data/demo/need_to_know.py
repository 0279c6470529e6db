"""The demo's two exceptions to need to know, both of the first area: a restricted child, and records opened in an emergency
by officers of another area, of whom one still waits for the manager's review.
"""

from __future__ import annotations

import datetime

from data.access.emergency import LASTS
from data.actor import Writing
from data.database.engine import Row
from data.database.records import OPENING, RESTRICTION
from data.demo.chance import Chance
from data.demo.made import Made
from data.demo.people import People
from forms.places import AREAS


def add(work: Writing, seed: int, as_of: datetime.date, everyone: People) -> None:
    """After the children are written, as both are about those in oversight now."""
    area, elsewhere = (everyone.teams[key] for key, _ in AREAS[:2])
    children = work.values(
        "SELECT e.child_id FROM episode e WHERE e.area = $1 AND e.closed_on IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM child_link l WHERE l.child_id = e.child_id AND l.account_id = $2)"
        " GROUP BY e.child_id ORDER BY e.child_id DESC LIMIT 3",
        [AREAS[0][0], elsewhere.of("police").account_id],
    )
    if len(children) < 3:
        return
    chance, made = Chance(f"need to know {seed}"), Made(as_of)
    restricted, *opened = children
    named = [area.coordinator.account_id, *(one.account_id for one in area.practitioners)]
    reason = "A manager of the area is the child's aunt."
    row: Row = {"child_id": restricted, "account_ids": sorted(named), "reason": reason, "is_lifted": False}
    made.record(chance, RESTRICTION, row, as_of - datetime.timedelta(days=20), area.coordinator)
    for child_id, days, why in zip(opened, (2, 16), WHY, strict=True):
        day = as_of - datetime.timedelta(days=days)
        at = datetime.datetime.combine(day, datetime.time(22, 10), datetime.UTC)
        opening: Row = {
            "child_id": child_id, "area": AREAS[0][0], "account_id": elsewhere.of("police").account_id, "reason": why,
            "lawful_basis": "vital_interests", "opened_at": at, "ends_at": at + LASTS, "state": "to_review",
        }  # fmt: skip
        opening_id = made.record(chance, OPENING, dict(opening), day, elsewhere.of("police"))
        if days > 7:
            reviewed = day + datetime.timedelta(days=1)
            found: Row = {
                "opening_id": opening_id, "state": "appropriate", "reviewed_by": area.manager.account_id,
                "reviewed_at": datetime.datetime.combine(reviewed, datetime.time(9, 30), datetime.UTC),
                "review_note": "Spoke to the officer. The child was taken home the same night.",
            }  # fmt: skip
            made.record(chance, OPENING, {**opening, **found}, reviewed, area.manager)
    made.write(work)


WHY = (
    "Found at night in a car with an adult they would not name. I need to know whom to call and what is known.",
    "Missing since the morning and seen at the station. I need the addresses where the child was found before.",
)
