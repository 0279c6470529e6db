"""The life of a return: drafted, locked, corrected as a new version; what was locked reads the same for ever."""

from __future__ import annotations

import json
from datetime import date

import pytest

from data import clock
from data.actor import Actor
from data.child import restriction
from data.database.records import DISCUSSION
from data.database.store import Store
from data.quarters import Quarter
from data.refusal import Problems, Refused
from data.returns import return_lock
from data.returns.locked_returns import life_of, read_locked
from data.returns.return_csv import in_long_form
from data.returns.return_document import as_document, fingerprint, from_document
from data.returns.return_excel import in_workbook
from data.returns.return_shape import Return
from data.returns.returns import draft_return, open_figure, save_narrative
from tests.factories import (
    MADE,
    a_child,
    a_child_in_oversight,
    a_discussion,
    an_account,
    an_episode,
    the_operator,
)
from tests.returns.made import QUARTER, lock

JUDGED = date(2026, 5, 1)


def in_all_files(kept: Return) -> tuple[str, str, bytes]:
    return json.dumps(kept.as_long_form()), in_long_form(kept), in_workbook(kept)


@pytest.fixture
def lead(store: Store) -> Actor:
    there = a_child_in_oversight(store, opened_on=JUDGED)
    a_discussion(
        store, there.episode_id, there.child_id, "C", areas_gone_to=["Wales"], meeting_date=date(2026, 6, 1)
    )
    a_child_in_oversight(store, "C", "sefton", JUDGED)
    save_narrative(an_account(store, "coordinator", "sefton"), QUARTER, "sefton", 3, "=Words of Sefton")
    return an_account(store, "partnership_lead", name="Lead Made-Up")


def change_everything(store: Store) -> None:
    a_child_in_oversight(store, "A", opened_on=JUDGED)
    with the_operator(store).writing() as work:
        for row in work.rows("SELECT discussion_id FROM discussion"):
            work.save(DISCUSSION, {**row, "judgement": "E", "areas_gone_to": ["Other"]}, MADE)
        for row in work.rows("SELECT child_id, record_id FROM child"):
            from data.database.schema import form_table
            from forms.child import CHILD

            work.save(
                form_table(CHILD), {"record_id": row["record_id"], "ethnicity": "BAFR", "sen": "E"}, MADE
            )


def test_a_locked_return_reads_the_same_byte_for_byte_after_the_records_changed(
    store: Store, lead: Actor
) -> None:
    kept = lock(lead)
    files = in_all_files(kept)
    change_everything(store)
    assert in_all_files(read_locked(lead, QUARTER)) == files
    assert in_all_files(draft_return(lead, QUARTER)) != files
    assert kept.values()["Total", 2, "total"] == 2
    assert [n.text for n in kept.narratives if n.text] == ["=Words of Sefton"]


def test_a_locked_return_says_who_locked_it_when_and_by_which_definitions(store: Store, lead: Actor) -> None:
    kept = lock(lead)
    assert kept.locked is not None
    assert (kept.locked.version, kept.locked.by, kept.locked.reason) == (1, "Lead Made-Up", None)
    assert kept.definitions
    assert kept.said(2).sentence.startswith("Children whose episode is open")
    (version,) = life_of(lead, QUARTER).versions
    assert version.locked_at == kept.locked.at


def test_a_return_is_the_same_as_a_document_and_back(store: Store, lead: Actor) -> None:
    for kept in (draft_return(lead, QUARTER), lock(lead)):
        assert from_document(as_document(kept)) == kept


def test_a_correction_is_a_new_version_with_its_reason_and_the_first_stays_as_it_was(
    store: Store, lead: Actor
) -> None:
    first = in_all_files(lock(lead))
    change_everything(store)
    return_lock.begin_correction(lead, QUARTER, "  Three children were entered late ")
    coordinator = an_account(store, "coordinator", "sefton")
    save_narrative(coordinator, QUARTER, "sefton", 3, "Other words")
    second = lock(lead)
    assert second.locked is not None
    assert (second.locked.version, second.locked.reason) == (2, "Three children were entered late")
    assert in_all_files(read_locked(lead, QUARTER, version=1)) == first
    assert in_all_files(read_locked(lead, QUARTER)) == in_all_files(second) != first
    assert [(v.number, v.reason) for v in life_of(lead, QUARTER).versions] == [
        (2, "Three children were entered late"),
        (1, None),
    ]


def test_a_correction_that_is_dropped_leaves_the_version_as_it_is(store: Store, lead: Actor) -> None:
    lock(lead)
    return_lock.begin_correction(lead, QUARTER, "A mistake")
    assert life_of(lead, QUARTER).state == "correcting"
    return_lock.drop_correction(lead, QUARTER)
    life = life_of(lead, QUARTER)
    assert (life.state, life.reason, len(life.versions)) == ("locked", None, 1)


def test_the_words_of_a_locked_return_are_written_only_while_it_is_corrected(
    store: Store, lead: Actor
) -> None:
    coordinator = an_account(store, "coordinator")
    lock(lead)
    with pytest.raises(Problems, match="is locked"):
        save_narrative(coordinator, QUARTER, "liverpool", 3, "Too late")
    return_lock.begin_correction(lead, QUARTER, "Words were missing")
    save_narrative(coordinator, QUARTER, "liverpool", 3, "In time")
    lock(lead)
    assert "In time" in [n.text for n in read_locked(coordinator, QUARTER).narratives]


def test_what_is_locked_is_what_the_lead_looked_at(store: Store, lead: Actor) -> None:
    seen = fingerprint(draft_return(lead, QUARTER))
    a_child_in_oversight(store, "A", opened_on=JUDGED)
    with pytest.raises(Problems, match="changed since you opened the page"):
        return_lock.lock(lead, QUARTER, seen)
    assert life_of(lead, QUARTER).state is None


def test_what_is_not_whole_is_locked_only_by_who_says_so(store: Store, lead: Actor) -> None:
    an_episode(store, a_child(store), opened_on=JUDGED, closed_on=JUDGED, closure_reason="risk_reduced")
    drafted = draft_return(lead, QUARTER)
    assert not drafted.is_whole
    with pytest.raises(Problems, match="not whole"):
        return_lock.lock(lead, QUARTER, fingerprint(drafted))
    assert life_of(lead, QUARTER).state is None
    return_lock.lock(lead, QUARTER, fingerprint(drafted), although_not_whole=True)


def test_a_locked_figure_opens_to_the_children_of_that_day(store: Store) -> None:
    coordinator, manager = an_account(store, "coordinator"), an_account(store, "manager")
    was = a_child_in_oversight(store, "C", opened_on=JUDGED)
    hidden = a_child_in_oversight(store, "C", opened_on=JUDGED)
    lead = an_account(store, "partnership_lead")
    kept = lock(lead)
    figure = (QUARTER, "liverpool", 2, "judgement=may_be")
    change_everything(store)
    assert [row["child_id"] for row in open_figure(manager, *figure)] == []
    then = {row["child_id"] for row in open_figure(manager, *figure, 1)}
    assert then == {was.child_id, hidden.child_id}
    assert len(then) == kept.values()["Liverpool", 2, "judgement=may_be"]
    restriction.restrict(coordinator, hidden.child_id, [], "A made-up reason")
    assert {row["child_id"] for row in open_figure(manager, *figure, 1)} == {was.child_id}
    with store.reading() as connection:
        details = connection.values("SELECT detail FROM audit WHERE action = 'figure opened' ORDER BY seq")
    assert details[-1] == "liverpool 2 judgement=may_be version 1"
    for role in ("partnership_lead", "administrator", "practitioner", "meeting_member"):
        with pytest.raises(Refused):
            open_figure(an_account(store, role), *figure, 1)
    with pytest.raises(Refused):
        open_figure(an_account(store, "manager", "sefton"), *figure, 1)
    with pytest.raises(Problems):
        open_figure(manager, *figure, 2)


def test_a_quarter_that_is_not_over_is_not_locked(duckdb_store: Store) -> None:
    lead = an_account(duckdb_store, "partnership_lead")
    with pytest.raises(Problems, match="not over"):
        lock(lead, Quarter.of(clock.today()))


@pytest.mark.parametrize(
    "role", ["practitioner", "coordinator", "manager", "meeting_member", "administrator"]
)
def test_nobody_but_the_lead_locks_corrects_or_drops(duckdb_store: Store, role: str) -> None:
    seen = fingerprint(draft_return(the_operator(duckdb_store), QUARTER))
    actor = an_account(duckdb_store, role)
    for act in (
        lambda: return_lock.lock(actor, QUARTER, seen),
        lambda: return_lock.begin_correction(actor, QUARTER, "A reason"),
        lambda: return_lock.drop_correction(actor, QUARTER),
    ):
        with pytest.raises(Refused):
            act()


def test_each_partnership_has_a_return_of_its_own(duckdb_store: Store) -> None:
    lock(an_account(duckdb_store, "partnership_lead"))
    sheffield = an_account(duckdb_store, "partnership_lead", "sheffield")
    assert life_of(sheffield, QUARTER).state is None
    with pytest.raises(Problems, match="no such version"):
        read_locked(sheffield, QUARTER)


def test_an_area_reads_its_own_part_of_a_locked_return_and_no_other(store: Store, lead: Actor) -> None:
    lock(lead)
    mine = read_locked(an_account(store, "manager", "sefton"), QUARTER)
    assert mine.area_names == ("Sefton",)
    assert {f.area for f in mine.figures} == {"Sefton", "Total"}
    assert mine.values()["Total", 2, "total"] == mine.values()["Sefton", 2, "total"] == 1
    with pytest.raises(Refused):
        read_locked(an_account(store, "manager", "wirral"), QUARTER, ["sefton"])
    for role in ("practitioner", "administrator", "meeting_member"):
        with pytest.raises(Refused):
            read_locked(an_account(store, role, "sefton"), QUARTER)


def test_a_document_that_was_changed_where_it_is_kept_is_not_read(duckdb_store: Store) -> None:
    lead = an_account(duckdb_store, "partnership_lead")
    lock(lead)
    with the_operator(duckdb_store).writing() as work:
        work.connection.run(
            "UPDATE return_version SET document = replace(document, '2026-27 Q1', '2026-27 Q2')"
        )
    with pytest.raises(Problems, match="does not fit its hash"):
        read_locked(lead, QUARTER)


def test_the_audit_holds_the_hash_of_what_was_locked(store: Store, lead: Actor) -> None:
    lock(lead)
    (version,) = life_of(lead, QUARTER).versions
    with store.reading() as connection:
        kept = connection.values("SELECT detail FROM audit WHERE action = 'return kept'")
    assert kept == [f"version 1 sha256 {version.content_hash}"]


def test_the_quarter_after_stands_beside_what_was_locked(store: Store, lead: Actor) -> None:
    lock(lead)
    change_everything(store)
    after = draft_return(lead, QUARTER.before(-1))
    assert after.is_last_quarter_locked
    assert {
        f.value for f in after.last_quarter if (f.area, f.measure, f.breakdown) == ("Total", 2, "total")
    } == {2}


def test_words_that_name_a_child_are_not_kept(store: Store) -> None:
    an_episode(store, a_child(store, "Ada Made-Up", area="wirral"), opened_on=JUDGED)
    coordinator = an_account(store, "coordinator")
    with pytest.raises(Problems, match="names nobody"):
        save_narrative(coordinator, QUARTER, "liverpool", 9, "We worry about ada MADE-UP.")
    save_narrative(coordinator, QUARTER, "liverpool", 9, "We worry about one child.")


def test_the_lead_and_what_is_locked_hold_no_place_as_it_was_typed(store: Store) -> None:
    there = a_child_in_oversight(store, opened_on=JUDGED)
    a_discussion(
        store, there.episode_id, there.child_id, "B", meeting_date=JUDGED, areas_gone_to=["A house on Made-Up Street"]
    )  # fmt: skip
    kept = lock(an_account(store, "partnership_lead"))
    for text in in_all_files(kept)[:2]:
        assert "Street" not in text
    assert "A place the area has not approved for sharing" in as_document(kept)
