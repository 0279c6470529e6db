"""Break glass: one child, for an hour, to read; shown to the area at once, reviewed once, and never undone."""

from __future__ import annotations

import datetime
from contextlib import suppress

import pytest

from data import clock
from data.access.emergency import LASTS, LOOKS_AN_HOUR
from data.access.rule import can_see_child, can_take_away, can_write_child
from data.actor import Actor
from data.answers import submissions
from data.child import emergency, national_referrals, restriction
from data.child.child_search import search
from data.child.children import heading, read_child
from data.child.emergency import open_record, openings, review
from data.database.records import ACCOUNT, OPENING
from data.database.store import Store
from data.my_work import my_work
from data.refusal import NotFilledIn, Problems, Refused
from data.trail.anomalies import anomalies
from data.trail.audit_entries import who_has_seen
from tests.access import calls_beside
from tests.access.calls import about_the_child
from tests.access.test_intelligence_and_adults_of_concern import SENSITIVE, WORDS
from tests.access.test_who_may_do_what import PAST_THE_DOOR
from tests.access.world import World
from tests.audit.tampering import at_time
from tests.concern.typed import an_nrm_at
from tests.factories import MADE, a_child, a_link, a_submission, an_account, the_operator
from tests.filled_in import a_written_assessment

NUMBER = "9990000018"
WHY = {"reason": "Found at the station with a stranger", "lawful_basis": "vital_interests"}
BY_NUMBER = {"nhs_number": NUMBER, **WHY}


def rights(actor: Actor, child_id: str) -> tuple[bool, bool, bool]:
    """Sees, writes, takes a copy away."""
    with actor.reading() as work:
        return can_see_child(work, child_id), can_write_child(work, child_id), can_take_away(work, child_id)


def a_child_of_wirral(store: Store) -> str:
    born = datetime.date(2012, 2, 1)
    return a_child(store, "Zoë Made-Up", born, "wirral", nhs_number=NUMBER)


@pytest.mark.parametrize("role", ["practitioner", "coordinator", "manager"])
def test_it_opens_the_record_to_read_for_an_hour_and_no_longer(store: Store, role: str) -> None:
    child_id, actor = a_child_of_wirral(store), an_account(store, role)
    other = a_child(store, area="wirral")
    assert rights(actor, child_id) == (False, False, False)
    assert open_record(actor, BY_NUMBER) == child_id
    assert rights(actor, child_id) == (True, False, False)
    assert read_child(actor, child_id).heading.name == "Zoë Made-Up"
    assert heading(actor, child_id).open_until
    assert [c["child_id"] for c in search(actor, "Zoë").children] == [child_id]
    assert rights(actor, other) == (False, False, False)
    with pytest.raises(Refused):
        who_has_seen(actor, child_id)
    with at_time(clock.now() + LASTS + datetime.timedelta(seconds=1)):
        assert rights(actor, child_id) == (False, False, False)
        assert search(actor, "Zoë").children == ()
    assert datetime.timedelta(minutes=60) == LASTS


@pytest.mark.parametrize("role", ["meeting_member", "partnership_lead", "administrator"])
def test_who_does_not_work_with_children_opens_nothing(duckdb_store: Store, role: str) -> None:
    child_id, actor = a_child_of_wirral(duckdb_store), an_account(duckdb_store, role)
    with pytest.raises(Refused):
        open_record(actor, BY_NUMBER)
    assert rights(actor, child_id) == (False, False, False)


def test_a_role_that_is_taken_away_closes_what_it_opened(store: Store) -> None:
    child_id, actor = a_child_of_wirral(store), an_account(store)
    open_record(actor, BY_NUMBER)
    with the_operator(store).writing() as work:
        work.save(ACCOUNT, {"account_id": actor.account_id, "role": "meeting_member"}, MADE)
    assert rights(actor, child_id) == (False, False, False)


@pytest.mark.parametrize(
    ("who", "opens"),
    [
        ({"nhs_number": "999 000 0018"}, True),
        ({"name": "zoe made-up", "date_of_birth": "1 2 2012"}, True),
        ({"name": "Made-Up Zoë", "date_of_birth": "1 2 2012"}, True),
        ({"name": "Zoë", "date_of_birth": "1 2 2012"}, False),
        ({"name": "Zoë Made-Up", "date_of_birth": "2 2 2012"}, False),
        ({"nhs_number": "999 000 0026"}, False),
    ],
)
def test_only_an_exact_number_or_name_and_birth_date_find_the_child(
    store: Store, who: dict[str, str], opens: bool
) -> None:
    child_id, actor = a_child_of_wirral(store), an_account(store)
    if opens:
        assert open_record(actor, {**who, **WHY}) == child_id
    else:
        with pytest.raises(Problems, match="No record matches exactly"):
            open_record(actor, {**who, **WHY})
        assert not rights(actor, child_id)[0]
    with the_operator(store).reading() as work:
        looked = "SELECT count(*) FROM audit WHERE action = 'record looked for in an emergency' AND account_id = $1"
        assert work.value(looked, [actor.account_id]) == 1


@pytest.mark.parametrize(
    ("left_out", "sentence"),
    [
        ("nhs_number", "Enter the NHS number, or both the full name and the date of birth"),
        ("reason", "Enter why you need this record now"),
        ("lawful_basis", "Select the lawful basis"),
    ],
)
def test_nothing_opens_without_a_reason_and_a_lawful_basis(
    duckdb_store: Store, left_out: str, sentence: str
) -> None:
    actor = an_account(duckdb_store)
    a_child_of_wirral(duckdb_store)
    with pytest.raises(NotFilledIn) as not_ready:
        open_record(actor, {**BY_NUMBER, left_out: ""})
    assert not_ready.value.sentences == (sentence,)


def test_two_records_that_match_open_neither(duckdb_store: Store) -> None:
    actor = an_account(duckdb_store)
    for _ in range(2):
        a_child(duckdb_store, "Twin Made-Up", datetime.date(2012, 2, 1), "wirral")
    with pytest.raises(Problems, match="More than one record"):
        open_record(actor, {"name": "Twin Made-Up", "date_of_birth": "1 2 2012", **WHY})


def test_a_second_click_in_the_hour_opens_it_once(store: Store) -> None:
    actor = an_account(store)
    a_child_of_wirral(store)
    assert open_record(actor, BY_NUMBER) == open_record(actor, BY_NUMBER)
    assert len(openings(an_account(store, "manager", "wirral"))[0]) == 1


def test_whose_work_the_child_is_needs_none_and_a_restricted_child_stays_closed(store: Store) -> None:
    child_id = a_child_of_wirral(store)
    coordinator = an_account(store, "coordinator", "wirral", name="Kim Example")
    with pytest.raises(Problems, match="without this"):
        open_record(coordinator, BY_NUMBER)
    restriction.restrict(coordinator, child_id, [], "A colleague's child")
    actor = an_account(store)
    with pytest.raises(Refused, match="ask the area's coordinator"):
        open_record(actor, BY_NUMBER)
    assert not rights(actor, child_id)[0]


def test_the_areas_coordinators_and_managers_are_shown_it_at_once_and_no_other_area(store: Store) -> None:
    child_id, actor = a_child_of_wirral(store), an_account(store, name="Sam Example")
    a_submission(store, "screening", child_id)
    open_record(actor, BY_NUMBER)
    for role in ("coordinator", "manager"):
        (waiting,) = my_work(an_account(store, role, "wirral")).openings
        assert (waiting["who"], waiting["reason"], waiting["name"]) == (
            "Sam Example",
            WHY["reason"],
            "Zoë Made-Up",
        )
        assert my_work(an_account(store, role)).openings == ()
        assert openings(an_account(store, role)) == ([], False)
    assert my_work(actor).openings == ()
    seen = who_has_seen(an_account(store, "manager", "wirral"), child_id).rows
    assert ("Sam Example", "Opened the record in an emergency") in {(row.name, row.what) for row in seen}


def test_a_manager_of_the_area_reviews_it_once_and_what_was_found_stays(store: Store) -> None:
    a_child_of_wirral(store)
    actor = an_account(store)
    open_record(actor, BY_NUMBER)
    manager = an_account(store, "manager", "wirral", name="Ash Example")
    (opened,), _ = openings(manager)
    opening_id = opened["opening_id"]
    for stranger in (actor, an_account(store, "coordinator", "wirral"), an_account(store, "manager")):
        with pytest.raises(Refused):
            review(stranger, opening_id, "appropriate", "A made-up note")
    for finding, note in (("appropriate", " "), ("", "A made-up note"), ("hidden", "A made-up note")):
        with pytest.raises(Problems):
            review(manager, opening_id, finding, note)
    review(manager, opening_id, "not_appropriate", "The coordinator was at her desk")
    with pytest.raises(Problems, match="can no longer be done"):
        review(manager, opening_id, "appropriate", "On second thoughts")
    (reviewed,), _ = openings(manager)
    assert (reviewed["state"], reviewed["review_note"], reviewed["reviewer"], reviewed["reason"]) == (
        "not_appropriate", "The coordinator was at her desk", "Ash Example", WHY["reason"],
    )  # fmt: skip
    assert my_work(manager).openings == ()


def test_nobody_reviews_what_they_opened_themselves(store: Store) -> None:
    a_child_of_wirral(store)
    manager = an_account(store, "manager")
    open_record(manager, BY_NUMBER)
    with the_operator(store).writing() as work:
        work.save(ACCOUNT, {"account_id": manager.account_id, "area": "wirral"}, MADE)
    (opened,), _ = openings(manager)
    with pytest.raises(Refused, match="Somebody else reviews"):
        review(manager, opened["opening_id"], "appropriate", "A made-up note")


def test_nothing_in_the_code_takes_an_opening_away() -> None:
    public = {
        name
        for name, given in vars(emergency).items()
        if getattr(given, "__module__", "") == emergency.__name__
    }
    assert {name for name in public if not name.startswith("_")} == {
        "not_reviewed", "open_record", "openings", "review",
    }  # fmt: skip


def test_one_that_waits_too_long_for_review_stands_out_until_it_is_reviewed(store: Store) -> None:
    actor = an_account(store, name="Sam Example")
    a_child_of_wirral(store)
    noon = datetime.datetime(2026, 6, 3, 12, tzinfo=datetime.UTC)
    with at_time(noon):
        open_record(actor, BY_NUMBER)
    administrator = an_account(store, "administrator")

    def found(days: float) -> list[str]:
        until = noon + datetime.timedelta(days=days)
        return [a.sentence for a in anomalies(administrator, until) if a.kind == "emergency without review"]

    assert found(2.9) == []
    sentence = (
        "Sam Example opened a record in an emergency once, and no manager has reviewed it within 3 days; "
        "the first was at 13:00 on 3 June 2026."
    )
    assert (found(3), found(30)) == ([sentence], [sentence])
    manager = an_account(store, "manager", "wirral")
    (opened,), _ = openings(manager)
    with at_time(noon + datetime.timedelta(days=4)):
        review(manager, opened["opening_id"], "appropriate", "A made-up note")
    assert (found(3.5), found(5)) == ([sentence], [])


READS = {
    "after_meeting.actions.read_action", "child.child_over_time.read_over_time", "child.children.heading", "child.children.read_child",
    "answers.disputes.disputes_of", "after_meeting.flags.read_flags", "concern.link_map.read_link_map", "child.links.practitioners_to_ask",
    "child.missing.read_missing", "child.national_referrals.read_nrm", "child.referrals.problem_before_starting", "after_meeting.reviews.read_review",
    "scores.scorings.compare_scores", "scores.scorings.read_score", "scores.scorings.scores_of_child",
    "answers.submissions.read_submission", "answers.answer_history.in_submission",
}  # fmt: skip
"""Calls about a child that neither write nor give a file."""


@pytest.mark.parametrize("person", ["elsewhere", "coordinator_elsewhere", "manager_elsewhere"])
def test_every_other_call_about_the_child_is_refused_to_who_opened_the_record(
    duckdb_store: Store, person: str
) -> None:
    world = World(duckdb_store)
    actor = world.people[person]
    with actor.writing() as work:
        opening = {
            "opening_id": "one",
            "child_id": world.child_id,
            "account_id": actor.account_id,
            "area": "liverpool",
        }
        work.save(OPENING, {**opening, "opened_at": work.at, "ends_at": work.at + LASTS}, MADE)
    may = set()
    attempted = (
        calls_beside.about_the_child(world) | about_the_child(world) | calls_beside.about_leaving(world)
    )
    for name, call in attempted.items():
        with suppress(Refused):
            with suppress(*PAST_THE_DOOR):
                call(actor)
            may.add(name)
    assert may == READS


def test_ten_looks_an_hour_are_all_and_one_too_many_is_audited_and_stands_out(store: Store) -> None:
    child_id, guesser, other = (
        a_child_of_wirral(store),
        an_account(store, name="Sam Example"),
        an_account(store),
    )
    guess = {**BY_NUMBER, "nhs_number": "999 000 0026"}
    for _ in range(LOOKS_AN_HOUR):
        with pytest.raises(Problems, match="No record matches exactly"):
            open_record(guesser, guess)
    for typed in (guess, BY_NUMBER):
        with pytest.raises(Refused, match="call 999"):
            open_record(guesser, typed)
    assert not rights(guesser, child_id)[0]
    assert open_record(other, BY_NUMBER) == child_id
    said = [one.sentence for one in anomalies(an_account(store, "administrator"))]
    assert any("Sam Example was refused 2 times because they looked for more than 10" in one for one in said)
    with at_time(clock.now() + datetime.timedelta(hours=1, minutes=1)):
        assert open_record(guesser, BY_NUMBER) == child_id


def test_an_emergency_opens_no_intelligence_to_another_areas_coordinator_or_manager(store: Store) -> None:
    worker, officer = an_account(store), an_account(store, agency="police")
    child_id = a_child_of_wirral(store)
    for who in (worker, officer):
        a_link(store, child_id, who)
    draft_id = a_written_assessment(worker, officer, child_id, **SENSITIVE)
    record_id = submissions.submit(officer, draft_id)
    kept = an_nrm_at(an_account(store, "coordinator", "wirral"), child_id, "referred", investigation="Zzyzx")
    for role in ("coordinator", "manager"):
        stranger, own = an_account(store, role), an_account(store, role, "wirral")
        open_record(stranger, BY_NUMBER)
        for who, sees in ((stranger, False), (own, True)):
            read = submissions.read_submission(who, "assessment", record_id)
            referral = national_referrals.read_nrm(who, child_id, kept)
            assert (WORDS in repr(read.answers), bool(read.hidden)) == (sees, not sees)
            assert ("Zzyzx" in repr(referral), referral.hidden) == (sees, not sees)
