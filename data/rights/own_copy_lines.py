"""Everything held about one child, line by line: what the child's own copy is made of (UK GDPR article 15).

Every form at every revision, every other record, what was typed and not sent, and who has looked. A line is as small as one
sentence, so that words about somebody else can be struck out and the rest stays.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from data.access.concern import visible_concerns
from data.actor import Reading
from data.answers.documents import NO_ANSWER, NOT_ASKED_WORDS, instant, lines_of_section
from data.answers.submissions import Submission, submission_of
from data.child.own_tables import own_column
from data.database.engine import Row
from data.database.records import CONCERN_LINK, RECORDS
from data.database.schema import form_table
from data.database.table import RecordTable
from data.redaction import leads_home
from forms.form import Section
from forms.kinds.date import in_words
from forms.question import NOT_ASKED
from forms.registry import FORMS
from forms.registry import form as form_by_key

LEFT_OUT = {"draft", "deletion", "own_copy", "own_copy_strike"}
"""Of the records about a child: drafts are written out answer by answer, and the others are about the copy and the record, not
about the child."""

NO_WORDS = {"revision", "recorded_by", "referred_by"}
"""Columns that tell nothing about the child; who wrote a form stands with it by name."""

NOTHING_SAID = ("", NO_ANSWER, NOT_ASKED_WORDS)

_END_OF_SENTENCE = re.compile(r"(?<=[.!?;])\s+")


@dataclass(frozen=True)
class Line:
    place: str
    """Opaque, and the same as long as the words are: other words are another line, which nobody has looked at."""
    label: str
    text: str
    is_about_others: bool
    """Answers a question about other people, or is intelligence."""


@dataclass(frozen=True)
class Part:
    """One section of a form, or the records of one kind."""

    title: str
    lines: tuple[Line, ...]


def everything_held(work: Reading, child_id: str, seen_until: datetime.datetime) -> list[Part]:
    """In the order of the copy. `seen_until`: who has looked is told up to then, as preparing the copy is looking too."""
    parts = [part for one in _submissions(work, child_id) for part in _of_submission(one)]
    parts += [
        _part(f"{_as_words(table.name)} ({len(rows)})", table.name, _of_rows(table, rows))
        for table in RECORDS
        if _is_about(table) and (rows := _rows_of(work, table, child_id))
    ]
    parts.append(_part("Typed and not sent", "drafts", _drafts(work, child_id)))
    parts.append(
        _part(
            "Who has looked at the record or written in it",
            "seen",
            _who_has_looked(work, child_id, seen_until),
        )
    )
    return [part for part in parts if part.lines]


Said = tuple[str, str, bool]
"""A label, all that is said there, and whether it is about others."""


def _part(title: str, of: str, said: Iterator[Said]) -> Part:
    lines, times = [], Counter[str]()
    for label, words, is_about_others in said:
        for text in sentences(words):
            name = f"{of}\n{label}\n{text}"
            times[name] += 1
            place = hashlib.sha256(f"{name}\n{times[name]}".encode()).hexdigest()[:24]
            lines.append(Line(place, label, text, is_about_others))
    return Part(title, tuple(lines))


def sentences(words: str) -> list[str]:
    """What can be struck out by itself: each sentence of each line of a text."""
    lines = (part.strip() for line in words.splitlines() for part in _END_OF_SENTENCE.split(line))
    return [line for line in lines if line]


def _submissions(work: Reading, child_id: str) -> Iterator[Submission]:
    """Every form at every revision, oldest first: a correction does not hide what was held before."""
    for form in FORMS:
        table = form_table(form)
        for latest in work.rows(
            f"SELECT * FROM {table.name} WHERE child_id = $1 ORDER BY recorded_at", [child_id]
        ):
            for record in work.revisions(table, latest["record_id"]):
                yield submission_of(work, form, record, latest["revision"])


def _of_submission(submission: Submission) -> Iterator[Part]:
    title = f"{submission.form.title}, revision {submission.revision} of {submission.latest_revision}"
    of = f"{submission.form.key}:{submission.record_id}:{submission.revision}"
    sent = (("Sent", in_words(submission.submitted_on), False), ("By", submission.recorded_by, False))
    yield _part(title, of, iter(sent))
    for section in submission.form.sections:
        others = speaks_of_others(section, submission)
        said = lines_of_section(section, submission)
        yield _part(
            f"{title}: {section.title}",
            f"{of}:{section.key}",
            ((label, words, key in others) for key, label, words in said if words not in NOTHING_SAID),
        )


def speaks_of_others(section: Section, submission: Submission) -> set[str]:
    """Keys of what was answered here and is about other people, or is intelligence."""
    return {
        item.key
        for item in section.questions
        if (item.about_others or item.sensitive) and _is_said(submission.answers.get(item.key))
    }


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
        f"SELECT * FROM {table.name} WHERE {own_column(table)} = $1 AND {seen} ORDER BY recorded_at, {table.id_column}",
        [child_id, *parameters],
    )


def _of_rows(table: RecordTable, rows: list[Row]) -> Iterator[Said]:
    for number, row in enumerate(rows, 1):
        for column in table.columns:
            is_told = (
                not column.endswith(("_id", "_ids"))
                and column not in NO_WORDS
                and column not in table.derived
            )
            if is_told and row[column] not in (None, "", []):
                yield f"{number}. {_as_words(column)}", _as_text(row[column]), table.columns[column] == "text"


def _drafts(work: Reading, child_id: str) -> Iterator[Said]:
    for row in work.rows(
        "SELECT d.child_id, d.form, a.rows_key, a.question_key, a.typed, a.saved_at FROM draft d JOIN draft_answer a ON a.draft_id = d.draft_id"
        " WHERE d.child_id = $1 AND d.state <> 'submitted' AND a.typed NOT IN ('null', '\"\"', '[]')"
        " ORDER BY a.saved_at, a.question_key, a.revision",
        [child_id],
    ):
        leads_there = leads_home(form_by_key(row["form"]), row["rows_key"], row["question_key"])
        if leads_there and work.redaction.is_protected(child_id):
            continue
        label = f"{row['form']}: {_as_words(row['question_key'])}, {instant(row['saved_at'])}"
        yield label, _as_text(json.loads(row["typed"])), True


def _who_has_looked(work: Reading, child_id: str, until: datetime.datetime) -> Iterator[Said]:
    """By role and agency, not by name: who looked is about them."""
    for seen in work.rows(
        "SELECT e.role, coalesce(a.agency, '') AS agency, min(e.happened_at) AS first, max(e.happened_at) AS last"
        " FROM audit e LEFT JOIN account a ON a.account_id = e.account_id WHERE e.child_id = $1 AND e.happened_at <= $2"
        " GROUP BY e.role, coalesce(a.agency, '') ORDER BY e.role, agency",
        [child_id, until],
    ):
        who = _as_words(" ".join(filter(None, (seen["role"], seen["agency"]))))
        yield who, f"From {instant(seen['first'])} to {instant(seen['last'])}", False


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
