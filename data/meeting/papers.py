"""The papers of a meeting: before it, one Word file for each agency that is invited, holding only what it may see.

What every file of a meeting says alike is `data.meeting.meeting_writing`. Source: pathway.md 4.
"""

from __future__ import annotations

from data.access.reach import names_as_they_stood
from data.access.restricted import left_out_of_file
from data.access.rule import check_can_coordinate, check_can_read_child
from data.actor import Actor, Reading
from data.answers.documents import MARKING, instant, who
from data.answers.submissions import read_submission
from data.child.children import heading
from data.database.audit import Event
from data.database.engine import Row
from data.files.word_file import WordFile
from data.meeting.agency_answers import what_agencies_hold
from data.meeting.chairs import chairs_of
from data.meeting.invitations import REACHES, accounts_of, people_invited
from data.meeting.meeting_keeping import found, on_the_agenda
from data.meeting.meeting_writing import (
    NAMES,
    about_agenda_child,
    about_meeting,
    for_agency,
    write_agenda,
    write_handed_on,
    write_what_agencies_hold,
)
from data.meeting.pulled_through import latest_assessment
from data.refusal import Problems, Refused
from data.settings import values
from forms.codes import JUDGEMENTS
from forms.kinds.date import in_words
from forms.meeting import WHY_ON_AGENDA

ARE_OUT = ("papers_out", "held")


def agencies_invited(actor: Actor, meeting_id: str) -> list[str]:
    """Keys of the agencies that papers are made for."""
    with actor.reading() as work:
        found(work, meeting_id)
        return _agencies(work, meeting_id)


def papers_as_word(actor: Actor, meeting_id: str, agency: str) -> bytes:
    """For the area's coordinator, for any agency that is invited; for whoever is invited, their own agency's only. Each
    child's print is audited before the file is given. Raises `Refused` and `Problems`."""
    with actor.writing() as work:
        meeting = found(work, meeting_id)
        if work.account.role not in REACHES:
            check_can_coordinate(work, meeting["area"], "papers printed")
        elif agency != work.account.agency:
            raise Refused("You can take the papers of your own agency only.", "papers printed")
        if meeting["state"] not in ARE_OUT:
            raise Problems("Papers are there from the day they go out until the minutes are agreed.")
        if agency not in _agencies(work, meeting_id):
            raise Problems("Select an agency somebody of which is invited")
        told: list[tuple[Row, Row, list[tuple[str, str]]]] = []
        items = on_the_agenda(work, meeting_id)
        children = [item["child_id"] for item in items]
        closed = left_out_of_file(work, children, accounts_of(work, meeting_id, agency))
        for item in items:
            if item["child_id"] in closed:
                told.append((item, {}, []))
                continue
            check_can_read_child(work, item["child_id"])
            work.note(Event("papers printed", item["child_id"], item["item_id"], agency))
            told.append(
                (item, _record(work, item), what_agencies_hold(work, meeting, item["item_id"], agency))
            )
        by, at, of_area = work.account, work.at, values(work, meeting["area"])
        who_chairs = chairs_of(work, meeting)
    file = WordFile(
        f"Papers of the {of_area['meeting_in_full']} ({of_area['meeting']})",
        marking=MARKING,
        stamp=f"Printed by {', '.join(who(by))}, {instant(at)}",
    )
    file.facts([("For", NAMES[agency]), *about_meeting(meeting, who_chairs)])
    write_agenda(file, of_area["agenda_rule"])
    for place, (item, record, held) in enumerate(told, 1):
        file.heading(f"Child {place} of {len(told)}", 2)
        if item["child_id"] in closed:
            file.paragraph(f"{closed[item['child_id']]}.")
            continue
        file.facts(about_agenda_child(heading(actor, item["child_id"]), record))
        file.facts([("Why on the agenda", ". ".join(dict(WHY_ON_AGENDA)[key] for key in item["why"]))])
        if record["discussed_on"]:
            judged = dict(JUDGEMENTS).get(record["judgement"] or "", "not judged")
            file.facts([("Last discussed", f"{in_words(record['discussed_on'])}: {judged}")])
        write_what_agencies_hold(file, held)
        if record["assessment_id"] is None:
            file.paragraph("No assessment has been sent.")
        else:
            read = read_submission(actor, "assessment", record["assessment_id"])
            write_handed_on(file, for_agency(read, agency))
    return file.as_bytes()


def _agencies(work: Reading, meeting_id: str) -> list[str]:
    invited = {person["agency"] for person in people_invited(work, meeting_id)}
    return [key for key in NAMES if key in invited]


def lead_practitioner(work: Reading, child_id: str) -> Row:
    """Columns `lead_practitioner_name` and `lead_practitioner_agency`; for a former area as it knew them last."""
    stood = names_as_they_stood(work, [child_id]).get(child_id)
    return stood or work.row(
        "SELECT lead_practitioner_name, lead_practitioner_agency FROM child WHERE child_id = $1", [child_id]
    ) or {}  # fmt: skip


def _record(work: Reading, item: Row) -> Row:
    child = lead_practitioner(work, item["child_id"])
    last = work.row(
        "SELECT meeting_date AS discussed_on, judgement FROM discussion WHERE episode_id = $1"
        " ORDER BY meeting_date DESC, recorded_at DESC LIMIT 1",
        [item["episode_id"]],
    )
    assessment = latest_assessment(work, item["child_id"])
    return {
        "lead_practitioner_name": child.get("lead_practitioner_name"),
        "lead_practitioner_agency": child.get("lead_practitioner_agency"),
        **(last or {"discussed_on": None, "judgement": None}),
        "assessment_id": assessment["record_id"] if assessment else None,
    }
