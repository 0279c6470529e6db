"""The same tool with its database on PostgreSQL: only the address differs."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from forms.child import CHILD
from forms.screening import SCREENING
from tests.browser.filling import Filling
from tests.browser.fixtures import give_cookie, make_accounts
from tests.browser.tool import Tool, running, settle


def test_a_child_is_added_and_a_screening_begun_and_found_again(
    page: Page, postgres_address: str, tmp_path: Path
) -> None:
    make_accounts(postgres_address)
    with running(Tool(postgres_address, tmp_path / "log")) as tool:
        give_cookie(page, tool, "practitioner")
        page.goto(tool.url + "/children")
        page.get_by_role("button", name="Add a child").click()
        form = Filling(page, CHILD)
        form.section("who")
        form.answer(name="Ash Made-Up", date_of_birth="2 5 2013")
        form.section("where")
        form.answer(area="liverpool")
        form.check()
        form.send()
        child_id = re.search(r"record=(\w+)", page.url)[1]  # type: ignore[index]
        page.goto(f"{tool.url}/child?child={child_id}")
        page.get_by_role("button", name="Screening", exact=True).click()
        form = Filling(page, SCREENING)
        form.section("strong_1_to_9")
        form.answer(strong_01="historical")
        page.reload()
        settle(page)
        expect(form.place("strong_01").get_by_role("radio", name="Historical", exact=True)).to_be_checked()
