"""A protected address is given to the people named and to nobody else: by no call, file, search or copy of the whole tool."""

from __future__ import annotations

import pytest

from data.actor import Actor
from data.answers import documents, drafts, submissions
from data.answers.opened_draft import open_draft
from data.child import protection
from data.child.child_search import search
from data.child.children import heading, read_child
from data.database.engine import Clash
from data.database.records import ACCOUNT, ACTION
from data.database.store import Store
from data.redaction import MARK
from data.refusal import Problems, Refused
from forms.assessment import ASSESSMENT
from forms.child import CHILD
from forms.protected import WARNING, looks_like_an_address
from forms.referral import REFERRAL
from forms.screening import SCREENING
from tests.access import calls_beside
from tests.access.calls import about_access, about_lists, about_others, about_the_child
from tests.access.rules import PEOPLE
from tests.access.test_restricted_children import everything
from tests.access.world import World
from tests.factories import (
    MADE,
    a_child,
    a_child_in_oversight,
    a_submission,
    an_account,
    the_operator,
)
from tests.filled_in import A_SCREENING, fill
from tests.screens.signed_in import draw, sign_in
from tests.screens.signed_in import words as words_of

WHERE = {
    "address": "Flat 2, 14 Quillfeather Lane\nOldswinford",
    "postcode": "L99 7ZQ",
    "school": "Zebrawood Academy",
    "responsible_authority": "Far Wolds Council",
}
ADULT = {"name": "Adult Made-Up", "relation": "Mother", "contact": "0151 496 0999"}
LEADS_THERE = (
    "Quillfeather",
    "L99 7ZQ",
    "L997ZQ",
    "Zebrawood",
    "Far Wolds",
    "496 0999",
    "4960999",
    "Oldswinford",
)
"""What must stand in nothing that is given to who is not named."""
WORDS = (
    "Seen at 14 quillfeather lane, l997zq. Call 01514960999 or +44 151 496 0999; attends zebrawood academy. "
    "Came home to Quillfeather Lane. Placed by Far Wolds Council."
)


def given(told: str) -> list[str]:
    return [words for words in LEADS_THERE if words.casefold() in told.casefold()]


def a_protected_world(store: Store) -> World:
    """The child of the world with an address, which free text about the child repeats; given to `own` and the coordinator."""
    world = World(store)
    child_id, own = world.child_id, world.people["own"]
    a_submission(store, "child", child_id, rows={"adults": [ADULT]}, **WHERE)
    a_submission(store, "screening", child_id, **{**A_SCREENING, "explanation": WORDS})
    a_submission(store, "assessment", child_id, child_voice=WORDS, school=WHERE["school"])
    a_submission(store, "disclosure", child_id, decision="shared", to_organisation=WORDS, why=WORDS)
    for draft_id in (world.shared, world.own_draft):
        form = drafts.read_draft(own, draft_id).form
        free = next(q.key for q in form.questions() if type(q).__name__ == "LongText")
        drafts.save_answer(own, draft_id, free, WORDS)
    with own.writing() as work:
        for action_id in work.values("SELECT action_id FROM action WHERE child_id = $1", [child_id]):
            work.save(ACTION, {"action_id": action_id, "action": WORDS}, MADE)
    protection.protect(world.people["coordinator"], child_id, "both", [own.account_id], "Made-up danger")
    return world


NAMED = ("own", "coordinator", "operator")


def test_no_call_or_file_gives_it_to_who_is_not_named(store: Store) -> None:
    world = a_protected_world(store)
    attempted = (
        about_lists(world)
        | about_others(world)
        | about_access(world)
        | calls_beside.all_but_the_child(world)
        | calls_beside.about_the_child(world)
        | about_the_child(world)
    )
    leaks = {
        (person, name): found
        for name, call in attempted.items()
        for person in PEOPLE
        if person not in NAMED and (found := given(everything(call, world.people[person])))
    }
    assert leaks == {}


def test_those_who_are_named_read_it_and_the_record_stays_open_to_the_others(store: Store) -> None:
    world = a_protected_world(store)
    for person, is_given in (
        ("own", True),
        ("coordinator", True),
        ("deputy", False),
        ("police", False),
        ("manager", False),
    ):
        actor = world.people[person]
        page = read_child(actor, world.child_id)
        assert page.child["name"] == "Zzyzx Made-Up"
        assert (page.child["school"] == WHERE["school"]) is is_given, person
        assert (page.child["address"] == MARK) is not is_given, person
        screening = submissions.read_submission(actor, "screening", page.submissions[-1]["record_id"])
        assert screening.child_id == world.child_id
        told = everything(lambda a: documents.submission_as_word(a, "child", world.child_id), actor)
        assert bool(given(told)) is is_given, person
        assert ("given to the people named only" in heading(actor, world.child_id).protected) is not is_given


def test_another_childs_record_gives_the_same_house_away_to_nobody_and_keeps_a_shared_school(
    store: Store,
) -> None:
    kim, lee = (an_account(store, "coordinator") for _ in range(2))
    child_id, sibling = a_child(store, **WHERE), a_child(store, name="Sibling Made-Up", **WHERE)
    protection.protect(kim, child_id, "child", [], "Made-up danger")
    seen = read_child(lee, sibling).child
    assert given(f"{seen['address']} {seen['postcode']}") == []
    assert seen["school"] == WHERE["school"]
    assert read_child(kim, sibling).child["address"] == WHERE["address"]


def test_who_is_not_named_goes_on_with_forms_and_takes_nothing_away(store: Store) -> None:
    kim = an_account(store, "coordinator")
    worker = an_account(store)
    child_id = a_child(store, linked_to=worker, **WHERE)
    protection.protect(kim, child_id, "child", [], "Made-up danger")
    draft_id = drafts.start_draft(worker, CHILD, child_id)
    opened = open_draft(worker, draft_id).draft
    assert given(repr(opened)) == []
    assert "address" in opened.hidden
    with pytest.raises(Problems, match="only the people named may write it"):
        drafts.save_answer(worker, draft_id, "address", "1 Other Street")
    fill(worker, draft_id, {"nationality": "Made-up"})
    submissions.submit(worker, draft_id, why="Made-up reason")
    stored = read_child(kim, child_id).child
    assert {key: stored[key] for key in WHERE} == WHERE
    assert stored["nationality"] == "Made-up"


def test_what_was_taken_out_is_never_written_over_what_is_stored(store: Store) -> None:
    kim, worker = an_account(store, "coordinator"), an_account(store)
    child_id = a_child(store, linked_to=worker, **WHERE)
    protection.protect(kim, child_id, "child", [], "Made-up danger")
    draft_id = drafts.start_draft(worker, SCREENING, child_id)
    with pytest.raises(Problems, match="not shown to you"):
        drafts.save_answer(worker, draft_id, "explanation", f"Lives at {MARK}")


def test_a_correction_of_a_form_and_minutes_begun_by_others_keep_what_they_cannot_read(store: Store) -> None:
    kim, worker = an_account(store, "coordinator"), an_account(store)
    child_id = a_child(store, linked_to=worker, rows={"adults": [ADULT]}, **WHERE)
    record_id = a_submission(store, "screening", child_id, **{**A_SCREENING, "explanation": WORDS})
    protection.protect(kim, child_id, "child", [], "Made-up danger")
    draft_id = drafts.start_draft(worker, SCREENING, child_id, corrects=record_id)
    assert given(repr(open_draft(worker, draft_id).draft.typed)) == []
    submissions.submit(worker, draft_id, why="Made-up reason")
    assert submissions.read_submission(kim, "screening", record_id).answers["explanation"] == WORDS
    assert given(repr(submissions.read_submission(worker, "screening", record_id).answers)) == []


def test_it_is_decided_by_a_coordinator_of_the_area_who_is_named_and_all_of_it_stays_readable(
    store: Store,
) -> None:
    kim, lee = (an_account(store, "coordinator", name=name) for name in ("Kim Example", "Lee Example"))
    elsewhere, manager = an_account(store, "coordinator", "wirral"), an_account(store, "manager")
    child_id = a_child(store, **WHERE)
    for wrong in (
        ("nobody", [], "Made-up"),
        ("child", [], "  "),
        ("child", [elsewhere.account_id], "Made-up"),
    ):
        with pytest.raises(Problems):
            protection.protect(kim, child_id, *wrong)
    protection.protect(kim, child_id, "carer", [manager.account_id], "First reason")
    for actor in (lee, elsewhere, manager, an_account(store)):
        with pytest.raises(Refused):
            protection.protect(actor, child_id, "child", [], "Let me in")
        with pytest.raises(Refused):
            protection.lift(actor, child_id, "Let me in")
    assert "ask Kim Example" in heading(lee, child_id).protected
    assert read_child(manager, child_id).child["postcode"] == WHERE["postcode"]
    with pytest.raises(Clash):
        protection.lift(kim, child_id, "Made-up", seen_revision=0)
    protection.lift(kim, child_id, "No danger now", seen_revision=1)
    assert read_child(lee, child_id).child["postcode"] == WHERE["postcode"]
    history = protection.read_protection(lee, child_id).history
    assert [(row["is_lifted"], row["reason"]) for row in history] == [
        (True, "No danger now"),
        (False, "First reason"),
    ]
    with the_operator(store).reading() as work:
        noted = work.values(
            "SELECT action FROM audit WHERE child_id = $1 AND action LIKE 'address prot%' ORDER BY seq",
            [child_id],
        )
    assert [a for a in noted if "viewed" not in a] == ["address protected", "address protection lifted"]


def test_once_no_coordinator_who_is_named_is_at_work_another_of_the_area_decides(store: Store) -> None:
    kim, lee = (an_account(store, "coordinator") for _ in range(2))
    child_id = a_child(store, **WHERE)
    protection.protect(kim, child_id, "child", [], "Made-up danger")
    with the_operator(store).writing() as work:
        work.save(ACCOUNT, {"account_id": kim.account_id, "is_suspended": True}, MADE)
    assert read_child(lee, child_id).child["address"] == MARK
    protection.protect(lee, child_id, "child", [], "Kim has left")
    assert read_child(lee, child_id).child["address"] == WHERE["address"]


LOOKS = (
    "at 14 Quillfeather Lane",
    "L99 7ZQ",
    "l997zq",
    "call 0151 496 0999",
    "+44 7700 900123",
    "goes to Zebrawood Academy",
)
LOOKS_NOT = (
    "seen twice in 2024",
    "on 12 May 2025",
    "14 years old, went missing 3 times",
    "the school was told",
    "",
    None,
)


@pytest.mark.parametrize("words", LOOKS)
def test_what_looks_like_an_address_is_pointed_at(words: str) -> None:
    assert looks_like_an_address(words)


@pytest.mark.parametrize("words", LOOKS_NOT)
def test_what_does_not_look_like_one_is_not(words: str | None) -> None:
    assert not looks_like_an_address(words)


def test_a_protected_childs_forms_point_at_addresses_for_everybody_and_no_other_childs_do(
    store: Store,
) -> None:
    kim, worker = an_account(store, "coordinator"), an_account(store)
    child_id, other = a_child(store, linked_to=worker), a_child(store, linked_to=worker)
    protection.protect(kim, child_id, "child", [], "Made-up danger")

    def points(actor: Actor, about: str) -> bool:
        return open_draft(actor, drafts.start_draft(actor, REFERRAL, about)).draft.points_at_addresses

    assert (points(worker, child_id), points(kim, child_id), points(worker, other)) == (True, True, False)


def test_words_typed_about_a_protected_child_are_pointed_at_on_the_screen_and_stay_saved(
    duckdb_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    kim, worker = an_account(duckdb_store, "coordinator"), an_account(duckdb_store)
    child_id, other = a_child(duckdb_store, linked_to=worker), a_child(duckdb_store, linked_to=worker)
    protection.protect(kim, child_id, "child", [], "Made-up danger")
    sign_in(monkeypatch, duckdb_store, worker)
    for about, is_pointed_at in ((child_id, True), (other, False)):
        draft_id = drafts.start_draft(worker, SCREENING, about)
        drafts.save_answer(worker, draft_id, "explanation", "Seen at 3 Another Street")
        section = SCREENING.section_of("explanation").key
        shown = words_of(draw("form", draft=draft_id, section=section))
        assert (WARNING in shown) is is_pointed_at
        assert drafts.read_draft(worker, draft_id).typed["explanation"] == "Seen at 3 Another Street"


def test_every_question_that_leads_home_is_declared() -> None:
    declared = {
        (form.key, q.key) for form in (CHILD, ASSESSMENT, REFERRAL) for q in form.questions() if q.leads_home
    }
    assert declared == {
        ("child", "address"), ("child", "postcode"), ("child", "responsible_authority"), ("child", "school"),
        ("assessment", "school"), ("referral", "placing_authority"),
    }  # fmt: skip


def test_nobody_is_found_by_an_address(store: Store) -> None:
    a_child_in_oversight(store, **WHERE)
    kim = an_account(store, "coordinator")
    for words in (*LEADS_THERE, WHERE["address"]):
        assert search(kim, words).children == (), words
