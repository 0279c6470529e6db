"""What a condition hid is "not asked"; what was asked and left is "not answered". A sent form keeps the two apart."""

import datetime

from dateutil.relativedelta import relativedelta

from forms.answers import check, section_state
from forms.child import CHILD
from forms.question import NOT_ASKED
from forms.referral import REFERRAL
from forms.screening import SCREENING

TODAY = datetime.date.today()


def problems(form, typed, about=None):
    return {p.key: p.sentence for p in check(form, typed, about).problems}


def test_a_hidden_question_is_listed_as_not_asked_and_its_typed_answer_is_dropped():
    checked = check(SCREENING, {"strong_01": "no", "strong_01_note": "typed before the answer was changed"})
    assert "strong_01_note" in checked.not_asked
    assert "strong_01_note" not in checked.answers


def test_an_asked_question_left_empty_is_none_and_not_in_the_list():
    checked = check(SCREENING, {"strong_01": "historical"})
    assert checked.answers["strong_01_note"] is None
    assert "strong_01_note" not in checked.not_asked


def test_the_two_read_differently():
    note = SCREENING.by_key["strong_01_note"]
    assert (note.as_text(NOT_ASKED), note.as_text(None)) == ("Not asked", "Not answered")


def test_a_question_that_waits_for_a_hidden_question_is_hidden_too():
    typed = {
        "placed_by_another_authority": "no",
        "lead_agency": "looked_after",
        "home_social_worker_told": "yes",
    }
    checked = check(REFERRAL, typed)
    assert {"placing_authority", "home_social_worker_told", "home_social_worker_told_on"} <= set(
        checked.not_asked
    )


def test_a_looked_after_child_placed_from_elsewhere_asks_whose_child_and_whether_the_home_area_knows():
    checked = check(REFERRAL, {"placed_by_another_authority": "yes", "lead_agency": "looked_after"})
    assert {"placing_authority", "home_social_worker_told"} <= set(checked.answers)


def test_each_route_asks_its_own_decision():
    asked = {
        route: {
            k for k in check(REFERRAL, {"route": route}).answers if k.endswith(("decision", "meeting_on"))
        }
        for route in ("front_door", "open_case", "strategy_meeting")
    }
    assert asked == {
        "front_door": {"front_door_decision"},
        "open_case": {"manager_decision"},
        "strategy_meeting": {"strategy_meeting_on"},
    }


def evidence(happened_on, **more):
    row = {
        "row_id": "r1",
        "theme": "missing",
        "what_is_known": "Seen",
        "basis": "confirmed",
        "source": "School",
    }
    return {"evidence": [{**row, "happened_on": happened_on.isoformat(), **more}]}


def test_evidence_asks_why_it_is_still_relevant_only_when_older_than_six_months():
    six_months_ago = TODAY - relativedelta(months=6)
    for happened_on, is_asked in (
        (TODAY, False),
        (six_months_ago, False),
        (six_months_ago - datetime.timedelta(days=1), True),
    ):
        checked = check(REFERRAL, evidence(happened_on))
        sentences = [p.sentence for p in checked.problems if p.rows_key == "evidence"]
        assert sentences == (["Say why evidence older than six months is still relevant"] if is_asked else [])
        assert ("why_still_relevant" in checked.answers["evidence"][0]) == is_asked


def test_a_reason_typed_for_old_evidence_is_dropped_when_its_date_becomes_recent():
    checked = check(REFERRAL, evidence(TODAY, why_still_relevant="It was long ago"))
    assert "why_still_relevant" not in checked.answers["evidence"][0]


def test_a_problem_in_a_row_names_the_row_and_an_empty_row_is_no_row():
    typed = evidence(TODAY, basis="")
    typed["evidence"].append({"row_id": "r2", "theme": ""})
    checked = check(REFERRAL, typed)
    assert len(checked.answers["evidence"]) == 1
    (problem,) = [p for p in checked.problems if p.rows_key]
    assert (problem.row_id, problem.key, problem.sentence) == ("r1", "basis", "Select what this rests on")


def test_no_evidence_at_all_is_a_problem_in_words():
    assert problems(REFERRAL, {})["evidence"] == "Add at least one piece of evidence"


def test_what_was_typed_is_never_changed_by_reading_it():
    typed = {"explanation": "x" * 20_001, "what_should_happen": "discuss"}
    before = dict(typed)
    assert "explanation" in problems(SCREENING, typed)
    assert typed == before


def test_a_section_is_in_progress_while_answers_are_missing_and_a_problem_only_when_something_cannot_stand():
    who = CHILD.sections[0]

    def state(typed):
        return section_state(who, typed, check(CHILD, typed))

    assert state({}) == "Not started"
    assert state({"aliases": "Z"}) == "In progress"
    assert state({"name": "Made Up", "date_of_birth": "31 2 2012"}) == "There is a problem"
    assert state({"name": "Made Up", "date_of_birth": "1 2 2012"}) == "Completed"
