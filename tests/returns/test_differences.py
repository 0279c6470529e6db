"""Why a locked return would read otherwise now: the explanation lists exactly what was changed since, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from data.database.records import CONCERN, DISCUSSION, EPISODE, NRM, REFERRAL
from data.database.schema import form_table
from data.database.store import Store
from data.database.table import RecordTable
from data.measures import closures, reckoning
from data.measures.themes import PLACE_NOT_APPROVED, SIGNS, context_label
from data.refusal import Problems, Refused
from data.returns import return_lock
from data.returns.return_differences import CORRECTION, DEFINITION, LATE, MOVED, Explanation, explain
from data.returns.theme_differences import SCREENING
from forms.child import CHILD
from forms.codes import CONTEXTS
from tests.cohort.cohorts import a_place
from tests.factories import (
    MADE,
    Oversight,
    a_child,
    a_child_in_oversight,
    a_discussion,
    a_referral,
    a_submission,
    an_account,
    an_episode,
    an_nrm,
    the_operator,
)
from tests.returns.made import QUARTER, lock

JUDGED = date(2026, 5, 1)


def amend(store: Store, table: RecordTable, record_id: str, **changes: Any) -> None:
    with the_operator(store).writing() as work:
        work.save(table, {table.id_column: record_id, **changes}, MADE, why="A made-up mistake")


@pytest.fixture
def there(store: Store) -> Oversight:
    for name in ("Ada", "Bo", "Cem"):
        made = a_child_in_oversight(store, opened_on=JUDGED, name=f"{name} Made-Up", ethnicity="WBRI")
    a_child_in_oversight(store, "C", "sefton", JUDGED, name="Dee Made-Up")
    lock(an_account(store, "partnership_lead"))
    return made


def listed(explained: Explanation) -> set[tuple[str, str, str | None, tuple[int, ...]]]:
    """Kind, record, child, measures."""
    return {
        (c.kind, c.record, c.name, tuple(sorted({m for _, m in c.counted_in}))) for c in explained.changes
    }


def test_nothing_differs_while_nothing_changed(store: Store, there: Oversight) -> None:
    explained = explain(an_account(store, "coordinator"), QUARTER)
    assert (explained.differences, explained.changes) == ((), ())


Do = Callable[[Store, Oversight], object]


@pytest.mark.parametrize(
    ("do", "expected"),
    [
        (  # a judgement put right: C instead of B
            lambda s, t: amend(s, DISCUSSION, t.discussion_id, judgement="C"),
            {(CORRECTION, "discussion", "Cem Made-Up", (2, 4))},
        ),
        (  # a meeting of the quarter minuted late
            lambda s, t: a_discussion(
                s, t.episode_id, t.child_id, "E", meeting_date=date(2026, 6, 2), assessment_date=date(2026, 6, 1)
            ),
            {(LATE, "discussion", "Cem Made-Up", (1, 2, 4))},
        ),
        (  # an episode closed late
            lambda s, t: amend(s, EPISODE, t.episode_id, closed_on=date(2026, 6, 9), closure_reason="risk_reduced"),
            {(CORRECTION, "episode", "Cem Made-Up", (2, 4, 5))},
        ),
        (  # who the child is
            lambda s, t: amend(s, form_table(CHILD), t.child_id, ethnicity="BAFR"),
            {(CORRECTION, "child", "Cem Made-Up", (4,))},
        ),
        (  # an NRM referral entered late
            lambda s, t: an_nrm(s, t.child_id, submitted_on=date(2026, 6, 30), multi_agency=True),
            {(LATE, "nrm", "Cem Made-Up", (10,))},
        ),
        # what belongs to the next quarter, or to nothing that is counted
        (lambda s, t: a_discussion(s, t.episode_id, t.child_id, "D", meeting_date=date(2026, 7, 1)), set()),
        (lambda s, t: amend(s, EPISODE, t.episode_id, closed_on=date(2026, 7, 1), closure_reason="moved"), set()),
        (lambda s, t: amend(s, form_table(CHILD), t.child_id, name="Cem Renamed"), set()),
        (lambda s, t: amend(s, REFERRAL, t.referral_id, decision_reason="Made-up words"), set()),
        (lambda s, t: amend(s, DISCUSSION, t.discussion_id), set()),  # saved again as it was
    ],
)  # fmt: skip
def test_exactly_the_change_that_was_made_is_listed(
    store: Store, there: Oversight, do: Do, expected: set[Any]
) -> None:
    do(store, there)
    explained = explain(an_account(store, "coordinator"), QUARTER)
    assert listed(explained) == expected
    assert bool(explained.differences) == bool(expected)
    if expected:
        assert {d.measure for d in explained.differences} == {
            m for *_, measures in expected for m in measures
        }


def test_several_changes_are_counted_by_area_and_measure(store: Store, there: Oversight) -> None:
    amend(store, DISCUSSION, there.discussion_id, judgement="C")
    late = a_child_in_oversight(store, "A", opened_on=JUDGED, name="Eli Made-Up")
    back = a_child(store, "Fay Made-Up", area="sefton")
    an_episode(
        store, back, "sefton", opened_on=date(2025, 9, 1), closed_on=date(2025, 12, 1), closure_reason="other"
    )
    a_referral(store, back, "sefton", received_on=date(2026, 4, 20))
    explained = explain(the_operator(store), QUARTER)
    assert listed(explained) == {
        (CORRECTION, "discussion", "Cem Made-Up", (2, 4)),
        # The episode and the discussion each count the child only together.
        (LATE, "episode", "Eli Made-Up", (2, 4)),
        (LATE, "discussion", "Eli Made-Up", (2, 4)),
        (LATE, "child", "Eli Made-Up", (4,)),
        (LATE, "episode", "Fay Made-Up", (8,)),
        (LATE, "referral", "Fay Made-Up", (8,)),
    }
    assert late.child_id in {c.child_id for c in explained.changes}
    assert explained.how_many("Liverpool", 2, LATE) == 2
    assert explained.how_many("Liverpool", 2, CORRECTION) == 1
    assert explained.how_many("Sefton", 8, LATE) == 2
    assert explained.how_many("Sefton", 2, LATE) == 0
    whole = {(d.area, d.measure): (d.locked, d.now) for d in explained.differences if d.breakdown == "total"}
    assert whole == {
        ("Liverpool", 2): (3, 4), ("Total", 2): (4, 5), ("Sefton", 8): (0, 1), ("Total", 8): (0, 1)
    }  # fmt: skip


def test_a_changed_definition_is_told_apart_from_changed_records(
    store: Store, there: Oversight, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_episode(store, a_child(store), opened_on=JUDGED, closed_on=JUDGED, closure_reason="risk_reduced")
    lead = an_account(store, "partnership_lead")
    return_lock.begin_correction(lead, QUARTER, "An episode came late")
    lock(lead)
    monkeypatch.setattr(
        closures, "SOURCE", closures.SOURCE.replace("NOT is_open", "NOT is_open AND code > 0")
    )
    monkeypatch.setattr(reckoning, "DEFINITIONS", "2027-01")
    explained = explain(lead, QUARTER)
    assert explained.changes == ()
    assert {(d.area, d.measure, d.by_definitions, d.by_records) for d in explained.differences} == {
        ("Liverpool", 5, -1, 0), ("Total", 5, -1, 0)
    }  # fmt: skip
    assert explained.how_many("Liverpool", 5, DEFINITION) == 1
    assert (explained.locked.definitions, explained.definitions_now) == ("2026-11", "2027-01")


def test_the_lead_reads_how_many_and_never_who(store: Store, there: Oversight) -> None:
    amend(store, DISCUSSION, there.discussion_id, judgement="C")
    explained = explain(an_account(store, "partnership_lead"), QUARTER)
    assert explained.how_many("Liverpool", 2, CORRECTION) == 1
    assert "Cem" not in repr(explained)
    for secret in (there.child_id, there.discussion_id, "A made-up mistake"):
        assert secret not in repr(explained)


def test_each_area_is_told_of_its_own_children_only(store: Store, there: Oversight) -> None:
    amend(store, DISCUSSION, there.discussion_id, judgement="C")
    elsewhere = explain(an_account(store, "coordinator", "sefton"), QUARTER)
    assert (elsewhere.changes, elsewhere.differences) == ((), ())
    with pytest.raises(Refused):
        explain(an_account(store, "coordinator", "sefton"), QUARTER, ["liverpool"])
    for role in ("practitioner", "meeting_member", "administrator"):
        with pytest.raises(Refused):
            explain(an_account(store, role), QUARTER)


def test_a_draft_has_nothing_to_be_compared_with(duckdb_store: Store) -> None:
    with pytest.raises(Problems, match="not locked"):
        explain(an_account(duckdb_store, "partnership_lead"), QUARTER)


def test_a_child_who_moved_since_changes_no_figure_of_the_time_before(store: Store) -> None:
    child = a_child(store, "Gus Made-Up", area="liverpool")
    an_nrm(store, child, submitted_on=JUDGED)
    lock(an_account(store, "partnership_lead"))
    amend(
        store, form_table(CHILD), child, area="sefton"
    )  # moved since: the first area holds for the time before
    assert explain(the_operator(store), QUARTER).changes == ()
    with store.reading() as connection:
        (nrm,) = connection.values("SELECT nrm_id FROM nrm")
    amend(store, NRM, nrm, submitted_on=date(2026, 7, 2))
    assert listed(explain(the_operator(store), QUARTER)) == {(CORRECTION, "nrm", "Gus Made-Up", (10,))}
    told = explain(an_account(store, "coordinator"), QUARTER)
    assert listed(told) == {(CORRECTION, "nrm", MOVED, (10,))}
    assert "Gus" not in repr(told)


def test_themes_that_would_differ_are_explained_by_late_entries_and_corrections(
    store: Store, there: Oversight
) -> None:
    context, shop = CONTEXTS[0][0], a_place(store, there.child_id)
    screened = a_submission(store, "screening", there.child_id, submitted_on=JUDGED, strong_01="yes")
    lead = an_account(store, "partnership_lead")
    return_lock.begin_correction(lead, QUARTER, "Made-up")
    lock(lead)
    assert explain(lead, QUARTER).themes == ()
    a_discussion(
        store, there.episode_id, there.child_id, "B", meeting_date=date(2026, 6, 2), contexts=[context], areas_gone_to=["Elsewhere Made-Up"]
    )  # fmt: skip
    a_discussion(
        store, there.episode_id, there.child_id, "B", meeting_date=date(2025, 6, 2), contexts=[context]
    )
    amend(store, SCREENING, screened, strong_01="no", strong_02="yes")
    amend(store, CONCERN, shop, label_for_return="a takeaway", label_approved_on=JUDGED)
    a_discussion(
        store, there.episode_id, there.child_id, "B", meeting_date=date(2026, 7, 2), contexts=[context]
    )
    found = {
        (t.now.kind, t.now.label): (t.locked.this_quarter, t.now.this_quarter, t.now.mean_of_four_before, t.late, t.corrected)
        for t in explain(lead, QUARTER).themes
        if t.now.area == "Liverpool"
    }  # fmt: skip
    assert found == {
        ("context", context_label(context)): (0, 1, 0.25, 2, 0),
        ("place_gone_to", PLACE_NOT_APPROVED): (0, 1, 0.0, 1, 0),
        ("sign", SIGNS[0].label): (1, 0, 0.0, 0, 1),
        ("sign", SIGNS[1].label): (0, 1, 0.0, 0, 1),
        ("place_of_concern", PLACE_NOT_APPROVED): (1, 0, 0.0, 0, 1),
        ("place_of_concern", "a takeaway"): (0, 1, 0.0, 0, 1),
    }
