"""How a record of concern stands in a list: its name and, where two of one kind are called the same, what tells them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from data import clock
from data.actor import Reading
from data.database.engine import Row
from forms.kinds.date import in_words


def concern_line(row: Mapping[str, Any]) -> str:
    """Returns a record of a list in one line."""
    return ", ".join((row["name"], *row["who"]))


def with_concern_lines(work: Reading, rows: Sequence[Row]) -> list[Row]:
    """Returns the rows (with concern_id, name and kind) with `who` besides: empty where the name alone tells the record."""
    names = Counter((row["kind"], row["name"].casefold()) for row in rows)
    alike = [row["concern_id"] for row in rows if names[row["kind"], row["name"].casefold()] > 1]
    if not alike:
        return [{**row, "who": ()} for row in rows]
    known = work.rows(
        "SELECT c.concern_id, c.date_of_birth, c.address,"
        " (SELECT min(h.recorded_at) FROM concern_history h WHERE h.concern_id = c.concern_id) AS added_at"
        " FROM concern c WHERE c.concern_id = ANY($1)",
        [alike],
    )
    who = {row["concern_id"]: _facts(row) for row in known}
    return [{**row, "who": who.get(row["concern_id"], ())} for row in rows]


def _facts(concern: Row) -> tuple[str, ...]:
    added = concern["added_at"].astimezone(clock.UK)
    return tuple(
        filter(
            None,
            (
                concern["date_of_birth"] and f"born {in_words(concern['date_of_birth'])}",
                concern["address"],
                f"added on {in_words(added.date())} at {added:%H:%M}",
                f"record {concern['concern_id'][-8:]}",
            ),
        )
    )
