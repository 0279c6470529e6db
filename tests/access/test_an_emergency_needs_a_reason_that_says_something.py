"""The reason of an emergency says something, an opening that was not appropriate closes at once, and stands out afterwards."""

from __future__ import annotations

import datetime

import pytest

from data import clock
from data.access.rule import can_see_child
from data.actor import Actor
from data.child.emergency import open_record, openings, review
from data.database.audit import Event
from data.database.store import Store
from data.refusal import NotFilledIn
from data.trail.anomalies import anomalies
from tests.factories import a_child, an_account

NUMBER = "9990000018"
BY_NUMBER = {"nhs_number": NUMBER, "lawful_basis": "vital_interests"}
SAYS_SOMETHING = "Found at the station with a stranger"


def sees(actor: Actor, child_id: str) -> bool:
    with actor.reading() as work:
        return can_see_child(work, child_id)


@pytest.mark.parametrize(
    "reason",
    ["x", "urgent", "Emergency!", "a b", "1234567890 1234567890", "verylongwordwithoutaspace", "- help -"],
)
def test_a_reason_of_less_than_ten_letters_and_two_words_opens_nothing(store: Store, reason: str) -> None:
    child_id, actor = a_child(store, area="wirral", nhs_number=NUMBER), an_account(store)
    with pytest.raises(NotFilledIn, match="Enter the reason in a few words"):
        open_record(actor, {**BY_NUMBER, "reason": reason})
    assert not sees(actor, child_id)


@pytest.mark.parametrize("reason", [SAYS_SOMETHING, "Zgubił się wczoraj", "missing tonight"])
def test_a_reason_in_a_few_words_of_any_language_opens_it(store: Store, reason: str) -> None:
    child_id, actor = a_child(store, area="wirral", nhs_number=NUMBER), an_account(store)
    assert open_record(actor, {**BY_NUMBER, "reason": reason}) == child_id


def test_one_that_was_not_appropriate_closes_at_once_and_an_appropriate_one_goes_on(store: Store) -> None:
    child_id = a_child(store, area="wirral", nhs_number=NUMBER)
    manager = an_account(store, "manager", "wirral")
    for finding, still_open in (("appropriate", True), ("not_appropriate", False)):
        actor = an_account(store, name="Nosy Person")
        open_record(actor, {**BY_NUMBER, "reason": SAYS_SOMETHING})
        opening = next(one for one in openings(manager)[0] if one["account_id"] == actor.account_id)
        review(manager, opening["opening_id"], finding, "A made-up note")
        assert sees(actor, child_id) == still_open
    found = [
        one.sentence
        for one in anomalies(an_account(store, "administrator"))
        if one.kind == "emergency not appropriate"
    ]
    assert len(found) == 1
    assert found[0].startswith(
        "Nosy Person opened a record in an emergency once where a manager found it not appropriate"
    )


def test_ten_refused_sign_ins_in_a_week_stand_out_and_nine_do_not(store: Store) -> None:
    administrator, tried = an_account(store, "administrator"), an_account(store, name="Tried Person")
    for times, who in ((9, tried.account_id), (10, "nobody")):
        for _ in range(times):
            with store.writing() as transaction:
                transaction.note(who, "none", Event("sign-in refused", detail="wrong password"))
    later = clock.now() + datetime.timedelta(minutes=1)
    found = [one.sentence for one in anomalies(administrator, later) if one.kind == "sign-ins refused"]
    assert [sentence.split(", first")[0] for sentence in found] == [
        "10 sign-ins for user names that there are not were refused"
    ]
