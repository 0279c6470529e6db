"""The meeting, one child at a time: the shared minutes of each, what is still missing, and going on to the next.

What a recorded decision sets in motion is `data.meeting.meetings`. Source: pathway.md 4 and 5.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.access.meeting import check_can_minute
from data.actor import Actor, Reading
from data.answers.draft_reading import whole_draft
from data.answers.opened_draft import OpenedDraft, open_in
from data.answers.submissions import Submission, about, read_in, submit_checked
from data.child.children import Heading, heading_of
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import AGENDA_ITEM
from data.meeting.agency_answers import what_agencies_hold
from data.meeting.invitations import REACHES
from data.meeting.meeting_keeping import check_quorum, found, meeting_to_run
from data.meeting.meetings import begin_minutes
from data.meeting.pulled_through import latest_assessment
from data.meeting.since_last_time import Since, since_last_time
from data.refusal import Problems
from data.trail.views import note_view
from forms.answers import Checked, check
from forms.assessment import ASSESSMENT

AT_THE_MEETING = ("papers_out", "held")


@dataclass(frozen=True)
class Minuted:
    """One child of the agenda, opened at the meeting."""

    meeting: Row
    item: Row
    place: int
    """In the agenda's order, from 1."""
    of: int
    next_item_id: str | None
    is_runner: bool
    """Does this account run the meeting, or write with who does?"""
    heading: Heading
    since: Since
    assessment: Submission | None
    """The latest."""
    draft: OpenedDraft | None
    """The minutes that everybody at this meeting who minutes writes in; None once they are recorded."""
    record_id: str | None
    """The recorded minutes."""
    held: tuple[tuple[str, str], ...]
    """Each agency asked, and what it holds, as far as this account may read it."""

    @property
    def draft_id(self) -> str | None:
        return self.draft.draft.draft_id if self.draft else None


def open_child(actor: Actor, item_id: str) -> Minuted:
    """Open the child for minuting; begins the minutes, filled in from the latest assessment, when nobody has yet.

    All that the screen shows, in one transaction: sixty times at a meeting people wait for it.
    """
    with actor.writing() as work:
        item, meeting = _to_minute(work, item_id)
        child_id, episode_id = item["child_id"], item["episode_id"]
        place, of, next_item_id = _place(work, item)
        note_view(work, "child opened at the meeting", child_id, item_id)
        record_id = recorded(work, item, meeting)
        draft_id = None if record_id else begin_minutes(work, episode_id, meeting["meets_on"])
        assessment = latest_assessment(work, child_id)
        reader = work.account.agency if work.account.role in REACHES else None
        return Minuted(
            meeting, item, place, of, next_item_id,
            is_runner=work.account.role == "coordinator",
            heading=heading_of(work, child_id),
            since=since_last_time(work, episode_id),
            assessment=read_in(work, ASSESSMENT, assessment) if assessment else None,
            draft=open_in(work, draft_id) if draft_id else None,
            record_id=record_id,
            held=tuple(what_agencies_hold(work, meeting, item_id, reader)),
        )  # fmt: skip


def go_on(actor: Actor, item_id: str, reason: str = "") -> str | None:
    """Record this child's decision and give the next item's id. What is missing stops it, unless the chair's reason is
    given: then the decision is recorded if it can be, and otherwise the minutes stay open to be finished."""
    with actor.writing() as work:
        item, meeting = _to_minute(work, item_id)
        meeting_to_run(work, meeting["meeting_id"])
        if not recorded(work, item, meeting):
            with work.as_stored():  # what is recorded is what was typed, whoever presses the button
                draft = whole_draft(work, begin_minutes(work, item["episode_id"], meeting["meets_on"]))
                checked = check(draft.form, draft.typed, about(work, draft))
                sentences = _missing(checked)
                if sentences and not reason.strip():
                    raise Problems(*sentences)
                if not checked.problems:
                    submit_checked(work, draft, checked)
            if sentences:
                work.save(
                    AGENDA_ITEM,
                    {"item_id": item_id, "went_on_reason": reason.strip()},
                    Event("went on to the next child", item["child_id"], item_id),
                )
        return _place(work, item)[2]


def _missing(checked: Checked) -> list[str]:
    """What is asked for before the next child: the form's own problems, the reason, an owner for every action."""
    sentences = [problem.sentence for problem in checked.problems]
    if not checked.answers.get("decision_reason"):
        sentences.append("Enter why the meeting decided this")
    for number, row in enumerate(checked.answers.get("new_actions") or (), 1):
        if not row.get("owner"):
            sentences.append(f"Action {number}: enter who is to do it")
        if not row.get("due_on"):
            sentences.append(f"Action {number}: enter by when")
    return sentences


def _to_minute(work: Reading, item_id: str) -> tuple[Row, Row]:
    """The child's item and the meeting, if this account may minute the child there now."""
    item, meeting = _item(work, item_id)
    check_can_minute(work, item["child_id"], item["episode_id"])
    if meeting["state"] not in AT_THE_MEETING:
        raise Problems("Children are minuted from papers out until the minutes are agreed.")
    check_quorum(work, meeting)
    return item, meeting


def recorded(work: Reading, item: Row, meeting: Row) -> str | None:
    """The minutes recorded for this child at this meeting."""
    record_id: str | None = work.value(
        "SELECT discussion_id FROM discussion WHERE episode_id = $1 AND meeting_date = $2",
        [item["episode_id"], meeting["meets_on"]],
    )
    return record_id


def _place(work: Reading, item: Row) -> tuple[int, int, str | None]:
    """Where the child stands on the agenda, of how many, and who is next: three values, however long the agenda is."""
    row = work.row(
        "SELECT count(*) AS total, count(*) FILTER (WHERE (position, item_id) <= ($2, $3)) AS place,"
        " min(position) FILTER (WHERE (position, item_id) > ($2, $3)) AS next_position"
        " FROM agenda_item WHERE meeting_id = $1 AND removed_reason IS NULL",
        [item["meeting_id"], item["position"], item["item_id"]],
    )
    assert row is not None
    next_item_id = work.value(
        "SELECT min(item_id) FROM agenda_item WHERE meeting_id = $1 AND removed_reason IS NULL AND position = $2"
        " AND item_id <> $3",
        [item["meeting_id"], row["next_position"], item["item_id"]],
    )
    return row["place"], row["total"], next_item_id


def _item(work: Reading, item_id: str) -> tuple[Row, Row]:
    """The item and its meeting."""
    item = work.current(AGENDA_ITEM, item_id)
    meeting = found(work, item["meeting_id"] if item else "")
    if item is None or item["removed_reason"] is not None:
        raise Problems("This child is not on the agenda. Open the meeting again to see it.")
    return item, meeting
