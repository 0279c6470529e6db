"""The tool as a process of its own, as people run it: a free port, a database of its own, a real browser to look at it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
AXE = Axe().axe_script
# The rule of 2.2 on the size of what is aimed at is off unless it is asked for.
RUN_AXE = """axe.run({resultTypes: ["violations"], rules: {"target-size": {enabled: true}}})
  .then(found => found.violations)"""
PATIENCE = 60_000  # milliseconds: a busy machine is no fault of the tool
expect.set_options(timeout=PATIENCE)

# What the page has asked of the tool and not been answered: between a click and the tool's first word, nothing on the
# page shows that it is about to change.
NOTE_WHAT_IS_ASKED = """
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (words) {
    if (!this.isHeard) this.addEventListener("message", () => { window.askedAt = 0; });
    this.isHeard = true;
    window.askedAt = Date.now();
    return send.call(this, words);
  };
"""
STANDS_STILL = """() => {
  const isAnswered = Date.now() - (window.askedAt || 0) > 3000;
  const state = document.querySelector("[data-test-script-state]")?.dataset.testScriptState;
  // A browser that comes for the first time draws the controls before it has what draws our own look.
  const looks = document.querySelector(".stHtml style");
  // Nor has it what names the menu, where the menu has groups.
  const menu = window.maceMenu || !document.querySelector("[data-testid=stNavSectionHeader]");
  // A kind of control that this browser draws for the first time is fetched first.
  const isDrawn = !document.querySelector("[data-stale=true], [data-testid=stSkeleton]");
  const stands = isAnswered && looks && menu && isDrawn && state === "notRunning";
  window.stoodFor = stands ? (window.stoodFor || 0) + 1 : 0;
  if (window.stoodFor < 3) return false;
  window.stoodFor = 0;
  return true;
}"""
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


class Tool:
    """`start` and `stop` as often as wanted; what is in the database stays."""

    def __init__(self, address: str, log: Path, script: str = "server.py", **settings: str) -> None:
        """`address`: an existing database that no process holds. `settings`: environment, as MACE_IDLE_MINUTES."""
        self.script = script
        self.log = log
        self.environment = {**os.environ, "MACE_DATABASE": address, **settings}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [
            sys.executable, "-m", "streamlit", "run", self.script,
            "--server.port", str(self.port), "--server.headless", "true",
        ]  # fmt: skip
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + 60
        while not self._is_healthy():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The tool did not start:\n{self.log.read_text()}")
            time.sleep(0.1)

    def stop(self, kill: bool = False) -> None:
        """With `kill` as a crash would: no last word, no clean close."""
        if self._process is None:
            return
        if kill:
            self._process.kill()
        else:
            self._process.terminate()
        self._process.wait(30)
        self._process = None

    def _is_healthy(self) -> bool:
        try:
            return requests.get(f"{self.url}/_stcore/health", timeout=2).ok
        except requests.RequestException:
            return False


@contextmanager
def running(tool: Tool) -> Iterator[Tool]:
    tool.start()
    try:
        yield tool
    finally:
        tool.stop()


@contextmanager
def a_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


def a_window(browser: Browser, width: int = 1280) -> Page:
    """A window of its own, with no cookies yet. Its language and width are those of an office computer."""
    context = browser.new_context(locale="en-GB", viewport={"width": width, "height": 900})
    context.set_default_timeout(PATIENCE)
    context.add_init_script(NOTE_WHAT_IS_ASKED)
    return context.new_page()


def settle(page: Page) -> None:
    """Wait until the page stands still: what was asked is answered, no run is under way, and nothing is drawn pale."""
    page.wait_for_function(STANDS_STILL)


def sign_in(page: Page, tool: Tool, username: str, password: str, path: str = "/") -> None:
    """Open `path` as somebody who has to sign in first, and end where they were going."""
    page.goto(tool.url + path)
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("Signed in as").wait_for()
    settle(page)


def problems_for_access(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA on the page as it stands, one line for each thing."""
    settle(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    violations = page.evaluate(RUN_AXE)
    return [
        f"{violation['id']}: {violation['help']}: {node['target']}"
        for violation in violations
        for node in violation["nodes"]
    ]


def for_all(page: Page) -> None:
    """axe finds nothing, wide and narrow, and nothing is cut off."""
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        assert not (found := problems_for_access(page)), found
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1280, "height": 900})
