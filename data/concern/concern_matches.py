"""Records of concern that may be about the same person or place: likely duplicates within the area, and overlaps with
other areas, of which either side learns only that there is one and whom to ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.access.concern import can_see_concern
from data.actor import Reading
from data.concern.concern_line import with_concern_lines
from data.database.engine import Row
from data.names import are_alike, names_of
from data.search_keys import concern_keys

MOST = 20


@dataclass(frozen=True)
class Duplicates:
    """Records that may be the one being added: those this account may open, and whom to ask about others."""

    records: tuple[Row, ...]
    """concern_id, kind, name, area, `who` (`data.concern.concern_line`)."""
    ask: tuple[str, ...]
    """Areas that hold a likely one this account may not open."""

    def __bool__(self) -> bool:
        return bool(self.records or self.ask)


def likely_duplicates(work: Reading, answers: Mapping[str, Any], area: str) -> Duplicates:
    """In the area that would hold it: same kind and a similar name or alias, or the same postcode. Elsewhere: overlaps."""
    words = {word for one in names_of(answers) for word in one.split() if len(word) > 2}
    conditions = (
        " OR ".join(f"position(${n} in c.search_key) > 0" for n in range(5, 5 + len(words))) or "false"
    )
    here = work.rows(
        "SELECT c.concern_id, c.kind, c.name, c.aliases, c.postcode, c.date_of_birth, c.area FROM concern c"
        f" WHERE c.area = $1 AND c.kind = $2 AND (c.postcode = $3 OR c.date_of_birth = $4 OR {conditions})"
        " ORDER BY c.name LIMIT 500",
        [area, answers["kind"], answers.get("postcode"), answers.get("date_of_birth"), *sorted(words)],
    )
    alike = [row for row in here if _is_likely(row, answers)][:MOST]
    seen = [row for row in alike if can_see_concern(work, row["concern_id"])]
    asked = {row["area"] for row in alike if row not in seen} | set(
        _areas_of(work, concern_keys(answers), area)
    )
    return Duplicates(tuple(with_concern_lines(work, seen)), tuple(sorted(asked)))


def _is_likely(row: Row, answers: Mapping[str, Any]) -> bool:
    if answers["kind"] == "place" and row["postcode"] and row["postcode"] == answers.get("postcode"):
        return True
    return any(are_alike(one, other) for one in names_of(row) for other in names_of(answers))


def overlaps(work: Reading, concern: Row) -> tuple[str, ...]:
    """Other areas that hold a record about the same person or place. Nothing else of theirs is read."""
    return tuple(_areas_of(work, concern["match_keys"] or [], concern["area"]))


def _areas_of(work: Reading, keys: list[str], but: str) -> list[str]:
    if not keys:
        return []
    return work.values(
        "SELECT DISTINCT area FROM concern WHERE area <> $1 AND match_keys && $2 ORDER BY area", [but, keys]
    )


def overlapping(work: Reading, concern: Row) -> list[str]:
    """The ids of those records, for the audit only: both areas are to find there that the overlap was told."""
    if not concern["match_keys"]:
        return []
    return work.values(
        "SELECT concern_id FROM concern WHERE area <> $1 AND match_keys && $2 ORDER BY concern_id",
        [concern["area"], concern["match_keys"]],
    )


IS_KNOWN_ELSEWHERE = (
    "EXISTS (SELECT 1 FROM concern o WHERE o.area <> c.area AND o.match_keys && c.match_keys)"
)
"""Of `concern c`, for lists."""
