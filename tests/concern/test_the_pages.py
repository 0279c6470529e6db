"""The pages about NRM referrals, people and places of concern and disruption, drawn as each person sees them."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from streamlit.testing.v1 import AppTest

from data.access.restricted import SAYS_SO
from data.actor import Actor
from data.child import national_referrals, restriction
from data.concern import concern_links, concerns, disruption, nominations
from data.database.store import Store
from tests.concern.typed import (
    A_LINK,
    A_PERSON,
    A_PLACE,
    NRM_AT,
    a_concern,
    a_link_to,
    a_measure,
    a_nomination_moved,
    an_nrm_at,
    days_ago,
)
from tests.factories import a_child, an_account
from tests.screens.signed_in import sign_in, words


class World(NamedTuple):
    coordinator: Actor
    manager: Actor
    practitioner: Actor
    child_id: str
    person: str
    place: str


@pytest.fixture
def world(duckdb_store: Store) -> World:
    store = duckdb_store
    coordinator, practitioner = an_account(store, "coordinator"), an_account(store)
    child_id = a_child(store, name="Ada Made-Up", linked_to=practitioner)
    person = a_concern(coordinator)
    place = a_concern(coordinator, A_PLACE, label_for_return="a takeaway in the town centre")
    a_link_to(coordinator, person, child_id)
    concern_links.link_other(coordinator, person, place, A_LINK)
    return World(coordinator, an_account(store, "manager"), practitioner, child_id, person, place)


def draw(module: str, **about: str) -> AppTest:
    folder, name = module.split(".")
    at = AppTest.from_string(
        f"from pages.{folder} import {name}\nfrom pages.parts import look\nlook.set_up(True)\n{name}.body()",
        default_timeout=120,
    )
    for key, value in about.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def box(at: AppTest, label: str):
    return next(
        w for w in (*at.text_input, *at.text_area, *at.radio, *at.selectbox) if w.label.startswith(label)
    )


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click().run()
    return at


def as_(monkeypatch: pytest.MonkeyPatch, actor: Actor) -> None:
    sign_in(monkeypatch, actor.store, actor)


def test_an_nrm_referral_is_recorded_and_overseen(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    as_(monkeypatch, world.coordinator)
    at = draw("practitioners.nrm", child=world.child_id)
    assert "Enter" not in words(press(at, "Save NRM referral"))
    assert "Answer whether the child needs to be referred" in words(at)
    box(at, "Does the child need").set_value("yes").run()
    box(at, "Date the referral was submitted").set_value(days_ago(13)).run()
    box(at, "First responder").set_value("police").run()
    press(at, "Save NRM referral")
    (row,) = national_referrals.oversee_nrm(world.manager).rows
    assert (row["name"], row["stage"]) == ("Ada Made-Up", "referred")
    as_(monkeypatch, world.manager)
    listed = words(draw("coordinators.nrm_oversight"))
    assert "Ada Made-Up" in listed
    assert "13 days" in listed
    assert "13 days" in words(draw("practitioners.child", child=world.child_id))


def test_what_somebody_else_saved_meanwhile_is_not_written_over(
    monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    nrm_id = an_nrm_at(world.coordinator, world.child_id, "referred")
    as_(monkeypatch, world.coordinator)
    at = draw("practitioners.nrm", child=world.child_id, nrm=nrm_id)
    theirs = {**NRM_AT["referred"], "support_package": "Their words"}
    national_referrals.save_nrm(world.coordinator, world.child_id, nrm_id, theirs, 1)
    box(at, "Support package").set_value("My words").run()
    press(at, "Save NRM referral")
    assert "Somebody else changed this meanwhile" in words(at)
    assert box(at, "Support package").value == "My words"
    press(at, "Start again from what is saved")
    assert box(at, "Support package").value == "Their words"
    box(at, "Support package").set_value("Their words, and mine").run()
    press(at, "Save NRM referral")
    read = national_referrals.read_nrm(world.manager, world.child_id, nrm_id)
    assert (read.record["support_package"], read.record["revision"]) == ("Their words, and mine", 3)


def test_who_only_reads_sees_no_button_and_nothing_sensitive(
    monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    nrm_id = an_nrm_at(world.coordinator, world.child_id, "referred", investigation="Secretword")
    as_(monkeypatch, world.practitioner)
    at = draw("practitioners.nrm", child=world.child_id, nrm=nrm_id)
    assert "Secretword" not in words(at)
    assert not at.button
    as_(monkeypatch, world.manager)
    at = draw("practitioners.nrm", child=world.child_id, nrm=nrm_id)
    assert "Secretword" in words(at)
    assert not at.button
    for module, about in (
        ("practitioners.concern", {"concern": world.person}),
        ("practitioners.measure", {"measure": a_measure(world.coordinator, world.person)}),
        (
            "practitioners.nomination",
            {"nomination": a_nomination_moved(world.coordinator, concern_id=world.place)},
        ),
    ):
        assert not draw(module, **about).button, module


def test_a_likely_duplicate_is_shown_and_the_person_says_it_is_another(
    monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    as_(monkeypatch, world.coordinator)
    at = draw("practitioners.concern_edit")
    box(at, "What is it?").set_value("person").run()
    box(at, "Name").set_value(A_PERSON["name"])
    box(at, "Why").set_value("Made-up reason").run()
    press(at, "Save record")
    assert "This may be here already" in words(at)
    assert len(concerns.search_concerns(world.coordinator).rows) == 2
    at.checkbox[0].check().run()
    press(at, "Save record")
    assert len(concerns.search_concerns(world.coordinator).rows) == 3


def test_a_record_is_changed_linked_labelled_and_closed(
    monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    as_(monkeypatch, world.coordinator)
    at = draw("practitioners.concern_edit", concern=world.place)
    box(at, "Name").set_value("Another Takeaway").run()
    press(at, "Save record")
    at = draw("practitioners.concern_link", concern=world.place)
    at.radio[0].set_value("A child").run()
    box(at, "Search by name").set_value("Ada").run()
    press(at, "Save link")
    assert "Choose whom or what you link" in words(at)
    at.selectbox[0].set_value(world.child_id)
    box(at, "What is the link?").set_value("seen there")
    box(at, "Where is it known from?").set_value("Made-up source")
    box(at, "Basis").set_value("evidence").run()
    press(at, "Save link")
    at = press(draw("practitioners.concern", concern=world.place), "Approve this label")
    at.text_area[-1].set_value("Made-up reason").run()
    press(at, "Close")
    page = concern_links.read_concern_page(world.manager, world.place)
    assert (page.record["name"], page.record["state"]) == ("Another Takeaway", "closed")
    assert page.record["label_approved_on"]
    assert [one.nature for one in page.children] == ["seen there"]


def test_a_measure_and_a_nomination_are_recorded_from_the_record(
    monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    as_(monkeypatch, world.coordinator)
    at = draw("practitioners.measure", concern=world.person)
    box(at, "Measure").set_value("cawn").run()
    box(at, "Is it against a person under 18?").set_value("yes").run()
    box(at, "Asked for by").set_value("Made-up officer")
    press(at, "Save measure")
    assert "Answer whether youth justice was consulted" in words(at)
    box(at, "Was youth justice consulted?").set_value("yes").run()
    press(at, "Save measure")
    assert disruption.measures(world.manager).counts == {"asked_for": 1}
    assert "Child abduction warning notice" in words(draw("coordinators.measures"))

    at = draw("practitioners.nomination", concern=world.person)
    for checkbox in at.checkbox:
        if checkbox.label.startswith(("Linked to a named child", "Enforcement")):
            checkbox.check()
    box(at, "Date of the nomination").set_value(days_ago(1)).run()
    press(at, "Send nomination")
    (row,) = nominations.nominations(world.manager).rows
    at = draw("practitioners.nomination", nomination=row["nomination_id"])
    box(at, "Response").set_value("gather_information").run()
    press(at, "Record as accepted")
    at = draw("practitioners.nomination", nomination=row["nomination_id"])
    box(at, "Outcome").set_value("Made-up outcome")
    box(at, "Feedback").set_value("Made-up feedback").run()
    press(at, "Record the feedback")
    assert "Fed back to the meeting" in words(draw("coordinators.nominations"))


def test_a_child_s_page_shows_what_may_be_opened_and_no_number_of_anything_else(
    monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    as_(monkeypatch, world.coordinator)
    assert "Zzyzx Made-Up" in words(draw("practitioners.child", child=world.child_id))
    as_(monkeypatch, world.practitioner)
    seen = words(draw("practitioners.child", child=world.child_id))
    assert "Zzyzx" not in seen
    assert "No record that you can open is linked to the child." in seen
    mine = a_concern(world.practitioner, name="Written by me")
    a_link_to(world.practitioner, mine, world.child_id)
    seen = words(draw("practitioners.child", child=world.child_id))
    assert "Written by me" in seen
    assert "Zzyzx" not in seen
    drawn = words(draw("practitioners.link_map", child=world.child_id))
    assert "Ada Made-Up is linked to 1 person, group, place or issue, 1 of them directly." in drawn
    assert "Zzyzx" not in drawn


def test_beneath_the_links_the_same_is_said_whether_or_not_a_restricted_child_is_left_out(
    monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    alone = a_concern(world.coordinator)
    a_link_to(world.coordinator, alone, world.child_id)
    as_(monkeypatch, world.manager)
    assert "Ada Made-Up" in words(draw("practitioners.concern", concern=alone))
    restriction.restrict(world.coordinator, world.child_id, [], "A colleague's child")
    nobody = a_concern(world.coordinator)
    left_out, without = (words(draw("practitioners.concern", concern=one)) for one in (alone, nobody))
    for said in (left_out, without):
        assert "Nothing that you can open is linked" in said
        assert SAYS_SO in said
        assert "Linked as well" not in said
        assert "Ada" not in said
