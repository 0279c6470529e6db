"""The minutes of one child or of a whole meeting as a Word document, at any version, for those who may read them; and
the copy for an agency that attended, without what it may not see.

What a Word file looks like is `data.files.word_file`; how a form's sections are written is `data.answers.documents`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from data.access.meeting import is_to_be_signed_by
from data.access.restricted import NOT_IN_COPY, left_out_of_file
from data.access.rule import check_can_read_child, check_has_role
from data.actor import Actor, Reading
from data.answers.documents import MARKING, instant, who, write_section
from data.answers.submissions import Submission, read_submission
from data.child.children import heading
from data.database.audit import Event
from data.database.engine import Row
from data.files.word_file import WordFile
from data.meeting.agency_answers import what_agencies_hold
from data.meeting.attendance import signed
from data.meeting.chairs import chairs_of
from data.meeting.invitations import REACHES, accounts_of
from data.meeting.meeting_keeping import found, on_the_agenda
from data.meeting.meeting_writing import (
    NAMES,
    about_agenda_child,
    about_meeting,
    for_agency,
    write_agenda,
    write_attendance,
    write_handed_on,
    write_what_agencies_hold,
)
from data.meeting.minutes_freezing import as_it_stands, frozen_in, versions
from data.meeting.papers import lead_practitioner
from data.meeting.pulled_through import source_of
from data.refusal import Problems
from data.settings import values
from data.ways.pathway import MINUTES_WAY
from forms.form import RepeatedRows
from forms.minutes import MINUTES
from forms.question import NOT_ASKED, Question


@dataclass(frozen=True)
class _Told:
    """One child, and what the file says of them."""

    item: Row
    record: Row
    minutes_id: str | None
    minutes_revision: int | None
    assessment_id: str | None
    assessment_revision: int | None
    held: list[tuple[str, str]]


def minutes_as_word(
    actor: Actor,
    meeting_id: str,
    item_id: str | None = None,
    *,
    version: int | None = None,
    agency: str | None = None,
) -> bytes:
    """The meeting's minutes as a .docx file, in the template's order: of one child on its agenda, or of all; as they
    were agreed in that version, by default the latest; as they stand before there is one.

    For the coordinator and managers of the area, and for the chairs until they have signed. With `agency` the copy for
    an agency that attended. What a reader may not see is withheld as on the screen. Each child's print is audited
    before the file is given. Raises `Refused` and `Problems`.
    """
    with actor.writing() as work:
        meeting = found(work, meeting_id)
        if agency or not is_to_be_signed_by(work, meeting):
            check_has_role(work, "minutes printed", "coordinator", "manager", "operator")
        people = signed(work, meeting_id)
        if agency and agency not in {person["agency"] for person in people}:
            raise Problems("Select an agency that attended")
        items = [i for i in on_the_agenda(work, meeting_id) if item_id in (None, i["item_id"])]
        if item_id and not items:
            raise Problems("This child is not on the agenda. Open the meeting again to see it.")
        frozen = _version(work, meeting_id, version)
        reader = agency or (work.account.agency if work.account.role in REACHES else None)
        told = [_told(work, meeting, item, frozen, reader) for item in items]
        readers = accounts_of(work, meeting_id, agency) if agency else None
        closed = left_out_of_file(work, [item["child_id"] for item in items], readers)
        if item_id and closed:
            check_can_read_child(work, items[0]["child_id"])
            raise Problems(NOT_IN_COPY)
        for item in items:
            if item["child_id"] in closed:
                continue  # stays in the minutes of the whole meeting, without a word of the child
            check_can_read_child(work, item["child_id"])
            work.note(Event("minutes printed", item["child_id"], item["item_id"], agency))
        by, at = work.account, work.at
        signatures, who_chairs = list(_about_version(work, frozen)), chairs_of(work, meeting)
        told_of_area = values(work, meeting["area"])
    file = WordFile(
        f"Minutes of the {told_of_area['meeting_in_full']} ({told_of_area['meeting']})",
        marking=MARKING,
        stamp=f"Printed by {', '.join(who(by))}, {instant(at)}",
    )
    file.facts(about_meeting(meeting, who_chairs))
    file.facts(signatures)
    if agency:
        file.facts([("Copy for", NAMES[agency])])
    if item_id is None:
        write_attendance(file, people)
        write_agenda(file, told_of_area["agenda_rule"])
    for place, child in enumerate(told, 1):
        file.heading(f"Child {place} of {len(told)}" if item_id is None else "Child", 2)
        if child.item["child_id"] in closed:
            file.paragraph(f"{closed[child.item['child_id']]}.")
            continue
        _write_child(actor, file, child, agency)
    return file.as_bytes()


def _version(work: Reading, meeting_id: str, number: int | None) -> Row | None:
    """That version, or the latest that is not being corrected; None before the minutes were agreed."""
    there = [row for row in versions(work, meeting_id) if row["state"] != "correcting"]
    if number is None:
        return there[-1] if there else None
    chosen = next((row for row in there if row["version"] == number), None)
    if chosen is None:
        raise Problems(
            "There is no such version of these minutes. Open the meeting again to see which there are."
        )
    return chosen


def _told(work: Reading, meeting: Row, item: Row, version: Row | None, reader: str | None) -> _Told:
    if version:
        row = frozen_in(work, version["minutes_version_id"]).get(item["item_id"], {})
        minutes_id, minutes_revision = row.get("minutes_id"), row.get("minutes_revision")
        assessment_id, assessment_revision = row.get("assessment_id"), row.get("assessment_revision")
    else:
        minutes_id, assessment_id, assessment_revision = as_it_stands(work, meeting, item)
        minutes_revision = None
    record = lead_practitioner(work, item["child_id"])
    held = what_agencies_hold(work, meeting, item["item_id"], reader)
    return _Told(item, record, minutes_id, minutes_revision, assessment_id, assessment_revision, held)


def _about_version(work: Reading, version: Row | None) -> Iterator[tuple[str, str]]:
    if version is None:
        yield "Minutes", "Not agreed yet: a draft"
        return
    yield "Version", f"{version['version']}. {MINUTES_WAY.state(version['state']).words}"
    if version["reason"]:
        yield "Why the minutes were corrected", version["reason"]
    for row in work.rows(
        "SELECT * FROM minutes_signature WHERE minutes_version_id = $1 ORDER BY recorded_at",
        [version["minutes_version_id"]],
    ):
        how = f" ({row['how']})" if row["how"] else ""
        yield "Signed", f"{row['name']}, {instant(row['recorded_at'])}{how}"


def _write_child(actor: Actor, file: WordFile, child: _Told, agency: str | None) -> None:
    file.facts(about_agenda_child(heading(actor, child.item["child_id"]), child.record))
    if child.item["went_on_reason"]:
        file.facts([("Why the meeting went on", child.item["went_on_reason"])])
    assessment = _read(actor, "assessment", child.assessment_id, child.assessment_revision, agency)
    minutes = _read(actor, "minutes", child.minutes_id, child.minutes_revision, agency)
    if minutes is None:
        file.paragraph("No decision about this child is recorded.")
        if assessment:
            write_handed_on(file, assessment)
    else:
        corrected = dict(_corrected(minutes, assessment)) if assessment else {}
        for section in minutes.form.sections:
            write_section(file, section, minutes, corrected, level=3)
    write_what_agencies_hold(file, child.held)


def _read(
    actor: Actor, form: str, record_id: str | None, revision: int | None, agency: str | None
) -> Submission | None:
    if record_id is None:
        return None
    read = read_submission(actor, form, record_id, revision)
    return for_agency(read, agency) if agency else read


def _corrected(minutes: Submission, assessment: Submission) -> Iterator[tuple[str, str]]:
    """What the assessment said where the minutes say something else, by key of the minutes' question."""
    for item in MINUTES.items():
        if not item.pulled_from or item.key in minutes.hidden:
            continue
        if any(key in assessment.hidden for key in item.pulled_from):
            continue
        source = source_of(item, assessment.answers)
        if isinstance(item, RepeatedRows):
            rows = [q.key for q in item.questions]
            then = [[row[key] for key in rows] for row in source or ()]
            if then != [[row[key] for key in rows] for row in minutes.answers.get(item.key) or ()]:
                yield item.key, f"Corrected for these minutes: the assessment has {len(then)} of these."
        elif isinstance(item, Question):
            given = minutes.answers.get(item.key)
            if source is not NOT_ASKED and source != given and not (source is None and given is None):
                yield item.key, f"In the assessment: {item.as_text(source)}"
