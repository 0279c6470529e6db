"""What a meeting may decide about a child, and what follows at once (pathway.md 5 to 8)."""

from __future__ import annotations

import datetime

import pytest

from data import clock
from data.answers import drafts, submissions
from data.answers.submissions import NotReady
from data.child.children import read_child
from data.database.records import AGENDA_ITEM
from data.database.store import Store
from data.meeting import meetings
from data.refusal import Problems, Refused
from forms.minutes import MINUTES
from tests.factories import _save, a_child, a_child_in_oversight, a_link, an_account, an_episode
from tests.filled_in import a_decision, a_written_assessment, decided, fill, on
from tests.meetings.made import a_meeting

TODAY = clock.today()
DAYS = datetime.timedelta


def in_oversight(store: Store, days: int = 30) -> tuple[str, str]:
    """A child whose episode opened so many days ago, not discussed yet."""
    child_id = a_child(store)
    return child_id, an_episode(store, child_id, opened_on=TODAY - DAYS(days))


def problems_of(coordinator, episode_id: str, typed: dict) -> list[str]:
    with pytest.raises(NotReady) as refused:
        decided(coordinator, episode_id, typed)
    return [p.sentence for p in refused.value.problems]


def test_the_record_starts_from_the_latest_assessment(store: Store) -> None:
    worker, officer = an_account(store), an_account(store, agency="police")
    coordinator = an_account(store, "coordinator")
    child_id, episode_id = in_oversight(store)
    for one in (worker, officer):
        a_link(store, child_id, one)
    submissions.submit(worker, a_written_assessment(worker, officer, child_id))
    draft_id = meetings.start(coordinator, episode_id)
    assert meetings.start(coordinator, episode_id) == draft_id
    typed = drafts.read_draft(coordinator, draft_id).typed
    assert (typed["assessment_date"], typed["judgement"], typed["scale"]) == ("1 9 2025", "C", "4")
    fill(coordinator, draft_id, a_decision(judgement="A"))
    discussion_id = submissions.submit(coordinator, draft_id)
    discussion = read_child(coordinator, child_id).discussions[0]
    assert discussion["discussion_id"] == discussion_id
    assert (discussion["judgement"], discussion["assessment_date"]) == ("A", datetime.date(2025, 9, 1))
    assert discussion["assessment_id"]


def test_a_review_is_at_most_six_months_away_and_beyond_twelve_weeks_needs_a_reason(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child_id, episode_id = in_oversight(store)
    late = a_decision(TODAY, review_by=on(TODAY + DAYS(weeks=12, days=1)))
    assert problems_of(coordinator, episode_id, late) == ["Enter why the review is later than 12 weeks"]
    too_late = a_decision(TODAY, review_by=on(TODAY + DAYS(days=185)), review_reason="In custody")
    assert problems_of(coordinator, episode_id, too_late) == [
        "The review must be at most six calendar months after the meeting"
    ]
    assert problems_of(coordinator, episode_id, a_decision(TODAY, review_by=on(TODAY), review_reason="")) == [
        "The review must be after the meeting"
    ]
    decided(coordinator, episode_id, late | {"review_reason": "In custody"})
    discussion = read_child(coordinator, child_id).discussions[0]
    assert discussion["review_reason"] == "In custody"


def test_a_meeting_is_never_in_the_future_nor_before_the_child_came(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    _, episode_id = in_oversight(store, days=3)
    tomorrow = a_decision(TODAY + DAYS(1))
    assert problems_of(coordinator, episode_id, tomorrow) == [
        "Date of the meeting must be today or in the past"
    ]
    with pytest.raises(Problems, match="on or after the day the child came"):
        decided(coordinator, episode_id, a_decision(TODAY - DAYS(4)))
    decided(coordinator, episode_id, a_decision(TODAY - DAYS(3)))


def test_one_decision_is_recorded_of_a_child_at_one_meeting(store: Store) -> None:
    one, other = an_account(store, "coordinator"), an_account(store, "coordinator")
    child_id, episode_id = in_oversight(store)
    decided(one, episode_id, a_decision())
    with pytest.raises(Problems, match="recorded already"):
        decided(other, episode_id, a_decision(judgement="C"))
    assert len(read_child(one, child_id).discussions) == 1


def test_a_child_does_not_leave_at_a_meeting_before_the_last_one(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child_id, episode_id = in_oversight(store)
    decided(coordinator, episode_id, a_decision(TODAY - DAYS(5)))
    leaving = a_decision(TODAY - DAYS(6), decision="remove", closure_reason="risk_reduced")
    with pytest.raises(Problems, match="discussed at a later meeting"):
        decided(coordinator, episode_id, leaving)
    assert read_child(coordinator, child_id).open_episode
    draft_id = meetings.start(coordinator, episode_id)  # the same draft goes on, its words kept
    fill(coordinator, draft_id, {"meeting_date": on(TODAY - DAYS(4))})
    submissions.submit(coordinator, draft_id)
    page = read_child(coordinator, child_id)
    assert page.open_episode is None
    assert page.episodes[0]["closed_on"] == TODAY - DAYS(4)


@pytest.mark.parametrize(
    ("decision", "reason"),
    [
        ({"decision": "remove", "closure_reason": "risk_reduced"}, "risk_reduced"),
        (
            {"decision": "remove_keep_leds", "closure_reason": "moved", "leds_review_on": "1 1 2030"},
            "moved",
        ),
        ({"decision": "unable_to_engage", "closure_note": "Visited three times"}, "unable_to_engage"),
        (
            {
                "decision": "prevention",
                "closure_reason": "lack_of_consent",
                "prevention_advice": "Made-up advice",
            },
            "lack_of_consent",
        ),
        ({"decision": "remove", "closure_reason": "other", "closure_note": "Made-up reason"}, "other"),
    ],
)
def test_each_way_of_leaving_closes_the_episode_with_its_reason(
    store: Store, decision: dict, reason: str
) -> None:
    coordinator = an_account(store, "coordinator")
    child_id, episode_id = in_oversight(store)
    decided(coordinator, episode_id, a_decision(**decision))
    page = read_child(coordinator, child_id)
    assert [(e["closed_on"], e["closure_reason"]) for e in page.episodes] == [(TODAY, reason)]
    assert page.discussions[0]["review_by"] is None
    keeps_a_flag = decision["decision"] == "remove_keep_leds"
    assert [what for what, _, _ in page.due()] == ["Review of the flag: LEDS (PNC)"] * keeps_a_flag
    with pytest.raises(Problems, match="has left the meeting's oversight"):
        meetings.start(coordinator, episode_id)


CLOSES = {"decision": "unable_to_engage", "closure_note": "Visited three times"}


def test_a_child_who_leaves_by_decision_leaves_the_agendas_of_meetings_to_come(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child_id, episode_id = in_oversight(store)
    this, next_one = a_meeting(coordinator), a_meeting(coordinator, meets_on=TODAY + DAYS(weeks=4))
    item = {"episode_id": episode_id, "child_id": child_id, "why": ["review"], "position": 1}
    for meeting_id in (this, next_one):
        _save(store, AGENDA_ITEM, {**item, "item_id": f"{meeting_id}:{episode_id}", "meeting_id": meeting_id})
    decided(coordinator, episode_id, a_decision(**CLOSES))
    with coordinator.reading() as work:
        removed = {
            item["meeting_id"]: item["removed_reason"] for item in work.rows("SELECT * FROM agenda_item")
        }
    assert removed == {this: None, next_one: "The child has left the meeting's oversight"}


def test_a_decision_that_closes_says_what_becomes_of_open_actions_and_does_it(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child_id, episode_id = in_oversight(store)
    action = {"action": "Made-up action", "action_agency": "police"}
    decided(coordinator, episode_id, a_decision(TODAY - DAYS(5), new_actions=[action]))
    closing = a_decision(**CLOSES, new_actions=[action | {"action": "Another action"}])
    assert problems_of(coordinator, episode_id, closing) == [
        "Select what becomes of the action that is still open"
    ]
    ended = {"open_actions": "end", "open_actions_reason": "Early help goes on"}
    draft_id = meetings.start(coordinator, episode_id)
    fill(coordinator, draft_id, ended)
    submissions.submit(coordinator, draft_id)
    page = read_child(coordinator, child_id)
    assert {a["action"]: (a["state"], a["not_achieved_reason"]) for a in page.actions} == {
        "Made-up action": ("not_achieved", "Early help goes on"),
        "Another action": ("ongoing", None),
    }
    assert page.episodes[0]["open_actions"] == "end"


def test_leaving_without_a_reason_is_refused(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    _, episode_id = in_oversight(store)
    assert problems_of(coordinator, episode_id, a_decision(decision="remove"))
    assert problems_of(coordinator, episode_id, {"decision": "unable_to_engage"}) == [
        "Enter what was tried, or the other reason"
    ]


def test_an_episode_may_close_on_the_day_it_opened(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child_id, episode_id = in_oversight(store, days=0)
    decided(
        coordinator,
        episode_id,
        a_decision(decision="prevention", closure_reason="risk_reduced", prevention_advice="Made-up advice"),
    )
    assert read_child(coordinator, child_id).episodes[0]["closed_on"] == TODAY


def test_a_recorded_decision_is_never_rewritten(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child_id, episode_id = in_oversight(store)
    record_id = decided(coordinator, episode_id, a_decision())
    correction = drafts.start_draft(coordinator, MINUTES, child_id, corrects=record_id)
    fill(coordinator, correction, {"judgement": "E"})
    with pytest.raises(Problems, match="begin the correction there"):
        submissions.submit(coordinator, correction)
    assert read_child(coordinator, child_id).discussions[0]["judgement"] == "B"


def test_only_the_areas_coordinator_records_it(store: Store) -> None:
    child = a_child_in_oversight(store)
    practitioner = an_account(store)
    a_link(store, child.child_id, practitioner)
    an_episode(store, child.child_id, area="wirral", opened_on=TODAY - DAYS(400), closed_on=TODAY - DAYS(300))
    wirral = an_account(store, "coordinator", area="wirral")  # may see the child, and not decide
    for actor in (practitioner, wirral, an_account(store, "manager")):
        with pytest.raises(Refused):
            meetings.start(actor, child.episode_id)
    for actor in (practitioner, wirral):
        with pytest.raises(Refused):
            drafts.start_draft(actor, MINUTES, child.child_id, episode_id=child.episode_id)
    begun = meetings.start(an_account(store, "coordinator"), child.episode_id)
    for actor in (practitioner, wirral):
        with pytest.raises(Refused):
            drafts.save_answer(actor, begun, "discussion", "Made-up words")
        with pytest.raises(Refused):
            submissions.submit(actor, begun)
    with practitioner.reading() as work:
        assert work.value("SELECT count(*) FROM minutes_form") == 0
        assert work.value("SELECT count(*) FROM discussion") == 1


def test_a_decision_is_about_the_child_of_its_episode(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    child_id, _ = in_oversight(store)
    _, others_episode = in_oversight(store)
    for episode_id in (others_episode, None, "no such episode"):
        draft_id = drafts.start_draft(coordinator, MINUTES, child_id, episode_id=episode_id)
        fill(coordinator, draft_id, a_decision())
        with pytest.raises(Problems, match="Start from the child's page"):
            submissions.submit(coordinator, draft_id)
    with coordinator.reading() as work:
        assert work.value("SELECT count(*) FROM discussion") == 0
