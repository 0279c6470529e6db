"""A child's referral to the national referral mechanism: its stage follows, its dates stand in order, the clock runs."""

from __future__ import annotations

import datetime
import itertools

import pytest

from data import clock
from data.child import national_referrals
from data.child.national_referrals import (
    STAGE,
    nrm_decided_by,
    oversee_nrm,
    read_nrm,
    save_nrm,
    waiting_in_words,
)
from data.database.engine import Clash
from data.database.records import NRM as NRM_TABLE
from data.database.store import Store
from data.refusal import NotFilledIn, Problems, Refused
from data.ways.ways_beside import NRM_WAY
from forms.codes import NRM_STAGES
from forms.nrm import FIRST_RESPONDERS, NRM, stage
from forms.places import AREAS
from tests.concern.typed import NRM_AT, an_nrm_at, an_nrm_moved, days_ago
from tests.factories import a_child, an_account, an_nrm, the_operator

STAGE_OF = {
    # required, submitted, reasonable, conclusive
    (False, False, None, None): "not_applicable",
    (True, False, None, None): "needs_referral",
    (False, True, None, None): "referred",
    (True, True, None, None): "referred",
    (True, True, "positive", None): "positive_reasonable",
    (True, True, "negative", None): "negative",
    (True, True, "positive", "positive"): "conclusive",
    (True, True, "positive", "negative"): "negative",
    (True, True, "negative", "positive"): "conclusive",
    (True, True, None, "negative"): "negative",
    (True, False, "positive", None): "positive_reasonable",
}


def recorded(required: bool, submitted: bool, reasonable: str | None, conclusive: str | None) -> dict:
    return {
        "is_required": required, "submitted_on": datetime.date(2026, 1, 5) if submitted else None,
        "reasonable_grounds": reasonable, "conclusive_grounds": conclusive,
    }  # fmt: skip


def test_the_stage_follows_from_the_decisions_else_from_what_was_submitted_or_required() -> None:
    assert {case: stage(recorded(*case)) for case in STAGE_OF} == STAGE_OF
    assert set(STAGE_OF.values()) == dict(NRM_STAGES).keys()


def test_lists_and_records_agree_on_the_stage_in_every_case(store: Store) -> None:
    grounds = (None, "positive", "negative")
    child_id = a_child(store)
    for case in itertools.product((True, False), (True, False), grounds, grounds):
        an_nrm(store, child_id, **recorded(*case))
    with the_operator(store).reading() as work:
        rows = work.rows(f"SELECT n.*, {STAGE} AS in_sql FROM nrm n")
    assert len(rows) == 36
    assert all(row["in_sql"] == stage(row) for row in rows)


def test_every_first_responder_of_the_protocol_is_offered() -> None:
    offered = " ".join(words for _, words in FIRST_RESPONDERS)
    for named in ("Police", "Border Force", "Immigration Enforcement", "National Crime Agency", "Local authority",
                  "Gangmasters", "Salvation Army", "Migrant Help", "Medaille", "Kalayaan", "Barnardo", "Unseen",
                  "NSPCC", "BAWSO", "New Pathways", "Refugee Council"):  # fmt: skip
        assert named in offered


def test_every_area_says_who_decides(duckdb_store: Store) -> None:
    with an_account(duckdb_store).reading() as work:
        assert {nrm_decided_by(work, area) for area, _ in AREAS} == {"Single Competent Authority (national)"}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"submitted_on": on_tomorrow}, "must be today or in the past")
        for on_tomorrow in (days_ago(-1),)
    ]
    + [
        ({"first_responder": ""}, "Select the first responder organisation"),
        ({"is_required": "no"}, "Answer Yes, as the referral was submitted"),
        ({"is_required": ""}, "Answer whether the child needs to be referred"),
        ({"submitted_on": ""}, "a decision came after it"),
        ({"reasonable_grounds_on": days_ago(91)}, "on or after the day the referral was submitted"),
        ({"conclusive_grounds_on": days_ago(61)}, "on or after the day reasonable grounds were decided"),
        ({"conclusive_grounds_on": ""}, "Enter the date of the conclusive grounds decision"),
        ({"submitted_on": "yesterday"}, "must have a day, a month and a year"),
    ],
)  # fmt: skip
def test_a_wrong_answer_says_what_to_do_and_stores_nothing(
    duckdb_store: Store, changed: dict, says: str
) -> None:
    coordinator, child_id = an_account(duckdb_store, "coordinator"), a_child(duckdb_store)
    with pytest.raises(NotFilledIn, match=says):
        an_nrm_at(coordinator, child_id, "conclusive", **changed)
    assert oversee_nrm(coordinator).rows == ()


def test_a_stage_goes_back_only_with_a_reason_and_the_history_keeps_both(store: Store) -> None:
    coordinator, child_id = an_account(store, "coordinator"), a_child(store)
    nrm_id = an_nrm_at(coordinator, child_id, "negative")
    with pytest.raises(Problems, match="Enter the reason"):
        save_nrm(coordinator, child_id, nrm_id, NRM_AT["referred"], 1)
    save_nrm(coordinator, child_id, nrm_id, NRM_AT["referred"], 1, "Recorded for another child")
    with coordinator.reading() as work:
        first, second = work.rows("SELECT * FROM nrm_history WHERE nrm_id = $1 ORDER BY revision", [nrm_id])
    assert (stage(first), stage(second)) == ("negative", "referred")
    assert second["change_reason"] == "Recorded for another child"
    latest, _ = read_nrm(coordinator, child_id, nrm_id).history
    assert (latest.why, latest.changed[-1]) == (
        "Recorded for another child",
        ("State", "Negative", "Referred"),
    )
    with pytest.raises(Clash):
        save_nrm(coordinator, child_id, nrm_id, NRM_AT["referred"], 1)


def test_every_move_of_the_stages_is_made_and_its_audit_word_written(duckdb_store: Store) -> None:
    coordinator, child_id = an_account(duckdb_store, "coordinator"), a_child(duckdb_store)
    for move in NRM_WAY.moves:
        nrm_id = an_nrm_moved(coordinator, child_id, move.start, move.end)
        with coordinator.reading() as work:
            assert stage(work.current(NRM_TABLE, nrm_id) or {}) == move.end
            last = work.value(
                "SELECT action FROM audit WHERE record_id = $1 ORDER BY seq DESC LIMIT 1", [nrm_id]
            )
        assert last == move.audit


def test_the_clock_says_for_what_and_since_when() -> None:
    since = clock.today() - datetime.timedelta(days=13)
    waiting = {"submitted_on": since, "is_required": True}
    assert waiting_in_words(waiting).startswith("Waiting for reasonable grounds since ")
    assert waiting_in_words(waiting).endswith(", 13 days")
    reasonable = {**waiting, "reasonable_grounds": "positive", "reasonable_grounds_on": clock.today()}
    assert "Waiting for conclusive grounds since" in waiting_in_words(reasonable)
    assert "not recorded" in waiting_in_words({**reasonable, "reasonable_grounds_on": None})
    for done in ({"is_required": True}, {**reasonable, "conclusive_grounds": "negative"}):
        assert waiting_in_words(done) == ""


def test_the_meeting_sees_its_own_areas_referrals_a_page_at_a_time_those_that_wait_longest_first(
    store: Store,
) -> None:
    coordinator = an_account(store, "coordinator")
    a_child_of_wirral = a_child(store, area="wirral")
    an_nrm(store, a_child_of_wirral, submitted_on=clock.today())
    for days in range(28):
        child_id = a_child(store, name=f"Child {days:02}")
        an_nrm(store, child_id, submitted_on=clock.today() - datetime.timedelta(days=days))
    an_nrm(store, a_child(store, name="Decided"), submitted_on=clock.today(), conclusive_grounds="positive")
    first = oversee_nrm(coordinator)
    assert first.counts == {"referred": 28, "conclusive": 1}
    assert [row["name"] for row in first.rows][:2] == ["Child 27", "Child 26"]
    assert (len(first.rows), first.more) == (25, True)
    assert [row["name"] for row in oversee_nrm(coordinator, page=1).rows][-1] == "Decided"
    assert [row["name"] for row in oversee_nrm(coordinator, "conclusive").rows] == ["Decided"]


SEES, WRITES = "own coordinator manager operator", "coordinator operator"
OVERSEES = "coordinator manager elsewhere operator"


def test_who_may_read_record_and_oversee(store: Store) -> None:
    own = an_account(store)
    child_id = a_child(store, linked_to=own)
    people = {
        "own": own, "other": an_account(store), "coordinator": an_account(store, "coordinator"),
        "manager": an_account(store, "manager"), "elsewhere": an_account(store, "coordinator", area="wirral"),
        "lead": an_account(store, "partnership_lead"), "administrator": an_account(store, "administrator"),
        "member": an_account(store, "meeting_member"), "operator": the_operator(store),
    }  # fmt: skip
    nrm_id = an_nrm_at(
        people["coordinator"], child_id, "referred", investigation="Zzyzx", court_outcome="Zzyzx"
    )

    def allowed(call) -> str:
        may = []
        for name, actor in people.items():
            try:
                call(actor)
            except Refused:
                continue
            may.append(name)
        return " ".join(may)

    assert allowed(lambda a: read_nrm(a, child_id, nrm_id)) == SEES
    assert allowed(lambda a: an_nrm_at(a, child_id, "referred")) == WRITES
    assert allowed(lambda a: oversee_nrm(a)) == OVERSEES
    assert "Zzyzx" not in repr(read_nrm(own, child_id, nrm_id))
    assert read_nrm(own, child_id, nrm_id).hidden
    assert read_nrm(people["manager"], child_id, nrm_id).record["investigation"] == "Zzyzx"
    assert "Zzyzx" not in repr(oversee_nrm(people["manager"]))
    with own.reading() as work:
        assert "Zzyzx" not in repr(national_referrals.nrm_of_child(work, child_id))


def test_a_referral_is_found_with_its_own_child_only(duckdb_store: Store) -> None:
    coordinator = an_account(duckdb_store, "coordinator")
    nrm_id = an_nrm_at(coordinator, a_child(duckdb_store), "referred")
    another = a_child(duckdb_store)
    for call in (
        lambda: read_nrm(coordinator, another, nrm_id),
        lambda: save_nrm(coordinator, another, nrm_id, NRM_AT["referred"], 1),
        lambda: read_nrm(coordinator, another, "Zzyzx"),
    ):
        with pytest.raises(Problems, match="cannot be found"):
            call()
    with coordinator.reading() as work:
        assert "Zzyzx" not in repr(work.rows("SELECT * FROM audit"))


def test_every_stage_has_its_owner_and_its_words() -> None:
    assert [(s.key, s.words) for s in NRM_WAY.states] == list(NRM_STAGES)
    assert {s.owner for s in NRM_WAY.states} == {"coordinator"}
    assert NRM.is_record
