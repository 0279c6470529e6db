"""The minutes begin with what the assessment says, as nobody's own words, and what is corrected in them stays beside it."""

from __future__ import annotations

import datetime

import pytest

from data import clock
from data.access.rule import can_see_sensitive
from data.actor import Actor
from data.answers import drafts
from data.answers.draft_reading import PULLED_THROUGH
from data.answers.submissions import read_submission, submit
from data.child.children import read_child
from data.database.records import MEETING, NRM
from data.database.store import Store
from data.meeting import agendas, invitations, meeting_keeping, minuting
from data.meeting.meeting_documents import minutes_as_word
from data.meeting.meetings import start
from data.refusal import Problems
from forms.assessment import ASSESSMENT
from forms.form import RepeatedRows
from forms.kinds import AnyOf, Date, LongText, OneOf, Text, YesNo
from forms.minutes import MINUTES
from forms.question import Question
from tests.concern.typed import an_nrm_at
from tests.factories import MADE, a_child, a_link, a_submission, an_account, an_episode
from tests.filled_in import a_decision, checked, fill, on
from tests.meetings.made import a_meeting, quorum_signs
from tests.meetings.test_minutes_in_word import words_of

DAY = datetime.date(2026, 3, 5)


def an_answer(question: Question) -> object:
    """Made up, and its own: the words name their question."""
    if isinstance(question, AnyOf):
        return [key for key, _ in question.choices()][:2]
    if isinstance(question, YesNo):
        return True
    if isinstance(question, OneOf):
        return question.choices()[1][0]
    if isinstance(question, Date):
        return DAY
    assert isinstance(question, Text | LongText), question
    return f"Made-up words of {question.key}"


def everything_handed_on(store: Store, child_id: str) -> dict[str, object]:
    """An assessment with an answer to each question that the minutes begin with; gives the answers."""
    answers: dict[str, object] = {"assessed_on": DAY, "judgement": "C", "scale": 4}
    rows: dict[str, list[dict]] = {}
    for item in ASSESSMENT.items():
        if isinstance(item, RepeatedRows) and item.in_minutes:
            rows[item.key] = [{q.key: an_answer(q) for q in item.questions}]
        elif isinstance(item, Question) and item.in_minutes:
            answers[item.key] = an_answer(item)
    rows["next_steps"] = [
        {"step": "Made-up step", "step_agency": "health", "by_whom": "Nurse", "impact": "Calmer", "progress": "ongoing"},
        {"step": "Done already", "step_agency": "police", "progress": "completed"},
    ]  # fmt: skip
    a_submission(store, "assessment", child_id, rows=rows, **answers)
    return answers | rows


def opened(store: Store) -> tuple[Actor, Actor, str, str, dict[str, object]]:
    """Coordinator, officer, meeting, the child's item, and what the assessment says. Nobody has opened the child yet."""
    coordinator = an_account(store, "coordinator")
    officer = an_account(store, "meeting_member", agency="police")
    child_id = a_child(store)
    an_episode(store, child_id, opened_on=DAY)
    said = everything_handed_on(store, child_id)
    meeting_id = a_meeting(coordinator, "send papers")
    invitations.invite(coordinator, meeting_id, [officer.account_id])
    quorum_signs(coordinator, meeting_id)
    [item] = agendas.read_agenda(coordinator, meeting_id).items
    return coordinator, officer, meeting_id, item["item_id"], said


def test_everything_handed_on_begins_the_minutes_and_is_kept_with_them(store: Store) -> None:
    coordinator, _, meeting_id, item_id, said = opened(store)
    draft_id = minuting.open_child(coordinator, item_id).draft_id or ""
    begun = checked(coordinator, draft_id).answers
    for item in MINUTES.items():
        if not item.pulled_from:
            continue
        if isinstance(item, RepeatedRows):
            rows = [{q.key: row[q.key] for q in item.questions} for row in begun[item.key]]
            assert rows == said[item.pulled_from[0]], item.key
        elif isinstance(item, AnyOf):
            assert begun[item.key] == [key for source in item.pulled_from for key in said[source]], item.key
        else:
            assert begun[item.key] == said[item.pulled_from[0]], item.key
    fill(coordinator, draft_id, a_decision(judgement="C", scale="4", decision_reason="Made-up reason"))
    rows = drafts.read_draft(coordinator, draft_id).row_ids("new_actions")
    drafts.save_answer(coordinator, draft_id, "due_on", on(DAY), rows_key="new_actions", row_id=rows[0])
    minuting.go_on(coordinator, item_id)
    record_id = minuting.open_child(coordinator, item_id).record_id or ""
    kept = read_submission(coordinator, "minutes", record_id).answers
    for key, answer in begun.items():
        if MINUTES.by_key[key].pulled_from and not isinstance(answer, list):
            assert kept[key] == answer, key
    words = words_of(minutes_as_word(coordinator, meeting_id))
    for words_said in (v for v in said.values() if isinstance(v, str) and v.startswith("Made-up")):
        assert words_said in words
    assert not any(said.startswith("In the assessment") for said in words)


def test_next_steps_still_to_do_are_the_first_actions_and_are_offered_once(store: Store) -> None:
    coordinator, _, _, item_id, _ = opened(store)
    draft_id = minuting.open_child(coordinator, item_id).draft_id or ""
    [row] = drafts.read_draft(coordinator, draft_id).typed["new_actions"]
    assert (row["action"], row["action_agency"], row["owner"], row["impact"]) == (
        "Made-up step", "health", "Nurse", "Calmer",
    )  # fmt: skip
    done = {
        "action": "Told the school",
        "action_agency": "education",
        "owner": "Teacher",
        "progress": "completed",
    }
    fill(coordinator, draft_id, a_decision(new_actions=[done]))
    with pytest.raises(Problems, match="Enter what was done, and how you know"):
        minuting.go_on(coordinator, item_id)
    row_id = drafts.read_draft(coordinator, draft_id).row_ids("new_actions")[-1]
    for key, words in (("evidence", "The school wrote back"), ("what_changed", "He is met at the gate")):
        drafts.save_answer(coordinator, draft_id, key, words, rows_key="new_actions", row_id=row_id)
    minuting.go_on(coordinator, item_id, "No date was given")
    child_id = drafts.read_draft(coordinator, draft_id).child_id or ""
    actions = {
        a["action"]: (a["state"], a["evidence"], a["impact"])
        for a in read_child(coordinator, child_id).actions
    }
    assert actions == {
        "Made-up step": ("ongoing", None, "Calmer"),
        "Told the school": ("completed", "The school wrote back", "He is met at the gate"),
    }
    again = start(coordinator, item_id.split(":")[1])
    assert "new_actions" not in drafts.read_draft(coordinator, again).typed


def test_a_correction_for_these_minutes_stands_beside_what_the_assessment_said(store: Store) -> None:
    coordinator, _, meeting_id, item_id, _ = opened(store)
    draft_id = minuting.open_child(coordinator, item_id).draft_id or ""
    [row_id] = drafts.read_draft(coordinator, draft_id).row_ids("chronology")
    drafts.take_out_row(coordinator, draft_id, "chronology", row_id)
    fill(
        coordinator,
        draft_id,
        a_decision(main_support="Another plan", has_ehcp="no", judgement="C", scale="4"),
    )
    minuting.go_on(coordinator, item_id, "No reason was given")
    words = words_of(minutes_as_word(coordinator, meeting_id))
    assert "Another plan\nIn the assessment: Made-up words of main_support" in words
    assert "No\nIn the assessment: Yes" in words
    assert sum("In the assessment: " in said for said in words) == 2


def test_whoever_opens_the_minutes_first_has_contributed_nothing_by_it(store: Store) -> None:
    coordinator, officer, _, item_id, _ = opened(store)
    draft_id = minuting.open_child(officer, item_id).draft_id or ""
    with officer.reading() as work:
        assert not can_see_sensitive(work, None, None, draft_id)
    assert "adults_of_concern" not in drafts.read_draft(officer, draft_id).typed
    assert "adults_of_concern" in drafts.read_draft(coordinator, draft_id).typed
    with pytest.raises(drafts.AnswerClash, match="The child's record saved another answer"):
        drafts.save_answer(officer, draft_id, "adults_of_concern", "Mine")
    fill(coordinator, draft_id, a_decision(decision_reason="Made-up reason"))
    with coordinator.writing() as work:  # the officer wrote words that were set aside, and no more
        work.connection.run("DELETE FROM draft_answer WHERE saved_by = $1", [officer.account_id])
    record_id = submit(coordinator, draft_id)
    written_by = {c["agency"] for c in read_submission(coordinator, "minutes", record_id).contributors}
    assert written_by == {"social_care"}


def test_where_the_child_went_reaches_the_return_in_its_words(duckdb_store: Store) -> None:
    coordinator, _, _, item_id, _ = opened(duckdb_store)
    draft_id = minuting.open_child(coordinator, item_id).draft_id or ""
    fill(
        coordinator,
        draft_id,
        a_decision(gone_to=["wales", "merseyside"], areas_named="Crewe\n\nEverton; Wales"),
    )
    minuting.go_on(coordinator, item_id, "No reason was given")
    with coordinator.reading() as work:
        assert work.value("SELECT areas_gone_to FROM discussion") == [
            "Merseyside",
            "Wales",
            "Crewe",
            "Everton",
        ]


def test_what_is_recorded_of_the_nrm_begins_its_section(duckdb_store: Store) -> None:
    coordinator, _, _, item_id, _ = opened(duckdb_store)
    with coordinator.reading() as work:
        child_id = work.value("SELECT child_id FROM agenda_item")
    with coordinator.writing() as work:
        record = {
            "nrm_id": "n",
            "child_id": child_id,
            "is_required": True,
            "submitted_on": DAY,
            "multi_agency": False,
        }
        work.save(NRM, record, MADE)
    draft_id = minuting.open_child(coordinator, item_id).draft_id or ""
    begun = checked(coordinator, draft_id).answers
    assert (begun["nrm_required"], begun["nrm_completed_on"], begun["nrm_multi_agency"]) == (True, DAY, False)
    assert begun["nrm_stage"] == "referred"  # and not what the assessment said of it
    fill(coordinator, draft_id, {"nrm_stage": "positive_reasonable"})
    assert checked(coordinator, draft_id).answers["nrm_stage"] == "positive_reasonable"


def test_an_assessment_begins_with_the_stage_of_the_nrm_referral_as_nobodys_contribution(
    store: Store,
) -> None:
    nurse = an_account(store, agency="health")
    child_id = a_child(store)
    a_link(store, child_id, nurse)
    first = drafts.start_draft(nurse, ASSESSMENT, child_id)
    assert "nrm_stage" not in drafts.read_draft(nurse, first).typed
    other = a_child(store, "Other Made-Up")
    a_link(store, other, nurse)
    an_nrm_at(an_account(store, "coordinator"), other, "positive_reasonable")
    draft_id = drafts.start_draft(nurse, ASSESSMENT, other)
    assert drafts.read_draft(nurse, draft_id).typed["nrm_stage"] == "positive_reasonable"
    with nurse.reading() as work:
        by = work.values("SELECT DISTINCT saved_by FROM draft_answer WHERE draft_id = $1", [draft_id])
    assert by == [PULLED_THROUGH]
    drafts.save_answer(nurse, draft_id, "nrm_stage", "conclusive", seen_revision=1)
    assert drafts.read_draft(nurse, draft_id).typed["nrm_stage"] == "conclusive"


def test_minutes_left_open_go_on_at_the_next_meeting_with_what_is_known_then(store: Store) -> None:
    coordinator, _, first, item_id, _ = opened(store)
    yesterday = clock.today() - datetime.timedelta(1)
    with coordinator.writing() as work:  # as if it had been held the day before
        work.save(MEETING, {"meeting_id": first, "meets_on": yesterday}, MADE)
    draft_id = minuting.open_child(coordinator, item_id).draft_id or ""
    assert drafts.read_draft(coordinator, draft_id).typed["meeting_date"] == on(yesterday)
    fill(coordinator, draft_id, {"safety_plan": "Written at the first meeting", "discussion": "Begun"})
    minuting.go_on(coordinator, item_id, "Not finished in the time")
    for name in ("hold", "agree"):
        meeting_keeping.move(coordinator, first, name)
    child_id = drafts.read_draft(coordinator, draft_id).child_id or ""
    a_submission(
        store,
        "assessment",
        child_id,
        assessed_on=clock.today(),
        main_support="Newer",
        safety_plan="Newer too",
    )
    second = a_meeting(coordinator, "send papers")
    quorum_signs(coordinator, second)
    [item] = agendas.read_agenda(coordinator, second).items
    assert minuting.open_child(coordinator, item["item_id"]).draft_id == draft_id
    typed = drafts.read_draft(coordinator, draft_id).typed
    assert typed["meeting_date"] == on(clock.today())
    assert (typed["main_support"], typed["safety_plan"], typed["discussion"]) == (
        "Newer", "Written at the first meeting", "Begun",
    )  # fmt: skip
