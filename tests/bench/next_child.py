"""What "next child" costs at a meeting of sixty: from the click that records a decision until the next child's minutes
stand, against a page with one radio and a button that leads to it again, both served by the tool in the same minute.
Aimed at: 1.5. What is left is the recording itself (a revision of a wide form, its discussion, the audit, one commit) and
the browser drawing what is written for every child.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page as Window

from data import clock
from data.actor import Actor
from data.database.store import Store, open_store
from data.meeting import agendas, minuting
from data.sign_in import passwords
from tests.bench.form_click import CLICK, LISTEN, PASSWORD, ToolWithOneRadio
from tests.browser.tool import a_browser, settle, sign_in
from tests.factories import a_child, a_submission, an_account, an_episode
from tests.filled_in import a_decision, fill_at_once
from tests.meetings.made import a_meeting, quorum_signs

CHILDREN, TURNS, ROUNDS = 60, 8, 3


class ToolWithOneRadioAgain(ToolWithOneRadio):
    command = "from tests.bench.next_child import serve; serve({port})"


def serve(port: int) -> None:
    import streamlit as st
    import uvicorn

    from pages.parts import menu
    from pages.parts.navigation import Page, go

    def body() -> None:
        turn = int(st.query_params.get("turn", "0"))
        st.radio("One question", ["Yes", "No"], index=None, horizontal=True, key=f"only {turn}")
        if st.button("Record and go on"):
            go("one", turn=str(turn + 1))

    menu.PAGES += (Page("One radio", "one", frozenset({"coordinator"}), body, in_menu=False),)
    from server import app

    uvicorn.run(app, port=port, log_level="error")


def ratios() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        address = str(Path(folder) / "mace.duckdb")
        store = open_store(address)
        person = an_account(store, "coordinator", username="person", password_hash=passwords.hashed(PASSWORD))
        items = _a_meeting_of_many(store, person)
        store.close()
        tool = ToolWithOneRadioAgain(address, Path(folder) / "log")
        tool.start()
        try:
            with a_browser() as browser:
                window = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
                window.add_init_script(LISTEN)
                sign_in(window, tool, "person", PASSWORD, "/one")
                times: dict[str, list[float]] = {"one": [], "child": []}
                for turn in range(ROUNDS):
                    window.goto(f"{tool.url}/one")
                    times["one"] += _clicks(window)
                    window.goto(f"{tool.url}/minuting?item={items[turn * TURNS]}")
                    times["child"] += _clicks(window)
        finally:
            tool.stop()
    one, child = (statistics.median(times[name]) for name in ("one", "child"))
    print(f"one radio again {one:.0f} ms, next child {child:.0f} ms", file=sys.stderr)
    return {"next_child": child / one}


def _a_meeting_of_many(store: Store, person: Actor) -> list[str]:
    """Its papers are out, and every child's minutes are ready to be recorded; gives the items of the agenda."""
    for number in range(CHILDREN):
        child_id = a_child(store, f"Child {number} Made-Up")
        an_episode(store, child_id)
        a_submission(store, "assessment", child_id, assessed_on=clock.today(), main_support="Made-up support")
    meeting_id = a_meeting(person, "send papers")
    quorum_signs(person, meeting_id)
    items = [item["item_id"] for item in agendas.read_agenda(person, meeting_id).items]
    for item_id in items[: ROUNDS * TURNS + 1]:
        draft_id = minuting.open_child(person, item_id).draft_id or ""
        typed = a_decision(decision_reason="Made-up reason")
        del typed["meeting_date"]  # begun with the meeting's own
        fill_at_once(person, draft_id, typed)
    return items


def _clicks(window: Window) -> list[float]:
    """From one to the next; the first two warm up and do not count."""
    found = []
    for _ in range(TURNS):
        button = window.get_by_role("button", name="Record and go on")
        button.wait_for()
        settle(window)
        found.append(button.evaluate(CLICK))
    return found[2:]
