"""A form gains a question while the database has data in it. Nothing is lost, old revisions stay readable."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from data.database import schema
from data.database.engine import DatabaseUnavailable
from data.database.schema import form_table, rows_table
from data.database.store import open_store
from forms import registry
from forms.child import CHILD
from forms.form import Form, RepeatedRows, Section
from forms.kinds import AnyOf, Date, Text
from tests.factories import MADE, a_child, a_submission, the_operator
from tests.store.chain import first_broken_link

BEDS = (("one", "One"), ("two", "Two"))


def grown(form: Form) -> Form:
    """The form with a new question, a new question in its first repeated rows, and new repeated rows."""

    def with_more(item: Any) -> Any:
        if not isinstance(item, RepeatedRows) or item.key != "adults":
            return item
        return replace(item, questions=(*item.questions, Date("met_on", "When did you meet?", since=2)))

    sections = tuple(replace(s, questions=tuple(map(with_more, s.questions))) for s in form.sections)
    new = Section(
        "new",
        "New",
        questions=(
            Text("shoe_size", "What is the child's shoe size?", since=2),
            AnyOf("beds", "Which beds?", options=BEDS, since=2),
            RepeatedRows("pets", "Pets", row_name="pet", questions=(Text("name", "Pet's name"),), since=2),
        ),
    )
    return replace(form, version=2, sections=(*sections, new))


def use(monkeypatch: pytest.MonkeyPatch, child_form: Form) -> None:
    forms = (child_form, *registry.FORMS[1:])
    monkeypatch.setattr(registry, "FORMS", forms)
    monkeypatch.setattr(schema, "FORMS", forms)


def test_a_form_that_gains_questions_widens_a_database_with_data_in_it(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    adult = {"name": "Adult Made-Up", "relation": "Aunt"}
    with open_store(address) as store:
        child_id = a_child(store, name="Before", rows={"adults": [adult]})
    new_form = grown(CHILD)
    use(monkeypatch, new_form)
    with open_store(address) as store:
        a_submission(
            store,
            "child",
            child_id,
            name="After",
            shoe_size="4½",
            beds=["two"],
            rows={"adults": [adult | {"met_on": None}], "pets": [{"name": "Rex"}]},
        )
        with the_operator(store).reading() as work:
            old, new = work.revisions(form_table(new_form), child_id)
            assert (old["name"], old["shoe_size"], old["beds"], old["form_version"]) == (
                "Before",
                None,
                None,
                1,
            )
            assert (new["name"], new["shoe_size"], new["beds"], new["form_version"]) == (
                "After",
                "4½",
                ["two"],
                2,
            )
            adults: Any = new_form.by_key["adults"]
            rows = work.rows(f"SELECT * FROM {rows_table(new_form, adults).name} ORDER BY revision")
            assert [(r["revision"], r["name"], r["met_on"]) for r in rows] == [
                (1, "Adult Made-Up", None),
                (2, "Adult Made-Up", None),
            ]
            assert work.value("SELECT name FROM child_pets") == "Rex"
            assert first_broken_link(work.connection) is None


def test_older_code_still_writes_to_a_server_s_database_that_newer_code_has_widened(
    postgres_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several machines are upgraded one by one."""
    address = postgres_address
    with monkeypatch.context() as newer:
        use(newer, grown(CHILD))
        with open_store(address) as store:
            child_id = a_child(store, shoe_size="4½")
    with open_store(address) as store:
        a_submission(store, "child", child_id, name="Corrected by older code")
        with the_operator(store).reading() as work:
            row = work.row("SELECT name, shoe_size FROM child")
            assert row == {"name": "Corrected by older code", "shoe_size": "4½"}


def test_older_code_refuses_a_file_that_newer_code_has_widened_and_leaves_it_as_it_is(
    duckdb_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        use(newer, grown(CHILD))
        with open_store(duckdb_address) as store:
            a_child(store, shoe_size="4½")
    folder = Path(duckdb_address).parent
    before = {path.name: path.read_bytes() for path in folder.glob("mace.duckdb*")}
    with pytest.raises(DatabaseUnavailable, match="by a newer version of this tool"):
        open_store(duckdb_address)
    assert {path.name: path.read_bytes() for path in folder.glob("mace.duckdb*")} == before
    use(monkeypatch, grown(CHILD))
    with open_store(duckdb_address) as store, store.reading() as connection:
        assert connection.value("SELECT shoe_size FROM child") == "4½"


def test_a_question_that_changes_its_kind_is_refused_and_nothing_is_touched(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(address) as store:
        a_child(store, school="School Made-Up")
        before = store.engine.columns()
    changed = [
        replace(s, questions=tuple(Date("school", "School") if q.key == "school" else q for q in s.questions))
        for s in CHILD.sections
    ]
    with monkeypatch.context() as wrong:
        use(wrong, replace(CHILD, sections=tuple(changed)))
        with pytest.raises(TypeError, match="a question's kind is for ever"):
            open_store(address)
    with open_store(address) as store:
        assert store.engine.columns() == before
        with the_operator(store).reading() as work:
            assert work.value("SELECT school FROM child") == "School Made-Up"


def test_every_question_s_words_are_in_the_database_beside_its_column(address: str) -> None:
    sql = {
        "duckdb": "SELECT comment FROM duckdb_columns() WHERE table_name = 'child' AND column_name = 'lcs_number'",
        "postgres": "SELECT col_description('child'::regclass, attnum) FROM pg_attribute"
        " WHERE attrelid = 'child'::regclass AND attname = 'lcs_number'",
    }
    with open_store(address) as store, store.reading() as connection:
        assert connection.value(sql[store.engine.name]) == "LCS number"


def test_several_machines_may_start_at_once_on_an_empty_postgres_database(postgres_server: str) -> None:
    with psycopg.connect(postgres_server.format("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE empty_one")
    address = postgres_server.format("empty_one")
    with ThreadPoolExecutor(4) as threads:
        stores = list(threads.map(lambda _: open_store(address), range(4)))
    for store in stores:
        with the_operator(store).writing() as work:
            work.note(MADE)
        store.close()
    with open_store(address) as store, store.reading() as connection:
        assert first_broken_link(connection) is None
