"""Every page by the routes that no link leads to: a forged click or value, a file's address, the first request of a new
server, a click after the role was taken away. The pages are those of the menu, so that a new one is tried too.
"""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
import requests
from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.testing.v1 import AppTest
from websockets.sync.client import ClientConnection

from data.actor import Actor
from data.database.records import ACCOUNT
from data.database.store import Store
from data.sign_in import sessions
from pages.parts import browser, menu
from pages.parts.navigation import Page
from tests.access.conftest import Open, ids_of
from tests.access.test_every_page_by_its_address import STRANGERS
from tests.access.world import NAME, World
from tests.browser.fixtures import cookie_of
from tests.factories import MADE, an_account
from tests.sign_in.conversation import conversation, heard, run

NO_VALUE = {"form", "file_uploader", "arrow_data_frame", "download_button"}
"""What has an id and takes no value that could be forged in this way."""


def opened(websocket: ClientConnection, page: Page, query: str) -> tuple[list[Message], set[str], str]:
    """The controls of a page as the tool draws them, the fragments that they are in, and the id of the open page."""
    message = BackMsg()
    message.rerun_script.page_name, message.rerun_script.query_string = page.url_path, query
    controls, fragments, session = [], set(), ""
    for answer in heard(websocket, message):
        session = answer.new_session.initialize.session_id or session
        if answer.WhichOneof("type") == "delta":
            fragments.add(answer.delta.fragment_id)
            element = answer.delta.new_element
            drawn = getattr(element, element.WhichOneof("type") or "text")
            if getattr(drawn, "id", ""):
                controls.append(drawn)
    return controls, fragments - {""}, session


def forged(page: Page, query: str, controls: list[Message], fragment: str = "") -> BackMsg:
    """What a browser would send if everything that another person's page offers were clicked and typed at once."""
    message = BackMsg()
    message.rerun_script.page_name, message.rerun_script.query_string = page.url_path, query
    message.rerun_script.fragment_id = fragment
    for control in controls:
        kind = type(control).__name__
        if kind == "Button" and control.label == "Sign out":
            continue  # it does what it says, and the pages after it would be tried by nobody
        state = message.rerun_script.widget_states.widgets.add()
        state.id = control.id
        if kind == "Button":
            state.trigger_value = True
        elif kind in ("TextInput", "TextArea", "Selectbox"):
            state.string_value = "Forged"
        elif kind == "Radio":
            state.int_value = 0
        elif kind == "Checkbox":
            state.bool_value = True
        elif kind == "NumberInput":
            state.double_value = 1
    return message


@pytest.mark.parametrize("person", ["practitioner", "coordinator_elsewhere", "administrator"])
def test_a_forged_click_or_value_shows_a_stranger_nothing_on_any_page(in_use: Open, person: str) -> None:
    query = urlencode(in_use.ids)
    many = 0
    with (
        conversation(in_use.tool, cookie_of("manager")) as theirs,
        conversation(in_use.tool, cookie_of(person)) as strangers,
    ):
        for page in menu.PAGES:
            controls, fragments, _ = opened(theirs, page, query)
            many += len(controls)
            for fragment in fragments:  # of another's page: the tool need not answer
                strangers.send(forged(page, query, controls, fragment).SerializeToString())
            words = "".join(map(str, heard(strangers, forged(page, query, controls))))
            assert NAME not in words, page.url_path
            assert "Signed in as" in words, (page.url_path, words)
    assert many > 50, "the pages offer nothing to forge: the test looks in the wrong place"


def test_a_file_is_for_the_browser_that_asked_for_it_and_for_no_other_whoever_knows_its_address(
    in_use: Open,
) -> None:
    query, found = urlencode(in_use.ids), set()

    def asked_for_by(person: str, address: str) -> int:
        cookie = {"Cookie": f"mace_browser={cookie_of(person)}"}
        return requests.get(in_use.tool.url + address, headers=cookie, timeout=10).status_code

    with conversation(in_use.tool, cookie_of("manager")) as websocket:
        for page in menu.PAGES:
            controls, _, session = opened(websocket, page, query)
            for control in controls:
                if type(control).__name__ == "DownloadButton" and control.deferred_file_id:
                    address = _file_of(websocket, session, control.deferred_file_id)
                    found.add(page.url_path)
                    for person in (*STRANGERS, "coordinator", "nobody"):
                        assert asked_for_by(person, address) == 403, (page.url_path, person)
                    assert asked_for_by("manager", address) == 200, page.url_path
    assert {"own-copy", "submission", "meeting"} <= found


def _file_of(websocket: ClientConnection, session: str, deferred: str) -> str:
    message = BackMsg()
    message.backend_operation_request.session_id = session
    message.backend_operation_request.request_id = "1"
    message.backend_operation_request.deferred_file.file_id = deferred
    *_, last = heard(websocket, message, until="backend_operation_response")
    answer = last.backend_operation_response
    assert answer.deferred_file.url, answer
    return str(answer.deferred_file.url)


@pytest.mark.parametrize("person", ["nobody", "practitioner", "administrator"])
def test_the_first_request_of_a_new_server_shows_no_more_than_any_other(in_use: Open, person: str) -> None:
    in_use.tool.stop()
    in_use.tool.start()
    for page in menu.PAGES:
        with conversation(in_use.tool, cookie_of(person)) as websocket:
            _, words = run(websocket, page.url_path, urlencode(in_use.ids))
            assert NAME not in words, page.url_path
            assert ("Signed in as" in words) == (person != "nobody"), page.url_path


TRIED = (("button", 0), ("button", 1), ("text_area", 0))
"""Of each page."""


def test_no_click_on_a_page_that_was_open_does_anything_once_its_role_is_gone(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store
) -> None:
    """Callbacks run before `app.py` has looked, so the pages are drawn here without it."""
    world = World(duckdb_store)
    monkeypatch.setattr(browser, "store", lambda: duckdb_store)
    shown = used = 0
    for page in menu.PAGES:
        offered = {}
        for kind, at in TRIED if "coordinator" in page.roles else ():
            if at >= offered.get(kind, 3):
                continue
            who = a_coordinator_at_the_browser(duckdb_store, monkeypatch)
            screen = AppTest.from_function(_draw, kwargs={"module": page.body.__module__}, default_timeout=60)
            for name, value in ids_of(world).items():
                screen.query_params[name] = value
            screen.run()
            assert not screen.exception, page.url_path
            usable = {kind: [one for one in screen.get(kind) if not one.disabled] for kind, _ in TRIED}
            offered = {kind: len(controls) for kind, controls in usable.items()}
            if at >= offered[kind]:
                continue
            shown += NAME in words_on(screen)
            with world.people["operator"].writing() as work:
                work.save(ACCOUNT, {"account_id": who.account_id, "role": "administrator"}, MADE)
            before = kept(world)
            control = usable[kind][at]
            (control.click() if kind == "button" else control.set_value("Forged")).run()
            used += 1
            assert NAME not in words_on(screen), (page.url_path, kind, at)
            assert kept(world) == before, (page.url_path, kind, at)
    assert (shown > 20, used > 40) == (True, True), (shown, used)


def a_coordinator_at_the_browser(store: Store, monkeypatch: pytest.MonkeyPatch) -> Actor:
    who = an_account(store, "coordinator", password_hash="right")
    ticket = sessions.sign_in(store, f"person-{who.account_id}", "right", str.__eq__)
    assert sessions.redeem(store, ticket, ticket)
    monkeypatch.setattr(browser, "browser_token", lambda: ticket)
    return who


def _draw(module: str) -> None:
    import contextlib
    import importlib

    from data.refusal import Problems

    with contextlib.suppress(Problems):
        importlib.import_module(module).body()


def words_on(screen: AppTest) -> str:
    return " ".join(str(element.proto) for element in screen.main)


def kept(world: World) -> list[str]:
    """What the audit says was done, and not refused; that a sign-in ended is no act of the person."""
    with world.people["operator"].reading() as work:
        return work.values(
            "SELECT action FROM audit WHERE action NOT LIKE 'refused: %' AND action NOT LIKE 'sign-in ended%' ORDER BY seq"
        )
