"""No error, log or output says anything of what is stored, however a statement fails. On both engines."""

import datetime
import logging
import traceback
from collections.abc import Callable

import pytest

from data.database.engine import Clash, StatementFailed
from data.database.records import CHILD_LINK, EPISODE
from data.database.store import Store
from tests.factories import MADE, a_child, an_episode, the_operator

MARK = "Zebedee Made-Up"
DAY = datetime.date(2026, 1, 2)


def words_for_a_date(store: Store) -> None:
    with the_operator(store).writing() as work:
        work.save(EPISODE, {"episode_id": "e", "opened_on": MARK}, MADE)


def words_for_a_date_among_many(store: Store) -> None:
    rows = [{"episode_id": "a", "opened_on": DAY}, {"episode_id": "b", "opened_on": MARK}]
    with the_operator(store).writing() as work:
        work.save_new(EPISODE, rows, lambda _: MADE)


def a_thing_no_engine_knows(store: Store) -> None:
    class Thing:
        def __repr__(self) -> str:
            return MARK

    with the_operator(store).writing() as work:
        work.save(EPISODE, {"episode_id": "e", "closure_note": Thing()}, MADE)


def words_that_are_no_unicode(store: Store) -> None:
    with the_operator(store).writing() as work:
        work.add(CHILD_LINK.history, {"link_id": MARK + "\ud800", "revision": 1}, MADE)


def the_same_key_twice(store: Store) -> None:
    for _ in range(2):
        with the_operator(store).writing() as work:
            work.add(CHILD_LINK.history, {"link_id": MARK, "revision": 1}, MADE)


def the_same_key_twice_among_many(store: Store) -> None:
    with the_operator(store).writing() as work:
        work.add_many(CHILD_LINK.history, [{"link_id": MARK, "revision": 1}] * 2, MADE)


def no_key(store: Store) -> None:
    with the_operator(store).writing() as work:
        work.add(CHILD_LINK.history, {"link_id": MARK, "revision": None}, MADE)


def a_question_of_the_wrong_kind(store: Store) -> None:
    with the_operator(store).reading() as work:
        work.rows("SELECT * FROM child WHERE CAST(name AS date) > $1", [DAY])


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (words_for_a_date, StatementFailed),
        (words_for_a_date_among_many, StatementFailed),
        (a_thing_no_engine_knows, StatementFailed),
        (words_that_are_no_unicode, StatementFailed),
        (the_same_key_twice, Clash),
        (the_same_key_twice_among_many, Clash),
        (no_key, StatementFailed),
        (a_question_of_the_wrong_kind, StatementFailed),
    ],
)
def test_a_fault_says_its_kind_and_no_value(
    fault: Callable[[Store], None],
    said: type[Exception],
    store: Store,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    a_child(store, name=MARK)
    with caplog.at_level(logging.DEBUG):
        with pytest.raises(said) as caught:
            fault(store)
        logging.getLogger("the tool").exception("as the tool would log it", exc_info=caught.value)
    printed = capfd.readouterr()
    told = "".join(traceback.format_exception(caught.value)) + caplog.text + printed.out + printed.err
    assert "as the tool would log it" in told
    assert MARK.split()[0] not in told
    an_episode(store, a_child(store))
