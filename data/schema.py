"""Every table, as data. A form's table is made from the form, so a new question widens a live database.

A record table holds the latest of each record, and `<name>_history` every revision of it, never changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from data.engine import Connection, Engine
from forms.concern import CONCERN as CONCERN_FORM
from forms.concern import CONCERN_LINK as LINK_FORM
from forms.disruption import DISRUPTION as DISRUPTION_FORM
from forms.form import Form, RepeatedRows
from forms.marthr import ACCEPTANCE, FEEDBACK
from forms.marthr import NOMINATION as NOMINATION_FORM
from forms.nrm import NRM as NRM_FORM
from forms.question import Question
from forms.registry import FORMS


@dataclass(frozen=True)
class Table:
    name: str
    key: tuple[str, ...]
    columns: dict[str, str]
    """Column → type; types are those of `data.engine.type_name`."""
    indexes: tuple[str, ...] = ()
    """Columns to index on PostgreSQL. DuckDB has none: see docs/decisions/."""
    labels: dict[str, str] = field(default_factory=dict)
    """Column → the question's label, kept in the database beside the column."""


@dataclass(frozen=True)
class RecordTable(Table):
    """One row per record: its latest revision. The key is one column."""

    @property
    def id_column(self) -> str:
        return self.key[0]

    @property
    def history(self) -> Table:
        return Table(
            f"{self.name}_history", (self.id_column, "revision"), self.columns, self.indexes, self.labels
        )


EVERY_RECORD = {
    "revision": "integer",
    "recorded_at": "timestamptz",
    "recorded_by": "text",
    "change_reason": "text",
}


def _record(name: str, id_column: str, columns: dict[str, str], *indexes: str) -> RecordTable:
    return RecordTable(name, (id_column,), {id_column: "text", **columns, **EVERY_RECORD}, indexes)


def _asked(form: Form) -> dict[str, str]:
    """A column for each question of a record's own short form."""
    return {question.key: question.column_type for question in form.questions()}


ACCOUNT = _record("account", "account_id", {
    "username": "text", "name": "text", "email": "text", "telephone": "text", "job_title": "text",
    "address": "text", "postcode": "text", "working_days": "text[]",
    "role": "text", "agency": "text", "area": "text", "partnership": "text",
    "password_hash": "text", "must_change_password": "boolean", "password_changed_at": "timestamptz",
    "is_demo": "boolean", "is_suspended": "boolean", "vetting": "text",
})  # fmt: skip

REFERRAL = _record("referral", "referral_id", {
    "child_id": "text", "area": "text", "received_on": "date", "route": "text", "kind": "text",
    "state": "text", "decided_on": "date", "decided_by": "text", "decision_reason": "text",
    "form_id": "text", "screening_id": "text", "is_repeat": "boolean", "is_imported": "boolean",
    "referred_by": "text", "referring_agency": "text",
}, "child_id", "area")  # fmt: skip

EPISODE = _record("episode", "episode_id", {
    "child_id": "text", "referral_id": "text", "area": "text", "opened_on": "date", "closed_on": "date",
    "closure_reason": "text", "closure_note": "text", "is_imported": "boolean",
    "agreed_by": "text", "agreed_role": "text", "agreed_on": "date",
}, "child_id", "area")  # fmt: skip

DISCUSSION = _record("discussion", "discussion_id", {
    "episode_id": "text", "child_id": "text", "meeting_date": "date", "assessment_id": "text",
    "assessment_date": "date", "kind": "text", "judgement": "text", "scale": "integer", "review_by": "date",
    "review_reason": "text", "contexts": "text[]", "areas_gone_to": "text[]", "decision": "text",
    "decision_note": "text", "escalated": "boolean", "discussion": "text", "discussed_at": "timestamptz",
    "assessment_revision": "integer",
}, "episode_id", "child_id")  # fmt: skip

NRM = _record("nrm", "nrm_id", {"child_id": "text", **_asked(NRM_FORM)}, "child_id")

CONCERN = _record("concern", "concern_id", {
    "area": "text", "state": "text", "label_approved_on": "date", "match_keys": "text[]", **_asked(CONCERN_FORM),
}, "area")  # fmt: skip

CONCERN_LINK = _record("concern_link", "link_id", {
    "concern_id": "text", "child_id": "text", "child_area": "text", "other_id": "text", "linked_on": "date",
    "removed_reason": "text", **_asked(LINK_FORM),
}, "concern_id", "child_id", "other_id")  # fmt: skip

NOMINATION = _record("nomination", "nomination_id", {
    "concern_id": "text", "state": "text", "fed_back_at": "timestamptz",
    **_asked(NOMINATION_FORM), **_asked(ACCEPTANCE), **_asked(FEEDBACK),
}, "concern_id")  # fmt: skip

DISRUPTION = _record(
    "disruption", "disruption_id", {"concern_id": "text", **_asked(DISRUPTION_FORM)}, "concern_id"
)

ACTION = _record("action", "action_id", {
    "episode_id": "text", "child_id": "text", "meeting_date": "date", "action": "text", "agency": "text",
    "owner": "text", "owner_account_id": "text", "due_on": "date", "four_p": "text", "state": "text",
    "closed_on": "date", "impact": "text", "not_achieved_reason": "text", "evidence": "text",
    "carried_over_reason": "text",
}, "episode_id", "child_id", "owner_account_id")  # fmt: skip

REVIEW_CHANGE = _record("review_change", "review_change_id", {
    "episode_id": "text", "child_id": "text", "kind": "text", "review_before": "date", "review_by": "date",
    "reason": "text", "decided_by": "text", "strategy_meeting_on": "date",
}, "episode_id", "child_id")  # fmt: skip

FLAG = _record("flag", "flag_id", {
    "about": "text", "about_id": "text", "area": "text", "system": "text", "state": "text", "placed_on": "date",
    "placed_by": "text", "decided_on": "date", "discussion_id": "text", "review_on": "date", "removed_on": "date",
    "removed_by": "text", "expires_on": "date",
}, "about_id", "area")  # fmt: skip

TOLD = _record("told", "told_id", {
    "referral_id": "text", "child_id": "text", "account_id": "text", "step": "text", "step_on": "date",
    "discussion_id": "text", "first_shown_at": "timestamptz",
}, "referral_id")  # fmt: skip

MISSING_EPISODE = _record("missing_episode", "missing_episode_id", {
    "child_id": "text", "missing_from": "text", "from_on": "date", "until_on": "date", "reported_by": "text",
    "interview_offered": "boolean", "interview_held": "boolean", "interview_on": "date",
}, "child_id")  # fmt: skip

SCHOOL_ATTENDANCE = _record("school_attendance", "school_attendance_id", {
    "child_id": "text", "occasion": "text", "as_of": "date", "timetable": "text", "percent": "integer",
}, "child_id")  # fmt: skip

MEETING = _record("meeting", "meeting_id", {
    "area": "text", "meets_on": "date", "starts_at": "text", "place": "text", "chair_social_care": "text",
    "chair_police": "text", "state": "text", "chair_social_care_account": "text", "chair_police_account": "text",
}, "area")  # fmt: skip

MINUTES_VERSION = _record("minutes_version", "minutes_version_id", {
    "meeting_id": "text", "version": "integer", "state": "text", "reason": "text",
}, "meeting_id")  # fmt: skip

MINUTES_SIGNATURE = _record("minutes_signature", "signature_id", {
    "minutes_version_id": "text", "chair": "text", "name": "text", "account_id": "text", "how": "text",
}, "minutes_version_id")  # fmt: skip

MINUTES_FROZEN = Table("minutes_frozen", ("minutes_version_id", "item_id"), {
    "minutes_version_id": "text", "item_id": "text", "child_id": "text", "minutes_id": "text",
    "minutes_revision": "integer", "assessment_id": "text", "assessment_revision": "integer",
})  # fmt: skip
"""Which revisions of a child's minutes and assessment one version of the meeting's minutes holds."""

AGENDA_ITEM = _record("agenda_item", "item_id", {
    "meeting_id": "text", "episode_id": "text", "child_id": "text", "why": "text[]", "position": "integer",
    "removed_reason": "text", "went_on_reason": "text",
}, "meeting_id", "child_id")  # fmt: skip

INVITATION = _record("invitation", "invitation_id", {
    "meeting_id": "text", "account_id": "text", "withdrawn_on": "date",
}, "meeting_id", "account_id")  # fmt: skip

AGENCY_ANSWER = _record("agency_answer", "answer_id", {
    "meeting_id": "text", "item_id": "text", "child_id": "text", "agency": "text", "holds": "boolean",
    "words": "text",
}, "meeting_id")  # fmt: skip

ATTENDANCE = _record("attendance", "attendance_id", {
    "meeting_id": "text", "name": "text", "agency": "text", "role": "text", "deputising_for": "text",
    "signed_at": "timestamptz", "taken_out_reason": "text", "seat": "text",
}, "meeting_id")  # fmt: skip

SEAT = _record("seat", "seat_id", {
    "meeting_id": "text", "seat": "text", "how": "text",
}, "meeting_id")  # fmt: skip
"""A seat of the terms of reference that nobody took at a meeting: with apologies, or absent."""

SCORING = _record("scoring", "scoring_id", {
    "child_id": "text", "episode_id": "text", "tracker_id": "text", "tracker_revision": "integer",
    "scored_on": "date", "occasion": "text", "weight_set_id": "text", "total": "integer",
    "highest": "integer", "band": "text", "handled_band": "text", "override_reason": "text",
    "answers": "text", "thresholds": "text", "date_of_birth": "date",
}, "child_id")  # fmt: skip

WEIGHT_SET = _record("weight_set", "weight_set_id", {
    "name": "text", "version": "text", "status": "text", "source": "text", "points": "text",
    "approved_by": "text", "approved_on": "date", "partnership": "text",
})  # fmt: skip

DRAFT = _record("draft", "draft_id", {
    "form": "text", "child_id": "text", "area": "text", "agency": "text", "started_by": "text",
    "started_at": "timestamptz", "state": "text", "record_id": "text", "base_revision": "integer",
    "screening_id": "text", "episode_id": "text", "is_another_child": "boolean",
}, "child_id", "started_by")  # fmt: skip

CHILD_LINK = _record("child_link", "link_id", {
    "child_id": "text", "account_id": "text", "why": "text", "ended_on": "date",
}, "child_id", "account_id")  # fmt: skip

RESTRICTION = _record("restriction", "child_id", {
    "account_ids": "text[]", "reason": "text", "is_lifted": "boolean",
})  # fmt: skip

OPENING = _record("opening", "opening_id", {
    "child_id": "text", "area": "text", "account_id": "text", "reason": "text", "lawful_basis": "text",
    "opened_at": "timestamptz", "ends_at": "timestamptz", "state": "text", "reviewed_by": "text",
    "reviewed_at": "timestamptz", "review_note": "text",
}, "child_id", "account_id")  # fmt: skip
"""A record opened in an emergency by somebody whose work the child was not ("break glass")."""

NARRATIVE = _record("narrative", "narrative_id", {
    "partnership": "text", "area": "text", "quarter": "text", "measure": "integer", "words": "text",
})  # fmt: skip

DISPUTE = _record("dispute", "dispute_id", {
    "child_id": "text", "form": "text", "disputed_record_id": "text", "kind": "text", "disputed_by": "text", "words": "text",
    "raised_on": "date", "state": "text", "answer": "text", "answered_on": "date",
}, "child_id")  # fmt: skip

LEGAL_HOLD = _record("legal_hold", "hold_id", {
    "child_id": "text", "reason": "text", "placed_on": "date", "lifted_on": "date", "lifted_reason": "text",
}, "child_id")  # fmt: skip

DELETION = _record("deletion", "deletion_id", {
    "child_id": "text", "area": "text", "state": "text", "reason": "text", "asked_by": "text", "asked_on": "date",
    "decided_by": "text", "decided_on": "date", "decision_reason": "text", "deleted_rows": "text",
}, "child_id")  # fmt: skip

QUARTERLY_RETURN = _record("quarterly_return", "return_id", {
    "partnership": "text", "quarter": "text", "state": "text", "version": "integer", "reason": "text",
})  # fmt: skip

SETTING = _record("setting", "setting", {"value": "text"})

RECORDS = tuple(table for table in list(globals().values()) if isinstance(table, RecordTable))
"""All that are declared above."""

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

SIGN_IN_FAILURE = Table("sign_in_failure", ("failure_id",), {
    "failure_id": "text", "username_hash": "text", "failed_at": "timestamptz",
}, ("username_hash",))  # fmt: skip

EXTERNAL_REFERENCE = Table("external_reference", ("partnership", "sheet", "reference"), {
    "partnership": "text", "sheet": "text", "reference": "text", "record_id": "text", "content_hash": "text",
})  # fmt: skip

RETURN_VERSION = Table("return_version", ("return_id", "version"), {
    "return_id": "text", "version": "integer", "document": "text", "content_hash": "text", "locked_by": "text",
    "locked_at": "timestamptz", "reason": "text",
})  # fmt: skip

PUBLISHED_RETURN = Table("published_return", ("return_id", "number"), {
    "return_id": "text", "number": "integer", "version": "integer", "document": "text", "content_hash": "text",
    "published_by": "text", "published_at": "timestamptz",
})  # fmt: skip

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
    name = "child" if form.key == "child" else f"{form.key}_form"
    return RecordTable(name, ("record_id",), columns, ("child_id",), {q.key: q.label for q in questions})


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
    if changed:
        engine.settle()
    return changed


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
