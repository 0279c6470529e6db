"""The same values, in and out, on both engines; and what an engine could not hold is left out."""

import datetime
from typing import Any

import pytest

from data.answers.drafts import read_draft, save_answer, start_draft
from data.database.engine import StatementFailed
from data.database.records import ACCOUNT, CHILD_LINK
from data.database.schema import form_table
from data.database.store import Store
from forms.child import CHILD
from forms.kinds import LongText, Text
from tests.factories import MADE, a_child, an_account, the_operator

WORDS = [
    "👩🏽‍🚒 and é and e\u0301 and ‮ and \u200b",
    'O\'Made-Up said "no"; DROP TABLE child; --',
    "$1 $2 %s %(name)s ? {braces} [brackets] (a, b)",
    "\\N and \\n and \\\\ and a tab\tand a line\nand a return\r\nend",
    " spaces kept  ",
    "NULL",
    "{a,b}",
    "",
    "long " * 4000,
]
LISTS: list[list[str] | None] = [["MOB", "LD"], ["a,b", 'c"d', "{e}", "\\", "NULL", "", "👍"], [], None]
DATES = [datetime.date(1896, 2, 29), datetime.date(2026, 3, 29), datetime.date(2199, 12, 31), None]
UTC = datetime.UTC
SUMMER = datetime.timezone(datetime.timedelta(hours=1))
MOMENTS = [
    datetime.datetime(2026, 3, 29, 1, 0, 0, 1, tzinfo=UTC),
    datetime.datetime(2026, 10, 25, 1, 30, 0, 999_999, tzinfo=SUMMER),
    datetime.datetime(1950, 1, 1, tzinfo=UTC),
    None,
]


def records() -> list[dict[str, Any]]:
    made = []
    for number in range(max(map(len, (WORDS, LISTS, DATES, MOMENTS)))):
        made.append(
            {
                "record_id": f"child-{number}",
                "revision": 1,
                "name": WORDS[number % len(WORDS)],
                "disability": LISTS[number % len(LISTS)],
                "date_of_birth": DATES[number % len(DATES)],
                "recorded_at": MOMENTS[number % len(MOMENTS)],
                "interpreter_needed": (True, False, None)[number % 3],
                "form_version": (1, None, 2**31 - 1)[number % 3],
            }
        )
    return made


@pytest.mark.parametrize("at_once", [False, True], ids=["one by one", "many at once"])
def test_every_kind_of_value_comes_back_equal(store: Store, at_once: bool) -> None:
    table = form_table(CHILD)
    with store.writing() as transaction:
        if at_once:
            columns = list(records()[0])
            rows = [list(record.values()) for record in records()]
            transaction.connection.bulk(table.history.name, columns, rows)
            transaction.connection.bulk(table.name, columns, rows)
        else:
            for record in records():
                transaction.connection.insert(table.name, record)
                transaction.connection.insert(table.name, record, replacing="record_id")
    with store.reading() as connection:
        names = ", ".join(records()[0])
        back = connection.rows(f"SELECT {names} FROM {table.name} ORDER BY record_id")
    assert back == records()
    for moment in (row["recorded_at"] for row in back):
        assert moment is None or moment.utcoffset() == datetime.timedelta(0)


def test_yes_and_no_come_back_as_facts_not_numbers(store: Store) -> None:
    actor = an_account(store, must_change_password=True, is_demo=False, working_days=["monday"])
    with actor.reading() as work:
        row = work.current(ACCOUNT, actor.account_id)
        assert row
        assert (row["must_change_password"], row["is_demo"], row["working_days"]) == (True, False, ["monday"])
        assert work.account.working_days == ("monday",)


@pytest.mark.parametrize("words", ["a\0b", "a\ud800b", "a\x1bb"], ids=["NUL", "surrogate", "escape"])
def test_forms_leave_out_what_an_engine_could_not_hold(words: str) -> None:
    for question in (Text("some", "Some words"), LongText("more", "More words")):
        assert question.read(words) == "ab"


@pytest.mark.parametrize("words", ["a\0b", "a\ud800b"], ids=["NUL", "surrogate"])
def test_a_draft_keeps_even_what_the_form_will_refuse(store: Store, words: str) -> None:
    actor = an_account(store)
    draft_id = start_draft(actor, CHILD)
    save_answer(actor, draft_id, "name", words)
    assert read_draft(actor, draft_id).typed["name"] == words


def test_what_cannot_be_held_is_one_error_of_ours_and_nothing_is_stored(store: Store) -> None:
    child_id = a_child(store)

    def write_words_that_are_no_unicode() -> None:
        with the_operator(store).writing() as work:
            work.save(form_table(CHILD), {"record_id": child_id, "name": "Changed"}, MADE)
            work.add(CHILD_LINK.history, {"link_id": "a\ud800b", "revision": 1}, MADE)

    with pytest.raises(StatementFailed):
        write_words_that_are_no_unicode()
    with store.reading() as connection:
        assert connection.values("SELECT name FROM child") == ["Child Made-Up"]
