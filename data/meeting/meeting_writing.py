"""What the files of a meeting share: its facts, who attended, its agenda, and what each agency held about a child."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from data.answers.documents import about_child, instant, write_section
from data.answers.submissions import Submission
from data.child.children import Heading
from data.clock import today
from data.database.engine import Row
from data.files.word_file import WordFile
from data.meeting.chairs import Chair
from data.ways.pathway import MEETING_WAY
from forms.codes import AGENCIES
from forms.form import Form, RepeatedRows
from forms.kinds.date import in_words
from forms.meeting import STANDARD_ITEMS
from forms.places import area_name

NAMES = dict(AGENCIES)


def about_meeting(meeting: Row, chairs: Sequence[Chair]) -> Iterator[tuple[str, str]]:
    yield "Area", area_name(meeting["area"])
    yield "Date", in_words(meeting["meets_on"])
    if meeting["starts_at"]:
        yield "Time", meeting["starts_at"]
    yield "Place", meeting["place"]
    for chair in chairs:
        yield chair.words, chair.name or "Not named"
    yield "State", MEETING_WAY.state(meeting["state"]).words


def about_agenda_child(child: Heading, record: Row) -> Iterator[tuple[str, str]]:
    """As the template begins: the child, and who leads."""
    yield from about_child(child, today())
    yield "Lead practitioner", record["lead_practitioner_name"] or "Not named"
    yield "Agency", NAMES.get(record["lead_practitioner_agency"] or "", "Not named")


def write_agenda(file: WordFile, rule: str | None) -> None:
    file.heading("Agenda", 2)
    for number, words in enumerate(STANDARD_ITEMS, 1):
        file.paragraph(f"{number}. {words}")
    if rule:
        file.paragraph(rule)


def write_attendance(file: WordFile, people: Sequence[Row]) -> None:
    file.heading("Who attended and signed the confidentiality statement", 2)
    if not people:
        file.paragraph("Nobody has signed.")
        return
    file.table(
        ("Name", "Agency", "Role or team", "Deputising for", "Signed"),
        [
            (p["name"], NAMES[p["agency"]], p["role"], p["deputising_for"] or "", instant(p["signed_at"]))
            for p in people
        ],
        caption="Who attended",
        shares=(0.22, 0.2, 0.2, 0.16, 0.22),
    )


def write_what_agencies_hold(file: WordFile, lines: list[tuple[str, str]]) -> None:
    file.heading("What each agency holds", 3)
    file.table(("Agency", "What it holds"), lines, caption="What each agency holds", shares=(0.3, 0.7))


def write_handed_on(file: WordFile, assessment: Submission) -> None:
    """The fields that the assessment hands on to the minutes, in its own order."""
    file.paragraph(f"From the assessment sent on {in_words(assessment.submitted_on)}:")
    for section in assessment.form.sections:
        handed_on = tuple(item for item in section.questions if item.in_minutes)
        if handed_on:
            write_section(file, replace(section, questions=handed_on), assessment, level=3)


def for_agency(submission: Submission, agency: str) -> Submission:
    """The copy for one agency: of adults of concern and intelligence it reads only what its own people wrote."""
    wrote = {c["section_key"] for c in submission.contributors if c["agency"] == agency}
    hidden = {
        item.key
        for section in submission.form.sections
        if section.key not in wrote
        for item in section.questions
        if item.sensitive
    }
    kept = {key: answer for key, answer in submission.answers.items() if key not in hidden}
    for rows in _rows_with_secrets(submission.form, wrote):
        secrets = {q.key for q in rows.questions if q.sensitive}
        if isinstance(kept.get(rows.key), list):
            kept[rows.key] = [{k: v for k, v in row.items() if k not in secrets} for row in kept[rows.key]]
    return replace(submission, answers=kept, hidden=tuple({*hidden, *submission.hidden}))


def _rows_with_secrets(form: Form, wrote: set[str]) -> Iterator[RepeatedRows]:
    for section in form.sections:
        if section.key not in wrote:
            yield from (
                item
                for item in section.questions
                if isinstance(item, RepeatedRows) and any(q.sensitive for q in item.questions)
            )
