"""A record is due when nothing has happened in it for the partnership's period: by any table, and by one rule for the page
and for the deletion."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from dateutil.relativedelta import relativedelta

from data import clock
from data.actor import Actor
from data.answers.drafts import save_answer, start_draft
from data.child.kept import (
    LEARNED,
    NO_HAPPENING,
    NOTHING_HAPPENED,
    Retention,
    retention_now,
)
from data.child.own_tables import own_tables
from data.database.records import ACTION, FLAG, MISSING_EPISODE, SCORING
from data.database.schema import EXTERNAL_REFERENCE
from data.database.store import Store
from data.database.table import HISTORY, Table
from data.refusal import Problems
from data.rights import deletion, retention
from forms.screening import SCREENING
from tests.factories import (
    MADE,
    _save,
    a_child,
    a_period_is_set,
    a_referral,
    an_account,
    an_episode,
    an_nrm,
    long_ago,
    the_operator,
)
from tests.filled_in import a_sent_screening
from tests.import_.cohorts import ONE_CHILD, bring_deciding

BORN, CLOSED = clock.today() - relativedelta(years=16), datetime.date(2018, 5, 1)


def a_child_closed_in_2018(store: Store) -> str:
    with long_ago(CLOSED):
        child_id = a_child(store, born=BORN)
        an_episode(store, child_id, opened_on=CLOSED, closed_on=CLOSED, closure_reason="risk_reduced")
    return child_id


def retention_of(store: Store, child_id: str) -> Retention:
    with the_operator(store).reading() as work:
        return retention_now(work, child_id)


def test_a_record_is_due_once_nothing_has_happened_for_the_period(store: Store) -> None:
    a_period_is_set(store, 6)
    said = retention_of(store, a_child_closed_in_2018(store)).as_text()
    assert said == "The record was due for review or deletion on 1 May 2024."


def test_without_a_period_nothing_can_be_deleted_and_the_page_says_so(store: Store) -> None:
    coordinator, child_id = an_account(store, "coordinator"), a_child_closed_in_2018(store)
    kept = retention.retention_of(coordinator, child_id)
    assert (kept.due_on, kept.may_be_deleted) == (None, False)
    with pytest.raises(Problems) as refused:
        deletion.ask(coordinator, child_id, "Tidied away")
    assert str(refused.value) == kept.why_kept
    assert "the partnership has not set how long records are kept" in str(refused.value)


def _screened(store: Store, by: Actor, child_id: str) -> None:
    a_sent_screening(by, child_id)


def _typed(store: Store, by: Actor, child_id: str) -> None:
    save_answer(by, start_draft(by, SCREENING, child_id), "changes_observed", "Words")


HAPPENED_TODAY: dict[str, Callable[[Store, Actor, str], object]] = {
    "a screening": _screened,
    "a draft": _typed,
    "a referral that was declined": lambda s, _, c: a_referral(s, c, state="declined"),
    "a missing episode": lambda s, _, c: _save(
        s, MISSING_EPISODE, {"child_id": c, "from_on": clock.today(), "until_on": clock.today()}
    ),
    "a decision of the NRM": lambda s, _, c: an_nrm(
        s, c, submitted_on=CLOSED, conclusive_grounds="positive", conclusive_grounds_on=clock.today()
    ),
    "an action that was completed": lambda s, _, c: _save(
        s, ACTION, {"child_id": c, "state": "completed", "closed_on": clock.today()}
    ),
    "a flag that was taken off": lambda s, _, c: _save(
        s, FLAG, {"about": "child", "about_id": c, "state": "taken_off", "removed_on": clock.today()}
    ),
    "a score": lambda s, _, c: _save(s, SCORING, {"child_id": c, "scored_on": clock.today()}),
    "a correction of the child's details": lambda s, _, c: _save(
        s, next(t for t, _ in own_tables() if t.name == "child"), {"record_id": c, "school": "Another"}
    ),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("what", HAPPENED_TODAY)
def test_whatever_happened_since_the_closing_keeps_the_record(store: Store, what: str) -> None:
    coordinator = an_account(store, "coordinator")
    a_period_is_set(store, 6)
    child_id = a_child_closed_in_2018(store)
    assert retention_of(store, child_id).may_be_deleted
    HAPPENED_TODAY[what](store, coordinator, child_id)
    kept = retention_of(store, child_id)
    assert (kept.due_on, kept.still_open) == (clock.today() + relativedelta(years=6), ())
    with pytest.raises(Problems, match="cannot be deleted now"):
        deletion.ask(coordinator, child_id, "Too early")


OPEN_SINCE_LONG_AGO: dict[str, Callable[[Store, str], object]] = {
    "the meeting’s oversight": lambda s, c: an_episode(s, c, opened_on=CLOSED),
    "a referral": lambda s, c: a_referral(s, c, state="submitted", received_on=CLOSED),
    "an action": lambda s, c: _save(s, ACTION, {"child_id": c, "state": "ongoing", "due_on": CLOSED}),
    "a flag": lambda s, c: _save(
        s, FLAG, {"about": "child", "about_id": c, "state": "placed", "placed_on": CLOSED}
    ),
    "a decision of the national referral mechanism": lambda s, c: an_nrm(s, c, submitted_on=CLOSED),
    "an episode of being missing": lambda s, c: _save(s, MISSING_EPISODE, {"child_id": c, "from_on": CLOSED}),
}


@pytest.mark.parametrize("what", OPEN_SINCE_LONG_AGO)
def test_what_is_still_open_keeps_the_record_however_old_it_is(store: Store, what: str) -> None:
    a_period_is_set(store, 6)
    child_id = a_child_closed_in_2018(store)
    with long_ago(CLOSED):
        OPEN_SINCE_LONG_AGO[what](store, child_id)
    kept = retention_of(store, child_id)
    assert (kept.still_open, kept.due_on, kept.may_be_deleted) == ((what,), None, False)
    assert f"Still open: {what}." in str(kept.why_kept)


def _counted() -> list[tuple[Table, str, str]]:
    """Every table and column of a child's by which something may have happened."""
    return [
        (table, column, name)
        for table, column in own_tables()
        if column in ("child_id", "about_id")
        and not table.name.endswith(HISTORY)
        and table.name not in NOTHING_HAPPENED
        for name, kind in table.columns.items()
        if kind in ("date", "timestamptz") and name not in NO_HAPPENING
    ]


def test_a_date_of_today_in_any_column_of_any_table_keeps_the_record(store: Store) -> None:
    """Found from the schema, so that a table or a column that is added is among them."""
    a_period_is_set(store, 6)
    child_id, operator = a_child_closed_in_2018(store), the_operator(store)
    counted = _counted()
    assert len(counted) > 60
    ended = {"state": "completed", "closed_on": CLOSED, "until_on": CLOSED, "conclusive_grounds": "negative"}
    ended |= {"revision": 1}
    for table, column, name in counted:
        row = dict.fromkeys(table.columns) | {key: "x" for key in table.key}
        row |= {key: value for key, value in ended.items() if key in table.columns}
        row |= {column: child_id, name: clock.now() if "timestamp" in table.columns[name] else clock.today()}
        with store.writing() as transaction:
            transaction.connection.run(f"DELETE FROM {table.name} WHERE {table.key[0]} = 'x'")
            if "area" in table.columns:
                row["area"] = "liverpool"
            transaction.connection.insert(table.name, row)
        with operator.reading() as work:
            kept = retention_now(work, child_id)
        assert kept.last_day == clock.today(), (table.name, name)
        with store.writing() as transaction:
            transaction.connection.run(
                f"DELETE FROM {table.name} WHERE {column} = $1 AND {table.key[0]} = $2",
                [child_id, row[table.key[0]]],
            )


@pytest.mark.parametrize("made_record", [True, False, None])
def test_the_day_of_an_import_is_no_day_on_which_anything_happened_and_what_a_person_recorded_is(
    store: Store, made_record: bool | None
) -> None:
    """Of rows that were brought in before it was kept, nobody can tell: the record is then kept for longer."""
    a_period_is_set(store, 6)
    child_id = a_child(store)
    an_episode(store, child_id, episode_id="old", opened_on=CLOSED, closed_on=CLOSED)
    assert retention_of(store, child_id).last_day == clock.today()
    with the_operator(store).writing() as work:
        for sheet, record_id in (("children", child_id), ("episodes", "old")):
            brought = {"partnership": "pan_merseyside", "sheet": sheet, "reference": "1"}
            brought |= {"record_id": record_id, "made_record": made_record}
            work.add(EXTERNAL_REFERENCE, brought, MADE)
    assert retention_of(store, child_id).last_day == (CLOSED if made_record else clock.today())
    assert set(LEARNED) == {"recorded_at", "submitted_on"}


def test_of_each_row_it_is_kept_whether_the_file_made_the_record(store: Store, tmp_path: Path) -> None:
    known = ONE_CHILD["children"][0]
    born = datetime.date.fromisoformat(known["date_of_birth"])
    a_child(store, name=known["name"], born=born, nhs_number="9990000018", lcs_number="100200")
    bring_deciding(
        store, {name: ONE_CHILD[name] for name in ("children", "referrals", "episodes")}, tmp_path / "book"
    )
    with store.reading() as connection:
        made = connection.rows("SELECT sheet, made_record FROM external_reference ORDER BY sheet")
    assert made == [
        {"sheet": "children", "made_record": False},
        {"sheet": "episodes", "made_record": True},
        {"sheet": "referrals", "made_record": True},
    ]


def test_a_child_of_whom_nothing_has_a_day_is_kept_from_the_day_of_the_import(
    store: Store, tmp_path: Path
) -> None:
    a_period_is_set(store, 6)
    with long_ago(CLOSED):
        bring_deciding(store, {"children": ONE_CHILD["children"]}, tmp_path / "book")
    with the_operator(store).reading() as work:
        (child_id,) = work.values("SELECT child_id FROM child")
    kept = retention_of(store, child_id)
    assert (kept.last_day, kept.may_be_deleted) == (CLOSED, True)
