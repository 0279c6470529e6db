"""The trail is read by the administrator without what records say; who has seen a child, by those who answer for them."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from data import clock
from data.accounts import OPERATOR_ID, ROLES
from data.actor import Actor
from data.child.children import read_child
from data.database.audit import Event
from data.database.store import Store
from data.refusal import Refused
from data.trail import audit_entries
from data.trail.audit_entries import LOOKED_AT, Asked, check_chain, entries, who_has_seen
from data.trail.audit_reading import Head, verify
from tests.audit.tampering import at_time
from tests.factories import a_child, an_account

MORNING = datetime.datetime(2026, 6, 3, 8, 30, tzinfo=datetime.UTC)  # 9:30 in the United Kingdom


def note(actor: Actor, at: datetime.datetime, *events: Event) -> None:
    with at_time(at), actor.writing() as work:
        for event in events:
            work.note(event)


@pytest.fixture
def administrator(store: Store) -> Actor:
    return an_account(store, "administrator", name="Admin Made-Up")


def test_entries_are_read_newest_first_and_50_to_a_page(store: Store, administrator: Actor) -> None:
    sam = an_account(store, name="Sam Made-Up")
    note(sam, MORNING, *(Event("child viewed", detail=str(n)) for n in range(60)))
    asked = Asked(account_id=sam.account_id)
    first, second = entries(administrator, asked), entries(administrator, asked, page=1)
    assert [entry.detail for entry in (*first.entries, *second.entries)] == [
        str(n) for n in reversed(range(60))
    ]
    assert (len(first.entries), first.more, len(second.entries), second.more) == (50, True, 10, False)
    assert {entry.name for entry in first.entries} == {"Sam Made-Up"}


def test_entries_are_chosen_by_account_action_and_day_in_the_united_kingdom(
    store: Store, administrator: Actor
) -> None:
    sam = an_account(store, username="sam")
    late = datetime.datetime(
        2026, 6, 3, 23, 30, tzinfo=datetime.UTC
    )  # already the 4th in British Summer Time
    note(sam, MORNING, Event("child viewed"), Event("form printed"))
    note(sam, late, Event("child viewed"))
    third, fourth = datetime.date(2026, 6, 3), datetime.date(2026, 6, 4)

    def found(**asked: object) -> list[str]:
        return [entry.action for entry in entries(administrator, Asked(sam.account_id, **asked)).entries]  # type: ignore[arg-type]

    assert found() == ["child viewed", "form printed", "child viewed"]
    assert found(day=third) == ["form printed", "child viewed"]
    assert found(day=fourth) == ["child viewed"]
    assert found(day=third, action="form printed") == ["form printed"]
    assert audit_entries.account_named(administrator, " SAM ") == sam.account_id
    assert audit_entries.account_named(administrator, "nobody") is None
    assert "form printed" in audit_entries.actions(administrator)


def test_the_administrator_reads_no_childs_name_no_whole_id_and_nothing_a_record_says(
    store: Store, administrator: Actor
) -> None:
    coordinator = an_account(store, "coordinator")
    child_id = a_child(store, name="Rowan Made-Up")
    read_child(coordinator, child_id)
    note(coordinator, clock.now(), Event("band overridden", child_id, clock.new_id(), "high"))
    shown = entries(administrator, Asked()).entries
    assert {"child viewed", "band overridden"} <= {entry.action for entry in shown}
    said = str([(entry.child, entry.record, entry.detail, entry.name, entry.action) for entry in shown])
    assert "Rowan" not in said
    assert "high" not in said
    assert child_id not in said
    assert child_id[-6:] in said


def test_checking_the_chain_is_an_entry_of_its_own(store: Store, administrator: Actor) -> None:
    assert check_chain(administrator).fault is None
    last = entries(administrator, Asked(action="audit checked")).entries[0]
    assert (last.account_id, last.detail) == (administrator.account_id, "whole")
    kept = Head(10_000, "0" * 64, clock.now())
    found = check_chain(administrator, (kept,)).fault
    assert found
    assert found.kind == "cut"
    assert entries(administrator, Asked(action="audit checked")).entries[0].detail == "cut"
    assert verify(store).fault is None


def test_who_has_seen_a_child_says_who_when_and_how_and_gathers_each_day(store: Store) -> None:
    sam = an_account(store, name="Sam Made-Up", agency="health")
    coordinator = an_account(store, "coordinator", name="Kim Made-Up")
    child_id = a_child(store, linked_to=sam)
    other = a_child(store)
    note(
        sam, MORNING, Event("child viewed", child_id), Event("form viewed: screening", child_id),
        Event("answer saved", child_id), Event("draft filled in", child_id), Event("child viewed", other),
    )  # fmt: skip
    note(
        sam,
        MORNING + datetime.timedelta(hours=1),
        Event("child viewed", child_id),
        Event("answer saved", child_id),
    )
    note(sam, MORNING + datetime.timedelta(days=1), Event("form printed", child_id))
    note(sam, MORNING + datetime.timedelta(days=2), Event("refused: child written", child_id))
    rows = [row for row in who_has_seen(coordinator, child_id).rows if row.name == "Sam Made-Up"]
    assert [(row.what, row.times) for row in rows] == [
        ("Was refused (child written)", 1),
        ("Printed a form", 1),
        ("Looked at the child's page", 2),
        ("Wrote in the record", 3),
        ("Looked at: child exploitation screening", 1),
    ]
    assert (rows[2].first, rows[2].last) == (MORNING, MORNING + datetime.timedelta(hours=1))
    assert (rows[0].role, rows[0].agency) == ("Practitioner", "health")
    own = [row for row in who_has_seen(coordinator, child_id).rows if row.name == "Kim Made-Up"]
    assert [row.what for row in own] == ["Looked at who has seen the record"]


def test_every_look_at_a_child_is_said_as_people_say_it() -> None:
    looks = {
        look
        for path in (Path(__file__).parents[2] / "data").rglob("*.py")
        for look in re.findall(r'note_view\(work, "([^"]+)", child_id', path.read_text(encoding="utf-8"))
    }
    assert len(looks) > 8
    assert looks <= set(LOOKED_AT)


def test_who_has_seen_comes_in_pages_of_25(store: Store) -> None:
    coordinator, sam = an_account(store, "coordinator"), an_account(store, name="Sam Made-Up")
    child_id = a_child(store)
    for day in range(26):
        note(sam, MORNING + datetime.timedelta(days=day), Event("child viewed", child_id))
    first, second = who_has_seen(coordinator, child_id), who_has_seen(coordinator, child_id, page=1)
    assert (len(first.rows), first.more, second.more) == (25, True, False)
    assert second.rows[-1].last == MORNING


MAY_READ = {
    "practitioner": (False, False, False),
    "coordinator": (False, True, False),
    "manager": (False, True, False),
    "partnership_lead": (False, False, False),
    "meeting_member": (False, False, False),
    "administrator": (True, False, False),
}
"""Role → may read the trail, who has seen a child of their area, and of another area."""


def test_each_role_reads_what_the_table_says_and_a_refusal_is_noted(store: Store) -> None:
    here, there = a_child(store), a_child(store, area="wirral")
    for role, (trail, own, other) in MAY_READ.items():
        actor = an_account(store, role)
        for act, may in (
            (lambda actor=actor: entries(actor, Asked()), trail),
            (lambda actor=actor: audit_entries.actions(actor), trail),
            (lambda actor=actor: audit_entries.account_named(actor, "x"), trail),
            (lambda actor=actor: audit_entries.head_now(actor), trail),
            (lambda actor=actor: check_chain(actor), trail),
            (lambda actor=actor: who_has_seen(actor, here), own),
            (lambda actor=actor: who_has_seen(actor, there), other),
        ):
            if may:
                assert act() is not False
            else:
                with pytest.raises(Refused):
                    act()
                with store.reading() as connection:
                    last = connection.row("SELECT * FROM audit ORDER BY seq DESC LIMIT 1")
                assert last
                assert (last["account_id"], last["action"][:9]) == (actor.account_id, "refused: ")


def test_the_table_names_every_role() -> None:
    assert set(MAY_READ) == set(ROLES) - {OPERATOR_ID}
