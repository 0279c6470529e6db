"""A submitted form as a Word document, for those who may read it. What a Word file looks like is `data.files.word_file`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from data import clock
from data.access.rule import check_can_take_away
from data.accounts import ROLES, Account
from data.actor import Actor
from data.answers import disputes
from data.answers.submissions import Submission, read_submission
from data.child.children import Heading, heading
from data.database.audit import Event
from data.database.engine import Row
from data.files.word_file import WordFile
from data.ways.ways_beside import DISPUTE_WAY
from forms.answers import is_asked
from forms.codes import AGENCIES
from forms.form import RepeatedRows, Section
from forms.kinds import Date, LongText, Text
from forms.kinds.date import in_words
from forms.question import NOT_ASKED, Question
from forms.rights import DISPUTED_BY, KINDS

MARKING = "OFFICIAL-SENSITIVE"
HELD_BACK = "Not shown: only coordinators, managers and those who wrote this form may read it"
NO_ANSWER = "Not answered"
NOT_ASKED_WORDS = "Not asked"
FORMER = "Not printed: it has been corrected since. It can be read on the screen"
TELL_WHO = ("name", "aliases", "nhs_number", "lcs_number")
MOST_COLUMNS = 5
"""Rows with more questions than this stand one below the other, each a table of its own."""

Item = Question | RepeatedRows


def submission_as_word(actor: Actor, form_key: str, record_id: str, revision: int | None = None) -> bytes:
    """The form as it was submitted, at its latest revision or an earlier one, as a .docx file.

    Raises `Refused` and `Problems` as `read_submission` does. The print is audited before the file is given.
    """
    submission = read_submission(actor, form_key, record_id, revision)
    child = heading(actor, submission.child_id)
    if submission.revision != submission.latest_revision and submission.form.one_per_child:
        submission = _without_former(submission, read_submission(actor, form_key, record_id))
    with actor.writing() as work:
        check_can_take_away(work, submission.child_id, "form printed")
        work.note(Event("form printed", submission.child_id, record_id, form_key))
        by, at, disputed = work.account, work.at, disputes.about(work, submission.child_id, record_id)
    return _document(submission, child, by, at, disputed).as_bytes()


def _without_former(earlier: Submission, latest: Submission) -> Submission:
    """An earlier revision of a child's details for a new print: a name or number that the child no longer has stays out."""
    former = {
        key: FORMER
        for key in TELL_WHO
        if earlier.answers[key] is not NOT_ASKED
        and earlier.answers[key]
        and earlier.answers[key] != latest.answers[key]
    }
    texts = {key for key in former if isinstance(earlier.form.by_key[key], Text)}
    return replace(
        earlier,
        answers={**earlier.answers, **{key: FORMER if key in texts else None for key in former}},
        change_reason=None,
    )


def _document(
    submission: Submission, child: Heading, by: Account, at: datetime.datetime, disputed: list[Row]
) -> WordFile:
    file = WordFile(
        submission.form.title,
        marking=MARKING,
        stamp=f"Printed by {', '.join(who(by))}, {instant(at)}",
    )
    file.facts(about_child(child, clock.day_of(at)))
    file.facts(_about_submission(submission))
    _write_disputes(file, disputed)
    if submission.form.summary:
        file.facts(submission.form.summary(_given(submission)))
    for section in submission.form.sections:
        write_section(file, section, submission)
    _write_contributors(file, submission)
    return file


def about_child(child: Heading, day: datetime.date) -> Iterator[tuple[str, str]]:
    yield "Child", child.name
    yield "Date of birth", f"{child.born} (aged {child.age_in_words} on {in_words(day)})"
    yield "Area", child.area


def _about_submission(submission: Submission) -> Iterator[tuple[str, str]]:
    by = [submission.recorded_by, *([dict(AGENCIES)[submission.agency]] if submission.agency else [])]
    latest = "the latest" if submission.revision == submission.latest_revision else "not the latest"
    yield "Submitted", in_words(submission.submitted_on)
    yield "Revision", f"{submission.revision} of {submission.latest_revision}, {latest}"
    yield "Recorded", f"{instant(submission.recorded_at)} by {', '.join(by)}"
    if submission.change_reason:
        yield "Why it was corrected", submission.change_reason


def write_section(
    file: WordFile,
    section: Section,
    submission: Submission,
    besides: Mapping[str, str] | None = None,
    level: int = 2,
) -> None:
    """The section's questions in order: tables of questions and answers, with the repeated rows between them.
    `besides`: by question key, what is said beneath the answer. `level`: of the section's heading."""
    shown = [item for item in section.questions if _is_on_the_form(item, submission)]
    if not shown:
        return
    file.heading(section.title, level)
    lines: list[tuple[str, str]] = []
    for item in shown:
        answer = submission.answers.get(item.key)
        if item.key in submission.hidden:
            lines.append((item.label, HELD_BACK))
        elif isinstance(item, Question):
            if item.beside is None:
                said = [*_answer_and_notes(item, shown, submission), (besides or {}).get(item.key, "")]
                lines.append((item.label, "\n".join(filter(None, said))))
        elif answer is NOT_ASKED or not answer:
            lines.append((item.label, NOT_ASKED_WORDS if answer is NOT_ASKED else NO_ANSWER))
        else:
            _write_answers(file, section.title, lines)
            lines = []
            _write_rows(file, item, answer, submission, level + 1)
            if besides and item.key in besides:
                file.paragraph(besides[item.key])
    _write_answers(file, section.title, lines)


def lines_of_section(section: Section, submission: Submission) -> Iterator[tuple[str, str, str]]:
    """The same as a key, a label and what is said there, one after the other, the repeated rows answer by answer."""
    shown = [item for item in section.questions if _is_on_the_form(item, submission)]
    for item in shown:
        answer = submission.answers.get(item.key)
        if item.key in submission.hidden:
            yield item.key, item.label, HELD_BACK
        elif isinstance(item, Question):
            if item.beside is None:
                yield item.key, item.label, "\n".join(_answer_and_notes(item, shown, submission))
        elif answer is NOT_ASKED or not answer:
            yield item.key, item.label, NOT_ASKED_WORDS if answer is NOT_ASKED else NO_ANSWER
        else:
            for number, row in enumerate(answer, 1):
                for question in item.questions:
                    if question.is_current(submission.form_version):
                        label = f"{item.row_name[:1].upper()}{item.row_name[1:]} {number}: {question.label}"
                        yield item.key, label, _text_in_row(question, row, submission)


def _write_disputes(file: WordFile, disputed: list[Row]) -> None:
    """Before what the form says, so that nobody reads the one without the other."""
    for note in disputed:
        who = dict(DISPUTED_BY)[note["disputed_by"]].lower()
        file.facts([(f"{dict(KINDS)[note['kind']]} ({who})", note["words"])])
        file.facts([(DISPUTE_WAY.state(note["state"]).words, note["answer"] or "")])


def _is_on_the_form(item: Item, submission: Submission) -> bool:
    """What was asked in the form's version of the day, and whatever was answered."""
    return item.is_current(submission.form_version) or bool(submission.answers.get(item.key))


def _answer_and_notes(question: Question, shown: list[Item], submission: Submission) -> Iterator[str]:
    """The answer, and the notes folded beneath it on the screen that somebody wrote."""
    yield question.as_text(submission.answers.get(question.key))
    for note in shown:
        if isinstance(note, Question) and note.beside is question:
            answer = submission.answers.get(note.key)
            if note.key in submission.hidden:
                yield f"{note.label}: {HELD_BACK}"
            elif answer is not None and answer is not NOT_ASKED:
                yield f"{note.label}: {note.as_text(answer)}"


def _write_answers(file: WordFile, caption: str, lines: list[tuple[str, str]]) -> None:
    if lines:
        file.table(("Question", "Answer"), lines, caption=caption, shares=(0.42, 0.58))


def _write_rows(
    file: WordFile, rows: RepeatedRows, answers: list[dict[str, Any]], submission: Submission, level: int
) -> None:
    file.heading(rows.label, level)
    asked = [q for q in rows.questions if q.is_current(submission.form_version)]
    texts = [[_text_in_row(q, row, submission) for q in asked] for row in answers]
    labels = [q.label for q in asked]
    if len(asked) <= MOST_COLUMNS:
        breadths = [3 if isinstance(q, LongText) else 1 if isinstance(q, Date) else 2 for q in asked]
        shares = [breadth / sum(breadths) for breadth in breadths]
        file.table(labels, texts, caption=rows.label, shares=shares)
        return
    for number, row_texts in enumerate(texts, 1):
        name = f"{rows.row_name[:1].upper()}{rows.row_name[1:]} {number} of {len(texts)}"
        file.heading(name, level + 1)
        _write_answers(file, name, list(zip(labels, row_texts, strict=True)))


def _text_in_row(question: Question, row: Mapping[str, Any], submission: Submission) -> str:
    answer = row.get(question.key)
    if answer is None and not is_asked(question, {**submission.answers, **row}):
        return question.as_text(NOT_ASKED)
    return question.as_text(answer)


def _write_contributors(file: WordFile, submission: Submission) -> None:
    if not submission.contributors:
        return
    titles = {section.key: section.title for section in submission.form.sections}
    order = list(titles)
    file.heading("Who wrote it", 2)
    file.table(
        ("Section", "Name", "Agency", "Last saved"),
        [
            (
                titles[c["section_key"]],
                c["name"],
                dict(AGENCIES).get(c["agency"], ""),
                instant(c["last_saved_at"]),
            )
            for c in sorted(submission.contributors, key=lambda c: order.index(c["section_key"]))
        ],
        caption="Who wrote which section",
        shares=(0.34, 0.22, 0.18, 0.26),
    )


def _given(submission: Submission) -> dict[str, Any]:
    return {key: answer for key, answer in submission.answers.items() if answer is not NOT_ASKED}


def who(account: Account) -> Iterator[str]:
    yield account.name
    yield ROLES[account.role].lower()
    if account.agency:
        yield dict(AGENCIES)[account.agency]


def instant(at: datetime.datetime) -> str:
    return f"{in_words(clock.day_of(at))} at {at.astimezone(clock.UK):%H:%M}"
