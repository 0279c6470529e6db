"""Restricted children: kept to people who are named, whatever role, area, link or invitation would open them.

Part of the one rule in `data.access.rule`. Who is named, and by whom, is kept by `data.child.restriction`.
"""

from __future__ import annotations

from collections.abc import Sequence

from data.access.reach import AREAS_NOW, names_as_they_stood
from data.actor import Reading
from data.child_line import born, with_lines
from data.database.engine import Row
from data.refusal import Problems, Refused

NOT_YOURS = "You cannot open this record. If you need it for your work, ask the area's coordinator."

NO_NAME = "A restricted child"

SAYS_SO = "Records that are restricted to people who are named are counted in the quarterly return, and not listed here."
"""Beneath every list by what children are, whether it left one out or not: so it says nothing of whom it left out."""

NOT_COUNTED = "Records that are restricted to people who are named, of whom you are none, are neither counted nor listed here."
"""The same where the figure leaves them out too (`data.dashboard.past`)."""

NOT_LISTED = "Records that are restricted to people who are named, of whom you are none, are not shown here."
"""The same where nothing counts them."""

NOT_IN_COPY = "This child is restricted, and not everybody of this agency who is invited is named."

ANY_COORDINATOR = "a coordinator of the area"
"""Whom to ask once nobody who is named is a coordinator at work."""

AT_WORK = (
    "(SELECT min(a.name) FROM account a WHERE a.account_id = ANY(r.account_ids) AND a.role = 'coordinator'"
    f" AND NOT a.is_suspended AND a.area IN ({AREAS_NOW.format('r.child_id')}))"
)
"""Of restriction r, whom to ask: a coordinator who is named, and still one of the child's areas. NULL once none is left."""

CLOSED_TO = "SELECT child_id FROM restriction WHERE NOT is_lifted AND NOT (${} = ANY(account_ids))"
"""The children that are restricted to people of whom an account is none."""

LEFT_OUT: Row = {
    "date_of_birth": None, "who": (), "decision_reason": None, "went_on_reason": None, "why": [], "reason": None,
    "review_note": None, "to_organisation": None, "action": "Not shown", "owner": None, "escalated": None,
    "is_new": False, "strategy_meeting_on": None, "has_plan": None,
}  # fmt: skip
"""What lists say of a child besides the name and when work is due; it goes with the name."""


def closed_to_me(work: Reading, child_ids: Sequence[str]) -> dict[str, str]:
    """Of these children, those restricted to others, each with whom to ask."""
    if work.account.role == "operator" or not child_ids:
        return {}
    closed: list[str] = work.values(
        "SELECT child_id FROM restriction"
        " WHERE NOT is_lifted AND NOT ($1 = ANY(account_ids)) AND child_id = ANY($2)",
        [work.account.account_id, list(child_ids)],
    )
    if not closed:  # as with nearly every child, at every check
        return {}
    rows = work.rows(
        f"SELECT r.child_id, {AT_WORK} AS ask FROM restriction r WHERE r.child_id = ANY($1)",
        [closed],
    )
    return {row["child_id"]: row["ask"] or ANY_COORDINATOR for row in rows}


def left_out_of_file(
    work: Reading, child_ids: Sequence[str], readers: Sequence[str] | None = None
) -> dict[str, str]:
    """Of these children, those a file leaves out, each with the words in its place: restricted to others than who makes
    it, or, in a copy for an agency, not to all who read it there (`readers`, account ids; nobody known is not named)."""
    closed = {child_id: name_for(ask) for child_id, ask in closed_to_me(work, child_ids).items()}
    if readers is None:
        return closed
    rows = work.rows(
        "SELECT child_id, account_ids FROM restriction WHERE NOT is_lifted AND child_id = ANY($1)",
        [list(child_ids)],
    )
    of_others = {
        row["child_id"] for row in rows if not readers or not set(readers) <= set(row["account_ids"])
    }
    return dict.fromkeys(of_others, NO_NAME) | closed


def check_may_be_asked(work: Reading, child_id: str, account_id: str) -> None:
    """Work on a restricted child is given to those who are named, and to nobody who then could not open the record."""
    standing = "SELECT account_ids FROM restriction WHERE child_id = $1 AND NOT is_lifted"
    for row in work.rows(standing, [child_id]):
        if account_id not in row["account_ids"]:
            raise Problems(
                "This record is restricted to people who are named. Ask the coordinator to name this person first."
            )


def check_is_named(work: Reading, child_id: str, action: str = "child viewed") -> None:
    """Not restricted, or this account is among those named. Refused in the words of any record that is not theirs: a
    relative who asks is not told that the record is kept from them."""
    if closed_to_me(work, [child_id]):
        raise Refused(NOT_YOURS, action, child_id)


def left_out(work: Reading, rows: Sequence[Row]) -> list[Row]:
    """Rows of a list (with child_id and name) with `who` besides (`data.child_line`), the name of each restricted child
    replaced by whom to ask, and that of a child who moved to another area by the name that this area knew.

    They stay in the list, because they are work to be done and are counted.
    """
    children = [row["child_id"] for row in rows if row["child_id"]]
    asks, stood = closed_to_me(work, children), names_as_they_stood(work, children)
    return [
        _without_name(row, asks[row["child_id"]])
        if row["child_id"] in asks
        else _as_it_stood(row, stood[row["child_id"]])
        if row["child_id"] in stood
        else row
        for row in with_lines(work, rows)
    ]


def _as_it_stood(row: Row, stood: Row) -> Row:
    """The line of a child who moved away: neither the new name, nor where the child lives now."""
    born_on = born(stood["date_of_birth"], False)
    known = {key: said for key, said in stood.items() if key in row}
    return {**row, **known, "who": (f"born {born_on}",) if born_on else ()}


def _without_name(row: Row, ask: str) -> Row:
    emptied = {key: empty for key, empty in LEFT_OUT.items() if key in row}
    return {**row, **emptied, "name": name_for(ask)}


def name_for(ask: str) -> str:
    return f"{NO_NAME} (ask {ask})"
