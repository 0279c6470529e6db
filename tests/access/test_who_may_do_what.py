"""The truth table of need to know: every call that acts as an account, attempted as everybody.

A new public function of `data/` fails here until its line is stated in `tests.access.rules`.
"""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import ModuleType
from typing import Any

import pytest

from data.actor import Actor
from data.answers import drafts, submissions
from data.answers.submissions import NotReady
from data.child import children, links, referrals
from data.database.engine import Clash
from data.database.store import Store
from data.refusal import Problems, Refused
from data.scores import scorings
from forms.child import CHILD
from forms.population import PopulationRefused
from forms.screening import SCREENING
from forms.weights import WeightSetRefused
from scoring import OverrideRefused
from tests.access.calls import calls as every_call
from tests.access.inside import INSIDE
from tests.access.rules import MAY, PEOPLE, calls
from tests.access.world import NAME, World
from tests.browser.tool import ROOT
from tests.factories import an_account, the_operator

PAST_THE_DOOR = (Problems, NotReady, OverrideRefused, PopulationRefused, WeightSetRefused, Clash)
"""What else a call raises: it was not refused, but what it was given cannot stand, or was done already."""


def test_every_call_that_takes_an_account_states_who_may() -> None:
    stated = {name.split(",")[0] for name in MAY}
    assert sorted(stated) == sorted(name for name, takes in calls() if "Actor" in takes)
    assert all(set(may.split()) <= set(PEOPLE) for may in MAY.values())


def test_every_part_of_a_call_is_listed_as_one() -> None:
    parts = [name for name, takes in calls() if takes and "Actor" not in takes]
    rules = {name for name in parts if name.startswith("access") or _is_a_rule(name.split(".")[-1])}
    assert sorted(INSIDE) == sorted(set(parts) - rules)


def _is_a_rule(function: str) -> bool:
    return function.startswith(("check_can_", "can_"))


def test_no_page_names_a_part_of_a_call_which_checks_nothing_by_itself() -> None:
    named = set(names_of_data_in_pages())
    assert named & set(MAY), "nothing was found: the test looks in the wrong place"
    assert not named & INSIDE


def names_of_data_in_pages() -> Iterator[str]:
    """Every function of `data/` that a page names, by import or as an attribute of a module."""
    for file in [*ROOT.glob("pages/*/*.py"), ROOT / "app.py"]:
        tree = ast.parse(file.read_text())
        modules: dict[str, ModuleType] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "data":
                home = importlib.import_module(node.module or "")
                for name in node.names:
                    given = getattr(home, name.name, None) or importlib.import_module(
                        f"{node.module}.{name.name}"
                    )
                    if inspect.ismodule(given):
                        modules[name.asname or name.name] = given
                    elif inspect.isfunction(given):
                        yield f"{given.__module__.removeprefix('data.')}.{given.__name__}"
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                given = getattr(modules.get(node.value.id), node.attr, None)
                if inspect.isfunction(given):
                    yield f"{given.__module__.removeprefix('data.')}.{given.__name__}"


def test_each_person_may_do_what_the_table_says_and_every_refusal_is_audited(store: Store) -> None:
    world = World(store)
    attempted = every_call(world)
    assert sorted(attempted) == sorted(MAY)
    before = world.refusals()
    succeeded: set[str] = set()
    found = {name: allowed(world, call, name, succeeded) for name, call in attempted.items()}
    stated = {name: [p for p in PEOPLE if p in may.split()] for name, may in MAY.items()}
    assert {name: may for name, may in found.items() if may != stated[name]} == {}
    assert set(MAY) - succeeded == OF_SHEFFIELD
    refused = {person: sum(person not in may for may in found.values()) for person in PEOPLE}
    assert before == {}
    assert world.refusals() == {person: n for person, n in refused.items() if n}


def allowed(
    world: World, call: Callable[[Actor], Any], name: str = "", succeeded: set[str] | None = None
) -> list[str]:
    """Those who were not refused. What else a call raised has got past the door; what raised nothing `succeeded`."""
    may = []
    for person, actor in world.people.items():
        try:
            call(actor)
            if succeeded is not None:
                succeeded.add(name)
        except Refused:
            continue
        except PAST_THE_DOOR:
            pass
        may.append(person)
    return may


OF_SHEFFIELD = {"child.disclosures.start_usual"}
"""Of a child of Liverpool there is no usual sharing to begin: see `test_disclosures.py`. Every other call is done."""

LEAVE_NO_TRACE = {
    "bring_in.population.populations",
    "after_meeting.actions.people_to_ask", "meeting.attendance.attending", "meeting.attendance.seats", "trail.audit_entries.account_named",
    "trail.audit_entries.actions", "meeting.chairs.chairs", "meeting.chairs.people_to_chair", "child.children.heading", "cohort.cut_named",
    "rights.deletion.deletion_of", "rights.own_copy.copies_of", "child.disclosures.usual_for", "answers.disputes.disputes_of", "answers.drafts.open_drafts",
    "answers.drafts.read_draft", "meeting.invitations.invitations_of", "meeting.invitations.invited", "meeting.invitations.people_to_invite",
    "child.links.practitioners_to_ask", "returns.locked_returns.life_of", "meeting.meeting_keeping.meetings", "my_day.my_day",
    "my_work.my_work", "meeting.papers.agencies_invited", "child.referrals.problem_before_starting",
    "child.referrer_told.told", "child.referrer_told.told_about", "returns.returns.draft_return", "scores.scorings.scores_of_child",
    "settings.in_force", "scores.weight_sets.weight_sets",
}  # fmt: skip
"""One's own work, lists and figures without a child, and parts of a page that notes its own view (`read_child`, `open_draft`,
`read_meeting`, `entries`)."""

DONE_A_MOMENT_AGO = {
    "concern.concerns.read_concern",
    "returns.locked_returns.read_locked",
    "returns.locked_returns.read_published",
    "rights.own_copy.read_copy",
    "meeting.meetings.start",
    "answers.submissions.read_submission",
}
"""By `open_child`, which begins the minutes; by `submission_as_word`, `read_concern_page`, whoever locked the return and
`World`, which note the same view."""


def test_every_other_call_leaves_its_trace_in_the_audit(duckdb_store: Store) -> None:
    world = World(duckdb_store)
    silent = set()
    for name, call in every_call(world).items():
        actor = world.people[MAY[name].split()[0]]
        before = world.entries()
        with suppress(*PAST_THE_DOOR):
            call(actor)
        if world.entries() == before:
            silent.add(name)
    assert silent == LEAVE_NO_TRACE | OF_SHEFFIELD | DONE_A_MOMENT_AGO


SEES_NONE = (
    "other", "elsewhere", "coordinator_elsewhere", "manager_elsewhere", "member", "lead", "lead_elsewhere",
    "administrator", "suspended", "changed",
)  # fmt: skip


def test_those_who_see_no_child_never_reach_a_name_by_any_call(duckdb_store: Store) -> None:
    world = World(duckdb_store)
    for name, call in every_call(world).items():
        for person in SEES_NONE:
            assert NAME not in given(call, world.people[person]), (person, name)


@pytest.mark.parametrize("person", ["other", "coordinator_elsewhere", "manager_elsewhere", "administrator"])
def test_who_is_refused_cannot_tell_an_id_that_is_there_from_one_that_somebody_made_up(
    duckdb_store: Store, person: str
) -> None:
    world = World(duckdb_store)
    actor, made_up = world.people[person], every_call(world.of_nothing())
    told_apart = {}
    for name, call in every_call(world).items():
        if person not in MAY[name].split():
            words = given(call, actor), given(made_up[name], actor)
            if words[0] != words[1]:
                told_apart[name] = words
    assert told_apart == {}


def given(call: Callable[[Actor], Any], actor: Actor) -> str:
    """All that a call lets out, whatever comes of it."""
    try:
        return repr(call(actor))
    except (Refused, *PAST_THE_DOOR) as raised:
        return repr((raised, raised.args))


def test_an_address_that_somebody_made_up_never_reaches_the_audit(store: Store) -> None:
    forged = f"{NAME} Made-Up 999 123 4551"
    for actor in (an_account(store), an_account(store, "coordinator"), an_account(store, "administrator")):
        for call in (
            lambda a: children.read_child(a, forged),
            lambda a: drafts.start_draft(a, SCREENING, forged),
            lambda a: drafts.read_draft(a, forged),
            lambda a: drafts.start_draft(a, CHILD, corrects=forged),
            lambda a: referrals.read_referral(a, forged),
            lambda a: referrals.waiting(a, forged),
            lambda a: scorings.read_score(a, forged),
            lambda a: submissions.read_submission(a, "screening", forged),
            lambda a: links.ask_to_contribute(a, forged, forged),
        ):
            with pytest.raises((Problems, Refused)):
                call(actor)
    with the_operator(store).reading() as work:
        assert NAME not in repr(work.rows("SELECT * FROM audit"))
        assert work.value("SELECT count(*) FROM audit WHERE action LIKE 'refused: %'") > 0
