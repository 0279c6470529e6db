"""Which files a browser may fetch: those that the tool offered it, by a button or in answer to a click. Without a tool."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ADDRESS = "/media/0a1b2c.csv"


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Iterator[type]:
    """The door alone, with everybody signed in; its way of logging is not kept for other tests."""
    factory = logging.getLogRecordFactory()
    import server

    monkeypatch.setattr(server, "the_store", lambda: None)
    monkeypatch.setattr(server.sessions, "account_behind", lambda store, token: token)
    yield server.Door
    logging.setLogRecordFactory(factory)


def offered() -> Iterator[tuple[str, ForwardMsg, int]]:
    button, click, text, html = ForwardMsg(), ForwardMsg(), ForwardMsg(), ForwardMsg()
    button.delta.new_element.download_button.url = ADDRESS
    click.backend_operation_response.deferred_file.url = ADDRESS
    text.delta.new_element.text.body = ADDRESS
    html.delta.new_element.html.body = f'<a href="{ADDRESS}">'
    yield from (
        ("a button", button, 200),
        ("an answer", click, 200),
        ("words", text, 403),
        ("html", html, 403),
    )


@pytest.mark.parametrize(("said", "status"), [pytest.param(m, code, id=name) for name, m, code in offered()])
def test_a_file_is_given_to_the_browser_that_was_offered_it_and_not_for_words_that_name_it(
    door: type, said: ForwardMsg, status: int
) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.send", "bytes": said.SerializeToString()})
        else:
            await send({"type": "http.response.start", "status": 200, "headers": []})

    at = door(app)
    fetch = {"type": "http", "method": "GET", "path": ADDRESS}
    with start_blocking_portal() as elsewhere:  # a browser of another test may hold this thread's loop
        elsewhere.call(through, at, {"type": "websocket", "path": "/_stcore/stream"}, "theirs")
        answers = [elsewhere.call(through, at, fetch, who)[0]["status"] for who in ("theirs", "another")]
    assert answers == [status, 403]


async def through(at: ASGIApp, scope: dict[str, Any], browser: str) -> list[Message]:
    """What the door lets out to a browser with this cookie."""
    out: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        out.append(message)

    headers = [
        (b"host", b"tool"),
        (b"origin", b"http://tool"),
        (b"cookie", f"mace_browser={browser}".encode()),
    ]
    await at({**scope, "headers": headers, "scheme": "http"}, receive, send)
    return out
