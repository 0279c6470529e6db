"""A conversation with the running tool as Streamlit's browser side holds it, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from tests.browser.tool import Tool


@contextmanager
def conversation(tool: Tool, cookie: str, page: str = "", origin: str = "") -> Iterator[ClientConnection]:
    """A websocket as Streamlit's browser side opens it; `page` asks for a page that was open before."""
    with connect(
        tool.url.replace("http", "ws") + "/_stcore/stream",
        origin=origin or tool.url,
        additional_headers={"Cookie": f"mace_browser={cookie}"},
        subprotocols=["streamlit", "token", page] if page else ["streamlit"],
    ) as websocket:
        yield websocket


def run(websocket: ClientConnection, address: str = "", query: str = "") -> tuple[str, str]:
    """Run the page at `address`; gives the id of the open page, and all words sent to the browser."""
    message = BackMsg()
    message.rerun_script.page_name = address
    message.rerun_script.query_string = query
    websocket.send(message.SerializeToString())
    page, words = "", ""
    while True:
        answer = ForwardMsg.FromString(websocket.recv(timeout=10))
        page = answer.new_session.initialize.session_id or page
        words += str(answer)
        if answer.WhichOneof("type") == "script_finished":
            return page, words
