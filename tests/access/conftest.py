"""A running tool whose database holds the world of `tests.access.world`, and people who are signed in to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from data import clock
from data.answers import drafts
from data.child import emergency, restriction
from data.database.records import ACTION
from data.database.store import Store, open_store
from data.meeting import agendas, attendance, meeting_keeping
from data.sign_in import sessions
from forms.assessment import ASSESSMENT
from tests.access.world import World
from tests.browser.fixtures import IDLE_MINUTES, PASSWORD, cookie_of, make_accounts
from tests.browser.tool import Tool, running
from tests.factories import MADE, a_child, a_child_in_oversight, a_link, a_referral, a_submission, an_account
from tests.filled_in import a_sent_tracker, on
from tests.meetings.made import SIGNS

HOSTILE = "<script>alert(1)</script> ![x](https://example.org/x.png) =1+1"


class Open(NamedTuple):
    tool: Tool
    ids: dict[str, str]
    """What addresses name: the ids of the child and of one of each of the child's records."""
    hostile: dict[str, str]
    """The same of a child of whom everything typed is `HOSTILE`."""
    robin: dict[str, str]
    """The id and the NHS number of a child whom only the journey in a browser touches."""


@pytest.fixture(scope="package")
def in_use(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    with a_tool_in_use(tmp_path_factory.mktemp("tool")) as tool:
        yield tool


@contextmanager
def a_tool_in_use(folder: Path) -> Iterator[Open]:
    """Besides everybody of `tests.browser.fixtures`, a coordinator and a manager of Wirral are signed in; their cookies
    are those of the `coordinator_elsewhere` and the `manager_elsewhere`."""
    address = str(folder / "mace.duckdb")
    make_accounts(address)
    with open_store(address) as store:
        for role in ("coordinator", "manager"):
            name = f"{role}_elsewhere"
            an_account(store, role, "wirral", username=name, password_hash="hash")
            ticket = sessions.sign_in(store, name, PASSWORD, lambda password, _: password == PASSWORD)
            assert sessions.redeem(store, ticket, cookie_of(name))
        world = World(store)
        ids = ids_of(world)
        robin = {"child": a_child(store, name="Robin Made-Up"), "number": ""}
        with world.people["operator"].reading() as work:
            robin["number"] = work.value("SELECT nhs_number FROM child WHERE child_id = $1", [robin["child"]])
        shared = {"decision": "shared", "decided_on": clock.today(), "to_organisation": "Made-Up Rail"}
        a_submission(store, "disclosure", robin["child"], by=world.people["own"], **shared)
        hostile = {**ids, **_all_hostile(store, world)}
    with running(Tool(address, folder / "log", MACE_IDLE_MINUTES=str(IDLE_MINUTES))) as tool:
        yield Open(tool, ids, hostile, robin)


def ids_of(world: World) -> dict[str, str]:
    return {
        "child": world.child_id, "draft": world.shared, "form": "screening", "record": world.record_id,
        "referral": world.referrals[0], "score": world.after, "meeting": world.meeting_id, "item": world.item_id,
        "account": world.newcomer.account_id, "action": "action3", "episode": world.episode_id, "nrm": world.nrm_id,
        "concern": world.concern_id, "nomination": world.decided, "measure": world.measure_id,
        "copy": world.copy_id,
    }  # fmt: skip


def _all_hostile(store: Store, world: World) -> dict[str, str]:
    """A child in oversight about whom people typed what a browser or a spreadsheet would obey."""
    coordinator, own = world.people["coordinator"], world.people["own"]
    made = a_child_in_oversight(store, name=HOSTILE, aliases=HOSTILE, school=HOSTILE, nhs_number="9990000026")
    a_link(store, made.child_id, own)
    text = {"explanation": HOSTILE, "what_should_happen": "refer_to_meeting"}
    record_id = a_submission(store, "screening", made.child_id, by=own, **text)
    referral_id = a_referral(store, made.child_id, state="submitted", referred_by=own.account_id)
    emergency.open_record(
        an_account(store, "coordinator", "wirral"),
        {"nhs_number": "9990000026", "reason": HOSTILE, "lawful_basis": "public_task"},
    )
    a_submission(
        store, "disclosure", made.child_id, by=own, decision="shared", decided_on=clock.today(),
        what=HOSTILE, to_organisation=HOSTILE, why=HOSTILE,
    )  # fmt: skip
    restriction.restrict(coordinator, made.child_id, [world.people["manager"].account_id], HOSTILE)
    restriction.lift(coordinator, made.child_id, HOSTILE)
    with coordinator.writing() as work:
        record = {"action_id": "hostile", "child_id": made.child_id, "agency": "police", "action": HOSTILE}
        work.save(
            ACTION, {**record, "owner": HOSTILE, "state": "ongoing", "episode_id": made.episode_id}, MADE
        )
    meeting_id = meeting_keeping.plan(coordinator, {"meets_on": on(clock.today()), "place": HOSTILE})
    agendas.add(coordinator, meeting_id, [made.episode_id])
    meeting_keeping.move(coordinator, meeting_id, "send papers")
    attendance.sign(coordinator, meeting_id, {**SIGNS, "name": HOSTILE, "role": HOSTILE})
    return {
        "child": made.child_id, "record": record_id, "referral": referral_id, "meeting": meeting_id,
        "item": f"{meeting_id}:{made.episode_id}", "draft": drafts.start_draft(own, ASSESSMENT, made.child_id),
        "score": a_sent_tracker(own, made.child_id, occasion="referral"),
    }  # fmt: skip
