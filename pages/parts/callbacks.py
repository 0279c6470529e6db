"""What a press or an answer does is done to its end: Streamlit breaks a callback off at its next use of the session when the
browser has sent something else meanwhile. An answer was then neither saved nor kept as unsaved.

Set once by the server. What the browser sent meanwhile runs when the callback is over.
"""

from __future__ import annotations

from typing import Any

from streamlit.runtime.state.safe_session_state import SafeSessionState

AS_STREAMLIT_DOES = SafeSessionState.on_script_will_rerun


def run_to_their_end() -> None:
    SafeSessionState.on_script_will_rerun = _to_the_end  # type: ignore[method-assign]


def _to_the_end(self: SafeSessionState, *args: Any, **named: Any) -> None:
    self._yield_callback()  # what waits by now goes first, and brings the same values
    runner: Any = self._yield_callback.__self__  # type: ignore[attr-defined]
    runner._execing = False  # so it looks at no request
    try:
        AS_STREAMLIT_DOES(self, *args, **named)
    finally:
        runner._execing = True
