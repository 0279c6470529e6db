"""What the coordinator puts right before the lock: by name, with what to do, gone when it is done; and odd changes."""

from __future__ import annotations

from datetime import date

import pytest

from data.database.records import DISCUSSION, EPISODE, NRM
from data.database.schema import form_table
from data.database.store import Store
from data.refusal import Refused
from data.returns.returns import draft_return
from data.to_put_right import WHAT_TO_DO, to_put_right
from forms.child import CHILD
from tests.factories import (
    MADE,
    a_child,
    a_child_in_oversight,
    a_discussion,
    an_account,
    an_episode,
    an_nrm,
    the_operator,
)
from tests.returns.made import QUARTER

JUDGED = date(2026, 5, 1)


def save(store: Store, table: object, **record: object) -> None:
    with the_operator(store).writing() as work:
        work.save(table, record, MADE)  # type: ignore[arg-type]


def test_each_record_is_listed_by_name_with_what_to_do_and_is_gone_when_put_right(store: Store) -> None:
    there = a_child_in_oversight(store, opened_on=JUDGED, name="Ada Made-Up")
    save(store, DISCUSSION, discussion_id=there.discussion_id, assessment_date=JUDGED)
    undated = a_discussion(store, there.episode_id, there.child_id, meeting_date=date(2026, 5, 8))
    unkind = a_child_in_oversight(store, opened_on=JUDGED, name="Bo Made-Up")
    save(store, DISCUSSION, discussion_id=unkind.discussion_id, assessment_date=JUDGED, kind=None)
    unborn = a_child_in_oversight(store, opened_on=JUDGED, name="Cem Made-Up")
    save(store, DISCUSSION, discussion_id=unborn.discussion_id, assessment_date=JUDGED)
    save(store, form_table(CHILD), record_id=unborn.child_id, date_of_birth=None)
    unjudged = an_episode(store, a_child(store, "Dee Made-Up"), opened_on=JUDGED)
    grown = an_episode(store, a_child(store, "Eli Made-Up"), opened_on=JUDGED)
    save(store, EPISODE, episode_id=grown, closed_on=JUDGED, closure_reason="turned_18")
    nrm = an_nrm(store, there.child_id, submitted_on=JUDGED)
    coordinator = an_account(store, "coordinator")

    def listed() -> list[tuple[str, int]]:
        return [(one.name, one.measure) for one in to_put_right(coordinator, QUARTER, "liverpool")]

    expected = [
        ("Ada Made-Up", 1), ("Bo Made-Up", 1), ("Dee Made-Up", 2), ("Cem Made-Up", 4), ("Eli Made-Up", 6), ("Ada Made-Up", 10),
    ]  # fmt: skip
    assert sorted(listed(), key=lambda one: (one[1], one[0])) == expected
    assert {one.what_to_do for one in to_put_right(coordinator, QUARTER, "liverpool")} == set(
        WHAT_TO_DO.values()
    )
    missing = {
        (m.measure, m.breakdown) for m in draft_return(coordinator, QUARTER).missing if m.area == "Liverpool"
    }
    assert missing == set(WHAT_TO_DO)

    save(store, DISCUSSION, discussion_id=undated, assessment_date=JUDGED)
    save(store, DISCUSSION, discussion_id=unkind.discussion_id, kind="both")
    save(store, form_table(CHILD), record_id=unborn.child_id, date_of_birth=date(2012, 5, 1))
    with the_operator(store).reading() as work:
        children = {
            e: work.value("SELECT child_id FROM episode WHERE episode_id = $1", [e])
            for e in (unjudged, grown)
        }
    for episode, child in children.items():
        a_discussion(store, episode, child, "C", meeting_date=JUDGED, assessment_date=JUDGED)
    save(store, NRM, nrm_id=nrm, multi_agency=False)
    assert listed() == []


@pytest.mark.parametrize(
    ("role", "area"), [("manager", "liverpool"), ("partnership_lead", "liverpool"), ("coordinator", "wirral")]
)
def test_nobody_else_reads_the_names(duckdb_store: Store, role: str, area: str) -> None:
    with pytest.raises(Refused):
        to_put_right(an_account(duckdb_store, role, area), QUARTER, "liverpool")


def test_a_change_against_the_last_quarter_is_pointed_at_when_chance_would_hardly_make_it(
    store: Store,
) -> None:
    for _ in range(11):
        a_child_in_oversight(store, opened_on=JUDGED)
    checks = draft_return(an_account(store, "manager"), QUARTER).checks
    pointed = [check for check in checks if not check.holds]
    assert [(c.area, c.measure) for c in pointed] == [("Liverpool", 2), ("Total", 2)]
    assert pointed[0].sentence == (
        "11 now, 0 in 2025-26 Q4: a greater change than chance gives. Check the records."
    )
