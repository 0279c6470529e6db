"""People who type into forms over real sessions, without a browser: each holds a websocket as a browser would, gives
answer after answer, and notes on paper which of them the screen called saved.
"""

from __future__ import annotations

import json
import random
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection

from data.accounts import account_now
from data.actor import Actor
from data.answers.drafts import start_draft
from data.database.engine import Row
from data.database.store import Store, open_store
from data.sign_in import sessions
from forms.assessment import ASSESSMENT
from forms.screening import SCREENING
from tests.browser.tool import Tool
from tests.factories import a_child, a_link, an_account
from tests.sign_in.conversation import conversation
from tests.store.chain import first_broken_link, records_by_halves

DROPPED = (WebSocketException, OSError, TimeoutError)

SHARED = ("child_support", "parent_support", "history")
OWN = ("changes_observed", "concerns_with_evidence", "strengths_and_safety")


@dataclass
class Person:
    """One person at one section of one draft. What they type says who typed it, and as how manieth."""

    account_id: str
    cookie: str
    draft_id: str
    section: str
    keys: tuple[str, ...]
    """Of text areas. Nobody else answers these questions of this draft."""
    saved: dict[str, list[str]] = field(default_factory=dict)
    """Question → what the screen called saved, in order."""
    tried: int = 0
    waits: list[float] = field(default_factory=list)
    """Seconds from an answer to the screen that says that it is saved."""

    def type_on(self, over: threading.Event, tool: Tool, chance: random.Random, pause: float) -> None:
        """Until `over`; a dropped connection is taken up again, as a browser does."""
        while not over.is_set():
            try:
                with conversation(tool, self.cookie) as websocket:
                    screen = Screen(websocket, self)
                    while not over.wait(chance.uniform(0, 2 * pause)):
                        self._answer(screen, chance.choice(self.keys))
            except DROPPED:
                over.wait(0.1)

    @property
    def many_saved(self) -> int:
        return sum(map(len, self.saved.values()))

    def _answer(self, screen: Screen, key: str) -> None:
        self.tried += 1
        words = f"{self.account_id} as the {self.tried}th"
        began = time.perf_counter()
        if screen.answer(key, words):
            self.waits.append(time.perf_counter() - began)
            self.saved.setdefault(key, []).append(words)


class Screen:
    """The open section as the browser holds it: where each question's control is, and what was last said of saving."""

    def __init__(self, websocket: ClientConnection, person: Person) -> None:
        self._websocket, self._person = websocket, person
        self._controls: dict[str, tuple[str, str]] = {}
        self._run(BackMsg())
        missing = set(person.keys) - set(self._controls)
        assert not missing, f"the screen does not ask {missing}"

    def answer(self, key: str, words: str) -> bool:
        """Give an answer; is it saved, by what the screen says?"""
        widget, fragment = self._controls[key]
        message = BackMsg()
        message.rerun_script.fragment_id = fragment
        given = message.rerun_script.widget_states.widgets.add()
        given.id, given.string_value = widget, words
        said = self._run(message)
        return '<span class="standing">Saved ' in said and "not-saved" not in said

    def _run(self, message: BackMsg) -> str:
        message.rerun_script.page_name = "form"
        message.rerun_script.query_string = f"draft={self._person.draft_id}&section={self._person.section}"
        self._websocket.send(message.SerializeToString())
        said = ""
        while True:
            heard = ForwardMsg.FromString(self._websocket.recv(timeout=60))
            kind = heard.WhichOneof("type")
            if kind == "script_finished":
                return said
            if kind == "delta" and heard.delta.WhichOneof("type") == "new_element":
                element = heard.delta.new_element
                said += element.html.body
                if element.WhichOneof("type") == "text_area":
                    key = element.text_area.id.rsplit("-", 1)[-1]
                    self._controls[key] = (element.text_area.id, heard.delta.fragment_id)


def people_with_drafts(address: str, many: int) -> list[Person]:
    """Signed in. Of six, three write at one assessment together, each at a question of their own, and three at a
    screening each. The database is closed again."""
    store = open_store(address)
    try:
        found: list[Person] = []
        together = ""
        for number in range(many):
            actor = an_account(store, name=f"Person {number} Made-Up")
            place = number % 6
            if place < len(SHARED):
                together = a_child(store) if place == 0 else together
                child_id, form, section, keys = together, ASSESSMENT, "needs", SHARED[place : place + 1]
            else:
                child_id, form, section, keys = a_child(store), SCREENING, "what_you_know", OWN
            a_link(store, child_id, actor)
            draft_id = start_draft(actor, form, child_id)
            found.append(Person(actor.account_id, _cookie(store, actor), draft_id, section, keys))
        return found
    finally:
        store.close()


def _cookie(store: Store, actor: Actor) -> str:
    token = secrets.token_urlsafe(32)
    with store.writing() as transaction:
        account = account_now(transaction.connection, actor.account_id)
        assert account is not None
        ticket = sessions.new_ticket(transaction, account)
    assert sessions.redeem(store, ticket, token)
    return token


@dataclass
class Typing:
    """Everybody types, each on a thread of their own, until the end of the `with`."""

    people: list[Person]
    tool: Tool
    seed: int
    pause: float = 0.05
    """Seconds between one answer and the next, on average."""

    def __enter__(self) -> Typing:
        self._over = threading.Event()
        self._threads = [
            threading.Thread(
                target=person.type_on,
                args=(self._over, self.tool, random.Random(self.seed + number), self.pause),
            )
            for number, person in enumerate(self.people)
        ]
        for thread in self._threads:
            thread.start()
        return self

    def until_each_has_saved(self, many: int) -> None:
        self._until(lambda: all(person.many_saved >= many for person in self.people))

    def until_somebody_saves(self) -> None:
        before = self.many_saved
        self._until(lambda: self.many_saved > before)

    @property
    def many_saved(self) -> int:
        return sum(person.many_saved for person in self.people)

    def _until(self, is_so: Callable[[], bool]) -> None:
        """Not for longer than two minutes."""
        deadline = time.monotonic() + 120
        while not is_so():
            assert time.monotonic() < deadline, "somebody could not save what they typed"
            time.sleep(0.02)

    def go_on_for(self, seconds: float) -> None:
        self._over.wait(seconds)

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(90)
            assert not thread.is_alive(), "somebody still waits for an answer"


def assert_every_word_is_there(tool: Tool, people: list[Person]) -> int:
    """What was called saved is kept once, in order, as its own writer's, in its own draft; the audit verifies.

    Gives how many answers that were.
    """
    with open_store(tool.environment["MACE_DATABASE"]) as store, store.reading() as connection:
        kept: dict[tuple[str, str], list[Row]] = {}
        for row in connection.rows("SELECT * FROM draft_answer ORDER BY draft_id, question_key, revision"):
            kept.setdefault((row["draft_id"], row["question_key"]), []).append(row)
        assert first_broken_link(connection) is None
        assert records_by_halves(connection) == []
    many = 0
    for person in people:
        for key, saved in person.saved.items():
            rows = kept[person.draft_id, key]
            words = [json.loads(row["typed"]) for row in rows]
            assert [word for word in words if word in set(saved)] == saved, "lost, doubled or out of order"
            assert {row["saved_by"] for row in rows} == {person.account_id}, "mixed with somebody else's"
            assert all(word.startswith(person.account_id) for word in words)
            assert not any(row["is_set_aside"] for row in rows)
            many += len(saved)
    return many


def is_up_again(tool: Tool) -> float:
    """Start the tool after a kill; gives the seconds until it answers."""
    began = time.monotonic()
    tool.start()
    requests.get(tool.url, timeout=10).raise_for_status()
    return time.monotonic() - began


def a_tool(folder: Path, many: int) -> tuple[Tool, list[Person]]:
    address = str(folder / "mace.duckdb")
    people = people_with_drafts(address, many)
    return Tool(address, folder / "log"), people
