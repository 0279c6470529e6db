"""What must hold across the answers of a form: the tool is for children, and a kind follows from a nature."""

import datetime

import pytest

from forms.answers import check
from forms.child import CHILD, TOO_OLD, children_only
from forms.codes import KIND_OF_EXPLOITATION
from forms.referral import REFERRAL, kind_that_follows
from forms.referral.nature import CRIMINAL, NATURE, SEXUAL
from forms.screening import SCREENING

day = datetime.date.fromisoformat

AGES = [
    # born, today, is a child
    ("2008-09-30", "2026-09-29", True),
    ("2008-09-30", "2026-09-30", False),
    ("2008-02-29", "2026-02-28", True),
    ("2008-02-29", "2026-03-01", False),
    ("2012-02-29", "2028-02-29", True),
    ("1990-01-01", "2026-01-01", False),
]


@pytest.mark.parametrize(("born", "today", "is_child"), AGES)
def test_screening_and_referral_are_for_children_under_18_on_the_day(born, today, is_child):
    about = {"date_of_birth": day(born), "today": day(today)}
    for form, key in ((SCREENING, "what_should_happen"), (REFERRAL, "route")):
        typed = {"what_should_happen": "discuss", "route": "open_case"}
        sentences = [p.sentence for p in check(form, typed, about).problems if p.key == key]
        assert sentences == ([] if is_child else [TOO_OLD])


def test_the_rule_is_silent_when_the_date_of_birth_is_not_known_yet():
    assert children_only({}, {}) is None


def test_the_childs_own_record_outlives_childhood():
    typed = {"name": "Made Up", "date_of_birth": "1 1 1990", "area": "wirral"}
    assert check(CHILD, typed, {"date_of_birth": day("1990-01-01")}).problems == ()


@pytest.mark.parametrize(
    ("born", "today", "is_refused"),
    [("1 1 1900", "2026-01-01", False), ("1 1 1901", "2031-12-31", False), ("1 1 1901", "2032-01-01", True)],
)
def test_a_date_of_birth_lies_within_130_years(born, today, is_refused):
    typed = {"name": "Made Up", "date_of_birth": born, "area": "wirral"}
    sentences = [p.sentence for p in check(CHILD, typed, {"today": day(today)}).problems]
    assert bool(sentences) == is_refused


@pytest.mark.parametrize(
    ("chosen", "is_refused"), [(["NONE"], False), (["AUT", "LD"], False), (["NONE", "LD"], True), ([], False)]
)
def test_no_disability_is_not_chosen_beside_one(chosen, is_refused):
    sentences = [p.sentence for p in check(CHILD, {"disability": chosen}).problems if p.key == "disability"]
    assert bool(sentences) == is_refused


KINDS = [
    ([], None),
    (["online"], None),
    (["group", "warning_signs", "other"], None),
    (["county_lines"], "criminal"),
    (["storing", "online"], "criminal"),
    (["family_linked", "financial", "coercion", "in_city_drugs"], "criminal"),
    (["relationship"], "sexual"),
    (["party", "lone_offender", "on_street", "peer", "group"], "sexual"),
    (["county_lines", "peer"], "both"),
    (["financial", "relationship", "online"], "both"),
]


@pytest.mark.parametrize(("nature", "kind"), KINDS)
def test_the_kind_follows_from_the_nature_or_is_asked(nature, kind):
    assert kind_that_follows(nature) == kind


def test_every_nature_is_criminal_or_sexual_or_says_neither():
    natures = {key for key, _ in NATURE}
    assert natures - CRIMINAL - SEXUAL == {"online", "group", "warning_signs", "other"}
    assert natures > CRIMINAL | SEXUAL
    assert not CRIMINAL & SEXUAL
    assert {kind_that_follows([key]) for key in natures} - {None} <= set(dict(KIND_OF_EXPLOITATION))


def test_another_nature_must_be_specified():
    keys = {p.key for p in check(REFERRAL, {"nature": ["other"]}).problems}
    assert "nature_other" in keys


def test_the_summary_counts_and_never_scores():
    typed = {
        "strong_01": "yes", "strong_02": "yes", "strong_03": "historical", "strong_04": "unknown",
        "moderate_01": "no", "moderate_30": "historical",
        "protective_health_1": "yes", "protective_health_2": "no", "protective_health_3": "unknown",
    }  # fmt: skip
    lines = dict(SCREENING.summary(check(SCREENING, typed).answers))
    assert lines["Answered"] == "9 of 72"
    assert (lines["Strong signs now"], lines["Strong signs historical"], lines["Strong signs unknown"]) == (
        "2",
        "1",
        "1",
    )
    assert (lines["Moderate signs now"], lines["Moderate signs historical"]) == ("0", "1")
    assert lines["Protective factors, health needs"] == "1 present, 1 absent, 0 historical, 1 unknown"
    assert not any("score" in name.lower() or "total" in name.lower() for name in lines)
