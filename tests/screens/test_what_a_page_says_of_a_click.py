"""What came of a click is said at the top of the page, and people are taken there: the button may be far below."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import landmarks

PAGE = """
from data.refusal import Problems
from pages.parts import acting

def refuse():
    raise Problems("Enter a place")

import streamlit as st
acting.show()
st.button("Wrong", on_click=acting.act, args=(refuse, "Saved."))
st.button("Right", on_click=acting.act, args=(lambda: None, "It is done."))
"""


def test_people_are_taken_to_what_was_refused_and_to_what_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[tuple[str, str]] = []
    monkeypatch.setattr(landmarks, "name_them", lambda at, go: gone.append((at, go)))
    screen = AppTest.from_string(PAGE, default_timeout=30).run()
    assert gone[-1][1] == ""
    screen.button[0].click().run()
    assert "Enter a place" in [text.value for text in screen.text]
    first = gone[-1]
    screen.button[0].click().run()
    assert first[1] == gone[-1][1] == "what is said"
    assert first[0] != gone[-1][0], "the second refusal is a place of its own to go to"
    screen.button[1].click().run()
    assert screen.success[0].value == "It is done."
    assert gone[-1][1] == "what is said"
