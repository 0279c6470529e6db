"""The pages for what follows a meeting: actions, reviews, flags, leaving by exception, missing episodes, the referrer told."""

from __future__ import annotations

import datetime

import pytest
from streamlit.testing.v1 import AppTest

from data import clock
from data.after_meeting import actions, flags, reviews
from data.child import missing
from data.child.children import read_child
from data.database.audit import Event
from data.database.records import ACTION
from data.database.store import Store
from tests.concern.typed import A_PLACE, a_concern
from tests.factories import Oversight, a_child_in_oversight, a_link, a_referral, an_account
from tests.filled_in import A_FLAG, on
from tests.screens.signed_in import sign_in, words

TODAY = clock.today()
DAYS = datetime.timedelta


def draw(module: str, **about: str) -> AppTest:
    folder, name = module.split(".")
    at = AppTest.from_string(f"from pages.{folder} import {name}\n{name}.body()", default_timeout=60)
    for key, value in about.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def fill(at: AppTest, **typed: str) -> None:
    """By what a label begins with; each word of the key is one of the label's."""
    for label, value in typed.items():
        begins = label.replace("_", " ")
        field = next(f for f in [*at.text_input, *at.text_area] if f.label.lower().startswith(begins))
        field.set_value(value)


class World:
    def __init__(self, store: Store) -> None:
        self.coordinator = an_account(store, "coordinator")
        self.teacher = an_account(store, agency="education", name="Teacher Made-Up")
        self.child: Oversight = a_child_in_oversight(store, opened_on=TODAY - DAYS(30), name="Rowan Made-Up")
        self.action_id = clock.new_id()
        with self.coordinator.writing() as work:
            record = {
                "action_id": self.action_id, "episode_id": self.child.episode_id, "child_id": self.child.child_id,
                "agency": "education", "action": "Meet the school", "state": "ongoing", "due_on": TODAY - DAYS(1),
            }  # fmt: skip
            work.save(ACTION, record, Event("made for a test"))


def test_a_coordinator_gives_an_action_to_a_person_who_says_what_became_of_it(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store
) -> None:
    world = World(duckdb_store)
    sign_in(monkeypatch, duckdb_store, world.coordinator)
    assert "Meet the school" in words(draw("practitioners.actions"))
    at = draw("practitioners.action", action=world.action_id)
    at.selectbox[0].select(world.teacher.account_id).run()
    at = press(at, "Give it to this person")
    assert "Given." in at.success[0].value
    sign_in(monkeypatch, duckdb_store, world.teacher)
    assert any("Meet the school" in link.proto.label for link in draw("everyone.home").get("page_link"))
    at = draw("practitioners.action", action=world.action_id)
    at.radio[0].set_value("It is completed").run()
    at = press(at, "Record as completed")
    assert "Enter what was done, and how you know" in words(at)
    fill(at, what_was_done="Met them", what_did_it_change="Feels safer")
    at = press(at, "Record as completed")
    assert "Recorded as completed" in at.success[0].value
    assert "Feels safer" in words(at)
    assert not at.radio


def test_an_action_page_of_somebody_elses_child_shows_nothing(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store
) -> None:
    world = World(duckdb_store)
    sign_in(monkeypatch, duckdb_store, an_account(duckdb_store, agency="police"))
    at = AppTest.from_string("from pages.practitioners import action\naction.body()", default_timeout=60)
    at.query_params["action"] = world.action_id
    at.run()
    assert at.exception  # which app.py puts into words for the person
    assert "Rowan" not in words(at)


def test_an_action_is_carried_over_on_its_page(monkeypatch: pytest.MonkeyPatch, duckdb_store: Store) -> None:
    world = World(duckdb_store)
    actions.assign(world.coordinator, world.action_id, world.teacher.account_id)
    sign_in(monkeypatch, duckdb_store, world.teacher)
    at = draw("practitioners.action", action=world.action_id)
    at.radio[0].set_value("It needs longer").run()
    fill(at, new_date=on(TODAY + DAYS(7)), why_does_it_need="Made-up delay")
    at = press(at, "Carry over")
    assert "Made-up delay" in words(at)


def test_reviews_lead_to_one_review_where_new_information_is_told(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store
) -> None:
    world = World(duckdb_store)
    flags.place(world.coordinator, world.child.child_id, A_FLAG | {"review_on": on(TODAY + DAYS(3))})
    sign_in(monkeypatch, duckdb_store, world.coordinator)
    at = draw("coordinators.reviews")
    assert "Review of the flag" in words(at)
    at.selectbox[0].select("all").run()
    assert "Rowan Made-Up" in words(at)
    at = draw("practitioners.review", episode=world.child.episode_id)
    fill(at, what_is_new="Made-up news", by_when=on(TODAY + DAYS(2)))
    at = press(at, "Bring the review forward")
    assert "Made-up news" in words(at)
    fill(at, review_by=on(TODAY + DAYS(400)), why_do_the_chairs="Custody", which_chair="Chair Made-Up")
    assert "at most six calendar months" in words(press(at, "Change the review date"))
    assert len(reviews.read_review(world.coordinator, world.child.episode_id).changes) == 1


def test_a_child_is_closed_by_exception(monkeypatch: pytest.MonkeyPatch, duckdb_store: Store) -> None:
    world = World(duckdb_store)
    sign_in(monkeypatch, duckdb_store, world.coordinator)
    at = draw("coordinators.leaving", episode=world.child.episode_id)
    assert "Select why the child leaves" in words(press(at, "Close by exception"))
    at.radio[0].set_value("moved")
    at.radio[1].set_value("no")
    fill(
        at, why_can="Made-up reason", who_agreed="Lead Made-Up", their_role="Head", when_was_it=on(TODAY),
        the_child_leaves=on(TODAY),
    )  # fmt: skip
    assert "Select what becomes of the action that is still open" in words(press(at, "Close by exception"))
    at.radio[2].set_value("go_on")
    assert "Lead Made-Up, Head" in words(press(at, "Close by exception"))
    assert read_child(world.coordinator, world.child.child_id).open_episode is None


def test_a_flag_is_recorded_and_removed(monkeypatch: pytest.MonkeyPatch, duckdb_store: Store) -> None:
    world = World(duckdb_store)
    child_id = world.child.child_id
    sign_in(monkeypatch, duckdb_store, world.coordinator)
    at = draw("practitioners.flags", child=child_id)
    assert "No flag is recorded" in words(at)
    at.radio[0].set_value("police")
    at.radio[1].set_value("strategy_meeting")
    fill(at, placed_on=on(TODAY), date_of_that=on(TODAY), review_the_flag=on(TODAY + DAYS(90)))
    at = press(at, "Record the flag")
    assert "A strategy meeting of" in words(at)
    at.radio[0].set_value("It is removed").run()
    at.radio[1].set_value("meeting")
    fill(at, removed_on=on(TODAY), why_is_it="Made-up reason")
    at = press(at, "Record the removal")
    assert "On police systems until" in words(at)
    sign_in(monkeypatch, duckdb_store, an_account(duckdb_store, "manager"))
    assert not draw("practitioners.flags", child=child_id).button


def test_a_flag_on_a_place_is_recorded_from_its_page_and_listed_for_review(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store
) -> None:
    coordinator = an_account(duckdb_store, "coordinator")
    place_id = a_concern(coordinator, A_PLACE)
    sign_in(monkeypatch, duckdb_store, coordinator)
    assert "No flag is recorded for this place" in words(draw("practitioners.concern", concern=place_id))
    at = draw("practitioners.flags", concern=place_id)
    at.radio[0].set_value("police")
    at.radio[1].set_value("meeting")
    fill(at, placed_on=on(TODAY), date_of_that=on(TODAY), review_the_flag=on(TODAY + DAYS(7)))
    assert "The flag is recorded" in press(at, "Record the flag").success[0].value
    assert "Placed" in words(draw("practitioners.concern", concern=place_id))
    assert "Made-Up Takeaway (place of concern)" in words(draw("coordinators.reviews"))
    sign_in(monkeypatch, duckdb_store, an_account(duckdb_store, "manager"))
    assert not draw("practitioners.flags", concern=place_id).button


def test_a_missing_episode_and_school_are_added_and_brought_up_to_date(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store
) -> None:
    world = World(duckdb_store)
    a_link(duckdb_store, world.child.child_id, world.teacher)
    sign_in(monkeypatch, duckdb_store, world.teacher)
    at = draw("practitioners.missing", child=world.child.child_id)
    at.radio[0].set_value("school")
    fill(at, missing_since=on(TODAY - DAYS(9)))
    at = press(at, "Save missing episode")
    assert "Still missing" in words(at)
    [episode] = missing.read_missing(world.teacher, world.child.child_id).episodes
    at.selectbox[0].select(episode["missing_episode_id"]).run()
    fill(at, back_on=on(TODAY - DAYS(8)))
    at = press(at, "Save missing episode")
    assert "Not held in time" in words(at)
    at.radio[-2].set_value("review")
    at.radio[-1].set_value("full_time")
    fill(at, as_it_was=on(TODAY), attendance_in="61")
    assert "61%" in words(press(at, "Save school attendance"))


def test_the_referrer_is_told_on_their_own_page(monkeypatch: pytest.MonkeyPatch, duckdb_store: Store) -> None:
    world = World(duckdb_store)
    child_id = world.child.child_id
    a_link(duckdb_store, child_id, world.teacher)
    referral_id = a_referral(duckdb_store, child_id, state="accepted", referred_by=world.teacher.account_id)
    sign_in(monkeypatch, duckdb_store, world.teacher)
    assert "Accepted: the child is in" in words(draw("everyone.home"))
    sign_in(monkeypatch, duckdb_store, world.coordinator)
    assert "What the referrer was told" in words(draw("practitioners.referral", referral=referral_id))
    assert "No flag is recorded" in words(draw("practitioners.child", child=child_id))
