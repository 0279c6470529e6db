"""The minutes ask what the published template asks, in its order, and take over all that the assessment hands on."""

from __future__ import annotations

import pytest

from forms.answers import check
from forms.assessment import ASSESSMENT
from forms.codes import CONTEXTS
from forms.form import RepeatedRows
from forms.minutes import MINUTES
from forms.minutes.self_challenge import ELEVEN

SECTIONS = {
    "reason": "meeting_date assessment_date← kind← referral_reason← contexts← chronology←",
    "areas": "gone_to← areas_named← areas_gone_to locations_found←",
    "needs": "school← has_ehcp← diagnosis← on_pathway← child_support← parent_diversity← parent_support←",
    "nrm": "nrm_required nrm_completed_on nrm_multi_agency nrm_stage←",
    "discussion": "police_update intelligence_update marthr_update discussion",
    "plan": "still_assessed_by← under_plan← main_support← already_done← safety_plan← transitions_plan← transitions_plan_missing_reason recommend_child "
    "recommend_family recommend_place",
    "actions": "new_actions",
    "police": "evidential_threshold intelligence_opportunities disruption_opportunities intelligence_gaps "
    "intelligence_to_report intelligence_to_submit← intelligence← disruption_needed← disruption← marthr_needed←",
    "others": "adults_of_concern← adults_referred_to← children_of_concern← other_adults other_children actions_taken "
    "actions_required",
    "risk_to_others": "presents_risk risk_basis risk_explained risk_plan",
    "quality": "missing_information level_is_right level_note is_of_standard standard_note",
    "judgement": "judgement← scale←",
    "decision": "decision decision_reason review_by review_reason closure_reason closure_note prevention_advice leds_review_on open_actions open_actions_reason escalated",
    "self_challenge": " ".join(f"self_challenge_{n:02} self_challenge_{n:02}_note" for n in range(1, 12)),
}
"""By section, in the template's order; ← begins with the assessment's answer."""


def test_every_question_of_the_template_is_asked_in_its_order():
    asked = {
        s.key: " ".join(q.key + "←" * bool(q.pulled_from) for q in s.questions) for s in MINUTES.sections
    }
    assert asked == SECTIONS
    assert list(asked) == list(SECTIONS)


def test_everything_the_assessment_hands_on_has_its_question_in_the_minutes():
    handed_on = {item.key for item in ASSESSMENT.items() if item.in_minutes}
    begun = {key for item in MINUTES.items() for key in item.pulled_from}
    assert begun == handed_on | {"assessed_on", "judgement", "scale"}


@pytest.mark.parametrize("item", [i for i in MINUTES.items() if i.pulled_from], ids=lambda item: item.key)
def test_what_is_handed_on_is_asked_in_the_same_way_and_kept_from_the_same_people(item):
    for key in item.pulled_from:
        source = ASSESSMENT.by_key[key]
        assert type(item) is type(source)
        assert item.sensitive == source.sensitive
        assert item.asked_if is None
        if isinstance(item, RepeatedRows):
            assert item.questions == source.questions
        elif key in ("criminal_contexts", "sexual_contexts"):
            assert item.options == CONTEXTS
        else:
            assert getattr(item, "options", None) == getattr(source, "options", None)


def test_adults_of_concern_and_intelligence_are_for_few():
    assert {q.key for q in MINUTES.items() if q.sensitive and not q.pulled_from} == {
        "intelligence_update", "marthr_update", "intelligence_opportunities", "disruption_opportunities",
        "intelligence_gaps", "intelligence_to_report", "other_adults",
    }  # fmt: skip


def test_the_chair_challenges_themself_with_eleven_questions_and_a_note_to_each():
    assert len(ELEVEN) == 11
    for number in range(1, 12):
        asked, note = (MINUTES.by_key[f"self_challenge_{number:02}{part}"] for part in ("", "_note"))
        assert asked.label.startswith(f"{number}. ")
        assert note.beside is asked
        assert [key for key, _ in asked.choices()] == ["yes", "in_part", "no"]


def test_the_old_question_on_areas_is_asked_no_more_and_its_answers_stay_readable():
    found = check(MINUTES, {"areas_gone_to": "Wales; Crewe"})
    assert "areas_gone_to" not in found.answers
    assert "areas_gone_to" not in found.not_asked
    assert MINUTES.by_key["areas_gone_to"].is_current(1)


def test_detail_follows_its_question():
    shown = {"presents_risk": "yes", "nrm_required": "yes", "level_is_right": "no", "is_of_standard": "no"}
    hidden = {
        "risk_basis", "risk_explained", "risk_plan", "nrm_completed_on", "nrm_multi_agency", "level_note",
        "standard_note",
    }  # fmt: skip
    assert hidden <= set(check(MINUTES, {}).not_asked)
    assert hidden <= set(check(MINUTES, shown).answers)
