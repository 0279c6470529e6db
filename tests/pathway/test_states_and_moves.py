"""The tables of states and moves are complete, and data/ makes every move of them and no other."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable

import pytest

from data import clock, settings
from data.actor import Actor
from data.after_meeting import actions, flags, leaving
from data.answers import disputes, drafts, submissions
from data.child import emergency, links, referrals
from data.database.audit import Event
from data.database.records import ACTION, FLAG, REFERRAL, SETTING
from data.database.store import Store
from data.meeting import chairs, minutes_signing
from data.refusal import Problems, Refused
from data.rights import deletion, own_copy
from data.ways.pathway import ACTION_WAY, EPISODE_WAY, FLAG_WAY, REFERRAL_WAY
from data.ways.way import Move, Way
from data.ways.ways_beside import NRM_WAY, RETURN_WAY, WAYS
from forms.referral import REFERRAL as REFERRAL_FORM
from tests.concern.typed import a_concern, a_concern_moved, a_nomination, a_nomination_moved
from tests.factories import MADE, a_child, a_period_is_set, a_referral, a_submission, an_account, long_ago
from tests.filled_in import (
    A_FLAG,
    A_REQUEST,
    A_SENDING,
    AN_EXCEPTION,
    DONE,
    LONGER,
    NOT_ACHIEVED,
    REMOVED,
    a_decision,
    a_sent_referral,
    an_accepted_child,
    decided,
    on,
    referral_of,
)
from tests.meetings.made import a_meeting
from tests.returns.made import a_return

EVERY_MOVE = [(way, move) for way in WAYS for move in way.moves]


def test_every_state_has_an_owner_or_ends_the_way() -> None:
    for way in WAYS:
        for state in way.states:
            leads_on = any(move.start == state.key for move in way.moves)
            assert bool(state.owner) == leads_on, f"{way.of}: {state.key}"
            if state.owner:
                assert any(m.start == state.key and state.owner in m.roles for m in way.moves), state.key


def test_every_state_can_be_reached_and_every_move_joins_two_states() -> None:
    for way in WAYS:
        keys = {state.key for state in way.states}
        assert len(keys) == len(way.states)
        assert {move.end for move in way.moves} == keys
        assert {move.start for move in way.moves} <= keys | {None}


def test_every_move_has_its_own_audit_word_and_its_roles() -> None:
    for way in WAYS:
        assert len({(move.name, move.start) for move in way.moves}) == len(way.moves)
        for move in way.moves:
            assert move.audit
            assert move.roles
            assert way.moves_from(move.start, move.roles[0])


def test_a_move_that_is_not_in_the_table_is_refused() -> None:
    for way in WAYS:
        there = {(move.name, move.start) for move in way.moves}
        names, starts = {m.name for m in way.moves}, [None, *(s.key for s in way.states)]
        for name, start in itertools.product(names, starts):
            if (name, start) not in there:
                role = next(move.roles[0] for move in way.moves if move.name == name)
                with pytest.raises(Problems, match="can no longer be done"):
                    way.move(name, start, role, "a reason")


def test_a_role_that_is_not_in_the_table_is_refused_and_a_missing_reason_too() -> None:
    for _, move in EVERY_MOVE:
        way = next(way for way in WAYS if move in way.moves)
        with pytest.raises(Refused):
            way.move(move.name, move.start, "administrator", "a reason")
        if move.needs_reason:
            for blank in (None, "", "  \n"):
                with pytest.raises(Problems, match="Enter the reason"):
                    way.move(move.name, move.start, move.roles[0], blank)


class World:
    """One child, and everybody who may move something."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.practitioner = an_account(store)
        self.coordinator = an_account(store, "coordinator")
        self.manager = an_account(store, "manager", agency="social_care")
        self.child_id = a_child(store, linked_to=self.practitioner)

    def signs_off(self, yes: bool) -> None:
        with self.coordinator.writing() as work:
            setting = {"setting": "sign_off:liverpool:social_care", "value": "yes" if yes else "no"}
            work.save(SETTING, setting, Event("setting changed"))

    def referral(self, state: str) -> str:
        """A referral with its form, put into that state."""
        self.signs_off(False)
        referral_id = a_sent_referral(self.practitioner, self.child_id)
        with self.coordinator.writing() as work:
            work.save(REFERRAL, {"referral_id": referral_id, "state": state}, Event("made for a test"))
        return referral_id

    def send_again(self, referral_id: str) -> None:
        form_id = referrals.read_referral(self.practitioner, referral_id)["form_id"]
        draft_id = drafts.start_draft(self.practitioner, REFERRAL_FORM, self.child_id, corrects=form_id)
        assert referral_of(self.practitioner, submissions.submit(self.practitioner, draft_id)) == referral_id

    def action(self, state: str) -> str:
        action_id = clock.new_id()
        with self.coordinator.writing() as work:
            record = {
                "action_id": action_id, "child_id": self.child_id, "agency": "social_care", "state": state,
                "episode_id": "none",
            }  # fmt: skip
            work.save(ACTION, record, Event("made for a test"))
        return action_id

    def state(self, way: Way, record_id: str) -> str:
        with self.coordinator.reading() as work:
            if way is EPISODE_WAY:
                closed = work.value("SELECT closed_on FROM episode WHERE episode_id = $1", [record_id])
                return "closed" if closed else "open"
            table = "quarterly_return" if way is RETURN_WAY else way.of  # `return` is a word of SQL
            return str(work.value(f"SELECT state FROM {table} WHERE {way.of}_id = $1", [record_id]))

    def audited(self, record_id: str) -> list[str]:
        with self.coordinator.reading() as work:
            return work.values("SELECT action FROM audit WHERE record_id = $1 ORDER BY seq", [record_id])


def _first(world: World, sign_off: bool) -> str:
    world.signs_off(sign_off)
    return a_sent_referral(world.practitioner, world.child_id)


def _again(world: World, sign_off: bool) -> str:
    referral_id = world.referral("returned")
    world.signs_off(sign_off)
    world.send_again(referral_id)
    return referral_id


def _late(world: World, referral_id: str) -> None:
    """The manager let the days pass."""
    with world.coordinator.writing() as work:
        long_ago = work.at - datetime.timedelta(days=10)
        work.connection.run(
            "UPDATE referral SET recorded_at = $1 WHERE referral_id = $2", [long_ago, referral_id]
        )
    referrals.go_on(world.coordinator, referral_id, "A made-up reason")


def _freed(world: World) -> None:
    """The agency no longer asks its manager."""
    administrator = an_account(world.store, "administrator")
    for typed in (["social_care"], []):
        settings.change(administrator, "area", "liverpool", {"sign_off": typed, "nrm_decided_by": "national"})


def _taken_back(world: World) -> str:
    def end(action_id: str) -> None:
        with world.coordinator.writing() as work:
            work.save(
                ACTION, {"action_id": action_id, "owner_account_id": world.practitioner.account_id}, MADE
            )
        links.end_access(world.coordinator, world.child_id, world.practitioner.account_id, "A made-up reason")

    return _acted(world, end)


def _done(world: World, state: str, do: Callable[[str], object]) -> str:
    referral_id = world.referral(state)
    do(referral_id)
    return referral_id


def _acted(world: World, do: Callable[[str], object]) -> str:
    action_id = world.action("ongoing")
    do(action_id)
    return action_id


TODAY = clock.today

MAKES: dict[tuple[str, str, str | None], Callable[[World], str]] = {
    ("referral", "send", None): lambda w: _first(w, False),
    ("referral", "send for sign-off", None): lambda w: _first(w, True),
    ("referral", "send", "returned"): lambda w: _again(w, False),
    ("referral", "send for sign-off", "returned"): lambda w: _again(w, True),
    ("referral", "sign off", "awaiting_sign_off"): lambda w: _done(
        w, "awaiting_sign_off", lambda r: referrals.sign_off(w.manager, r)
    ),
    ("referral", "go on", "awaiting_sign_off"): lambda w: _done(
        w, "awaiting_sign_off", lambda r: _late(w, r)
    ),
    ("referral", "free", "awaiting_sign_off"): lambda w: _done(w, "awaiting_sign_off", lambda _: _freed(w)),
    ("referral", "return", "awaiting_sign_off"): lambda w: _done(
        w, "awaiting_sign_off", lambda r: referrals.return_for_more(w.manager, r, TODAY(), "What is missing")
    ),
    ("referral", "return", "submitted"): lambda w: _done(
        w, "submitted", lambda r: referrals.return_for_more(w.coordinator, r, TODAY(), "What is missing")
    ),
    ("referral", "accept", "submitted"): lambda w: _done(
        w, "submitted", lambda r: referrals.accept(w.coordinator, r, TODAY())
    ),
    ("referral", "decline", "submitted"): lambda w: _done(
        w, "submitted", lambda r: referrals.decline(w.coordinator, r, TODAY(), "Another service")
    ),
    ("referral", "decline", "returned"): lambda w: _done(
        w, "returned", lambda r: referrals.decline(w.coordinator, r, TODAY(), "No answer came")
    ),
    ("episode", "open", None): lambda w: referrals.accept(w.coordinator, w.referral("submitted"), TODAY()),
    ("episode", "close", "open"): lambda w: _closed(w),
    ("action", "set", None): lambda w: _set(w),
    ("episode", "close by exception", "open"): lambda w: _left(w),
    ("action", "assign", "ongoing"): lambda w: _acted(
        w, lambda a: actions.assign(w.coordinator, a, w.practitioner.account_id)
    ),
    ("action", "take back", "ongoing"): lambda w: _taken_back(w),
    ("action", "complete", "ongoing"): lambda w: _acted(
        w, lambda a: actions.complete(w.practitioner, a, DONE)
    ),
    ("action", "give up", "ongoing"): lambda w: _acted(
        w, lambda a: actions.give_up(w.practitioner, a, NOT_ACHIEVED)
    ),
    ("action", "carry over", "ongoing"): lambda w: _acted(
        w, lambda a: actions.carry_over(w.practitioner, a, LONGER)
    ),
    ("flag", "place", None): lambda w: _flagged(w),
    ("flag", "keep", "placed"): lambda w: _flagged(w, lambda f: flags.keep(w.coordinator, f, KEPT)),
    ("flag", "remove", "placed"): lambda w: _flagged(w, lambda f: flags.remove(w.coordinator, f, REMOVED)),
    ("flag", "take off", "placed"): lambda w: _flagged(
        w, lambda f: flags.remove(w.coordinator, f, REMOVED), system="social_care"
    ),
    ("flag", "expire", "removed"): lambda w: _expired(w),
    ("meeting", "plan", None): lambda w: a_meeting(w.coordinator),
    ("meeting", "send papers", "planned"): lambda w: a_meeting(w.coordinator, "send papers"),
    ("meeting", "hold", "papers_out"): lambda w: a_meeting(w.coordinator, "send papers", "hold"),
    ("meeting", "agree", "held"): lambda w: a_meeting(w.coordinator, "send papers", "hold", "agree"),
    ("minutes_version", "agree", None): lambda w: _version(w),
    ("minutes_version", "sign", "agreed"): lambda w: _version(w, "sign"),
    ("minutes_version", "replace", "agreed"): lambda w: _version(w, "replace"),
    ("minutes_version", "correct", None): lambda w: _version(w, "sign", "correct"),
    ("minutes_version", "agree", "correcting"): lambda w: _version(w, "sign", "correct", "agree"),
    ("meeting", "cancel", "planned"): lambda w: a_meeting(w.coordinator, "cancel"),
    ("meeting", "cancel", "papers_out"): lambda w: a_meeting(w.coordinator, "send papers", "cancel"),
    ("nomination", "nominate", None): lambda w: a_nomination(w.practitioner),
    ("nomination", "accept", "nominated"): lambda w: a_nomination_moved(w.coordinator, "accept"),
    ("nomination", "decline", "nominated"): lambda w: a_nomination_moved(w.coordinator, "decline"),
    ("nomination", "feed back", "accepted"): lambda w: a_nomination_moved(
        w.coordinator, "accept", "feed back"
    ),
    ("nomination", "feed back", "declined"): lambda w: a_nomination_moved(
        w.coordinator, "decline", "feed back"
    ),
    ("concern", "add", None): lambda w: a_concern(w.practitioner),
    ("concern", "close", "open"): lambda w: a_concern_moved(w.coordinator, "close"),
    ("concern", "open again", "closed"): lambda w: a_concern_moved(w.coordinator, "close", "open again"),
    ("return", "lock", None): lambda w: a_return(w.store, "lock"),
    ("return", "correct", "locked"): lambda w: a_return(w.store, "lock", "correct"),
    ("return", "lock", "correcting"): lambda w: a_return(w.store, "lock", "correct", "lock"),
    ("return", "drop", "correcting"): lambda w: a_return(w.store, "lock", "correct", "drop"),
    ("opening", "open", None): lambda w: _opened(w),
    ("opening", "appropriate", "to_review"): lambda w: _opened(w, "appropriate"),
    ("opening", "not_appropriate", "to_review"): lambda w: _opened(w, "not_appropriate"),
}
"""How data/ makes each move of the tables; gives the id of what was moved."""


def _version(world: World, *then: str) -> str:
    """The last version of a meeting's minutes that the steps touched."""
    meeting_id = a_meeting(world.coordinator, "send papers", "hold", "agree")
    number = 1
    for step in then:
        if step == "sign":
            for chair in ("social_care", "police"):
                chairs.name_chair(world.coordinator, meeting_id, chair, name="Chair Made-Up")
                minutes_signing.sign(world.coordinator, meeting_id, chair, "On paper")
        elif step == "agree":
            minutes_signing.agree_correction(world.coordinator, meeting_id)
        else:
            minutes_signing.correct(world.coordinator, meeting_id, "A made-up reason")
            number += step == "correct"
    return f"{meeting_id}:{number}"


def _closed(world: World) -> str:
    episode_id = referrals.accept(world.coordinator, world.referral("submitted"), TODAY())
    decision = a_decision(decision="unable_to_engage", closure_note="Visited three times")
    decided(world.coordinator, episode_id, decision)
    return episode_id


def _left(world: World) -> str:
    episode_id = referrals.accept(world.coordinator, world.referral("submitted"), TODAY())
    leaving.close_by_exception(world.coordinator, episode_id, AN_EXCEPTION)
    return episode_id


KEPT = {"review_on": on(TODAY() + datetime.timedelta(weeks=8)), "reason": "Made-up reason"}


def _flagged(world: World, do: Callable[[str], object] = lambda _: None, system: str = "police") -> str:
    flag_id = flags.place(world.coordinator, world.child_id, A_FLAG | {"system": system})
    do(flag_id)
    return flag_id


def _expired(world: World) -> str:
    """Removed seven months ago."""
    seven_months_ago = on(TODAY() - datetime.timedelta(days=215))
    flag_id = flags.place(world.coordinator, world.child_id, A_FLAG | {"placed_on": seven_months_ago})
    flags.remove(world.coordinator, flag_id, REMOVED | {"removed_on": seven_months_ago})
    flags.expire(world.coordinator, flag_id)
    return flag_id


def _set(world: World) -> str:
    episode_id = referrals.accept(world.coordinator, world.referral("submitted"), TODAY())
    row = {"action": "Made-up action", "action_agency": "police"}
    decided(world.coordinator, episode_id, a_decision(new_actions=[row]))
    with world.coordinator.reading() as work:
        return str(work.value("SELECT action_id FROM action"))


def _disputed(world: World, *answer: str) -> str:
    record_id = a_submission(world.store, "screening", world.child_id)
    note = {"kind": "disputed", "disputed_by": "child", "words": "That is not how it was"}
    dispute_id = disputes.raise_dispute(world.practitioner, "screening", record_id, note)
    if answer:
        disputes.answer(world.coordinator, dispute_id, *answer)
    return dispute_id


def _deletion(world: World, do: Callable[[str], object] = str) -> str:
    a_period_is_set(world.store)
    with long_ago():
        child_id = a_child(world.store)
    deletion_id = deletion.ask(world.coordinator, child_id, "Its time has come")
    do(deletion_id)
    return deletion_id


MAKES |= {
    ("dispute", "raise", None): lambda w: _disputed(w),
    ("dispute", "correct", "raised"): lambda w: _disputed(w, "correct", "It was the other house"),
    ("dispute", "let stand", "raised"): lambda w: _disputed(w, "let stand", "Two officers saw it"),
    ("deletion", "ask", None): lambda w: _deletion(w),
    ("deletion", "carry out", "asked"): lambda w: _deletion(w, lambda d: deletion.carry_out(w.manager, d)),
    ("deletion", "withdraw", "asked"): lambda w: _deletion(w, lambda d: deletion.withdraw(w.coordinator, d)),
    ("deletion", "refuse", "asked"): lambda w: _deletion(
        w, lambda d: deletion.refuse(w.manager, d, "Needed")
    ),
}


def _copied(world: World, *steps: str) -> str:
    copy_id = own_copy.begin(world.coordinator, world.child_id, A_REQUEST)
    for step in steps:
        if step == "send":
            own_copy.send(world.coordinator, copy_id, A_SENDING)
        else:
            own_copy.move(
                world.manager if step == "approve" else world.coordinator, copy_id, step, "A reason"
            )
    return copy_id


_FORWARD = "ask for approval"
MAKES |= {
    ("own_copy", "begin", None): lambda w: _copied(w),
    ("own_copy", "ask for approval", "preparing"): lambda w: _copied(w, _FORWARD),
    ("own_copy", "drop", "preparing"): lambda w: _copied(w, "drop"),
    ("own_copy", "approve", "to_approve"): lambda w: _copied(w, _FORWARD, "approve"),
    ("own_copy", "send back", "to_approve"): lambda w: _copied(w, _FORWARD, "send back"),
    ("own_copy", "send back", "approved"): lambda w: _copied(w, _FORWARD, "approve", "send back"),
    ("own_copy", "send", "approved"): lambda w: _copied(w, _FORWARD, "approve", "send"),
}


def _opened(world: World, finding: str = "") -> str:
    with world.coordinator.reading() as work:
        number = work.value("SELECT nhs_number FROM child WHERE child_id = $1", [world.child_id])
    why = {"nhs_number": number, "reason": "Made-up danger", "lawful_basis": "public_task"}
    emergency.open_record(an_account(world.store, area="wirral"), why)
    (opened,), _ = emergency.openings(world.manager)
    if finding:
        emergency.review(world.manager, opened["opening_id"], finding, "A made-up note")
    return str(opened["opening_id"])


MADE_HERE = [(way, move) for way, move in EVERY_MOVE if way is not NRM_WAY]
"""Those of an NRM referral, which follow from what is recorded, are made in tests/concern."""


@pytest.mark.parametrize(("way", "move"), MADE_HERE, ids=[f"{w.of} {m.name} {m.start}" for w, m in MADE_HERE])
def test_every_move_is_made_and_its_audit_word_written(store: Store, way: Way, move: Move) -> None:
    world = World(store)
    record_id = MAKES[(way.of, move.name, move.start)](world)
    assert world.state(way, record_id) == move.end
    assert world.audited(record_id)[-1] in (move.audit, "referral viewed", "minutes frozen")
    assert move.audit in world.audited(record_id)


def _every_call(world: World, actor: Actor) -> dict[str, Callable[[str], object]]:
    return {
        "accept": lambda r: referrals.accept(actor, r, TODAY()),
        "return": lambda r: referrals.return_for_more(actor, r, TODAY(), "a reason"),
        "decline": lambda r: referrals.decline(actor, r, TODAY(), "a reason"),
        "sign off": lambda r: referrals.sign_off(actor, r),
    }


@pytest.mark.parametrize("state", [s.key for s in REFERRAL_WAY.states])
def test_no_call_moves_a_referral_where_the_table_does_not(duckdb_store: Store, state: str) -> None:
    world = World(duckdb_store)
    for actor in (world.practitioner, world.coordinator, world.manager):
        with actor.reading() as work:
            role = work.account.role
        for name, call in _every_call(world, actor).items():
            child_id = a_child(duckdb_store, linked_to=world.practitioner)
            referral_id = a_referral(duckdb_store, child_id, state=state, decided_on=None)
            allowed = [m for m in REFERRAL_WAY.moves_from(state, role) if m.name == name]
            if allowed:
                call(referral_id)
                assert world.state(REFERRAL_WAY, referral_id) == allowed[0].end
            else:
                with pytest.raises((Problems, Refused)):
                    call(referral_id)
                assert world.state(REFERRAL_WAY, referral_id) == state


@pytest.mark.parametrize("state", ["completed", "not_achieved"])
def test_an_action_that_has_ended_stays_as_it_ended(duckdb_store: Store, state: str) -> None:
    world = World(duckdb_store)
    action_id = world.action(state)
    for move in (
        lambda: actions.complete(world.practitioner, action_id, DONE),
        lambda: actions.give_up(world.practitioner, action_id, NOT_ACHIEVED),
        lambda: actions.carry_over(world.practitioner, action_id, LONGER),
        lambda: actions.assign(world.coordinator, action_id, world.practitioner.account_id),
    ):
        with pytest.raises(Problems, match="can no longer be done"):
            move()
    assert world.state(ACTION_WAY, action_id) == state


@pytest.mark.parametrize("state", [s.key for s in FLAG_WAY.states])
def test_no_call_moves_a_flag_where_the_table_does_not(duckdb_store: Store, state: str) -> None:
    world = World(duckdb_store)
    calls = {
        "keep": lambda f: flags.keep(world.coordinator, f, KEPT),
        "remove": lambda f: flags.remove(world.coordinator, f, REMOVED),
        "expire": lambda f: flags.expire(world.coordinator, f),
    }
    for name, call in calls.items():
        flag_id = clock.new_id()
        record = {
            "flag_id": flag_id,
            "about": "child",
            "about_id": world.child_id,
            "system": "police",
            "state": state,
        }
        with world.coordinator.writing() as work:
            work.save(FLAG, record, Event("made for a test"))
        allowed = [m for m in FLAG_WAY.moves_from(state, "coordinator") if m.name == name]
        if allowed:
            call(flag_id)
            assert world.state(FLAG_WAY, flag_id) == allowed[0].end
        else:
            with pytest.raises(Problems, match="can no longer be done"):
                call(flag_id)
            assert world.state(FLAG_WAY, flag_id) == state


def test_a_closed_episode_closes_no_second_time(duckdb_store: Store) -> None:
    world = World(duckdb_store)
    episode_id = _closed(world)
    with pytest.raises(Problems, match="can no longer be done"):
        leaving.close_by_exception(world.coordinator, episode_id, AN_EXCEPTION)


def test_an_episode_closes_at_a_meeting_or_by_exception_and_in_no_other_way() -> None:
    assert {move.name for move in EPISODE_WAY.moves if move.end == "closed"} == {
        "close",
        "close by exception",
    }


def test_an_action_is_for_its_own_agency_and_the_areas_coordinator(duckdb_store: Store) -> None:
    store = duckdb_store
    practitioner, coordinator = an_account(store), an_account(store, "coordinator")
    _, episode_id = an_accepted_child(practitioner, coordinator)
    rows = [{"action": f"Made-up action {n}", "action_agency": "police"} for n in (1, 2)]
    decided(coordinator, episode_id, a_decision(new_actions=rows))
    with coordinator.reading() as work:
        first, second = work.values("SELECT action_id FROM action")
    with pytest.raises(Refused, match="another agency"):
        actions.complete(practitioner, first, DONE)
    with pytest.raises(Refused):
        actions.complete(an_account(store, "coordinator", area="wirral"), first, DONE)
    actions.complete(coordinator, first, DONE)
    officer = an_account(store, agency="police")
    with pytest.raises(Refused):
        actions.complete(officer, second, DONE)  # of the right agency, and not linked to the child
