"""The assessment asks what the published form asks, in its order, and hands on to the minutes what is marked there."""

import datetime

import pytest

from forms import codes
from forms.answers import check
from forms.assessment import ASSESSMENT

TODAY = datetime.date(2026, 9, 15)
ABOUT = {"date_of_birth": datetime.date(2011, 1, 10), "today": TODAY}

SECTIONS = {
    "about": "assessed_on professionals other_professionals nrm_stage→ living_situation",
    "exploitation": "criminal_contexts→ sexual_contexts→ kind→ referral_reason→ areas_gone_to→ areas_named→ "
    "locations_found→ chronology→",
    "voices": "child_voice child_voice_missing_reason parent_voice parent_voice_missing_reason",
    "needs": "school→ has_ehcp→ diagnosis→ on_pathway→ child_support→ parent_diversity→ parent_support→ history",
    "education": "attending part_time_timetable safe_in_school attendance_escalated attendance_outcome",
    "daily_life": "lived_experience family_support trusted_relationship family_group_conference",
    "harm_from_people": "unsafe_relationships adults_of_concern→ adults_referred_to→ children_of_concern→ "
    "positive_people coercive_control relationships_response",
    "harm_from_places": "unsafe_locations locations_of_concern safe_locations online_concerns handles_of_concern "
    "positive_handles financial_exploitation financial_detail missing_episodes return_interviews push_and_pull "
    "reported_missing not_reported_why",
    "plan": "still_assessed_by→ under_plan→ main_support→ already_done→ safety_plan→ next_steps resilience "
    "referrals_elsewhere child_took_part family_took_part",
    "approaching_18": "transitions_plan→ transitions_plan_missing_reason",
    "disruption": "intelligence_to_submit→ intelligence→ disruption_needed→ disruption→ marthr_needed→",
    "judgement": "judgement judgement_reasons scale",
}
"""Every question in the order of the published form; → marks what is pulled through to the minutes."""

COMPLETE = {
    "assessed_on": "1 9 2026",
    "kind": "both",
    "child_voice": "“I want to go back to football.”",
    "parent_voice_missing_reason": "Could not be reached; visited twice",
    "resilience": "Football twice a week with a trusted coach",
    "judgement": "C",
    "judgement_reasons": "Found out of city twice with no reason given",
    "scale": "4",
}


def problems(**changed):
    about = {**ABOUT, "date_of_birth": changed.pop("born", ABOUT["date_of_birth"])}
    return {p.key: p.sentence for p in check(ASSESSMENT, {**COMPLETE, **changed}, about).problems}


def test_every_question_of_the_published_form_is_asked_in_its_order_and_pulled_through_where_marked():
    asked = {s.key: " ".join(q.key + "→" * q.in_minutes for q in s.questions) for s in ASSESSMENT.sections}
    assert asked == SECTIONS
    assert list(asked) == list(SECTIONS)


def test_several_hands_write_it():
    assert ASSESSMENT.many_hands


def test_a_complete_assessment_has_no_problem():
    assert problems() == {}


@pytest.mark.parametrize(
    "key", ["assessed_on", "kind", "resilience", "judgement", "judgement_reasons", "scale"]
)
def test_what_is_required_says_so_when_it_is_missing(key):
    assert problems(**{key: None}) == {key: ASSESSMENT.by_key[key].if_missing()}


def test_each_voice_is_given_or_its_absence_explained():
    assert problems(child_voice=" ") == {
        "child_voice": "Enter the child's voice, or the reason it is missing"
    }
    assert problems(child_voice=None, child_voice_missing_reason="In hospital") == {}
    assert problems(parent_voice_missing_reason=None) == {
        "parent_voice": "Enter the parent's or carer's voice, or the reason it is missing"
    }


@pytest.mark.parametrize(
    ("born", "is_asked"),
    [
        (datetime.date(2009, 9, 16), False),  # 17 tomorrow
        (datetime.date(2009, 9, 15), True),  # 17 today
        (datetime.date(2008, 2, 29), True),
    ],
)
def test_from_the_17th_birthday_a_transitions_plan_or_the_reason_for_none_is_asked(born, is_asked):
    assert ("transitions_plan" in problems(born=born)) == is_asked
    assert problems(born=born, transitions_plan="Adult services from May") == {}
    assert problems(born=born, transitions_plan_missing_reason="Moved here last week") == {}


def test_referrals_made_elsewhere_are_some_or_none():
    assert problems(referrals_elsewhere=["none"]) == {}
    assert set(problems(referrals_elsewhere=["marac", "none"])) == {"referrals_elsewhere"}


def test_free_text_on_adults_of_concern_and_intelligence_is_sensitive():
    sensitive = {q.key for q in ASSESSMENT.items() if q.sensitive}
    assert sensitive == {
        "adults_of_concern", "adults_referred_to", "intelligence_to_submit", "intelligence", "disruption",
    }  # fmt: skip


def test_the_two_lists_of_contexts_are_the_shared_list_and_nothing_else():
    both = ASSESSMENT.by_key["criminal_contexts"].options + ASSESSMENT.by_key["sexual_contexts"].options
    assert both == codes.CONTEXTS


def test_both_ends_of_the_scale_are_words():
    scale = ASSESSMENT.by_key["scale"]
    assert (scale.lowest, scale.highest) == (1, 10)
    assert scale.as_text(1) == "1 (Believed to be at risk of harm from exploitation)"
    assert "no longer believed to be at risk" in scale.as_text(10)


def test_a_next_step_left_half_empty_says_what_to_enter():
    found = check(ASSESSMENT, {**COMPLETE, "next_steps": [{"row_id": "a", "by_whom": "Health"}]}, ABOUT)
    assert [(p.rows_key, p.row_id, p.sentence) for p in found.problems] == [
        ("next_steps", "a", "Enter the next step")
    ]


def test_detail_is_asked_only_after_a_yes():
    found = check(ASSESSMENT, {**COMPLETE, "missing_episodes": "yes", "reported_missing": "no"}, ABOUT)
    assert "not_reported_why" in found.answers
    assert {"financial_detail", "adults_of_concern", "intelligence"} <= set(found.not_asked)
