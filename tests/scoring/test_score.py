"""What holds for every set of answers: the range, the words that go with a score, handling and comparing."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import scoring
from forms.tracker import UNKNOWN, indicators

WEIGHTS = scoring.illustrative_weights()
BORN = datetime.date(2011, 1, 10)
TODAY = datetime.date(2026, 9, 15)
CODES = [question.key for question in indicators()]

some_answers = st.fixed_dictionaries(
    {code: st.sampled_from([None, UNKNOWN, *WEIGHTS.points[code]]) for code in CODES}
)


@st.composite
def weight_sets(draw):
    points = {
        code: {key: draw(st.integers(0, 12)) for key, _ in options}
        for code, options in scoring.scorable().items()
    }
    return scoring.WeightSet("Drawn by chance", "1", "illustrative", "a test", points)


def scored(answers, weights=WEIGHTS):
    return scoring.score(answers, BORN, TODAY, weights)


@given(some_answers)
def test_the_score_lies_within_its_range(answers):
    result = scored(answers)
    assert result.lowest == result.total <= result.highest <= WEIGHTS.highest_total


@given(some_answers, st.data())
def test_one_more_answer_never_leaves_the_range_and_never_widens_it(answers, data):
    still_open = [code for code in CODES if answers[code] in (None, UNKNOWN)]
    if not still_open:
        still_open = CODES[:1]
        answers = {**answers, CODES[0]: None}
    code = data.draw(st.sampled_from(still_open))
    before = scored(answers)
    after = scored({**answers, code: data.draw(st.sampled_from(list(WEIGHTS.points[code])))})
    assert before.lowest <= after.lowest <= after.highest <= before.highest


@given(some_answers)
def test_unknown_never_scores_and_is_told_apart_from_not_answered(answers):
    result = scored(answers)
    without = scored({code: None if answer == UNKNOWN else answer for code, answer in answers.items()})
    assert (result.total, result.highest) == (without.total, without.highest)
    assert sum(map(len, result.unknown.values())) == list(answers.values()).count(UNKNOWN)
    assert sum(map(len, result.unanswered.values())) == list(answers.values()).count(None)


@given(some_answers, st.permutations(CODES))
def test_the_order_of_answers_does_not_matter(answers, order):
    assert scored({code: answers[code] for code in order}) == scored(answers)


@given(some_answers, weight_sets(), st.data())
def test_once_the_named_agencies_have_answered_the_band_stays_whatever_the_others_say(answers, weights, data):
    agency_of = {q.key: q.agency for q in indicators()}
    result = scored(answers, weights)

    def answered_by(is_answering):
        return {
            code: data.draw(st.sampled_from(list(weights.points[code])))
            if answers[code] in (None, UNKNOWN) and is_answering(agency_of[code])
            else answers[code]
            for code in CODES
        }

    settled = scored(answered_by(lambda agency: agency in result.settled_by), weights)
    assert not settled.band_could_change


@given(some_answers)
def test_drivers_come_largest_first_and_add_up_to_the_score(answers):
    result = scored(answers)
    points = [driver.points for driver in result.drivers]
    assert points == sorted(points, reverse=True)
    assert sum(points) == result.total


def test_an_answer_that_the_tracker_does_not_list_is_refused_without_repeating_it():
    with pytest.raises(ValueError, match="self_harm has an answer") as refused:
        scored({"self_harm": "perhaps"})
    assert "perhaps" not in str(refused.value)


def test_the_words_of_the_range_name_who_could_settle_the_band():
    everything_else = {code: min(p, key=p.get) for code, p in WEIGHTS.points.items()}
    arrests = {"county_line_arrest": "yes", "victim_modern_slavery": "yes", "suspect_pwits": "yes"}
    result = scored(
        everything_else | arrests | {"self_harm": "yes", "victim_other_crime": None, "mental_health": None}
    )
    assert result.range_in_words() == (
        "The score is 36 and could be up to 41 once everything is known. "
        "The band could change from low to medium. Answers that would settle it: Health and Police."
    )
    assert (
        scored(everything_else).range_in_words()
        == "The score is 4 and nothing still to be known could raise it."
    )


def test_each_band_carries_the_explanation_and_action_of_its_source():
    bands = scoring.bands_on(TODAY)
    assert [(b.name, b.colour, b.from_score) for b in bands.bands] == [
        ("Low", "green", 0),
        ("Medium", "amber", 40),
        ("High", "red", 70),
    ]
    assert bands.bands[0].explanation.startswith("Minimal evidence at present")
    assert "Amber Project" in bands.bands[2].action
    assert bands.source
    assert scoring.bands_on(datetime.date(1999, 1, 1)) is scoring.BANDS[0]


def test_both_bands_are_kept_when_a_child_is_handled_in_another_one():
    result = scored(dict.fromkeys(CODES))
    handled = scoring.handled_band(result, scoring.Override("high", "Found out of city", "A. Example"))
    assert (handled.band.name, handled.scored.name) == ("High", "Low")
    assert handled.why == "Professional judgement of A. Example: Found out of city"


def test_an_override_says_all_that_is_missing_at_once():
    with pytest.raises(scoring.OverrideRefused) as refused:
        scoring.handled_band(scored({}), scoring.Override("purple", " ", ""))
    assert str(refused.value).count(";") == 2


def newer(version="2", status="approved"):
    points = {code: {key: p + 1 for key, p in answers.items()} for code, answers in WEIGHTS.points.items()}
    return scoring.WeightSet(
        "Newer weights", version, status, "a test", points, "A. Example", datetime.date(2026, 8, 1)
    )


def test_before_and_after_under_one_set_are_compared_as_they_were_scored():
    before = scoring.Scoring({"self_harm": "yes"}, BORN, datetime.date(2026, 3, 1), WEIGHTS)
    after = scoring.Scoring({"self_harm": "no"}, BORN, TODAY, WEIGHTS)
    comparison = scoring.compare(before, after, WEIGHTS)
    assert (comparison.before.total, comparison.after.total, comparison.change) == (8, 4, -4)
    assert not comparison.rescored
    assert comparison.in_words().startswith(
        "The score went from 8 to 4; a higher score is worse. Whether the band changed cannot be told. Illustrative"
    )


def test_before_and_after_under_two_sets_are_both_rescored_under_the_later_one_and_it_says_so():
    before = scoring.Scoring({"self_harm": "yes"}, BORN, datetime.date(2026, 3, 1), WEIGHTS)
    after = scoring.Scoring({"self_harm": "no"}, BORN, TODAY, newer())
    comparison = scoring.compare(before, after, newer())
    assert comparison.rescored
    assert (comparison.before.total, comparison.after.total) == (10, 6)
    assert "both are scored under Newer weights, version 2" in comparison.in_words()
