"""Two areas that hold a record of the same person or place learn that there is an overlap and whom to ask: nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from data.actor import Actor
from data.concern.concern_links import read_concern_page
from data.concern.concerns import LikelyDuplicate, add_concern, change_concern, search_concerns
from data.database.store import Store
from tests.concern.typed import A_PERSON, A_PLACE, a_concern
from tests.factories import an_account, the_operator

BORN = {"date_of_birth": "1 2 1990"}


class Two:
    """The coordinators of two areas."""

    def __init__(self, store: Store) -> None:
        self.here, self.there = (
            an_account(store, "coordinator", area=area) for area in ("liverpool", "wirral")
        )

    def hold(self, here: dict[str, Any], there: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What each learns of the other."""
        one, other = a_concern(self.here, here), a_concern(self.there, there)
        return read_concern_page(self.here, one).overlap, read_concern_page(self.there, other).overlap


BOTH, NEITHER = (("wirral",), ("liverpool",)), ((), ())

CASES = {
    "same name and date of birth": ({**A_PERSON, **BORN}, {**A_PERSON, **BORN}, BOTH),
    "words of the name in another order and accents": (
        {**A_PERSON, "name": "Zöe Zzyzx", **BORN}, {**A_PERSON, "name": "zzyzx, ZOE", **BORN}, BOTH,
    ),
    "an alias": ({**A_PERSON, "aliases": "Fox; Badger", **BORN}, {**A_PERSON, "name": "badger", **BORN}, BOTH),
    "same name, no date of birth": (A_PERSON, A_PERSON, NEITHER),
    "same name, another date of birth": ({**A_PERSON, **BORN}, {**A_PERSON, "date_of_birth": "2 2 1990"}, NEITHER),
    "same postcode": (A_PLACE, {**A_PLACE, "name": "Another name"}, BOTH),
    "no fixed abode is no place": (
        {**A_PLACE, "postcode": "ZZ99 3VZ"}, {**A_PLACE, "name": "Other", "postcode": "ZZ99 3VZ"}, NEITHER,
    ),
    "same address": (
        {"kind": "place", "name": "One", "address": "1, Made-Up Street", "why": "Words"},
        {"kind": "place", "name": "Two", "address": "1 made up street", "why": "Words"}, BOTH,
    ),
    "same name of a place": (A_PLACE, {**A_PLACE, "postcode": ""}, BOTH),
    "a person and a place": ({**A_PERSON, **BORN}, {**A_PLACE, "name": "Zzyzx Made-Up"}, NEITHER),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_an_overlap_is_a_name_with_a_birth_date_or_a_places_name_address_or_postcode_and_both_sides_learn_it(
    duckdb_store: Store, case: str
) -> None:
    here, there, learnt = CASES[case]
    assert Two(duckdb_store).hold(here, there) == learnt


SECRET = {
    "description": "Secretword",
    "why": "Secretword",
    "address": "Secretword Road",
    "aliases": "Secretword",
}


def test_nothing_of_the_other_areas_record_is_told_anywhere(store: Store) -> None:
    two = Two(store)
    theirs = a_concern(two.there, {**A_PERSON, **BORN, **SECRET})
    with pytest.raises(LikelyDuplicate) as raised:
        add_concern(two.here, "mine", {**A_PERSON, **BORN})
    assert (raised.value.found.records, raised.value.found.ask) == ((), ("wirral",))
    mine = a_concern(two.here, {**A_PERSON, **BORN})
    for told in (
        raised.value.found,
        read_concern_page(two.here, mine),
        search_concerns(two.here),
        search_concerns(two.here, "Secretword"),
    ):
        assert "Secretword" not in repr(told)
        assert theirs not in repr(told)
    assert [row["is_known_elsewhere"] for row in search_concerns(two.here).rows] == [True]
    assert search_concerns(two.here, "Secretword").rows == ()


def test_both_sides_find_the_overlap_in_the_audit_once_and_who_was_told(store: Store) -> None:
    two = Two(store)
    theirs, mine = (a_concern(actor, {**A_PERSON, **BORN}) for actor in (two.there, two.here))
    change_concern(two.here, mine, {**A_PERSON, **BORN, "description": "Words"}, 1)
    read_concern_page(two.here, mine)
    with the_operator(store).reading() as work:
        found = work.rows(
            "SELECT record_id, detail FROM audit WHERE action = 'overlap found' ORDER BY record_id"
        )
        told = work.values("SELECT record_id FROM audit WHERE action = 'overlap viewed'")
        assert "Zzyzx" not in repr(work.rows("SELECT * FROM audit"))
    assert [row["record_id"] for row in found] == sorted([theirs, mine])
    assert {row["detail"] for row in found} == {None}
    assert told == [mine]


def test_records_of_one_area_are_no_overlap(duckdb_store: Store) -> None:
    coordinator: Actor = an_account(duckdb_store, "coordinator")
    first, _ = (a_concern(coordinator, {**A_PERSON, **BORN}) for _ in range(2))
    assert read_concern_page(coordinator, first).overlap == ()
