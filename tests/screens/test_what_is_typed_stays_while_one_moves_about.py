"""What is typed into a form that is not sent is there again when one comes back to its page, and gone once it is done."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import acting, short_form

PAGE = """
import streamlit as st
from forms.flag import REMOVED as FORM
from pages.parts import acting, free_text, short_form

place = st.radio("Page", ["here", "elsewhere"], key="page")
acting.show()
if place == "here":
    short_form.draw(FORM, "a place", lambda actor, typed: None, "Done.")
    free_text.several_lines("A reason", "a reason")
    acting.offer("Give the reason", lambda actor: acting.chosen("a reason"), "Given.", key="give")
"""


def page(screen: AppTest, which: str) -> AppTest:
    return screen.radio(key="page").set_value(which).run()


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    for module in (acting, short_form):
        monkeypatch.setattr(module, "current_actor", lambda: None)
    screen = AppTest.from_string(PAGE, default_timeout=30).run()
    assert not screen.exception
    return screen


def test_it_is_there_again_when_one_comes_back(screen: AppTest) -> None:
    screen.text_input[0].set_value("1 2 2026").run()
    screen.text_area(key="a reason").set_value("Half a reason").run()
    page(screen, "elsewhere")
    page(screen, "here")
    assert screen.text_input[0].value == "1 2 2026"
    assert screen.text_area(key="a reason").value == "Half a reason"


def test_it_is_gone_once_it_is_done(screen: AppTest) -> None:
    screen.text_input[0].set_value("1 2 2026").run()
    screen.text_area(key="a reason").set_value("A reason").run()
    next(button for button in screen.button if "Record" in button.label).click().run()
    screen.button(key="give").click().run()
    page(screen, "elsewhere")
    page(screen, "here")
    assert not screen.text_input[0].value
