"""Every table: the records, the forms' own, made from the forms so that a new question widens a live database, and the
plain ones. Here they are made and widened.

A record table holds the latest of each record, and `<name>_history` every revision of it, never changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data.database.engine import Connection, DatabaseUnavailable, Engine, Row
from data.database.records import RECORDS
from data.database.table import EVERY_RECORD, RecordTable, Table
from data.search_keys import OF_CHILD
from forms.form import Form, RepeatedRows
from forms.question import Question
from forms.registry import FORMS

AUDIT = Table("audit", ("seq",), {
    "seq": "bigint", "happened_at": "timestamptz", "account_id": "text", "role": "text", "action": "text",
    "child_id": "text", "record_id": "text", "detail": "text", "chain": "text",
}, ("child_id", "account_id"))  # fmt: skip

DRAFT_ANSWER = Table("draft_answer", ("draft_id", "rows_key", "row_id", "question_key", "revision"), {
    "draft_id": "text", "rows_key": "text", "row_id": "text", "question_key": "text", "revision": "integer",
    "typed": "text", "saved_by": "text", "saved_at": "timestamptz", "is_set_aside": "boolean",
})  # fmt: skip

PROMPT_ANSWER = Table("prompt_answer", ("prompt_answer_id",), {
    "prompt_answer_id": "text", "draft_id": "text", "rows_key": "text", "row_id": "text", "question_key": "text",
    "phrase": "text", "list_version": "integer", "outcome": "text", "partnership": "text", "answered_by": "text",
    "answered_at": "timestamptz",
}, ("draft_id", "partnership"))  # fmt: skip
"""What became of words that blame a child once the screen pointed at them; never the words themselves."""

CONTRIBUTION = Table("contribution", ("record_id", "revision", "section_key", "account_id"), {
    "record_id": "text", "revision": "integer", "section_key": "text", "account_id": "text",
    "child_id": "text", "name": "text", "agency": "text", "last_saved_at": "timestamptz",
}, ("child_id", "account_id"))  # fmt: skip

SESSION = Table("session", ("token_hash",), {
    "token_hash": "text", "account_id": "text", "opened_at": "timestamptz", "seen_at": "timestamptz",
    "ended_at": "timestamptz", "ended_why": "text",
})  # fmt: skip

TICKET = Table("ticket", ("ticket_hash",), {
    "ticket_hash": "text", "account_id": "text", "made_at": "timestamptz", "used_at": "timestamptz",
})  # fmt: skip

SIGN_IN_QUESTION = Table("sign_in_question", ("state_hash",), {
    "state_hash": "text", "browser_hash": "text", "nonce": "text", "verifier": "text", "going_to": "text",
    "asked_at": "timestamptz",
})  # fmt: skip
"""What the organisation's sign-in service was asked; gone as soon as it has answered, or after ten minutes."""

SIGN_IN_FAILURE = Table("sign_in_failure", ("failure_id",), {
    "failure_id": "text", "username_hash": "text", "failed_at": "timestamptz", "browser_hash": "text", "network": "text",
}, ("username_hash", "network"))  # fmt: skip

KNOWN_BROWSER = Table("known_browser", ("browser_hash", "account_id"), {
    "browser_hash": "text", "account_id": "text", "signed_in_at": "timestamptz",
})  # fmt: skip
"""In which browsers an account signed in, by their cookies' hashes: see `data.sign_in.tries`."""

EXTERNAL_REFERENCE = Table("external_reference", ("partnership", "sheet", "reference"), {
    "partnership": "text", "sheet": "text", "reference": "text", "record_id": "text", "content_hash": "text",
    "said": "text", "made_record": "boolean",
})  # fmt: skip
"""A row that was brought in and its record. `said`: what the last file said of each column, as JSON; empty for rows brought in
before it was kept, of which only the hash is known. `made_record`: the record was made of the row, and not by a person before;
empty where it was not kept yet."""

RETURN_VERSION = Table("return_version", ("return_id", "version"), {
    "return_id": "text", "version": "integer", "document": "text", "content_hash": "text", "locked_by": "text",
    "locked_at": "timestamptz", "reason": "text",
})  # fmt: skip

PUBLISHED_RETURN = Table("published_return", ("return_id", "number"), {
    "return_id": "text", "number": "integer", "version": "integer", "document": "text", "content_hash": "text",
    "published_by": "text", "published_at": "timestamptz",
})  # fmt: skip

MINUTES_FROZEN = Table("minutes_frozen", ("minutes_version_id", "item_id"), {
    "minutes_version_id": "text", "item_id": "text", "child_id": "text", "minutes_id": "text",
    "minutes_revision": "integer", "assessment_id": "text", "assessment_revision": "integer",
})  # fmt: skip
"""Which revisions of a child's minutes and assessment one version of the meeting's minutes holds."""

HEAD_KEPT = Table("head_kept", ("head_kept",), {"head_kept": "text"})
"""Never has a row: an embedded database that has this table has its head file beside it (`data.database.head_file`)."""

PLAIN = tuple(table for table in list(globals().values()) if type(table) is Table)


def form_table(form: Form) -> RecordTable:
    """The table of a form's submissions. The child's own is called `child`: it is the record of the child."""
    questions = list(form.questions())
    columns = {
        "record_id": "text", "child_id": "text", "child_area": "text", "by_agency": "text",
        "form_version": "integer", "submitted_on": "date", "not_asked": "text[]",
        **{q.key: q.column_type for q in questions},
        **EVERY_RECORD,
    }  # fmt: skip
    labels = {q.key: q.label for q in questions}
    if form.key != "child":
        return RecordTable(f"{form.key}_form", ("record_id",), columns, ("child_id",), labels)
    columns |= {column: kind for column, (kind, _) in OF_CHILD.items()}
    return RecordTable("child", ("record_id",), columns, ("child_id",), labels, OF_CHILD)


def rows_table(form: Form, rows: RepeatedRows) -> Table:
    """The rows of a submission, kept with the revision they belong to."""
    return Table(
        f"{form_table(form).name}_{rows.key}",
        ("record_id", "revision", "row_id"),
        {
            "record_id": "text", "revision": "integer", "row_id": "text", "position": "integer",
            **{q.key: q.column_type for q in rows.questions},
        },
        labels={q.key: q.label for q in rows.questions if isinstance(q, Question)},
    )  # fmt: skip


def all_tables() -> Iterator[Table]:
    for record in (*RECORDS, *map(form_table, FORMS)):
        yield record
        yield record.history
    for form in FORMS:
        yield from (rows_table(form, rows) for rows in form.rows())
    yield from PLAIN


def refuse_newer(engine: Engine) -> None:
    """Raises `DatabaseUnavailable` for a file that holds what this version does not know: it would not keep it, check it or
    delete it with the rest. Replicas on PostgreSQL are upgraded one by one, on a database that both versions read."""
    if not engine.is_only_writer:
        return
    known = {table.name: set(table.columns) for table in all_tables()}
    if any(set(columns) - known.get(name, set()) for name, columns in engine.columns().items()):
        raise DatabaseUnavailable(
            "The database was made or widened by a newer version of this tool. Nothing was changed. Start that version, "
            "or restore a backup that was made before the upgrade."
        )


def bring_up_to_date(engine: Engine) -> bool:
    """Create what is missing and widen what has gained a column. Nothing is ever narrowed. True if changed."""
    changed = False
    with engine.migrating() as connection:
        there = engine.columns()  # asked as the only writer, as another process may just have done this
        for table in all_tables():
            if table.name not in there:
                _create(connection, engine, table)
                changed = True
                continue
            for column, column_type in table.columns.items():
                if column not in there[table.name]:
                    connection.run(f"ALTER TABLE {table.name} ADD COLUMN {column} {column_type}")
                    _label(connection, table, column)
                    changed = True
                elif there[table.name][column] != column_type:
                    raise TypeError(
                        f"{table.name}.{column} holds {there[table.name][column]}, the code says {column_type}: "
                        "a question's kind is for ever, give the new question another key"
                    )
    for record in (*RECORDS, *map(form_table, FORMS)):
        changed |= _fill_derived(engine, record)
    if changed:
        engine.settle()
    return changed


AT_A_TIME = 500


def _fill_derived(engine: Engine, record: RecordTable) -> bool:
    """Work out what an older version did not keep beside the records, former revisions too. True if there was any.

    A transaction of its own: DuckDB changes no rows of a table that was widened in the same one.
    """
    if not record.derived:
        return False
    columns = list(record.derived)
    missing = " OR ".join(f"{column} IS NULL" for column in columns)
    filled = False
    with engine.migrating() as connection:
        for table in (record, record.history):
            key = ", ".join(table.key)
            of_row = " AND ".join(f"{table.name}.{column} = filled.{column}" for column in table.key)
            changes = ", ".join(f"{column} = filled.{column}" for column in columns)
            rows = connection.rows(f"SELECT * FROM {table.name} WHERE {missing} ORDER BY {key}")
            for at in range(0, len(rows), AT_A_TIME):
                found = [record.with_derived(row) for row in rows[at : at + AT_A_TIME]]
                _run_with_values(connection, table, (*table.key, *columns), found, f"SET {changes}", of_row)
                filled = True
    return filled


def _run_with_values(
    connection: Connection, table: Table, columns: Sequence[str], rows: list[Row], change: str, of_row: str
) -> None:
    kinds = [table.columns[column] for column in columns]
    marks = ", ".join(
        "(" + ", ".join(f"${at * len(kinds) + n}::{kind}" for n, kind in enumerate(kinds, 1)) + ")"
        for at in range(len(rows))
    )
    connection.run(
        f"UPDATE {table.name} {change} FROM (VALUES {marks}) AS filled ({', '.join(columns)}) WHERE {of_row}",
        [row[column] for row in rows for column in columns],
    )


def _create(connection: Connection, engine: Engine, table: Table) -> None:
    columns = ", ".join(f"{name} {kind}" for name, kind in table.columns.items())
    connection.run(f"CREATE TABLE {table.name} ({columns}, PRIMARY KEY ({', '.join(table.key)}))")
    for column in table.labels:
        _label(connection, table, column)
    if engine.keeps_indexes:
        for column in table.indexes:
            connection.run(f"CREATE INDEX ON {table.name} ({column})")


def _label(connection: Connection, table: Table, column: str) -> None:
    if column in table.labels:
        words = table.labels[column].replace("'", "''")
        connection.run(f"COMMENT ON COLUMN {table.name}.{column} IS '{words}'")
