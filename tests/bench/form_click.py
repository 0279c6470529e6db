"""What an answer costs: a click on a section of ten signs, against a click on a page with one radio, both served by the
tool itself in the same minute. The engineering notes allow 1.3. What is left is the save and its audit, and drawing ten
radios: a fragment for each question could not write the state and counts beside it.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import requests
from playwright.sync_api import Page as Window

from data.answers.drafts import start_draft
from data.database.store import open_store
from data.sign_in import passwords
from forms.screening import SCREENING
from tests.browser.tool import ROOT, Tool, a_browser, settle, sign_in
from tests.factories import a_child, an_account

PASSWORD = "three random words"
SECTION = "moderate_11_to_20"
CLICKS = 30

# From the click until the tool has said its last word and the page has drawn it, as the browser sees it; half a second
# of quiet ends it. The script's own state is no measure: a short run begins and ends between two drawings.
LISTEN = """
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", () => (window.heard = performance.now()));
  }
};
"""
CLICK = """
(option) => new Promise((done) => {
  const app = document.querySelector("[data-test-script-state]");
  const start = performance.now();
  window.heard = start;
  const seen = new MutationObserver(() => (window.heard = performance.now()));
  seen.observe(document.querySelector(".stMain"), { attributes: true, childList: true, characterData: true, subtree: true });
  const look = setInterval(() => {
    if (performance.now() - window.heard < 500 || app.dataset.testScriptState === "running") return;
    clearInterval(look);
    seen.disconnect();
    done(window.heard - start);
  }, 50);
  option.click();
})
"""


class ToolWithOneRadio(Tool):
    """The tool with one page more: a radio and nothing else."""

    command = "from tests.bench.form_click import serve; serve({port})"

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", self.command.format(port=self.port)],
                cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        for _ in range(300):
            try:
                if requests.get(f"{self.url}/_stcore/health", timeout=2).ok:
                    return
            except requests.ConnectionError:
                time.sleep(0.1)
        raise RuntimeError(f"The tool did not start:\n{self.log.read_text()}")


def serve(port: int) -> None:
    import streamlit as st
    import uvicorn

    from pages.parts import menu
    from pages.parts.navigation import Page

    def body() -> None:
        st.radio(
            "One question", ["Yes", "No", "Historical", "Unknown"], index=None, horizontal=True, key="only"
        )

    menu.PAGES += (Page("One radio", "one", frozenset({"practitioner"}), body, in_menu=False),)
    from server import app

    uvicorn.run(app, port=port, log_level="error")


def ratios() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        address = str(Path(folder) / "mace.duckdb")
        store = open_store(address)
        person = an_account(store, username="person", password_hash=passwords.hashed(PASSWORD))
        draft_id = start_draft(person, SCREENING, a_child(store, linked_to=person))
        store.close()
        tool = ToolWithOneRadio(address, Path(folder) / "log")
        tool.start()
        try:
            with a_browser() as browser:
                window = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
                window.add_init_script(LISTEN)
                sign_in(window, tool, "person", PASSWORD, "/one")
                times: dict[str, list[float]] = {"one": [], "section": []}
                for turn in range(3):
                    window.goto(f"{tool.url}/one")
                    times["one"] += _clicks(window, turn)
                    window.goto(f"{tool.url}/form?draft={draft_id}&section={SECTION}")
                    times["section"] += _clicks(window, turn)
        finally:
            tool.stop()
    one, section = (statistics.median(times[name]) for name in ("one", "section"))
    print(f"one radio {one:.0f} ms, a section of ten signs {section:.0f} ms", file=sys.stderr)
    return {"form_click": section / one}


def _clicks(window: Window, turn: int) -> list[float]:
    """Ten clicks, each on an option that is not chosen yet; the first two warm up and do not count."""
    window.get_by_role("radiogroup").first.wait_for()
    settle(window)
    groups = window.get_by_role("radiogroup").all()
    found = []
    for click in range(CLICKS // 3 + 2):
        option = ("No", "Unknown")[(click // len(groups) + turn) % 2]
        radio = groups[click % len(groups)].get_by_role("radio", name=option, exact=True)
        if not radio.is_checked():
            found.append(radio.evaluate(CLICK))
    return found[2:]
