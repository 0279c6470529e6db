"""The truth table of people and places of concern: each role, of the area that holds the record or another, having written
the record or not, by every call that reaches one.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from data.actor import Actor
from data.concern import concern_links, concerns, disruption, link_map, nominations
from data.database.engine import Clash
from data.database.records import ACCOUNT, CHILD_LINK, CONCERN
from data.database.store import Store
from data.refusal import Problems, Refused
from tests.concern.typed import (
    A_LINK,
    A_MEASURE,
    A_NOMINATION,
    A_PERSON,
    ACCEPTED,
    FED_BACK,
    a_concern,
    a_link_to,
    a_measure,
    a_nomination,
    a_nomination_moved,
)
from tests.factories import MADE, a_child, a_link, an_account, the_operator

NAME, WORDS = "Zzyzx Made-Up", "Secretword"
PEOPLE = (
    "contributor", "contributor_elsewhere", "linked", "coordinator", "coordinator_elsewhere", "manager",
    "manager_elsewhere", "member", "lead", "administrator", "changed", "suspended", "operator",
)  # fmt: skip
"""`linked`: a practitioner linked to the child the record is linked to, who wrote nothing in it. `changed`: wrote it as a
practitioner, and is an administrator since."""

SEES = "contributor contributor_elsewhere coordinator manager operator"
WRITES = "contributor contributor_elsewhere coordinator operator"
COORDINATES = "coordinator operator"
LISTS = "contributor contributor_elsewhere linked coordinator coordinator_elsewhere manager manager_elsewhere operator"
ADDS = "contributor contributor_elsewhere linked coordinator coordinator_elsewhere"

MAY = {
    "concern_links.link_child": WRITES,
    "concern_links.link_other": WRITES,
    "concern_links.read_concern_page": SEES,
    "concern_links.remove_link": WRITES,
    "concerns.add_concern": ADDS,
    "concerns.approve_label": COORDINATES,
    "concerns.change_concern": WRITES,
    "concerns.move_concern": COORDINATES,
    "concerns.read_concern": SEES,
    "concerns.search_concerns": LISTS,
    "disruption.measures": LISTS,
    "disruption.read_measure": SEES,
    "disruption.save_measure": WRITES,
    "link_map.read_link_map": SEES,
    "nominations.accept": COORDINATES,
    "nominations.decline": COORDINATES,
    "nominations.feed_back": COORDINATES,
    "nominations.nominate": WRITES,
    "nominations.nominations": LISTS,
    "nominations.read_nomination": SEES,
}


def calls_that_take_an_account() -> Iterator[str]:
    for module in (concern_links, concerns, disruption, link_map, nominations):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            takes = [str(p.annotation) for p in inspect.signature(function).parameters.values()]
            if function.__module__ == module.__name__ and not name.startswith("_") and "Actor" in takes:
                yield f"{module.__name__.removeprefix('data.concern.')}.{name}"


def test_every_call_that_takes_an_account_states_who_may() -> None:
    assert sorted(MAY) == sorted(calls_that_take_an_account())


class World:
    """A record that Liverpool holds, linked to a child, with one of everything; and one of everybody."""

    def __init__(self, store: Store) -> None:
        self.people = {
            "contributor": an_account(store), "contributor_elsewhere": an_account(store, area="wirral"),
            "linked": an_account(store), "coordinator": an_account(store, "coordinator"),
            "coordinator_elsewhere": an_account(store, "coordinator", area="wirral"),
            "manager": an_account(store, "manager"),
            "manager_elsewhere": an_account(store, "manager", area="wirral"),
            "member": an_account(store, "meeting_member"),
            "lead": an_account(store, "partnership_lead", area=None, agency=None, partnership="pan_merseyside"),
            "administrator": an_account(store, "administrator"), "changed": an_account(store),
            "suspended": an_account(store), "operator": the_operator(store),
        }  # fmt: skip
        coordinator = self.people["coordinator"]
        self.child_id = a_child(store, name=f"{NAME} Child")
        for name in ("contributor", "contributor_elsewhere", "linked"):
            a_link(store, self.child_id, self.people[name])
        secret = {"name": NAME, "description": WORDS, "why": WORDS, "aliases": WORDS}
        self.concern_id = a_concern(coordinator, **secret)
        self.other_id = a_concern(coordinator, **secret)
        for concern_id in (self.concern_id, self.other_id):
            for revision, name in enumerate(
                ("contributor", "contributor_elsewhere", "changed", "suspended"), 1
            ):
                with self.people[name].writing() as work:
                    work.save(CONCERN, {"concern_id": concern_id}, MADE, seen_revision=revision)
        self.link_id = a_link_to(coordinator, self.concern_id, self.child_id)
        self.sent, self.declined = (a_nomination(coordinator, self.concern_id) for _ in range(2))
        self.accepted = a_nomination_moved(coordinator, "accept", concern_id=self.concern_id)
        self.measure_id = a_measure(coordinator, self.concern_id, breach=WORDS, is_breached="yes")
        with coordinator.writing() as work:
            work.save(
                ACCOUNT, {"account_id": self.people["changed"].account_id, "role": "administrator"}, MADE
            )
            work.save(
                ACCOUNT, {"account_id": self.people["suspended"].account_id, "is_suspended": True}, MADE
            )

    def calls(self) -> dict[str, Callable[[Actor], Any]]:
        here = self.concern_id
        typed = {**A_PERSON, "name": NAME}
        return {
            "concern_links.link_child": lambda a: concern_links.link_child(a, here, self.child_id, A_LINK),
            "concern_links.link_other": lambda a: concern_links.link_other(a, here, self.other_id, A_LINK),
            "concern_links.read_concern_page": lambda a: concern_links.read_concern_page(a, here),
            "concerns.add_concern": lambda a: concerns.add_concern(a, here, typed, is_another=True),
            "concerns.approve_label": lambda a: concerns.approve_label(a, here, "Words"),
            "concerns.change_concern": lambda a: concerns.change_concern(a, here, typed, 0),
            "concerns.move_concern": lambda a: concerns.move_concern(a, here, "close", ""),
            "concerns.read_concern": lambda a: concerns.read_concern(a, here),
            "concerns.search_concerns": lambda a: concerns.search_concerns(a, NAME),
            "disruption.measures": lambda a: disruption.measures(a),
            "disruption.read_measure": lambda a: disruption.read_measure(a, None, self.measure_id),
            "disruption.save_measure": lambda a: disruption.save_measure(
                a, here, self.measure_id, A_MEASURE, 0
            ),
            "link_map.read_link_map": lambda a: link_map.read_link_map(a, concern_id=here),
            "nominations.accept": lambda a: nominations.accept(a, self.sent, ACCEPTED),
            "nominations.decline": lambda a: nominations.decline(a, self.declined, "A reason"),
            "nominations.feed_back": lambda a: nominations.feed_back(a, self.accepted, FED_BACK),
            "nominations.nominate": lambda a: nominations.nominate(a, here, self.sent, A_NOMINATION),
            "nominations.nominations": lambda a: nominations.nominations(a),
            "nominations.read_nomination": lambda a: nominations.read_nomination(a, None, self.accepted),
            "concern_links.remove_link": lambda a: concern_links.remove_link(a, self.link_id, ""),
        }


def allowed(world: World, call: Callable[[Actor], Any]) -> list[str]:
    may = []
    for person, actor in world.people.items():
        try:
            call(actor)
        except Refused:
            continue
        except (Problems, Clash):
            pass
        may.append(person)
    return may


def test_each_person_may_do_what_the_table_says_and_every_refusal_is_audited(store: Store) -> None:
    world = World(store)
    found = {name: allowed(world, call) for name, call in world.calls().items()}
    assert found == {name: [p for p in PEOPLE if p in may.split()] for name, may in MAY.items()}
    refused = sum(len(PEOPLE) - len(may) for may in found.values())
    with the_operator(store).reading() as work:
        entries = work.rows("SELECT * FROM audit")
    assert sum(entry["action"].startswith("refused: ") for entry in entries) == refused
    for word in (NAME, WORDS):
        assert word not in repr(entries)
    for entry in entries:
        assert re.fullmatch(r"[a-z :-]+", entry["action"]), entry["action"]
        assert re.fullmatch(r"[a-z0-9_]*", entry["detail"] or ""), entry["detail"]


SEE_NOTHING = sorted(set(PEOPLE) - set(SEES.split()))


@pytest.mark.parametrize("person", SEE_NOTHING)
def test_who_may_not_see_the_record_reaches_no_word_of_it_by_any_call(
    duckdb_store: Store, person: str
) -> None:
    world = World(duckdb_store)
    actor = world.people[person]
    for name, call in world.calls().items():
        try:
            given = call(actor)
        except Exception as refused:
            given = (str(refused), refused.args)
        for hidden in (NAME, WORDS, world.concern_id, world.other_id):
            assert hidden not in repr(given), name
    if person == "linked":
        with actor.reading() as work:
            assert concern_links.concerns_of_child(work, world.child_id) == []


def test_a_child_or_record_at_the_other_end_that_is_not_ones_own_is_said_to_be_asked_for(
    store: Store,
) -> None:
    coordinator = an_account(store, "coordinator")
    practitioner = an_account(store)
    child_id = a_child(store, name=f"{NAME} Child", linked_to=practitioner)
    mine, theirs = a_concern(practitioner), a_concern(coordinator, name=WORDS)
    a_link_to(practitioner, mine, child_id)
    concern_links.link_other(coordinator, mine, theirs, A_LINK)
    page = concern_links.read_concern_page(practitioner, mine)
    assert ([one.child_id for one in page.children], page.others, page.ask) == (
        [child_id],
        (),
        ("liverpool",),
    )
    with coordinator.writing() as work:
        link = {"link_id": f"{child_id}:{practitioner.account_id}", "ended_on": work.at.date()}
        work.save(CHILD_LINK, link, MADE)
    page = concern_links.read_concern_page(practitioner, mine)
    assert page.children == ()
    assert NAME not in repr(page.children) + repr(page.others)
