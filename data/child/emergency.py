"""Opening a record in an emergency by somebody whose work the child is not ("break glass"), and the manager's review.

An opening is only ever added to: nobody can undo or hide one. What it opens, and for how long, is `data.access.emergency`.
"""

from __future__ import annotations

from collections.abc import Mapping

from data import clock
from data.access.emergency import LASTS, LOOKED, MAY_OPEN, check_may_look_again, has_broken_glass
from data.access.restricted import check_is_named, left_out
from data.access.rule import check_has_role, child_of, is_in_their_work, known
from data.actor import Actor, Reading
from data.answers.short_forms import read
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import OPENING
from data.refusal import Problems, Refused
from data.search_keys import full_name_keys
from data.trail.views import note_view
from data.ways.ways_beside import OPENING_WAY
from forms.emergency import EMERGENCY
from forms.question import Typed

PAGE = 25
ACTION = "record opened in an emergency"


def open_record(actor: Actor, typed: Mapping[str, Typed]) -> str:
    """Open the record of the child who is described exactly, from answers to `forms.emergency`. Gives the child's id.

    Every attempt is audited, whether a record is found or not, and an account has `LOOKS_AN_HOUR`. Raises `NotFilledIn`,
    `Problems` and `Refused`.
    """
    with actor.writing() as work:
        check_has_role(work, ACTION, *MAY_OPEN)
        told = read(EMERGENCY, typed)
        check_may_look_again(work)
        work.note(Event(LOOKED))
    with actor.writing() as work:
        check_has_role(work, ACTION, *MAY_OPEN)
        child_id = _the_child(work, told)
        check_is_named(work, child_id, ACTION)
        if is_in_their_work(work, child_id):
            raise Problems("You can open this record without this: find the child by name or number.")
        if has_broken_glass(work, child_id):
            return child_id
        opening_id = clock.new_id()
        move = OPENING_WAY.move("open", None, work.account.role)
        work.save(
            OPENING,
            {
                "opening_id": opening_id, "child_id": child_id, "account_id": work.account.account_id,
                "area": work.value("SELECT area FROM child WHERE child_id = $1", [child_id]),
                "reason": told["reason"], "lawful_basis": told["lawful_basis"], "state": move.end,
                "opened_at": work.at, "ends_at": work.at + LASTS,
            },
            Event(move.audit, child_id, opening_id, told["lawful_basis"]),
        )  # fmt: skip
        return child_id


def _the_child(work: Reading, told: Mapping[str, str | None]) -> str:
    """By the NHS number, or else by the full name in any order of its words and the date of birth."""
    if told.get("nhs_number"):
        found = work.values("SELECT child_id FROM child WHERE nhs_number = $1", [told["nhs_number"]])
    else:
        found = work.values(
            "SELECT child_id FROM child WHERE date_of_birth = $1"
            " AND (position($2 in full_name_key) > 0 OR position($3 in full_name_key) > 0)",
            [told["date_of_birth"], *full_name_keys(told["name"] or "")],
        )
    if not found:
        raise Problems("No record matches exactly. Check what you typed, or call the area's front door.")
    if len(found) > 1:
        raise Problems("More than one record matches. Enter the NHS number, or call the area's front door.")
    return str(found[0])


def openings(actor: Actor, page: int = 0) -> tuple[list[Row], bool]:
    """What was opened in an emergency in the account's area, not reviewed first, newest first; and whether there is more.

    The opening's columns, the child's name, `who` and `agency` of who opened it, `reviewer`. The view is audited.
    """
    with actor.writing() as work:
        check_has_role(work, "emergency openings listed", "coordinator", "manager")
        note_view(work, "emergency openings listed", None)
        rows = _of_area(work, "true", f"LIMIT {PAGE + 1} OFFSET {max(page, 0) * PAGE}")
        return rows[:PAGE], len(rows) > PAGE


def not_reviewed(work: Reading, most: int) -> list[Row]:
    """The same, for the home page of those who answer for the area: empty for everybody else."""
    if work.account.role not in ("coordinator", "manager"):
        return []
    return _of_area(work, "o.state = 'to_review'", f"LIMIT {most}")


def _of_area(work: Reading, which: str, limit: str) -> list[Row]:
    rows = work.rows(
        "SELECT o.*, c.name, a.name AS who, a.agency, r.name AS reviewer FROM opening o"
        " JOIN child c ON c.child_id = o.child_id JOIN account a ON a.account_id = o.account_id"
        " LEFT JOIN account r ON r.account_id = o.reviewed_by"
        f" WHERE (o.area = $1 OR c.area = $1) AND {which}"
        f" ORDER BY CASE WHEN o.state = 'to_review' THEN 0 ELSE 1 END, o.opened_at DESC, o.opening_id {limit}",
        [work.account.area],
    )
    return left_out(work, rows)


def review(actor: Actor, opening_id: str, finding: str, note: str) -> None:
    """A manager of the child's area says whether it was right. Once: what was found stays. One that was not appropriate
    closes at once."""
    with actor.writing() as work:
        check_has_role(work, "emergency opening reviewed", "manager")
        opening = work.current(OPENING, opening_id)
        child_id = child_of(opening)
        area_now = work.value("SELECT area FROM child WHERE child_id = $1", [child_id])
        if opening is None or work.account.area not in (opening["area"], area_now):
            raise Refused(
                "Only a manager of the child's area can do this.",
                "emergency opening reviewed",
                known(work, child_id),
            )
        check_is_named(work, child_id, "emergency opening reviewed")
        if opening["account_id"] == work.account.account_id:
            raise Refused("Somebody else reviews what you opened.", "emergency opening reviewed", child_id)
        if finding not in ("appropriate", "not_appropriate"):
            raise Problems("Select whether it was appropriate")
        is_wrong = finding == "not_appropriate"
        move = OPENING_WAY.move(finding, opening["state"], work.account.role, note)
        work.save(
            OPENING,
            {
                "opening_id": opening_id, "state": move.end, "reviewed_by": work.account.account_id,
                "reviewed_at": work.at, "review_note": note.strip(),
                **({"ends_at": work.at} if is_wrong and work.at < opening["ends_at"] else {}),
            },
            Event(move.audit, child_id, opening_id),
            why=note.strip(),
        )  # fmt: skip
