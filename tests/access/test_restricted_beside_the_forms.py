"""A restricted child in what stands beside the forms: actions, reviews, flags, the meeting's files, the return."""

from __future__ import annotations

import datetime

import pytest

from data import clock, to_put_right
from data.access.restricted import NOT_YOURS
from data.actor import Actor
from data.after_meeting import action_list, actions, flags, review_list
from data.after_meeting.action_list import Wanted
from data.child import national_referrals, referrer_told, restriction
from data.concern import concern_links, link_map
from data.database.records import ACTION, EPISODE
from data.database.store import Store
from data.meeting import papers
from data.meeting.meeting_documents import minutes_as_word
from data.my_work import my_work
from data.quarters import Quarter
from data.refusal import Problems, Refused
from data.returns import return_differences
from tests.access.world import NAME, REASON
from tests.concern.typed import a_concern, a_link_to, an_nrm_at
from tests.factories import (
    MADE,
    Oversight,
    a_child,
    a_child_in_oversight,
    a_link,
    a_referral,
    an_account,
    the_operator,
)
from tests.filled_in import A_FLAG, DONE, on
from tests.meetings.test_files_for_agencies import Prepared
from tests.meetings.test_minutes_in_word import words_of
from tests.returns.made import QUARTER, lock

STANDS = "A restricted child (ask Kim Example)"
WORDS = "Made-up words"


class Closed:
    """A child of Kim's, in oversight, restricted to Kim; Lee is the area's other coordinator."""

    def __init__(self, store: Store) -> None:
        self.kim = an_account(store, "coordinator", name="Kim Example")
        self.lee = an_account(store, "coordinator", name="Lee Example")
        self.worker = an_account(store)
        self.made: Oversight = a_child_in_oversight(store, name=f"{NAME} Made-Up")
        self.child_id = self.made.child_id
        with self.kim.writing() as work:
            action = {"action_id": "one", "child_id": self.child_id, "agency": "social_care", "action": WORDS}
            owned = {
                "owner_account_id": self.worker.account_id,
                "owner": "Worker Made-Up",
                "state": "ongoing",
            }
            due = {"due_on": clock.today() - datetime.timedelta(days=3), "episode_id": self.made.episode_id}
            work.save(ACTION, action | owned | due, MADE)

    def close(self, *named: Actor) -> None:
        restriction.restrict(self.kim, self.child_id, [one.account_id for one in named], REASON)


def test_an_action_stays_in_the_lists_with_when_it_is_due_and_without_a_word_of_what(store: Store) -> None:
    closed = Closed(store)
    closed.close()
    for listed in (
        action_list.list_actions(closed.lee, Wanted()).actions,
        action_list.list_actions(closed.worker, Wanted()).actions,
        my_work(closed.lee).actions,
    ):
        (row,) = listed
        assert (row["name"], row["action"], row["owner"], row["is_overdue"]) == (
            STANDS,
            "Not shown",
            None,
            True,
        )
    (row,) = action_list.list_actions(closed.kim, Wanted()).actions
    assert (row["name"], row["action"]) == (f"{NAME} Made-Up", WORDS)


def test_nobody_learns_by_guessing_a_name_that_the_guess_was_right(store: Store) -> None:
    closed = Closed(store)
    closed.close()
    for guess in (Wanted(child=NAME), Wanted(owner="Person")):
        assert action_list.list_actions(closed.lee, guess).actions == ()
    for guess in (Wanted(child=NAME), Wanted(owner="Person")):
        assert len(action_list.list_actions(closed.kim, guess).actions) == 1


def test_an_actions_owner_who_is_not_named_neither_reads_nor_ends_it(store: Store) -> None:
    closed = Closed(store)
    closed.close()
    for call in (
        lambda: actions.read_action(closed.worker, "one"),
        lambda: actions.complete(closed.worker, "one", DONE),
    ):
        with pytest.raises(Refused, match=NOT_YOURS):
            call()
    closed.close(closed.worker)
    assert actions.read_action(closed.worker, "one").child_name == f"{NAME} Made-Up"


def test_an_action_is_given_to_nobody_who_could_not_open_the_child(store: Store) -> None:
    closed = Closed(store)
    colleague = an_account(store)
    closed.close()
    with pytest.raises(Problems, match="name this person first"):
        actions.assign(closed.kim, "one", colleague.account_id)


def test_a_review_stays_in_the_list_with_its_date_only(store: Store) -> None:
    closed = Closed(store)
    closed.close()
    ((row,), _) = review_list.list_reviews(closed.lee, "all")
    assert (row.name, row.is_escalated, row.is_new, row.strategy_meeting_on) == (STANDS, False, False, None)
    for which in ("new", "escalated"):
        assert review_list.list_reviews(closed.lee, which) == ([], False)
    assert review_list.list_reviews(closed.kim, "all")[0][0].name == f"{NAME} Made-Up"


def test_a_flag_that_is_due_says_so_without_the_name(store: Store) -> None:
    closed = Closed(store)
    flags.place(
        closed.kim, closed.child_id, A_FLAG | {"review_on": on(clock.today() + datetime.timedelta(days=1))}
    )
    closed.close()
    ((row,), _) = flags.due(closed.lee)
    assert (row["name"], row["why"]) == (STANDS, "review")
    ((row,), _) = flags.due(closed.kim)
    assert (row["name"], row["why"]) == (f"{NAME} Made-Up", "review")


def test_whoever_referred_the_child_and_is_not_named_is_told_nothing_more(store: Store) -> None:
    closed = Closed(store)
    a_link(store, closed.child_id, closed.worker)
    a_referral(store, closed.child_id, referred_by=closed.worker.account_id, received_on=clock.today())
    assert len(referrer_told.told(closed.worker)) == 1
    closed.close()
    assert referrer_told.told(closed.worker) == []


def test_maps_links_and_the_oversight_of_nrm_referrals_leave_the_child_out(store: Store) -> None:
    closed = Closed(store)
    concern_id = a_concern(closed.kim, name="Person Made-Up")
    link_id = a_link_to(closed.kim, concern_id, closed.child_id)
    an_nrm_at(closed.kim, closed.child_id, "referred")
    closed.close()
    drawn = link_map.read_link_map(closed.lee, concern_id=concern_id)
    page = concern_links.read_concern_page(closed.lee, concern_id)
    overseen = national_referrals.oversee_nrm(closed.lee)
    assert ([node.kind for node in drawn.nodes], page.children, overseen.rows) == (["person"], (), ())
    with pytest.raises(Refused):
        concern_links.remove_link(closed.lee, link_id, REASON)
    assert len(link_map.read_link_map(closed.kim, concern_id=concern_id).nodes) == 2
    assert len(national_referrals.oversee_nrm(closed.kim).rows) == 1


def test_papers_and_copies_for_an_agency_hold_the_child_only_if_all_who_read_them_are_named(
    store: Store,
) -> None:
    prepared = Prepared(store)
    coordinator, meeting_id = prepared.coordinator, prepared.meeting_id
    with the_operator(store).reading() as work:
        name = work.value("SELECT name FROM child WHERE child_id = $1", [prepared.child_id])
    prepared.minuted()
    restriction.restrict(coordinator, prepared.child_id, [prepared.officer.account_id], REASON)
    for agency, reads in (("police", True), ("health", False)):
        for file in (
            papers.papers_as_word(coordinator, meeting_id, agency),
            minutes_as_word(coordinator, meeting_id, agency=agency),
        ):
            said = " ".join(words_of(file))
            assert (name in said, "A restricted child." in said) == (reads, not reads)
    with pytest.raises(Problems, match="not everybody of this agency"):
        minutes_as_word(coordinator, meeting_id, prepared.item_id, agency="health")
    assert name not in " ".join(words_of(papers.papers_as_word(prepared.member, meeting_id, "health")))


def test_the_return_is_put_right_and_explained_without_the_name(store: Store) -> None:
    kim, lee = (an_account(store, "coordinator", name=name) for name in ("Kim Example", "Lee Example"))
    made = a_child_in_oversight(store, opened_on=datetime.date(2026, 5, 1), name=f"{NAME} Made-Up", born=None)
    unjudged = a_child(store, name=f"{NAME} Other")
    with kim.writing() as work:
        opened = {"episode_id": "one", "child_id": unjudged, "area": "liverpool"}
        work.save(EPISODE, opened | {"opened_on": datetime.date(2026, 5, 1)}, MADE)
    lock(an_account(store, "partnership_lead"))
    with the_operator(store).writing() as work:
        closed = {"closed_on": datetime.date(2026, 6, 1), "closure_reason": "moved"}
        work.save(EPISODE, {"episode_id": made.episode_id, **closed}, MADE, why=WORDS)
    for child_id in (made.child_id, unjudged):
        restriction.restrict(kim, child_id, [], REASON)
    for actor, name, why in ((kim, f"{NAME} Made-Up", WORDS), (lee, STANDS, None)):
        (change,) = return_differences.explain(actor, QUARTER).changes
        assert (change.name, change.why, bool(change.columns)) == (name, why, why is not None)
    quarter = Quarter.of(clock.today())
    assert {one.name for one in to_put_right.to_put_right(lee, quarter, "liverpool")} == {STANDS}
    assert f"{NAME} Other" in {one.name for one in to_put_right.to_put_right(kim, quarter, "liverpool")}
