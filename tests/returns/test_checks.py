"""What the coordinator puts right before the lock: by name, with what to do, gone when it is done; and odd changes."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from data.database.records import DISCUSSION, EPISODE, NRM
from data.database.schema import form_table
from data.database.store import Store
from data.refusal import Refused
from data.returns.return_excel import in_workbook
from data.returns.returns import draft_return
from data.to_put_right import WHAT_TO_DO, to_put_right, what_to_do
from forms.child import CHILD
from tests.cohort.cohorts import on_that_day
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
    closed = a_child_in_oversight(store, None, opened_on=JUDGED, name="Fay Made-Up")
    save(store, DISCUSSION, discussion_id=closed.discussion_id, assessment_date=JUDGED)
    save(store, EPISODE, episode_id=closed.episode_id, closed_on=JUDGED, closure_reason="risk_reduced")
    nrm = an_nrm(store, there.child_id, submitted_on=JUDGED)
    coordinator = an_account(store, "coordinator")

    def listed() -> list[tuple[str, int]]:
        return [(one.name, one.measure) for one in to_put_right(coordinator, QUARTER, "liverpool")]

    expected = [
        ("Ada Made-Up", 1), ("Bo Made-Up", 1), ("Dee Made-Up", 2), ("Cem Made-Up", 4), ("Eli Made-Up", 5), ("Fay Made-Up", 5),
        ("Eli Made-Up", 6), ("Ada Made-Up", 10),
    ]  # fmt: skip
    assert sorted(listed(), key=lambda one: (one[1], one[0])) == expected
    assert {one.what_to_do for one in to_put_right(coordinator, QUARTER, "liverpool")} == {
        what_to_do(*place, QUARTER) for place in WHAT_TO_DO
    }
    missing = {
        (m.measure, m.breakdown) for m in draft_return(coordinator, QUARTER).missing if m.area == "Liverpool"
    }
    assert missing == set(WHAT_TO_DO)

    save(store, DISCUSSION, discussion_id=closed.discussion_id, judgement="C")
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


def test_what_no_meeting_can_do_any_more_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """An agenda changes a quarter that is not over; of one that is over only what had been judged by then can be entered."""
    for day, is_agenda in ((QUARTER.last, True), (date(2026, 7, 1), False)):
        on_that_day(monkeypatch, day)
        assert ("agenda" in what_to_do(2, "judgement=missing", QUARTER)) == is_agenda


@pytest.mark.parametrize("reason", ["risk_reduced", "moved"])
def test_a_closure_without_a_discussion_is_listed_and_said_beside_measure_5(
    store: Store, reason: str
) -> None:
    """C38: on the screen by the list, and by the check in every file that holds the checks."""
    child = a_child(store, "Gus Made-Up")
    an_episode(store, child, opened_on=JUDGED, closed_on=date(2026, 5, 9), closure_reason=reason)
    coordinator = an_account(store, "coordinator")
    [one] = to_put_right(coordinator, QUARTER, "liverpool")
    assert (one.name, one.measure, one.label) == (
        "Gus Made-Up",
        5,
        "episodes closed, for whatever reason, without a discussion at a meeting",
    )
    drafted = draft_return(coordinator, QUARTER)
    assert drafted.values()["Liverpool", 5, "total"] == (reason == "risk_reduced")
    said = [check.sentence for check in drafted.checks if (check.area, check.measure) == ("Liverpool", 5)]
    assert any("without a discussion at a meeting: 1." in sentence for sentence in said)
    book = load_workbook(io.BytesIO(in_workbook(drafted)))
    assert any(
        "without a discussion at a meeting: 1." in str(cell.value) for row in book["Notes"] for cell in row
    )


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
