"""Before a meeting every member agency answers for each child, and everybody signs before the first child is opened."""

from __future__ import annotations

import pytest

from data.database.store import Store
from data.meeting import agency_answers, attendance, invitations, meeting_keeping
from data.refusal import Problems, Refused
from forms.places import PARTNERSHIPS
from forms.settings import BY_KEY
from forms.terms_of_reference import TERMS_OF_REFERENCE, member_agencies
from tests.factories import an_account
from tests.meetings.made import OFFICER_SIGNS, SIGNS, a_meeting
from tests.meetings.test_members_reach_the_agenda import Sitting


def test_who_has_not_answered_is_shown_and_nothing_held_is_an_answer(store: Store) -> None:
    sitting = Sitting(store)
    with pytest.raises(Problems, match="from papers out"):
        agency_answers.answer(sitting.coordinator, sitting.item_id, False, None, agency="police")
    sitting.moves("send papers")
    everybody = member_agencies("pan_merseyside")
    [one] = agency_answers.answers(sitting.coordinator, sitting.meeting_id)
    assert (one.answers, one.missing) == ((), everybody)
    agency_answers.answer(sitting.member, sitting.item_id, True, "Made-up words of health")
    agency_answers.answer(sitting.teacher, sitting.item_id, False, "not kept, as nothing is held")
    agency_answers.answer(sitting.coordinator, sitting.item_id, False, None, agency="probation")
    [one] = agency_answers.answers(sitting.coordinator, sitting.meeting_id)
    assert [(row["agency"], row["holds"], row["words"]) for row in one.answers] == [
        ("education", False, None),
        ("health", True, "Made-up words of health"),
        ("probation", False, None),
    ]
    assert set(one.missing) == set(everybody) - {"health", "education", "probation"}


def test_an_agency_answers_for_itself_and_reads_its_own_words_only(store: Store) -> None:
    sitting = Sitting(store)
    sitting.moves("send papers")
    agency_answers.answer(sitting.member, sitting.item_id, True, "Made-up words of health")
    [as_seen] = agency_answers.answers(sitting.teacher, sitting.meeting_id)
    assert [(row["agency"], row["holds"], row["words"]) for row in as_seen.answers] == [
        ("health", True, None)
    ]
    with pytest.raises(Refused, match="own agency only"):
        agency_answers.answer(sitting.teacher, sitting.item_id, False, None, agency="health")
    for person in (an_account(store, "meeting_member"), an_account(store, "coordinator", "sefton")):
        with pytest.raises(Refused):
            agency_answers.answer(person, sitting.item_id, False, None, agency="police")
    with pytest.raises(Refused):
        agency_answers.answer(an_account(store, "manager"), sitting.item_id, False, None)


def test_an_answer_says_whether_and_what(duckdb_store: Store) -> None:
    sitting = Sitting(duckdb_store)
    sitting.moves("send papers")
    for holds, words, sentence in (
        (None, None, "Select whether"),
        (True, " ", "Enter what your agency holds"),
    ):
        with pytest.raises(Problems, match=sentence):
            agency_answers.answer(sitting.member, sitting.item_id, holds, words)
    sitting.moves("hold")
    agency_answers.answer(sitting.member, sitting.item_id, False, None)
    sitting.moves("agree")
    with pytest.raises(Refused):
        agency_answers.answer(sitting.member, sitting.item_id, True, "Too late")


def test_the_agency_of_somebody_invited_besides_is_asked_too(duckdb_store: Store) -> None:
    sitting = Sitting(duckdb_store)
    landlord = an_account(duckdb_store, "meeting_member", agency="housing")
    assert "housing" not in member_agencies("pan_merseyside")

    invitations.invite(sitting.coordinator, sitting.meeting_id, [landlord.account_id])
    [one] = agency_answers.answers(sitting.coordinator, sitting.meeting_id)
    assert "housing" in one.missing


def test_everybody_signs_and_a_meeting_without_a_signature_was_not_held(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    meeting_id = a_meeting(coordinator, "send papers")
    with pytest.raises(Problems, match="has signed the confidentiality statement"):
        meeting_keeping.move(coordinator, meeting_id, "hold")
    attendance_id = attendance.sign(coordinator, meeting_id, SIGNS | {"deputising_for": "Manager Made-Up"})
    [row] = attendance.attending(coordinator, meeting_id)
    assert (row["name"], row["deputising_for"]) == ("Attendee Made-Up", "Manager Made-Up")
    assert row["signed_at"] is not None
    with pytest.raises(Problems, match="Enter why"):
        attendance.take_out(coordinator, attendance_id, " ")
    attendance.take_out(coordinator, attendance_id, "Signed in twice")
    assert attendance.attending(coordinator, meeting_id) == []
    with pytest.raises(Problems, match="has signed the confidentiality statement"):
        meeting_keeping.move(coordinator, meeting_id, "hold")
    attendance.sign(coordinator, meeting_id, SIGNS)
    with pytest.raises(Problems, match="signed the confidentiality statement: Police"):
        meeting_keeping.move(coordinator, meeting_id, "hold")
    attendance.sign(coordinator, meeting_id, OFFICER_SIGNS)
    meeting_keeping.move(coordinator, meeting_id, "hold")


def test_signing_says_what_is_missing_and_is_the_coordinators_screen(duckdb_store: Store) -> None:
    sitting = Sitting(duckdb_store)
    with pytest.raises(Problems, match="can no longer be done"):
        attendance.sign(sitting.coordinator, sitting.meeting_id, SIGNS)
    sitting.moves("send papers")
    with pytest.raises(Problems, match="Enter the name of the person · Select the person's agency"):
        attendance.sign(sitting.coordinator, sitting.meeting_id, {})
    with pytest.raises(Refused):
        attendance.sign(sitting.member, sitting.meeting_id, SIGNS)


def test_the_terms_of_reference_name_every_member_once() -> None:
    assert set(TERMS_OF_REFERENCE) == {partnership.key for partnership in PARTNERSHIPS}
    for seats in TERMS_OF_REFERENCE.values():
        assert len({seat.key for seat in seats}) == len(seats)
    merseyside = TERMS_OF_REFERENCE["pan_merseyside"]
    assert (len(merseyside), sum(seat.is_co_opted for seat in merseyside)) == (17, 2)
    assert len(TERMS_OF_REFERENCE["sheffield"]) == 6


def test_the_attendance_begins_with_the_membership_and_says_how_each_seat_is_taken(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    meeting_id = a_meeting(coordinator, "send papers")
    seats = TERMS_OF_REFERENCE["pan_merseyside"]
    begun = attendance.seats(coordinator, meeting_id)
    assert [(one.seat, one.how, one.name) for one in begun] == [(seat, None, None) for seat in seats]
    attendance.sign(coordinator, meeting_id, SIGNS, "childrens_services")
    attendance.sign(
        coordinator, meeting_id, OFFICER_SIGNS | {"deputising_for": "Inspector"}, "local_policing"
    )
    attendance.say_not_there(coordinator, meeting_id, "camhs", "apologies")
    attendance.say_not_there(coordinator, meeting_id, "probation", "absent")
    attendance.say_not_there(coordinator, meeting_id, "health", "absent")
    late = attendance.sign(coordinator, meeting_id, SIGNS | {"agency": "health"}, "health")
    there = {
        one.seat.key: (one.how, one.name) for one in attendance.seats(coordinator, meeting_id) if one.how
    }
    assert there == {
        "childrens_services": ("attending", "Attendee Made-Up"), "local_policing": ("deputy", "Officer Made-Up"),
        "camhs": ("apologies", None), "probation": ("absent", None), "health": ("attending", "Attendee Made-Up"),
    }  # fmt: skip
    attendance.take_out(coordinator, late, "The wrong meeting")
    [health] = [one for one in attendance.seats(coordinator, meeting_id) if one.seat.key == "health"]
    assert health.how == "absent"


def test_a_seat_is_one_of_the_terms_and_the_coordinator_says_who_sits_there(duckdb_store: Store) -> None:
    coordinator = an_account(duckdb_store, "coordinator")
    meeting_id = a_meeting(coordinator, "send papers")
    for seat, how, sentence in (
        ("nobody", "absent", "Select a member"),
        ("camhs", "late", "Select apologies"),
    ):
        with pytest.raises(Problems, match=sentence):
            attendance.say_not_there(coordinator, meeting_id, seat, how)
    with pytest.raises(Problems, match="Select a member"):
        attendance.sign(coordinator, meeting_id, SIGNS, "nobody")
    with pytest.raises(Refused):
        attendance.say_not_there(an_account(duckdb_store, "manager"), meeting_id, "camhs", "absent")


def test_every_partnership_says_whose_signatures_a_meeting_needs() -> None:
    for partnership in PARTNERSHIPS:
        quorum = BY_KEY["quorum"].default_of(partnership.key)
        assert quorum
        assert set(quorum) <= set(member_agencies(partnership.key))
