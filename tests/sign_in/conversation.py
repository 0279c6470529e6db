"""A conversation with the running tool as Streamlit's browser side holds it, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from tests.browser.tool import Tool

WHOLE_RUNS = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR)


@contextmanager
def conversation(tool: Tool, cookie: str, page: str = "", origin: str = "") -> Iterator[ClientConnection]:
    """A websocket as Streamlit's browser side opens it; `page` asks for a page that was open before. A test that fails in
    it shows what the tool logged."""
    with connect(
        tool.url.replace("http", "ws") + "/_stcore/stream",
        origin=origin or tool.url,
        additional_headers={"Cookie": f"mace_browser={cookie}"},
        subprotocols=["streamlit", "token", page] if page else ["streamlit"],
    ) as websocket:
        try:
            yield websocket
        except BaseException as failed:
            failed.add_note(f"The end of the tool's log:\n{tool.log.read_text()[-5000:]}")
            raise


def heard(websocket: ClientConnection, message: BackMsg, until: str = "") -> Iterator[ForwardMsg]:
    """All that the tool answers to `message`, up to an answer of the kind `until`; without one, until the page has run
    from its beginning to its end, whatever part of it was asked for before."""
    websocket.send(message.SerializeToString())
    while True:
        answer = ForwardMsg.FromString(websocket.recv(timeout=60))
        yield answer
        kind = answer.WhichOneof("type")
        if kind == until:
            return
        if not until and kind == "script_finished" and answer.script_finished in WHOLE_RUNS:
            return


def run(websocket: ClientConnection, address: str = "", query: str = "") -> tuple[str, str]:
    """Run the page at `address`; gives the id of the open page, and all words sent to the browser."""
    message = BackMsg()
    message.rerun_script.page_name = address
    message.rerun_script.query_string = query
    page, words = "", ""
    for answer in heard(websocket, message):
        page = answer.new_session.initialize.session_id or page
        words += str(answer)
    return page, words
