"""A process that writes and checkpoints as fast as it can, and notes on paper what it was told is stored."""

from __future__ import annotations

import multiprocessing
import os
import random
import threading
import time
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from data import clock
from data.actor import Actor
from data.database.audit import Event
from data.database.records import CHILD_LINK
from data.database.schema import DRAFT_ANSWER
from data.database.store import Store, open_store

# Starts a process in a few milliseconds: from one that has imported everything and opened nothing.
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload([__name__])


def kill_while_writing(
    address: str, paper: Path, chance: random.Random, longest: float = 0.4, key: str = ""
) -> None:
    """Start a writer, let it store something, and kill it at a moment of chance."""
    before = len(acknowledged(paper))
    writer: ForkServerProcess = processes.Process(target=write_for_ever, args=(address, str(paper), key))
    writer.start()
    try:
        deadline = time.monotonic() + 120
        while len(acknowledged(paper)) == before:
            assert writer.is_alive(), "the writer ended by itself: the database did not open"
            assert time.monotonic() < deadline, "the writer stored nothing"
            time.sleep(0.005)
        time.sleep(chance.uniform(0, longest))
    finally:
        writer.kill()
        writer.join()


def acknowledged(paper: Path) -> list[str]:
    """The ids that the writer was told are stored. A last line without its end was cut off by the kill."""
    return paper.read_text().split("\n")[:-1] if paper.exists() else []


def write_for_ever(address: str, paper: str, key: str = "") -> None:
    os.environ["MACE_KEY"] = key
    store = open_store(address)
    descriptor = os.open(paper, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def write() -> None:
        while True:
            os.write(descriptor, f"{write_once(store)}\n".encode())

    for _ in range(2):
        threading.Thread(target=write, daemon=True).start()
    while True:
        store.engine.settle()
        time.sleep(0.1)


def write_once(store: Store) -> str:
    """A record and two answers in one transaction, all under one id."""
    made = clock.new_id()
    with Actor(store, "operator").writing() as work:
        work.save(
            CHILD_LINK, {"link_id": made, "child_id": made, "account_id": made}, Event("made", None, made)
        )
        answers = [
            {"draft_id": made, "rows_key": "", "row_id": "", "question_key": key, "revision": 1}
            for key in "ab"
        ]
        work.add_many(DRAFT_ANSWER, answers, Event("made", None, made))
    return made
