"""A press does all that it does, though the browser sends something else in the middle of it."""

from __future__ import annotations

import pytest
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.testing.v1 import AppTest

from pages.parts import callbacks

PAGE = """
import streamlit as st
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

def act():
    runner = get_script_run_ctx().session_state._yield_callback.__self__
    runner._requests.request_rerun(RerunData())
    st.session_state.begun = True
    st.query_params["section"] = "next"
    st.session_state.ended = True

st.button("Do it", on_click=act)
st.text(f"{'begun' in st.session_state} {'ended' in st.session_state}")
"""


@pytest.fixture(params=[True, False], ids=["as the server sets it", "as Streamlit has it"])
def is_set(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(SafeSessionState, "on_script_will_rerun", callbacks.AS_STREAMLIT_DOES)
    if request.param:
        callbacks.run_to_their_end()
    return bool(request.param)


def test_what_was_sent_meanwhile_waits_until_the_callback_is_over(is_set: bool) -> None:
    """Once Streamlit does so by itself, what we set can go."""
    at = AppTest.from_string(PAGE).run()
    at.button[0].click().run()
    assert not at.exception
    assert at.text[0].value == f"{is_set} {is_set}"
