"""A flag on a person, group or place of concern is set, reviewed and removed as a child's is, by who keeps the record."""

from __future__ import annotations

import datetime

import pytest
from dateutil.relativedelta import relativedelta

from data import clock
from data.after_meeting import flags
from data.concern import concern_links, concerns
from data.database.store import Store
from data.refusal import Problems, Refused
from tests.concern.typed import A_PLACE, a_concern
from tests.factories import a_child, an_account
from tests.filled_in import A_FLAG, REMOVED, on

TODAY = clock.today()
SOON = {"review_on": on(TODAY + datetime.timedelta(days=7)), "reason": "Still of concern"}


def test_a_flag_on_a_place_is_set_reviewed_and_removed(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    place_id = a_concern(coordinator, A_PLACE)
    flag_id = flags.place_on_concern(coordinator, place_id, A_FLAG)
    with pytest.raises(Problems, match="recorded already"):
        flags.place_on_concern(coordinator, place_id, A_FLAG)
    flags.keep(coordinator, flag_id, SOON)
    [due], _ = flags.due(coordinator)
    assert (due["name"], due["kind"], due["why"], due["about_id"]) == (
        A_PLACE["name"], "place", "review", place_id,
    )  # fmt: skip
    flags.remove(coordinator, flag_id, REMOVED)
    [flag] = flags.read_concern_flags(coordinator, place_id).flags
    assert (flag["state"], flag["expires_on"]) == ("removed", TODAY + relativedelta(months=6))
    assert list(concern_links.read_concern_page(coordinator, place_id).flags) == [flag]


def test_a_flag_on_a_closed_record_asks_for_a_decision_in_its_own_area_only(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    person_id = a_concern(coordinator)
    flags.place_on_concern(coordinator, person_id, A_FLAG)
    assert flags.due(coordinator) == ([], False)
    concerns.move_concern(coordinator, person_id, "close", "Moved abroad")
    for area, whys in (("liverpool", ["closed"]), ("sefton", [])):
        assert [row["why"] for row in flags.due(an_account(store, "manager", area))[0]] == whys


def test_a_closed_record_is_opened_again_before_it_is_given_a_flag(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    person_id = a_concern(coordinator)
    standing = flags.place_on_concern(coordinator, person_id, A_FLAG)
    concerns.move_concern(coordinator, person_id, "close", "Moved abroad")
    with pytest.raises(Problems, match="Open it again before you record a flag"):
        flags.place_on_concern(coordinator, person_id, A_FLAG | {"system": "leds"})
    flags.remove(coordinator, standing, REMOVED)
    concerns.move_concern(coordinator, person_id, "open again", "Seen again")
    flags.place_on_concern(coordinator, person_id, A_FLAG | {"system": "leds"})


def test_an_issue_has_no_flag(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    issue_id = a_concern(coordinator, kind="issue", name="Made-Up Issue")
    with pytest.raises(Problems, match="An issue of concern has none"):
        flags.place_on_concern(coordinator, issue_id, A_FLAG)
    assert not flags.read_concern_flags(coordinator, issue_id).may_keep


def test_who_wrote_the_record_reads_its_flags_and_who_else_works_with_the_child_does_not(
    store: Store,
) -> None:
    writer, other = (an_account(store, "practitioner") for _ in range(2))
    coordinator, elsewhere = an_account(store, "coordinator"), an_account(store, "coordinator", "sefton")
    manager = an_account(store, "manager")
    person_id = a_concern(writer)
    flag_id = flags.place_on_concern(coordinator, person_id, A_FLAG)
    for reader, may_keep in ((writer, False), (manager, False), (coordinator, True)):
        page = flags.read_concern_flags(reader, person_id)
        assert ([f["flag_id"] for f in page.flags], page.may_keep) == ([flag_id], may_keep)
    for outside in (other, elsewhere):
        with pytest.raises(Refused):
            flags.read_concern_flags(outside, person_id)
    for account in (writer, manager, elsewhere):
        with pytest.raises(Refused):
            flags.keep(account, flag_id, SOON)
        with pytest.raises(Refused):
            flags.place_on_concern(account, person_id, A_FLAG | {"system": "leds"})


def test_the_trail_of_a_flag_on_a_concern_is_about_no_child(duckdb_store: Store) -> None:
    coordinator = an_account(duckdb_store, "coordinator")
    child_id = a_child(duckdb_store)
    flags.place(coordinator, child_id, A_FLAG)
    flags.place_on_concern(coordinator, a_concern(coordinator), A_FLAG)
    with coordinator.reading() as work:
        about = work.values("SELECT child_id FROM audit WHERE action = 'flag placed' ORDER BY seq")
    assert about == [child_id, None]
