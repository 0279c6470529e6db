"""What "next child" costs at a meeting of sixty: from the click that records a decision until the next child's minutes
stand, against a page with one radio and a button that leads to it again, both served by the tool in the same minute.

Aimed at: 1.5. The third page shows what of it is drawing: one radio too, but its button records the decision and reads the
next child, and draws nothing of either. Nobody can go on before what was decided is stored, so nothing is faster than that.
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
    from pages.parts.browser import current_actor
    from pages.parts.navigation import Page, go

    def one() -> None:
        turn = int(st.query_params.get("turn", "0"))
        st.radio("One question", ["Yes", "No"], index=None, horizontal=True, key=f"only {turn}")
        if st.button("Record and go on"):
            go("one", turn=str(turn + 1))

    def record() -> None:
        next_item_id = minuting.go_on(current_actor(), st.query_params["item"])
        st.query_params["item"] = next_item_id or ""

    def undrawn() -> None:
        opened = minuting.open_child(current_actor(), st.query_params["item"])
        st.radio("One question", ["Yes", "No"], index=None, horizontal=True, key=f"only {opened.place}")
        st.button("Record and go on", on_click=record)

    menu.PAGES += tuple(
        Page(title, path, frozenset({"coordinator"}), body, in_menu=False)
        for title, path, body in (("One radio", "one", one), ("Nothing drawn", "undrawn", undrawn))
    )
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
                times: dict[str, list[float]] = {"one": [], "undrawn": [], "minuting": []}
                unrecorded = iter(items[::TURNS])
                for page in list(times) * ROUNDS:
                    item = "" if page == "one" else f"?item={next(unrecorded)}"
                    window.goto(f"{tool.url}/{page}{item}")
                    times[page] += _clicks(window)
        finally:
            tool.stop()
    one, undrawn, child = (statistics.median(found) for found in times.values())
    print(
        f"one radio again {one:.0f} ms, with a decision recorded {undrawn:.0f} ms, next child {child:.0f} ms",
        file=sys.stderr,
    )
    return {
        "next_child": child / one,
        "next_child_recorded_and_read_but_not_drawn": undrawn / one,
        "next_child_against_recorded_and_read_but_not_drawn": child / undrawn,
    }


def _a_meeting_of_many(store: Store, person: Actor) -> list[str]:
    """Its papers are out, and every child's minutes are ready to be recorded; gives the items of the agenda."""
    for number in range(CHILDREN):
        child_id = a_child(store, f"Child {number} Made-Up")
        an_episode(store, child_id)
        a_submission(store, "assessment", child_id, assessed_on=clock.today(), main_support="Made-up support")
    meeting_id = a_meeting(person, "send papers")
    quorum_signs(person, meeting_id)
    items = [item["item_id"] for item in agendas.read_agenda(person, meeting_id).items]
    for item_id in items:
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
