"""The truth table of need to know: every call that reaches a child, and what each person may do by it.

A new public function of these modules fails here until its row is stated.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from data import (
    action_list,
    actions,
    child_search,
    children,
    clock,
    documents,
    drafts,
    flags,
    leaving,
    links,
    meetings,
    missing,
    my_day,
    my_work,
    opened_draft,
    referrals,
    referrer_told,
    review_list,
    reviews,
    scorings,
    submissions,
)
from data.actor import Actor
from data.refusal import Problems, Refused
from data.schema import ACCOUNT, ACTION, FLAG
from data.store import Store
from data.submissions import NotReady
from forms.assessment import ASSESSMENT
from forms.child import CHILD
from forms.referral import REFERRAL
from forms.screening import SCREENING
from tests.factories import (
    MADE,
    a_child,
    a_discussion,
    a_referral,
    a_submission,
    an_account,
    an_episode,
    the_operator,
)
from tests.filled_in import A_FLAG, AN_EXCEPTION, DONE, LONGER, NOT_ACHIEVED, REMOVED, a_sent_tracker, on

PEOPLE = (
    "own", "other", "coordinator", "coordinator_elsewhere", "manager", "manager_elsewhere", "lead", "member",
    "administrator", "suspended", "changed", "operator",
)  # fmt: skip
"""`own`: a practitioner linked to the child. `changed`: was one, and is an administrator since."""

SEES = "own coordinator manager operator"
WRITES = "own coordinator operator"
COORDINATES = "coordinator operator"
LISTS = "own other coordinator coordinator_elsewhere manager manager_elsewhere operator"
STARTED_IT = "own"

MAY = {
    "action_list.list_actions": "own other coordinator coordinator_elsewhere manager manager_elsewhere member",
    "actions.assign": COORDINATES,
    "actions.carry_over": WRITES,
    "actions.complete": WRITES,
    "actions.give_up": WRITES,
    "actions.people_to_ask": COORDINATES,
    "actions.read_action": SEES,
    "child_search.matches_of_draft": STARTED_IT,
    "child_search.say_another_child": STARTED_IT,
    "child_search.search": LISTS,
    "children.heading": SEES,
    "children.read_child": SEES,
    "documents.submission_as_word": SEES,
    "drafts.add_row": WRITES,
    "drafts.discard_draft": STARTED_IT,
    "drafts.open_drafts": LISTS,
    "drafts.read_draft": STARTED_IT,
    "drafts.save_answer": STARTED_IT,
    "drafts.start_draft": WRITES,
    "drafts.take_out_row": WRITES,
    "flags.due": "coordinator coordinator_elsewhere manager manager_elsewhere",
    "flags.expire": COORDINATES,
    "flags.keep": COORDINATES,
    "flags.place": COORDINATES,
    "flags.read_flags": SEES,
    "flags.remove": COORDINATES,
    "leaving.close_by_exception": COORDINATES,
    "leaving.read_episode": COORDINATES,
    "links.ask_to_contribute": WRITES,
    "links.practitioners_to_ask": SEES,
    "meetings.start": COORDINATES,
    "missing.read_missing": SEES,
    "missing.save_attendance": WRITES,
    "missing.save_episode": WRITES,
    "my_day.my_day": " ".join(p for p in PEOPLE if p != "suspended"),
    "my_work.my_work": " ".join(p for p in PEOPLE if p != "suspended"),
    "opened_draft.open_draft": WRITES,
    "referrals.accept": COORDINATES,
    "referrals.decline": COORDINATES,
    "referrals.problem_before_starting": SEES,
    "referrals.read_referral": SEES,
    "referrals.return_for_more": COORDINATES,
    "referrals.returned_to": LISTS,
    "referrals.sign_off": "manager",
    "referrals.waiting": COORDINATES,
    "referrer_told.told": "own other coordinator coordinator_elsewhere",
    "referrer_told.told_about": SEES,
    "review_list.list_reviews": "coordinator coordinator_elsewhere manager manager_elsewhere",
    "reviews.bring_forward": WRITES,
    "reviews.read_review": SEES,
    "reviews.vary": COORDINATES,
    "scorings.compare_scores": SEES,
    "scorings.override": COORDINATES,
    "scorings.read_score": SEES,
    "scorings.scores_of_child": SEES,
    "submissions.check_draft": STARTED_IT,
    "submissions.read_submission": SEES,
    "submissions.submit": STARTED_IT,
}
"""Of a shared draft (`add_row`, `take_out_row`, `open_draft` below) and of one's own (the others)."""

MODULES = (
    action_list, actions, child_search, children, documents, drafts, flags, leaving, links, meetings, missing,
    my_day, my_work, opened_draft, referrals, referrer_told, review_list, reviews, scorings, submissions,
)  # fmt: skip


def calls_that_take_an_account() -> Iterator[str]:
    for module in MODULES:
        for name, function in inspect.getmembers(module, inspect.isfunction):
            takes = [str(p.annotation) for p in inspect.signature(function).parameters.values()]
            if function.__module__ == module.__name__ and not name.startswith("_") and "Actor" in takes:
                yield f"{module.__name__.removeprefix('data.')}.{name}"


def test_every_call_that_takes_an_account_states_who_may() -> None:
    assert sorted(MAY) == sorted(calls_that_take_an_account())


class World:
    """A child of Liverpool with one of everything, and one of everybody."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.people = {
            "own": an_account(store),
            "other": an_account(store),
            "coordinator": an_account(store, "coordinator"),
            "coordinator_elsewhere": an_account(store, "coordinator", area="wirral"),
            "manager": an_account(store, "manager"),
            "manager_elsewhere": an_account(store, "manager", area="wirral"),
            "lead": an_account(
                store, "partnership_lead", area=None, agency=None, partnership="pan_merseyside"
            ),
            "member": an_account(store, "meeting_member"),
            "administrator": an_account(store, "administrator"),
            "suspended": an_account(store),
            "changed": an_account(store),
            "operator": the_operator(store),
        }
        own, self.newcomer = self.people["own"], an_account(store)
        self.child_id = a_child(store, name="Zzyzx Made-Up", linked_to=own)
        for was_linked in ("suspended", "changed"):
            with own.writing() as work:
                links.link(work, self.child_id, self.people[was_linked].account_id, "wrote screening")
        self.record_id = a_submission(store, "screening", self.child_id, explanation="Made-up")
        self.before, self.after = (
            a_sent_tracker(own, self.child_id, occasion=o) for o in ("referral", "meeting")
        )
        self.referrals = [
            a_referral(
                store,
                self.child_id,
                state=state,
                decided_on=None,
                referred_by=self.people["changed"].account_id,
            )
            for state in ("submitted", "submitted", "submitted", "awaiting_sign_off", "returned")
        ]
        other_child = a_child(store, name="Zzyzx Other", linked_to=own)
        self.episode_id = an_episode(store, other_child)
        self.own_draft, self.to_send, self.new_child, self.shared = (
            drafts.start_draft(own, SCREENING, self.child_id),
            drafts.start_draft(own, SCREENING, self.child_id, corrects=self.record_id),
            drafts.start_draft(own, CHILD),
            drafts.start_draft(own, ASSESSMENT, self.child_id),
        )
        drafts.start_draft(self.people["changed"], SCREENING, self.child_id)
        self.row_id = drafts.add_row(own, self.shared, "chronology")
        a_discussion(store, self.episode_id, other_child)
        self.flag_id = flags.place(self.people["operator"], self.child_id, A_FLAG)
        with own.writing() as work:
            gone = {"flag_id": "flag1", "about": "child", "about_id": self.child_id, "system": "police"}
            work.save(FLAG, {**gone, "state": "removed", "expires_on": clock.today()}, MADE)
            for n in (1, 2, 3):
                action = {"action_id": f"action{n}", "child_id": self.child_id, "agency": "social_care"}
                work.save(ACTION, {**action, "state": "ongoing", "episode_id": self.episode_id}, MADE)
            for who, change in (
                ("suspended", {"is_suspended": True}),
                ("changed", {"role": "administrator"}),
            ):
                work.save(ACCOUNT, {"account_id": self.people[who].account_id, **change}, MADE)

    def calls(self) -> dict[str, Callable[[Actor], Any]]:
        child, today = self.child_id, clock.today()
        to_accept, to_decline, to_return, to_sign_off, _ = self.referrals
        return {
            "child_search.search": lambda a: child_search.search(a, "Zzyzx"),
            "children.heading": lambda a: children.heading(a, child),
            "children.read_child": lambda a: children.read_child(a, child),
            "submissions.read_submission": lambda a: submissions.read_submission(
                a, "screening", self.record_id
            ),
            "documents.submission_as_word": lambda a: documents.submission_as_word(
                a, "screening", self.record_id
            ),
            "drafts.open_drafts": lambda a: drafts.open_drafts(a),
            "links.practitioners_to_ask": lambda a: links.practitioners_to_ask(a, child),
            "my_day.my_day": lambda a: my_day.my_day(a),
            "my_work.my_work": lambda a: my_work.my_work(a),
            "referrals.problem_before_starting": lambda a: referrals.problem_before_starting(a, child),
            "referrals.read_referral": lambda a: referrals.read_referral(a, to_accept),
            "referrals.returned_to": lambda a: referrals.returned_to(a),
            "referrals.waiting": lambda a: referrals.waiting(a, "liverpool"),
            "scorings.compare_scores": lambda a: scorings.compare_scores(a, self.before, self.after),
            "scorings.read_score": lambda a: scorings.read_score(a, self.after),
            "scorings.scores_of_child": lambda a: scorings.scores_of_child(a, child),
            "drafts.read_draft": lambda a: drafts.read_draft(a, self.own_draft),
            "submissions.check_draft": lambda a: submissions.check_draft(a, self.own_draft),
            "opened_draft.open_draft": lambda a: opened_draft.open_draft(a, self.shared),
            "child_search.matches_of_draft": lambda a: child_search.matches_of_draft(a, self.new_child),
            "child_search.say_another_child": lambda a: child_search.say_another_child(a, self.new_child),
            "drafts.start_draft": lambda a: drafts.start_draft(a, REFERRAL, child),
            "drafts.save_answer": lambda a: drafts.save_answer(a, self.own_draft, "strong_01", "yes"),
            "drafts.add_row": lambda a: drafts.add_row(a, self.shared, "chronology"),
            "drafts.take_out_row": lambda a: drafts.take_out_row(a, self.shared, "chronology", self.row_id),
            "links.ask_to_contribute": lambda a: links.ask_to_contribute(a, child, self.newcomer.account_id),
            "scorings.override": lambda a: scorings.override(a, self.after, "high", "Made-up reason"),
            "submissions.submit": lambda a: submissions.submit(a, self.to_send),
            "drafts.discard_draft": lambda a: drafts.discard_draft(a, self.own_draft),
            "actions.complete": lambda a: actions.complete(a, "action1", DONE),
            "actions.give_up": lambda a: actions.give_up(a, "action2", NOT_ACHIEVED),
            "action_list.list_actions": lambda a: action_list.list_actions(a, action_list.Wanted()),
            "actions.read_action": lambda a: actions.read_action(a, "action1"),
            "actions.people_to_ask": lambda a: actions.people_to_ask(a, "action3"),
            "actions.assign": lambda a: actions.assign(a, "action3", self.newcomer.account_id),
            "actions.carry_over": lambda a: actions.carry_over(a, "action3", LONGER),
            "flags.read_flags": lambda a: flags.read_flags(a, child),
            "flags.due": lambda a: flags.due(a),
            "flags.place": lambda a: flags.place(a, child, A_FLAG | {"system": "leds"}),
            "flags.keep": lambda a: flags.keep(
                a, self.flag_id, {"review_on": on(today), "reason": "Made-up reason"}
            ),
            "flags.remove": lambda a: flags.remove(a, self.flag_id, REMOVED),
            "flags.expire": lambda a: flags.expire(a, "flag1"),
            "leaving.read_episode": lambda a: leaving.read_episode(a, self.episode_id),
            "missing.read_missing": lambda a: missing.read_missing(a, child),
            "missing.save_attendance": lambda a: missing.save_attendance(
                a, child, {"occasion": "review", "as_of": on(today), "timetable": "part_time"}
            ),
            "missing.save_episode": lambda a: missing.save_episode(
                a, child, {"missing_from": "home", "from_on": on(today)}
            ),
            "referrer_told.told": lambda a: referrer_told.told(a),
            "referrer_told.told_about": lambda a: referrer_told.told_about(a, to_accept),
            "review_list.list_reviews": lambda a: review_list.list_reviews(a),
            "reviews.read_review": lambda a: reviews.read_review(a, self.episode_id),
            "reviews.bring_forward": lambda a: reviews.bring_forward(
                a, self.episode_id, {"reason": "Made-up reason", "review_by": on(today)}
            ),
            "reviews.vary": lambda a: reviews.vary(
                a,
                self.episode_id,
                {"review_by": on(today), "reason": "Made-up reason", "decided_by": "Chair Made-Up"},
            ),
            "referrals.sign_off": lambda a: referrals.sign_off(a, to_sign_off),
            "referrals.decline": lambda a: referrals.decline(a, to_decline, today, "Made-up reason"),
            "referrals.return_for_more": lambda a: referrals.return_for_more(
                a, to_return, today, "Made-up reason"
            ),
            "referrals.accept": lambda a: referrals.accept(a, to_accept, today),
            "meetings.start": lambda a: meetings.start(a, self.episode_id),
            "leaving.close_by_exception": lambda a: leaving.close_by_exception(
                a, self.episode_id, AN_EXCEPTION
            ),
        }

    def entries(self) -> int:
        with self.people["operator"].reading() as work:
            return int(work.value("SELECT count(*) FROM audit"))

    def refusals(self) -> dict[str, int]:
        """How many are in the audit, by person."""
        with self.people["operator"].reading() as work:
            counted = work.rows(
                "SELECT account_id, count(*) AS refused FROM audit WHERE action LIKE 'refused: %' GROUP BY account_id"
            )
        names = {actor.account_id: person for person, actor in self.people.items()}
        return {names[row["account_id"]]: row["refused"] for row in counted}


def test_each_person_may_do_what_the_table_says_and_every_refusal_is_audited(store: Store) -> None:
    world = World(store)
    calls = world.calls()
    assert sorted(calls) == sorted(MAY)
    found = {name: allowed(world, call) for name, call in calls.items()}
    assert found == {name: [p for p in PEOPLE if p in may.split()] for name, may in MAY.items()}
    refused = {person: sum(person not in may for may in found.values()) for person in PEOPLE}
    assert world.refusals() == {person: n for person, n in refused.items() if n}


def allowed(world: World, call: Callable[[Actor], Any]) -> list[str]:
    """Those who were not refused; what else a call raised has got past the door."""
    may = []
    for person, actor in world.people.items():
        try:
            call(actor)
        except Refused:
            continue
        except (Problems, NotReady):
            pass
        may.append(person)
    return may


LEAVE_NO_TRACE = {
    "actions.people_to_ask", "referrer_told.told", "referrer_told.told_about", "children.heading", "drafts.open_drafts", "drafts.read_draft", "links.practitioners_to_ask", "my_day.my_day", "my_work.my_work",
    "referrals.problem_before_starting", "referrals.returned_to", "scorings.scores_of_child",
    "submissions.check_draft",
}  # fmt: skip
"""One's own work, and parts of a page that notes its own view: `read_child`, `open_draft`."""


def test_every_other_call_leaves_its_trace_in_the_audit(duckdb_store: Store) -> None:
    world = World(duckdb_store)
    silent = set()
    for name, call in world.calls().items():
        actor = world.people[MAY[name].split()[0]]
        before = world.entries()
        with suppress(NotReady):
            call(actor)
        if world.entries() == before:
            silent.add(name)
    assert silent == LEAVE_NO_TRACE | {"submissions.submit"}  # which was not ready


@pytest.mark.parametrize("person", ["lead", "administrator", "changed", "member", "suspended"])
def test_those_who_see_no_children_never_reach_a_name_by_any_call(duckdb_store: Store, person: str) -> None:
    world = World(duckdb_store)
    for name, call in world.calls().items():
        try:
            given = call(world.people[person])
        except Exception as refused:
            given = (str(refused), refused.args)
        assert "Zzyzx" not in repr(given), name


def test_an_address_that_somebody_made_up_never_reaches_the_audit(store: Store) -> None:
    forged = "Zzyzx Made-Up 999 123 4551"
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
        assert "Zzyzx" not in repr(work.rows("SELECT * FROM audit"))
        assert work.value("SELECT count(*) FROM audit WHERE action LIKE 'refused: %'") > 0
