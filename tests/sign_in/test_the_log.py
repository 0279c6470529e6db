"""What goes wrong is logged by its type and its place, never in words that may be about a child."""

from __future__ import annotations

import subprocess
import sys

from tests.browser.tool import ROOT

GOES_WRONG = """
import logging, server
try:
    raise ValueError("Child Made-Up lives at 1 Example Street")
except ValueError:
    logging.exception("Something went wrong")
"""


def test_the_log_tells_what_went_wrong_and_where_but_quotes_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-c", GOES_WRONG], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "Something went wrong" in done.stderr
    assert "ValueError" in done.stderr
    assert "line 4" in done.stderr
    assert "Example Street" not in done.stderr
    assert "Made-Up" not in done.stderr
