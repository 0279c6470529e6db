"""Need to know, in time: what each person opens after what they were given has ended, by call and by screen."""

from __future__ import annotations

import io
import zipfile

import pytest
from streamlit.testing.v1 import AppTest

from data import clock
from data.actor import Actor
from data.after_meeting.action_list import Wanted, list_actions
from data.answers.submissions import read_submission, submit
from data.child import child_search, children, links
from data.database.records import ACCOUNT, ACTION, SETTING
from data.database.store import Store
from data.meeting.meeting_documents import minutes_as_word
from data.sign_in import account_keeping
from tests.access.journey import ADULT, DAYS, EXPECTED, NAME, PEOPLE, SINCE, STEPS, TABLE, Journey, after
from tests.factories import a_child, a_link, an_account
from tests.filled_in import a_written_assessment
from tests.screens.signed_in import sign_in, words


def test_the_table_names_every_person_once() -> None:
    assert TABLE[0].split() == list(PEOPLE)


@pytest.mark.parametrize("step", STEPS)
def test_after_each_step_everybody_opens_by_call_what_the_table_says(store: Store, step: str) -> None:
    with after(store, step) as journey:
        opened = {who: "".join(sorted(journey.opened(who))) for who in PEOPLE}
    assert opened == {who: "".join(sorted(letters)) for who, letters in EXPECTED[step].items()}


CHILD_PAGE, ACTION_PAGE, FORM_PAGE = "practitioners.child", "practitioners.action", "everyone.submission"


def what_changed(step: str) -> list[str]:
    """Whom a step takes something from; at first, everybody who has something. Nobody draws a page who cannot sign in."""
    if step == "given":
        return [who for who in PEOPLE if EXPECTED[step][who]]
    return [who for who in PEOPLE if EXPECTED[step][who] != EXPECTED["given"][who]]


@pytest.mark.parametrize("step", [step for step in STEPS if step != "suspended" and what_changed(step)])
def test_after_each_step_screens_show_what_the_table_says(
    duckdb_store: Store, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with after(duckdb_store, step) as journey:
        shown = {who: screens_of(journey, monkeypatch, who) for who in what_changed(step)}
    assert shown == {who: what_screens_show(who, EXPECTED[step][who]) for who in what_changed(step)}


def what_screens_show(who: str, letters: str) -> dict[str, bool]:
    return {
        CHILD_PAGE: "c" in letters or "p" in letters,
        **({ACTION_PAGE: "a" in letters} if who in ("owner", "member") else {}),
        **({FORM_PAGE: "s" in letters} if who in ("writer", "coordinator") else {}),
    }


def screens_of(journey: Journey, monkeypatch: pytest.MonkeyPatch, who: str) -> dict[str, bool]:
    sign_in(monkeypatch, journey.store, journey.people[who])
    about = {"child": journey.child_id, "form": "assessment", "record": journey.record_id}
    shows = {CHILD_PAGE: NAME, ACTION_PAGE: "Made-up visit", FORM_PAGE: ADULT}
    found = {}
    for page in what_screens_show(who, ""):
        drawn = whole(page, **about, action=journey.actions.get(who, ""))
        assert SINCE not in drawn
        found[page] = shows[page] in drawn
    return found


def whole(page: str, **about: str) -> str:
    """Every word of a page, or of what it is refused with."""
    folder, name = page.split(".")
    at = AppTest.from_string(f"from pages.{folder} import {name}\n{name}.body()", default_timeout=60)
    for key, value in about.items():
        at.query_params[key] = value
    at.run()
    return words(at) + "".join(element.value for element in at.exception)


def test_a_coordinator_sees_on_the_childs_page_who_reaches_the_child_and_ends_it_with_a_reason(
    duckdb_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    journey = Journey(duckdb_store)
    sign_in(monkeypatch, duckdb_store, journey.coordinator)
    at = AppTest.from_string("from pages.practitioners import child\nchild.body()", default_timeout=60)
    at.query_params["child"] = journey.child_id
    at.run()
    assert "Was asked to contribute" in words(at)
    at.selectbox(key="ends_for").set_value(journey.people["asked"].account_id)
    at.button(key="end_access").click().run()
    assert "Enter why this person's access ends" in words(at)
    at.text_area(key="ends_why").set_value("Has left the school")
    at.button(key="end_access").click().run()
    assert [box.value for box in at.success] == ["Their access has ended."]
    assert journey.opened("asked") == ""
    with journey.coordinator.reading() as work:
        link_id = f"{journey.child_id}:{journey.people['asked'].account_id}"
        kept = work.row("SELECT ended_on, change_reason FROM child_link WHERE link_id = $1", [link_id])
        assert kept == {"ended_on": clock.today(), "change_reason": "Has left the school"}
        assert work.value("SELECT count(*) FROM audit WHERE action = 'access ended'") == 1


def test_the_list_of_the_area_holds_whoever_still_reaches_a_child_those_closed_longest_first(
    store: Store,
) -> None:
    journey = Journey(store)
    journey.close(clock.today() - DAYS(10))
    a_link(store, a_child(store, name="Other Made-Up"), an_account(store, name="Other Person"))
    found, more = links.who_reaches_whom(journey.coordinator)
    assert not more
    assert found[0].closed_on == clock.today() - DAYS(10)
    assert found[-1].name == "Other Person"
    reasons = {(one.account_id, one.why) for one in found}
    for who, why in (
        ("writer", "wrote screening"), ("asked", "asked to contribute"), ("owner", "has an action"),
        ("member", "has an action"), ("invited", "is invited to the meeting"),
    ):  # fmt: skip
        assert (journey.people[who].account_id, why) in reasons
    assert [one.name for one in links.who_reaches_whom(journey.coordinator, "other per")[0]] == [
        "Other Person"
    ]


def test_what_was_written_before_a_coordinator_ended_it_is_no_contribution_when_the_person_comes_back(
    store: Store,
) -> None:
    journey = Journey(store)
    journey.take("ended by coordinator")
    writer = journey.people["writer"]
    links.ask_to_contribute(journey.coordinator, journey.child_id, writer.account_id)
    read = read_submission(writer, "assessment", journey.record_id)
    assert "adults_of_concern" in read.hidden
    assert ADULT not in repr(read.answers)


def test_nobody_gets_back_what_has_ended_because_somebody_else_sends_their_words(store: Store) -> None:
    journey = Journey(store)
    writer, officer = journey.people["writer"], an_account(store, agency="police")
    a_link(store, journey.child_id, officer)
    draft_id = a_written_assessment(writer, officer, journey.child_id)
    links.end_access(journey.coordinator, journey.child_id, writer.account_id, "A made-up reason")
    submit(officer, draft_id, why="A made-up reason")
    assert "c" not in journey.opened("writer")
    assert children.read_child(officer, journey.child_id)


def test_an_action_that_was_given_before_the_person_moved_is_nobodys_and_given_anew_it_is_theirs(
    store: Store,
) -> None:
    journey = Journey(store)
    owner = journey.people["owner"]
    journey.save(ACCOUNT, {"account_id": owner.account_id, "agency": "education"})
    journey.save(ACTION, {"action_id": journey.actions["owner"], "due_on": clock.today()})  # by somebody else
    assert journey.opened("owner") == ""
    for owner_id in (None, owner.account_id):
        journey.save(ACTION, {"action_id": journey.actions["owner"], "owner_account_id": owner_id})
    assert "".join(sorted(journey.opened("owner"))) == "acf"


def test_the_end_by_another_post_is_in_the_audit_for_each_child_that_was_reached(store: Store) -> None:
    journey = Journey(store)
    administrator, asked = an_account(store, "administrator"), journey.people["asked"].account_id
    kept = account_keeping.read_account(administrator, asked).record
    typed = {**account_keeping.typed_of(kept), "agency": "health", "vetting": "none"}
    account_keeping.change(administrator, asked, typed, kept["revision"])
    with journey.coordinator.reading() as work:
        ended = work.values("SELECT child_id FROM audit WHERE action = 'access ended by another post'")
    assert ended == [journey.child_id]


def test_a_partnership_sets_after_how_many_days_a_closed_childs_links_end(store: Store) -> None:
    journey = Journey(store)
    journey.long_since_closed()
    assert "c" not in journey.opened("asked")
    journey.save(SETTING, {"setting": "access_days_after_closing:pan_merseyside", "value": "91"})
    assert "c" in journey.opened("asked")


def test_who_writes_about_a_child_after_the_closing_is_linked_anew(store: Store) -> None:
    journey = Journey(store)
    writer = journey.people["writer"]
    with Actor(store, "operator").writing() as work:
        old = work.at - DAYS(100)
        work.connection.run(
            "UPDATE child_link SET recorded_at = $1 WHERE child_id = $2", [old, journey.child_id]
        )
    journey.close(clock.today() - DAYS(1))
    with writer.writing() as work:
        links.link(work, journey.child_id, writer.account_id, "wrote screening")
    journey.close(clock.today() - DAYS(91))
    assert "c" in journey.opened("writer")


def test_a_former_area_prints_the_minutes_of_its_meeting_and_not_what_was_recorded_since(
    store: Store,
) -> None:
    journey = Journey(store)
    journey.take("moved away")
    printed = minutes_as_word(journey.people["coordinator"], journey.meeting_id)
    assert f"{NAME} Made-Up".encode() in unpacked(printed)
    assert b"Secret" not in unpacked(printed)


def unpacked(document: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(document)) as file:
        return file.read("word/document.xml")


def test_lists_of_a_former_area_give_the_name_that_it_knew_and_find_nobody_by_the_new_one(
    store: Store,
) -> None:
    journey = Journey(store)
    journey.take("moved away")
    coordinator = journey.people["coordinator"]
    listed = list_actions(coordinator, Wanted()).actions
    assert {row["name"] for row in listed} == {f"{NAME} Made-Up"}
    assert "Wirral" not in repr(listed)
    assert not list_actions(coordinator, Wanted(child="Secret")).actions
    assert journey.child_id not in repr(child_search.search(coordinator, f"{NAME} Made-Up").children)
