"""Everything held about one child as one Word file, for the child's right of access (UK GDPR article 15).

What speaks of other people is named before each section, for a person to redact before the copy is handed out.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from data import clock
from data.access.concern import visible_concerns
from data.access.rights import check_can_answer_for
from data.actor import Actor, Reading
from data.answers.documents import MARKING, about_child, instant, who, write_section
from data.answers.submissions import Submission, submission_of
from data.child.children import heading
from data.child.own_tables import own_column
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import CONCERN_LINK, RECORDS
from data.database.schema import form_table
from data.database.table import RecordTable
from data.files.word_file import WordFile
from forms.form import Section
from forms.kinds.date import in_words
from forms.question import NOT_ASKED
from forms.registry import FORMS

LEFT_OUT = {"draft", "deletion"}
"""Of the records about a child: drafts are written out answer by answer, and a deletion is no fact about them."""

HELD_ELSEWHERE = (
    "Records of people and places of concern that other areas hold are not in this copy, whether or not any is linked to the child. "
    "If the child has lived or was referred elsewhere, that area's coordinator is asked for its part."
)
"""The same words in every copy: whoever makes it learns of no other area's record by them."""

NO_WORDS = {"revision", "recorded_by", "referred_by"}
"""Columns that tell nothing about the child; who wrote a form stands with it by name."""


def everything_held(actor: Actor, child_id: str) -> bytes:
    """As a .docx file. For the coordinator and managers who answer for the record; audited before it is given."""
    with actor.writing() as work:
        check_can_answer_for(work, child_id)
        work.note(Event("everything held printed", child_id, child_id))
        told = list(_submissions(work, child_id))
        others = [(table, _rows_of(work, table, child_id)) for table in RECORDS if _is_about(table)]
        drafts = _drafts(work, child_id)
        seen = _who_has_looked(work, child_id)
        by, at = work.account, work.at
    child = heading(actor, child_id)
    file = WordFile(
        "Everything held about the child",
        marking=MARKING,
        stamp=f"Made by {', '.join(who(by))}, {instant(at)}",
        author=by.name,
    )
    file.facts(about_child(child, clock.day_of(at)))
    file.paragraph(
        "Before this copy is handed out, a person looks at what it says of other people. Each part names what does."
    )
    file.paragraph(HELD_ELSEWHERE)
    for submission in told:
        _write_submission(file, submission)
    for table, rows in others:
        _write_rows(file, table, rows)
    _write_drafts(file, drafts)
    _write_seen(file, seen)
    return file.as_bytes()


def _submissions(work: Reading, child_id: str) -> Iterator[Submission]:
    """Every form at every revision, oldest first: a correction does not hide what was held before."""
    for form in FORMS:
        table = form_table(form)
        for latest in work.rows(
            f"SELECT * FROM {table.name} WHERE child_id = $1 ORDER BY recorded_at", [child_id]
        ):
            for record in work.revisions(table, latest["record_id"]):
                yield submission_of(work, form, record, latest["revision"])


def _write_submission(file: WordFile, submission: Submission) -> None:
    file.heading(
        f"{submission.form.title}, revision {submission.revision} of {submission.latest_revision}", 2
    )
    file.facts([("Sent", in_words(submission.submitted_on)), ("By", submission.recorded_by)])
    for section in submission.form.sections:
        if said := speaks_of_others(section, submission):
            file.paragraph(f"To be looked at for redaction, as it speaks of other people: {'; '.join(said)}")
        write_section(file, section, submission)


def speaks_of_others(section: Section, submission: Submission) -> list[str]:
    """Labels of what was answered here and is about other people, or is intelligence."""
    return [
        item.label
        for item in section.questions
        if (item.about_others or item.sensitive) and _is_said(submission.answers.get(item.key))
    ]


def _is_said(answer: Any) -> bool:
    return answer not in (None, "", []) and answer is not NOT_ASKED


def _is_about(table: RecordTable) -> bool:
    return own_column(table) in ("child_id", "about_id") and table.name not in LEFT_OUT


def _rows_of(work: Reading, table: RecordTable, child_id: str) -> list[Row]:
    seen, parameters = "true", list[Any]()
    if table is CONCERN_LINK:
        of_mine, parameters = visible_concerns(work, 2)
        seen = f"concern_id IN (SELECT c.concern_id FROM concern c WHERE {of_mine})"
    return work.rows(
        f"SELECT * FROM {table.name} WHERE {own_column(table)} = $1 AND {seen} ORDER BY recorded_at",
        [child_id, *parameters],
    )


def _write_rows(file: WordFile, table: RecordTable, rows: list[Row]) -> None:
    if not rows:
        return
    file.heading(f"{_as_words(table.name)} ({len(rows)})", 2)
    file.paragraph("To be looked at for redaction: records such as these may speak of other people.")
    for row in rows:
        lines = [
            (_as_words(column), _as_text(row[column]))
            for column in table.columns
            if row[column] not in (None, "", [])
            and not column.endswith(("_id", "_ids"))
            and column not in NO_WORDS
        ]
        file.table(("What", "Held"), lines, caption=_as_words(table.name), shares=(0.3, 0.7))


def _drafts(work: Reading, child_id: str) -> list[Row]:
    return work.rows(
        "SELECT d.form, a.question_key, a.typed, a.saved_at FROM draft d JOIN draft_answer a ON a.draft_id = d.draft_id"
        " WHERE d.child_id = $1 AND d.state <> 'submitted' AND a.typed NOT IN ('null', '\"\"', '[]')"
        " ORDER BY a.saved_at",
        [child_id],
    )


def _write_drafts(file: WordFile, answers: list[Row]) -> None:
    if answers:
        file.heading("Typed and not sent", 2)
        file.table(
            ("Form and question", "Typed", "When"),
            [
                (f"{a['form']}: {_as_words(a['question_key'])}", a["typed"], instant(a["saved_at"]))
                for a in answers
            ],
            caption="Typed and not sent",
            shares=(0.3, 0.5, 0.2),
        )


def _who_has_looked(work: Reading, child_id: str) -> list[Row]:
    """By role and agency, not by name: who looked is about them."""
    return work.rows(
        "SELECT e.role, coalesce(a.agency, '') AS agency, min(e.happened_at) AS first, max(e.happened_at) AS last"
        " FROM audit e LEFT JOIN account a ON a.account_id = e.account_id WHERE e.child_id = $1"
        " GROUP BY e.role, coalesce(a.agency, '') ORDER BY e.role, agency",
        [child_id],
    )


def _write_seen(file: WordFile, seen: list[Row]) -> None:
    file.heading("Who has looked at the record or written in it", 2)
    file.table(
        ("Role and agency", "First", "Last"),
        [
            (
                _as_words(" ".join(filter(None, (s["role"], s["agency"])))),
                instant(s["first"]),
                instant(s["last"]),
            )
            for s in seen
        ],
        caption="Who has looked at the record",
        shares=(0.4, 0.3, 0.3),
    )


def _as_words(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime.datetime):
        return instant(value)
    if isinstance(value, datetime.date):
        return in_words(value)
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
