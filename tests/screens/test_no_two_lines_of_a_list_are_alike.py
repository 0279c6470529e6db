"""No list and no choice of any page holds two lines that read the same: children and colleagues of one name are told apart."""

from __future__ import annotations

import datetime
import re

import pytest
from streamlit.testing.v1 import AppTest

from data import clock
from data.database.records import ACTION
from data.database.store import Store
from data.meeting import agendas, invitations, meeting_keeping
from data.rights import retention
from tests.factories import MADE, a_child_in_oversight, a_link, a_referral, a_submission, an_account
from tests.meetings.made import a_meeting
from tests.screens.signed_in import sign_in

BORN = datetime.date(2012, 3, 4)
SAM, ASH = "Sam Zzyzx", "Ash Quill"
ON = "next(page for page in menu.PAGES if page.url_path == {!r})"

PAGES = {
    "coordinator": (
        "my-work", "children", "referrals", "reviews", "meeting", "meeting-members", "nrm-oversight", "disclosures",
        "actions", "child", "action", "restriction", "protection", "keeping",
    ),
    "practitioner": ("my-work", "papers", "actions", "child", "concern-link"),
}  # fmt: skip


def drawn(address: str, about: dict[str, str]) -> AppTest:
    at = AppTest.from_string(f"from pages.parts import menu\n{ON.format(address)}.body()", default_timeout=60)
    for name, value in about.items():
        at.query_params[name] = value
    return at.run()


def lines_of(at: AppTest) -> list[list[str]]:
    """Every choice with its options, every table with its rows, and the page's links, each with the facts beneath it."""
    lists = [list(box.options) for box in (*at.selectbox, *at.multiselect)]
    for html in at.get("html"):
        for table in re.findall(r"<tbody>(.*?)</tbody>", html.proto.body, re.DOTALL):
            lists.append(
                [re.sub(r"<[^>]*>", " ", row) for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)]
            )
    lists.append([link.proto.label for link in at.get("page_link")])
    return lists


@pytest.mark.parametrize("role", PAGES)
def test_children_and_colleagues_of_one_name_are_told_apart_in_every_list_and_choice(
    duckdb_store: Store, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kim, worker = an_account(duckdb_store, "coordinator"), an_account(duckdb_store)
    colleagues = [
        an_account(
            duckdb_store, name=ASH, agency="social_care", job_title="Social worker", username=f"ash{n}"
        )
        for n in "12"
    ]
    twins = [a_child_in_oversight(duckdb_store, name=SAM, born=BORN) for _ in "12"]
    for n, twin in enumerate(twins):
        retention.hold(kim, twin.child_id, "A made-up inquiry")
        a_link(duckdb_store, twin.child_id, worker)
        a_referral(
            duckdb_store, twin.child_id, state="submitted", decided_on=None, referred_by=worker.account_id
        )
        a_submission(duckdb_store, "disclosure", twin.child_id, decision="shared", decided_on=clock.today())
        action = {"action_id": f"action{n}", "child_id": twin.child_id, "episode_id": twin.episode_id, "agency": "social_care",
                  "action": "Made-up visit", "state": "ongoing", "owner_account_id": worker.account_id,
                  "due_on": clock.today() - datetime.timedelta(days=1)}  # fmt: skip
        with kim.writing() as work:
            work.save(ACTION, action, MADE)
    meeting_id = a_meeting(kim)
    agendas.add(kim, meeting_id, [twin.episode_id for twin in twins])
    invitations.invite(kim, meeting_id, [worker.account_id, colleagues[0].account_id])
    sign_in(monkeypatch, duckdb_store, kim if role == "coordinator" else worker)
    about = {"child": twins[0].child_id, "meeting": meeting_id, "action": "action0"}
    found: dict[str, int] = {}
    for address in PAGES[role]:
        if address == "papers":
            meeting_keeping.move(kim, meeting_id, "send papers")
        at = drawn(address, about)
        assert not at.exception, (address, at.exception)
        for lines in lines_of(at):
            of_one_name = [line for line in lines if SAM in line or ASH in line]
            assert len(set(of_one_name)) == len(of_one_name), (address, of_one_name)
            found[address] = found.get(address, 0) + (len(of_one_name) > 1)
    told_apart = {address for address, lists in found.items() if lists}
    assert {"my-work", "actions"} <= told_apart
    assert (
        role != "coordinator"
        or {"meeting", "referrals", "disclosures", "child", "children", "keeping"} <= told_apart
    )
