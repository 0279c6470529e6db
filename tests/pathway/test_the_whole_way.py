"""From a worried practitioner to a child who leaves oversight, by the calls that screens make, on both engines."""

import datetime

import pytest

from data import clock
from data.answers import drafts, submissions
from data.child import links, referrals
from data.child.children import LikelyMatch, read_child, search
from data.database.store import Store
from data.my_work import my_work
from data.refusal import Refused
from data.scores import scorings
from forms.child import CHILD
from forms.referral import REFERRAL
from tests.factories import an_account
from tests.filled_in import (
    A_CHILD,
    a_decision,
    a_screened_child,
    a_sent_referral,
    a_sent_tracker,
    a_written_assessment,
    decided,
    fill,
    on,
)


def test_a_child_goes_the_whole_way_from_screening_to_leaving_oversight(store: Store) -> None:
    social_worker = an_account(store, name="Worker Made-Up", agency="social_care")
    officer = an_account(store, name="Officer Made-Up", agency="police")
    coordinator = an_account(store, "coordinator")

    assert search(social_worker, "Child Made-Up").children == ()
    child_id = a_screened_child(social_worker)
    assert [c["child_id"] for c in search(social_worker, "made up child").children] == [child_id]

    referral_id = a_sent_referral(social_worker, child_id)
    assert [r["referral_id"] for r in referrals.waiting(coordinator, "liverpool")] == [referral_id]
    referrals.return_for_more(coordinator, referral_id, clock.today(), "Which school?")
    assert [r["referral_id"] for r in my_work(social_worker).returned] == [referral_id]
    form_id = referrals.read_referral(social_worker, referral_id)["form_id"]
    correction = drafts.start_draft(social_worker, REFERRAL, child_id, corrects=form_id)
    fill(social_worker, correction, {"why_suspected": "Made-up reason, at Made-Up School", "kind": "both"})
    assert submissions.submit(social_worker, correction, why="Asked for the school") == form_id
    again = referrals.read_referral(coordinator, referral_id)
    assert (again["state"], again["kind"], again["decided_on"]) == ("submitted", "both", None)
    assert my_work(social_worker).returned == ()
    episode_id = referrals.accept(coordinator, referral_id, clock.today())

    with pytest.raises(Refused):
        read_child(officer, child_id)
    links.ask_to_contribute(coordinator, child_id, officer.account_id)
    assessment = a_written_assessment(social_worker, officer, child_id)
    record_id = submissions.submit(officer, assessment)
    written = submissions.read_submission(social_worker, "assessment", record_id)
    assert {c["agency"] for c in written.contributors} == {"social_care", "police"}

    before = a_sent_tracker(officer, child_id)
    after = a_sent_tracker(social_worker, child_id, occasion="after_intervention", victim_modern_slavery="no")
    row, scored, handled = scorings.read_score(coordinator, after)
    assert (row["total"], row["highest"]) == (scored.total, scored.highest)
    assert handled.why == "By the score"
    assert scorings.compare_scores(coordinator, before, after).change < 0

    today = clock.today()
    first = decided(coordinator, episode_id, a_decision(today - datetime.timedelta(days=0)))
    page = read_child(coordinator, child_id)
    assert page.open_episode
    assert page.open_episode["episode_id"] == episode_id
    assert [d["discussion_id"] for d in page.discussions] == [first]
    review_by = today + datetime.timedelta(weeks=8)
    assert ("Review at the MACCSE", review_by, False) in page.due()


def test_a_child_leaves_oversight_by_the_meetings_decision(store: Store) -> None:
    social_worker, coordinator = an_account(store), an_account(store, "coordinator")
    child_id = a_screened_child(social_worker)
    episode_id = referrals.accept(coordinator, a_sent_referral(social_worker, child_id), clock.today())
    decided(
        coordinator,
        episode_id,
        a_decision(
            judgement="E", decision="remove", closure_reason="risk_reduced", discussion="Made-up words"
        )
        | {
            "new_actions": [
                {"action": "Made-up action", "action_agency": "police", "due_on": on(clock.today())}
            ]
        },
    )
    page = read_child(coordinator, child_id)
    assert page.open_episode is None
    assert [(e["closed_on"], e["closure_reason"]) for e in page.episodes] == [(clock.today(), "risk_reduced")]
    assert page.discussions[0]["discussion"] == "Made-up words"
    assert [(a["action"], a["state"]) for a in page.actions] == [("Made-up action", "ongoing")]
    assert page.due() == [("Action: Made-up action", clock.today(), False)]
    again = a_sent_referral(social_worker, child_id)
    assert referrals.read_referral(coordinator, again)["is_repeat"]


def test_the_same_child_is_not_added_twice_unless_somebody_says_it_is_another(store: Store) -> None:
    social_worker = an_account(store)
    a_screened_child(social_worker)
    draft_id = drafts.start_draft(social_worker, CHILD)
    fill(social_worker, draft_id, {**A_CHILD, "name": "Made-Up, Chíld"})
    with pytest.raises(LikelyMatch) as match:
        submissions.submit(social_worker, draft_id)
    assert [c["name"] for c in match.value.found.children] == ["Child Made-Up"]
    with social_worker.reading() as work:
        assert work.value("SELECT count(*) FROM child") == 1
