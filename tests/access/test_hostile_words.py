"""Script, Markdown and formulas in what people type: on no page are they anything but words, whoever looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.sync.client import ClientConnection

from pages.parts import menu
from tests.access.conftest import Open
from tests.browser.fixtures import cookie_of
from tests.sign_in.conversation import conversation, heard

KEPT_AS_TEXT = {"text"}
"""What Streamlit shows letter by letter."""

READ_AS_MARKDOWN = {"body", "label", "help", "caption"}


@pytest.mark.parametrize("role", ["coordinator", "manager"])
def test_what_was_typed_is_shown_as_words_on_every_page(in_use: Open, role: str) -> None:
    shown = 0
    with conversation(in_use.tool, cookie_of(role)) as websocket:
        for page in menu.PAGES:
            for kind, name, words in drawn(websocket, page.url_path, urlencode(in_use.hostile)):
                shown += "script" in words
                if kind == "html":
                    assert "<script" not in words, page.url_path
                elif kind not in KEPT_AS_TEXT and name in READ_AS_MARKDOWN:
                    unescaped = re.sub(r"\\.", "", words)
                    assert not re.search(r"!\[x]\(|<script", unescaped), page.url_path
    assert shown > 20, "the words were not found on the pages: the test looks in the wrong place"


def drawn(websocket: ClientConnection, address: str, query: str) -> Iterator[tuple[str, str, str]]:
    """All text that a page sends to the browser: the element's kind, the field's name, the words."""
    message = BackMsg()
    message.rerun_script.page_name, message.rerun_script.query_string = address, query
    for answer in heard(websocket, message):
        if answer.WhichOneof("type") == "delta":
            delta = answer.delta
            kind = str(delta.new_element.WhichOneof("type") or delta.add_block.WhichOneof("type"))
            yield from ((kind, name, words) for name, words in texts(delta))


def texts(message: Message) -> Iterator[tuple[str, str]]:
    for field, value in message.ListFields():
        for one in value if field.is_repeated else [value]:
            if isinstance(one, Message):
                yield from texts(one)
            elif isinstance(one, str):
                yield field.name, one
