"""The demo's people, places and groups of concern, all invented, with their links, a measure and a nomination each area."""

from __future__ import annotations

import datetime

from data.actor import Writing
from data.database.engine import Row
from data.database.records import CONCERN, CONCERN_LINK, DISRUPTION, NOMINATION
from data.demo import invented
from data.demo.chance import Chance
from data.demo.made import Made
from data.demo.people import People, Team
from forms.places import AREAS
from forms.settings import BY_KEY, place_of

PEOPLE = ("Ash Inventsworth", "Robin Madeup-Hale", "Jo Notreal")
"""The first is known in two areas, which each learn that there is an overlap."""
KNOWN_TWICE = datetime.date(1994, 5, 17)
PLACES = ("The Invented Takeaway", "Made-Up Multi-Storey Car Park")
LABELS = ("a takeaway in the town centre", "a car park near the station")
WHY = (
    "Seen giving lifts to children after school, and said to pay for phones.",
    "Children say that this is where they were told to wait.",
    "Several children who were missing were found nearby.",
)
LINKS = ("seen together by a worker", "named by the child", "phone number found on the child's phone")
SOURCES = ("Return home interview", "Police report", "School", "A parent")


def add(work: Writing, seed: int, as_of: datetime.date, everyone: People) -> None:
    """After the children are written, as the links are to those in oversight now."""
    made = Made(as_of)
    for number, (area, _) in enumerate(AREAS):
        children = work.rows(
            "SELECT e.child_id, max(e.opened_on) AS since FROM episode e WHERE e.area = $1 AND e.closed_on IS NULL"
            " GROUP BY e.child_id ORDER BY e.child_id LIMIT 8",
            [area],
        )
        if children:
            _of_area(Chance(f"concerns {seed} {area}"), made, area, number, everyone.teams[area], children)
    made.write(work)


def _of_area(chance: Chance, made: Made, area: str, number: int, team: Team, children: list[Row]) -> None:
    day = chance.days(made.as_of - datetime.timedelta(days=70), 0, 20)
    officer = team.of("police")

    def concern(kind: str, name: str, **known: object) -> str:
        record: Row = {
            "area": area, "state": "open", "kind": kind, "name": name, "why": chance.choice(WHY), **known
        }  # fmt: skip
        return made.record(chance, CONCERN, record, day, officer)

    def link(concern_id: str, end: Row, nature: str, basis: str = "evidence") -> None:
        on = min(made.as_of, max(day, end.pop("since", day)))
        row = {
            "concern_id": concern_id, "linked_on": on, "nature": nature, "source": chance.choice(SOURCES),
            "basis": basis, **end,
        }  # fmt: skip
        made.record(chance, CONCERN_LINK, row, on, officer)

    person = concern(
        "person", PEOPLE[0] if number < 2 else PEOPLE[1 + number % 2], aliases="Ace" if number < 2 else None,
        date_of_birth=KNOWN_TWICE if number < 2 else datetime.date(1990 + number, 3, 2 + number),
    )  # fmt: skip
    place = concern(
        "place", PLACES[number % 2], address=f"{number + 3} {chance.choice(invented.STREETS)}",
        label_for_return=LABELS[number % 2], label_approved_on=day if number % 2 else None,
    )  # fmt: skip
    group = concern("group", f"The {chance.choice(invented.STREETS)} group")
    for child in children[:5]:
        end = {"child_id": child["child_id"], "child_area": area, "since": child["since"]}
        link(person if chance.happens(0.6) else place, end, chance.choice(LINKS))
    link(person, {"other_id": place}, "works there")
    link(group, {"other_id": person}, "said to lead it", "professional_judgement")
    _disruption(chance, made, area, team, person, day)


def _disruption(chance: Chance, made: Made, area: str, team: Team, person: str, day: datetime.date) -> None:
    officer = team.of("police")
    began = min(made.as_of, chance.days(day, 7, 20))
    measure: Row = {
        "concern_id": person, "measure": chance.choice(("cawn", "sro", "patrol")), "is_under_18": False,
        "requested_by": team.coordinator.name, "served_by": officer.name, "began_on": began,
        "ends_on": began + datetime.timedelta(days=chance.choice((60, 180))), "monitored_at": "The weekly police briefing",
    }  # fmt: skip
    made.record(chance, DISRUPTION, measure, began, officer)
    if BY_KEY["marthr"].default_of(place_of("marthr", area)):
        nomination: Row = {
            "concern_id": person, "state": "nominated", "thresholds": ["information"], "activity": ["enforcement"],
            "nominated_by": team.coordinator.name, "nominated_agency": "social_care", "nominated_on": began,
        }  # fmt: skip
        made.record(chance, NOMINATION, dict(nomination), began, team.coordinator)
        if chance.happens(0.5):
            accepted = {**nomination, "state": "accepted", "response": "act_with_partners"}
            accepted["nomination_id"] = made.records["nomination"][-1]["nomination_id"]
            made.record(chance, NOMINATION, accepted, made.as_of, team.coordinator)
