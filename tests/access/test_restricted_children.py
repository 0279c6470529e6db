"""A restricted child: nobody but those who are named, by any call; lists leave the name out, and figures still count."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import pytest

from data import cohort
from data.access.rule import can_see_child
from data.actor import Actor
from data.answers import drafts, submissions
from data.child import child_search, links, national_referrals, restriction
from data.clock import today
from data.database.engine import Clash
from data.database.records import ACCOUNT
from data.database.store import Store
from data.meeting import agendas, invitations, meeting_keeping
from data.my_work import my_work
from data.quarters import Quarter
from data.refusal import Problems, Refused
from data.returns import returns
from forms.child import CHILD
from tests.access import calls_beside
from tests.access.calls import about_access, about_lists, about_others, about_the_child
from tests.access.rules import MAY, PEOPLE
from tests.access.test_who_may_do_what import PAST_THE_DOOR, allowed
from tests.access.world import NAME, REASON, World
from tests.concern.typed import an_nrm_at
from tests.factories import MADE, a_child, a_child_in_oversight, an_account, the_operator
from tests.filled_in import A_CHILD, fill
from tests.meetings.made import a_meeting

NAMED = ("own", "coordinator", "manager", "operator")
ASK = "Kim Coordinator"


def restricted(world: World) -> World:
    """The child of this world, by its coordinator to `own` and the `manager`."""
    people = [world.people[person].account_id for person in ("own", "manager")]
    restriction.restrict(world.people["coordinator"], world.child_id, people, "A colleague's child")
    return world


def test_every_call_about_the_child_is_for_those_who_are_named(store: Store) -> None:
    world = restricted(World(store))
    attempted = calls_beside.about_the_child(world) | about_the_child(world)
    found = {name: allowed(world, call) for name, call in attempted.items()}
    stated = {name: [p for p in PEOPLE if p in MAY[name].split() and p in NAMED] for name in found}
    assert {name: may for name, may in found.items() if may != stated[name]} == {}


def test_no_list_print_or_search_names_a_restricted_child_to_the_others(duckdb_store: Store) -> None:
    world = World(duckdb_store)
    coordinator, named = (
        world.people["coordinator"],
        [world.people[person].account_id for person in NAMED[:3]],
    )
    with world.people["operator"].reading() as work:
        children = work.values("SELECT child_id FROM child WHERE child_id <> $1", [world.to_restrict_id])
    for child_id in children:
        with suppress(Problems):  # of another child, `own` may be none of the people to choose from
            restriction.restrict(coordinator, child_id, named, REASON)
            continue
        restriction.restrict(coordinator, child_id, named[1:], REASON)
    restriction.restrict(coordinator, world.to_restrict_id, named[1:], REASON)
    attempted = (
        about_lists(world) | about_others(world) | about_access(world) | calls_beside.all_but_the_child(world)
    )
    for name, call in attempted.items():
        for person in PEOPLE:
            if person not in NAMED:
                assert NAME not in everything(call, world.people[person]), (person, name)


def everything(call: Callable[[Actor], Any], actor: Actor) -> str:
    """All that a call lets out, a Word or Excel file unpacked."""
    try:
        given = call(actor)
    except (Refused, *PAST_THE_DOOR) as raised:
        return repr((raised, raised.args))
    if isinstance(given, bytes) and given.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(given)) as file:
            return " ".join(file.read(part).decode(errors="replace") for part in file.namelist())
    return repr(given)


def test_lists_of_the_area_show_that_there_is_a_child_and_whom_to_ask(duckdb_store: Store) -> None:
    world = restricted(World(duckdb_store))
    for name in ("meeting.agency_answers.answers", "meeting.agendas.read_agenda", "child.disclosures.disclosures",
                 "meeting.meeting_documents.minutes_as_word"):  # fmt: skip
        call = about_lists(world)[name]
        assert f"A restricted child (ask {ASK})" in everything(call, world.people["manager_police"]), name
        assert "A restricted child" not in everything(call, world.people["manager"]), name


def test_a_list_of_what_children_are_and_its_figure_leave_the_child_out_whole(store: Store) -> None:
    """A figure less its list would tell of the child."""
    kim, lee = (an_account(store, "coordinator") for _ in range(2))
    manager = an_account(store, "manager")
    secret, other = (a_child_in_oversight(store, judgement="A") for _ in range(2))
    an_nrm_at(kim, secret.child_id, "referred")
    quarter = Quarter.of(today())

    def listed(actor: Actor) -> list[set[str]]:
        behind, _ = cohort.children_listed(actor, "liverpool", today(), "open")
        of_return = returns.open_figure(actor, quarter, "liverpool", 2, "total")
        referrals = national_referrals.oversee_nrm(actor)
        assert sum(referrals.counts.values()) == len(referrals.rows)
        return [
            {child.child_id for child in behind},
            {row["child_id"] for row in of_return},
            {row["child_id"] for row in referrals.rows},
        ]

    both, one = {secret.child_id, other.child_id}, {other.child_id}
    assert listed(lee) == [both, both, {secret.child_id}]
    figures = _figures(lee)
    restriction.restrict(kim, secret.child_id, [manager.account_id], REASON)
    assert listed(lee) == [one, one, set()]
    for named in (kim, manager):
        assert listed(named) == [both, both, {secret.child_id}]
    for actor, many in ((lee, 1), (kim, 2), (manager, 2)):
        assert _figures(actor)["open"] == many
    assert _figures(kim) == figures


def _figures(actor: Actor) -> Mapping[str, Any]:
    return cohort.read_view(actor, "glance", ("liverpool",), today()).figures


def test_figures_count_the_child_as_before(store: Store) -> None:
    world = World(store)
    lead = world.people["lead"]
    before = cohort.read_view(lead, "glance", ("liverpool",), today()).figures
    restricted(world)
    assert cohort.read_view(lead, "glance", ("liverpool",), today()).figures == before
    assert before["open"] > 0


def test_a_search_and_a_likely_match_say_no_more_than_that_the_child_is_not_theirs_to_open(
    store: Store,
) -> None:
    kim, colleague = (an_account(store, "coordinator", name=name) for name in ("Kim Example", "Lee Example"))
    child_id = a_child(store, name=A_CHILD["name"], born=None, nhs_number="9990000018")
    restriction.restrict(kim, child_id, [], REASON)
    for words in ("999 000 0018", A_CHILD["name"]):
        found = child_search.search(colleague, words)
        assert (found.children, found.ask) == ((), ("liverpool",))
    draft_id = drafts.start_draft(colleague, CHILD)
    fill(colleague, draft_id, {**A_CHILD, "nhs_number": "999 000 0018"})
    with pytest.raises(child_search.LikelyMatch) as match:
        submissions.submit(colleague, draft_id)
    assert (match.value.found.children, match.value.found.ask) == ((), ("liverpool",))
    assert [c["child_id"] for c in child_search.search(kim, A_CHILD["name"]).children] == [child_id]


def test_it_is_changed_and_lifted_with_a_reason_and_all_of_it_stays_readable(store: Store) -> None:
    kim, lee = (an_account(store, "coordinator", name=name) for name in ("Kim Example", "Lee Example"))
    child_id = a_child(store)
    for reason in ("", "  "):
        with pytest.raises(Problems, match="Enter why"):
            restriction.restrict(kim, child_id, [], reason)
    restriction.restrict(kim, child_id, [], "A relative works here")
    assert not sees(lee, child_id)
    with pytest.raises(Refused, match="ask the area's coordinator"):
        restriction.restrict(lee, child_id, [], "Let me in")
    restriction.restrict(kim, child_id, [lee.account_id], "Lee covers for me")
    assert sees(lee, child_id)
    with pytest.raises(Clash):
        restriction.lift(lee, child_id, REASON, seen_revision=1)
    restriction.lift(lee, child_id, "The relative has left", seen_revision=2)
    assert sees(an_account(store, "coordinator"), child_id)
    history = restriction.read_restriction(lee, child_id).history
    assert [(row["name"], row["is_lifted"], row["reason"], row["names"]) for row in history] == [
        ("Lee Example", True, "The relative has left", "Kim Example, Lee Example"),
        ("Kim Example", False, "Lee covers for me", "Kim Example, Lee Example"),
        ("Kim Example", False, "A relative works here", "Kim Example"),
    ]
    with the_operator(store).reading() as work:
        events = "SELECT action FROM audit WHERE child_id = $1 AND action LIKE '%restrict%' ORDER BY seq"
        noted = [
            a for a in work.values(events, [child_id]) if not a.startswith(("refused", "restriction viewed"))
        ]
    assert noted == ["child restricted", "child restricted", "restriction lifted"]


def sees(actor: Actor, child_id: str) -> bool:
    with actor.reading() as work:
        return can_see_child(work, child_id)


def test_once_no_coordinator_who_is_named_is_left_another_of_the_area_takes_over(store: Store) -> None:
    kim, lee, elsewhere = (
        an_account(store, "coordinator", area, name=name)
        for area, name in (("liverpool", "Kim"), ("liverpool", "Lee"), ("wirral", "Robin"))
    )
    child_id = a_child(store)
    restriction.restrict(kim, child_id, [], REASON)
    with the_operator(store).writing() as work:
        work.save(ACCOUNT, {"account_id": kim.account_id, "is_suspended": True}, MADE)
    with pytest.raises(Refused):
        restriction.restrict(elsewhere, child_id, [], REASON)
    assert not sees(lee, child_id)
    restriction.restrict(lee, child_id, [], "Kim has left")
    assert sees(lee, child_id)


def test_the_areas_coordinators_and_managers_are_told_that_a_record_has_lost_its_coordinator(
    store: Store,
) -> None:
    kim, lee = (an_account(store, "coordinator") for _ in range(2))
    manager, elsewhere = an_account(store, "manager"), an_account(store, "coordinator", "wirral")
    child_id = a_child(store, name=f"{NAME} Made-Up")
    restriction.restrict(kim, child_id, [manager.account_id], REASON)
    people = (lee, manager, elsewhere)
    assert [my_work(who).to_take_over for who in people] == [(), (), ()]
    with the_operator(store).writing() as work:  # to be a coordinator of another area is to have left too
        work.save(ACCOUNT, {"account_id": kim.account_id, "area": "sefton"}, MADE)
    told = [my_work(who).to_take_over for who in people]
    assert [[row["child_id"] for row in rows] for rows in told] == [[child_id], [child_id], []]
    assert NAME not in repr(told)
    assert not restriction.read_restriction(lee, child_id).is_named
    restriction.restrict(lee, child_id, [manager.account_id], "Kim has left")
    assert restriction.read_restriction(lee, child_id).is_named
    assert [my_work(who).to_take_over for who in people] == [(), (), ()]


def test_to_be_named_opens_nothing_that_was_closed(duckdb_store: Store) -> None:
    kim = an_account(duckdb_store, "coordinator")
    child_id = a_child(duckdb_store)
    member, stranger = an_account(duckdb_store, "meeting_member"), an_account(duckdb_store)
    restriction.restrict(kim, child_id, [member.account_id], REASON)
    assert not sees(member, child_id)
    with pytest.raises(Problems, match="Select people"):
        restriction.restrict(kim, child_id, [stranger.account_id], REASON)
    with pytest.raises(Problems, match="name this person first"):
        links.ask_to_contribute(kim, child_id, stranger.account_id)


def test_an_invited_member_reads_the_others_of_the_agenda_and_of_this_child_whom_to_ask(store: Store) -> None:
    kim = an_account(store, "coordinator", name="Kim Example")
    secret, other = (
        a_child_in_oversight(store, name="Zzyzx Secret"),
        a_child_in_oversight(store, name="Ash Made-Up"),
    )
    meeting_id = a_meeting(kim)
    agendas.add(kim, meeting_id, [secret.episode_id, other.episode_id])
    member = an_account(store, "meeting_member")
    invitations.invite(kim, meeting_id, [member.account_id])
    meeting_keeping.move(kim, meeting_id, "send papers")
    assert sees(member, secret.child_id)
    restriction.restrict(kim, secret.child_id, [], REASON)
    items = agendas.read_agenda(member, meeting_id).items
    assert [item["name"] for item in items] == ["A restricted child (ask Kim Example)", "Ash Made-Up"]
    assert (sees(member, secret.child_id), sees(member, other.child_id)) == (False, True)
    with pytest.raises(Refused):
        agendas.remove(an_account(store, "coordinator"), items[0]["item_id"], REASON)


def test_what_hinders_agreeing_the_minutes_is_said_without_the_name(duckdb_store: Store) -> None:
    kim, deputy = (
        an_account(duckdb_store, "coordinator", name=name) for name in ("Kim Example", "Lee Example")
    )
    meeting_id = a_meeting(kim, "send papers", "hold")
    (item,) = agendas.read_agenda(kim, meeting_id).items
    for actor, named in ((kim, item["name"]), (deputy, "A restricted child")):
        restriction.restrict(kim, item["child_id"], [], REASON)
        with pytest.raises(Problems, match=named):
            meeting_keeping.move(actor, meeting_id, "agree")
