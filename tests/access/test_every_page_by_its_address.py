"""Every page at its address, with the ids of a child who is none of theirs, as each role: nothing of the child appears."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from pages.parts import menu
from tests.access.conftest import Open
from tests.access.pages import PAGES
from tests.access.world import NAME
from tests.browser.fixtures import cookie_of
from tests.sign_in.conversation import conversation, run

STRANGERS = (
    "practitioner", "meeting_member", "partnership_lead", "administrator", "coordinator_elsewhere",
    "manager_elsewhere",
)  # fmt: skip


def test_every_page_states_here_too_to_which_roles_it_exists() -> None:
    assert {page.url_path: page.roles for page in menu.PAGES} == {
        address: frozenset(roles.split()) for address, roles in PAGES.items()
    }


@pytest.mark.parametrize("person", STRANGERS)
def test_no_address_shows_a_child_to_who_may_not_see_the_child(in_use: Open, person: str) -> None:
    with conversation(in_use.tool, cookie_of(person)) as websocket:
        for page in menu.PAGES:
            _, words = run(websocket, page.url_path, urlencode(in_use.ids))
            assert "Signed in as" in words, (page.url_path, words)
            assert NAME not in words, page.url_path


def test_the_same_addresses_show_the_child_to_the_areas_coordinator(in_use: Open) -> None:
    with conversation(in_use.tool, cookie_of("coordinator")) as websocket:
        shown = []
        for page in menu.PAGES:
            _, words = run(websocket, page.url_path, urlencode(in_use.ids))
            assert "Signed in as" in words, (page.url_path, words)
            if NAME in words:
                shown.append(page.url_path)
    assert {"child", "form", "submission", "referral", "score", "meeting", "minuting", "who-has-seen"} <= set(
        shown
    )


def test_nobody_is_signed_in_by_an_address(in_use: Open) -> None:
    with conversation(in_use.tool, "nobody's cookie") as websocket:
        for page in menu.PAGES:
            _, words = run(websocket, page.url_path, urlencode(in_use.ids))
            assert "Signed in as" not in words
            assert NAME not in words
