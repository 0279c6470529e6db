"""A review is due when the meeting said: later only by the chairs and never beyond six months, earlier by new information."""

from __future__ import annotations

import datetime

import pytest
from dateutil.relativedelta import relativedelta

from data import clock
from data.actor import Actor
from data.after_meeting import review_list, reviews
from data.answers.submissions import NotReady
from data.child.children import read_child
from data.database.store import Store
from data.meeting import agendas
from data.meeting.since_last_time import since_last_time
from data.refusal import Problems, Refused
from forms.minutes import latest_review
from tests.factories import (
    a_child,
    a_child_in_oversight,
    a_discussion,
    a_link,
    a_submission,
    an_account,
    an_episode,
)
from tests.filled_in import a_decision, decided, on
from tests.meetings.made import a_meeting

TODAY = clock.today()
DAYS = datetime.timedelta
MET = TODAY - DAYS(30)


def varied(review_by: datetime.date, **changed: str) -> dict[str, str]:
    return {"review_by": on(review_by), "reason": "In custody", "decided_by": "Chair Made-Up", **changed}


def informed(review_by: datetime.date, **changed: str) -> dict[str, str]:
    return {"review_by": on(review_by), "reason": "Made-up news", **changed}


def review_by(actor: Actor, child_id: str) -> datetime.date | None:
    return read_child(actor, child_id).review_by


def test_the_chairs_vary_a_review_with_a_reason_and_never_beyond_six_calendar_months(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child = a_child_in_oversight(store, opened_on=MET)
    latest = latest_review(MET)
    for typed, sentence in (
        (varied(latest, reason=""), "Enter why the chairs set another date"),
        (varied(latest, decided_by=""), "Enter the name of the chair"),
        (varied(latest + DAYS(1)), "at most six calendar months"),
        (varied(TODAY - DAYS(1)), "today or in the future"),
    ):
        with pytest.raises(Problems, match=sentence):
            reviews.vary(coordinator, child.episode_id, typed)
    reviews.vary(coordinator, child.episode_id, varied(latest))
    assert review_by(coordinator, child.child_id) == latest
    review = reviews.read_review(coordinator, child.episode_id)
    assert review.latest_date == latest
    assert [
        (c["kind"], c["review_before"], c["review_by"], c["reason"], c["decided_by"]) for c in review.changes
    ] == [("varied", MET + DAYS(weeks=12), latest, "In custody", "Chair Made-Up")]


def test_only_the_areas_coordinator_records_what_the_chairs_decided(store: Store) -> None:
    child = a_child_in_oversight(store, opened_on=MET)
    practitioner = an_account(store)
    a_link(store, child.child_id, practitioner)
    for actor in (
        practitioner,
        an_account(store, "manager"),
        an_account(store, "coordinator", area="wirral"),
    ):
        with pytest.raises(Refused):
            reviews.vary(actor, child.episode_id, varied(TODAY))


def test_new_information_brings_the_review_forward_and_puts_the_child_before_the_next_meeting(
    store: Store,
) -> None:
    coordinator, practitioner = an_account(store, "coordinator"), an_account(store)
    child = a_child_in_oversight(store, opened_on=MET)
    a_link(store, child.child_id, practitioner)
    meeting_id = a_meeting(coordinator)
    assert agendas.read_agenda(coordinator, meeting_id).proposed == ()
    soon = TODAY + DAYS(7)
    reviews.bring_forward(
        practitioner, child.episode_id, informed(soon, strategy_meeting_on=on(TODAY + DAYS(2)))
    )
    assert review_by(coordinator, child.child_id) == soon
    [candidate] = agendas.read_agenda(coordinator, meeting_id).proposed
    assert candidate.why == ("new_information", "review_soon")
    [due], _ = review_list.list_reviews(coordinator, "new")
    assert (due.is_new, due.strategy_meeting_on, due.review_by) == (True, TODAY + DAYS(2), soon)
    a_discussion(store, child.episode_id, child.child_id, meeting_date=TODAY)
    assert review_list.list_reviews(coordinator, "new") == ([], False)
    assert agendas.read_agenda(coordinator, meeting_id).proposed == ()


def test_new_information_never_makes_a_review_later_and_is_kept_when_the_review_is_late_already(
    store: Store,
) -> None:
    coordinator = an_account(store, "coordinator")
    child = a_child_in_oversight(store, opened_on=MET)
    with pytest.raises(Problems, match="enter that day or an earlier one"):
        reviews.bring_forward(coordinator, child.episode_id, informed(MET + DAYS(weeks=12, days=1)))
    late = a_child_in_oversight(store, opened_on=TODAY - DAYS(100))
    reviews.bring_forward(coordinator, late.episode_id, informed(TODAY))
    assert review_by(coordinator, late.child_id) == TODAY - DAYS(100) + DAYS(weeks=12)
    assert len(reviews.read_review(coordinator, late.episode_id).changes) == 1


def test_who_else_may_see_the_child_does_not_read_what_the_new_information_is(store: Store) -> None:
    child = a_child_in_oversight(store, opened_on=MET)
    teller, other, manager = an_account(store), an_account(store), an_account(store, "manager")
    for person in (teller, other):
        a_link(store, child.child_id, person)
    reviews.bring_forward(teller, child.episode_id, informed(TODAY))
    read = [
        reviews.read_review(actor, child.episode_id).changes[0]["reason"]
        for actor in (teller, manager, other)
    ]
    assert read == ["Made-up news", "Made-up news", None]


def test_a_review_that_was_moved_still_shows_what_changed_since_the_discussion(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child = a_child_in_oversight(store, "B", opened_on=MET)
    a_submission(store, "assessment", child.child_id, assessed_on=TODAY, judgement="A")
    reviews.vary(coordinator, child.episode_id, varied(TODAY + DAYS(60)))
    [candidate] = agendas.read_agenda(coordinator, a_meeting(coordinator)).proposed
    assert candidate.why == ("judgement",)
    with coordinator.writing() as work:
        assert since_last_time(work, child.episode_id).judgement == ("B", "A")


def test_reviews_are_listed_by_date_with_what_is_escalated_and_late(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    for name, review, escalated in (
        ("Late", TODAY - DAYS(1), True), ("Due", TODAY + DAYS(28), False), ("Later", TODAY + DAYS(29), False),
    ):  # fmt: skip
        child_id = a_child(store, name)
        episode_id = an_episode(store, child_id, opened_on=MET)
        a_discussion(store, episode_id, child_id, meeting_date=MET, review_by=review, escalated=escalated)
    an_episode(store, a_child(store, "New"), opened_on=TODAY - DAYS(9))
    an_episode(store, a_child(store, "Elsewhere", area="wirral"), "wirral")
    an_episode(store, a_child(store, "Left"), closed_on=TODAY, closure_reason="moved")

    def names(which: str) -> list[str]:
        return [review.name for review in review_list.list_reviews(coordinator, which)[0]]

    assert names("all") == ["New", "Late", "Due", "Later"]
    assert names("due") == ["New", "Late", "Due"]
    assert names("overdue") == names("escalated") == ["Late"]
    assert [
        c.why for c in agendas.read_agenda(coordinator, a_meeting(coordinator)).proposed if c.name == "Late"
    ] == [("review", "escalated")]


def test_from_17_and_a_half_a_review_needs_the_transitions_plan_or_why_there_is_none(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    born = {
        "older": TODAY - relativedelta(years=17, months=8),
        "younger": TODAY - relativedelta(years=17, months=5),
    }
    made = {}
    for name, day in born.items():
        child_id = a_child(store, name, born=day)
        made[name] = (child_id, an_episode(store, child_id, opened_on=MET))
    decided(coordinator, made["younger"][1], a_decision())
    with pytest.raises(NotReady) as refused:
        decided(coordinator, made["older"][1], a_decision(MET + DAYS(28)))
    assert [p.key for p in refused.value.problems] == ["transitions_plan"]
    a_discussion(store, made["older"][1], made["older"][0], meeting_date=MET)
    needs = {r.name: r.needs_transitions_plan for r in review_list.list_reviews(coordinator, "all")[0]}
    assert needs == {"older": True, "younger": False}
    decided(
        coordinator, made["older"][1], a_decision(MET + DAYS(28), transitions_plan_missing_reason="Declined by the young person")
    )  # fmt: skip
    needs = {r.name: r.needs_transitions_plan for r in review_list.list_reviews(coordinator, "all")[0]}
    assert needs == {"older": False, "younger": False}


def test_there_is_no_review_of_a_child_who_has_left(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child_id = a_child(store)
    episode_id = an_episode(store, child_id, opened_on=MET, closed_on=TODAY, closure_reason="moved")
    for call in (
        lambda: reviews.vary(coordinator, episode_id, varied(TODAY)),
        lambda: reviews.bring_forward(coordinator, episode_id, informed(TODAY)),
    ):
        with pytest.raises(Problems, match="has left"):
            call()
