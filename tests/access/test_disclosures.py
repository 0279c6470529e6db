"""Information passed on outside the tool: kept with its ground, read and printed with the child's record, listed for the area."""

from __future__ import annotations

import io

import docx
import pytest

from data.actor import Actor
from data.answers import documents, drafts, submissions
from data.answers.submissions import NotReady, read_submission
from data.child import disclosures
from data.database.store import Store
from data.refusal import Problems, Refused
from data.scores import scorings
from forms.disclosure import DISCLOSURE, TACTICAL_MEETING
from tests.factories import a_child, an_account, the_operator
from tests.filled_in import a_sent_tracker, checked, fill, sent

SHARED = {
    "decision": "shared", "decided_on": "1 9 2026", "what": "That the child is missing", "to_organisation": "Made-Up Rail",
    "why": "So that staff look out", "permission": "given", "data_owner": "Police, Sergeant Example",
    "lawful_basis": "vital_interests", "necessary_and_proportionate": "A name and a picture only",
    "method": "telephone", "kept_secure": "Told to one person, who wrote nothing down",
}  # fmt: skip
NOT_SHARED = {
    "decision": "not_shared", "decided_on": "2 9 2026", "what": "The child's address", "to_organisation": "Made-Up Housing",
    "why_not": "It was not needed to keep the child safe",
}  # fmt: skip


def test_what_was_shared_is_kept_with_its_ground_and_prints(store: Store) -> None:
    worker = an_account(store, name="Sam Example")
    child_id = a_child(store, linked_to=worker)
    record_id = sent(worker, DISCLOSURE, child_id, SHARED)
    read = read_submission(an_account(store, "manager"), "disclosure", record_id)
    assert read.recorded_by == "Sam Example"
    assert {key: read.answers[key] for key in ("what", "lawful_basis", "permission", "method")} == {
        "what": "That the child is missing", "lawful_basis": "vital_interests", "permission": "given",
        "method": "telephone",
    }  # fmt: skip
    file = docx.Document(io.BytesIO(documents.submission_as_word(worker, "disclosure", record_id)))
    printed = " ".join(cell.text for table in file.tables for row in table.rows for cell in row.cells)
    for words in (
        "That the child is missing",
        "Made-Up Rail",
        "Vital interests",
        "A name and a picture only",
    ):
        assert words in printed


@pytest.mark.parametrize("key", [key for key in SHARED if key not in ("data_owner", "decision")])
def test_nothing_is_kept_without_its_ground(duckdb_store: Store, key: str) -> None:
    worker = an_account(duckdb_store)
    child_id = a_child(duckdb_store, linked_to=worker)
    with pytest.raises(NotReady) as not_ready:
        sent(worker, DISCLOSURE, child_id, {**SHARED, key: ""})
    assert [problem.key for problem in not_ready.value.problems] == [key]


def test_a_decision_not_to_share_needs_its_reason_and_nothing_of_a_sharing(store: Store) -> None:
    worker = an_account(store)
    child_id = a_child(store, linked_to=worker)
    with pytest.raises(NotReady) as not_ready:
        sent(worker, DISCLOSURE, child_id, {**NOT_SHARED, "why_not": ""})
    assert [p.sentence for p in not_ready.value.problems] == ["Enter why it was decided not to share"]
    assert sent(worker, DISCLOSURE, child_id, NOT_SHARED)


def test_the_area_lists_them_latest_first_and_other_areas_do_not(store: Store) -> None:
    worker = an_account(store, name="Sam Example")
    child_id = a_child(store, name="Ash Made-Up", linked_to=worker)
    for typed in (SHARED, NOT_SHARED):
        sent(worker, DISCLOSURE, child_id, typed)
    for role in ("coordinator", "manager"):
        rows, more = disclosures.disclosures(an_account(store, role))
        assert [(r["name"], r["decision"], r["to_organisation"], r["who"]) for r in rows] == [
            ("Ash Made-Up", "not_shared", "Made-Up Housing", "Sam Example"),
            ("Ash Made-Up", "shared", "Made-Up Rail", "Sam Example"),
        ]
        assert not more
        assert disclosures.disclosures(an_account(store, role, "wirral")) == ([], False)


def test_sheffields_sharing_of_a_child_in_the_red_band_begins_filled_in(store: Store) -> None:
    worker = an_account(store, area="sheffield")
    calm, red, elsewhere = (
        a_child(store, area="sheffield", linked_to=worker),
        a_child(store, area="sheffield", linked_to=worker),
        a_child(store, linked_to=worker),
    )
    for child_id in (red, elsewhere):
        make_red(store, child_id, a_sent_tracker(worker, child_id))
    a_sent_tracker(worker, calm)
    offered = [disclosures.usual_for(worker, child_id) for child_id in (calm, red, elsewhere)]
    assert offered == [(), (TACTICAL_MEETING,), ()]
    draft_id = disclosures.start_usual(worker, red, "tactical_meeting")
    assert disclosures.start_usual(worker, red, "tactical_meeting") == draft_id
    assert (
        drafts.read_draft(worker, draft_id).typed["to_organisation"]
        == "Vulnerable Young Persons Tactical Meeting"
    )
    missing = {problem.key for problem in checked(worker, draft_id).problems}
    assert missing == {"decided_on", "permission", "necessary_and_proportionate", "kept_secure"}
    for child_id in (calm, elsewhere):
        with pytest.raises(Problems):
            disclosures.start_usual(worker, child_id, "tactical_meeting")
    with pytest.raises(Refused):
        disclosures.start_usual(an_account(store, "manager", "sheffield"), red, "tactical_meeting")


def make_red(store: Store, child_id: str, scoring_id: str) -> None:
    with the_operator(store).reading() as work:
        area = work.value("SELECT area FROM child WHERE child_id = $1", [child_id])
    scorings.override(an_account(store, "coordinator", area), scoring_id, "high", "Made-up reason")


def test_who_only_reads_passes_nothing_on(duckdb_store: Store) -> None:
    child_id = a_child(duckdb_store)
    for reader in (an_account(duckdb_store, "manager"), an_account(duckdb_store)):
        with pytest.raises(Refused):
            drafts.start_draft(reader, DISCLOSURE, child_id)


def test_it_is_written_and_corrected_as_every_form_is(store: Store) -> None:
    worker = an_account(store)
    child_id = a_child(store, linked_to=worker)
    record_id = sent(worker, DISCLOSURE, child_id, SHARED)
    draft_id = drafts.start_draft(worker, DISCLOSURE, child_id, corrects=record_id)
    fill(worker, draft_id, {"what": "That the child is missing, and since when"})
    submissions.submit(worker, draft_id, why="A fact was left out")
    assert words(worker, record_id, 1) == "That the child is missing"
    assert words(worker, record_id, 2) == "That the child is missing, and since when"


def words(actor: Actor, record_id: str, revision: int) -> str:
    return str(read_submission(actor, "disclosure", record_id, revision).answers["what"])
