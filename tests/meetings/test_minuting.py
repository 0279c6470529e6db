"""At the meeting: one child at a time, minuted by two people at once, with what changed computed and nothing left out."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest

from data import clock
from data.actor import Actor
from data.answers import drafts
from data.answers.submissions import read_submission, submit
from data.child.children import read_child
from data.database.audit import Event
from data.database.engine import Connection
from data.database.records import ACTION, CHILD_LINK
from data.database.store import Store
from data.meeting import agency_answers, agendas, invitations, meeting_keeping, minuting
from data.meeting.since_last_time import Since, since_last_time
from data.refusal import Problems, Refused
from forms.kinds import FourState
from forms.screening import SCREENING
from tests.factories import (
    a_child,
    a_child_in_oversight,
    a_link,
    a_submission,
    an_account,
    an_episode,
    the_operator,
)
from tests.filled_in import a_decision, fill
from tests.meetings.made import a_meeting, quorum_signs
from tests.meetings.test_members_reach_the_agenda import Sitting
from tests.meetings.test_the_agenda import an_action, scored

TODAY = clock.today()
DAYS = datetime.timedelta
WHOLE = {"decision_reason": "Made-up reason"}


def opened_with_police(store: Store) -> tuple[Sitting, Actor]:
    sitting = Sitting(store)
    officer = an_account(store, "meeting_member", agency="police")
    invitations.invite(sitting.coordinator, sitting.meeting_id, [officer.account_id])
    sitting.moves("send papers")
    quorum_signs(sitting.coordinator, sitting.meeting_id)
    return sitting, officer


def test_no_child_is_opened_before_anybody_has_signed(store: Store) -> None:
    sitting = Sitting(store)
    with pytest.raises(Problems, match="from papers out"):
        minuting.open_child(sitting.coordinator, sitting.item_id)
    sitting.moves("send papers")
    with pytest.raises(Problems, match="Sign in the people who attend"):
        minuting.open_child(sitting.coordinator, sitting.item_id)
    quorum_signs(sitting.coordinator, sitting.meeting_id)
    opened = minuting.open_child(sitting.coordinator, sitting.item_id)
    assert (opened.place, opened.of, opened.next_item_id) == (1, 1, None)
    typed = drafts.read_draft(sitting.coordinator, opened.draft_id or "").typed
    assert typed["meeting_date"] == f"{TODAY.day} {TODAY.month} {TODAY.year}"


def test_coordinator_and_police_write_one_draft_and_nobody_else_does(store: Store) -> None:
    sitting, officer = opened_with_police(store)
    second = an_account(store, "coordinator")
    draft_id = minuting.open_child(officer, sitting.item_id).draft_id
    for person in (sitting.coordinator, second, officer):
        assert minuting.open_child(person, sitting.item_id).draft_id == draft_id
    drafts.save_answer(sitting.coordinator, draft_id, "discussion", "Made-up discussion")
    row_id = drafts.add_row(officer, draft_id, "new_actions")
    drafts.save_answer(officer, draft_id, "action", "Visit", rows_key="new_actions", row_id=row_id)
    assert drafts.read_draft(officer, draft_id).typed["discussion"] == "Made-up discussion"
    with pytest.raises(drafts.AnswerClash):
        drafts.save_answer(officer, draft_id, "discussion", "Other words", seen_revision=0)
    linked = an_account(store)
    a_link(store, sitting.child_id, linked)
    for person in (sitting.member, sitting.teacher, linked, an_account(store, "manager")):
        with pytest.raises(Refused):
            drafts.read_draft(person, draft_id)
        with pytest.raises(Refused):
            minuting.open_child(person, sitting.item_id)
    assert [d["form"] for d in drafts.open_drafts(linked, sitting.child_id)] == []


def test_what_agencies_hold_stands_beside_the_minutes_as_far_as_each_may_read_it(store: Store) -> None:
    sitting, officer = opened_with_police(store)
    agency_answers.answer(sitting.coordinator, sitting.item_id, True, "Words of health", agency="health")
    agency_answers.answer(sitting.coordinator, sitting.item_id, False, None, agency="police")
    for person, reads in (
        (sitting.coordinator, "Words of health"),
        (officer, "Holds something. Ask that agency."),
    ):
        held = dict(minuting.open_child(person, sitting.item_id).held)
        assert (held["Health"], held["Police"], held["Probation"]) == (
            reads,
            "Nothing held",
            "Not answered",
        )


def test_the_police_record_no_decision_and_writing_links_them_to_nobody(store: Store) -> None:
    sitting, officer = opened_with_police(store)
    draft_id = minuting.open_child(officer, sitting.item_id).draft_id or ""
    fill(officer, draft_id, a_decision(TODAY) | WHOLE)
    with pytest.raises(Refused):
        minuting.go_on(officer, sitting.item_id)
    with pytest.raises(Refused):
        submit(officer, draft_id)
    assert minuting.go_on(sitting.coordinator, sitting.item_id) is None
    record_id = minuting.open_child(sitting.coordinator, sitting.item_id).record_id or ""
    read = read_submission(sitting.coordinator, "minutes", record_id)
    assert read.answers["decision_reason"] == "Made-up reason"
    assert next(c["agency"] for c in read.contributors) == "police"
    with the_operator(store).reading() as work:
        links = f"SELECT count(*) FROM {CHILD_LINK.name} WHERE account_id = $1"
        assert work.value(links, [officer.account_id]) == 0


def test_next_child_asks_for_what_is_missing_and_goes_on_with_a_reason(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    for name in ("Ada", "Ben", "Cem"):
        an_episode(store, a_child(store, f"{name} Made-Up"))
    meeting_id = a_meeting(coordinator, "send papers")
    quorum_signs(coordinator, meeting_id)
    ada, ben, cem = (item["item_id"] for item in agendas.read_agenda(coordinator, meeting_id).items)

    def draft_of(item_id: str) -> str:
        return minuting.open_child(coordinator, item_id).draft_id or ""

    with pytest.raises(Problems) as refused:
        minuting.go_on(coordinator, ada)
    assert "Enter why the meeting decided this" in refused.value.sentences
    rows = [{"action": "Visit", "action_agency": "police"}]
    fill(coordinator, draft_of(ada), a_decision(TODAY, new_actions=rows))
    with pytest.raises(Problems) as refused:
        minuting.go_on(coordinator, ada)
    assert refused.value.sentences == (
        "Enter why the meeting decided this",
        "Action 1: enter who is to do it",
        "Action 1: enter by when",
    )
    assert minuting.go_on(coordinator, ada, "The chair asks the police tomorrow") == ben
    assert minuting.open_child(coordinator, ada).record_id

    fill(coordinator, draft_of(ben), a_decision(TODAY) | WHOLE)
    assert minuting.go_on(coordinator, ben) == cem
    meeting_keeping.move(coordinator, meeting_id, "hold")
    with pytest.raises(Problems, match="say why the meeting went on, for: Cem Made-Up"):
        meeting_keeping.move(coordinator, meeting_id, "agree")
    assert minuting.go_on(coordinator, cem, "Not reached in the time") is None
    assert draft_of(cem)
    items = agendas.read_agenda(coordinator, meeting_id).items
    assert [item["is_recorded"] for item in items] == [True, True, False]
    meeting_keeping.move(coordinator, meeting_id, "agree")
    with pytest.raises(Problems, match="from papers out until"):
        minuting.open_child(coordinator, cem)
    proposed = agendas.read_agenda(coordinator, a_meeting(coordinator)).proposed
    assert [c.name for c in proposed] == ["Cem Made-Up"]
    with coordinator.reading() as work:
        child_id = work.value("SELECT child_id FROM agenda_item WHERE item_id = $1", [ben])
    assert read_child(coordinator, child_id).discussions[0]["judgement"] == "B"


def changed_since(actor: Actor, episode_id: str) -> Since:
    with actor.writing() as work:
        return since_last_time(work, episode_id)


def test_what_changed_since_last_time_is_computed(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child = a_child_in_oversight(store, "B", opened_on=TODAY - DAYS(60))
    signs = tuple(q.key for q in SCREENING.questions() if isinstance(q, FourState))[:8]
    labels = {key: SCREENING.by_key[key].label for key in signs}
    then = dict(zip(signs, ("no", "unknown", "yes", "unknown", "yes", "no", "yes", "yes"), strict=True))
    now = dict(zip(signs, ("yes", "no", "historical", "yes", "no", "no", "unknown", None), strict=True))
    since = changed_since(coordinator, child.episode_id)
    assert (since.newly_yes, since.score, since.judgement) == ((), (None, None), ("B", None))
    a_submission(store, "screening", child.child_id, submitted_on=TODAY - DAYS(70), **then)
    a_submission(store, "screening", child.child_id, submitted_on=TODAY - DAYS(1), **now)
    a_submission(store, "assessment", child.child_id, assessed_on=TODAY, judgement="A", scale=3)
    scored(store, child, "high")
    an_action(store, child, TODAY - DAYS(2))
    with the_operator(store).writing() as work:
        action_id = work.value("SELECT action_id FROM action")
        day = TODAY - DAYS(60)
        work.save(ACTION, {"action_id": action_id, "meeting_date": day}, Event("made for a test"))
    since = changed_since(coordinator, child.episode_id)
    assert since.newly_yes == (labels[signs[0]], labels[signs[3]])
    assert since.now_historical == (labels[signs[2]],)
    assert since.now_no == (labels[signs[4]],)
    assert since.unknown_resolved == (labels[signs[1]],)
    assert since.became_unknown == (labels[signs[6]], labels[signs[7]]), "nothing says that these are gone"
    assert (since.judgement, since.scale, since.score) == (("B", "A"), (6, 3), (None, 1))
    assert [(a["action"], a["state"]) for a in since.actions] == [("Made-up action", "ongoing")]
    with pytest.raises(Refused):
        changed_since(an_account(store), child.episode_id)


def test_opening_a_child_reads_no_more_as_the_agenda_grows(
    duckdb_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    coordinator = an_account(duckdb_store, "coordinator")
    read = Counter[str]()
    asked = Connection.rows

    def counted(self, sql, parameters=()):
        found = asked(self, sql, parameters)
        read["rows"] += len(found)
        read["statements"] += 1
        return found

    monkeypatch.setattr(Connection, "rows", counted)

    def opening(children: int) -> dict[str, int]:
        for _ in range(children):
            an_episode(duckdb_store, a_child(duckdb_store))
        meeting_id = a_meeting(coordinator, "send papers")
        quorum_signs(coordinator, meeting_id)
        items = agendas.read_agenda(coordinator, meeting_id).items
        assert len(items) == children
        minuting.open_child(coordinator, items[0]["item_id"])
        read.clear()
        opened = minuting.open_child(coordinator, items[0]["item_id"])
        assert (opened.place, opened.of, opened.next_item_id) == (1, children, items[1]["item_id"])
        return dict(read)

    assert opening(2) == opening(12)
