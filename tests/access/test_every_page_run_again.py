"""A page that is run again before the browser has drawn it: the run before was broken off by a press, or by a connection that
came back. A control that has another beginning in the second run is drawn empty, and what the browser then sends for it is
taken for the person's answer.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.sync.client import ClientConnection

from pages.parts import menu
from pages.parts.navigation import Page
from tests.access.conftest import Open
from tests.browser.fixtures import cookie_of
from tests.sign_in.conversation import conversation, heard

CHOSEN = {"view": "seen", "judgement": "being"}
"""In the address, beside the ids."""
VALUES = ("raw_value", "raw_values", "value")


def shown_by(control: Any) -> str:
    """What the browser shows when it draws this control for the first time."""
    if control.set_value:
        return str(next(getattr(control, name) for name in VALUES if hasattr(control, name)))
    begins = control.default if hasattr(control, "default") else None
    has_one = isinstance(begins, int) and hasattr(control, "options") and control.HasField("default")
    return str(control.options[begins] if has_one else begins)


def begun(
    websocket: ClientConnection, page: Page, query: str, script: str = ""
) -> tuple[dict[str, str], str]:
    """What each control of the page shows at first, by the control's id; and what the browser calls the page from then on."""
    message = BackMsg()
    message.rerun_script.page_name, message.rerun_script.query_string = page.url_path, query
    message.rerun_script.page_script_hash = script
    shown = {}
    for answer in heard(websocket, message):
        script = answer.navigation.page_script_hash or script
        control = getattr(answer.delta.new_element, answer.delta.new_element.WhichOneof("type") or "text")
        if getattr(control, "id", "") and hasattr(control, "set_value"):
            shown[control.id] = shown_by(control)
    return shown, script


@pytest.mark.parametrize("person", ["practitioner", "coordinator", "manager", "administrator"])
def test_every_control_starts_with_what_it_started_with_before(in_use: Open, person: str) -> None:
    many = 0
    query = urlencode(in_use.ids | CHOSEN)
    for page in menu.PAGES:
        with conversation(in_use.tool, cookie_of(person)) as websocket:
            first, script = begun(websocket, page, query)
            again, _ = begun(websocket, page, query, script)
        assert again == first, page.url_path
        many += sum(value not in ("", "0", "False") for value in first.values())
    assert many > (20 if person == "coordinator" else 1), (
        "nothing stands on the pages: the test looks in the wrong place"
    )
