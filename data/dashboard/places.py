"""Places of concern: how many children with an open episode are linked to each, most first.

Of the places that the areas asked for hold: that a child is linked to another area's record is for that area to say. Those who
keep the records of concern read a place's name; the lead the label that its coordinator approved, or that there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.actor import Reading
from data.dashboard.asked import Asked
from data.dashboard.cut import STANDING, Cut, Need, count, counted, query
from data.dashboard.section import Cell, Count, Section, share
from data.database.engine import Row
from data.measures.themes import PLACE_NOT_APPROVED

MOST = 20
LINKED = (
    "Children with an open episode who were linked by the day, and not by mistake, to a place of concern that the area keeps. A child "
    "can be linked to several places."
)
KNOWN_ID = re.compile(r"place=([0-9a-z-]{8,40})")


def linked(asked: Asked) -> str:
    """`linked`: the children who are linked to any place."""
    return (
        f"linked AS (SELECT child_id, count(*) AS places FROM ({_links(asked)}) AS links GROUP BY child_id)"
    )


def _links(asked: Asked) -> str:
    return (
        "SELECT DISTINCT l.child_id, l.concern_id FROM concern_link l JOIN concern c USING (concern_id)"
        f" WHERE c.kind = 'place' AND c.area {asked.scope().in_areas} AND l.child_id IS NOT NULL AND l.removed_reason IS NULL"
        f" AND l.linked_on <= {asked.last}"
    )


ANY = {
    "place=any": Cut("Linked to a place of concern", "linked.places > 0", LINKED, (Need("linked", linked),))
}
OPEN = {"open": Cut("All with an open episode", "TRUE")}


def cuts(asked: Asked) -> dict[str, Cut]:
    return {**ANY, **OPEN}


def cut_named(name: str) -> Cut | None:
    """One place has an id, no name, in an address."""
    found = KNOWN_ID.fullmatch(name)
    return _one_place(found[1]) if found else None


def _one_place(concern_id: str) -> Cut:
    def at_place(asked: Asked) -> str:
        return f"at_place AS (SELECT child_id, TRUE AS is_there FROM ({_links(asked)}) AS links WHERE concern_id = '{concern_id}')"

    return Cut("Linked to one place of concern", "at_place.is_there", LINKED, (Need("at_place", at_place),))


def read(work: Reading, asked: Asked) -> Iterator[Section]:
    figures = count(work, asked, cuts(asked))
    approved = "CASE WHEN c.label_approved_on IS NOT NULL THEN c.label_for_return END"
    label = approved if work.account.role == "partnership_lead" else "c.name"
    rows = work.rows(
        query(
            asked,
            STANDING,
            f"links AS ({_links(asked)})",
            asks=f"SELECT {label} AS label, count(DISTINCT child_id) AS children, min(concern_id) AS concern_id,"
            " count(DISTINCT concern_id) AS places FROM links JOIN concern c USING (concern_id)"
            f" WHERE child_id IN (SELECT child_id FROM standing) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST}",
        )
    )
    yield Section(
        "Places of concern", "Places of concern, children linked", ("Place", "Children"),
        (
            *((row["label"] or PLACE_NOT_APPROVED, (_counted(row),)) for row in rows),
            ("Any place", (counted(figures, "place=any"),)),
        ),
        f"{share(figures['place=any'], figures['open'])} of the children with an open episode are linked to a place of concern."
        if rows
        else "No child with an open episode is linked to a place of concern.",
        (LINKED, f"The {MOST} places with the most children. Places of the same name or label are counted together, a child once."),
    )  # fmt: skip


def _counted(row: Row) -> Cell:
    return Count(row["children"], f"place={row['concern_id']}") if row["places"] == 1 else row["children"]
