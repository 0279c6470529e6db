"""How a child stands in a list: name, date of birth (and that it is an estimate), area, and what else tells them apart.

No two children stand in one list with the same line. Every list of children by name passes its rows through `with_lines`,
those that may hold a restricted child by `data.access.restricted.left_out`, which does.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from data import clock
from data.database.engine import Row
from forms.age import age_on
from forms.kinds.date import in_words
from forms.places import area_name

if TYPE_CHECKING:
    from data.actor import Reading


def born(date_of_birth: datetime.date | None, is_estimate: object) -> str:
    """Returns a date of birth in words, which say so when it is an estimate."""
    if date_of_birth is None:
        return ""
    return in_words(date_of_birth) + (", an estimate" if is_estimate else "")


def age(date_of_birth: datetime.date, is_estimate: object, on: datetime.date) -> str:
    """Returns an age in whole years, which says “about” when the date of birth is an estimate."""
    years = age_on(date_of_birth, on)
    return f"about {years}" if is_estimate else str(years)


def line(row: Mapping[str, Any]) -> str:
    """Returns a child of a list in one line; of a restricted child, the words in place of the name alone."""
    return in_a_line(row["name"], row.get("who", ()))


def in_a_line(name: str, who: Sequence[str]) -> str:
    return ", ".join((name, *who))


def initials(name: str) -> str:
    """Returns a name as lists behind figures show it: “Ada Made-Up” is “A.M.”."""
    return "".join(f"{word[0].upper()}." for word in name.split())


def with_lines(work: Reading, rows: Sequence[Row], *, by_initials: bool = False) -> list[Row]:
    """Returns the rows (with child_id and name) with `who` besides: what stands beside the name, or the initials, in order."""
    known = {
        row["child_id"]: row
        for row in work.rows(
            "SELECT child_id, name, date_of_birth, date_of_birth_is_estimate, area, nhs_number, lcs_number FROM child"
            " WHERE child_id = ANY($1)",
            [sorted({row["child_id"] for row in rows if row["child_id"]})],
        )
    }
    alike = defaultdict[tuple[str, ...], list[str]](list)
    for child_id, child in known.items():
        shown = initials(child["name"]) if by_initials else child["name"].casefold()
        alike[(shown, *_facts(child))].append(child_id)
    besides = {
        child_id: words
        for ids in alike.values()
        if len(ids) > 1
        for child_id, words in zip(ids, _what_differs(work, [known[one] for one in ids]), strict=True)
    }
    return [
        {**row, "who": (*_facts(known[row["child_id"]]), *besides.get(row["child_id"], ()))}
        if row["child_id"] in known
        else {**row, "who": ()}
        for row in rows
    ]


def _facts(child: Row) -> tuple[str, ...]:
    born_on = born(child["date_of_birth"], child["date_of_birth_is_estimate"])
    return tuple(filter(None, (born_on and f"born {born_on}", area_name(child["area"]))))


def _what_differs(work: Reading, children: Sequence[Row]) -> Iterable[tuple[str, ...]]:
    """Of children with one name, date of birth and area: the first that differs, or everything there is."""
    added = {
        row["record_id"]: row["added_at"]
        for row in work.rows(
            "SELECT record_id, min(recorded_at) AS added_at FROM child_history WHERE record_id = ANY($1) GROUP BY record_id",
            [[child["child_id"] for child in children]],
        )
    }
    told = [_more_facts(child, added[child["child_id"]]) for child in children]
    for kind in zip(*told, strict=True):
        if len(set(kind)) == len(children):
            return [(fact,) for fact in kind]
    return told


def _more_facts(child: Row, added_at: datetime.datetime) -> tuple[str, ...]:
    added = added_at.astimezone(clock.UK)
    nhs = child["nhs_number"]
    return (
        f"NHS number ends {nhs[-4:]}" if nhs else "no NHS number",
        f"LCS number {child['lcs_number']}" if child["lcs_number"] else "no LCS number",
        f"added on {in_words(added.date())} at {added:%H:%M}",
        f"record {child['child_id'][-8:]}",
    )
