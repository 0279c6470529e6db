"""What a referral needs, where it goes, and what the coordinator's decision does (pathway.md 2 and 8)."""

from __future__ import annotations

import datetime

import pytest

from data import clock
from data.answers import drafts, submissions
from data.answers.submissions import NotReady
from data.child import referrals
from data.child.children import read_child
from data.database.store import Store
from data.my_work import my_work
from data.refusal import Problems, Refused
from forms.child import CHILD, TOO_OLD
from forms.referral import REFERRAL
from tests.factories import a_child, a_link, a_referral, an_account, an_episode
from tests.filled_in import (
    A_REFERRAL,
    a_screened_child,
    a_sent_referral,
    a_sent_screening,
    an_accepted_child,
    fill,
    on,
    sent,
    today_is,
)

DAY = datetime.date
TODAY = clock.today()


def test_sheffield_takes_no_referral_without_a_screening_of_that_child(store: Store) -> None:
    practitioner = an_account(store, area="sheffield")
    child_id = a_child(store, area="sheffield", linked_to=practitioner)
    other_child = a_child(store, area="sheffield", linked_to=practitioner, name="Other Made-Up")
    a_sent_screening(practitioner, other_child)
    assert referrals.problem_before_starting(practitioner, child_id) == referrals.NEEDS_SCREENING
    with pytest.raises(Problems, match="screening of this child first"):
        a_sent_referral(practitioner, child_id)
    with practitioner.reading() as work:
        assert work.value("SELECT count(*) FROM referral") == 0
        assert work.value("SELECT count(*) FROM referral_form") == 0
    a_sent_screening(practitioner, child_id)
    assert referrals.problem_before_starting(practitioner, child_id) is None
    draft_id = drafts.start_draft(
        practitioner, REFERRAL, child_id
    )  # the one that was refused, with every word
    submissions.submit(practitioner, draft_id)


def test_merseyside_advises_a_screening_and_links_it_when_there_is_one(store: Store) -> None:
    practitioner = an_account(store)
    child_id = a_child(store, linked_to=practitioner)
    without = referrals.read_referral(practitioner, a_sent_referral(practitioner, child_id))
    assert without["screening_id"] is None
    screening_id = a_sent_screening(practitioner, child_id)
    with_one = referrals.read_referral(practitioner, a_sent_referral(practitioner, child_id))
    assert with_one["screening_id"] == screening_id


def test_a_child_is_referred_until_the_day_before_the_18th_birthday(store: Store) -> None:
    practitioner = an_account(store)
    eighteen = TODAY.replace(year=TODAY.year - 18, day=min(TODAY.day, 28))
    child_id = a_child(store, born=eighteen, linked_to=practitioner)
    with today_is(eighteen.replace(year=TODAY.year) - datetime.timedelta(days=1)):
        a_sent_referral(practitioner, child_id)
    with pytest.raises(NotReady) as refused:
        a_sent_referral(practitioner, child_id)
    assert [p.sentence for p in refused.value.problems] == [TOO_OLD]


def test_a_returned_referral_of_a_child_who_turned_18_meanwhile_can_still_be_sent_again(store: Store) -> None:
    practitioner, coordinator = an_account(store), an_account(store, "coordinator")
    birthday = TODAY.replace(day=min(TODAY.day, 28))
    eve = birthday - datetime.timedelta(days=1)
    child_id = a_child(store, born=birthday.replace(year=birthday.year - 18), linked_to=practitioner)
    with today_is(eve):
        referral_id = a_sent_referral(practitioner, child_id)
        referrals.return_for_more(coordinator, referral_id, eve, "Which school?")
    form_id = referrals.read_referral(practitioner, referral_id)["form_id"]
    sent(practitioner, REFERRAL, child_id, {"why_suspected": "At Made-Up School"}, corrects=form_id)
    assert referrals.read_referral(practitioner, referral_id)["state"] == "submitted"


def test_a_referral_goes_to_the_area_where_the_child_lives_whoever_refers(store: Store) -> None:
    practitioner = an_account(store, area="wirral")
    child_id = a_screened_child(practitioner, area="knowsley")
    a_sent_referral(practitioner, child_id)
    assert referrals.waiting(an_account(store, "coordinator", area="knowsley"), "knowsley")
    assert referrals.waiting(an_account(store, "coordinator", area="wirral"), "wirral") == []


def test_a_returned_referral_is_sent_again_to_where_the_child_lives_by_then(store: Store) -> None:
    practitioner, coordinator = an_account(store), an_account(store, "coordinator")
    child_id = a_screened_child(practitioner)
    referral_id = a_sent_referral(practitioner, child_id)
    referrals.return_for_more(coordinator, referral_id, TODAY, "Where does the child live?")
    sent(practitioner, CHILD, child_id, {"area": "sefton"})
    form_id = referrals.read_referral(practitioner, referral_id)["form_id"]
    sent(practitioner, REFERRAL, child_id, {"why_suspected": "Moved"}, corrects=form_id)
    sefton = an_account(store, "coordinator", area="sefton")
    assert [r["referral_id"] for r in referrals.waiting(sefton, "sefton")] == [referral_id]
    assert referrals.waiting(coordinator, "liverpool") == []


def test_a_corrected_referral_tells_its_kind_and_route_and_stays_where_it_is(store: Store) -> None:
    practitioner, coordinator = an_account(store), an_account(store, "coordinator")
    child_id, _ = an_accepted_child(practitioner, coordinator)
    referral = read_child(practitioner, child_id).referrals[0]
    correction = {"kind": "sexual", "route": "strategy_meeting"}
    sent(practitioner, REFERRAL, child_id, correction, corrects=referral["form_id"])
    corrected = referrals.read_referral(practitioner, referral["referral_id"])
    assert {key: corrected[key] for key in correction} == correction
    assert (corrected["state"], corrected["decided_on"]) == ("accepted", TODAY)


def test_a_decision_is_dated_from_the_day_of_receipt_up_to_today(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child_id = a_child(store)
    received = TODAY - datetime.timedelta(days=3)
    referral_id = a_referral(store, child_id, state="submitted", received_on=received, decided_on=None)
    for wrong in (received - datetime.timedelta(days=1), TODAY + datetime.timedelta(days=1)):
        with pytest.raises(Problems, match="from the day the referral was received up to today"):
            referrals.accept(coordinator, referral_id, wrong)
        with pytest.raises(Problems, match="from the day the referral was received up to today"):
            referrals.decline(coordinator, referral_id, wrong, "a reason")
    referrals.accept(coordinator, referral_id, received)
    assert read_child(coordinator, child_id).episodes[0]["opened_on"] == received


def test_a_child_has_one_open_episode_at_a_time(store: Store) -> None:
    practitioner, coordinator = an_account(store), an_account(store, "coordinator")
    child_id, _ = an_accepted_child(practitioner, coordinator)
    second = a_sent_referral(practitioner, child_id)
    assert not referrals.read_referral(practitioner, second)["is_repeat"]
    with pytest.raises(Problems, match="in the meeting's oversight on that day already"):
        referrals.accept(coordinator, second, TODAY)
    assert referrals.read_referral(practitioner, second)["state"] == "submitted"
    referrals.decline(coordinator, second, TODAY, "In oversight already")


def test_an_episode_cannot_open_before_an_earlier_one_closed_but_may_on_the_same_day(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child_id = a_child(store)
    days = [TODAY - datetime.timedelta(days=n) for n in (9, 6, 3)]
    an_episode(store, child_id, opened_on=days[0], closed_on=days[1], closure_reason="risk_reduced")
    first = a_referral(store, child_id, state="submitted", received_on=days[0], decided_on=None)
    with pytest.raises(Problems, match="oversight on that day already"):
        referrals.accept(coordinator, first, days[1] - datetime.timedelta(days=1))
    referrals.accept(coordinator, first, days[1])


@pytest.mark.parametrize("call", ["accept", "return", "decline"])
def test_the_coordinator_of_another_area_and_a_practitioner_cannot_decide(store: Store, call: str) -> None:
    practitioner = an_account(store)
    child_id = a_child(store, linked_to=practitioner)
    referral_id = a_referral(store, child_id, state="submitted", decided_on=None)
    other = an_account(store, "coordinator", area="wirral")
    an_episode(store, child_id, area="wirral", opened_on=DAY(2020, 1, 1), closed_on=DAY(2020, 2, 1))
    for actor in (practitioner, other, an_account(store, "manager")):
        with pytest.raises(Refused):
            {
                "accept": lambda who: referrals.accept(who, referral_id, TODAY),
                "return": lambda who: referrals.return_for_more(who, referral_id, TODAY, "a reason"),
                "decline": lambda who: referrals.decline(who, referral_id, TODAY, "a reason"),
            }[call](actor)


def test_only_the_manager_of_the_referring_agency_signs_off(store: Store) -> None:
    child_id = a_child(store)
    referral_id = a_referral(store, child_id, state="awaiting_sign_off", decided_on=None)
    for wrong in (
        an_account(store, "manager", agency="police"),
        an_account(store, "manager", area="wirral"),
        an_account(store, "coordinator"),
    ):
        with pytest.raises(Refused):
            referrals.sign_off(wrong, referral_id)
    referrals.sign_off(an_account(store, "manager"), referral_id)
    assert referrals.read_referral(an_account(store, "coordinator"), referral_id)["state"] == "submitted"


LEFT = DAY(2024, 2, 29)


@pytest.mark.parametrize(
    ("closed_on", "reason", "area", "received_on", "is_repeat"),
    [
        (DAY(2024, 3, 10), "risk_reduced", "liverpool", DAY(2024, 3, 10), True),
        (DAY(2024, 3, 10), "risk_reduced", "liverpool", DAY(2025, 3, 10), True),
        (DAY(2024, 3, 10), "risk_reduced", "liverpool", DAY(2025, 3, 11), False),
        (LEFT, "turned_18", "liverpool", DAY(2025, 2, 28), True),
        (LEFT, "turned_18", "liverpool", DAY(2025, 3, 1), False),
        (DAY(2023, 2, 28), "other", "liverpool", DAY(2024, 2, 28), True),
        (DAY(2023, 2, 28), "other", "liverpool", LEFT, False),
        (DAY(2024, 3, 10), "moved", "liverpool", DAY(2024, 4, 1), False),
        (DAY(2024, 3, 10), "unable_to_engage", "wirral", DAY(2024, 4, 1), True),
        (DAY(2024, 3, 10), "risk_reduced", "sheffield", DAY(2024, 4, 1), False),
        (DAY(2024, 3, 10), "risk_reduced", "liverpool", DAY(2024, 3, 9), False),
        (None, None, "liverpool", DAY(2024, 4, 1), False),
    ],
)
def test_a_concern_within_twelve_months_of_leaving_is_a_repeat_referral(
    duckdb_store: Store,
    closed_on: DAY | None,
    reason: str | None,
    area: str,
    received_on: DAY,
    is_repeat: bool,
) -> None:
    child_id = a_child(duckdb_store)
    an_episode(
        duckdb_store, child_id, area, opened_on=DAY(2022, 1, 1), closed_on=closed_on, closure_reason=reason
    )
    with an_account(duckdb_store, "coordinator").reading() as work:
        assert referrals.is_repeat(work, child_id, "liverpool", received_on) is is_repeat


def test_the_latest_way_of_leaving_decides_whether_a_referral_repeats(store: Store) -> None:
    child_id = a_child(store)
    an_episode(
        store, child_id, opened_on=DAY(2024, 1, 1), closed_on=DAY(2024, 2, 1), closure_reason="risk_reduced"
    )
    an_episode(store, child_id, opened_on=DAY(2024, 2, 1), closed_on=DAY(2024, 3, 1), closure_reason="moved")
    with an_account(store, "coordinator").reading() as work:
        assert not referrals.is_repeat(work, child_id, "liverpool", DAY(2024, 4, 1))


def test_a_repeat_referral_says_so_on_the_day_it_is_sent(store: Store) -> None:
    practitioner = an_account(store)
    child_id = a_child(store, linked_to=practitioner)
    day = TODAY - datetime.timedelta(days=40)
    an_episode(
        store, child_id, opened_on=day - datetime.timedelta(days=9), closed_on=day, closure_reason="other"
    )
    referral = referrals.read_referral(practitioner, a_sent_referral(practitioner, child_id))
    assert referral["is_repeat"]
    assert referral["received_on"] == TODAY


def test_old_evidence_needs_the_reason_it_still_matters(store: Store) -> None:
    practitioner = an_account(store)
    child_id = a_child(store, linked_to=practitioner)
    row = {**A_REFERRAL["evidence"][0], "happened_on": on(TODAY - datetime.timedelta(days=300))}
    draft_id = drafts.start_draft(practitioner, REFERRAL, child_id)
    fill(practitioner, draft_id, {**A_REFERRAL, "evidence": [{**row, "why_still_relevant": ""}]})
    with pytest.raises(NotReady, match="1 problem"):
        submissions.submit(practitioner, draft_id)


def test_a_referral_that_came_back_is_listed_to_its_referrer_and_nobody_else(store: Store) -> None:
    practitioner, colleague = an_account(store), an_account(store)
    coordinator = an_account(store, "coordinator")
    child_id = a_screened_child(practitioner)
    a_link(store, child_id, colleague)
    referral_id = a_sent_referral(practitioner, child_id)
    assert my_work(practitioner).returned == ()
    referrals.return_for_more(coordinator, referral_id, TODAY, "Which school?")
    returned = my_work(practitioner).returned
    assert [(r["referral_id"], r["decision_reason"]) for r in returned] == [(referral_id, "Which school?")]
    assert my_work(colleague).returned == ()
    assert my_work(coordinator).returned == ()
