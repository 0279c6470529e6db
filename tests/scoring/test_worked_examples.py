"""The sentences of worked_examples.csv, which a practitioner can read and dispute, hold under the illustrative set."""

import csv
import datetime
from pathlib import Path

import pytest

import scoring
from forms.tracker import TRACKER, modern_slavery_investigation

with (Path(__file__).parent / "worked_examples.csv").open(encoding="utf-8", newline="") as file:
    EXAMPLES = list(csv.DictReader(file))

WEIGHTS = scoring.illustrative_weights()


def answers_of(example):
    """Answers by code: those spelled out, and for all others what the example says."""
    answers = {
        code: {
            "not answered": None,
            "unknown": "unknown",
            "lowest": min(points, key=points.get),
            "highest": max(points, key=points.get),
        }[example["all_other_answers"]]
        for code, points in WEIGHTS.points.items()
        if code != "age"
    }
    for part in filter(None, example["answers"].split("; ")):
        code, spelled = part.split("=")
        question = TRACKER.by_key[code]
        if spelled == "not answered":
            answers[code] = None
        elif hasattr(question, "options"):
            answers[code] = question.read(next(key for key, label in question.options if label == spelled))
        else:
            answers[code] = spelled
    return answers


def by_agency(counted):
    return {agency: int(count) for agency, count in (part.split() for part in counted.split("; ") if part)}


def handled(scored, override):
    chosen = scoring.Override(*(part.strip() for part in override.split("|"))) if override else None
    try:
        return scoring.handled_band(scored, chosen).band.key
    except scoring.OverrideRefused:
        return "refused"


@pytest.mark.parametrize("example", EXAMPLES, ids=[e["sentence"] for e in EXAMPLES])
def test_the_worked_example_holds(example):
    scored = scoring.score(
        answers_of(example),
        datetime.date.fromisoformat(example["date_of_birth"]),
        datetime.date.fromisoformat(example["on"]),
        WEIGHTS,
    )
    assert scored.total == int(example["score"])
    assert (scored.lowest, scored.highest) == (scored.total, int(example["highest"]))
    assert scored.band.key == example["band"]
    assert {a: len(c) for a, c in scored.unanswered.items()} == by_agency(example["unanswered_by_agency"])
    assert {a: len(c) for a, c in scored.unknown.items()} == by_agency(example["unknown_by_agency"])
    assert scored.band_could_change == (example["could_change"] == "yes")
    assert set(scored.settled_by) == set(filter(None, example["settled_by"].split("; ")))
    assert sum(driver.points for driver in scored.drivers) == scored.total
    assert handled(scored, example["override"]) == example["handled_as"]


def test_the_modern_slavery_question_is_part_of_the_examples():
    assert any(modern_slavery_investigation.key in e["answers"] for e in EXAMPLES)
