"""The first page of each role lists what waits for it, late things first, and nothing that is somebody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from data import clock
from data.accounts import ROLES
from data.actor import Actor
from data.database.records import (
    AGENCY_ANSWER,
    AGENDA_ITEM,
    INVITATION,
    MEETING,
    MINUTES_VERSION,
    QUARTERLY_RETURN,
    WEIGHT_SET,
)
from data.database.store import Store
from data.my_day import LISTS, my_day
from data.quarters import Quarter
from data.sign_in import sessions, tries
from pages.parts import menu
from tests.factories import MADE, an_account, the_operator
from tests.screens.signed_in import draw, sign_in, words

TODAY = clock.today()


def _waiting(actor: Actor, title: str) -> list[tuple[str, str, bool]]:
    [rows] = [rows for one, rows in my_day(actor) if one.title == title]
    return [(row.words, row.state, row.is_late) for row in rows]


def _a_meeting(store: Store, state: str, days: int = 7, area: str = "liverpool") -> str:
    meeting_id = clock.new_id()
    with the_operator(store).writing() as work:
        work.save(
            MEETING,
            {"meeting_id": meeting_id, "area": area, "meets_on": TODAY + timedelta(days), "state": state},
            MADE,
        )
    return meeting_id


def test_an_account_that_is_locked_out_is_its_administrators_first_thing(store: Store) -> None:
    an_account(store, username="made-up", name="Locked Made-Up", password_hash="right")
    administrator = an_account(store, "administrator")
    assert _waiting(administrator, "Accounts locked out") == []
    for _ in range(tries.TRIES):
        with pytest.raises(sessions.SignInRefused):
            sessions.sign_in(store, "made-up", "wrong", str.__eq__)
    assert _waiting(administrator, "Accounts locked out") == [("Locked Made-Up", "Locked out", True)]
    with administrator.writing() as work:
        tries.forget(work.connection, "made-up")
        work.note(MADE)
    assert _waiting(administrator, "Accounts locked out") == []


def test_papers_say_how_many_answers_are_missing_and_are_the_invited_accounts_own(store: Store) -> None:
    invited, other = (an_account(store, "meeting_member", agency="health") for _ in range(2))
    meetings = [
        _a_meeting(store, state, days)
        for state, days in (("papers_out", 0), ("papers_out", 5), ("planned", 9))
    ]
    with the_operator(store).writing() as work:
        for meeting in meetings:
            invitation = {"meeting_id": meeting, "account_id": invited.account_id}
            work.save(INVITATION, {"invitation_id": clock.new_id(), **invitation}, MADE)
            item = {"item_id": f"item of {meeting}", "meeting_id": meeting, "child_id": "child"}
            work.save(AGENDA_ITEM, item, MADE)
        answer = {
            "meeting_id": meetings[1],
            "item_id": f"item of {meetings[1]}",
            "agency": "health",
            "holds": False,
        }
        work.save(AGENCY_ANSWER, {"answer_id": "a", **answer}, MADE)
    assert [(state, late) for _, state, late in _waiting(invited, "Papers to read and answer")] == [
        ("Answer", True), ("Answered", False),
    ]  # fmt: skip
    assert _waiting(other, "Papers to read and answer") == []


def test_a_coordinator_sees_the_meetings_of_the_area_that_need_something(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    for state, days, area in (
        ("held", -3, "liverpool"), ("planned", 7, "liverpool"), ("planned", 30, "liverpool"), ("agreed", -9, "liverpool"),
        ("planned", 7, "wirral"),
    ):  # fmt: skip
        _a_meeting(store, state, days, area)
    assert [(state, late) for _, state, late in _waiting(coordinator, "Meetings")] == [
        ("Held, minutes not agreed yet", True), ("Planned", False),
    ]  # fmt: skip


def test_minutes_wait_for_the_coordinator_until_the_chairs_have_signed(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    for state, days in (("agreed", -9), ("correcting", -40), ("signed", -70)):
        meeting_id = _a_meeting(store, "agreed", days)
        version = {"minutes_version_id": meeting_id, "meeting_id": meeting_id, "version": 1, "state": state}
        with the_operator(store).writing() as work:
            work.save(MINUTES_VERSION, version, MADE)
    assert [(state, late) for _, state, late in _waiting(coordinator, "Meetings")] == [
        ("Being corrected", False),
        ("Agreed, waiting for the chairs to sign", False),
    ]


def test_a_weight_set_waits_for_a_second_person(store: Store) -> None:
    brought, second = (an_account(store, "coordinator") for _ in range(2))
    elsewhere = an_account(store, "coordinator", area="sheffield")
    with brought.writing() as work:
        work.save(
            WEIGHT_SET,
            {
                "weight_set_id": "w",
                "name": "Ours",
                "version": "2",
                "status": "provisional",
                "partnership": "pan_merseyside",
            },
            MADE,
        )
    assert _waiting(brought, "Weight sets to approve") == _waiting(elsewhere, "Weight sets to approve") == []
    assert _waiting(second, "Weight sets to approve") == [("Ours, version 2", "Provisional", False)]


def test_the_quarter_that_is_over_waits_for_the_partnerships_lead(duckdb_store: Store) -> None:
    [(words_shown, _, _)] = _waiting(an_account(duckdb_store, "partnership_lead"), "Returns to lock")
    assert words_shown == f"Return of {Quarter.of(TODAY).before()}"


def test_a_return_waits_no_longer_once_locked_and_again_while_it_is_corrected(store: Store) -> None:
    lead = an_account(store, "partnership_lead")
    over = Quarter.of(TODAY).before()
    for quarter, state in ((over, "locked"), (over.before(), "correcting"), (over.before(2), "locked")):
        with the_operator(store).writing() as work:
            made = {"return_id": f"{quarter}", "partnership": "pan_merseyside", "quarter": str(quarter)}
            work.save(QUARTERLY_RETURN, {**made, "state": state, "version": 1}, MADE)
    assert _waiting(lead, "Returns to lock") == [(f"Return of {over.before()}", "Being corrected", False)]


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"operator"}))
def test_every_role_begins_with_its_own_day(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store, role: str
) -> None:
    account = an_account(duckdb_store, role)
    assert next(page for page in menu.PAGES if role in page.roles).url_path == "my-work"
    sign_in(monkeypatch, duckdb_store, account)
    screen: AppTest = draw("home")
    assert not screen.exception
    titles = [header.value.split(" (")[0] for header in screen.header]
    assert titles
    assert {one.title for one in LISTS if role in one.roles and one.empty} <= set(titles)
    assert not {one.title for one in LISTS if role not in one.roles} & set(titles)


def test_what_is_late_stands_before_what_is_not(monkeypatch: pytest.MonkeyPatch, duckdb_store: Store) -> None:
    coordinator = an_account(duckdb_store, "coordinator")
    _a_meeting(duckdb_store, "held", -3)
    sign_in(monkeypatch, duckdb_store, coordinator)
    screen = draw("home")
    assert screen.header[0].value == "Meetings (1)"
    assert "Agree the minutes" in words(screen)
