"""What each member agency says it holds about each child before the meeting; "nothing held" is an answer.

Source: pathway.md 4.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.access.restricted import check_is_named, closed_to_me
from data.access.rule import check_can_coordinate
from data.actor import Actor, Reading
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import AGENCY_ANSWER, AGENDA_ITEM
from data.meeting.invitations import REACHES, people_invited
from data.meeting.meeting_keeping import found, on_the_agenda
from data.refusal import Problems, Refused
from data.trail.views import note_view
from forms.codes import AGENCIES
from forms.kinds import LongText
from forms.places import partnership_of
from forms.terms_of_reference import member_agencies

WORDS = LongText("words", "What does your agency hold about the child?")


@dataclass(frozen=True)
class Answered:
    """One child on the agenda, and what this account may read of the agencies' answers."""

    item: Row
    answers: tuple[Row, ...]
    """agency, holds, words (None where another agency wrote it and this account may not read it), revision."""
    missing: tuple[str, ...]
    """Agencies that have not answered, present or not."""


def answer(
    actor: Actor, item_id: str, holds: bool | None, words: str | None, *, agency: str | None = None
) -> None:
    """Say for the account's own agency what it holds; the area's coordinator may say it for any, as they were told."""
    with actor.writing() as work:
        item = work.current(AGENDA_ITEM, item_id)
        meeting = found(work, item["meeting_id"] if item else "")
        check_is_named(work, item["child_id"] if item else "", "agency answered")
        if item is None or item["removed_reason"] is not None:
            raise Problems("This child is no longer on the agenda. Open the meeting again to see it.")
        if meeting["state"] not in ("papers_out", "held"):
            raise Problems("Agencies answer from papers out until the minutes are agreed.")
        if work.account.role not in REACHES:
            check_can_coordinate(work, meeting["area"], "agency answered", item["child_id"])
        elif agency not in (None, work.account.agency):
            raise Refused("You can answer for your own agency only.", "agency answered", item["child_id"])
        for_agency = agency or work.account.agency
        if for_agency not in dict(AGENCIES):
            raise Problems("Select the agency")
        if holds is None:
            raise Problems("Select whether your agency holds anything about the child")
        said = WORDS.read(words)
        if holds and not said:
            raise Problems("Enter what your agency holds about the child")
        answer_id = f"{item_id}:{for_agency}"
        work.save(
            AGENCY_ANSWER,
            {
                "answer_id": answer_id, "meeting_id": item["meeting_id"], "item_id": item_id,
                "child_id": item["child_id"], "agency": for_agency, "holds": holds,
                "words": said if holds else None,
            },
            Event("agency answered", item["child_id"], answer_id),
        )  # fmt: skip


def answers(actor: Actor, meeting_id: str) -> list[Answered]:
    """For each child on the agenda, in its order, who has answered and who has not."""
    with actor.writing() as work:
        meeting = found(work, meeting_id)
        reads_all = work.account.role not in REACHES
        note_view(work, "agency answers viewed", None, meeting_id)
        agencies = agencies_of_meeting(work, meeting)
        rows = work.rows(
            "SELECT child_id, item_id, agency, holds, words, revision FROM agency_answer WHERE meeting_id = $1 ORDER BY agency",
            [meeting_id],
        )
        items = on_the_agenda(work, meeting_id)
        closed = closed_to_me(work, [item["child_id"] for item in items])
        told: dict[str, list[Row]] = {}
        for row in rows:
            if not reads_all and row["agency"] != work.account.agency:
                row = {**row, "words": None}
            told.setdefault(row["item_id"], []).append(row)
        return [
            Answered(
                item,
                tuple(told.get(item["item_id"], ())),
                tuple(
                    key for key in agencies if key not in {r["agency"] for r in told.get(item["item_id"], ())}
                ),
            )
            if item["child_id"] not in closed
            else Answered(item, (), ())
            for item in items
        ]


def agencies_of_meeting(work: Reading, meeting: Row) -> tuple[str, ...]:
    """Every agency of the terms of reference, and of those invited besides."""
    asked = set(member_agencies(partnership_of(meeting["area"]).key))
    asked |= {person["agency"] for person in people_invited(work, meeting["meeting_id"])}
    return tuple(key for key, _ in AGENCIES if key in asked)


def what_agencies_hold(
    work: Reading, meeting: Row, item_id: str, reader: str | None
) -> list[tuple[str, str]]:
    """A line for each agency asked. `reader`: the agency that reads it, which sees its own words only; None for the
    coordinator, who sees all."""
    told = {
        row["agency"]: row
        for row in work.rows(
            "SELECT child_id, agency, holds, words FROM agency_answer WHERE item_id = $1", [item_id]
        )
    }
    return [
        (dict(AGENCIES)[agency], _held(told.get(agency), reader in (None, agency)))
        for agency in agencies_of_meeting(work, meeting)
    ]


def _held(row: Row | None, reads_words: bool) -> str:
    if row is None:
        return "Not answered"
    if not row["holds"]:
        return "Nothing held"
    return row["words"] if reads_words else "Holds something. Ask that agency."
