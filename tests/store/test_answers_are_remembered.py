"""Within a transaction an answer is not asked for twice, and is never an old one. On both engines."""

from __future__ import annotations

from unittest import mock

from data.database.engine import Connection
from data.database.store import Store
from tests.factories import a_child, an_account

COUNT = "SELECT count(*) FROM sign_in_failure WHERE username_hash = $1"


def asked_anew(connection: Connection, sql: str, parameters: list[str]) -> bool:
    with mock.patch.object(connection, "_rows", wraps=connection._rows) as asked:
        connection.rows(sql, parameters)
    return bool(asked.called)


def test_what_was_asked_is_remembered_until_the_next_write_and_no_longer_than_the_transaction(
    store: Store,
) -> None:
    with store.writing() as transaction:
        connection = transaction.connection
        assert connection.value(COUNT, ["a"]) == 0
        assert not asked_anew(connection, COUNT, ["a"])
        assert asked_anew(connection, COUNT, ["b"])
        connection.insert("sign_in_failure", {"failure_id": "1", "username_hash": "a"})
        assert connection.value(COUNT, ["a"]) == 1
        connection.bulk("sign_in_failure", ["failure_id", "username_hash"], [["2", "a"], ["3", "b"]])
        assert (connection.value(COUNT, ["a"]), connection.value(COUNT, ["b"])) == (2, 1)
        connection.run("DELETE FROM sign_in_failure WHERE username_hash = $1", ["a"])
        assert connection.value(COUNT, ["a"]) == 0
    with store.reading() as connection:
        assert connection.value(COUNT, ["b"]) == 1


def test_who_changes_a_row_at_hand_changes_no_later_answer(store: Store) -> None:
    child_id, reader = a_child(store), an_account(store)
    sql = "SELECT name, not_asked FROM child WHERE child_id = $1"
    with store.writing() as transaction:
        transaction.connection.run("UPDATE child SET not_asked = $1 WHERE child_id = $2", [["sex"], child_id])
    with reader.reading() as work:
        row = work.row(sql, [child_id])
        assert row == {"name": "Child Made-Up", "not_asked": ["sex"]}
        row["name"] = "Another"
        row["not_asked"].append("area")
        assert work.row(sql, [child_id]) == {"name": "Child Made-Up", "not_asked": ["sex"]}
