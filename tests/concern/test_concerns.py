"""Records of people, groups, places and issues of concern: kept with their history, found, linked, not added twice."""

from __future__ import annotations

import pytest

from data import clock
from data.concern.concern_line import concern_line
from data.concern.concern_links import link_child, link_other, read_concern_page, remove_link
from data.concern.concerns import (
    LikelyDuplicate,
    add_concern,
    approve_label,
    change_concern,
    move_concern,
    read_concern,
    search_concerns,
)
from data.database.engine import Clash
from data.database.store import Store
from data.measures.measure import Scope
from data.measures.themes import PLACE_NOT_APPROVED, themes
from data.quarters import Quarter
from data.refusal import NotFilledIn, Problems
from forms.places import PARTNERSHIPS
from tests.concern.typed import A_LINK, A_PERSON, A_PLACE, a_concern, a_link_to
from tests.factories import a_child, an_account, the_operator


def names(found) -> list[str]:
    return [row["name"] for row in found.rows]


def test_a_record_is_found_by_name_alias_address_or_postcode_and_by_what_it_is(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    a_concern(coordinator, aliases="Łee, The Fox")
    a_concern(coordinator, A_PLACE, address="12 Made-Up Street")
    for words in ("zzyzx", "Made-Up ZZYZX", "lee", "fox"):
        assert names(search_concerns(coordinator, words)) == ["Zzyzx Made-Up"], words
    for words in ("takeaway", "12 made-up street", "l1 8jq"):
        assert names(search_concerns(coordinator, words)) == ["Made-Up Takeaway"], words
    for words in ("%", "_", "' OR 1=1 --", "nobody"):
        assert names(search_concerns(coordinator, words)) == []
    assert names(search_concerns(coordinator, kind="place")) == ["Made-Up Takeaway"]
    assert names(search_concerns(coordinator, state="closed")) == []


def test_a_list_gives_a_page_at_a_time(duckdb_store: Store) -> None:
    coordinator = an_account(duckdb_store, "coordinator")
    for n in range(27):
        a_concern(coordinator, name=f"Person {n:02}")
    first, second = search_concerns(coordinator), search_concerns(coordinator, page=1)
    assert (len(first.rows), first.more, names(second), second.more) == (
        25,
        True,
        ["Person 25", "Person 26"],
        False,
    )


def test_every_change_is_kept_and_shown_with_the_words_before(store: Store) -> None:
    coordinator = an_account(store, "coordinator", name="Coordinator Made-Up")
    concern_id = a_concern(coordinator)
    change_concern(coordinator, concern_id, {**A_PERSON, "name": "Another Name"}, 1)
    with pytest.raises(Clash):
        change_concern(coordinator, concern_id, A_PERSON, 1)
    move_concern(coordinator, concern_id, "close", "Made-up reason")
    page = read_concern_page(coordinator, concern_id)
    closed, changed, added = page.history
    assert changed.changed == (("Name, or what it is known by", "Zzyzx Made-Up", "Another Name"),)
    assert (closed.changed, closed.why) == ((("State", "Open", "Closed"),), "Made-up reason")
    assert added.by == "Coordinator Made-Up"
    assert "match_keys" not in page.record


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"kind": ""}, "Select what it is"),
        ({"name": ""}, "Enter the name"),
        ({"why": ""}, "Enter why it is of concern"),
        ({"date_of_birth": "1 1 2999"}, "Date of birth must be today or in the past"),
        ({"postcode": "nowhere"}, "Enter a full postcode"),
    ],
)
def test_what_is_missing_or_wrong_is_said(duckdb_store: Store, changed: dict, says: str) -> None:
    with pytest.raises(NotFilledIn, match=says):
        a_concern(an_account(duckdb_store, "coordinator"), **changed)


def test_saved_twice_it_is_one_record(duckdb_store: Store) -> None:
    coordinator, concern_id = an_account(duckdb_store, "coordinator"), clock.new_id()
    add_concern(coordinator, concern_id, A_PERSON)
    with pytest.raises(Clash):
        add_concern(coordinator, concern_id, A_PERSON, is_another=True)
    assert len(search_concerns(coordinator).rows) == 1


def test_likely_duplicates_are_shown_before_one_is_added(store: Store) -> None:
    coordinator, practitioner = an_account(store, "coordinator"), an_account(store)
    known = a_concern(coordinator, aliases="The Fox", date_of_birth="1 2 1990")
    place = a_concern(coordinator, A_PLACE)
    for typed, likely in (
        ({**A_PERSON, "name": "Made-up Zzyzx"}, known),
        ({**A_PERSON, "name": "the fox"}, known),
        ({**A_PERSON, "name": "Zzyzz Made Up", "date_of_birth": "1 2 1990"}, known),
        ({**A_PLACE, "name": "Another name"}, place),
    ):
        with pytest.raises(LikelyDuplicate) as raised:
            add_concern(coordinator, clock.new_id(), typed)
        assert [row["concern_id"] for row in raised.value.found.records] == [likely]
        with pytest.raises(LikelyDuplicate) as raised:
            add_concern(practitioner, clock.new_id(), typed)
        assert (raised.value.found.records, raised.value.found.ask) == ((), ("liverpool",))
    add_concern(coordinator, clock.new_id(), A_PERSON, is_another=True)
    add_concern(coordinator, clock.new_id(), {**A_PERSON, "name": "Somebody Else"})
    assert len(search_concerns(coordinator).rows) == 4


def test_links_have_nature_source_and_basis_and_are_seen_from_both_ends(store: Store) -> None:
    coordinator, child_id = an_account(store, "coordinator"), a_child(store, name="Child Made-Up")
    person, place = a_concern(coordinator), a_concern(coordinator, A_PLACE)
    link_id = link_child(coordinator, person, child_id, A_LINK)
    link_other(coordinator, person, place, {**A_LINK, "basis": "professional_judgement"})
    page = read_concern_page(coordinator, person)
    (child,) = page.children
    assert (child.name, child.nature, child.source, child.basis) == (
        "Child Made-Up",
        "seen together",
        "Made-up source",
        "evidence",
    )
    assert [one.name for one in page.others] == ["Made-Up Takeaway"]
    assert [one.name for one in read_concern_page(coordinator, place).others] == ["Zzyzx Made-Up"]
    with pytest.raises(Problems, match="Enter why"):
        remove_link(coordinator, link_id, " ")
    remove_link(coordinator, link_id, "Another child")
    assert read_concern_page(coordinator, person).children == ()
    with pytest.raises(Problems, match="no longer there"):
        remove_link(coordinator, link_id, "Another child")
    with pytest.raises(Problems, match="not linked to itself"):
        link_other(coordinator, person, person, A_LINK)
    with pytest.raises(NotFilledIn, match="Select what it is based on"):
        link_child(coordinator, person, child_id, {**A_LINK, "basis": ""})


def test_the_label_is_approved_as_it_was_read_and_a_new_one_anew(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    place = a_concern(coordinator, A_PLACE, label_for_return="a takeaway")
    with pytest.raises(Problems, match="Read the label"):
        approve_label(coordinator, place, "another label")
    approve_label(coordinator, place, "a takeaway")
    change_concern(
        coordinator, place, {**A_PLACE, "label_for_return": "a takeaway", "description": "Words"}, 2
    )
    assert read_concern(coordinator, place)["label_approved_on"] == clock.today()
    change_concern(coordinator, place, {**A_PLACE, "label_for_return": "the shop of Zzyzx"}, 3)
    assert read_concern(coordinator, place)["label_approved_on"] is None


def test_the_return_counts_children_newly_linked_by_the_label_that_was_approved(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    approved = a_concern(coordinator, A_PLACE, label_for_return="a takeaway")
    approve_label(coordinator, approved, "a takeaway")
    other = a_concern(coordinator, A_PLACE, name="12 Made-Up Street", postcode="", label_for_return="Zzyzx")
    first, second = a_child(store), a_child(store)
    for place, child_id in ((approved, first), (approved, first), (approved, second), (other, first)):
        a_link_to(coordinator, place, child_id)
    remove_link(coordinator, a_link_to(coordinator, other, second), "Another child")
    a_link_to(coordinator, a_concern(coordinator), first)
    scope = Scope(Quarter.of(clock.today()), ("liverpool", "wirral"), PARTNERSHIPS[0])

    def counted(**how: bool) -> list[tuple[str, str, int]]:
        with the_operator(store).reading() as work:
            found = themes(work, scope, **how)
        return [(t.area, t.label, t.this_quarter) for t in found if t.kind == "place_of_concern"]

    assert counted(places_as_typed=False) == [
        ("Liverpool", "a takeaway", 2), ("Liverpool", PLACE_NOT_APPROVED, 1),
        ("Total", "a takeaway", 2), ("Total", PLACE_NOT_APPROVED, 1),
    ]  # fmt: skip
    assert counted()[:2] == [("Liverpool", "a takeaway", 2), ("Liverpool", "12 Made-Up Street", 1)]


def test_records_of_one_name_are_told_apart_in_a_list_and_others_stand_by_their_name(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    for born in ("1 2 1990", "1 2 1991", ""):
        a_concern(coordinator, {**A_PERSON, "name": "Unknown Man", "date_of_birth": born})
    a_concern(coordinator, {**A_PERSON, "name": "Zzyzx Alone"})
    lines = [concern_line(row) for row in search_concerns(coordinator).rows]
    assert len(lines) == len(set(lines)) == 4
    assert "Zzyzx Alone" in lines
    assert [line.count("born 1 February") for line in lines if "Unknown" in line].count(1) == 2
