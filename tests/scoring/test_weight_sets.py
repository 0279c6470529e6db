"""A weight set is complete, whole and honest about its status, or it is refused with everything that is wrong."""

import datetime
from pathlib import Path

import pytest

import scoring

CSV = (Path(scoring.__file__).parent / "forms/weights/illustrative.csv").read_text(encoding="utf-8")


def read(csv_text=CSV, **changed):
    about = {"name": "Weights", "version": "1", "status": "provisional", "source": "a test", **changed}
    return scoring.read_weight_set(csv_text, **about)


def problems(csv_text=CSV, **changed):
    with pytest.raises(scoring.WeightSetRefused) as refused:
        read(csv_text, **changed)
    return refused.value.problems


def test_the_illustrative_set_is_complete_and_its_highest_total_well_above_70():
    weights = scoring.illustrative_weights()
    assert weights.status == "illustrative"
    assert len(weights.points) == 32
    assert weights.highest_total == 162
    assert list(weights.points["ace_score"]) == [str(n) for n in range(11)]
    assert not any("unknown" in answers for answers in weights.points.values())


def test_answers_may_be_spelled_in_any_case_and_with_any_dash_as_spreadsheets_do():
    assert read("\ufeff" + CSV.lower().replace("–", "-").replace("\n", "\r\n")).points == read().points


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("code,answer,points", "code,points"), "Give the first line the headings code, answer, points"),
        (
            ("self_harm,Yes,4", "self_harm,Yes,-4"),
            "points must be a whole number from 0 to 9999, and are “-4”",
        ),
        (
            ("self_harm,Yes,4", "self_harm,Yes,4.5"),
            "points must be a whole number from 0 to 9999, and are “4.5”",
        ),
        (("self_harm,Yes,4", "self_harm,Yes,"), "points must be a whole number from 0 to 9999, and are “”"),
        (("self_harm,Yes,4", "self_harm,Yes,٤"), "points must be a whole number from 0 to 9999, and are “٤”"),
        (("self_harm,Yes,4\n", ""), "Add the points of self_harm for “Yes”"),
        (("self_harm,Yes,4", "self_harm,Sometimes,4"), "“Sometimes” is not an answer to self_harm"),
        (("self_harm,Yes,4", "self_harn,Yes,4"), "“self_harn” is not an indicator that can score"),
        (
            ("self_harm,Yes,4", "self_harm,Yes,4\nace_type,Text,1"),
            "“ace_type” is not an indicator that can score",
        ),
        (("self_harm,Yes,4", "self_harm,Yes,4\nself_harm,Unknown,1"), "“Unknown” scores 0 and has no line"),
        (("self_harm,Yes,4", "self_harm,Yes,4\nself_harm,yes,5"), "has its points already"),
        (("self_harm,Yes,4", "self_harm,Yes,4,why"), "it has 4 cells: give it three"),
        (("self_harm,Yes,4", 'self_harm,"Yes,4'), "Save the file as CSV with commas"),
    ],
)
def test_a_slip_in_the_file_is_named(change, sentence):
    assert change[0] in CSV
    assert any(sentence in problem for problem in problems(CSV.replace(*change, 1)))


def test_all_problems_are_said_at_once():
    broken = CSV.replace("self_harm,Yes,4", "self_harm,Yes,four").replace("neet,Yes,4\n", "")
    assert len(problems(broken, name=" ", status="approved")) == 4


def test_an_empty_file_is_refused():
    assert problems("") == ("Give the first line the headings code, answer, points",)


def test_a_set_under_which_no_child_could_reach_high_is_refused():
    flat = "".join(
        f"{code},{label},2\n" for code, options in scoring.scorable().items() for _, label in options
    )
    assert problems("code,answer,points\n" + flat)[0].startswith("Raise the points: the highest total is 64")


def test_only_an_approved_set_names_who_approved_it_and_when():
    assert problems(status="approved") == ("Enter who approved the weight set, and when",)
    assert problems(status="provisional", approved_by="A. Example")
    approved = read(status="approved", approved_by="A. Example", approved_on=datetime.date(2026, 9, 1))
    assert scoring.status_sentence(approved) == ""


@pytest.mark.parametrize("status", ["illustrative", "provisional", "retired"])
def test_every_score_of_a_set_that_is_not_approved_says_so_in_words(status):
    weights = read(status=status)
    result = scoring.score({}, datetime.date(2011, 1, 10), datetime.date(2026, 9, 15), weights)
    assert status in result.status_sentence.lower()
    assert "Weights, version 1" in result.status_sentence


def test_a_status_that_does_not_exist_is_refused():
    assert problems(status="final")[0].startswith("Select a status")
