"""The links around one child or record, as far as the account may see both ends: children, people, groups, places, issues."""

from __future__ import annotations

from dataclasses import dataclass

from data.access.concern import check_can_see_concern, visible_concerns
from data.access.rule import check_can_see_child, visible_children
from data.actor import Actor, Reading
from data.child_line import with_lines
from data.database.engine import Row
from data.trail.views import note_view

STEPS = 2
MOST = 30
"""Of what is drawn; a map of more says nothing."""


@dataclass(frozen=True)
class Node:
    record_id: str
    kind: str
    """"child", or a key of `forms.concern.KINDS`."""
    name: str
    steps: int
    """From where the map starts: 0 for the start itself."""
    who: tuple[str, ...] = ()
    """What stands beside a child's name: see `data.child_line`."""


@dataclass(frozen=True)
class Edge:
    one: str
    other: str
    """The ids of its ends; the first is the record that the link was written in."""
    nature: str
    basis: str


@dataclass(frozen=True)
class LinkMap:
    nodes: tuple[Node, ...]
    """The start first, then by steps, kind and name."""
    edges: tuple[Edge, ...]
    more: bool
    """More is linked than is shown."""


def read_link_map(actor: Actor, *, concern_id: str | None = None, child_id: str | None = None) -> LinkMap:
    """Up to two steps from the record or child, never through one this account may not open. The view is audited."""
    with actor.writing() as work:
        if concern_id:
            child_id = None  # one typed beside it was not checked
            check_can_see_concern(work, concern_id)
        else:
            check_can_see_child(work, child_id or "")
        note_view(work, "link map viewed", child_id, concern_id)
        steps = {concern_id or child_id or "": 0}
        links: dict[str, Row] = {}
        more = False
        for step in range(1, STEPS + 1):
            for row in _touching(work, list(steps)):
                ends = (row["concern_id"], row["child_id"] or row["other_id"])
                new = [end for end in ends if end not in steps]
                if len(steps) + len(new) > MOST:
                    more = True
                    continue
                steps.update(dict.fromkeys(new, step))
                links[row["link_id"]] = row
        nodes = sorted(_nodes(work, steps), key=lambda n: (n.steps, n.kind, n.name, n.record_id))
        edges = tuple(
            Edge(row["concern_id"], row["child_id"] or row["other_id"], row["nature"], row["basis"])
            for row in links.values()
        )
        return LinkMap(tuple(nodes), edges, more)


def _touching(work: Reading, ids: list[str]) -> list[Row]:
    """The links of these records and children whose every end this account may open, those to the start's own first."""
    seen_concerns, concerns = visible_concerns(work, 2)
    seen_children, children = visible_children(work, 2 + len(concerns))
    seen = f"(SELECT c.concern_id FROM concern c WHERE {seen_concerns})"
    return work.rows(
        "SELECT l.* FROM concern_link l WHERE l.removed_reason IS NULL"
        " AND (l.concern_id = ANY($1) OR l.other_id = ANY($1) OR l.child_id = ANY($1))"
        f" AND l.concern_id IN {seen} AND (l.other_id IS NULL OR l.other_id IN {seen})"
        f" AND (l.child_id IS NULL OR l.child_id IN (SELECT c.child_id FROM child c WHERE {seen_children}))"
        " ORDER BY l.linked_on DESC, l.link_id LIMIT 200",
        [ids, *concerns, *children],
    )


def _nodes(work: Reading, steps: dict[str, int]) -> list[Node]:
    rows = work.rows(
        "SELECT child_id AS record_id, 'child' AS kind, name FROM child WHERE child_id = ANY($1)"
        " UNION ALL SELECT concern_id, kind, name FROM concern WHERE concern_id = ANY($1)",
        [list(steps)],
    )
    named = with_lines(
        work, [{**row, "child_id": row["record_id"] if row["kind"] == "child" else None} for row in rows]
    )
    return [
        Node(row["record_id"], row["kind"], row["name"], steps[row["record_id"]], row["who"]) for row in named
    ]
