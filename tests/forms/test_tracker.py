"""The tracker's 33 indicators, each with the agency that answers and the answers it may give."""

import datetime

import pytest

from forms.age import age_on
from forms.answers import check
from forms.tracker import TRACKER, UNKNOWN, age_group, indicators

YES_NO_HISTORICAL = "yes / no / historical"

TABLE = f"""
known_to_social_services | social_care | never / previously / early help / child in need / child protection
looked_after | social_care | yes / no / previously
wanted_missing | police | no / wanted / missing / both
self_harm | any | {YES_NO_HISTORICAL}
mental_health | health | none known / concern / diagnosed or in treatment
learning_difficulties | health | none known / suspected or on pathway / diagnosed
drug_alcohol | any | {YES_NO_HISTORICAL}
ace_score | any | 0 / 1 / 2 / 3 / 4 / 5 / 6 / 7 / 8 / 9 / 10
victim_sexual_crime | police | {YES_NO_HISTORICAL}
victim_serious_violence | police | {YES_NO_HISTORICAL}
victim_modern_slavery | police | {YES_NO_HISTORICAL}
victim_other_crime | police | {YES_NO_HISTORICAL}
witness_serious_crime | police | {YES_NO_HISTORICAL}
domestic_abuse | police | {YES_NO_HISTORICAL}
suspect_serious_violence | police | {YES_NO_HISTORICAL}
suspect_other_crime | police | {YES_NO_HISTORICAL}
suspect_weapon | police | {YES_NO_HISTORICAL}
intelligence_weapon | police | {YES_NO_HISTORICAL}
suspect_pwits | police | {YES_NO_HISTORICAL}
county_line_arrest | police | {YES_NO_HISTORICAL}
stopped_other_force | police | {YES_NO_HISTORICAL}
county_line_intelligence | police | {YES_NO_HISTORICAL}
cuckooing | police | {YES_NO_HISTORICAL}
sexually_inappropriate | any | {YES_NO_HISTORICAL}
neet | education | yes / no
attendance | education | 95% and over / 90 to under 95% / 50 to under 90% / under 50% / not on a roll
home_schooled | education | yes / no
ocg_association | police | {YES_NO_HISTORICAL}
associates_exploited | any | {YES_NO_HISTORICAL}
social_isolation | any | yes / no
parental_engagement | any | good / some / poor / none or harmful
""".strip().splitlines()


def test_31_indicators_are_asked_of_their_agency_with_their_answers_and_unknown():
    asked = [
        f"{q.key} | {q.agency} | {' / '.join(label.lower() for _, label in q.options)}" for q in indicators()
    ]
    assert asked == [f"{line} / unknown" for line in TABLE]


def test_with_the_age_which_is_derived_and_the_ace_type_which_is_text_they_are_33():
    assert "age" not in TRACKER.by_key
    assert TRACKER.by_key["ace_type"].column_type == "text"
    assert len(list(indicators())) + len(("age", "ace_type")) == 33


WHY_NOW = {"occasion": "meeting"}


def test_nothing_has_to_be_answered_but_why_now_because_each_agency_answers_its_own():
    assert [problem.key for problem in check(TRACKER, {}).problems] == ["occasion"]
    assert check(TRACKER, WHY_NOW).problems == ()


def test_the_police_date_what_they_say_of_a_modern_slavery_investigation():
    for said in ("yes", "no"):
        (problem,) = check(TRACKER, {**WHY_NOW, "modern_slavery_investigation": said}).problems
        assert problem.key == "modern_slavery_on"
        assert not check(
            TRACKER, {**WHY_NOW, "modern_slavery_investigation": said, "modern_slavery_on": "1 9 2026"}
        ).problems
    assert TRACKER.by_key["modern_slavery_investigation"].agency == "police"


def test_the_counts_keep_unknown_and_not_answered_yet_apart():
    counts = TRACKER.summary({"neet": "no", "self_harm": UNKNOWN, "modern_slavery_investigation": True})
    assert counts == [("Answered", "1"), ("Unknown", "1"), ("Not answered yet", "29")]


@pytest.mark.parametrize(
    ("born", "on", "age", "group"),
    [
        ((2013, 9, 16), (2026, 9, 15), 12, "under_13"),
        ((2013, 9, 15), (2026, 9, 15), 13, "13_to_14"),
        ((2012, 2, 29), (2027, 2, 28), 14, "13_to_14"),
        ((2012, 2, 29), (2027, 3, 1), 15, "15_to_16"),
        ((2009, 9, 16), (2026, 9, 15), 16, "15_to_16"),
        ((2009, 9, 15), (2026, 9, 15), 17, "17_and_over"),
    ],
)
def test_the_age_group_changes_on_the_birthday(born, on, age, group):
    assert age_on(datetime.date(*born), datetime.date(*on)) == age
    assert age_group(datetime.date(*born), datetime.date(*on)) == group
