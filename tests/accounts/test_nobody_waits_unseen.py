"""Whatever waits on a person or a role has an age, stands on a home page, and falls to somebody when that person is gone or late."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from data import clock, settings
from data.actor import Actor
from data.answers import drafts
from data.child import referrals
from data.database.records import (
    ACCOUNT,
    ACTION,
    DELETION,
    DISPUTE,
    FLAG,
    MEETING,
    MINUTES_VERSION,
    OPENING,
    OWN_COPY,
    QUARTERLY_RETURN,
    RESTRICTION,
    WEIGHT_SET,
)
from data.database.store import Store
from data.meeting import agendas, invitations, meeting_keeping
from data.my_day import LISTS, Waiting, my_day
from data.refusal import Problems
from data.waiting_kind import WaitingKind
from data.waiting_kinds import KINDS, WAITS_ELSEWHERE
from data.ways.ways_beside import WAYS
from forms.screening import SCREENING
from tests.audit.tampering import at_time
from tests.browser.tool import ROOT
from tests.concern.typed import a_concern, a_nomination
from tests.factories import MADE, a_child, a_link, a_referral, an_account, an_episode, an_nrm
from tests.meetings.made import a_meeting

DAY = datetime.timedelta(days=1)
OTHERS, OWN = "Late, or left by somebody", "Also waiting for you"


class World:
    """One of everybody whom something may wait for, and one child."""

    def __init__(self, store: Store) -> None:
        self.store = store
        lead = {"area": None, "agency": None, "partnership": "pan_merseyside"}
        self.people = {
            "practitioner": an_account(store, agency="health"),
            "coordinator": an_account(store, "coordinator"),
            "manager": an_account(store, "manager"),
            "partnership_lead": an_account(store, "partnership_lead", **lead),
            "administrator": an_account(store, "administrator", **lead),
        }
        self.coordinator, self.practitioner = self.people["coordinator"], self.people["practitioner"]
        self.child_id = a_child(store, name="Rowan Made-Up", linked_to=self.practitioner)

    def save(self, table: Any, **record: Any) -> str:
        record.setdefault(table.id_column, clock.new_id())
        with Actor(self.store, "operator").writing() as work:
            work.save(table, record, MADE)
        return str(record[table.id_column])

    def papers(self) -> None:
        episode_id = an_episode(self.store, self.child_id)
        meeting_id = a_meeting(self.coordinator)
        agendas.add(self.coordinator, meeting_id, [episode_id])
        invitations.invite(self.coordinator, meeting_id, [self.practitioner.account_id])
        meeting_keeping.move(self.coordinator, meeting_id, "send papers")

    def version(self, state: str) -> None:
        meeting_id = self.save(
            MEETING, area="liverpool", meets_on=clock.today(), state="agreed", chairs=["social_care"],
            chair_social_care_account=self.people["manager"].account_id,
        )  # fmt: skip
        self.save(MINUTES_VERSION, meeting_id=meeting_id, version=1, state=state)

    def suspend(self, *roles: str) -> None:
        for role in roles:
            self.save(ACCOUNT, account_id=self.people[role].account_id, is_suspended=True)

    def listed(self, role: str, title: str) -> list[Waiting]:
        return next((rows for one, rows in my_day(self.people[role]) if one.title == title), [])


def today() -> datetime.date:
    return clock.today()


MAKES: dict[str, Callable[[World], object]] = {
    "sign_off": lambda w: a_referral(w.store, w.child_id, state="awaiting_sign_off", decided_on=None),
    "referral": lambda w: a_referral(w.store, w.child_id, state="submitted", decided_on=None),
    "returned": lambda w: a_referral(
        w.store, w.child_id, state="returned", decided_on=today(), referred_by=w.practitioner.account_id
    ),
    "contribution": lambda w: a_link(w.store, w.child_id, w.practitioner, "asked to contribute"),
    "draft": lambda w: drafts.start_draft(w.practitioner, SCREENING, w.child_id),
    "action": lambda w: w.save(
        ACTION, child_id=w.child_id, action="Made-up visit", state="ongoing", agency="health", due_on=today(),
        owner_account_id=w.practitioner.account_id,
    ),
    "papers": lambda w: w.papers(),
    "meeting": lambda w: w.papers(),
    "signature": lambda w: w.version("agreed"),
    "correction": lambda w: w.version("correcting"),
    "review": lambda w: an_episode(w.store, w.child_id),
    "flag": lambda w: w.save(
        FLAG, about="child", about_id=w.child_id, area="liverpool", system="police", state="placed", review_on=today()
    ),
    "nrm": lambda w: an_nrm(w.store, w.child_id),
    "nomination": lambda w: a_nomination(w.coordinator, a_concern(w.coordinator)),
    "dispute": lambda w: w.save(DISPUTE, child_id=w.child_id, state="raised", raised_on=today()),
    "deletion": lambda w: w.save(
        DELETION, child_id=w.child_id, area="liverpool", state="asked", asked_by=w.coordinator.account_id, asked_on=today()
    ),
    "own_copy": lambda w: w.save(
        OWN_COPY, child_id=w.child_id, area="liverpool", state="to_approve", requested_on=today()
    ),
    "opening": lambda w: w.save(
        OPENING, child_id=w.child_id, area="liverpool", account_id=w.practitioner.account_id, state="to_review",
        opened_at=clock.now(), ends_at=clock.now(),
    ),
    "weights": lambda w: w.save(WEIGHT_SET, name="Made-up weights", status="provisional", partnership="pan_merseyside"),
    "return": lambda w: w.save(
        QUARTERLY_RETURN, partnership="pan_merseyside", quarter="2025-26 Q4", state="correcting"
    ),
    "confirmation": lambda w: an_account(
        w.store, confirmation="waiting", confirmation_asked_by=w.practitioner.account_id
    ),
    "power": lambda w: an_account(w.store, confirmation="told"),
}  # fmt: skip
"""Each kind, begun today."""

ONE_PERSON = {"returned", "contribution", "draft", "action", "papers"}
"""Those that wait for the practitioner of this world."""


def test_every_kind_is_made_here_and_says_for_whom_and_since_when_it_waits() -> None:
    assert [kind.key for kind in KINDS] == list(MAKES)
    for kind in KINDS:
        assert kind.roles, kind.key
        assert kind.fallback, kind.key
        assert kind.waits_for, kind.key


def test_every_state_that_has_an_owner_waits_on_a_home_page_or_says_why_it_waits_for_nobody() -> None:
    owned = {f"{way.of}.{state.key}" for way in WAYS for state in way.states if state.owner}
    shown = {state for kind in KINDS for state in kind.states}
    assert not shown & set(WAITS_ELSEWHERE)
    assert owned == shown | set(WAITS_ELSEWHERE)


def test_every_section_that_a_kind_names_is_one_of_my_work() -> None:
    home = (ROOT / "pages/everyone/home.py").read_text()
    titles = {one.title for one in LISTS}
    for kind in KINDS:
        for section in filter(None, (kind.stands_in, kind.late_in)):
            assert section in titles or f'"{section}"' in home, kind.key


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_what_waits_is_seen_by_who_is_to_do_it_and_falls_to_somebody_else_once_it_is_late_or_left(
    store: Store, kind: WaitingKind
) -> None:
    world = World(store)
    MAKES[kind.key](world)
    fallback = next(role for role in kind.fallback if role in world.people)
    if not kind.stands_in:
        owner = next(role for role in kind.roles if role in world.people)
        assert_seen(kind, world.listed(owner, OWN))
    assert kind.words not in words_of(world.listed(fallback, OTHERS))
    if not kind.late_in:
        with at_time(clock.now() + kind.late_after + 2 * DAY):
            assert_seen(kind, [row for row in world.listed(fallback, OTHERS) if row.is_late])
    if kind.key == "weights":
        return  # waits for any of three roles, of which one always is there
    world.suspend(*(["practitioner"] if kind.key in ONE_PERSON else owners_besides(kind, fallback)))
    found = [row for row in world.listed(fallback, OTHERS) if row.state == "Nobody is there to do it"]
    assert_seen(kind, found)


def owners_besides(kind: WaitingKind, fallback: str) -> list[str]:
    return [
        role
        for role in ("coordinator", "manager", "partnership_lead", "administrator")
        if role in kind.roles and role != fallback
    ]


def assert_seen(kind: WaitingKind, rows: list[Waiting]) -> None:
    row = next((row for row in rows if row.words.startswith(kind.words)), None)
    assert row is not None, kind.key
    assert row.facts[0].startswith("Since ")
    assert row.url_path


def words_of(rows: list[Waiting]) -> str:
    return repr([row.words for row in rows])


def test_a_restricted_childs_name_is_not_in_these_lists(store: Store) -> None:
    world = World(store)
    MAKES["dispute"](world)
    with world.coordinator.writing() as work:
        work.save(
            RESTRICTION, {"child_id": world.child_id, "account_ids": ["somebody"], "is_lifted": False}, MADE
        )
    rows = world.listed("coordinator", OWN)
    assert "Dispute to answer: A restricted child" in words_of(rows)
    assert "Rowan" not in words_of(rows)


def test_a_sign_off_that_is_no_longer_asked_for_lets_go_what_waited_for_it(store: Store) -> None:
    world = World(store)
    administrator = world.people["administrator"]
    social_care, police = (
        a_referral(store, a_child(store), state="awaiting_sign_off", decided_on=None, referring_agency=agency)
        for agency in ("social_care", "police")
    )
    typed = {"sign_off": ["social_care", "police"], "nrm_decided_by": "national"}
    settings.change(administrator, "area", "liverpool", typed)
    settings.change(administrator, "area", "liverpool", {**typed, "sign_off": ["police"]})
    assert [referrals.read_referral(world.coordinator, one)["state"] for one in (social_care, police)] == [
        "submitted",
        "awaiting_sign_off",
    ]


def test_a_coordinator_takes_a_referral_without_sign_off_once_nobody_is_there_or_it_is_late_and_not_before(
    store: Store,
) -> None:
    world = World(store)
    referral_id = a_referral(store, world.child_id, state="awaiting_sign_off", decided_on=None)
    with pytest.raises(Problems, match="three days"):
        referrals.go_on(world.coordinator, referral_id, "A made-up reason")
    world.suspend("manager")
    with pytest.raises(Problems, match="Enter the reason"):
        referrals.go_on(world.coordinator, referral_id, " ")
    referrals.go_on(world.coordinator, referral_id, "A made-up reason")
    assert referrals.read_referral(world.coordinator, referral_id)["state"] == "submitted"
