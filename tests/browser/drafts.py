"""Drafts for journeys in a browser: begun beforehand, in a tool of their own, by an account that can sign in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from data.actor import Actor
from data.answers.drafts import Draft, read_draft, start_draft
from data.database.store import open_store
from forms.registry import FORMS
from tests.browser.fixtures import PASSWORD, give_cookie, sign_in_beforehand
from tests.browser.tool import Tool, settle
from tests.factories import a_child, a_hash, an_account


@dataclass
class Drafted:
    """A tool with one open draft of each form about one child; `person` wrote them, `coordinator` the minutes."""

    tool: Tool
    address: str
    account_id: str
    child_id: str
    drafts: dict[str, str]

    def path(self, form_key: str, section: str = "") -> str:
        return f"/form?draft={self.drafts[form_key]}&section={section}"

    def open(self, page: Page, form_key: str, section: str = "", username: str = "person") -> None:
        give_cookie(page, self.tool, username)
        page.goto(self.tool.url + self.path(form_key, section))
        page.locator("h2.section-title").wait_for()
        settle(page)

    def open_sent(self, page: Page, form_key: str) -> None:
        """The address of a draft that was sent leads to what it became."""
        page.goto(f"{self.tool.url}/form?draft={self.drafts[form_key]}&section=check")
        page.wait_for_url("**/submission?**")
        settle(page)

    def kept(self, form_key: str) -> Draft:
        """The draft as the database has it. Only while the tool is stopped: one process holds the file."""
        store = open_store(self.address)
        try:
            return read_draft(Actor(store, self.account_id), self.drafts[form_key])
        finally:
            store.close()


def drafted(address: str) -> Drafted:
    """In a fresh database, by people who are signed in. Not started yet."""
    store = open_store(address)
    hashed = a_hash(PASSWORD)
    person = an_account(store, username="person", name="Person Made-Up", password_hash=hashed)
    child_id = a_child(store, linked_to=person)
    coordinator = an_account(store, "coordinator", username="coordinator", password_hash=hashed)
    for username in ("person", "coordinator"):
        sign_in_beforehand(store, username)
    drafts = {
        form.key: start_draft(
            coordinator if form.key == "minutes" else person, form, None if form.key == "child" else child_id
        )
        for form in FORMS
    }
    store.close()
    return Drafted(
        Tool(address, Path(address).with_name("log")), address, person.account_id, child_id, drafts
    )
