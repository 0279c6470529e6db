"""All of a write or nothing of it, one after the other, each with its entry in the audit's chain. On both engines."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from data import clock
from data.actor import Actor
from data.database import engine_postgres
from data.database.audit import Event
from data.database.engine import Clash, DatabaseUnavailable, StatementFailed
from data.database.records import CHILD_LINK, EPISODE
from data.database.schema import AUDIT, all_tables, form_table
from data.database.store import Store, Transaction, open_store
from data.refusal import Refused
from forms.child import CHILD
from tests.factories import MADE, a_child, a_link, an_account, an_episode, the_operator
from tests.store.chain import first_broken_link, records_by_halves


def rows_in_all_tables(store: Store) -> dict[str, int]:
    with store.reading() as connection:
        return {table.name: connection.value(f"SELECT count(*) FROM {table.name}") for table in all_tables()}


def the_chain_is_whole(store: Store) -> bool:
    with store.reading() as connection:
        return first_broken_link(connection) is None and records_by_halves(connection) == []


@pytest.fixture
def together() -> Iterator[Callable[..., list[object]]]:
    """Runs a function in eight threads that start at once; gives what they returned or raised."""

    def run(function: Callable[[int], object]) -> list[object]:
        start = threading.Barrier(8)

        def one(number: int) -> object:
            start.wait()
            try:
                return function(number)
            except Exception as error:
                return error

        with ThreadPoolExecutor(8) as threads:
            return list(threads.map(one, range(8)))

    return run


def test_an_exception_between_the_record_and_its_audit_entry_leaves_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    child_id = a_child(store)
    before = rows_in_all_tables(store)

    def fail(*_: object) -> None:
        raise OSError("made up")

    with monkeypatch.context() as broken:
        broken.setattr(Transaction, "write_audit", fail)
        with pytest.raises(OSError, match="made up"):
            an_episode(store, child_id)
    assert rows_in_all_tables(store) == before
    an_episode(store, child_id)
    assert the_chain_is_whole(store)


def test_an_exception_after_several_writes_leaves_nothing(store: Store) -> None:
    child_id = a_child(store)
    before = rows_in_all_tables(store)

    def write_and_fail() -> None:
        with the_operator(store).writing() as work:
            work.save(EPISODE, {"episode_id": clock.new_id(), "child_id": child_id}, MADE)
            work.save(CHILD_LINK, {"link_id": clock.new_id(), "child_id": child_id}, MADE)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_and_fail()
    assert rows_in_all_tables(store) == before


def test_a_failed_statement_cannot_be_passed_over(store: Store) -> None:
    before = rows_in_all_tables(store)

    def write_and_go_on() -> None:
        with the_operator(store).writing() as work:
            work.save(CHILD_LINK, {"link_id": clock.new_id()}, MADE)
            with pytest.raises(StatementFailed):
                work.row("SELECT no_such_column FROM child_link")

    with pytest.raises(StatementFailed):
        write_and_go_on()
    assert rows_in_all_tables(store) == before


def test_a_failed_statement_without_audit_cannot_be_passed_over_either(store: Store) -> None:
    def write_and_go_on() -> None:
        with store.writing() as transaction:
            transaction.connection.insert("session", {"token_hash": "a", "account_id": "a"})
            with pytest.raises(StatementFailed):
                transaction.connection.run("SELECT no_such_column FROM session")

    with pytest.raises(StatementFailed):
        write_and_go_on()
    assert rows_in_all_tables(store)["session"] == 0


def test_a_record_may_be_saved_twice_in_one_write(store: Store) -> None:
    child_id = a_child(store, disability=["MOB", "LD"])
    with the_operator(store).writing() as work:
        for disability in (["HEAR"], [], ["MOB", "AUT"]):
            work.save(form_table(CHILD), {"record_id": child_id, "disability": disability}, MADE)
    with the_operator(store).reading() as work:
        revisions = work.revisions(form_table(CHILD), child_id)
        assert [r["disability"] for r in revisions] == [["MOB", "LD"], ["HEAR"], [], ["MOB", "AUT"]]
        assert work.current(form_table(CHILD), child_id) == revisions[-1]


def test_an_old_revision_stays_as_it_was_with_its_author_time_and_reason(store: Store) -> None:
    first, second = an_account(store, role="coordinator"), an_account(store, role="coordinator")
    record = {"episode_id": clock.new_id(), "child_id": a_child(store)}
    with first.writing() as work:
        one = work.save(EPISODE, {**record, "closure_note": "First words"}, MADE)
    with second.writing() as work:
        work.save(EPISODE, {**record, "closure_note": None}, MADE, seen_revision=1, why="Wrong child")
    with first.reading() as work:
        old, new = work.revisions(EPISODE, record["episode_id"])
    assert old == one
    assert (old["closure_note"], old["recorded_by"], old["change_reason"]) == (
        "First words",
        first.account_id,
        None,
    )
    assert (new["closure_note"], new["recorded_by"], new["change_reason"]) == (
        None,
        second.account_id,
        "Wrong child",
    )


def test_whoever_saw_an_older_revision_is_told_and_nothing_is_stored(store: Store) -> None:
    episode_id = an_episode(store, a_child(store))
    change = {"episode_id": episode_id, "closure_note": "Words"}
    with the_operator(store).writing() as work:
        work.save(EPISODE, change, MADE, seen_revision=1)
    before = rows_in_all_tables(store)
    with pytest.raises(Clash), the_operator(store).writing() as work:
        work.save(EPISODE, change, MADE, seen_revision=1)
    assert rows_in_all_tables(store) == before


def test_of_eight_who_saw_the_same_revision_one_saves(
    store: Store, together: Callable[..., list[object]]
) -> None:
    episode_id = an_episode(store, a_child(store))

    def save(number: int) -> None:
        with the_operator(store).writing() as work:
            note = f"Words of {number}"
            work.save(EPISODE, {"episode_id": episode_id, "closure_note": note}, MADE, seen_revision=1)

    outcomes = together(save)
    assert sum(outcome is None for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Clash) for outcome in outcomes) == 7
    assert the_chain_is_whole(store)


def test_eight_threads_write_at_once_without_a_clash_and_the_chain_stays_whole(
    store: Store, together: Callable[..., list[object]]
) -> None:
    child_id = a_child(store)
    outcomes = together(lambda _: [an_episode(store, child_id) for _ in range(10)])
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert rows_in_all_tables(store)["episode"] == 80
    assert the_chain_is_whole(store)


def test_threads_never_see_each_others_rows(store: Store, together: Callable[..., list[object]]) -> None:
    children = [a_child(store, name=f"Child {number}") for number in range(8)]

    def read(number: int) -> set[str]:
        seen = set()
        for _ in range(30):
            with the_operator(store).reading() as work:
                seen |= set(work.values("SELECT name FROM child WHERE child_id = $1", [children[number]]))
        return seen

    assert together(read) == [{f"Child {number}"} for number in range(8)]


def test_a_reader_sees_one_moment_however_long_it_reads(store: Store) -> None:
    child_id = a_child(store)
    with the_operator(store).reading() as work:
        assert work.value("SELECT count(*) FROM episode") == 0
        with ThreadPoolExecutor(1) as other:
            other.submit(an_episode, store, child_id).result()
        assert work.value("SELECT count(*) FROM episode") == 0
    assert rows_in_all_tables(store)["episode"] == 1


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(StatementFailed), store.reading() as connection:
        connection.insert("session", {"token_hash": "a"})


def test_a_write_inside_a_write_is_refused_instead_of_waiting_for_itself(store: Store) -> None:
    child_id = a_child(store)
    with pytest.raises(RuntimeError, match="a write inside a write"), the_operator(store).writing():
        an_episode(store, child_id)
    an_episode(store, child_id)


def test_a_refusal_is_noted_once_wherever_it_was_raised(store: Store) -> None:
    actor = an_account(store)

    def refuse(*_: object) -> None:
        raise Refused("You may not.", "made up", "a-child")

    def refuse_after_a_write() -> None:
        with actor.writing() as work:
            refuse(work.save(EPISODE, {"episode_id": "never"}, MADE))

    with pytest.raises(Refused), actor.reading():
        refuse()
    with pytest.raises(Refused):
        refuse_after_a_write()
    with pytest.raises(Refused), actor.writing(), actor.reading():
        refuse()
    with store.reading() as connection:
        entries = connection.rows("SELECT * FROM audit WHERE action = 'refused: made up'")
    assert [(e["account_id"], e["role"], e["child_id"]) for e in entries] == [
        (actor.account_id, "practitioner", "a-child")
    ] * 3
    assert rows_in_all_tables(store)["episode"] == 0


def test_a_suspended_account_can_do_nothing_and_the_try_is_noted(store: Store) -> None:
    actor = an_account(store, is_suspended=True)
    with pytest.raises(Refused), actor.reading():
        pass
    with store.reading() as connection:
        assert connection.value("SELECT role FROM audit WHERE action = 'refused: account used'") == "none"


def test_a_changed_or_removed_audit_entry_shows(store: Store) -> None:
    child_id = a_child(store)
    for _ in range(5):
        an_episode(store, child_id)
    assert the_chain_is_whole(store)
    with store.engine.writing() as connection:
        connection.run("UPDATE audit SET account_id = 'somebody' WHERE seq = 3")
        assert first_broken_link(connection) == 3
    with store.engine.writing() as connection:
        connection.run("DELETE FROM audit WHERE seq = 2")
        assert first_broken_link(connection) == 2
    assert the_chain_is_whole(store)


def test_many_records_at_once_are_audited_one_by_one(store: Store) -> None:
    made = [{"link_id": f"link-{n}", "child_id": "c", "account_id": f"a-{n}"} for n in range(500)]
    with the_operator(store).writing() as work:
        work.save_new(CHILD_LINK, made, lambda link: Event("linked", link["child_id"], link["link_id"]))
    assert rows_in_all_tables(store)["child_link"] == rows_in_all_tables(store)["child_link_history"] == 500
    with store.reading() as connection:
        assert connection.value(f"SELECT count(DISTINCT record_id) FROM {AUDIT.name}") == 500
    with pytest.raises(Clash), the_operator(store).writing() as work:
        work.save_new(CHILD_LINK, made[:1], lambda _: MADE)
    assert the_chain_is_whole(store)


def test_two_machines_on_one_postgres_database_write_one_chain(postgres_address: str) -> None:
    with open_store(postgres_address) as one, open_store(postgres_address) as other:
        actor = an_account(one)
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(lambda n: a_link((one, other)[n % 2], f"child-{n}", actor), range(40)))
        assert the_chain_is_whole(one)
        assert rows_in_all_tables(other)["child_link"] == 40


def test_a_postgres_connection_that_died_while_idle_is_replaced(postgres_address: str) -> None:
    with open_store(postgres_address) as store, open_store(postgres_address) as other:
        a_child(store)
        end_connections_but_those_of(other)
        assert an_episode(store, a_child(store))


def test_a_postgres_connection_that_dies_in_a_write_leaves_nothing_and_the_next_write_works(
    postgres_address: str,
) -> None:
    with open_store(postgres_address) as store, open_store(postgres_address) as other:
        child_id = a_child(store)

        def write_and_lose_the_connection() -> None:
            with Actor(store, "operator").writing() as work:
                work.save(EPISODE, {"episode_id": "cut off", "child_id": child_id}, MADE)
                end_connections_but_those_of(other)

        with pytest.raises(DatabaseUnavailable):
            write_and_lose_the_connection()
        assert rows_in_all_tables(store)["episode"] == 0
        assert an_episode(store, child_id)
        assert the_chain_is_whole(store)


def test_a_postgres_server_that_does_not_answer_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_postgres, "ANSWERS_WITHIN", 1)
    with pytest.raises(DatabaseUnavailable, match="Check that it runs, and the address in MACE_DATABASE"):
        open_store("postgresql:///made_up?host=/no/such/folder")


def test_writers_that_wait_leave_readers_their_connections(postgres_address: str) -> None:
    with open_store(postgres_address) as store, ThreadPoolExecutor(40) as threads:
        child_id = a_child(store)
        with store.writing():
            waiting = [threads.submit(an_episode, store, child_id) for _ in range(39)]
            assert rows_in_all_tables(store)["episode"] == 0
        assert len({each.result() for each in waiting}) == 39


def end_connections_but_those_of(store: Store) -> None:
    with store.reading() as connection:
        connection.rows(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
