"""The meeting as a record: planned, its papers sent out, held, its minutes agreed, or cancelled.

Who is on its agenda is `data.meeting.agendas`; what it decides about a child is `data.meeting.meetings`. Source: pathway.md 4.
"""

from __future__ import annotations

from collections.abc import Mapping

from data import clock
from data.access.meeting import NOT_YOUR_MEETING, check_can_see_meeting
from data.access.restricted import left_out
from data.access.rule import check_can_coordinate, check_has_role
from data.actor import Actor, Reading
from data.answers.short_forms import read
from data.child_line import line
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import MEETING
from data.meeting.minutes_freezing import begin_version, freeze
from data.refusal import NotFilledIn, Problems, Refused
from data.settings import value
from data.trail.views import note_view
from data.ways.pathway import MEETING_WAY
from forms.answers import Problem
from forms.codes import AGENCIES
from forms.meeting import MEETING as MEETING_FORM
from forms.question import Typed

PAGE = 50
BEFORE_IT_IS_HELD = ("planned", "papers_out")


def plan(actor: Actor, typed: Mapping[str, Typed]) -> str:
    """Plan a meeting of the account's own area, from answers to `forms.meeting.MEETING`. Gives the meeting's id."""
    with actor.writing() as work:
        area = work.account.area or ""
        check_can_coordinate(work, area, "meeting planned")
        answers = read(MEETING_FORM, typed)
        if answers["meets_on"] < clock.today():
            raise NotFilledIn(Problem("meets_on", "Date must be today or in the future"))
        move = MEETING_WAY.move("plan", None, work.account.role)
        meeting_id = clock.new_id()
        record = {"meeting_id": meeting_id, "area": area, "state": move.end, **answers}
        work.save(MEETING, record, Event(move.audit, None, meeting_id))
        return meeting_id


def change(actor: Actor, meeting_id: str, typed: Mapping[str, Typed]) -> None:
    """Another date or place, until the meeting is held."""
    with actor.writing() as work:
        meeting_to_run(work, meeting_id, *BEFORE_IT_IS_HELD)
        answers = read(MEETING_FORM, typed)
        work.save(MEETING, {"meeting_id": meeting_id, **answers}, Event("meeting changed", None, meeting_id))


def move(actor: Actor, meeting_id: str, name: str, reason: str | None = None) -> None:
    """Make a move of `MEETING_WAY`. Raises `Problems` when it cannot be made yet."""
    with actor.writing() as work:
        meeting = meeting_to_run(work, meeting_id)
        made = MEETING_WAY.move(name, meeting["state"], work.account.role, reason)
        if made.end == "papers_out" and not on_the_agenda(work, meeting_id):
            raise Problems("Put at least one child on the agenda before the papers go out")
        if made.end == "held" and meeting["meets_on"] > clock.today():
            raise Problems("The meeting's date is in the future. Change the date if it was held already.")
        if made.end == "held":
            check_quorum(work, meeting)
        if made.end == "agreed" and (names := _without_minutes(work, meeting)):
            raise Problems(f"Record the minutes, or say why the meeting went on, for: {', '.join(names)}")
        fixed = {"chairs": value(work, meeting["area"], "chairs")} if made.end == "agreed" else {}
        work.save(
            MEETING,
            {"meeting_id": meeting_id, "state": made.end, **fixed},
            Event(made.audit, None, meeting_id),
            why=reason,
        )
        if made.end == "agreed":
            freeze(work, begin_version(work, meeting, "agree"), meeting, on_the_agenda(work, meeting_id))


def meetings(actor: Actor, page: int = 0) -> list[Row]:
    """The meetings of the account's area, the latest date first: the meeting's columns, `children`, how many, and
    `minutes_state`, that of the latest version of its minutes."""
    with actor.reading() as work:
        check_has_role(work, "meetings listed", "coordinator", "manager")
        return work.rows(
            "SELECT m.*, v.state AS minutes_state, (SELECT count(*) FROM agenda_item i"
            " WHERE i.meeting_id = m.meeting_id AND i.removed_reason IS NULL) AS children"
            " FROM meeting m LEFT JOIN (SELECT meeting_id, state, row_number() OVER"
            " (PARTITION BY meeting_id ORDER BY version DESC) AS latest FROM minutes_version) AS v"
            " ON v.meeting_id = m.meeting_id AND v.latest = 1 WHERE m.area = $1 ORDER BY m.meets_on DESC, m.meeting_id DESC LIMIT $2 OFFSET $3",
            [work.account.area, PAGE, page * PAGE],
        )


def read_meeting(actor: Actor, meeting_id: str) -> Row:
    """One meeting's own columns. The view is audited."""
    with actor.writing() as work:
        meeting = found(work, meeting_id)
        note_view(work, "meeting viewed", None, meeting_id)
        return meeting


def found(work: Reading, meeting_id: str) -> Row:
    """The meeting, if this account may see it."""
    meeting = work.current(MEETING, meeting_id)
    if meeting is None:
        raise Refused(NOT_YOUR_MEETING, "meeting viewed")
    check_can_see_meeting(work, meeting)
    return meeting


def meeting_to_run(work: Reading, meeting_id: str, *states: str) -> Row:
    """The meeting, if this account runs it and it stands in one of the states; any state when none is given."""
    meeting = found(work, meeting_id)
    check_can_coordinate(work, meeting["area"], "meeting run")
    if states and meeting["state"] not in states:
        standing = MEETING_WAY.state(meeting["state"]).words.lower()
        raise Problems(f"This meeting is {standing}, so this can no longer be done. Open it again to see it.")
    return meeting


def on_the_agenda(work: Reading, meeting_id: str) -> list[Row]:
    """The items that were not removed, in their order, and of each `is_recorded`: whether its minutes are."""
    items = work.rows(
        "SELECT i.*, c.name, EXISTS (SELECT 1 FROM discussion d WHERE d.episode_id = i.episode_id"
        " AND d.meeting_date = m.meets_on) AS is_recorded FROM agenda_item i"
        " JOIN meeting m ON m.meeting_id = i.meeting_id JOIN child c ON c.child_id = i.child_id"
        " WHERE i.meeting_id = $1 AND i.removed_reason IS NULL ORDER BY i.position, i.item_id",
        [meeting_id],
    )
    return left_out(work, items)


class NotQuorate(Problems):
    """Who has to be there has not signed in yet."""

    def __init__(self, meeting_id: str, sentence: str) -> None:
        super().__init__(sentence)
        self.meeting_id = meeting_id


def check_quorum(work: Reading, meeting: Row) -> None:
    """Somebody of each agency that the partnership's quorum names has signed the confidentiality statement. Before that
    no child is opened at the meeting, and it was not held."""
    missing = [dict(AGENCIES)[agency] for agency in quorum_missing(work, meeting)]
    if missing:
        raise NotQuorate(
            meeting["meeting_id"],
            "Sign in the people who attend. Children are minuted once somebody of each of these has signed the "
            f"confidentiality statement: {', '.join(missing)}",
        )


def quorum_missing(work: Reading, meeting: Row) -> list[str]:
    """Keys of the agencies whose signature the meeting waits for."""
    signed = "SELECT DISTINCT agency FROM attendance WHERE meeting_id = $1 AND taken_out_reason IS NULL"
    there = set(work.values(signed, [meeting["meeting_id"]]))
    return [agency for agency in value(work, meeting["area"], "quorum") or () if agency not in there]


def _without_minutes(work: Reading, meeting: Row) -> list[str]:
    """Names of the children with neither a decision of that day nor a reason why the meeting went on."""
    rows = work.rows(
        "SELECT c.child_id, c.name FROM agenda_item i JOIN child c ON c.child_id = i.child_id WHERE i.meeting_id = $1"
        " AND i.removed_reason IS NULL AND i.went_on_reason IS NULL AND NOT EXISTS (SELECT 1 FROM discussion d"
        " WHERE d.episode_id = i.episode_id AND d.meeting_date = $2) ORDER BY i.position",
        [meeting["meeting_id"], meeting["meets_on"]],
    )
    return [line(row) for row in left_out(work, rows)]
