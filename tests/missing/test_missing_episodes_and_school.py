"""Missing episodes are kept with their return home interviews, which are due within 72 hours, and how school is attended."""

from __future__ import annotations

import datetime

import pytest

from data import clock
from data.child import missing
from data.child.missing import interview_in_words
from data.database.records import MISSING_EPISODE
from data.database.store import Store
from data.refusal import Problems
from tests.factories import a_child, an_account
from tests.filled_in import on

TODAY = clock.today()
DAYS = datetime.timedelta
GONE = {"missing_from": "home", "from_on": on(TODAY - DAYS(10))}
BACK = {**GONE, "until_on": on(TODAY - DAYS(9))}


def held(day: datetime.date) -> dict[str, str]:
    return {**BACK, "interview_offered": "yes", "interview_held": "yes", "interview_on": on(day)}


def test_interviews_are_counted_as_offered_held_and_held_within_72_hours(store: Store) -> None:
    worker = an_account(store)
    child_id = a_child(store, linked_to=worker)
    for typed in (
        held(TODAY - DAYS(6)), held(TODAY - DAYS(5)), GONE, BACK,
        {**BACK, "interview_offered": "yes", "interview_held": "no"},
    ):  # fmt: skip
        missing.save_episode(worker, child_id, typed)
    counted = missing.read_missing(worker, child_id).interviews
    assert (counted.returns, counted.offered, counted.held, counted.in_time) == (4, 3, 2, 1)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Select where the child was missing from"),
        ({**GONE, "from_on": on(TODAY + DAYS(1))}, "today or in the past"),
        (
            {**GONE, "until_on": on(TODAY - DAYS(11))},
            "Back on must be the day the child went missing or later",
        ),
        ({**BACK, "interview_held": "yes"}, "Enter when the interview was held"),
        ({**BACK, "interview_on": on(TODAY)}, "Say that the interview was held"),
        (
            {**GONE, "interview_held": "yes", "interview_on": on(TODAY)},
            "on the day the child came back or later",
        ),
    ],
)
def test_an_episode_that_cannot_have_been_so_is_refused(
    duckdb_store: Store, typed: dict, sentence: str
) -> None:
    worker = an_account(duckdb_store)
    child_id = a_child(duckdb_store, linked_to=worker)
    with pytest.raises(Problems, match=sentence):
        missing.save_episode(worker, child_id, typed)
    assert missing.read_missing(worker, child_id).episodes == ()


def test_an_episode_is_brought_up_to_date_when_the_child_is_back_and_its_earlier_words_stay(
    store: Store,
) -> None:
    worker = an_account(store)
    child_id = a_child(store, linked_to=worker)
    episode_id = missing.save_episode(worker, child_id, GONE)
    missing.save_episode(worker, child_id, held(TODAY - DAYS(7)), episode_id)
    [episode] = missing.read_missing(worker, child_id).episodes
    assert (episode["until_on"], episode["revision"]) == (TODAY - DAYS(9), 2)
    with worker.reading() as work:
        assert [r["until_on"] for r in work.revisions(MISSING_EPISODE, episode_id)] == [None, TODAY - DAYS(9)]
    another = a_child(store, linked_to=worker)
    with pytest.raises(Problems, match="cannot be found"):
        missing.save_episode(worker, another, GONE, episode_id)


def test_the_interview_is_said_in_words_and_late_on_the_fourth_day() -> None:
    back = {"until_on": TODAY, "interview_held": None, "interview_offered": None, "interview_on": None}
    assert interview_in_words(back, TODAY + DAYS(3)) == ("To be held within 72 hours", False)
    assert interview_in_words(back, TODAY + DAYS(4)) == ("Not held in time", True)
    assert interview_in_words({**back, "until_on": None}, TODAY) == ("Still missing", False)
    done = {**back, "interview_held": True, "interview_on": TODAY + DAYS(4)}
    assert interview_in_words(done, TODAY + DAYS(9)) == ("Held late", True)


def test_school_attendance_is_kept_as_it_was_at_each_review(store: Store) -> None:
    worker = an_account(store)
    child_id = a_child(store, linked_to=worker)
    for day, percent in ((TODAY - DAYS(90), "92"), (TODAY, "0")):
        typed = {"occasion": "review", "as_of": on(day), "timetable": "part_time", "percent": percent}
        missing.save_attendance(worker, child_id, typed)
    attendance = missing.read_missing(worker, child_id).attendance
    assert [row["percent"] for row in attendance] == [0, 92]
    with pytest.raises(Problems, match="whole number from 0 to 100"):
        missing.save_attendance(worker, child_id, {**typed, "percent": "101"})
