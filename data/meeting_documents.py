"""The minutes of one child or of a whole meeting as a Word document, for those who may read them.

What a Word file looks like is `data.word_file`; how a form's sections are written is `data.documents`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from data.access import check_can_see_child, check_has_role
from data.access_restricted import closed_to_me
from data.actor import Actor, Reading
from data.attendance import signed
from data.audit import Event
from data.children import heading
from data.clock import day_of
from data.documents import MARKING, about_child, instant, who, write_section
from data.engine import Row
from data.meeting_keeping import found, on_the_agenda
from data.meetings import latest_assessment
from data.minuting import recorded
from data.pathway import MEETING_WAY
from data.refusal import Problems
from data.submissions import Submission, read_submission
from data.word_file import WordFile
from forms.codes import AGENCIES
from forms.kinds.date import in_words
from forms.meeting import AGENDA_RULES, STANDARD_ITEMS
from forms.places import area_name, partnership_of


def minutes_as_word(actor: Actor, meeting_id: str, item_id: str | None = None) -> bytes:
    """The meeting's minutes as a .docx file, in the template's order: of one child on its agenda, or of all.

    For the coordinator and managers of the area. What an account may not read is withheld as on the screen. Each
    child's print is audited before the file is given. Raises `Refused` and `Problems`.
    """
    with actor.writing() as work:
        meeting = found(work, meeting_id)
        check_has_role(work, "minutes printed", "coordinator", "manager", "operator")
        items = [i for i in on_the_agenda(work, meeting_id) if item_id in (None, i["item_id"])]
        if item_id and not items:
            raise Problems("This child is not on the agenda. Open the meeting again to see it.")
        told = [(item, *_records(work, meeting, item)) for item in items]
        closed = closed_to_me(work, [] if item_id else [item["child_id"] for item in items])
        for item in items:
            if item["child_id"] in closed:
                continue  # stays in the minutes of the whole meeting, without a word of the child
            check_can_see_child(work, item["child_id"])
            work.note(Event("minutes printed", item["child_id"], item["item_id"]))
        people, by, at = signed(work, meeting_id), work.account, work.at
    partnership = partnership_of(meeting["area"])
    file = WordFile(
        f"Minutes of the {partnership.meeting_in_full} ({partnership.meeting})",
        marking=MARKING,
        stamp=f"Printed by {', '.join(who(by))}, {instant(at)}",
        author=by.name,
    )
    file.facts(_about_meeting(meeting))
    if item_id is None:
        _write_attendance(file, people)
        _write_agenda(file, meeting)
    for place, (item, minutes_id, assessment_id) in enumerate(told, 1):
        file.heading(f"Child {place} of {len(told)}" if item_id is None else "Child", 2)
        if item["child_id"] in closed:
            file.paragraph(f"{item['name']}.")
            continue
        child = heading(actor, item["child_id"])
        file.facts(about_child(child, day_of(at)))
        if item["went_on_reason"]:
            file.facts([("Why the meeting went on", item["went_on_reason"])])
        if assessment_id:
            _write_handed_on(file, read_submission(actor, "assessment", assessment_id))
        if minutes_id:
            minutes = read_submission(actor, "minutes", minutes_id)
            for section in minutes.form.sections:
                write_section(file, section, minutes)
        else:
            file.paragraph("No decision about this child is recorded.")
    return file.as_bytes()


def _records(work: Reading, meeting: Row, item: Row) -> tuple[str | None, str | None]:
    """The child's recorded minutes, and the assessment that was discussed or is the latest."""
    minutes_id = recorded(work, item, meeting)
    discussed = minutes_id and work.value(
        "SELECT assessment_id FROM discussion WHERE discussion_id = $1", [minutes_id]
    )
    latest = latest_assessment(work, item["child_id"])
    return minutes_id, discussed or (latest["record_id"] if latest else None)


def _about_meeting(meeting: Row) -> Iterator[tuple[str, str]]:
    yield "Area", area_name(meeting["area"])
    yield "Date", in_words(meeting["meets_on"])
    if meeting["starts_at"]:
        yield "Time", meeting["starts_at"]
    yield "Place", meeting["place"]
    yield "Chair from children's services", meeting["chair_social_care"] or "Not named"
    yield "Chair from the police", meeting["chair_police"] or "Not named"
    yield "State", MEETING_WAY.state(meeting["state"]).words


def _write_attendance(file: WordFile, people: list[Row]) -> None:
    file.heading("Who attended and signed the confidentiality statement", 2)
    if not people:
        file.paragraph("Nobody has signed.")
        return
    file.table(
        ("Name", "Agency", "Role or team", "Deputising for", "Signed"),
        [
            (
                p["name"],
                dict(AGENCIES)[p["agency"]],
                p["role"],
                p["deputising_for"] or "",
                instant(p["signed_at"]),
            )
            for p in people
        ],
        caption="Who attended",
        shares=(0.22, 0.2, 0.2, 0.16, 0.22),
    )


def _write_agenda(file: WordFile, meeting: Row) -> None:
    file.heading("Agenda", 2)
    for number, words in enumerate(STANDARD_ITEMS, 1):
        file.paragraph(f"{number}. {words}")
    if rule := AGENDA_RULES.get(meeting["area"]):
        file.paragraph(rule)


def _write_handed_on(file: WordFile, assessment: Submission) -> None:
    file.paragraph(f"From the assessment sent on {in_words(assessment.submitted_on)}:")
    for section in assessment.form.sections:
        handed_on = tuple(item for item in section.questions if item.in_minutes)
        if handed_on:
            write_section(file, replace(section, questions=handed_on), assessment)
