"""Every section of every form, and the answers read back, against WCAG 2.2 AA, wide and at 320 pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from forms.form import Form
from forms.registry import FORMS
from tests.browser.drafts import Drafted, drafted
from tests.browser.filling import Filling
from tests.browser.tool import a_window, problems_for_access, running


@pytest.fixture(scope="module")
def begun(new_database: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drafted]:
    made = drafted(new_database(tmp_path_factory.mktemp("access")))
    with running(made.tool):
        yield made


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_every_section_is_open_to_everybody(form: Form, width: int, begun: Drafted, browser: Browser) -> None:
    page = a_window(browser, width)
    begun.open(page, form.key, username="coordinator" if form.key == "minutes" else "person")
    found: dict[str, list[str]] = {}
    filling = Filling(page, form)
    for section in [*(s.key for s in form.sections), "check"]:
        if section == "check":
            filling.check()
        else:
            filling.section(section)
        broken = problems_for_access(page)
        too_wide = page.evaluate("document.querySelector('.stMain').scrollWidth > innerWidth")
        found[section] = broken + (["it does not fit the width"] if too_wide else [])
    page.context.close()
    assert {section: broken for section, broken in found.items() if broken} == {}
