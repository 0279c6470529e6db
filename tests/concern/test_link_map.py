"""The map of links: two steps from where it starts, never through what the account may not open, always laid out alike."""

from __future__ import annotations

from data.concern.concern_links import link_other
from data.concern.link_map import MOST, Edge, LinkMap, Node, read_link_map
from data.database.store import Store
from pages.parts.network import spots
from pages.practitioners.link_map import in_a_sentence
from tests.concern.typed import A_LINK, A_PLACE, a_concern, a_link_to
from tests.factories import a_child, a_link, an_account


def names(drawn: LinkMap) -> list[tuple[str, int]]:
    return [(node.name, node.steps) for node in drawn.nodes]


def test_it_goes_two_steps_from_a_record_or_a_child(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    first, second, third = (a_child(store, name=f"Child {n}") for n in (1, 2, 3))
    person, place = a_concern(coordinator, name="Person"), a_concern(coordinator, A_PLACE, name="Place")
    for concern_id, child_id in ((person, first), (place, first), (place, second)):
        a_link_to(coordinator, concern_id, child_id)
    link_other(coordinator, person, place, A_LINK)
    far = a_concern(coordinator, name="Far")
    a_link_to(coordinator, far, second)
    a_link_to(coordinator, far, third)
    drawn = read_link_map(coordinator, concern_id=person)
    assert names(drawn) == [("Person", 0), ("Child 1", 1), ("Place", 1), ("Child 2", 2)]
    assert len(drawn.edges) == 4
    assert names(read_link_map(coordinator, child_id=third)) == [("Child 3", 0), ("Far", 1), ("Child 2", 2)]
    assert in_a_sentence(drawn) == (
        "Person is linked to 2 children and 1 person, group, place or issue, 2 of them directly. "
        "After it, Place has the most links: 3."
    )


def test_what_one_may_not_open_is_not_on_it_nor_anything_behind_it(store: Store) -> None:
    coordinator, practitioner = an_account(store, "coordinator"), an_account(store)
    mine, other = a_concern(practitioner, name="Mine"), a_concern(coordinator, name="Other")
    hidden, known = a_child(store, name="Hidden"), a_child(store, name="Known")
    for child_id in (hidden, known):
        a_link_to(coordinator, mine, child_id)
        a_link_to(coordinator, other, child_id)
    link_other(coordinator, mine, other, A_LINK)
    a_link(store, known, practitioner)
    assert names(read_link_map(practitioner, concern_id=mine)) == [("Mine", 0), ("Known", 1)]
    assert names(read_link_map(practitioner, child_id=known)) == [("Known", 0), ("Mine", 1)]
    assert len(read_link_map(coordinator, concern_id=mine).nodes) == 4


def test_it_says_when_more_is_linked_than_can_be_read(duckdb_store: Store) -> None:
    coordinator = an_account(duckdb_store, "coordinator")
    person = a_concern(coordinator)
    for n in range(MOST + 2):
        a_link_to(coordinator, person, a_child(duckdb_store, name=f"Child {n}"))
    drawn = read_link_map(coordinator, concern_id=person)
    assert (len(drawn.nodes), drawn.more) == (MOST, True)


def a_map() -> LinkMap:
    nodes = [Node("p", "person", "P", 0), *(Node(f"c{n}", "child", f"C{n}", 1) for n in range(5))]
    nodes += [Node(f"q{n}", "place", f"Q{n}", 2) for n in range(5)]
    edges = [Edge("p", f"c{n}", "", "evidence") for n in range(5)]
    edges += [Edge(f"q{n}", f"c{n}", "", "evidence") for n in range(5)]
    return LinkMap(tuple(nodes), tuple(edges), False)


def test_each_has_a_place_of_its_own_and_the_same_one_every_time() -> None:
    found = spots(a_map())
    assert found == spots(a_map())
    assert found["p"] == (0.0, 0.0)
    assert len({(round(x, 3), round(y, 3)) for x, y in found.values()}) == 11
    for n in range(5):  # what hangs together stands on the same side
        (x1, y1), (x2, y2) = found[f"c{n}"], found[f"q{n}"]
        assert x1 * x2 + y1 * y2 > 0
