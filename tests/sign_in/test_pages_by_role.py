"""A page is open to the roles it names, and to nobody else."""

from __future__ import annotations

import importlib
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from data.accounts import ROLES
from data.database.store import Store
from data.sign_in import sessions
from pages.parts import browser, menu, navigation
from pages.parts.navigation import Page
from tests.browser.fixtures import cookie_of
from tests.browser.tool import ROOT, Tool
from tests.factories import an_account
from tests.sign_in.conversation import conversation, run

PEOPLE = sorted(set(ROLES) - {"operator"})
TAKEN = {"enter", "stay", "static", "media", "component", "app", "sign_in"}


def test_every_page_there_is_stands_in_the_menu_once() -> None:
    modules = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in ROOT.glob("pages/*/*.py")]
    declared = [module.PAGE for module in map(importlib.import_module, modules) if hasattr(module, "PAGE")]
    assert sorted(page.url_path for page in declared) == sorted(page.url_path for page in menu.PAGES)


def test_every_page_says_who_may_open_it_and_has_an_address_of_its_own() -> None:
    addresses = [page.url_path for page in menu.PAGES]
    assert len(set(addresses)) == len(addresses)
    assert not set(addresses) & TAKEN
    for page in menu.PAGES:
        assert page.roles
        assert page.roles <= set(PEOPLE), page.title


def test_a_page_that_names_no_role_is_refused() -> None:
    with pytest.raises(ValueError, match="says for nobody"):
        Page("Open to all", "open", frozenset(), lambda: None)


def test_every_role_has_a_home() -> None:
    for role in PEOPLE:
        assert any(role in page.roles for page in menu.PAGES), role


def test_a_long_menu_is_in_groups_and_a_short_one_is_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    def drawn(_: object, visibility: str = "visible", **about: object) -> SimpleNamespace:
        return SimpleNamespace(visibility=visibility, **about)

    monkeypatch.setattr("streamlit.Page", drawn)

    def menu_of(role: str) -> dict[str, list[str]]:
        shown = navigation.open_to(role, menu.PAGES, menu.GROUPS)
        return {
            group: [page.title for page in pages if page.visibility == "visible"]
            for group, pages in shown.items()
        }

    assert menu_of("coordinator") == {
        "": ["My work", "Find a child"],
        "Referrals and concerns": ["Referrals", "NRM", "People and places"],
        "Meetings and actions": ["Meetings", "Actions", "Reviews"],
        "Figures": ["Cohort", "Quarterly return", "Words about children"],
        "Access and sharing": [
            "Emergency openings",
            "Who can open which child",
            "Information passed on",
            "Keeping and deleting",
        ],
        "Settings": ["Bring in a cohort", "Tracker weights", "Your account"],
    }
    assert menu_of("practitioner") == {
        "": ["My work", "Find a child", "People and places", "Meeting papers", "Actions", "Your account"]
    }
    assert [role for role in PEOPLE if len(menu_of(role)) > 1] == ["coordinator", "manager"]

    shown = navigation.open_to("coordinator", menu.PAGES, menu.GROUPS)
    where = {page.title: navigation.group_of(page, shown) for held in shown.values() for page in held}
    assert (where["Meetings"], where["Minutes of the meeting"], where["Child"]) == (
        "Meetings and actions",
        "Meetings and actions",
        "",
    )


@pytest.mark.parametrize("role", PEOPLE)
def test_a_page_is_open_to_its_roles_and_says_to_everybody_else_that_it_is_not(tool: Tool, role: str) -> None:
    with conversation(tool, cookie_of(role)) as websocket:
        for page in menu.PAGES:
            _, words = run(websocket, page.url_path)
            assert ("This page is not open to you" in words) == (role not in page.roles), page.title


def test_the_screens_run_without_a_browser_once_a_test_says_who_is_there(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store
) -> None:
    an_account(duckdb_store, "manager", username="manager", password_hash="right")
    assert sessions.redeem(
        duckdb_store, sessions.sign_in(duckdb_store, "manager", "right", str.__eq__), "cookie"
    )
    monkeypatch.setattr(browser, "the_store", lambda: duckdb_store)
    monkeypatch.setattr(browser, "browser_token", lambda: "cookie")
    monkeypatch.setattr(browser, "served_by_server", True)
    screen = AppTest.from_file(ROOT / "app.py").run(timeout=20)
    assert not screen.exception
    assert "Manager" in screen.text[0].value
    monkeypatch.setattr(browser, "browser_token", lambda: "")
    assert screen.run().title[0].value == "Sign in"
