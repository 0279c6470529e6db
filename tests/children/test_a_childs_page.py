"""One page about a child: what is due, whose it is, and what follows when the child moves."""

from __future__ import annotations

import datetime

import pytest

from data import clock
from data.child import missing
from data.child.children import heading, read_child
from data.database.records import ACTION, FLAG, REFERRAL
from data.database.store import Store
from data.refusal import Problems, Refused
from forms.child import CHILD
from forms.kinds.date import in_words
from tests.factories import (
    MADE,
    a_child,
    a_child_in_oversight,
    a_discussion,
    a_referral,
    an_account,
    an_episode,
    the_operator,
)
from tests.filled_in import on, sent

TODAY = clock.today()
DAYS = datetime.timedelta


def due(store: Store, child_id: str) -> list[tuple[str, datetime.date | None, bool]]:
    return read_child(an_account(store, "coordinator"), child_id).due()


def test_what_is_due_is_listed_with_the_oldest_first(store: Store) -> None:
    child_id = a_child(store)
    assert due(store, child_id) == []
    referral_id = a_referral(store, child_id, state="submitted", decided_on=None)
    assert due(store, child_id) == [("Referral: waiting for the coordinator", None, False)]
    with the_operator(store).writing() as work:
        work.save(REFERRAL, {"referral_id": referral_id, "state": "accepted"}, MADE)
    episode_id = an_episode(store, child_id, opened_on=TODAY - DAYS(200))
    assert due(store, child_id) == [("First discussion at the MACCSE", None, False)]
    a_discussion(store, episode_id, child_id, meeting_date=TODAY - DAYS(100), review_by=TODAY - DAYS(1))
    for n, (state, due_on) in enumerate(
        [("ongoing", TODAY - DAYS(2)), ("ongoing", None), ("ongoing", TODAY), ("completed", TODAY - DAYS(9))]
    ):
        action = {
            "action_id": f"a{n}",
            "child_id": child_id,
            "action": f"Act {n}",
            "state": state,
            "due_on": due_on,
        }
        with the_operator(store).writing() as work:
            work.save(ACTION, action, MADE)
    assert due(store, child_id) == [
        ("Action: Act 1", None, False),
        ("Action: Act 0", TODAY - DAYS(2), True),
        ("Review at the MACCSE", TODAY - DAYS(1), True),
        ("Action: Act 2", TODAY, False),
    ]


def test_interviews_and_flags_that_wait_are_due_too(store: Store) -> None:
    coordinator, child_id = an_account(store, "coordinator"), a_child(store)
    gone = {"missing_from": "home", "from_on": on(TODAY - DAYS(12))}
    held = {"interview_held": "yes", "interview_on": on(TODAY - DAYS(9)), "interview_offered": "yes"}
    back = TODAY - DAYS(10)
    for typed in (gone | {"until_on": on(back)}, gone | {"until_on": on(back)} | held, gone):
        missing.save_episode(coordinator, child_id, typed)
    with the_operator(store).writing() as work:
        for n, flag in enumerate(
            (
                {"system": "leds", "state": "placed", "review_on": TODAY + DAYS(40)},
                {"system": "social_care", "state": "placed"},
                {"system": "police", "state": "removed", "expires_on": TODAY},
                {"system": "police", "state": "removed", "expires_on": TODAY + DAYS(1)},
            )
        ):
            work.save(FLAG, {"flag_id": f"f{n}", "about": "child", "about_id": child_id, **flag}, MADE)
    assert due(store, child_id) == [
        ("Decide on the flag: Social care", None, False),
        (f"Return home interview, back on {in_words(back)}", back + DAYS(3), True),
        ("Record as expired the flag: Police", TODAY, False),
        ("Review of the flag: LEDS (PNC)", TODAY + DAYS(40), False),
    ]


def test_the_review_of_an_earlier_episode_is_over(store: Store) -> None:
    child_id = a_child(store)
    old = an_episode(store, child_id, opened_on=TODAY - DAYS(300), closed_on=TODAY - DAYS(100))
    a_discussion(store, old, child_id, meeting_date=TODAY - DAYS(200), review_by=TODAY - DAYS(120))
    an_episode(store, child_id, opened_on=TODAY)
    assert due(store, child_id) == [("First discussion at the MACCSE", None, False)]


@pytest.mark.parametrize(("years", "says"), [(16, False), (17, True)])
def test_from_the_17th_birthday_the_child_shows_approaching_18(store: Store, years: int, says: bool) -> None:
    born = TODAY.replace(year=TODAY.year - years, day=min(TODAY.day, 28))
    child_id = a_child(store, born=born)
    top = heading(an_account(store, "coordinator"), child_id)
    assert (top.age, top.approaching_18) == (years, says)


def test_a_child_that_is_not_there_cannot_be_found(store: Store) -> None:
    with pytest.raises(Refused):
        read_child(an_account(store, "coordinator"), "no such child")
    for call in (read_child, heading):
        with pytest.raises(Problems, match="Search for the child"):
            call(the_operator(store), "no such child")


def test_a_child_who_moves_is_seen_by_the_new_area_and_by_an_old_one_as_it_stood_unless_it_works_with_them_still(
    store: Store,
) -> None:
    liverpool, wirral, sefton = (
        an_account(store, "coordinator", area=area) for area in ("liverpool", "wirral", "sefton")
    )
    known = a_child_in_oversight(store, born=datetime.date(2012, 1, 1)).child_id
    unknown = a_child(store, name="Other Made-Up")
    for child_id in (known, unknown):
        with pytest.raises(Refused):
            read_child(wirral, child_id)
        sent(liverpool, CHILD, child_id, {"area": "wirral"})
        assert read_child(wirral, child_id).heading.area == "Wirral"
        with pytest.raises(Refused):
            read_child(sefton, child_id)
    page = read_child(liverpool, known)
    assert page.open_episode
    assert (page.heading.until, page.heading.area) == (None, "Wirral")
    sent(wirral, CHILD, unknown, {"name": "Since Made-Up"})
    page = read_child(liverpool, unknown)
    assert page.heading.until
    assert (page.heading.name, page.heading.area) == ("Other Made-Up", "Liverpool")
    assert "Since" not in repr(page)
    assert "wirral" not in repr(page).lower()
    with pytest.raises(Refused):
        sent(liverpool, CHILD, unknown, {"name": "Written Made-Up"})
    with liverpool.reading() as work:
        moves = work.values("SELECT area FROM child_history WHERE child_id = $1 ORDER BY revision", [unknown])
    assert moves == ["liverpool", "wirral", "wirral"]
