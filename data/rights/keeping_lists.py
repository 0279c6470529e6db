"""What an area keeps and deletes, as lists: records that are due, deletions that wait for a second person, records that are
held, and what was deleted. Source: standing_firm.md 16.
"""

from __future__ import annotations

from dataclasses import dataclass

from data import clock
from data.access.rights import check_can_see_keeping
from data.access.rule import visible_children
from data.actor import Actor
from data.child.kept import retention_of_each
from data.child_line import with_lines
from data.database.engine import Row
from data.trail.views import note_view

SHOWN = 100


@dataclass(frozen=True)
class KeepingLists:
    """Each with at most `SHOWN` rows, the longest waiting first, and how many there are; a child with `beside` besides."""

    due: tuple[Row, ...]
    """`child_id`, `name`, `due_on`, of records that may be deleted now."""
    waiting: tuple[Row, ...]
    """`child_id`, `name`, `asked_on`, of deletions that were asked for."""
    held: tuple[Row, ...]
    """`child_id`, `name`, `placed_on`."""
    deleted: tuple[Row, ...]
    """`deletion_id`, `asked_on`, `decided_on`; the latest first. They name nobody."""
    due_in_all: int
    has_period: bool
    """Has the partnership set how long records are kept?"""


def read_keeping_lists(actor: Actor) -> KeepingLists:
    """For the coordinators and managers of an area, of the children whose records they answer for. The view is audited."""
    with actor.writing() as work:
        check_can_see_keeping(work)
        note_view(work, "retention listed", None)
        mine, parameters = visible_children(work, 1)
        found = retention_of_each(work, f"IN (SELECT c.child_id FROM child c WHERE {mine})", parameters)
        names = work.rows(f"SELECT c.child_id, c.name FROM child c WHERE {mine}", parameters)
        name_of = {row["child_id"]: row["name"] for row in names}
        waiting = work.rows(
            "SELECT d.child_id, c.name, d.asked_on FROM deletion d JOIN child c ON c.child_id = d.child_id"
            f" WHERE d.state = 'asked' AND {mine} ORDER BY d.asked_on, d.deletion_id LIMIT {SHOWN}",
            parameters,
        )
        deleted = work.rows(
            "SELECT deletion_id, asked_on, decided_on FROM deletion WHERE state = 'carried_out' AND area = $1"
            f" ORDER BY decided_on DESC, deletion_id DESC LIMIT {SHOWN}",
            [work.account.area],
        )
        due = sorted(
            (
                {"child_id": child_id, "name": name_of[child_id], "due_on": one.due_on}
                for child_id, one in found.items()
                if one.may_be_deleted
            ),
            key=lambda row: (row["due_on"], row["child_id"]),
        )
        held = sorted(
            (
                {"child_id": child_id, "name": name_of[child_id], "placed_on": one.hold["placed_on"]}
                for child_id, one in found.items()
                if one.hold
            ),
            key=lambda row: (row["placed_on"] or clock.today(), row["child_id"]),
        )
        return KeepingLists(
            tuple(with_lines(work, due[:SHOWN])),
            tuple(with_lines(work, waiting)),
            tuple(with_lines(work, held[:SHOWN])),
            tuple(deleted),
            len(due),
            any(one.period_years is not None for one in found.values()),
        )
